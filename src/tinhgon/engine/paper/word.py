"""In ra Word: kiểu chữ đặt tên, bảng không viền cho hai cột, số trang ở giữa phía trên từ trang hai. Sửa tiếp được."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from itertools import takewhile
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from tinhgon.engine.paper import tables, words
from tinhgon.engine.paper.blocks import Block, BlockKind, blocks
from tinhgon.engine.paper.fitting import (
    MARK_PAD,
    MARK_ROOM,
    Columns,
    balanced,
    columns,
    date_lines,
    halves,
    organ_lines,
    width,
)
from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import CopyBlock, Layout, Paper
from tinhgon.engine.paper.signatures import signature_rows
from tinhgon.engine.paper.word_parts import (
    Look,
    add_line,
    bare_table,
    framed,
    page_number,
    rule,
    ruled_table,
    style,
    styled,
    thin,
    trim,
)

_LOOKS = {
    BlockKind.PART: "Mục I", BlockKind.SECTION: "Mục 1", BlockKind.CENTRED: "Giữa trang", BlockKind.ARTICLE: "Điều",
    BlockKind.BASIS: "Căn cứ",
}  # fmt: skip


def to_docx(paper: Paper, measures: Measures) -> bytes:
    """Tệp .docx của tờ giấy; phông ghi tên Times New Roman, số đo theo ``measures``."""
    file = new_document(BytesIO(_blank(measures)))
    across = columns(paper, measures)
    if paper.contact:
        _contact(file, paper, measures)
    _head(file, paper, measures, across)
    _title(file, paper, measures)
    _addressees(file, paper, measures)
    _body(file, blocks(paper.body), measures)
    if paper.recorder_word:
        _two_signatures(file, paper, measures)
    elif paper.joint:
        _joint_signatures(file, paper, measures)
    else:
        _foot(file, paper, measures, across)
    if paper.copy:
        _copy(file, paper.copy, measures, across)
    if paper.annex:
        _annex(file, paper, measures)
    file.core_properties.title = " ".join(part for part in (paper.type_name, paper.summary) if part)[:255]
    file.core_properties.author = " ".join(f"{paper.superior} {paper.organ}".split())[:255]
    file.core_properties.comments = ""
    return _saved(file)


@lru_cache(maxsize=16)
def _blank(measures: Measures) -> bytes:
    """Tệp trống đã đặt trang và kiểu chữ: dựng một lần cho mỗi bố cục."""
    file = new_document()
    _set_page(file, measures)
    style(file.styles["Normal"], Look(size=measures.body_size), measures.font)
    for name, look in _looks(measures).items():
        style(file.styles.add_style(name, 1), look, measures.font)
    return _saved(file)


def _saved(file: Any) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _set_page(file: Any, m: Measures) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(m.page_width), Mm(m.page_height)
    section.top_margin, section.bottom_margin = Mm(m.top), Mm(m.bottom)
    section.left_margin, section.right_margin = Mm(m.left), Mm(m.right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    page_number(section.header.paragraphs[0], m)


def _looks(m: Measures) -> dict[str, Look]:
    """Bảng kiểu chữ của bố cục. Người dùng Word sửa một kiểu là sửa mọi chỗ."""
    centre, left = ALIGN.CENTER, ALIGN.LEFT
    body = Look(size=m.body_size, align=ALIGN.JUSTIFY, indent=m.indent, pitch=m.line_pitch, before=m.space_before)
    return {
        "Tiêu đề": Look(size=m.motto_size, bold=True, align=centre),
        "Quốc hiệu": Look(size=m.country_size, bold=True, align=centre),
        "Cơ quan cấp trên": Look(size=m.superior_size, align=centre),
        "Cơ quan ban hành": Look(size=m.organ_size, bold=True, align=centre),
        "Số và ký hiệu": Look(size=m.number_size, align=centre),
        "Địa danh, ngày tháng": Look(size=m.date_size, italic=True, align=centre),
        "Dấu chỉ mức độ": Look(size=m.mark_size, bold=True, align=centre, before=6),
        "Tên loại": Look(size=m.type_size, bold=True, align=centre, before=18, next_too=True),
        "Trích yếu": Look(size=m.summary_size, bold=True, align=centre, next_too=True),
        "Trích yếu công văn": Look(size=m.letter_summary_size, italic=m.letter_summary_italic, align=centre),
        "Vạch dưới trích yếu": Look(size=m.summary_size, align=centre),
        "Kính gửi": Look(size=m.addressee_size, align=centre, before=12),
        "Nơi kính gửi": Look(size=m.addressee_size, align=left, before=2),
        "Đoạn": body,
        "Căn cứ": replace(body, italic=m.basis_italic),
        "Mục I": replace(body, bold=True, next_too=True, outline=0),
        "Mục 1": replace(body, outline=1),
        "Điều": replace(body, outline=1),
        "Giữa trang": replace(body, bold=True, align=centre, indent=0, next_too=True),
        "Quyền hạn": Look(size=m.authority_size, bold=True, align=centre, next_too=True),
        "Chức vụ": Look(size=m.position_size, bold=m.position_bold, align=centre, next_too=True),
        "Họ tên người ký": Look(size=m.signer_size, bold=True, align=centre),
        "Nơi nhận": Look(size=m.receivers_word_size, align=left, next_too=True),
        "Dòng nơi nhận": Look(size=m.receivers_size, align=left),
        "Ký hiệu người đánh máy": Look(size=m.typist_size, align=left, before=6),
        "Phạm vi lưu hành": Look(size=m.mark_size, bold=True, align=centre, before=6),
        "Thông tin liên hệ": Look(size=m.contact_size, align=centre),
        "Kèm theo": Look(size=m.summary_size, italic=True, align=centre, before=2),
        "Ô bảng": Look(size=m.table_size, align=left, before=2),
        "Loại bản sao": Look(size=m.authority_size, bold=True, align=centre, before=6),
    }


def _head(file: Any, paper: Paper, m: Measures, across: Columns) -> None:
    table = bare_table(file, 2, across.both)
    left, right = table.rows[0].cells
    for line in balanced(paper.superior, m.superior_size, across.left):
        add_line(left, line, "Cơ quan cấp trên")
    organ = organ_lines(paper.organ, m.organ_size, across.left)
    for line in organ:
        add_line(left, line, "Cơ quan ban hành")
    if m.layout == Layout.STATE:
        add_line(right, words.COUNTRY, "Quốc hiệu")
        add_line(right, words.MOTTO, "Tiêu đề")
        rule(right.add_paragraph(), words.MOTTO_EM * m.motto_size * words.POINT, across.right)
        rule(left.add_paragraph(), width((organ or [""])[-1], m.organ_size) * words.SHORT_RULE, across.left)
    else:
        add_line(right, words.PARTY, "Tiêu đề")
        rule(right.add_paragraph(), words.PARTY_EM * m.motto_size * words.POINT, across.right)
        add_line(left, words.STAR, "Số và ký hiệu")
    left, right = table.rows[1].cells
    add_line(left, paper.symbol_line, "Số và ký hiệu")
    for line in date_lines(paper.place_date, m):
        add_line(right, line, "Địa danh, ngày tháng")
    if paper.circulation:
        lines = balanced(paper.circulation, m.mark_size, across.right - MARK_ROOM)
        framed(right, lines, "Phạm vi lưu hành", max(width(line, m.mark_size) for line in lines) + MARK_PAD, across.right)
    if not paper.type_name:
        for line in balanced(paper.summary, m.letter_summary_size, across.left - 6):
            add_line(left, line, "Trích yếu công văn")
    for mark in paper.marks:
        add_line(left, mark, "Dấu chỉ mức độ", boxed=True)
    if paper.draft:
        add_line(left, paper.draft, "Dấu chỉ mức độ")
    trim(table)


def _title(file: Any, paper: Paper, m: Measures) -> None:
    if not paper.type_name:
        return
    add_line(file, paper.type_name.upper(), "Tên loại")
    summary = balanced(paper.summary, m.summary_size, m.text_width)
    for line in summary:
        add_line(file, line, "Trích yếu")
    if paper.layout == Layout.PARTY:
        add_line(file, words.DASHES, "Vạch dưới trích yếu")
    else:
        rule(file.add_paragraph(), width((summary or [""])[-1], m.summary_size) * words.SHORT_RULE, m.text_width)


def _addressees(file: Any, paper: Paper, m: Measures) -> None:
    if len(paper.addressees) == 1:
        add_line(file, f"{paper.addressee_word}: {paper.addressees[0]}", "Kính gửi")
        return
    for place, name in enumerate(paper.addressees):
        if place == 0:
            heading = add_line(file, f"{paper.addressee_word}:", "Kính gửi")
            heading.alignment, heading.paragraph_format.left_indent = ALIGN.LEFT, Mm(25)
        end = "." if place == len(paper.addressees) - 1 else ","
        add_line(file, f"- {name.rstrip(',.;')}{end}", "Nơi kính gửi").paragraph_format.left_indent = Mm(45)


def _body(file: Any, found: tuple[Block, ...], m: Measures) -> None:
    for place, block in enumerate(found):
        if block.kind == BlockKind.TABLE:
            ruled_table(file, block.rows, tables.widths(block.rows, m.table_size, m.text_width), "Ô bảng")
            continue
        name = "Đoạn" if block.kind == BlockKind.SECTION and not block.is_title else _LOOKS.get(block.kind, "Đoạn")
        paragraph = styled(file, name)
        if block.label:
            paragraph.add_run(block.label).bold = True
            if block.text:
                paragraph.add_run(" ")
        run = paragraph.add_run(block.text)
        if block.is_title and block.kind in (BlockKind.SECTION, BlockKind.ARTICLE):
            run.bold = True
            paragraph.paragraph_format.keep_with_next = True
        if place == len(found) - 1:  # phần ký không đứng một mình trên trang cuối
            paragraph.paragraph_format.keep_with_next = True


def _annex(file: Any, paper: Paper, m: Measures) -> None:
    """Phụ lục sang trang mới: tên ở giữa, dưới là "Kèm theo ..."; rồi chữ và bảng."""
    found = blocks(paper.annex)
    heading = list(takewhile(lambda block: block.kind == BlockKind.CENTRED, found))
    for place, block in enumerate(heading):
        add_line(file, block.text, "Tên loại").paragraph_format.page_break_before = place == 0
    if paper.annex_note:
        add_line(file, f"({paper.annex_note})", "Kèm theo").paragraph_format.page_break_before = not heading
    _body(file, found[len(heading) :], m)


def _foot(file: Any, paper: Paper, m: Measures, across: Columns) -> None:
    if not (paper.receivers or paper.position or paper.signer):
        return
    spacer = file.add_paragraph()
    spacer.paragraph_format.keep_with_next = True
    table = bare_table(file, 1, across.both)
    left, right = table.rows[0].cells
    _receivers(left, paper.receivers, m)
    if paper.typist:
        add_line(left, paper.typist, "Ký hiệu người đánh máy")
    _signature(right, paper.authority, paper.position, paper.signer, m)
    trim(table)


def _two_signatures(file: Any, paper: Paper, m: Measures) -> None:
    """Biên bản: người ghi bên trái, chủ trì bên phải; nơi nhận (nếu có) ở dưới."""
    spacer = file.add_paragraph()
    spacer.paragraph_format.keep_with_next = True
    table = bare_table(file, 1, halves(m).both)
    left, right = table.rows[0].cells
    _signature(left, paper.recorder_word, "", paper.recorder, m)
    _signature(right, paper.authority, paper.position, paper.signer, m)
    trim(table)
    _receivers_below(file, paper, m)


def _joint_signatures(file: Any, paper: Paper, m: Measures) -> None:
    """Văn bản liên tịch: mỗi cơ quan một khối, ngang hàng; nơi nhận (nếu có) ở dưới."""
    for row in signature_rows(paper, m):
        spacer = file.add_paragraph()
        spacer.paragraph_format.keep_with_next = True
        table = bare_table(file, 1, [row.width] * len(row.blocks))
        for cell, block in zip(table.rows[0].cells, row.blocks, strict=True):
            _signature(cell, "\n".join(block.authority), "\n".join(block.position), block.signer, m, blank=block.blank)
        trim(table)
    _receivers_below(file, paper, m)


def _receivers_below(file: Any, paper: Paper, m: Measures) -> None:
    if not (paper.receivers or paper.typist):
        return
    add_line(file, "", "Dòng nơi nhận")  # Word nhập hai bảng liền nhau thành một
    below = bare_table(file, 1, halves(m).both)
    _receivers(below.rows[0].cells[0], paper.receivers, m)
    if paper.typist:
        add_line(below.rows[0].cells[0], paper.typist, "Ký hiệu người đánh máy")
    trim(below)


def _contact(file: Any, paper: Paper, m: Measures) -> None:
    """Chân trang đầu, trong phần chữ, dưới một vạch dài hết bề ngang; các trang sau chân trang trống và mỏng để không chiếm chỗ."""
    section = file.sections[0]
    section.footer_distance = Mm(m.bottom)
    foot = section.first_page_footer
    rule(foot.paragraphs[0], m.text_width, m.text_width)
    for line in paper.contact:
        add_line(foot, line, "Thông tin liên hệ")
    thin(section.footer.paragraphs[0])


def _receivers(cell: Any, receivers: tuple[str, ...], m: Measures) -> None:
    if not receivers:
        return
    heading = styled(cell, "Nơi nhận")
    run = heading.add_run(words.RECEIVERS)
    if m.layout == Layout.STATE:
        run.bold = run.italic = True
    else:
        run.underline = True
    for line in receivers:
        add_line(cell, line, "Dòng nơi nhận")


def _signature(cell: Any, authority: str, position: str, signer: str, m: Measures, *, blank: int = 0) -> None:
    for line in _lines(authority):
        add_line(cell, line, "Quyền hạn")
    for line in _lines(position):
        add_line(cell, line, "Chức vụ")
    for _line in range(blank):
        add_line(cell, "", "Chức vụ")
    name = add_line(cell, signer, "Họ tên người ký")
    name.paragraph_format.space_before = Mm(m.signature_space)


def _copy(file: Any, copy: CopyBlock, m: Measures, across: Columns) -> None:
    """Dưới văn bản, sau một đường kẻ ngang hết bề rộng phần chữ."""
    gap = file.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    table = bare_table(file, 1, across.both)
    left, right = table.rows[0].cells
    for line in organ_lines(copy.organ, m.organ_size, across.left):
        add_line(left, line, "Cơ quan ban hành")
    if m.layout == Layout.PARTY:
        add_line(left, words.STAR, "Số và ký hiệu")
    add_line(left, copy.symbol_line, "Số và ký hiệu")
    _receivers(left, copy.receivers, m)
    for line in date_lines(copy.place_date, m):
        add_line(right, line, "Địa danh, ngày tháng")
    add_line(right, copy.kind.upper(), "Loại bản sao")
    _signature(right, copy.authority, copy.position, copy.signer, m)
    trim(table)
    rule(gap, m.text_width, m.text_width)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
