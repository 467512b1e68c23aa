"""Số và ngày vào đúng chỗ trống của PDF dự thảo."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tinhgon.engine.blanks import NoBlank, fill
from tinhgon.engine.paper import Layout, Measures, Paper, to_pdf

FONTS = Path(__file__).resolve().parents[4] / "node_modules" / "@expo-google-fonts" / "tinos"


def draft(symbol: str = "Số        -CV/VPTU", place: str = "Thành phố, ngày      tháng      năm 2025") -> bytes:
    paper = Paper(
        layout=Layout.PARTY, superior="THÀNH ỦY", organ="VĂN PHÒNG", symbol_line=symbol, place_date=place, type_name="", summary="về việc họp",
        body=("Kính mời dự họp.",), signer="Lê Văn Chánh",
    )  # fmt: skip
    return to_pdf(paper, Measures(layout=Layout.PARTY, fonts=str(FONTS) if FONTS.is_dir() else ""))


def test_the_number_and_the_day_stand_in_their_blanks():
    text = pdfium.PdfDocument(fill(draft(), number="09", day="05", month="7"))[0].get_textpage()
    whole = text.get_text_range()
    left = text.get_charbox(whole.index("Số") + 1)[2]
    right = text.get_charbox(whole.index("-CV"))[0]
    digits = [text.get_charbox(whole.rindex("09") + n) for n in (0, 1)]
    assert left < digits[0][0] < digits[1][2] < right
    assert abs(digits[0][1] - text.get_charbox(whole.index("CV"))[1]) < 2
    assert all(value in whole for value in ("05", "7"))


def test_what_already_has_its_number_is_left_alone():
    with pytest.raises(NoBlank):
        fill(draft(symbol="Số 12-CV/VPTU"), number="13", day="05", month="7")
