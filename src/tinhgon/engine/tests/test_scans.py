"""Bản quét dưới mọi hình: lớp chữ của máy quét khác, trang cắt dải, phông mất bảng mã, ảnh dán vào Word, trang đặt nằm. Số và ngày không bao giờ được coi là chắc."""

import io
import subprocess
import sys
from pathlib import Path

import docx
import pikepdf
import pytest
import typst
from PIL import ExifTags, Image, ImageDraw, ImageFont, ImageOps

from tinhgon.engine.extract import Box, Line, Source, extract, ocr_available
from tinhgon.engine.extract.ocr import FITTED, fitted
from tinhgon.engine.reading import read
from tinhgon.engine.reading.repair import capitals, receiver
from tinhgon.engine.tests.test_reading import PARTY
from tinhgon.engine.vietnamese import fold

FONTS = (Path(__file__).parents[4] / "node_modules/@expo-google-fonts/tinos").resolve()


def printed(folder: Path, pictures: str) -> Path:
    """Một trang PDF có chữ của văn bản mẫu, cùng ``pictures``."""
    Image.effect_noise((900, 1300), 40).save(folder / "p.png")
    text = "".join(f'#text("{line}")\n\n' for line in PARTY.split("\n"))
    (folder / "a.typ").write_text(f'#set text(font: "Tinos", lang: "vi")\n{pictures}\n{text}')
    path = folder / "a.pdf"
    path.write_bytes(typst.compile(folder / "a.typ", root=folder, font_paths=[str(FONTS)], format="pdf"))
    return path


@pytest.mark.parametrize(
    "pictures",
    [
        '#set page(background: image("p.png", width: 100%, height: 100%))',
        '#set page(background: stack(..range(10).map(n => image("p.png", width: 100%, height: 9%, fit: "stretch"))))',  # máy quét cắt trang thành dải
    ],
)
def test_text_lying_with_a_picture_of_the_page_was_read_by_another_scanner(tmp_path, pictures):
    found = extract(printed(tmp_path, pictures), "a.pdf", ocr=False)
    assert found.source is Source.OCR
    fields = read(found).fields
    assert (fields["so_ky_hieu"].value, fields["ngay"].value) == ("15-KH/ĐU", "05/03/2026")
    assert not fields["so_ky_hieu"].is_sure
    assert not fields["ngay"].is_sure


def test_a_small_picture_makes_no_scan(tmp_path):
    found = extract(printed(tmp_path, '#place(top + right, image("p.png", width: 3cm))'), "a.pdf", ocr=False)
    assert (found.source, found.warnings) == (Source.PDF, ())
    assert read(found).fields["so_ky_hieu"].is_sure


def test_words_of_a_signature_stamp_do_not_hide_that_the_page_is_a_scan(tmp_path):
    path = printed(tmp_path, '#set page(background: image("p.png", width: 100%, height: 100%))')
    (tmp_path / "a.typ").write_text(
        '#set text(font: "Tinos")\n#set page(background: image("p.png", width: 100%, height: 100%))\n#text("Người ký: Văn phòng Đảng ủy xã Bến Trúc, thời gian ký: ngày năm tháng ba")'
    )
    path.write_bytes(typst.compile(tmp_path / "a.typ", root=tmp_path, font_paths=[str(FONTS)], format="pdf"))
    assert extract(path, "a.pdf", ocr=False).warnings == ("needs_ocr",)


def test_a_pdf_whose_font_lost_its_code_table_is_a_scan(tmp_path):
    path = printed(tmp_path, "")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        document.save(path)
    found = extract(path, "a.pdf", ocr=False)
    assert (found.source, found.warnings) == (Source.OCR, ("needs_ocr",))


def test_a_picture_pasted_into_word_waits_for_the_scanner(tmp_path):
    Image.effect_noise((900, 1300), 60).save(tmp_path / "p.png")
    document = docx.Document()
    document.add_picture(str(tmp_path / "p.png"))
    document.save(tmp_path / "a.docx")
    found = extract(tmp_path / "a.docx", "a.docx", ocr=False)
    assert (found.source, found.warnings) == (Source.OCR, ("needs_ocr",))


def test_a_word_file_with_text_and_a_picture_is_no_scan(tmp_path):
    Image.effect_noise((900, 1300), 60).save(tmp_path / "p.png")
    document = docx.Document()
    document.add_paragraph("Kế hoạch kiểm tra, giám sát năm 2026 của Ủy ban Kiểm tra Đảng ủy, kèm ảnh chụp hiện trường.")
    document.add_picture(str(tmp_path / "p.png"))
    document.save(tmp_path / "a.docx")
    assert extract(tmp_path / "a.docx", "a.docx", ocr=False).source is Source.DOCX


@pytest.mark.parametrize(("turn", "box"), [(0, (0.1, 0.2, 0.4, 0.3)), (90, (0.2, 0.6, 0.3, 0.9)), (180, (0.6, 0.7, 0.9, 0.8)), (270, (0.7, 0.1, 0.8, 0.4))])
def test_a_line_of_a_turned_page_knows_where_it_stands_in_the_file(turn, box):
    shown = Line("chữ", box=Box(0.1, 0.2, 0.4, 0.3), turn=turn).on_the_page
    assert shown is not None
    assert (shown.left, shown.top, shown.right, shown.bottom) == pytest.approx(box)


@pytest.mark.parametrize("mode", ["1", "P", "L", "RGB"])
@pytest.mark.parametrize(("kind", "orientation"), [("tiff", 6), ("png", 6), ("png", 1)])
def test_a_picture_of_more_points_than_a_page_needs_is_made_smaller_and_stands_upright(mode, kind, orientation):
    full = Image.new(mode, (5_200, 7_000), 1 if mode == "1" else 255)
    tag = Image.Exif()
    tag[ExifTags.Base.Orientation] = orientation
    data = io.BytesIO()
    full.save(data, kind, exif=tag, **({"compression": "tiff_deflate"} if kind == "tiff" else {"compress_level": 1}))
    small = ImageOps.exif_transpose(fitted(Image.open(data)))
    width, height = small.size if orientation == 1 else small.size[::-1]
    assert 0.98 * FITTED < width * height <= FITTED
    assert abs(width / height - 5_200 / 7_000) < 0.001
    assert small.mode == {"1": "L", "P": "RGB"}.get(mode, mode)


@pytest.mark.skipif(not ocr_available(), reason="Máy này không có tesseract tiếng Việt.")
@pytest.mark.parametrize(("kind", "size"), [("png", (5_000, 7_100)), ("jpg", (7_400, 10_400))])
def test_the_largest_picture_is_read_within_its_memory(tmp_path, kind, size):
    page = Image.new("RGB", size, "white")
    font = ImageFont.truetype(str(FONTS / "400Regular/Tinos_400Regular.ttf"), size[0] // 36)
    for row in range(12):
        ImageDraw.Draw(page).text((600, 700 + 500 * row), "Các chi bộ triển khai thực hiện kế hoạch công tác năm nay.", fill="black", font=font)
    path = tmp_path / f"a.{kind}"
    page.save(path, **({"compress_level": 1} if kind == "png" else {}))
    code = (
        "import sys; from pathlib import Path; from tinhgon.engine.extract import extract; read = extract(Path(sys.argv[1]), Path(sys.argv[1]).name);"
        "peak = next(line for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM'));"
        "print(peak.split()[1], len(read.lines), read.lines[0].text)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, timeout=600)
    peak, count, text = ran.stdout.strip().split(" ", 2)
    assert (int(count), fold(text)) == (12, fold("Các chi bộ triển khai thực hiện kế hoạch công tác năm nay."))
    assert int(peak) < 320 * 1024  # một tiến trình việc nền còn tốn chừng 80 MB của riêng nó


@pytest.mark.skipif(not ocr_available(), reason="Máy này không có tesseract tiếng Việt.")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_on_its_side_is_read_upright(tmp_path, turn):
    page = Image.new("L", (1240, 1000), 255)
    font = ImageFont.truetype(str(FONTS / "400Regular/Tinos_400Regular.ttf"), 34)
    for row, line in enumerate(("ĐẢNG ỦY XÃ BẾN TRÚC", *["Các chi bộ triển khai thực hiện kế hoạch công tác năm nay."] * 8)):
        ImageDraw.Draw(page).text((120, 80 + 90 * row), line, fill=0, font=font)
    data = io.BytesIO()
    page.rotate(turn, expand=True).save(data, "PNG")
    path = tmp_path / "a.png"
    path.write_bytes(data.getvalue())
    first = extract(path, "a.png").lines[0]
    assert first.text.startswith("ĐẢNG ỦY XÃ")
    assert first.turn == turn
    assert first.box is not None
    assert first.box.top < 0.2


def test_a_symbol_broken_at_its_hyphen_keeps_the_hyphen(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(b'#set text(font: "Tinos")\n#block(width: 5cm)[#text("S\xe1\xbb\x91: 416/2025/TTLT-BNVVVVVVVVVVV-BTP")]', font_paths=[str(FONTS)], format="pdf"))
    assert "".join(extract(path, "a.pdf").text.split()).endswith("TTLT-BNVVVVVVVVVVV-BTP")


def test_lines_set_so_tight_that_they_touch_stay_two_lines(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(
        typst.compile('#set text(font: "Tinos", weight: "bold")\n#align(center)[#stack(spacing: 4pt, [KT. GIÁM ĐỐC], [PHÓ GIÁM ĐỐC])]'.encode(), font_paths=[str(FONTS)], format="pdf")
    )
    assert [line.text for line in extract(path, "a.pdf").lines] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("KẾ. CHỦ TỊCH", "KT. CHỦ TỊCH"), ("TÍM BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ"), ("T/M BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ"), ("TỈNH ỦY", "TỈNH ỦY"), ("KIM BÔI", "KIM BÔI")],
)
def test_a_signing_word_misread_by_the_scanner_is_repaired(seen, meant):
    assert capitals(seen) == meant


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("- Các đíc Tỉnh ủy viên;", "- Các đ/c Tỉnh ủy viên;"), ("- Thường trực Tỉnh ủy (bí/c),", "- Thường trực Tỉnh ủy (b/c),"), ("“Iưu. VI, TH (3)", "Lưu: VT, TH (3)"),
     ("- Lưu Văn phòng.", "Lưu Văn phòng."), ("- Sở Nội vụ; l Ị", "- Sở Nội vụ;"), ("Công báo; Trang tin điện tử;", "Công báo; Trang tin điện tử;")],
)  # fmt: skip
def test_a_receiver_misread_by_the_scanner_is_repaired(seen, meant):
    assert receiver(seen) == meant
