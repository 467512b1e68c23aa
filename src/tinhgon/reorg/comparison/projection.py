"""Vùng so sánh sau một phương án: đơn vị, tầng, ghế, chức năng do phương án viết ra; người đi theo kế hoạch hay theo đơn vị mình.

Chỉ đọc; không ghi gì và không dựng kế hoạch. Đơn vị chia tách mà chưa quyết định thì người của nó chưa biết về đâu, và được đếm là chưa biết.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tinhgon.org.figures import Structure
from tinhgon.org.models import Appointment, Function, Post, Succession, UnitFunction
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import placed, plan, structure
from tinhgon.reorg.comparison.area import Area, Tree
from tinhgon.reorg.models import Placement, PlannedSuccession, PlannedUnit, Reorganisation

NOWHERE = -1
"""Nhóm của người chưa biết về đâu: vẫn là người của vùng, mà chưa ở nơi nào."""
_KEEPING = (Succession.Type.RENAMED, Succession.Type.MOVED)
HEAD, DEPUTY = 1, 2


@dataclass(frozen=True, slots=True)
class Seats:
    """Ghế của một hay nhiều đơn vị."""

    posts: int = 0
    seats: int = 0
    heads: int = 0
    deputies: int = 0

    def __add__(self, other: "Seats") -> "Seats":
        return Seats(self.posts + other.posts, self.seats + other.seats, self.heads + other.heads, self.deputies + other.deputies)


@dataclass(frozen=True)
class Projection:
    """Vùng sau phương án. ``bare_units``: đơn vị mới chưa có mẫu vị trí; ``undecided``: người chưa biết về đâu; ``unseated``: người mà phương án bố
    trí đã quyết định là chưa có chỗ; ``is_placed``: đã có phương án bố trí quyết định; ``is_inventoried``: người theo kế hoạch đã kiểm kê."""

    units: frozenset[int]
    layers: int
    seats: Seats
    functions: int
    structure: Structure
    staff: int
    bare_units: int
    undecided: int
    unseated: int
    is_placed: bool
    is_inventoried: bool


def project(reorg: Reorganisation, area: Area) -> Projection:
    """Dựng vùng sau phương án. Số câu SQL không theo số đơn vị hay số người."""
    edges = list(reorg.successions.order_by("pk"))
    planned = list(reorg.planned_units.order_by("pk"))
    closing = _closing(edges)
    heirs = _heirs(edges)
    units = frozenset(area.units - closing | {one.unit_id for one in planned})
    tree = _tree(area.tree, edges, planned, closing, heirs)
    seats, bare = _seats(reorg, area.units - closing, planned, area)
    people = _people(reorg, area, closing, heirs)
    duties = _duties(reorg, area, closing, planned)
    grouped = tuple(sorted({(function, tree.body(unit)) for unit, function in duties}))
    seated = tuple(sorted((person, NOWHERE if unit is None else tree.body(unit)) for person, unit in people.where.items()))
    return Projection(
        units=units, layers=tree.layers(units), seats=seats, functions=len({function for function, _body in grouped}),
        structure=Structure((), people=seated, duties=grouped), staff=len(seated), bare_units=bare,
        undecided=sum(unit is None for unit in people.where.values()), unseated=people.unseated,
        is_placed=reorg.placements.filter(state=Placement.State.DECIDED).exists(), is_inventoried=people.is_inventoried,
    )  # fmt: skip


def _closing(edges: Iterable[PlannedSuccession]) -> frozenset[int]:
    """Đơn vị kết thúc, như ``structure.closing_units``."""
    listed = list(edges)
    kept = {one.predecessor_id for one in listed if one.type in _KEEPING or one.predecessor_id == one.successor_id}
    return frozenset(one.predecessor_id for one in listed) - kept


def _heirs(edges: Iterable[PlannedSuccession]) -> dict[int, list[int]]:
    """Đơn vị giao -> các nơi kế thừa; đổi tên, chuyển cấp trên thì không giao gì."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in edges:
        if one.type not in _KEEPING:
            found[one.predecessor_id].append(one.successor_id)
    return found


def _tree(
    before: Tree, edges: Iterable[PlannedSuccession], planned: Iterable[PlannedUnit], closing: Collection[int], heirs: Mapping[int, list[int]],
) -> Tree:  # fmt: skip
    """Cây sau phương án. Đơn vị còn lại dưới một đơn vị kết thúc thì theo nơi kế thừa duy nhất của nó, nếu có."""
    parents: dict[int, int | None] = {unit: parent for unit, parent in before.parents.items() if unit not in closing}
    parents |= {one.predecessor_id: one.new_parent_id for one in edges if one.new_parent_id and one.predecessor_id in parents}
    listed = list(planned)
    parents |= {one.unit_id: one.parent_id for one in listed}
    only = {unit: found[0] for unit, found in heirs.items() if unit in closing and len(found) == 1}
    parents = {unit: only.get(parent, parent) if parent is not None else None for unit, parent in parents.items()}
    return Tree(parents, frozenset(before.organs) | {one.unit_id for one in listed if one.is_organ})


def _seats(reorg: Reorganisation, kept: Collection[int], planned: Iterable[PlannedUnit], area: Area) -> tuple[Seats, int]:
    """Ghế của vùng và số đơn vị mới chưa có mẫu: đơn vị giữ lại theo vị trí đang có, đơn vị mới theo danh sách vị trí của phương án hay theo mẫu."""
    rows = Post.objects.filter(unit__in=kept, valid__contains=area.on, is_pool=False).exclude(role="administrator").values_list("rank", "seats")
    found = sum((_seat(rank, seats) for rank, seats in rows), Seats())
    listed: dict[int, Seats] = {}
    for unit, rank, seats in reorg.planned_posts.filter(is_new=True, seats__gt=0).values_list("unit_id", "rank", "seats"):
        listed[unit] = listed.get(unit, Seats()) + _seat(rank, seats)
    bare = 0
    for one in planned:
        template = structure.template_of(one)
        if one.unit_id in listed:
            found += listed[one.unit_id]
        elif template is not None:
            found = sum((_seat(post.rank, post.seats) for post in template.posts), found)
        else:
            bare += 1
    return found, bare


def _seat(rank: int, seats: int) -> Seats:
    return Seats(1, seats, seats if rank == HEAD else 0, seats if rank == DEPUTY else 0)


@dataclass(frozen=True, slots=True)
class _People:
    """Người -> đơn vị sau phương án, ``None`` khi chưa biết. Ai mà phương án bố trí đã quyết định là chưa có chỗ thì không có trong ``where``."""

    where: dict[int, int | None]
    unseated: int
    is_inventoried: bool


def _people(reorg: Reorganisation, area: Area, closing: Collection[int], heirs: Mapping[int, list[int]]) -> _People:
    main = Appointment.objects.filter(post__unit__in=area.units, is_main=True, valid__contains=area.on).exclude(post__role="administrator")
    planned = {
        item: (unit, bool(detail and detail.get("why") == placed.UNPLACED))
        for item, unit, detail in plan.rows_of(reorg, Direction.APPLY).filter(kind="org.appointment").values_list("item_id", "to_unit_id", "detail")
    }
    where: dict[int, int | None] = {}
    unseated = 0
    for appointment, person, unit in main.order_by("pk").values_list("pk", "person_id", "post__unit_id"):
        to, waits = planned.get(appointment, (_follows(unit, closing, heirs), False))
        if waits:
            unseated += 1
        else:
            where[person] = to
    return _People(where, unseated, bool(planned))


def _follows(unit: int, closing: Collection[int], heirs: Mapping[int, list[int]]) -> int | None:
    """Không có kế hoạch: ở lại đơn vị còn hoạt động, hay theo nơi kế thừa duy nhất; chia tách thì chưa biết."""
    if unit not in closing:
        return unit
    found = heirs.get(unit, [])
    return found[0] if len(found) == 1 else None


def _duties(reorg: Reorganisation, area: Area, closing: Collection[int], planned: Iterable[PlannedUnit]) -> set[tuple[int, int]]:
    """(đơn vị, chức năng) sau phương án: đang giữ, được giao theo kế thừa, và theo mẫu của đơn vị mới."""
    kept = UnitFunction.objects.filter(unit__in=area.units - frozenset(closing), valid__contains=area.on).values_list("unit_id", "function_id")
    codes = dict(Function.objects.values_list("code", "pk"))
    by_template = {
        (one.unit_id, codes[code])
        for one in planned
        for code in getattr(structure.template_of(one), "functions", ())
        if code in codes
    }
    return {*set(kept).difference(structure.functions_taken(reorg)), *structure.functions_to_give(reorg, area.on), *by_template}
