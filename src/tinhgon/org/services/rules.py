"""Quy tắc của cấu trúc. Mỗi hàm trả về các lý do từ chối, để động từ nêu hết một lần; không ghi gì."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.core.errors import Reason
from tinhgon.org import holdings
from tinhgon.org.services.structure import last_names

_STATE_SQL = """
SELECT u.id, cur.name, COALESCE(upper_inf(cur.valid), false), f.unit_id IS NOT NULL,
       (SELECT min(lower(v.valid)) FROM org_unit_version v WHERE v.unit_id = u.id AND lower(v.valid) > %(on)s)
FROM unnest(%(units)s::bigint[]) AS u(id)
LEFT JOIN org_unit_version cur ON cur.unit_id = u.id AND cur.valid @> %(on)s::date
LEFT JOIN org_freeze f ON f.unit_id = u.id
"""


def open_and_still(unit_ids: Iterable[int], *, on: date, field: str = "") -> list[Reason]:
    """Phải đang hoạt động ngày ``on``, chưa ghi thay đổi nào sau ngày ấy, và không đang chuyển giao."""
    units = sorted(set(unit_ids))
    names = last_names(units)
    reasons: list[Reason] = []
    for unit, name, is_endless, is_frozen, later in _rows(_STATE_SQL, units, on):
        shown = {"unit": name or names[unit], "day": _day(on)}
        if is_frozen:
            sentence = _("%(unit)s đang được chuyển giao: chờ chuyển xong rồi mới đổi cơ cấu.") % shown
            reasons.append(Reason("org.unit_frozen", sentence, field, {"unit": unit}))
        if name is None:
            sentence = _("%(unit)s không hoạt động ngày %(day)s.") % shown
            reasons.append(Reason("org.unit_not_open_on", sentence, field, {"unit": unit}))
        elif later is not None:
            sentence = _("%(unit)s đã có thay đổi từ ngày %(later)s: các thay đổi phải ghi theo thứ tự ngày.") % (
                shown | {"later": _day(later)}
            )
            reasons.append(Reason("org.later_change", sentence, field, {"unit": unit}))
        elif not is_endless:
            sentence = _("%(unit)s đã có quyết định kết thúc sau ngày %(day)s.") % shown
            reasons.append(Reason("org.unit_ends_later", sentence, field, {"unit": unit}))
    return reasons


def in_order(on: date, until: date | None) -> list[Reason]:
    """Ngày thôi (ngày đầu tiên không còn giữ) phải sau ngày bắt đầu."""
    if until is None or until > on:
        return []
    return [Reason("org.dates_out_of_order", _("Ngày thôi giữ phải sau ngày bắt đầu."), "until")]


def nothing_left(unit_ids: Iterable[int], *, on: date) -> list[Reason]:
    """Đơn vị sắp đóng không còn đơn vị trực thuộc (ngoài các đơn vị cùng đóng), không còn người, không còn mục đang mở."""
    units = sorted(set(unit_ids))
    return _children_left(units, on) + _staff_left(units, on) + _items_left(units, on)


def _children_left(units: list[int], on: date) -> list[Reason]:
    rows = _rows(
        """
        SELECT v.parent_id, count(DISTINCT v.unit_id), min(v.name) FROM org_unit_version v
        WHERE v.parent_id = ANY(%(units)s) AND v.unit_id <> ALL(%(units)s) AND v.valid && daterange(%(on)s, NULL)
        GROUP BY v.parent_id ORDER BY v.parent_id
        """,
        units, on,
    )  # fmt: skip
    names = last_names(row[0] for row in rows)
    return [
        Reason(
            "org.children_left",
            ngettext(
                "%(unit)s còn một đơn vị trực thuộc: %(child)s.",
                "%(unit)s còn %(count)d đơn vị trực thuộc, ví dụ %(child)s.",
                count,
            ) % {"unit": names[unit], "count": count, "child": child},
            data={"unit": unit, "count": count},
        )
        for unit, count, child in rows
    ]  # fmt: skip


def _staff_left(units: list[int], on: date) -> list[Reason]:
    rows = _rows(
        """
        SELECT po.unit_id, count(DISTINCT a.person_id), min(pe.full_name) FROM org_appointment a
        JOIN org_post po ON po.id = a.post_id JOIN org_person pe ON pe.id = a.person_id
        WHERE po.unit_id = ANY(%(units)s) AND a.valid && daterange(%(on)s, NULL)
        GROUP BY po.unit_id ORDER BY po.unit_id
        """,
        units, on,
    )  # fmt: skip
    names = last_names(row[0] for row in rows)
    return [
        Reason(
            "org.staff_left",
            ngettext(
                "%(unit)s còn một người chưa được phân công nơi khác: %(person)s.",
                "%(unit)s còn %(count)d người chưa được phân công nơi khác, ví dụ %(person)s.",
                count,
            ) % {"unit": names[unit], "count": count, "person": person},
            data={"unit": unit, "count": count},
        )
        for unit, count, person in rows
    ]  # fmt: skip


def _items_left(units: list[int], on: date) -> list[Reason]:
    reasons: list[Reason] = []
    for holding in holdings.all_holdings():
        if not holding.needs_receiver or holding.kind == "org.appointment":
            continue
        rows = _rows(f"SELECT holder_id, count(*) FROM ({holding.inventory_sql()}) h GROUP BY holder_id", units, on)
        names = last_names(row[0] for row in rows)
        reasons += [
            Reason(
                "org.items_left",
                _("%(unit)s còn giữ %(count)d mục loại “%(kind)s”: lập một lần sắp xếp bộ máy để bàn giao.")
                % {"unit": names[unit], "count": count, "kind": holding.label},
                data={"unit": unit, "kind": holding.kind, "count": count},
            )
            for unit, count in sorted(rows)
        ]
    return reasons


def no_cycle(unit_id: int, parent_id: int | None, *, on: date) -> list[Reason]:
    """Cấp trên mới không được là chính đơn vị hay một đơn vị dưới nó, vào ngày ``on`` hay bất cứ ngày nào sau đó."""
    if parent_id is None:
        return []
    rows = _rows(
        """
        WITH RECURSIVE down AS (
            SELECT unnest(%(units)s::bigint[]) AS unit_id
            UNION
            SELECT v.unit_id FROM down JOIN org_unit_version v
              ON v.parent_id = down.unit_id AND v.valid && daterange(%(on)s, NULL)
        ) SELECT unit_id FROM down
        """,
        [unit_id], on,
    )  # fmt: skip
    if parent_id not in {row[0] for row in rows}:
        return []
    names = last_names([unit_id, parent_id])
    sentence = _("%(unit)s không thể trực thuộc %(parent)s, vì %(parent)s là chính nó hoặc ở dưới nó.") % {
        "unit": names[unit_id], "parent": names[parent_id],
    }  # fmt: skip
    return [Reason("org.cycle", sentence, "parent_id", {"unit": unit_id, "parent": parent_id})]


def named(name: str, *, decree: str | None = None) -> list[Reason]:
    """Tên không trống; thay đổi cấu trúc phải nêu căn cứ."""
    reasons: list[Reason] = []
    if not name.strip():
        reasons.append(Reason("org.name_missing", _("Hãy ghi tên đơn vị."), "name"))
    if decree is not None:
        reasons += founded(decree)
    return reasons


def founded(decree: str) -> list[Reason]:
    """Mọi thay đổi cấu trúc và phân công phải nêu căn cứ."""
    return [] if decree.strip() else [Reason("org.decree_missing", _("Hãy ghi căn cứ (số, ngày quyết định)."), "decree")]


def _rows(sql: str, units: list[int], on: date) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(sql, {"units": units, "on": on})
        return cursor.fetchall()


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
