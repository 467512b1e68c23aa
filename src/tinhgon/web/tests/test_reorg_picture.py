"""Hình trước và sau: gom theo huyện, mở được từng nhóm, không dải nào thiếu hay thừa."""

import re

import pytest

from tinhgon.reorg.selectors import Flow
from tinhgon.web.pages.reorg import alluvial


def _flow(before: int, after: int, *, parent: int | None = None, type_: str = "merged") -> Flow:
    return Flow(before, f"Đảng ủy phường {before}, Quận {parent}", after, f"Đảng ủy phường {after}", type_, "commune", parent)


def _province(districts: int, communes: int) -> list[Flow]:
    """Mỗi huyện một cấp ủy (mã 1000, 2000...) chia về hai xã mới và tỉnh (mã 1); các xã cũ gộp đôi."""
    flows = []
    for d in range(1, districts + 1):
        district = d * 1000
        news = [district + 500, district + 501]
        flows += [Flow(district, f"Quận ủy Quận {d}", heir, f"Đảng ủy phường {heir}", "split", "district", 1) for heir in news]
        flows.append(Flow(district, f"Quận ủy Quận {d}", 1, "Thành ủy", "split", "district", 1))
        flows += [_flow(district + n, news[n % 2], parent=district) for n in range(1, communes + 1)]
    return flows


def test_thirty_eight_districts_are_one_line_each_until_opened():
    picture = alluvial.draw(_province(38, 11), opened=())
    assert len(picture.left) == 38
    assert len(picture.right) == 39  # mỗi huyện một dòng, và cấp ủy tỉnh đứng riêng
    assert picture.can_toggle
    assert [node.label for node in picture.left[:3]] == ["Quận ủy Quận 1", "Quận ủy Quận 2", "Quận ủy Quận 3"]
    assert picture.left[0].under == "· 11"


def test_an_opened_district_shows_every_unit_of_it():
    picture = alluvial.draw(_province(38, 11), opened={2000})
    assert {2000, *range(2001, 2012)} <= {node.unit_id for node in picture.left}
    assert {2500, 2501} <= {node.unit_id for node in picture.right}
    opener = next(node for node in picture.left if node.unit_id == 2000)
    assert (opener.key, opener.is_open) == (2000, True)


def test_a_small_reorganisation_is_drawn_whole():
    picture = alluvial.draw([_flow(1, 10), _flow(2, 10), _flow(3, 11)], opened=())
    assert len(picture.left) == 3
    assert not picture.can_toggle


@pytest.mark.parametrize("opened", [(), (1000, 3000)])
def test_ribbons_fill_their_nodes_exactly_and_stay_inside_the_picture(opened):
    flows = [*_province(5, 9), _flow(1003, 2500, parent=1000)]  # một xã chia sang huyện bên
    picture = alluvial.draw(flows, opened=opened, open_all=False)
    nodes = {round(node.y, 3): node.height for node in picture.left}
    drawn: dict[float, float] = {}
    for ribbon in picture.ribbons:
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", ribbon.d)]
        assert min(numbers) >= 0
        assert max(numbers[1::2]) <= picture.height + alluvial.WIDTH
        if not ribbon.is_faint:
            top, bottom = numbers[1], numbers[-1]
            owner = max(y for y in nodes if y <= top + 0.01)
            drawn[owner] = drawn.get(owner, 0) + bottom - top
    for y, thick in drawn.items():
        assert thick == pytest.approx(nodes[y], abs=0.05)


def test_search_ignores_marks_and_keeps_the_neighbours_of_a_new_unit():
    flows = [
        Flow(1, "Đảng ủy phường Bến Nghé", 10, "Đảng ủy phường Sài Gòn", "merged", "commune", None),
        Flow(2, "Đảng ủy phường Đa Kao", 10, "Đảng ủy phường Sài Gòn", "split", "commune", None),
        Flow(2, "Đảng ủy phường Đa Kao", 11, "Đảng ủy phường Tân Định", "split", "commune", None),
        Flow(3, "Đảng ủy phường Cầu Kho", 12, "Đảng ủy phường Cầu Ông Lãnh", "merged", "commune", None),
    ]
    assert {f.predecessor_id for f in alluvial.matching(flows, "sai gon")} == {1, 2}
    assert {f.successor_id for f in alluvial.matching(flows, "da kao")} == {10, 11}
    assert alluvial.matching(flows, "không có") == []
