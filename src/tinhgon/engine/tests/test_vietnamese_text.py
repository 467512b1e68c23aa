"""Bỏ dấu, thống nhất chỗ đặt dấu thanh, tách từ."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine import vietnamese as vi

SYLLABLES = st.text(
    st.sampled_from("aăâeêioôơuưyđbcghklmnpqrstvxAĐƯ \u0300\u0301\u0303\u0309\u0323"), max_size=30
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng ủy", "dang uy"),
        ("ĐẢNG UỶ", "dang uy"),
        ("Nghị quyết số 15-NQ/TU", "nghi quyet so 15-nq/tu"),
        ("Ü", "u"),
    ],
)
def test_folding_drops_every_mark_and_turns_dd_into_d(text: str, folded: str) -> None:
    assert vi.fold(text) == folded
    assert vi.fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "Thủy"),
        ("uỷ ban", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("hòan", "hoàn"),
        ("qúy", "quý"),
    ],
)
def test_both_tone_styles_give_one_key(old: str, new: str) -> None:
    assert vi.tone_norm(old) == vi.tone_norm(new)


@pytest.mark.parametrize("word", ["quý", "nguyễn", "được", "việt", "hoàn", "đảng"])
def test_the_key_of_a_word_with_one_spelling_is_the_word(word: str) -> None:
    assert vi.tone_norm(word) == word


@pytest.mark.parametrize(("one", "other"), [("má", "mà"), ("ma", "má"), ("dang", "đang"), ("bang", "băng")])
def test_words_that_differ_in_marks_keep_different_keys(one: str, other: str) -> None:
    assert vi.tone_norm(one) != vi.tone_norm(other)
    assert vi.fold(one) == vi.fold(other)


@given(SYLLABLES)
def test_keys_do_not_depend_on_the_unicode_form_nor_on_being_applied_twice(text: str) -> None:
    nfd = unicodedata.normalize("NFD", text)
    for key in (vi.fold, vi.tone_norm, vi.words, vi.sort_key, vi.given_name_key):
        assert key(text) == key(nfd)
    assert vi.fold(vi.fold(text)) == vi.fold(text)
    assert vi.fold(vi.tone_norm(text)) == vi.fold(text)


@pytest.mark.parametrize(
    ("text", "marked"), [("dang uy", False), ("DANG", False), ("đang", True), ("Ủy", True)]
)
def test_typed_with_marks_means_any_tone_hat_horn_or_dd(text: str, marked: bool) -> None:
    assert vi.has_marks(text) is marked


def test_a_symbol_is_searched_by_its_parts_without_leading_zeros() -> None:
    assert vi.words("Số 09-CV/VPTU") == "Số 9 CV VPTU"
    assert vi.words("ngày 05/03/2026, “khẩn”…").split() == ["ngày", "5", "3", "2026", "khẩn"]
