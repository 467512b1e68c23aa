"""Những phần nhỏ của tệp Word mà python-docx chưa có sẵn: kiểu chữ đủ thuộc tính, bảng không viền, vạch kẻ, số trang."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.styles import styleId_from_name
from docx.shared import Mm, Pt

from tinhgon.engine.paper.measures import Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Một kiểu đoạn. ``indent``: mm thụt dòng đầu; ``pitch``: khoảng cách dòng chính xác (pt); ``next_too``: dính với đoạn sau."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    indent: float = 0
    pitch: float = 0
    before: float = 0
    next_too: bool = False
    outline: int | None = None


def style(found: Any, look: Look, font: str) -> None:
    """Đặt thuộc tính cho một kiểu của tệp; phông ghi cả bốn loại chữ, để Word không thay chữ có dấu bằng phông khác."""
    found.font.name, found.font.size = font, Pt(look.size)
    found.font.bold, found.font.italic = look.bold, look.italic
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), font)
    form = found.paragraph_format
    form.alignment = look.align
    form.first_line_indent = Mm(look.indent)
    form.space_before, form.space_after = Pt(look.before), Pt(0)
    form.line_spacing = Pt(look.pitch) if look.pitch else 1.0
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.pitch else WD_LINE_SPACING.SINGLE
    form.keep_with_next, form.widow_control = look.next_too, True
    found.quick_style = True
    if look.outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline))
        found.element.get_or_add_pPr().append(level)


def bare_table(file: Any, rows: int, columns: Sequence[float]) -> Any:
    """Bảng không viền, không đệm hai bên, mỗi cột rộng bằng số mm trong ``columns``."""
    table = file.add_table(rows, len(columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties = table._tbl.tblPr
    edges = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    properties.append(edges)
    widths = [Mm(width) for width in columns]
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def ruled_table(file: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], name: str) -> Any:
    """Bảng có kẻ ô, dòng đầu in đậm và lặp lại ở mỗi trang. Ghi thẳng XML của hàng: một nghìn hàng trong vài giây."""
    table = file.add_table(0, len(widths))
    table.style = "Table Grid"
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, size in zip(table.columns, widths, strict=True):
        column.width = Mm(size)
    for place, texts in enumerate(rows):
        line = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        line.append(properties)
        for text, size in zip(texts, widths, strict=True):
            line.append(_table_cell(text, size, name, is_heading=place == 0))
        table._tbl.append(line)
    return table


def _table_cell(text: str, size: float, name: str, *, is_heading: bool) -> Any:
    cell = OxmlElement("w:tc")
    cell.width = Mm(size)
    paragraph = OxmlElement("w:p")
    paragraph.style = styleId_from_name(name)
    if is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_r()
    run.text = text
    if is_heading:
        run.get_or_add_rPr().append(OxmlElement("w:b"))
    cell.append(paragraph)
    return cell


def styled(place: Any, name: str) -> Any:
    """Một đoạn trống kiểu ``name`` ở cuối tệp hay cuối ô. Ghi thẳng mã kiểu: python-docx tra tên qua cả bảng kiểu, 4 ms mỗi đoạn."""
    paragraph = place.add_paragraph()
    paragraph._p.style = styleId_from_name(name)
    return paragraph


def add_line(place: Any, text: str, name: str, *, boxed: bool = False) -> Any:
    """Một đoạn ở cuối tệp hay cuối ô. ``boxed``: đóng khung chữ, như dấu MẬT, KHẨN."""
    paragraph = styled(place, name)
    run = paragraph.add_run(f" {text} " if boxed else text)
    if boxed:
        frame = OxmlElement("w:bdr")
        for attribute, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "auto")):
            frame.set(qn(f"w:{attribute}"), value)
        run._r.get_or_add_rPr().append(frame)
    return paragraph


def framed(place: Any, lines: list[str], name: str, length: float, width: float) -> Any:
    """Một đoạn nhiều dòng trong một khung chữ nhật rộng ``length`` mm, giữa khổ rộng ``width`` mm."""
    paragraph = styled(place, name)
    side = Mm(max(0, width - length) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    for at, line in enumerate(lines):
        run = paragraph.add_run(line)
        if at < len(lines) - 1:
            run.add_break()
    _edge(paragraph, ("top", "left", "bottom", "right"), "8", "2")
    return paragraph


def thin(paragraph: Any) -> None:
    """Đoạn trống gần như không cao: chân trang của các trang sau trang đầu."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing, form.line_spacing_rule = Pt(1), WD_LINE_SPACING.EXACTLY


def _edge(paragraph: Any, sides: tuple[str, ...], pen: str, space: str) -> None:
    edges = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", pen), ("space", space), ("color", "auto")):
            edge.set(qn(f"w:{attribute}"), value)
        edges.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def trim(table: Any) -> None:
    """Bỏ đoạn trống mà mỗi ô mới có sẵn; hàng không bị ngắt giữa hai trang."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            if len(cell.paragraphs) > 1 and not cell.paragraphs[0].text:
                cell._tc.remove(cell.paragraphs[0]._p)


def rule(paragraph: Any, length: float, width: float) -> None:
    """Vạch liền dài ``length`` mm ở giữa một khổ rộng ``width`` mm: viền trên của một đoạn rất thấp."""
    side = Mm(max(0, width - length) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before = form.space_after = Pt(0)
    form.line_spacing, form.line_spacing_rule = Pt(4), WD_LINE_SPACING.EXACTLY
    _edge(paragraph, ("top",), "6", "1")


def page_number(paragraph: Any, m: Measures) -> None:
    """Số trang: trường PAGE của Word."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(m.page_number_size), m.font
    for kind in ("begin", "instr", "end"):
        part = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            part.set(qn("xml:space"), "preserve")
            part.text = "PAGE"
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
