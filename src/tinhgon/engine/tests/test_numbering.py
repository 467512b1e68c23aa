"""Số và ký hiệu trên văn bản của Đảng (HD 36-HD/VPTW mục 1.3; HD 05-HD/VPTW)."""

import pytest

from tinhgon.engine.numbering import symbol


@pytest.mark.parametrize(
    ("number", "abbreviation", "organ", "printed"),
    [
        (9, "CV", "VPTU", "09-CV/VPTU"),  # dưới 10 có số 0
        (15, "CV", "VPTU", "15-CV/VPTU"),
        (127, "QĐ", "TW", "127-QĐ/TW"),
    ],
)
def test_symbol_is_number_hyphen_type_slash_organ(number, abbreviation, organ, printed):
    assert symbol(number, abbreviation, organ) == printed


def test_a_late_insertion_carries_its_letter():
    assert symbol(12, "CV", "VPTU", suffix="a") == "12a-CV/VPTU"
