"""Tệp nào cũng ra chữ, hoặc ra một lý do rõ ràng; không bao giờ ra một lỗi lạ."""

import io
import subprocess
import sys
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

import tinhgon
from tinhgon.engine.extract import Source, Unreadable, extract

SENTENCE = "Văn phòng Thành ủy báo cáo tình hình thực hiện nhiệm vụ năm 2005 và phương hướng công tác"


def read(tmp_path: Path, name: str, data: bytes, **options):
    path = tmp_path / "blob"
    path.write_bytes(data)
    return extract(path, name, **options)


def refused(tmp_path: Path, name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, name, data)
    return caught.value.code


def word(*paragraphs: str, font: str = "") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        run = document.add_paragraph().add_run(text)
        if font:
            run.font.name = font
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return out.getvalue()


# --- docx ---


def test_word_text_comes_in_reading_order_with_tables_boxes_and_edges(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    document.add_paragraph("Đoạn một")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ô trái", "Ô phải"
    paragraph = document.add_paragraph("Đoạn hai")
    box = OxmlElement("w:txbxContent")
    inner, run, text = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "Hộp chữ"
    run.append(text)
    inner.append(run)
    box.append(inner)
    paragraph.runs[0]._r.append(box)
    out = io.BytesIO()
    document.save(out)
    found = read(tmp_path, "a.docx", out.getvalue())
    assert [line.text for line in found.lines] == ["Đầu trang", "Đoạn một", "Ô trái", "Ô phải", "Đoạn hai", "Hộp chữ", "Chân trang"]
    assert found.source is Source.DOCX


def test_bold_italic_and_size_follow_most_of_the_line(tmp_path):
    document = docx.Document()
    run = document.add_paragraph().add_run("QUYẾT ĐỊNH")
    run.bold, run.font.size = True, docx.shared.Pt(15)
    document.add_paragraph().add_run("nghiêng").italic = True
    out = io.BytesIO()
    document.save(out)
    title, slanted = read(tmp_path, "a.docx", out.getvalue()).lines
    assert (title.bold, title.italic, title.size) == (True, False, 15)
    assert (slanted.bold, slanted.italic) == (False, True)


def test_deleted_text_and_field_codes_are_not_text(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Còn lại")
    gone, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = "đã xóa"
    run.append(text)
    gone.append(run)
    paragraph._p.append(gone)
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    paragraph.runs[0]._r.append(code)
    out = io.BytesIO()
    document.save(out)
    assert read(tmp_path, "a.docx", out.getvalue()).text == "Còn lại"


def test_automatic_numbering_is_text_too(tmp_path):
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    for paragraph in document.paragraphs:  # kiểu của mẫu nêu danh sách trong kiểu; Word ghi thẳng vào đoạn
        properties = paragraph._p.get_or_add_pPr()
        number, level, name = OxmlElement("w:numPr"), OxmlElement("w:ilvl"), OxmlElement("w:numId")
        level.set(qn("w:val"), "0")
        name.set(qn("w:val"), "1")
        number.extend((level, name))
        properties.append(number)
    out = io.BytesIO()
    document.save(out)
    lines = [line.text for line in read(tmp_path, "a.docx", out.getvalue()).lines]
    assert lines in (["1. một", "2. hai"], ["- một", "- hai"])


@pytest.mark.parametrize(
    ("font", "typed", "meant", "encoding"),
    [
        (".VnTime", "V¨n phßng Thµnh uû", "Văn phòng Thành uỷ", "tcvn3"),  # ngắn: đoán thì sai, phông thì chắc
        (".VnTimeH", "v¨n phßng", "VĂN PHÒNG", "tcvn3"),
        ("VNI-Times", "Vaên phoøng Thaønh uûy", "Văn phòng Thành ủy", "vni"),
    ],
)
def test_old_fonts_are_converted_run_by_run(tmp_path, font, typed, meant, encoding):
    found = read(tmp_path, "a.docx", word(typed, font=font))
    assert (found.text, found.legacy) == (unicodedata.normalize("NFC", meant), encoding)


def test_unicode_typed_in_an_old_font_is_left_alone(tmp_path):
    found = read(tmp_path, "a.docx", word("Đảng ủy phường", font=".VnTime"))
    assert (found.text, found.legacy) == ("Đảng ủy phường", "")


# --- chữ trơn, HTML, thư ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_any_unicode_encoding(tmp_path, encoding):
    assert read(tmp_path, "a.txt", SENTENCE.encode(encoding)).text == SENTENCE


def test_windows_1258_is_composed(tmp_path):
    spread = "".join(_for_1258(char) for char in SENTENCE)
    assert read(tmp_path, "a.txt", spread.encode("cp1258")).text == SENTENCE


def _for_1258(char: str) -> str:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = unicodedata.normalize("NFD", char)
        tone = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        return unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tone)) + "".join(tone)
    return char


@pytest.mark.parametrize(
    ("typed", "encoding"),
    [
        ("V¨n phßng Thµnh uû b¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô n¨m 2005 vµ ph­¬ng h­íng c«ng t¸c", "tcvn3"),
        ("Vaên phoøng Thaønh uûy baùo caùo tình hình thöïc hieän nhieäm vuï naêm 2005 vaø phöông höôùng coâng taùc", "vni"),
    ],
)
def test_old_text_is_recognised_on_the_whole_document(tmp_path, typed, encoding):
    found = read(tmp_path, "a.txt", typed.encode("latin-1"))
    assert found.text.replace("uỷ", "ủy") == SENTENCE
    assert found.legacy == encoding
    assert read(tmp_path, "a.txt", typed.encode()).legacy == encoding  # cùng chữ ấy lưu lại dưới dạng UTF-8


@pytest.mark.parametrize("text", [SENTENCE, "The committee reported on the café and its naïve façade.", "12 345 678", "Việt"])
def test_text_that_is_not_legacy_is_never_converted(tmp_path, text):
    found = read(tmp_path, "a.txt", text.encode())
    assert (found.text, found.legacy) == (text, "")


def test_html_gives_one_line_for_each_block_and_no_script(tmp_path):
    page = "<html><head><title>x</title><script>alert(1)</script></head><body><p>Dòng <b>một</b></p><div>Dòng hai<br>Dòng ba</div></body></html>"
    assert [line.text for line in read(tmp_path, "a.html", page.encode()).lines] == ["Dòng một", "Dòng hai", "Dòng ba"]


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_letter_gives_its_subject_and_body(tmp_path, subtype):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Gửi báo cáo tuần", "a@example.org", "b@example.org"
    message.set_content("<p>Kính gửi Văn phòng</p>" if subtype == "html" else "Kính gửi Văn phòng", subtype=subtype)
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert read(tmp_path, "a.eml", message.as_bytes()).text == "Gửi báo cáo tuần\nKính gửi Văn phòng"


# --- tệp hỏng và tệp hiểm ---


def test_each_bad_file_has_its_reason(tmp_path):
    good = word("Nội dung")
    picture = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(picture, "PNG")
    refusals = {
        "program.pdf": (b"MZ" + bytes(200), "executable"),
        "program.docx": (b"\x7fELF" + bytes(200), "executable"),
        "broken.docx": (good[: len(good) // 2], "corrupt"),
        "halfxml.docx": (rezipped(good, {"word/document.xml": b"<w:document"}), "corrupt"),
        "macro.docx": (rezipped(good, {"word/vbaProject.bin": b"x"}), "macro"),
        "bomb.docx": (rezipped(good, {"word/document.xml": b" " * 60_000_000}), "bomb"),
        "broken.pdf": (b"%PDF-1.7\nrubbish", "corrupt"),
        "bomb.png": (picture.getvalue(), "bomb"),
        "broken.png": (picture.getvalue()[:20], "corrupt"),
        "noise.pdf": (bytes(range(256)) * 20, "corrupt"),
        "noise.bin": (bytes(range(256)) * 20, "unsupported"),
        "empty.txt": (b"", "empty"),
        "other.zip": (_zip({"a.txt": b"a"}), "unsupported"),
    }
    assert {name: refused(tmp_path, name, data) for name, (data, _) in refusals.items()} == {n: code for n, (_, code) in refusals.items()}


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_entities_of_a_word_file_are_never_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("BÍ MẬT")
    evil = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>'
    )
    assert "BÍ MẬT" not in read(tmp_path, "a.docx", rezipped(word("x"), {"word/document.xml": evil.encode()})).text


def test_a_locked_pdf_says_so(tmp_path):
    path = tmp_path / "open.pdf"
    Image.new("L", (200, 200), 255).save(path, "PDF")
    with path.open("rb") as file:
        writer = copy_into_new_writer(PdfFileReader(file, strict=False))
        writer.encrypt("owner", "user")
        out = io.BytesIO()
        writer.write(out)
    assert refused(tmp_path, "locked.pdf", out.getvalue()) == "encrypted"


def test_a_one_pixel_picture_has_no_text(tmp_path):
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    assert read(tmp_path, "dot.png", out.getvalue()).lines == ()


def test_without_ocr_a_scan_says_that_it_waits(tmp_path):
    path = tmp_path / "scan.pdf"
    Image.new("L", (1240, 1754), 255).save(path, "PDF", resolution=150)
    found = extract(path, "scan.pdf", ocr=False)
    assert (found.lines, found.warnings, found.page_count) == ((), ("needs_ocr",), 1)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.doc", "a"]))
@example(b"\xff\xfe\x00", "a.txt")
@example(b"From: a\nSubject: =?x?q?=?=\n\n\xff", "a.eml")
def test_any_bytes_give_text_or_a_reason(tmp_path, data, name):
    path = tmp_path / "blob"
    path.write_bytes(data)
    try:
        found = extract(path, name, ocr=False)
    except Unreadable:
        return
    assert found.text == unicodedata.normalize("NFC", found.text)


SOURCE = str(Path(tinhgon.__path__[0]).parent)
MEASURED = """
import re, sys
from pathlib import Path
from tinhgon.engine.extract import extract
found = extract(Path(sys.argv[1]), "a.pdf", ocr=False)
print(found.page_count, len(found.text), ",".join(found.warnings), int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="bộ nhớ cao nhất đọc ở /proc")
def test_ten_thousand_pages_stay_within_the_memory(tmp_path):
    typst = pytest.importorskip("typst")
    source = tmp_path / "a.typ"
    source.write_text("#for i in range(10000) [Trang #i của báo cáo tình hình thực hiện nhiệm vụ. #lorem(60) #pagebreak(weak: true)]")
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(source))
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True, timeout=300, env={"PYTHONPATH": SOURCE})
    pages, length, warnings, megabytes = done.stdout.split()
    assert (pages, warnings) == ("10000", "text_cut")
    assert 1_900_000 < int(length) < 2_100_000
    assert int(megabytes) < 400
