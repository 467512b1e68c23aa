"""Mọi điều còn thiếu trước khi quyết định, nêu cùng lúc. Trả về ``Reason``; không ném lỗi.

Hai nhóm: phương án (đơn vị, kế thừa, ngày) và mục (chưa có nơi nhận).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.org import holdings
from tinhgon.org.models import Succession, UnitVersion
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import plan
from tinhgon.reorg.baseline import drift_reason
from tinhgon.reorg.models import PlannedSuccession, PlannedUnit, Reorganisation

_CONTINUING = (Succession.Type.RENAMED, Succession.Type.MOVED)


@dataclass(frozen=True)
class _Picture:
    """Phương án đọc một lần: đơn vị đang mở, đơn vị dự kiến, cạnh kế thừa."""

    reorg: Reorganisation
    open_units: dict[int, UnitVersion]
    planned: dict[int, PlannedUnit]
    heirs: dict[int, list[PlannedSuccession]]

    @property
    def closing(self) -> set[int]:
        """Đơn vị sẽ kết thúc: có kế thừa, và chính nó không phải là một nơi kế thừa của mình."""
        return {
            unit
            for unit, edges in self.heirs.items()
            if all(edge.type not in _CONTINUING and edge.successor_id != unit for edge in edges)
        }

    def name(self, unit_id: int) -> str:
        known = self.open_units.get(unit_id) or self.planned.get(unit_id)
        return known.name if known else f"#{unit_id}"


def structure_objections(reorg: Reorganisation) -> list[Reason]:
    """Những điều sai của phương án: nơi kế thừa không mở, đơn vị con bị bỏ lại, vòng, hai phương án chạm một đơn vị...

    Tổ chức đã đổi từ lúc soạn thì chỉ nói đúng điều ấy: mọi điều khác phải xem lại sau khi gỡ xung đột.
    """
    picture = _picture(reorg)
    if drifted := drift_reason(reorg):
        return [drifted]
    if not picture.heirs:
        return [Reason("reorg.empty", _("Phương án chưa có đơn vị nào: hãy nhập danh sách kế thừa từ tệp, hoặc kéo thả trên bảng."))]
    return [
        *_predecessors(picture),
        *_heirs(picture),
        *_types(picture),
        *_children_left(picture),
        *_parents(picture),
        *_other_reorganisations(picture),
    ]


def receiver_objections(reorg: Reorganisation, *, direction: str = Direction.APPLY) -> list[Reason]:
    """Mục chưa có nơi nhận, gộp theo đơn vị và loại; mỗi dòng nói đúng còn thiếu bao nhiêu."""
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = (
        plan.rows_of(reorg, direction)
        .filter(to_unit__isnull=True, kind__in=needing)
        .values("from_unit", "kind").annotate(items=Count("id")).order_by("from_unit", "kind")
    )  # fmt: skip
    names = unit_names([row["from_unit"] for row in rows], reorg)
    return [
        Reason(
            "reorg.no_receiver",
            _("%(unit)s còn %(items)d mục “%(kind)s” chưa có nơi nhận: hãy chọn theo chức năng, một nơi kế thừa, hoặc từng mục.")
            % {"unit": names[row["from_unit"]], "items": row["items"], "kind": holdings.holding(row["kind"]).label},
            data=dict(row),
        )
        for row in rows
    ]


def secrecy_objections(reorg: Reorganisation) -> list[Reason]:
    """Tài liệu mật sẽ tới nơi không có ai được xem độ mật ấy: không ai xử lý được, mà hạ độ mật thì không được."""
    with connection.cursor() as cursor:
        cursor.execute(_UNCLEARED, {"handover": reorg.handover_id})
        rows = cursor.fetchall()
    names = unit_names([unit for unit, _secrecy, _items in rows], reorg)
    return [
        Reason(
            "reorg.no_clearance",
            _("%(unit)s sẽ nhận %(items)d mục mật nhưng không có vị trí nào được xem độ mật ấy: hãy chọn nơi nhận khác hoặc giao vị trí.")
            % {"unit": names[unit], "items": items},
            data={"unit": unit, "secrecy": secrecy, "items": items},
        )
        for unit, secrecy, items in rows
    ]


_UNCLEARED = """
SELECT p.to_unit_id, p.secrecy, count(*) FROM org_plan_row p
WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.secrecy > 0 AND p.to_unit_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM org_post po WHERE po.unit_id = p.to_unit_id AND po.clearance >= p.secrecy
                  AND upper_inf(po.valid))
  AND NOT EXISTS (SELECT 1 FROM reorg_planned_unit pu WHERE pu.unit_id = p.to_unit_id)
GROUP BY 1, 2 ORDER BY 1, 2
"""


def unit_names(unit_ids: list[int], reorg: Reorganisation) -> dict[int, str]:
    """Tên để nói với người dùng: tên ngày trước hiệu lực, hoặc tên dự kiến."""
    named = dict(UnitVersion.objects.filter(unit__in=unit_ids).order_by("id").values_list("unit", "name"))
    planned = dict(reorg.planned_units.values_list("unit", "name"))  # vài trăm dòng: rẻ hơn một danh sách IN dài
    return {unit: planned.get(unit) or named.get(unit) or f"#{unit}" for unit in unit_ids}


def _picture(reorg: Reorganisation) -> _Picture:
    heirs: dict[int, list[PlannedSuccession]] = defaultdict(list)
    for edge in reorg.successions.order_by("predecessor_id", "successor_id"):
        heirs[edge.predecessor_id].append(edge)
    on = reorg.effective_on
    return _Picture(
        reorg=reorg,
        open_units={v.unit_id: v for v in UnitVersion.objects.filter(valid__contains=on).defer("search_folded", "search_exact")},
        planned={p.unit_id: p for p in reorg.planned_units.all()},
        heirs=dict(heirs),
    )


def _predecessors(picture: _Picture) -> Iterator[Reason]:
    for unit in picture.heirs:
        if unit not in picture.open_units:
            yield Reason(
                "reorg.predecessor_not_open",
                _("%(unit)s không hoạt động vào ngày %(day)s nên không thể sắp xếp.")
                % {"unit": _last_name(unit), "day": f"{picture.reorg.effective_on:%d/%m/%Y}"},
                data={"unit": unit},
            )


def _last_name(unit_id: int) -> str:
    version = UnitVersion.objects.filter(unit=unit_id).order_by("-id").first()
    return version.name if version else f"#{unit_id}"


def _heirs(picture: _Picture) -> Iterator[Reason]:
    closing = picture.closing
    for unit, edges in picture.heirs.items():
        for edge in edges:
            heir = edge.successor_id
            if heir in closing:
                yield Reason(
                    "reorg.heir_closing",
                    _("%(heir)s cũng kết thúc trong phương án này, không thể là nơi kế thừa của %(unit)s.")
                    % {"heir": picture.name(heir), "unit": picture.name(unit)},
                    data={"unit": unit, "heir": heir},
                )
            elif heir not in picture.open_units and heir not in picture.planned:
                yield Reason(
                    "reorg.heir_not_open",
                    _("Nơi kế thừa của %(unit)s không hoạt động vào ngày hiệu lực và không có trong danh sách đơn vị mới.")
                    % {"unit": picture.name(unit)},
                    data={"unit": unit, "heir": heir},
                )
    fed = {edge.successor_id for edges in picture.heirs.values() for edge in edges}
    parents = {p.parent_id for p in picture.planned.values()}
    for unit, planned in picture.planned.items():
        if unit not in fed and unit not in parents and planned.parent_id not in picture.planned:
            yield Reason(
                "reorg.no_predecessor",
                _("Đơn vị mới %(unit)s chưa kế thừa đơn vị nào.") % {"unit": planned.name},
                data={"unit": unit},
            )


def _types(picture: _Picture) -> Iterator[Reason]:
    for unit, edges in picture.heirs.items():
        types = {edge.type for edge in edges}
        if len(edges) > 1 and types != {Succession.Type.SPLIT}:
            yield Reason(
                "reorg.split_type",
                _("%(unit)s có %(count)d nơi kế thừa nên mọi dòng phải là kiểu chia tách.")
                % {"unit": picture.name(unit), "count": len(edges)},
                data={"unit": unit},
            )
        for edge in edges:
            if edge.type in _CONTINUING and edge.successor_id != unit:
                yield Reason(
                    "reorg.rename_changes_unit",
                    _("%(unit)s: đổi tên hay chuyển cấp trên thì đơn vị vẫn là chính nó, không có nơi kế thừa khác.")
                    % {"unit": picture.name(unit)},
                    data={"unit": unit},
                )


def _children_left(picture: _Picture) -> Iterator[Reason]:
    closing = picture.closing
    moved = {u for u, edges in picture.heirs.items() if any(e.new_parent_id for e in edges)}
    for unit, version in picture.open_units.items():
        if version.parent_id in closing and unit not in closing and unit not in moved:
            yield Reason(
                "reorg.child_left",
                _("%(child)s là đơn vị con của %(unit)s sẽ kết thúc: hãy đưa vào phương án hoặc chuyển sang cấp trên khác.")
                % {"child": version.name, "unit": picture.name(version.parent_id)},
                data={"unit": version.parent_id, "child": unit},
            )


def _parents(picture: _Picture) -> Iterator[Reason]:
    """Cấp trên của đơn vị mới, hoặc cấp trên mới, phải mở sau ngày hiệu lực và không tạo vòng."""
    closing = picture.closing
    parents = {u: v.parent_id for u, v in picture.open_units.items() if u not in closing}
    parents |= {u: p.parent_id for u, p in picture.planned.items()}
    for edges in picture.heirs.values():
        parents |= {e.predecessor_id: e.new_parent_id for e in edges if e.new_parent_id}
    touched = set(picture.planned) | {e.predecessor_id for edges in picture.heirs.values() for e in edges if e.new_parent_id}
    for unit in touched:
        parent = parents.get(unit)
        if parent is not None and parent not in parents:
            yield Reason(
                "reorg.parent_closed",
                _("Cấp trên của %(unit)s là %(parent)s không hoạt động sau ngày hiệu lực.")
                % {"unit": picture.name(unit), "parent": picture.name(parent)},
                data={"unit": unit},
            )
        elif _has_cycle(unit, parents):
            yield Reason(
                "reorg.cycle", _("%(unit)s trở thành cấp trên của chính mình.") % {"unit": picture.name(unit)}, data={"unit": unit}
            )


def _has_cycle(start: int, parents: dict[int, int | None]) -> bool:
    seen: set[int] = set()
    unit: int | None = start
    while unit is not None and unit not in seen:
        seen.add(unit)
        unit = parents.get(unit)
    return unit == start


def _other_reorganisations(picture: _Picture) -> Iterator[Reason]:
    states = Reorganisation.State
    busy = (
        PlannedSuccession.objects.filter(predecessor__in=picture.heirs)
        .exclude(reorganisation=picture.reorg)
        .filter(reorganisation__state__in=[states.DECIDED, states.APPLYING, states.UNDOING])
        .select_related("reorganisation").order_by("predecessor_id")
    )  # fmt: skip
    for edge in busy:
        yield Reason(
            "reorg.touched_twice",
            _("%(unit)s đang nằm trong “%(other)s”: mỗi đơn vị chỉ trong một lần sắp xếp tại một thời điểm.")
            % {"unit": picture.name(edge.predecessor_id), "other": edge.reorganisation.name},
            data={"unit": edge.predecessor_id, "other": edge.reorganisation_id},
        )
