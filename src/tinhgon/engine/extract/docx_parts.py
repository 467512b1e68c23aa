"""Mở gói .docx an toàn: giới hạn từng phần, không thực thể ngoài; kiểu chữ và danh sách đánh số của gói."""

import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from tinhgon.engine.extract.limits import MOST_PART_BYTES
from tinhgon.engine.extract.model import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "remove_comments": True}
_OFF = ("0", "false", "off", "none")
_DEPTH = 12

Element = Any
"""``lxml.etree._Element``: lxml không công bố kiểu này."""


@dataclass(frozen=True, slots=True)
class Style:
    """Những gì một kiểu, đoạn hay run nói rõ; ``None`` là không nói."""

    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    caps: bool | None = None

    def over(self, base: "Style") -> "Style":
        """Kiểu này đè lên ``base``."""
        return Style(*(mine if mine is not None else theirs for mine, theirs in zip(_values(self), _values(base), strict=True)))


def _values(style: Style) -> tuple[Any, ...]:
    return style.font, style.bold, style.italic, style.size, style.caps


class Package:
    """Các phần XML của gói, đọc đến đâu kiểm đến đấy (kích thước khai trong zip có thể nói dối)."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Unreadable("corrupt", str(error)) from error
        self.names = self._zip.namelist()

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> Element | None:
        """Cây XML của phần ``name``; ``None`` nếu gói không có."""
        if name not in self.names:
            return None
        try:
            return etree.fromstring(self.content(name), etree.XMLParser(**_PARSER_OPTIONS))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable("corrupt", f"{name}: {error}") from error

    def content(self, name: str) -> bytes:
        """Phần ``name`` đã giải nén."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise Unreadable("encrypted")
            with self._zip.open(info) as stream:
                data = stream.read(MOST_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise Unreadable("corrupt", f"{name}: {error}") from error
        if len(data) > MOST_PART_BYTES:
            raise Unreadable("bomb" if info.compress_size * 100 < len(data) else "too_big", name)
        return data


def run_style(properties: Element | None) -> Style:
    """``w:rPr`` thành kiểu chữ."""
    if properties is None:
        return Style()
    fonts, size = properties.find(f"{W}rFonts"), properties.find(f"{W}sz")
    font = next((fonts.get(W + key) for key in ("ascii", "hAnsi", "cs") if fonts.get(W + key)), None) if fonts is not None else None
    points = size.get(f"{W}val", "") if size is not None else ""
    return Style(font, _flag(properties, "b"), _flag(properties, "i"), int(points) / 2 if points.isdecimal() else None, _flag(properties, "caps"))


def _flag(properties: Element, name: str) -> bool | None:
    found = properties.find(W + name)
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


class Styles:
    """Kiểu có tên, kế thừa qua ``basedOn``, trên nền ``docDefaults``."""

    def __init__(self, root: Element | None) -> None:
        self._named: dict[str, tuple[Style, str]] = {}
        self._ready: dict[str, Style] = {}
        self.base, self.normal = Style(), ""
        if root is None:
            return
        self.base = run_style(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            parent = style.find(f"{W}basedOn")
            name = style.get(f"{W}styleId", "")
            self._named[name] = run_style(style.find(f"{W}rPr")), parent.get(f"{W}val", "") if parent is not None else ""
            if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
                self.normal = name

    def named(self, name: str, depth: int = 0) -> Style:
        if name not in self._ready:
            own, parent = self._named.get(name, (Style(), ""))
            self._ready[name] = own.over(self.named(parent, depth + 1)) if parent and depth < _DEPTH else own
        return self._ready[name]


@dataclass(slots=True)
class Numbering:
    """Danh sách tự đánh số: chữ đánh số không nằm trong đoạn, phải tự dựng lại ("1.", "a)", "-")."""

    formats: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    @classmethod
    def of(cls, root: Element | None) -> "Numbering":
        numbering = cls()
        if root is None:
            return numbering
        levels = {
            kind.get(f"{W}abstractNumId"): [(int(level.get(f"{W}ilvl", "0")), _level(level)) for level in kind.iterfind(f"{W}lvl")]
            for kind in root.iterfind(f"{W}abstractNum")
        }
        for number in root.iterfind(f"{W}num"):
            kind = number.find(f"{W}abstractNumId")
            for index, format_ in levels.get(kind.get(f"{W}val") if kind is not None else "", []):
                numbering.formats[number.get(f"{W}numId", ""), index] = format_
        return numbering

    def label(self, properties: Element | None) -> str:
        """Chữ đánh số của đoạn, rỗng khi đoạn không thuộc danh sách nào."""
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        if numbered is None:
            return ""
        name, level = (numbered.find(W + key) for key in ("numId", "ilvl"))
        number = name.get(f"{W}val", "") if name is not None else ""
        index = int(level.get(f"{W}val", "0")) if level is not None else 0
        if (number, index) not in self.formats:
            return ""
        format_, text, _ = self.formats[number, index]
        if format_ == "bullet":
            return "- "
        self.counts[number, index] += 1
        for deeper in range(index + 1, 9):
            self.counts[number, deeper] = 0
        for at in range(index + 1):
            kind, _, start = self.formats.get((number, at), ("decimal", "", 1))
            text = text.replace(f"%{at + 1}", _shown(kind, max(self.counts[number, at], 1) + start - 1))
        return f"{text} " if text.strip() else ""


def _level(level: Element) -> tuple[str, str, int]:
    found = {key: level.find(W + key) for key in ("numFmt", "lvlText", "start")}
    value = {key: node.get(f"{W}val", "") if node is not None else "" for key, node in found.items()}
    return value["numFmt"] or "decimal", value["lvlText"], int(value["start"]) if value["start"].isdecimal() else 1


def _shown(format_: str, number: int) -> str:
    if format_ in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if format_ == "upperRoman" else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += sign * (number // value)
        number %= value
    return out
