"""Bản quét đọc hai lần: trang lệch được dựng thẳng, hai cột được gỡ ra, từng ô lấy bên đọc được; không vì thế mà một ô thành chắc."""

import gzip
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tinhgon.engine.extract import Box, Extracted, Line, Source, models
from tinhgon.engine.extract.columns import folded_back, skew, straight, strips, unfolded
from tinhgon.engine.extract.ink import dark_only, has_colour, without_ink
from tinhgon.engine.extract.models import finer_model
from tinhgon.engine.reading import SURE, read
from tinhgon.engine.reading.agreeing import agreed, strangeness
from tinhgon.engine.reading.heading import with_place
from tinhgon.engine.reading.model import Field
from tinhgon.engine.reading.naming import person
from tinhgon.engine.reading.repair import receiver, signing_words, summary
from tinhgon.engine.reading.vocabulary import nearly_province


def page(*bars: tuple[int, int, int, int]) -> Image.Image:
    """Trang trắng với các thanh đen thay cho dòng chữ."""
    image = Image.new("L", (1240, 1754), 255)
    for bar in bars:
        ImageDraw.Draw(image).rectangle(bar, fill=0)
    return image


HEAD = [(120, y, 480, y + 24) for y in (100, 140, 200)] + [(600, y, 1120, y + 24) for y in (100, 140, 200)]
BODY = [(120, y, 1120, y + 24) for y in range(300, 1200, 50)]
FOOT = [(120, y, 420, y + 24) for y in (1300, 1340, 1380, 1420)] + [(700, y, 1000, y + 24) for y in (1300, 1420)]


@pytest.mark.parametrize("lean", [-1.5, 0.0, 0.7])
def test_a_leaning_page_is_set_straight(lean):
    leaning = page(*HEAD, *BODY).rotate(lean, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert skew(leaning) == pytest.approx(-lean, abs=0.15)
    assert skew(straight(leaning, skew(leaning))) == pytest.approx(0, abs=0.15)


def test_the_columns_of_head_and_foot_are_told_apart_and_the_body_stays_whole():
    image = page(*HEAD, *BODY, *FOOT)
    parts = strips(image)
    assert len(parts) == 5
    head_left, head_right, body, foot_left, foot_right = parts
    assert 480 < head_left.right == head_right.left < 600
    assert 224 < head_left.bottom <= 300
    assert (body.left, body.right) == (0, image.width)
    assert 1174 < foot_left.top <= 1300
    assert 420 < foot_left.right == foot_right.left < 700


def test_a_last_page_has_a_foot_and_no_head_even_where_a_gap_of_words_lies_over_the_gutter():
    first = [(120, 100, 470, 124), (486, 100, 1120, 124), (120, 150, 400, 174)]
    parts = strips(page(*first, *FOOT), opens=False)
    assert len(parts) == 3
    assert 124 < parts[0].bottom <= 150  # dòng đầu còn nguyên; dòng ngắn dưới nó nằm trọn trong cột trái


def test_a_page_of_one_column_is_not_cut():
    assert strips(page(*BODY)) == []
    assert strips(page()) == []


def test_a_line_of_the_unfolded_page_knows_its_place_on_the_page():
    image = page(*HEAD, *BODY, *FOOT)
    parts = strips(image)
    column = unfolded(image, parts)
    name = parts[4]
    top = (name.at + 1420 - name.top) / column.height
    found = folded_back(Box(0.6, top, 0.8, top + 24 / column.height), parts, image.size, column.height)
    assert (found.top * image.height, found.bottom * image.height) == pytest.approx((1420, 1444), abs=1)


def test_a_line_of_a_page_set_straight_is_shown_where_it_lies_in_the_file():
    shown = Line("chữ", box=Box(0.9, 0.48, 1.0, 0.52), lean=1.0).on_the_page
    assert shown is not None
    assert shown.top == pytest.approx(0.48 + 0.0174 * 0.45 / 2**0.5, abs=0.002)  # dựng thẳng ngược chiều kim đồng hồ: mép phải trong tệp ở thấp hơn


def test_red_seal_and_blue_ink_turn_white_and_black_print_stays():
    image = Image.new("RGB", (4, 1))
    image.putdata([(225, 90, 100), (60, 70, 190), (30, 32, 30), (250, 250, 248)])
    red, blue, black, paper = without_ink(image).tobytes()
    assert min(red, blue, paper) >= 250
    assert black < 40


def test_a_seal_scanned_without_colour_fades_and_the_print_under_it_stays():
    assert list(dark_only(Image.frombytes("L", (4, 1), bytes([20, 70, 140, 250]))).tobytes()) == [20, 70, 255, 255]


def test_a_page_with_a_red_seal_has_colour_and_a_copy_of_it_has_none():
    image = Image.new("RGB", (600, 800), (250, 250, 248))
    ImageDraw.Draw(image).ellipse((300, 500, 420, 620), outline=(220, 80, 90), width=6)
    assert has_colour(image)
    assert not has_colour(image.convert("L"))
    assert not has_colour(image.convert("L").convert("RGB"))


def test_the_second_model_is_unpacked_once_and_its_absence_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "PACKED", tmp_path / "vie.traineddata.gz")
    finer_model.cache_clear()
    assert finer_model() == ()
    models.PACKED.write_bytes(gzip.compress(b"net"))
    finer_model.cache_clear()
    option, folder = finer_model()
    assert option == "--tessdata-dir"
    assert (Path(folder) / "vie.traineddata").read_bytes() == b"net"
    assert finer_model() == (option, folder)
    finer_model.cache_clear()


def scan(*lines: str, again: tuple[str, ...] = ()) -> Extracted:
    def placed(texts: tuple[str, ...]) -> tuple[Line, ...]:
        return tuple(Line(text, confidence=0.9) for text in texts)

    return Extracted(Source.OCR, placed(lines), 1, again=placed(again))


FORM = ("ĐẢNG BỘ TỈNH LÂM ĐỒNG", "ĐẢNG ỦY XÃ BẾN TRÚC", "Số 15-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Bến Trúc, ngày 05 tháng 3 năm 2026", "KẾ HOẠCH", "kiểm tra, giám sát năm 2026",
        "-----", "Căn cứ Quy chế làm việc của Đảng ủy.", "Nơi nhận:", "- Các chi bộ;", "- Lưu Văn phòng.", "T/M ĐẢNG ỦY", "BÍ THƯ", "Nguyễn Văn Giả")  # fmt: skip


def test_what_one_reading_missed_the_other_fills():
    without_name = tuple(line for line in FORM if line != "Nguyễn Văn Giả")
    assert read(scan(*without_name)).fields["nguoi_ky"].value == ""
    assert read(scan(*without_name, again=FORM)).fields["nguoi_ky"].value == "Nguyễn Văn Giả"


def test_two_readings_that_agree_do_not_make_a_handwritten_number_or_day_certain():
    fields = read(scan(*FORM, again=FORM)).fields
    assert (fields["so_ky_hieu"].value, fields["ngay"].value) == ("15-KH/ĐU", "05/03/2026")
    for name in ("so_ky_hieu", "ngay"):
        assert fields[name].must_confirm
        assert not fields[name].is_sure


def test_of_two_readings_the_one_that_makes_sense_is_taken():
    assert agreed(Field("Và hoạch kiểm trq", 0.8), Field("Kế hoạch kiểm tra", 0.8), "trich_yeu").value == "Kế hoạch kiểm tra"
    assert agreed(Field("à Tĩnh", 0.8), Field("Hà Tĩnh", 0.7), "dia_danh").value == "Hà Tĩnh"
    assert agreed(Field("PHÓ GIÁM ĐỐC", 0.8), Field("KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", 0.8), "quyen_han_chuc_vu").value == "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"


def test_receivers_of_two_readings_are_joined_entry_by_entry():
    first, second = Field("Như trên\nCông an tinhhh", 0.8), Field("Như trên\nSở Nội vụ\nCông an tỉnh\nLưu: VT", 0.7)
    found = agreed(first, second, "noi_nhan")
    assert found.value.split("\n") == ["Như trên", "Sở Nội vụ", "Công an tỉnh", "Lưu: VT"]
    assert found.confidence < SURE


def test_a_list_has_one_entry_of_keeping():
    assert agreed(Field("Như trên\nLưu: VT, HC", 0.8), Field("Như trên\nLưu: VT, HƠ, P.TH (Kèm", 0.7), "noi_nhan").value.count("Lưu") == 1


def test_a_rest_of_a_long_post_is_no_name():
    assert person("VIÊN THƯỜNG TRỰC BAN", scanned=True) == ""
    assert person("NGUYỄN VĂN GIẢ", scanned=True) == "Nguyễn Văn Giả"


def test_strange_words_are_counted_and_usual_abbreviations_are_not_strange():
    assert strangeness("VPUB: CVP, các PCVP, KT, NC; UBND tỉnh (b/c)") == 0
    assert strangeness("Hư HIẾN tn mm") == 2


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("Lưu: VT; TH (3)", "Lưu: VT, TH (3)"), ("LỮU: VU, NC. Thg (12)", "Lưu: VT, NC. Thg (12)"), ("Lưu: VE TCCB (05b)", "Lưu: VT, TCCB (05b)"), ("Lưu: VT.KSTT", "Lưu: VT.KSTT"),
     ("Lưu VPTU", "Lưu VPTU"), ("Các Phó Thủ tướng (để b/©)", "Các Phó Thủ tướng (để b/c)"), ("VPUB: CVE các PCVP, KE NC", "VPUB: CVP, các PCVP, KT, NC"), ("VP: CVP, KT; NC", "VP: CVP, KT, NC"), ("VP: PCVP, KL NC", "VP: PCVP, KT, NC"), ("Lưu: VT, HC, PTH", "Lưu: VT, HC, P.TH"),
     ("Lưu: VTKSTT", "Lưu: VT.KSTT"), ("Lưu: VT, TH 3)", "Lưu: VT, TH (3)"), ("Thủ tướng Chính phủ (để b/o)", "Thủ tướng Chính phủ (để b/c)"), ("CT các PCT UBND tỉnh", "CT, các PCT UBND tỉnh"), ("Lưu: VD TH (3)", "Lưu: VT, TH (3)"), ("CI; các PCT UBND tỉnh", "CT, các PCT UBND tỉnh"),
     ("VPUB: CVP các PCVP KT NC, TH", "VPUB: CVP, các PCVP, KT, NC, TH"),
     ("Công báo; Trang tin điện tử", "Công báo; Trang tin điện tử"), ("CỤC THUẾ", "CỤC THUẾ")],
)  # fmt: skip
def test_abbreviations_of_the_receivers_are_repaired(seen, meant):
    assert receiver(seen) == meant


def test_a_signing_word_that_lost_its_mark_gets_the_mark_of_its_layout():
    assert signing_words("TM CHI BỘ / PHÓ BÍ THƯ", "party") == "T/M CHI BỘ / PHÓ BÍ THƯ"
    assert signing_words("KT GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "state") == "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"
    assert signing_words("PHÓ TRƯỞNG BAN THƯỜNG TRỤC", "party") == "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"


def test_the_opening_of_a_summary_is_repaired():
    assert summary("Và việc điều động cán bộ") == "Về việc điều động cán bộ"
    assert summary("sinh hoạt chuyên đề quý IIII2025") == "sinh hoạt chuyên đề quý III/2025"


def test_a_place_cut_at_the_end_of_a_line_is_completed_from_the_place_of_issue():
    assert with_place("Đảng ủy phường Hòa Khánh", "Hòa Khánh Đông") == "Đảng ủy phường Hòa Khánh Đông"
    assert with_place("Ủy ban nhân dân tỉnh Lâm Dồng", "Lâm Đồng") == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert with_place("Văn phòng Chính phủ", "Hà Nội") == "Văn phòng Chính phủ"


def test_a_province_one_letter_away_is_recognised_only_when_it_is_the_only_one():
    assert nearly_province("à Tĩnh") == "Hà Tĩnh"
    assert nearly_province("Hà N") == ""
    assert nearly_province("Bến Trúc") == ""
