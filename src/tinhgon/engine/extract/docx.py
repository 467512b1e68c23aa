"""``.docx``: đoạn, bảng, hộp chữ, đầu và chân trang theo thứ tự đọc; phông cũ đổi theo từng đoạn chữ cùng phông."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tinhgon.engine.extract import ocr
from tinhgon.engine.extract.docx_parts import Element, Numbering, Package, Style, Styles, W, run_style
from tinhgon.engine.extract.legacy import from_font, unicode_lines
from tinhgon.engine.extract.limits import MOST_OCR_PAGES, MOST_TEXT
from tinhgon.engine.extract.model import Extracted, Line, Source, Unreadable
from tinhgon.engine.vietnamese import nfc

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}sectPr"))
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_DEEPEST = 200
_PICTURE = re.compile(r"word/media/[^/]+\.(?:jpe?g|png|tiff?|bmp|gif)", re.I)
_LEAST_TEXT = 60
_LEAST_PICTURE = 15_000
"""Byte: một trang quét nặng hơn thế nhiều, biểu trưng thì nhẹ hơn."""
_HEADER = re.compile(r"word/(header|footer)\d*\.xml")


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    length: int = 0
    legacy: Counter[str] = field(default_factory=Counter)

    @property
    def is_full(self) -> bool:
        return self.length > MOST_TEXT

    def blocks(self, root: Element, depth: int = 0) -> None:
        """Các đoạn và bảng của thân, ô, hộp chữ, theo thứ tự."""
        if depth > _DEEPEST:
            raise Unreadable("bomb")
        for child in root:
            if self.is_full:
                return
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:  # bảng, hàng, ô, sdt, ins...
                self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        base = self.styles.named(named.get(f"{W}val", "") if named is not None else self.styles.normal).over(self.styles.base)
        boxes: list[Element] = []
        pieces = self._joined(_runs(paragraph, base, self.styles, boxes))
        label = self.numbering.label(properties)
        if pieces and label:
            pieces.insert(0, (label, pieces[0][1]))
        for line in _lines_of(pieces):
            self.lines.append(line)
            self.length += len(line.text) + 1
        for box in boxes:
            self.blocks(box, depth + 1)

    def _joined(self, runs: Iterator[tuple[str, Style]]) -> list[tuple[str, Style]]:
        """Các run liền nhau cùng phông gộp lại rồi mới đổi bảng mã: một chữ VNI có thể bị chia giữa hai run."""
        grouped: list[tuple[str, Style]] = []
        for text, style in runs:
            if grouped and grouped[-1][1] == style:
                grouped[-1] = (grouped[-1][0] + text, style)
            else:
                grouped.append((text, style))
        out = []
        for text, style in grouped:
            fixed, encoding = from_font(text, style.font or "")
            if encoding:
                self.legacy[encoding] += len(text)
            out.append((fixed.upper() if style.caps else fixed, style))
        return out


def _runs(node: Element, base: Style, styles: Styles, boxes: list[Element]) -> Iterator[tuple[str, Style]]:
    """Chữ của đoạn kèm kiểu; hộp chữ gom lại để đọc sau đoạn."""
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}r":
            own = run_style(child.find(f"{W}rPr"))
            named = child.find(f"{W}rPr/{W}rStyle")
            style = own.over(styles.named(named.get(f"{W}val", "")) if named is not None else Style()).over(base)
            yield from _runs(child, style, styles, boxes)
        elif child.tag == f"{W}t":
            yield child.text or "", base
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag], base
        elif isinstance(child.tag, str):
            yield from _runs(child, base, styles, boxes)


def _lines_of(pieces: list[tuple[str, Style]]) -> Iterator[Line]:
    """Ngắt dòng tay thành dòng riêng; kiểu của dòng là kiểu của phần lớn chữ trong dòng."""
    current: list[tuple[str, Style]] = []
    for text, style in pieces:
        first, *rest = text.split("\n")
        current.append((first, style))
        for part in rest:
            yield from _line(current)
            current = [(part, style)]
    yield from _line(current)


def _line(pieces: list[tuple[str, Style]]) -> Iterator[Line]:
    text = nfc("".join(part for part, _ in pieces)).replace("\u00a0", " ").strip(" ")
    if not text.strip():
        return
    weight = {"bold": 0, "italic": 0}
    sizes: Counter[float] = Counter()
    total = 0
    for part, style in pieces:
        count = len(part.strip())
        total += count
        weight["bold"] += count * bool(style.bold)
        weight["italic"] += count * bool(style.italic)
        if style.size and count:
            sizes[style.size] += count
    size = sizes.most_common(1)[0][0] if sizes else None
    yield Line(text.strip(), size=size, bold=weight["bold"] * 2 > total, italic=weight["italic"] * 2 > total)


def read_docx(path: Path, *, use_ocr: bool = True, progress: ocr.Progress | None = None) -> Extracted:
    """Đọc một tệp .docx; ``Unreadable`` khi hỏng hay hiểm. Tệp gần như không có chữ mà có ảnh là bản quét dán vào Word: ảnh được quét."""
    with Package(path) as package:
        body = package.part("word/document.xml")
        if body is None:
            raise Unreadable("corrupt")
        reader = _Reader(Styles(package.part("word/styles.xml")), Numbering.of(package.part("word/numbering.xml")))
        edges = sorted(name for name in package.names if _HEADER.fullmatch(name))[:12]
        try:
            for name in (*(n for n in edges if "header" in n), "word/document.xml", *(n for n in edges if "footer" in n)):
                root = body if name == "word/document.xml" else package.part(name)
                if root is not None:
                    reader.blocks(root)
        except RecursionError as error:
            raise Unreadable("bomb") from error
        pictures = _pictures(package) if reader.length < _LEAST_TEXT else []
        if pictures:
            return _read_pictures(pictures, reader.lines, use_ocr=use_ocr, progress=progress)
    lines, detected = unicode_lines(reader.lines)
    legacy = reader.legacy.most_common(1)[0][0] if reader.legacy else detected
    return Extracted(Source.DOCX, tuple(lines), None, legacy, ("text_cut",) if reader.is_full else ())


def _pictures(package: Package) -> list[bytes]:
    """Ảnh cỡ trang giấy trong gói, theo số thứ tự Word đặt."""
    names = sorted((name for name in package.names if _PICTURE.fullmatch(name)), key=lambda name: (len(name), name))
    return [data for name in names[:MOST_OCR_PAGES] if len(data := package.content(name)) > _LEAST_PICTURE]


def _read_pictures(pictures: list[bytes], lines: list[Line], *, use_ocr: bool, progress: ocr.Progress | None) -> Extracted:
    if not use_ocr or not ocr.ocr_available():
        return Extracted(Source.OCR, tuple(lines), len(pictures), warnings=("no_ocr" if use_ocr else "needs_ocr",))
    read: list[Line] = []
    again: list[Line] = []
    for number, data in enumerate(pictures, start=1):
        found = ocr.read_picture(io.BytesIO(data), use_ocr=True)
        read += (replace(line, page=number) for line in found.lines)
        again += (replace(line, page=number) for line in found.again or found.lines)
        if progress is not None:
            progress(number, len(pictures))
    return Extracted(Source.OCR, (*lines, *read), len(pictures), again=(*lines, *again))
