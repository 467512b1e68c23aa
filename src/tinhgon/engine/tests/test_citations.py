"""Viện dẫn đọc được theo hai cách viết, và không bao giờ bịa ra một ký hiệu không có trong văn bản."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine import citations, numbering


def only(text: str) -> citations.Citation:
    (found,) = citations.read(text)
    return found


@pytest.mark.parametrize(
    ("text", "symbol", "day", "organ"),
    [
        ("Căn cứ Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của Đảng ủy xã Bình Mỹ;", "12-NQ/ĐU", date(2026, 9, 5), "Đảng ủy xã Bình Mỹ"),
        ("theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư", "30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ"),
        ("thực hiện Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị về đại hội", "35-CT/TW", date(2024, 6, 14), "Bộ Chính trị"),
        ("Quyết định số 1726/QĐ-BTTTT ngày 12/10/2020 của Bộ Thông tin và Truyền thông", "1726/QĐ-BTTTT", date(2020, 10, 12), "Bộ Thông tin và Truyền thông"),
        ("tại Công văn số 09 - CV/VPTU", "09-CV/VPTU", None, ""),
        ("Luật Lưu trữ số 33/2024/QH15 ngày 21/6/2024 của Quốc hội.", "33/2024/QH15", date(2024, 6, 21), "Quốc hội"),
        ("quyết định số 12a-QĐ/TU, ngày 1-2-2026", "12a-QĐ/TU", date(2026, 2, 1), ""),
        ("Kết luận\nsố 121-KL/TW\nngày 24/01/2025 của Ban Chấp hành Trung ương", "121-KL/TW", date(2025, 1, 24), "Ban Chấp hành Trung ương"),
    ],
)  # fmt: skip
def test_a_citation_gives_symbol_day_and_organ(text: str, symbol: str, day: date | None, organ: str) -> None:
    for form in ("NFC", "NFD"):
        found = only(unicodedata.normalize(form, text))
        assert (found.symbol, found.issued_on, found.organ) == (symbol, day, organ)


def test_symbols_that_follow_a_citation_share_its_kind() -> None:
    found = citations.read("Căn cứ các Kết luận số 121-KL/TW, số 126-KL/TW và 127-KL/TW ngày 28/02/2025 của Bộ Chính trị")
    assert [(c.kind, c.symbol) for c in found] == [("Kết luận", "121-KL/TW"), ("Kết luận", "126-KL/TW"), ("Kết luận", "127-KL/TW")]


@pytest.mark.parametrize("text", ["Số 15-CV/VPTU", "tỷ lệ 30/2020", "ngày 05/9/2026", "Nghị quyết đại hội", "cuộc họp số 5", ""])
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    assert citations.read(text) == []


def test_a_document_cited_twice_is_one_citation_and_the_fuller_one_stays() -> None:
    found = only("Theo Chỉ thị số 27-CT/TW. Chỉ thị số 27-CT/TW ngày 25/12/2023 của Bộ Chính trị yêu cầu. Chỉ thị 27-CT/TW nêu rõ")
    assert found.issued_on == date(2023, 12, 25)


def test_an_impossible_day_is_no_day() -> None:
    assert only("Kế hoạch số 4-KH/TU, ngày 31/02/2026").issued_on is None


NUMBERS = st.integers(1, 99_999)
TYPES = st.sampled_from(["NQ", "QĐ", "CTr", "TTr", "CV", "BC"])
ORGANS = st.sampled_from(["TW", "TU", "VPTU", "ĐU", "BTCTU", "UBKTTU"])
FILLING = st.text(alphabet="abcđêôăâ ,;.\n", max_size=40)


@given(NUMBERS, TYPES, ORGANS, st.dates(date(1990, 1, 1), date(2090, 1, 1)), FILLING, FILLING)
def test_every_party_symbol_is_read_back(number: int, kind: str, organ: str, day: date, before: str, after: str) -> None:
    symbol = numbering.symbol(number, kind, organ)
    found = only(f"{before} Thông báo số {symbol}, ngày {day:%d/%m/%Y} {after}")
    assert (found.key, found.issued_on) == (citations.key(f"{number} {kind} {organ}"), day)


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_citation_is_in_it(text: str) -> None:
    stored = unicodedata.normalize("NFC", text)
    for found in citations.read(text):
        assert " ".join(stored[found.start : found.end].split())[:400] == found.written


@pytest.mark.parametrize(
    ("written", "name", "same"),
    [
        ("Đảng uỷ xã Bình Mỹ", "ĐẢNG ỦY XÃ BÌNH MỸ", True), ("Thành ủy", "Thành ủy Thành phố Hồ Chí Minh", True),
        ("Đảng ủy xã Bình Mỹ", "Đảng ủy xã Bình Hưng", False), ("", "Thành ủy", False),
    ],
)  # fmt: skip
def test_an_organ_is_the_same_in_both_tone_styles_and_when_one_name_is_longer(written: str, name: str, same: bool) -> None:
    assert citations.same_organ(written, name) is same
