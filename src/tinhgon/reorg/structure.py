"""Phần cấu trúc của một lần sắp xếp, làm trong một giao dịch: mở đơn vị mới, ghi kế thừa, giao chức năng, khóa đơn vị cũ."""

from datetime import date, timedelta

from tinhgon.org.models import Function, Succession, UnitFunction, UnitVersion
from tinhgon.org.services import structure
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.templates import TEMPLATES, AgencyTemplate, CommitteeTemplate
from tinhgon.reorg import placed
from tinhgon.reorg.models import PlannedSuccession, PlannedUnit, Reorganisation

CODE_SCHEME = "DVHC"  # mã đơn vị hành chính
FIRST_TERM = "khóa I"
_KEEPING = (Succession.Type.RENAMED, Succession.Type.MOVED)


def closing_units(reorg: Reorganisation) -> list[int]:
    """Đơn vị kết thúc: có kế thừa, mà không đổi tên, chuyển cấp trên, hay tự là nơi kế thừa của mình."""
    edges = reorg.successions.values_list("predecessor_id", "successor_id", "type")
    kept = {before for before, after, type_ in edges if type_ in _KEEPING or before == after}
    return sorted({before for before, _after, _type in edges} - kept)


def change(reorg: Reorganisation) -> None:
    """Đổi cấu trúc từ ngày hiệu lực. Chỉ chạy một lần, trong giao dịch của đợt 0."""
    on, decree = reorg.effective_on, reorg.handover.decree
    planned = list(reorg.planned_units.order_by("pk"))
    shares, taken = functions_to_give(reorg, on), functions_taken(reorg)
    listed = set(reorg.planned_posts.values_list("unit_id", flat=True))
    structure.open_units([_new_unit(unit, with_posts=unit.unit_id not in listed) for unit in planned], on=on, decree=decree)
    placed.open_posts(reorg)
    structure.give_codes((u.unit_id, CODE_SCHEME, f"từ {on:%m/%Y}", u.code) for u in planned if u.code)
    edges = _successions(reorg)
    structure.record_successions(
        [(e.predecessor_id, e.successor_id, e.type, [f.pk for f in e.functions.all()]) for e in edges],
        on=on, decree=decree,
    )  # fmt: skip
    structure.change_units(_changes(edges), on=on, decree=decree)
    structure.give_functions(shares, on=on)
    structure.take_functions(taken, on=on)
    structure.close_units(closing_units(reorg), on=on)


def change_back(reorg: Reorganisation, on: date) -> None:
    """Hoàn tác cấu trúc từ ``on``: đơn vị mới khóa, đơn vị cũ có phiên bản mới; ngày trước đó vẫn thấy như đã có."""
    decree = reorg.handover.decree
    edges = _successions(reorg)
    structure.close_units(opened_units(reorg), on=on)
    structure.reopen_units(closing_units(reorg), on=on, decree=decree)
    structure.undo_successions([(e.predecessor_id, e.successor_id) for e in edges], since=reorg.effective_on, on=on)
    structure.change_units(_changes_back(edges, reorg.effective_on), on=on, decree=decree)
    structure.take_functions(_functions_received(reorg), on=on, since=reorg.effective_on)
    structure.give_functions(functions_taken(reorg), on=on)


def opened_units(reorg: Reorganisation) -> list[int]:
    """Đơn vị do lần sắp xếp này mở."""
    return list(reorg.planned_units.order_by("unit_id").values_list("unit_id", flat=True))


def _successions(reorg: Reorganisation) -> list[PlannedSuccession]:
    return list(reorg.successions.prefetch_related("functions").order_by("pk"))


def _new_unit(planned: PlannedUnit, *, with_posts: bool) -> NewUnit:
    """``with_posts``: vị trí theo mẫu; không thì lần sắp xếp đã lập danh sách vị trí riêng (``reorg.placed``)."""
    template = template_of(planned)
    codes = dict(Function.objects.values_list("code", "pk")) if template else {}
    return NewUnit(
        unit_id=planned.unit_id, name=planned.name, short_name=planned.short_name, symbol=planned.symbol,
        kind=planned.kind, level=planned.level, parent_id=planned.parent_id, is_organ=planned.is_organ,
        posts=template.posts if template and with_posts else (),
        functions=[codes[code] for code in template.functions if code in codes] if template else (),
        term=FIRST_TERM if planned.kind == "committee" else "",
    )  # fmt: skip


def template_of(planned: PlannedUnit) -> CommitteeTemplate | AgencyTemplate | None:
    """Mẫu ghi ở đơn vị dự kiến: "commune" cho cấp ủy, "commune/office" cho cơ quan của cấp ủy ấy."""
    code, _slash, kind = planned.template.partition("/")
    committee = TEMPLATES.get(code)
    if committee is None or not kind:
        return committee
    return next((agency for agency in committee.agencies if agency.kind == kind), None)


def functions_to_give(reorg: Reorganisation, on: date) -> list[tuple[int, int]]:
    """(đơn vị nhận, chức năng): phần nêu ở kế thừa; đơn vị có một nơi kế thừa thì mọi chức năng đang có."""
    closing = set(closing_units(reorg))
    edges = _successions(reorg)
    heirs: dict[int, list[PlannedSuccession]] = {}
    for edge in edges:
        heirs.setdefault(edge.predecessor_id, []).append(edge)
    held: dict[int, list[int]] = {}
    for unit, function in UnitFunction.objects.filter(unit__in=closing, valid__contains=on).values_list("unit_id", "function_id"):
        held.setdefault(unit, []).append(function)
    return [
        (edge.successor_id, function)
        for unit, out in heirs.items()
        for edge in out
        for function in (held.get(unit, []) if len(out) == 1 and unit in closing else [f.pk for f in edge.functions.all()])
    ]


def functions_taken(reorg: Reorganisation) -> list[tuple[int, int]]:
    """(đơn vị còn lại, chức năng nó giao cho nơi khác): chuyển chức năng mà không kết thúc đơn vị."""
    staying = {e.predecessor_id for e in _successions(reorg) if e.predecessor_id == e.successor_id}
    return [
        (e.predecessor_id, f.pk)
        for e in _successions(reorg) if e.predecessor_id in staying and e.predecessor_id != e.successor_id
        for f in e.functions.all()
    ]  # fmt: skip


def _functions_received(reorg: Reorganisation) -> list[tuple[int, int]]:
    """(đơn vị đang có, chức năng) mà lần sắp xếp đã giao: hoàn tác thì thu lại cái được giao đúng ngày hiệu lực."""
    opened = set(opened_units(reorg))
    given = functions_to_give(reorg, reorg.effective_on - timedelta(days=1))
    return [(unit, function) for unit, function in given if unit not in opened]


def _changes(edges: list[PlannedSuccession]) -> list[tuple[int, dict[str, object]]]:
    return [
        (e.predecessor_id, ({"name": e.new_name, "short_name": e.new_name} if e.new_name else {})
         | ({"parent_id": e.new_parent_id} if e.new_parent_id else {}))
        for e in edges
        if e.predecessor_id == e.successor_id and (e.new_name or e.new_parent_id)
    ]  # fmt: skip


def _changes_back(edges: list[PlannedSuccession], effective_on: date) -> list[tuple[int, dict[str, object]]]:
    kept = [e.predecessor_id for e in edges if e.predecessor_id == e.successor_id and (e.new_name or e.new_parent_id)]
    before = UnitVersion.objects.filter(unit__in=kept, valid__endswith=effective_on)
    return [
        (v.unit_id, {"name": v.name, "short_name": v.short_name, "parent_id": v.parent_id}) for v in before
    ]
