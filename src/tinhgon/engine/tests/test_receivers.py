"""Nơi nhận trên văn bản thành nơi gửi: đúng tên và chỉ một nơi thì qua máy, còn lại bản giấy; không tên nào mất."""

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.receivers import matched, names

PLACES = [(1, "Ban Tổ chức Thành ủy"), (2, "Đảng ủy phường Bắc"), (3, "Đảng ủy phường Nam"), (4, "Đảng ủy phường Nam")]


def test_lines_of_the_paper_become_names():
    lines = ["- Như trên,", "- Ban Tổ chức Thành uỷ (để b/c);", "Các đồng chí Thành ủy viên,", "Lưu VPTU."]
    assert names(lines, ["Đảng ủy phường Bắc,"]) == ["Đảng ủy phường Bắc", "Ban Tổ chức Thành uỷ", "Các đồng chí Thành ủy viên"]


def test_the_spelling_of_tones_and_capitals_does_not_matter_but_two_of_one_name_do():
    found = matched(["BAN TỔ CHỨC THÀNH UỶ", "Đảng ủy phường Nam", "Ban Tổ chức"], PLACES)
    assert (found.found, found.left) == ((1,), ("Đảng ủy phường Nam", "Ban Tổ chức"))


def test_a_place_named_twice_is_sent_once():
    assert names(["Đảng ủy phường Bắc", "đảng uỷ phường Bắc."]) == ["Đảng ủy phường Bắc"]
    assert matched(["Đảng ủy phường Bắc", "Đảng uỷ phường Bắc"], PLACES).found == (2,)


@given(st.lists(st.sampled_from([name for _key, name in PLACES] + ["Bưu điện", "Ông Ba", "Lưu VT", "Như trên", ""])))
def test_every_name_goes_by_wire_or_on_paper(lines):
    wanted = names(lines)
    found = matched(wanted, PLACES)
    assert len(found.found) + len(found.left) == len(wanted)
    assert not {"Lưu VT", "Như trên", ""} & set(found.left)
