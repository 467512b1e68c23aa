"""Sơ đồ đọc được với 168 đơn vị trực thuộc: không ô nào đè ô nào, không ô nào ra ngoài khung, chữ không tràn ô."""

from datetime import date
from itertools import combinations

import pytest

from tinhgon.org.models import Kind, Level
from tinhgon.org.selectors.succession import Pair
from tinhgon.org.selectors.units import TreeNode, UnitAt
from tinhgon.web.chart.compare import compare
from tinhgon.web.chart.layout import WIDTH, lay_out
from tinhgon.web.chart.text import shorten, text_width, wrap

DAY = date(2025, 7, 1)


def node(number: int, parent: int | None, name: str, kind: str = Kind.COMMITTEE, children: int = 0) -> TreeNode:
    fields = {"level": Level.COMMUNE, "symbol": "", "is_organ": True, "since": DAY, "short_name": name, "kind": kind}
    return TreeNode(id=number, parent_id=parent, name=name, depth=0 if parent is None else 1, children=children, **fields)


def city(communes: int, agencies: int = 5) -> list[TreeNode]:
    found = [node(1, None, "Thành ủy Thành phố Hồ Chí Minh", children=communes + agencies)]
    found += [node(10 + n, 1, f"Ban số {n}", Kind.OFFICE) for n in range(agencies)]
    kinds = ["phường", "phường", "xã"]
    return found + [node(100 + n, 1, f"Đảng ủy {kinds[n % 3]} Tân Thới Hiệp {n}") for n in range(communes)]


@pytest.mark.parametrize(("communes", "agencies"), [(168, 5), (22, 6), (3, 0), (0, 9), (0, 0), (400, 14)])
def test_boxes_never_overlap_and_stay_inside(communes: int, agencies: int) -> None:
    chart = lay_out(city(communes, agencies), {})
    assert len(chart.boxes) == 1 + communes + agencies
    for box in chart.boxes:
        assert 0 <= box.x <= box.x + box.w <= WIDTH
        assert 0 <= box.y <= box.y + box.h <= chart.height
    for a, b in combinations(chart.boxes, 2):
        apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
        assert apart, (a.name, b.name)


def test_communes_are_grouped_by_kind_biggest_first_and_lose_the_common_words() -> None:
    chart = lay_out(city(168), {})
    assert [(label.text, label.count) for label in chart.labels] == [("Đảng ủy phường", 112), ("Đảng ủy xã", 56)]
    assert all(not line.startswith("Đảng ủy") for box in chart.boxes if box.style == "cell" for line in box.lines)


def test_text_is_cut_to_its_box() -> None:
    long = "Ban Tuyên giáo và Dân vận Thành ủy Thành phố Hồ Chí Minh " * 3
    assert text_width(shorten(long, width=140, size=13.5), 13.5) <= 140
    assert len(wrap(long, width=140, size=13.5, lines=2)) == 2


def test_several_roots_stand_below_each_other() -> None:
    chart = lay_out([node(1, None, "Thành ủy"), node(2, None, "Tỉnh ủy")], {1: "Nguyễn Văn An"})
    first, second = chart.boxes
    assert first.y + first.h < second.y
    assert (first.under, second.under) == ("Nguyễn Văn An", "")


def test_every_succession_has_its_ribbon_between_its_two_ends() -> None:
    pairs = [Pair(1, 11, "split", DAY), Pair(1, 12, "split", DAY), Pair(2, 12, "merged", DAY)]
    units = {n: UnitAt(n, f"Đơn vị {n}", "", "", "committee", "commune", None, True, DAY, None, "", True, "") for n in (1, 2, 11, 12)}
    drawn = compare(pairs, units, [2, 1])
    assert [end.unit_id for end in drawn.before] == [2, 1]
    assert {(r.before_id, r.after_id) for r in drawn.ribbons} == {(1, 11), (1, 12), (2, 12)}
    assert {end.unit_id: end.count for end in drawn.after} == {11: 1, 12: 2}
