"""Tệp Word đọc lại: lề, kiểu chữ, thụt dòng, khoảng cách dòng đúng bảng số đo; phông ghi tên Times New Roman."""

import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn

from tinhgon.engine.paper import to_docx
from tinhgon.engine.paper.fitting import columns, halves
from tinhgon.engine.paper.tests.samples import CONTACT, COPY, EVERY, LETTER, MINUTES, PARTY, PLAN


def opened(paper, m):
    return Document(io.BytesIO(to_docx(paper, m)))


def every_paragraph(file):
    for table in file.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    yield from file.paragraphs


def paragraph(file, text):
    return next(found for found in every_paragraph(file) if found.text.startswith(text))


@pytest.mark.parametrize("name", EVERY)
def test_page_and_margins(name):
    paper, m = EVERY[name]
    section = opened(paper, m).sections[0]
    size = [round(value.mm, 1) for value in (section.page_width, section.page_height)]
    margins = [round(value.mm, 1) for value in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert (size, margins) == ([m.page_width, m.page_height], [m.top, m.bottom, m.left, m.right])


@pytest.mark.parametrize("name", EVERY)
def test_every_style_names_times_new_roman_for_every_script(name):
    file = opened(*EVERY[name])
    for found in {each.style.name for each in every_paragraph(file)} | {"Normal"}:
        fonts = file.styles[found].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False), ("ĐẢNG BỘ", 14, False, False),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", 14, True, False), ("Số 09-KH/ĐU", 14, False, False),
        ("Bến Trúc, ngày 05 tháng 3 năm 2026", 14, False, True), ("KẾ HOẠCH", 16, True, False),
        ("đẩy mạnh", 14, True, False), ("Thực hiện", 14, False, False), ("I- MỤC ĐÍCH", 14, True, False),
        ("T/M BAN THƯỜNG VỤ", 14, True, False), ("PHÓ BÍ THƯ", 14, False, False), ("Nguyễn Văn Mẫu", 14, True, False),
        ("Nơi nhận:", 14, False, False), ("- Các chi bộ trực thuộc,", 12, False, False),
    ],
)  # fmt: skip
def test_sizes_and_weights(text, size, bold, italic):
    font = paragraph(opened(PLAN, PARTY), text).style.font
    assert (font.size.pt, bool(font.bold), bool(font.italic)) == (size, bold, italic)


def test_body_is_justified_indented_with_exact_spacing():
    form = paragraph(opened(PLAN, PARTY), "Thực hiện").style.paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (round(form.first_line_indent.mm, 1), form.line_spacing.pt, form.space_before.pt) == (10, 18.5, 6)
    assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY


@pytest.mark.parametrize("name", EVERY)
def test_head_is_a_borderless_table_across_the_whole_text(name):
    paper, m = EVERY[name]
    table, across = opened(paper, m).tables[0], columns(paper, m)
    assert [round(column.width.mm, 1) for column in table.columns] == [across.left, across.right]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(m.text_width, abs=0.1)
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert table.style is None or table.style.name == "Normal Table"


def test_rule_under_the_title_is_as_long_as_the_title():
    file, across = opened(PLAN, PARTY), columns(PLAN, PARTY)
    cell = file.tables[0].rows[0].cells[1]
    ruled = next(each for each in cell.paragraphs if each._p.pPr.find(qn("w:pBdr")) is not None)
    form = ruled.paragraph_format
    assert across.right - form.left_indent.mm - form.right_indent.mm == pytest.approx(13.742 * 15 * 25.4 / 72, abs=0.5)


def test_page_number_is_a_field_in_the_middle_but_not_on_the_first_page():
    section = opened(PLAN, PARTY).sections[0]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    number = section.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [each.text for each in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_letter_carries_blank_number_draft_line_and_typist():
    file = opened(LETTER, PARTY)
    assert paragraph(file, "Số ").text == "Số       -CV/VPĐU"
    assert paragraph(file, "Dự thảo lần 1").style.name == "Dấu chỉ mức độ"
    assert paragraph(file, "TTT. 02").style.name == "Ký hiệu người đánh máy"
    assert (paragraph(file, "V/v").style.font.size.pt, paragraph(file, "V/v").style.font.italic) == (12, True)


def test_minutes_are_signed_side_by_side():
    file, half = opened(MINUTES, PARTY), halves(PARTY)
    table = file.tables[1]
    assert [round(column.width.mm, 1) for column in table.columns] == [half.left, half.right]
    left, right = ([each.text for each in cell.paragraphs] for cell in table.rows[0].cells)
    assert left == ["NGƯỜI GHI BIÊN BẢN", MINUTES.recorder]
    assert right == ["CHỦ TRÌ HỘI NGHỊ", MINUTES.signer]
    for text in (left[0], right[0]):
        assert paragraph(file, text).style.font.bold
        assert paragraph(file, text).alignment or paragraph(file, text).style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert round(paragraph(file, MINUTES.recorder).paragraph_format.space_before.mm, 1) == PARTY.signature_space


def test_circulation_is_framed_on_all_sides_under_the_date():
    file, across = opened(CONTACT, PARTY), columns(CONTACT, PARTY)
    cell = file.tables[0].rows[1].cells[1]
    found = next(each for each in cell.paragraphs if each.style.name == "Phạm vi lưu hành")
    assert " ".join(found.text.split()) == CONTACT.circulation
    assert {edge.tag.rpartition("}")[2] for edge in found._p.pPr.find(qn("w:pBdr"))} == {"top", "left", "bottom", "right"}
    form = found.paragraph_format
    assert form.left_indent == form.right_indent
    assert 20 < across.right - form.left_indent.mm - form.right_indent.mm < across.right


def test_contact_is_in_the_foot_of_the_first_page_only_inside_the_text():
    section = opened(CONTACT, PARTY).sections[0]
    ruled, *lines = section.first_page_footer.paragraphs
    assert [each.text for each in lines] == list(CONTACT.contact)
    assert {each.style.font.size.pt for each in lines} == {PARTY.contact_size}
    assert ruled._p.pPr.find(qn("w:pBdr")) is not None
    assert round(section.footer_distance.mm, 1) == PARTY.bottom
    assert [each.text for each in section.footer.paragraphs] == [""]
    assert section.footer.paragraphs[0].paragraph_format.line_spacing.pt == 1


def test_copy_has_its_own_block():
    file = opened(COPY, PARTY)
    assert len(file.tables) == 3
    texts = [each.text for row in file.tables[2].rows for cell in row.cells for each in cell.paragraphs]
    assert {"Số 24-BS/ĐU", "SAO Y BẢN CHÍNH", "- Các chi bộ,"} <= set(texts)


def test_headings_are_in_the_outline_of_word():
    level = paragraph(opened(PLAN, PARTY), "I- MỤC ĐÍCH").style.element.pPr.find(qn("w:outlineLvl"))
    assert level.get(qn("w:val")) == "0"


def test_file_holds_no_macro_and_no_outside_link():
    names = zipfile.ZipFile(io.BytesIO(to_docx(PLAN, PARTY))).namelist()
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
