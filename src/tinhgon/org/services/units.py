"""Động từ của đơn vị: mở, đổi tên, chuyển cấp trên, nhập, chia, giải thể, giao chức năng. Tất cả từ ngày ``on``, theo một căn cứ.

Mọi động từ đòi quyền giữ cơ cấu ở cấp mình và cấp dưới, và nêu mọi lý do từ chối cùng lúc. Đơn vị còn việc, còn người thì
không đóng được ở đây: bàn giao cả đơn vị là việc của ``reorg``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, refuse_if
from tinhgon.org.access import require_below
from tinhgon.org.locks import lock_structure
from tinhgon.org.models import ExternalCode, Function, Succession, UnitFunction, UnitVersion
from tinhgon.org.rights import Verb
from tinhgon.org.services import rules, structure
from tinhgon.org.services.structure import NewUnit


@dataclass(frozen=True, slots=True)
class Share:
    """Phần của một người kế thừa khi chia: ``functions`` là mã chức năng sang người ấy."""

    successor_id: int
    functions: tuple[str, ...] = ()


@transaction.atomic
def open_unit(
    actor: Actor,
    *,
    unit: NewUnit,
    on: date,
    decree: str,
    codes: Sequence[tuple[str, str, str]] = (),
) -> int:
    """Mở một đơn vị mới; trả về danh tính. ``codes``: (bộ mã, thời kỳ, mã). ``parent_id`` trống: chỉ máy chủ mở được."""
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[unit.parent_id])
    above = [] if unit.parent_id is None else [unit.parent_id]
    lock_structure(above)
    refuse_if(
        rules.named(unit.name, decree=decree)
        + rules.open_and_still(above, on=on, field="parent_id")
        + _codes_free(codes)
    )
    unit_id = structure.open_units([replace(unit, unit_id=None)], on=on, decree=decree)[0]
    structure.give_codes((unit_id, *code) for code in codes)
    after = {"name": unit.name, "parent": unit.parent_id, "kind": unit.kind, "level": unit.level, "on": on}
    record(actor, "org.unit.opened", ("org.unit", unit_id), after=after | {"decree": decree})
    return unit_id


def _codes_free(codes: Iterable[tuple[str, str, str]]) -> list[Reason]:
    return [
        Reason(
            "org.code_taken",
            _("Mã %(code)s (%(scheme)s, %(era)s) đã thuộc về một đơn vị khác.")
            % {"code": code, "scheme": scheme, "era": era},
            "codes",
        )
        for scheme, era, code in codes
        if ExternalCode.objects.filter(scheme=scheme, era=era, code=code).exists()
    ]


def rename_unit(
    actor: Actor,
    *,
    unit_id: int,
    name: str,
    on: date,
    decree: str,
    short_name: str | None = None,
    symbol: str | None = None,
) -> None:
    """Tên mới từ ``on``; văn bản, nhiệm vụ trước ngày ấy vẫn hiện tên cũ. ``None``: giữ tên ngắn, ký hiệu đang có."""
    changes = {"name": name.strip(), "short_name": short_name, "symbol": symbol}
    _change(
        actor,
        "org.unit.renamed",
        unit_id=unit_id,
        changes={key: value for key, value in changes.items() if value is not None},
        on=on,
        decree=decree,
        reasons=rules.named(name),
    )


def move_unit(actor: Actor, *, unit_id: int, parent_id: int, on: date, decree: str) -> None:
    """Trực thuộc ``parent_id`` từ ``on``, cùng mọi đơn vị dưới nó."""
    _change(
        actor, "org.unit.moved", unit_id=unit_id, changes={"parent_id": parent_id}, on=on, decree=decree, above=parent_id
    )


@transaction.atomic
def _change(
    actor: Actor,
    code: str,
    *,
    unit_id: int,
    changes: dict[str, object],
    on: date,
    decree: str,
    reasons: list[Reason] | None = None,
    above: int | None = None,
) -> None:
    touched = [unit_id] if above is None else [unit_id, above]
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=touched)
    lock_structure(touched)
    refuse_if(
        (reasons or [])
        + rules.founded(decree)
        + rules.open_and_still([unit_id], on=on)
        + ([] if above is None else rules.open_and_still([above], on=on, field="parent_id"))
        + rules.no_cycle(unit_id, above, on=on)
    )
    current = UnitVersion.objects.get(unit=unit_id, valid__contains=on)
    before = {key: getattr(current, key) for key in changes}
    if before == changes:
        raise Refused(Reason("org.nothing_changes", _("%(unit)s vốn đã như vậy.") % {"unit": current.name}))
    structure.change_units([(unit_id, changes)], on=on, decree=decree)
    record(
        actor, code, ("org.unit", unit_id), before=before | {"name": current.name},
        after={"name": current.name} | changes | {"on": on, "decree": decree},
    )  # fmt: skip


def merge_units(actor: Actor, *, predecessor_ids: Sequence[int], successor_id: int, on: date, decree: str) -> None:
    """Nhập các đơn vị vào ``successor_id`` (đang hoạt động): các đơn vị trước đóng, mọi chức năng sang người kế thừa."""
    leaving = [unit for unit in dict.fromkeys(predecessor_ids) if unit != successor_id]
    _succeed(actor, "org.unit.merged", Succession.Type.MERGED, leaving, [Share(successor_id)], on=on, decree=decree)


def split_unit(actor: Actor, *, unit_id: int, shares: Sequence[Share], on: date, decree: str) -> None:
    """Chia đơn vị cho nhiều người kế thừa; mỗi chức năng đang có phải sang ít nhất một người."""
    reasons: list[Reason] = []
    if len({share.successor_id for share in shares}) < 2:
        reasons.append(Reason("org.split_needs_two", _("Chia tách phải có từ hai đơn vị kế thừa."), "shares"))
    held = Function.objects.filter(
        pk__in=UnitFunction.objects.filter(unit=unit_id, valid__contains=on).values("function")
    )
    given = {code for share in shares for code in share.functions}
    reasons += [
        Reason(
            "org.function_left",
            _("Chức năng “%(function)s” chưa có người kế thừa.") % {"function": function.name},
            "shares",
            {"function": function.code},
        )
        for function in held.order_by("code")
        if function.code not in given
    ]
    _succeed(
        actor, "org.unit.split", Succession.Type.SPLIT, [unit_id], shares, on=on, decree=decree, reasons=reasons
    )


def dissolve_unit(actor: Actor, *, unit_id: int, heir_id: int, on: date, decree: str) -> None:
    """Giải thể; ``heir_id`` giữ hồ sơ và nhận thư đến muộn. Chức năng thôi có hiệu lực, không sang ai."""
    _succeed(actor, "org.unit.dissolved", Succession.Type.DISSOLVED, [unit_id], [Share(heir_id)], on=on, decree=decree)


@transaction.atomic
def _succeed(
    actor: Actor,
    code: str,
    type_: Succession.Type,
    leaving: Sequence[int],
    shares: Sequence[Share],
    *,
    on: date,
    decree: str,
    reasons: list[Reason] | None = None,
) -> None:
    heirs = list(dict.fromkeys(share.successor_id for share in shares))
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[*leaving, *heirs])
    lock_structure([*leaving, *heirs])
    given = {function for share in shares for function in share.functions}
    known = dict(Function.objects.filter(code__in=given).values_list("code", "pk"))
    refuse_if(
        rules.founded(decree)
        + (reasons or [])
        + _unknown(given - known.keys())
        + _distinct(leaving, heirs)
        + rules.open_and_still(leaving, on=on)
        + rules.open_and_still(heirs, on=on, field="successor_id")
        + rules.nothing_left(leaving, on=on)
    )
    names = structure.last_names([*leaving, *heirs])
    if type_ == Succession.Type.MERGED:
        structure.give_functions(_held(leaving, heirs[0], on), on=on)
    structure.give_functions(
        ((share.successor_id, known[function]) for share in shares for function in share.functions), on=on
    )
    structure.record_successions(
        [
            (unit, share.successor_id, type_, [known[function] for function in share.functions])
            for unit in leaving
            for share in shares
        ],
        on=on,
        decree=decree,
    )
    structure.close_units(leaving, on=on)
    for unit in leaving:
        after = {"name": names[unit], "heirs": [names[heir] for heir in heirs], "on": on, "decree": decree}
        record(actor, code, ("org.unit", unit), after=after | {"heir": "; ".join(names[heir] for heir in heirs)})


def _distinct(leaving: Sequence[int], heirs: Sequence[int]) -> list[Reason]:
    reasons: list[Reason] = []
    if not leaving:
        reasons.append(Reason("org.no_predecessor", _("Hãy chọn đơn vị sẽ kết thúc."), "predecessor_ids"))
    both = set(leaving) & set(heirs)
    names = structure.last_names(both)
    reasons += [
        Reason("org.heir_of_itself", _("%(unit)s không thể kế thừa chính mình.") % {"unit": names[unit]}, "successor_id")
        for unit in sorted(both)
    ]
    return reasons


def _held(leaving: Sequence[int], heir: int, on: date) -> list[tuple[int, int]]:
    rows = UnitFunction.objects.filter(unit__in=leaving, valid__contains=on).values_list("function_id", flat=True)
    return [(heir, function) for function in rows]


@transaction.atomic
def set_functions(actor: Actor, *, unit_id: int, functions: Iterable[str], on: date, decree: str) -> None:
    """Đặt đúng tập chức năng (mã) của đơn vị từ ``on``: thêm cái mới, thôi cái không còn."""
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[unit_id])
    lock_structure([unit_id])
    wanted = set(functions)
    known = dict(Function.objects.filter(code__in=wanted).values_list("code", "pk"))
    refuse_if(rules.founded(decree) + rules.open_and_still([unit_id], on=on) + _unknown(wanted - known.keys()))
    held = UnitFunction.objects.filter(unit=unit_id, valid__overlap=DateRange(on, None)).select_related("function")
    before = {row.function.code for row in held}
    dropped = [row.pk for row in held if row.function.code not in wanted]
    _end_functions(dropped, on)
    structure.give_functions(((unit_id, known[code]) for code in wanted), on=on)
    shown: dict[str, Any] = {"name": structure.last_names([unit_id])[unit_id], "on": on, "decree": decree}
    record(
        actor, "org.unit.functions_set", ("org.unit", unit_id),
        before={"functions": sorted(before)}, after=shown | {"functions": sorted(wanted)},
    )  # fmt: skip


def _unknown(codes: Iterable[str]) -> list[Reason]:
    return [
        Reason("org.function_unknown", _("Không có chức năng mang mã “%(code)s”.") % {"code": code}, "functions")
        for code in sorted(codes)
    ]


def _end_functions(row_ids: list[int], on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE org_unit_function SET
                voided_on = CASE WHEN lower(valid) >= %(on)s THEN %(on)s ELSE voided_on END,
                valid = valid * daterange(NULL, %(on)s)
            WHERE id = ANY(%(rows)s)
            """,
            {"rows": row_ids, "on": on},
        )
