"""Tệp Word viết tay từng thẻ XML (không qua python-docx): bảng nhiều hàng, hộp chữ, sửa có theo dõi, tự đánh số, đầu chân trang, phông TCVN3."""

import io
import random
import zipfile
from itertools import groupby
from xml.sax.saxutils import escape

from tinhgon.engine.extract.before import as_it_was
from unseen import shape
from unseen.content import Paper

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NUMBERING = (
    f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
)
_STYLES = f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Nen"><w:rPr><w:sz w:val="28"/></w:rPr></w:style></w:styles>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def _run(text: str, *, bold: bool = False, font: str = "", caps: bool = False) -> str:
    look = f'{f"<w:rFonts w:ascii={chr(34)}{font}{chr(34)} w:hAnsi={chr(34)}{font}{chr(34)}/>" if font else ""}{"<w:b/>" if bold else ""}{"<w:caps/>" if caps else ""}'
    body = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f"<w:r><w:rPr>{look}</w:rPr>{body}</w:r>"


def _needs_capital_font(text: str) -> bool:
    """TCVN3 không có chữ hoa mang dấu (trừ Ă Â Ê Ô Ơ Ư Đ): người soạn phải đổi sang phông .VnTimeH."""
    return text.isupper() and not set(text) <= set("ĂÂÊÔƠƯĐ") and not text.isascii()


class Writer:
    def __init__(self, rng: random.Random, *, legacy: bool) -> None:
        self.rng, self.legacy = rng, legacy

    def run(self, text: str, *, bold: bool = False) -> str:
        if self.legacy and not text.isascii():
            parts = [text] if text.isupper() else list(text)
            groups = ["".join(part) for _, part in groupby(parts, key=_needs_capital_font)]
            return "".join(_run(as_it_was(part.lower(), "tcvn3"), bold=bold, font=".VnTimeH") if _needs_capital_font(part) else _run(as_it_was(part, "tcvn3"), bold=bold, font=".VnTime") for part in groups)
        if self.rng.random() < 0.3 and len(text) > 6:  # người soạn sửa chữ nên một dòng thành nhiều run
            at = self.rng.randrange(2, len(text) - 2)
            return _run(text[:at], bold=bold) + _run(text[at:], bold=bold)
        return _run(text, bold=bold)

    def para(self, text: str, *, bold: bool = False, align: str = "", bullet: bool = False, inner: str = "") -> str:
        look = ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>' if bullet else "") + (f'<w:jc w:val="{align}"/>' if align else "")
        return f"<w:p><w:pPr>{look}</w:pPr>{inner or self.run(text, bold=bold)}</w:p>"

    def tracked(self, text: str) -> str:
        """Số được thay trong chế độ theo dõi: bản cũ gạch đi, bản mới chèn vào."""
        cut = text.find("/") if "/" in text else len(text)
        gone = f'<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve">9999{escape(text[cut:])}</w:delText></w:r></w:del>'
        return self.para("", align="center", inner=f'{gone}<w:ins w:id="2" w:author="x">{self.run(text)}</w:ins>')

    def cell(self, paras: list[str]) -> str:
        return f"<w:tc><w:tcPr/>{''.join(paras) or '<w:p/>'}</w:tc>"

    def table(self, rows: list[tuple[list[str], ...]]) -> str:
        return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{chr(10).join(self.cell(cell) for cell in row)}</w:tr>' for row in rows)}</w:tbl>"

    def box(self, lines: list[str]) -> str:
        """Hộp chữ nổi: bản mới (wps) và bản dự phòng (VML) cùng nội dung, như Word ghi."""
        body = "".join(self.para(line, bold=True) for line in lines)
        return (
            '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="urn:w">'
            f"<w:txbxContent>{body}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )


def _packed(body: str, header: str, footer: str) -> bytes:
    out = io.BytesIO()
    wrapped = f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{wrapped}')
        package.writestr("word/styles.xml", _STYLES)
        package.writestr("word/numbering.xml", _NUMBERING)
        package.writestr("word/header1.xml", f'<w:hdr xmlns:w="{_W}"><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>')
        package.writestr("word/footer1.xml", f'<w:ftr xmlns:w="{_W}"><w:p><w:r><w:t>{footer}</w:t></w:r></w:p></w:ftr>')
    return out.getvalue()


def _middle(w: Writer, paper: Paper, rng: random.Random) -> str:
    out = [w.para(line, bold=True, align="center") for line in shape.title(paper)]
    if paper.type_name and paper.summary:
        lines = shape.wrap(paper.summary, rng.choice((46, 60, 500)))
        if rng.random() < 0.4:  # ngắt dòng tay trong một đoạn
            out.append(w.para("", align="center", inner="<w:r><w:br/></w:r>".join(w.run(line, bold=True) for line in lines)))
        else:
            out += [w.para(line, bold=True, align="center") for line in lines]
        out.append(w.para(rng.choice(("-----", "________", "*")), align="center"))
    if paper.addressee:
        word = "Kính gửi: "
        out += [w.para(line) for line in (word + paper.addressee).split("\n")]
    return "".join([*out, *(w.para(line) for line in paper.body)])


def _annex(w: Writer, paper: Paper) -> str:
    return ('<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + "".join(w.para(line, bold=line.isupper(), align="center") for line in paper.annex)) if paper.annex else ""


def _end_table(w: Writer, paper: Paper, rng: random.Random) -> str:
    auto = rng.random() < 0.4
    listed = shape.receivers(paper, rng, "" if auto else "- ")
    near = [w.para(line, bold=index == 0, bullet=auto and index > 0) for index, line in enumerate(listed)]
    sides = [[w.para(line, bold=True, align="center") for line in (*block.lines, "", block.printed) if line] for block in paper.blocks]
    if len(sides) > 1:
        return w.table([tuple(sides)]) + "".join(near)
    return w.table([(near, sides[0])])


def in_cells(paper: Paper, rng: random.Random, *, legacy: bool = False) -> bytes:
    """Một hàng hai ô: cả phần đầu bên trái rồi cả phần đầu bên phải."""
    w = Writer(rng, legacy=legacy)
    names = set(paper.organ.lines)
    lefts = [w.tracked(line) if line == paper.number_line and "/" in line and rng.random() < 0.3 and not legacy else w.para(line, bold=line in names, align="center") for line in shape.left(paper)]
    rights = [w.para(line, bold=line.isupper(), align="center") for line in shape.head_right(paper)]
    marks = w.box(paper.marks) if paper.marks else ""
    body = w.table([(lefts, rights)]) + marks + _middle(w, paper, rng) + _end_table(w, paper, rng) + _annex(w, paper)
    return _packed(body, rng.choice(("", "2", "DỰ THẢO")) if not paper.truth["so_ky_hieu"] else rng.choice(("", "2")), rng.choice(("", "Trang 1")))


def in_rows(paper: Paper, rng: random.Random) -> bytes:
    """Bảng nhiều hàng: hàng đầu tên cơ quan cạnh quốc hiệu, hàng sau số cạnh ngày, hàng sau nữa trích yếu cạnh ô trống."""
    w = Writer(rng, legacy=False)
    lefts, rights = shape.left(paper), shape.head_right(paper)
    at = lefts.index(paper.number_line)
    top = len(rights) - (1 if paper.date_line else 0)
    names = set(paper.organ.lines)
    rows = [
        ([w.para(line, bold=line in names) for line in lefts[:at]], [w.para(line, bold=True) for line in rights[:top]]),
        ([w.para(lefts[at])], [w.para(line) for line in rights[top:]]),
    ]
    if lefts[at + 1 :]:
        rows.append(([w.para(" ".join(lefts[at + 1 :]))], []))
    return _packed(w.table(rows) + (w.box(paper.marks) if paper.marks else "") + _middle(w, paper, rng) + _end_table(w, paper, rng) + _annex(w, paper), "", "")


def in_tabs(paper: Paper, rng: random.Random) -> bytes:
    """Không bảng: hai cột chung một dòng, cách nhau bằng tab hay nhiều dấu cách; khối ký trong hộp chữ nổi, sau danh sách nơi nhận."""
    w = Writer(rng, legacy=False)
    gap = rng.choice(("\t", "\t\t", "          "))
    lefts, rights = shape.left(paper), shape.head_right(paper)
    size = max(len(lefts), len(rights))
    pairs = zip(lefts + [""] * (size - len(lefts)), rights + [""] * (size - len(rights)), strict=True)
    head = "".join(w.para(f"{first}{gap}{second}" if second else first) for first, second in pairs)
    names = shape.signed(paper, rng)
    near = shape.receivers(paper, rng)
    ending = w.box(names) + "".join(map(w.para, near)) if rng.random() < 0.5 else "".join(map(w.para, [*near, *names]))
    return _packed(head + _middle(w, paper, rng) + ending + _annex(w, paper), "", "")


def in_swapped(paper: Paper, rng: random.Random) -> bytes:
    """Cột phải đứng trước: quốc hiệu, tiêu ngữ, ngày rồi mới tới cơ quan và số (hai ô đổi chỗ)."""
    w = Writer(rng, legacy=False)
    names = set(paper.organ.lines)
    lefts = [w.para(line, bold=line in names, align="center") for line in shape.left(paper)]
    rights = [w.para(line, bold=line.isupper(), align="center") for line in shape.head_right(paper)]
    return _packed(w.table([(rights, lefts)]) + _middle(w, paper, rng) + _end_table(w, paper, rng) + _annex(w, paper), "", "")


def in_old_font(paper: Paper, rng: random.Random) -> bytes:
    return in_cells(paper, rng, legacy=True)
