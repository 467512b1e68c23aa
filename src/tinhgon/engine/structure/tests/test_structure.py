"""Cấu trúc của một phương án: bộ máy sẽ có, lời nhắc, xung đột, hoàn lại. Bất biến thử bằng mọi phương án nhỏ."""

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.headcount import shipped
from tinhgon.engine.structure import (
    Changes,
    Conflict,
    Facts,
    Line,
    Node,
    Plan,
    closes_a_ring,
    deputies,
    difference,
    drift,
    functions,
    future,
    layers,
    orphans,
    span,
    taken_back,
)

RULES = shipped().sets[0]

UNITS = range(1, 7)
FUNCTIONS = (11, 12, 13)


@st.composite
def plans(draw) -> Plan:
    """Sáu đơn vị, cấp trên luôn là số nhỏ hơn; mỗi đơn vị ở yên, nhập, chia hay giao bớt chức năng cho đơn vị khác."""
    held = st.frozensets(st.sampled_from(FUNCTIONS))
    now = {
        unit: Node(unit, f"Đơn vị {unit}", draw(st.integers(1, unit - 1)) if unit > 1 else None, functions=draw(held)) for unit in UNITS
    }
    lines: list[Line] = []
    staying = set(draw(st.frozensets(st.sampled_from(UNITS)))) | {1}
    receivers = sorted(staying)
    for unit in UNITS:
        if unit not in staying:
            heirs = draw(st.lists(st.sampled_from(receivers), min_size=1, max_size=3, unique=True))
            left = sorted(now[unit].functions)
            for heir in heirs:
                share = frozenset(draw(st.lists(st.sampled_from(left), unique=True))) if left else frozenset()
                left = [each for each in left if each not in share]
                lines.append(Line(unit, heir, share))
    return Plan(now, {}, lines)


class TestFuture:
    @given(plans())
    def test_a_function_of_a_closing_unit_is_received_or_named_as_orphaned(self, plan):
        after = future(plan)
        for unit in plan.closing:
            received = frozenset().union(*(after[line.after].functions for line in plan.out[unit]))
            assert plan.now[unit].functions <= received | orphans(unit, plan, after)

    @given(plans())
    def test_a_unit_is_open_afterwards_or_has_heirs(self, plan):
        after = future(plan)
        assert {unit for unit in plan.now if unit not in after} == set(plan.closing)
        assert all(line.after in after for line in plan.lines)

    @given(plans())
    def test_no_plan_no_change(self, plan):
        assert future(Plan(plan.now)) == plan.now

    def test_a_function_given_away_is_no_longer_held(self):
        now = {1: Node(1, "A", None, functions=frozenset(FUNCTIONS)), 2: Node(2, "B", None)}
        after = future(Plan(now, {}, [Line(1, 1, frozenset({12, 13})), Line(1, 2, frozenset({11}))]))
        assert (after[1].functions, after[2].functions) == ({12, 13}, {11})


class TestRings:
    @given(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(UNITS)), max_size=12))
    def test_moves_that_close_no_ring_leave_every_unit_under_the_top(self, moves):
        nodes = {unit: Node(unit, str(unit), unit - 1 or None) for unit in UNITS}
        for unit, parent in moves:
            if unit != 1 and not closes_a_ring(unit, parent, nodes):
                nodes[unit] = Node(unit, str(unit), parent)
        for unit in UNITS:
            at, steps = unit, 0
            while nodes[at].parent is not None:
                at, steps = nodes[at].parent, steps + 1
                assert steps < len(nodes)
            assert at == 1


ROWS = st.dictionaries(st.sampled_from("tu"), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3)), max_size=2)


class TestTakingBack:
    @given(ROWS, ROWS)
    def test_a_change_taken_back_gives_what_was(self, before, after):
        back = taken_back(after, difference(before, after))
        assert {t: rows for t, rows in back.items() if rows} == {t: rows for t, rows in before.items() if rows}

    @given(ROWS)
    def test_nothing_changed_is_no_change(self, rows):
        assert not difference(rows, rows)

    def test_a_row_changed_since_is_not_overwritten(self):
        assert taken_back({"t": {"a": 3}}, Changes({"t": {"a": (1, 2)}})) is None


def node(unit: int, parent: int | None = None, kind: str = "office", **values: object) -> Node:
    return Node(unit, f"Đơn vị {unit}", parent, kind, "province", **values)  # type: ignore[arg-type]


class TestChecks:
    def test_too_many_units_under_one_head_is_said_and_an_only_room_too(self):
        before = {1: node(1, None, "committee"), 2: node(2, 1)}
        after = before | {n: node(n, 2, "room") for n in range(10, 19)} | {3: node(3, 1), 4: node(4, 3, "room")}
        found = {(r.unit, str(r.check), r.count) for r in span(before, after)}
        assert found == {(2, "span", 9), (3, "only_child", 1)}

    def test_committees_below_a_committee_are_not_its_span(self):
        after = {1: node(1, None, "committee")} | {n: node(n, 1, "committee") for n in range(2, 200)}
        assert not list(span({}, after))

    def test_layers_before_and_after(self):
        before = {1: node(1), 2: node(2, 1)}
        first, then, deeper = layers(before, before | {3: node(3, 2)})
        assert (first, then, [remark.unit for remark in deeper]) == (2, 3, [3])

    def test_two_units_of_one_committee_with_one_function_overlap_but_not_a_room_with_its_office(self):
        held = {"functions": frozenset({11})}
        nodes = {1: node(1, None, "committee"), 2: node(2, 1, **held), 3: node(3, 2, "room", **held), 4: node(4, 1, "organisation", **held)}
        (remark,) = functions(Plan(nodes), nodes)
        assert (remark.unit, remark.others, remark.is_new) == (2, (4,), False)
        (fresh,) = functions(Plan({**nodes, 4: node(4, 1)}), nodes)
        assert fresh.is_new

    def test_a_function_nobody_receives_is_named(self):
        now = {1: node(1, None, "committee"), 2: node(2, 1, functions=frozenset({11, 12})), 3: node(3, 1), 4: node(4, 1)}
        plan = Plan(now, {}, [Line(2, 3, frozenset({11})), Line(2, 4)])
        assert [(r.check, r.unit, r.others) for r in functions(plan, future(plan))] == [("orphan", 2, (12,))]
        by_template = Plan(now | {4: node(4, 1, functions=frozenset({12}))}, {}, plan.lines)
        assert functions(by_template, future(by_template)) == []

    def test_deputies_that_arrive_are_counted(self):
        after = {1: node(1, None, "committee"), 2: node(2, 1, seats=8, deputies=2)}
        assert deputies(RULES, after, {2: 2}, {2}) == []
        (remark,) = deputies(RULES, after, {2: 3}, {2})
        assert (remark.count, remark.most) == (5, 4)


def facts(name: str = "A", parent: int | None = 1, held: tuple[int, ...] = (11,), children: tuple[int, ...] = ()) -> Facts:
    return Facts(name, parent, frozenset(held), frozenset(children))


class TestDrift:
    @given(plans())
    def test_an_organisation_that_did_not_change_conflicts_with_nothing(self, plan):
        now = {unit: Facts(n.name, n.parent, n.functions) for unit, n in plan.now.items()}
        assert drift(now, now, plan.lines, {}) == []

    def test_a_closed_unit_can_be_replaced_by_its_only_heir(self):
        (one,) = drift({2: facts()}, {}, [Line(2, 3)], {2: (9,)})
        assert (one.what, one.choices, one.others) == ("closed", ("take", "drop"), (9,))
        (two,) = drift({2: facts()}, {}, [Line(2, 3)], {2: (8, 9)})
        assert two.choices == ("drop",)

    def test_what_no_line_relies_on_is_no_conflict(self):
        whole = [Line(2, 3)]
        assert drift({2: facts()}, {2: facts("Tên mới", held=(11, 12))}, whole, {}) == []
        assert drift({3: facts()}, {3: facts(parent=7)}, whole, {}) == []

    def test_each_thing_a_line_relies_on(self):
        shares = [Line(2, 3, frozenset({11})), Line(2, 4)]

        def found(now: Facts, lines: list[Line]) -> list[tuple[str, tuple[int, ...]]]:
            return [(str(c.what), c.others) for c in drift({2: facts()}, {2: now}, lines, {})]

        assert found(facts(held=()), shares) == [("lost", (11,))]
        assert found(facts(held=(11, 12)), shares) == [("gained", (12,))]
        assert found(facts(parent=7), [Line(2, 2, new_parent=5)]) == [("parent", (7,))]
        assert found(facts("B"), [Line(2, 2, new_name="C")]) == [("name", ())]
        assert found(facts(children=(6,)), [Line(2, 3)]) == [("child", (6,))]
        assert isinstance(drift({2: facts()}, {2: facts("B")}, [Line(2, 2, new_name="C")], {})[0], Conflict)
