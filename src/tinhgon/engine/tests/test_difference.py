"""So hai bản: không chữ nào mất, sửa một chữ chỉ thấy chữ ấy, đoạn giữ nguyên vẫn gióng với nhau."""

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.difference import Change, difference, is_same
from tinhgon.engine.vietnamese import nfc

_TEXTS = st.lists(st.text(alphabet="ab cđơ.,1\u0309", max_size=12), max_size=8)


@given(_TEXTS, _TEXTS)
def test_nothing_is_lost_whichever_side_is_read(before, after):
    found = difference(before, after)
    old = ["".join(w.text for w in p.words if w.change != Change.ADDED) for p in found if p.before is not None]
    new = ["".join(w.text for w in p.words if w.change != Change.REMOVED) for p in found if p.after is not None]
    assert old == [nfc(text) for text in before]
    assert new == [nfc(text) for text in after]
    assert [p.before for p in found if p.before] == list(range(1, len(before) + 1))
    assert [p.after for p in found if p.after] == list(range(1, len(after) + 1))


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(p.change == Change.SAME for p in difference(text, text))
    assert is_same(text, text)


def test_one_changed_word_is_shown_inside_its_paragraph():
    before = ["Căn cứ Chương trình công tác năm 2025;", "Văn phòng đề nghị các đơn vị báo cáo trước ngày 05/7/2025."]
    after = ["Căn cứ Chương trình công tác năm 2025;", "Văn phòng đề nghị các đơn vị báo cáo trước ngày 10/7/2025."]
    same, edited = difference(before, after)
    assert same.change == Change.SAME
    assert edited.change == Change.EDITED
    assert [(w.change, w.text) for w in edited.words if w.change != Change.SAME] == [(Change.REMOVED, "05"), (Change.ADDED, "10")]


def test_an_inserted_paragraph_does_not_disturb_its_neighbours():
    before = ["1. Mục đích", "2. Yêu cầu"]
    found = difference(before, ["1. Mục đích", "- Tiết kiệm, thiết thực.", "2. Yêu cầu"])
    assert [p.change for p in found] == [Change.SAME, Change.ADDED, Change.SAME]


def test_marks_typed_differently_are_the_same_letter():
    assert is_same(["Ho\u0300a"], ["Hòa"])
