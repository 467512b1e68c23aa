"""Ô tìm đọc thành điều kiện, và chỗ tìm thấy được tô đậm trong văn bản gốc."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine import vietnamese as vi

TEXT = st.text(st.sampled_from('aáàoòủyđbcghnt 09-/"“”.,\u0301'), max_size=60)


def marked(text: str, typed: str, *, exact: bool = False, **options: object) -> list[str]:
    return [piece for piece, found in vi.highlight(text, vi.parse(typed), exact=exact, **options) if found]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("chuyển đổi", "('chuyen') & ('doi')"),
        ('"chuyển đổi" số', "('chuyen' <-> 'doi') & ('so')"),
        ("15-CV/VPTU", "('15' <-> 'cv' <-> 'vptu')"),
        ("09", "('9')"),
    ],
)
def test_words_are_all_asked_and_runs_stay_together(typed: str, folded: str) -> None:
    assert vi.parse(typed).folded() == folded


def test_only_a_quoted_phrase_typed_with_marks_must_be_exact() -> None:
    assert vi.parse('"đổi số" mới').must_be_exact() == "('đổi' <-> 'số')"
    assert vi.parse('"doi so" mới').must_be_exact() == ""
    assert vi.parse('"đổi số"').only_exact


def test_a_very_long_question_is_cut() -> None:
    assert len(vi.parse("từ " * 500).terms) == 16


@given(TEXT, st.booleans())
def test_no_typed_text_makes_a_broken_condition(text: str, prefix: bool) -> None:
    query = vi.parse(text, prefix=prefix)
    for condition in (query.folded(), query.exact()):
        assert condition.count("'") == 2 * sum(len(term.folded) for term in query.terms)
        assert "''" not in condition


@given(TEXT, TEXT, st.booleans())
def test_marking_changes_no_letter(text: str, typed: str, exact: bool) -> None:
    pieces = vi.highlight(text, vi.parse(typed, prefix=True), exact=exact)
    assert "".join(piece for piece, _found in pieces) == vi.nfc(text)
    assert all(piece for piece, _found in pieces)


@given(TEXT, TEXT, st.integers(5, 40))
def test_a_cut_text_is_a_part_of_the_text_no_wider_than_asked(text: str, typed: str, width: int) -> None:
    shown = "".join(piece for piece, _found in vi.highlight(text, vi.parse(typed), exact=False, width=width))
    core = shown.removeprefix("… ").removesuffix(" …")
    assert core in vi.nfc(text)
    assert len(core) <= width


def test_exact_marking_leaves_words_that_differ_in_marks_alone() -> None:
    assert marked("Bản, ban, bạn", "bản", exact=True) == ["Bản"]
    assert marked("Bản, ban, bạn", "bản") == ["Bản", "ban", "bạn"]
    assert marked("Hoà bình, hòa giải", "hòa", exact=True) == ["Hoà", "hòa"]


def test_a_phrase_is_marked_only_where_its_words_stand_together() -> None:
    assert marked("đổi số, chuyển đổi số; số đổi", '"đổi số"') == ["đổi số", "đổi số"]
    assert marked("Công văn số 09-CV/VPTU", "9-cv/vptu") == ["09-CV/VPTU"]
