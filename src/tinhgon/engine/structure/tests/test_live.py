"""Bộ máy giữ sẵn trong lúc vẽ bằng đúng bộ máy tính lại từ đầu, sau mọi chuỗi thao tác."""

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.structure import Line, Live, Node, Plan, future
from tinhgon.engine.structure.tests.test_structure import FUNCTIONS, UNITS, plans

NEW = (8, 9)
_shares = st.frozensets(st.sampled_from(FUNCTIONS))


@st.composite
def steps(draw) -> tuple[str, int, object]:
    """Một thao tác: thay các dòng của một đơn vị, hay đặt, đổi, bỏ một đơn vị sẽ mở."""
    if draw(st.booleans()):
        unit = draw(st.sampled_from(UNITS))
        heirs = draw(st.lists(st.sampled_from((*UNITS, *NEW)), max_size=3, unique=True))
        renamed = draw(st.sampled_from(["", "Tên mới"]))
        lines = [Line(unit, heir, draw(_shares), renamed if heir == unit else "", 1 if heir == unit else None) for heir in heirs]
        return "lines", unit, lines
    unit = draw(st.sampled_from(NEW))
    node = Node(unit, draw(st.sampled_from(["Mới", "MỚI hơn"])), draw(st.sampled_from((1, 2))), functions=draw(_shares))
    return "new", unit, draw(st.sampled_from([node, None]))


class TestLive:
    @given(plans(), st.lists(steps(), max_size=8))
    def test_what_is_kept_equals_what_is_computed_anew(self, plan, done):
        live = Live(plan)
        out, new = dict(plan.out), {}
        for what, unit, put in done:
            if what == "lines":
                live.set_lines(unit, put)
                out[unit] = put
            else:
                live.set_new(unit, put)
                new[unit] = put
        wanted = Plan(plan.now, {u: n for u, n in new.items() if n}, [line for lines in out.values() for line in lines])
        assert live.after == future(wanted)
        children = {parent: set(inner) for parent, inner in live.children_after.items() if inner}
        assert children == {p: {n.id for n in live.after.values() if n.parent == p} for p in {n.parent for n in live.after.values()}}
        assert all(live.beside(node.parent, node.name.upper()) for node in live.after.values())
        assert sum(map(len, live._beside.values())) == len(live.after)
        assert all(live.is_closing(unit) == (unit in wanted.closing) for unit in UNITS)
        assert all(sorted(live.givers(unit)) == sorted(line.before for line in wanted.into.get(unit, ())) for unit in (*UNITS, *NEW))

    def test_a_name_finds_its_units_whatever_the_case(self):
        live = Live(Plan({1: Node(1, "Đảng ủy A", None)}))
        live.set_new(8, Node(8, "ĐẢNG ỦY a", 1))
        assert live.named("đảng ủy A") == [1, 8]
        live.set_new(8, Node(8, "Đảng ủy B", 1))
        assert (live.named("đảng ủy a"), live.named("đảng ủy b")) == ([1], [8])
