"""Đọc một phương án thành dữ liệu thuần (``engine.structure``): bộ máy ngày hiệu lực, đơn vị sẽ mở, các dòng kế thừa. Bảy câu SQL."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from tinhgon.engine.structure import Line, Node, Plan, future
from tinhgon.org.models import Function, UnitFunction, UnitVersion
from tinhgon.reorg import structure
from tinhgon.reorg.models import PlannedUnit, Reorganisation


@dataclass(frozen=True)
class Scenario:
    """``short``: tên ngắn; ``planned``: dòng của đơn vị sẽ mở; ``function_names``: mã số -> tên chức năng;
    ``codes``: mã chức năng -> mã số.
    """

    reorg: Reorganisation
    plan: Plan
    planned: dict[int, PlannedUnit]
    short: dict[int, str]
    types: dict[tuple[int, int], str]
    function_names: dict[int, str]
    codes: dict[str, int]

    @cached_property
    def after(self) -> dict[int, Node]:
        """Bộ máy sau khi làm theo phương án."""
        return future(self.plan)

    def node(self, unit: int) -> Node | None:
        return self.plan.now.get(unit) or self.plan.new.get(unit)

    def name(self, unit: int) -> str:
        """Tên như người soạn gọi: đơn vị đang có theo tên lúc này, đơn vị sẽ mở theo tên dự kiến."""
        node = self.node(unit)
        return node.name if node else f"#{unit}"

    @cached_property
    def children_now(self) -> dict[int, list[int]]:
        """Đơn vị -> các đơn vị trực thuộc lúc này."""
        return _by_parent(self.plan.now.values())

    @cached_property
    def children_after(self) -> dict[int, list[int]]:
        """Đơn vị -> các đơn vị trực thuộc sau này."""
        return _by_parent(self.after.values())

    @cached_property
    def touched(self) -> frozenset[int]:
        """Đơn vị phương án chạm tới và còn hoạt động sau này: đơn vị mới, nơi nhận, đơn vị đổi tên hay chuyển cấp trên."""
        return frozenset(self.plan.new) | (frozenset(self.plan.into) | frozenset(self.plan.out)) & frozenset(self.after)


def _by_parent(nodes) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        if node.parent is not None:
            found[node.parent].append(node.id)
    return found


_SEATS = """
SELECT po.unit_id, sum(po.seats), COALESCE(sum(po.seats) FILTER (WHERE po.rank = 2), 0) FROM org_post po
WHERE po.valid @> %s::date AND NOT po.is_pool GROUP BY po.unit_id
"""
_NODE = ("unit_id", "name", "parent_id", "kind", "level", "is_organ", "short_name")


def read(reorg: Reorganisation) -> Scenario:
    on = reorg.effective_on
    versions = list(UnitVersion.objects.filter(valid__contains=on).values_list(*_NODE))
    held = functions_at(reorg)
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, [on])
        seats = {unit: (int(total), int(deputies)) for unit, total, deputies in cursor.fetchall()}
    now = {}
    for unit, name, parent, kind, level, is_organ, _short in versions:
        total, deputies = seats.get(unit, (0, 0))
        now[unit] = Node(unit, name, parent, kind, level, is_organ, held.get(unit, frozenset()), total, deputies)
    named = list(Function.objects.values_list("pk", "code", "name"))
    planned = {one.unit_id: one for one in reorg.planned_units.order_by("pk")}
    codes = {code: pk for pk, code, _name in named}
    edges = list(reorg.successions.prefetch_related("functions").order_by("pk"))
    lines = [
        Line(e.predecessor_id, e.successor_id, frozenset(f.pk for f in e.functions.all()), e.new_name, e.new_parent_id, e.type) for e in edges
    ]
    return Scenario(
        reorg, Plan(now, {pk: new_node(one, codes) for pk, one in planned.items()}, lines), planned,
        {row[0]: row[6] for row in versions} | {pk: one.short_name for pk, one in planned.items()},
        {(e.predecessor_id, e.successor_id): e.type for e in edges}, {pk: name for pk, _code, name in named}, codes,
    )  # fmt: skip


def functions_at(reorg: Reorganisation) -> dict[int, frozenset[int]]:
    """Đơn vị -> chức năng đang giữ vào ngày hiệu lực."""
    found: dict[int, set[int]] = defaultdict(set)
    for unit, function in UnitFunction.objects.filter(valid__contains=reorg.effective_on).values_list("unit_id", "function_id"):
        found[unit].add(function)
    return {unit: frozenset(held) for unit, held in found.items()}


def new_node(planned: PlannedUnit, codes: dict[str, int]) -> Node:
    """Đơn vị sẽ mở, chức năng và ghế theo mẫu của nó; ``codes``: mã chức năng -> mã số."""
    template = structure.template_of(planned)
    posts = template.posts if template else ()
    return Node(
        planned.unit_id, planned.name, planned.parent_id, planned.kind, planned.level, planned.is_organ,
        frozenset(codes[code] for code in template.functions if code in codes) if template else frozenset(),
        sum(post.seats for post in posts), sum(post.seats for post in posts if post.rank == 2),
    )  # fmt: skip
