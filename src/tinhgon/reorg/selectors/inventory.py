"""Kiểm kê: từng loại, từng đơn vị chia tách, từng mục."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q

from tinhgon.org import holdings
from tinhgon.org.models import Function
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import DispositionRule, Reorganisation


@dataclass(frozen=True, slots=True)
class Cell:
    """Số mục của một loại: tất cả, chưa có nơi nhận, gộp."""

    kind: str
    label: str
    total: int
    undecided: int
    joined: int


def by_kind(reorg: Reorganisation, direction: str = Direction.APPLY) -> list[Cell]:
    """Bảng theo loại; loại còn mục chưa quyết định đứng trước."""
    rows = plan.rows_of(reorg, direction).values("kind").annotate(
        total=Count("id"), undecided=Count("id", filter=Q(to_unit__isnull=True)), joined=Count("id", filter=Q(outcome="join"))
    )
    cells = []
    for row in rows:
        holding = holdings.holding(row["kind"])
        undecided = row["undecided"] if holding.needs_receiver else 0
        cells.append(Cell(row["kind"], str(holding.label), row["total"], undecided, row["joined"]))
    return sorted(cells, key=lambda cell: (-cell.undecided, holdings.holding(cell.kind).order))


@dataclass(frozen=True, slots=True)
class Group:
    """Các mục của một đơn vị chia tách cùng chức năng: số theo loại, nơi nhận đã chọn (nếu cùng một nơi)."""

    function_id: int | None
    function: str
    total: int
    undecided: int
    kinds: tuple[tuple[str, str, int], ...]  # (loại, tên loại, số mục)
    heirs: tuple[tuple[int, int], ...]  # (nơi nhận, số mục)


@dataclass(frozen=True, slots=True)
class SplitUnit:
    """Một đơn vị chia tách: còn bao nhiêu mục chưa quyết định, các nơi kế thừa, các nhóm mục theo chức năng."""

    unit_id: int
    name: str
    total: int
    undecided: int
    heirs: tuple[tuple[int, str], ...] = field(default=())
    groups: tuple[Group, ...] = field(default=())
    rules: tuple[DispositionRule, ...] = field(default=())

    @property
    def decided(self) -> int:
        return self.total - self.undecided

    @property
    def percent(self) -> int:
        """Phần trăm đã quyết định, làm tròn xuống: còn một mục thì chưa là 100."""
        return 100 * self.decided // self.total if self.total else 100


def split_units(reorg: Reorganisation, direction: str = Direction.APPLY) -> list[SplitUnit]:
    """Các đơn vị có từ hai nơi kế thừa và có mục; còn thiếu nhiều đứng trước."""
    near = "predecessor" if direction == Direction.APPLY else "successor"
    many = reorg.successions.values(near).annotate(n=Count("id")).filter(n__gt=1).values(near)
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = (
        plan.rows_to_decide(reorg, direction).filter(from_unit__in=many, kind__in=needing)
        .values("from_unit").annotate(total=Count("id"), undecided=Count("id", filter=Q(to_unit__isnull=True)))
        .order_by("-undecided", "from_unit")
    )  # fmt: skip
    names = checks.unit_names([row["from_unit"] for row in rows], reorg)
    return [SplitUnit(r["from_unit"], names[r["from_unit"]], r["total"], r["undecided"]) for r in rows]


def split_unit(reorg: Reorganisation, unit_id: int, direction: str = Direction.APPLY) -> SplitUnit:
    """Một đơn vị chia tách với các nhóm mục và nơi kế thừa, để quyết định."""
    near, far = ("predecessor", "successor") if direction == Direction.APPLY else ("successor", "predecessor")
    heir_ids = list(reorg.successions.filter(**{near: unit_id}).order_by(far).values_list(f"{far}_id", flat=True))
    names = checks.unit_names([unit_id, *heir_ids], reorg)
    groups = _groups(reorg, unit_id, direction)
    return SplitUnit(
        unit_id, names[unit_id], sum(g.total for g in groups), sum(g.undecided for g in groups),
        tuple(sorted(((heir, names[heir]) for heir in heir_ids), key=lambda pair: pair[1])), groups,
        tuple(reorg.rules.filter(unit=unit_id).select_related("function").order_by("function__name", "kind")),
    )  # fmt: skip


def _groups(reorg: Reorganisation, unit_id: int, direction: str) -> tuple[Group, ...]:
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = list(
        plan.rows_to_decide(reorg, direction).filter(from_unit=unit_id, kind__in=needing)
        .values("function", "kind", "to_unit").annotate(n=Count("id")).order_by("function", "kind")
    )  # fmt: skip
    functions = Function.objects.in_bulk({row["function"] for row in rows if row["function"]})
    grouped: dict[int | None, list[dict]] = defaultdict(list)
    for row in rows:
        grouped[row["function"]].append(row)
    made = [_group(key, functions.get(key) if key else None, members) for key, members in grouped.items()]
    return tuple(sorted(made, key=lambda g: (-g.undecided, g.function)))


def _group(key: int | None, function: Function | None, rows: list[dict]) -> Group:
    kinds: dict[str, int] = defaultdict(int)
    heirs: dict[int, int] = defaultdict(int)
    for row in rows:
        kinds[row["kind"]] += row["n"]
        if row["to_unit"]:
            heirs[row["to_unit"]] += row["n"]
    total = sum(kinds.values())
    return Group(
        key, function.name if function else "", total, total - sum(heirs.values()),
        tuple((kind, str(holdings.holding(kind).label), n) for kind, n in kinds.items()),
        tuple(sorted(heirs.items(), key=lambda pair: -pair[1])),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Một mục trong kiểm kê."""

    kind: str
    label: str
    item_id: int
    title: str
    from_unit_id: int
    from_unit: str
    to_unit_id: int | None
    to_unit: str
    function_id: int | None
    outcome: str
    rule: str


def items(
    reorg: Reorganisation, *, kind: str = "", unit_id: int | None = None, function_id: int | None = None,
    no_function: bool = False, undecided: bool = False, outcome: str = "", direction: str = Direction.APPLY,
    within: Collection[int] | None = None, offset: int = 0, limit: int = 50,
) -> tuple[list[Item], int]:  # fmt: skip
    """(các mục của trang, tổng số), theo thứ tự kiểm kê. ``within``: chỉ mục các đơn vị ấy giao hay nhận."""
    rows = plan.rows_to_decide(reorg, direction)
    if within is not None:
        rows = rows.filter(Q(from_unit__in=within) | Q(to_unit__in=within))
    if kind:
        rows = rows.filter(kind=kind)
    if unit_id:
        rows = rows.filter(from_unit=unit_id)
    if function_id:
        rows = rows.filter(function=function_id)
    if no_function:
        rows = rows.filter(function__isnull=True)
    if undecided:
        needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
        rows = rows.filter(to_unit__isnull=True, kind__in=needing)
    if outcome:
        rows = rows.filter(outcome=outcome)
    total = rows.count()
    page = list(rows.order_by("id")[offset : offset + limit])
    names = checks.unit_names([u for row in page for u in (row.from_unit_id, row.to_unit_id) if u], reorg)
    titles = titles_of([(row.kind, row.item_id) for row in page])
    return [
        Item(
            row.kind, str(holdings.holding(row.kind).label), row.item_id, titles.get((row.kind, row.item_id), ""),
            row.from_unit_id, names[row.from_unit_id], row.to_unit_id, names.get(row.to_unit_id or 0, ""),
            row.function_id, row.outcome, row.rule,
        )
        for row in page
    ], total  # fmt: skip


def titles_of(wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """(loại, mục) -> tên để đọc; mỗi loại một câu SQL."""
    by_kind_: dict[str, list[int]] = defaultdict(list)
    for kind, item in wanted:
        by_kind_[kind].append(item)
    found: dict[tuple[str, int], str] = {}
    with connection.cursor() as cursor:
        for kind, ids in by_kind_.items():
            cursor.execute(holdings.holding(kind).title_sql(), {"items": ids})
            found |= {(kind, item): title for item, title in cursor.fetchall()}
    return found
