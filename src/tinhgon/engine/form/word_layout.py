"""Số đo của một tệp Word so với bảng bố cục: lề, khổ giấy, phông, cỡ chữ thân, thụt dòng, khoảng cách dòng."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from docx import Document as open_document

from tinhgon.engine.form.model import Found, Violation
from tinhgon.engine.form.rules import RuleKind, RuleSetAt

_NEAR = 0.5
"""Word làm tròn số đo: sai dưới nửa đơn vị thì bỏ qua."""
_BODY_LENGTH = 60
_UNITS = ("mm", "pt")
_SHEET = ("page_width", "page_height", "top", "bottom")


@dataclass(frozen=True, slots=True)
class WordLayout:
    """``values``: tên số đo -> các giá trị thấy; ``fonts``: các phông đang dùng."""

    values: dict[str, tuple[float, ...]]
    fonts: tuple[str, ...]


def word_layout(source: Path | IO[bytes]) -> WordLayout:
    """Đọc số đo của tệp .docx. Giá trị theo kiểu chữ của Word khi đoạn không ghi riêng."""
    file = open_document(str(source) if isinstance(source, Path) else source)
    values: dict[str, Counter[float]] = {}
    fonts: Counter[str] = Counter()
    for section in file.sections:
        for name, length in (
            ("page_width", section.page_width), ("page_height", section.page_height), ("top", section.top_margin),
            ("bottom", section.bottom_margin), ("left", section.left_margin), ("right", section.right_margin),
        ):  # fmt: skip
            if length is not None:
                values.setdefault(name, Counter())[round(length.mm, 1)] += 1
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            if run.text.strip():
                fonts[_inherited(run.font.name, paragraph, "name") or ""] += len(run.text)
        if len(paragraph.text) >= _BODY_LENGTH:
            for name, value in _body_values(paragraph):
                values.setdefault(name, Counter())[round(value, 1)] += 1
    return WordLayout({name: tuple(counted) for name, counted in values.items()}, tuple(font for font in fonts if font))


def check_layout(layout: WordLayout, rules: RuleSetAt, type_code: str = "") -> tuple[Violation, ...]:
    """Mọi số đo ngoài khoảng của bảng bố cục. Tên loại được in trên A5 mà tệp là A5 thì khổ và lề trên, dưới theo khổ ấy."""
    found: list[Violation] = []
    skipped = _SHEET if _is_small(layout, rules, type_code) else ()
    for rule in rules.of(RuleKind.MEASURE):
        if not rule.is_on or rule.data["name"] in skipped:
            continue
        name, unit = rule.data["name"], rule.data["unit"]
        if name == "font":
            found += [Violation(rule=rule, found=Found("layout", font, rule.data["use"])) for font in layout.fonts if font != rule.data["use"]]
        elif unit in _UNITS:
            lowest, highest = rule.data["min"], rule.data["max"]
            wrong = [value for value in layout.values.get(name, ()) if not lowest - _NEAR <= value <= highest + _NEAR]
            found += [Violation(rule=rule, found=Found("layout", _shown(value, unit), _shown(rule.data["use"], unit))) for value in wrong]
    return tuple(found)


def _is_small(layout: WordLayout, rules: RuleSetAt, type_code: str) -> bool:
    small = rules.rule("paper.a5")
    if small is None or type_code not in small.data.get("types", ()):
        return False
    sides = sorted(max(layout.values.get(name, (0,))) for name in ("page_width", "page_height"))
    return all(abs(side - wanted) <= _NEAR for side, wanted in zip(sides, sorted((small.data["width"], small.data["height"])), strict=True))


def _body_values(paragraph: Any) -> Iterator[tuple[str, float]]:
    sizes = {_inherited(run.font.size, paragraph, "size") for run in paragraph.runs if run.text.strip()}
    for size in sizes:
        if size is not None:
            yield "body_size", size.pt
    indent = _form_value(paragraph, "first_line_indent")
    if indent is not None and indent > 0:
        yield "indent", indent.mm
    pitch = _form_value(paragraph, "line_spacing")
    if pitch is not None and not isinstance(pitch, float):
        yield "line_pitch", pitch.pt


def _inherited(own: Any, paragraph: Any, name: str) -> Any:
    """Thuộc tính chữ: của đoạn chữ, rồi của kiểu và các kiểu gốc."""
    if own is not None:
        return own
    style = paragraph.style
    while style is not None:
        value = getattr(style.font, name)
        if value is not None:
            return value
        style = style.base_style
    return None


def _form_value(paragraph: Any, name: str) -> Any:
    value = getattr(paragraph.paragraph_format, name)
    style = paragraph.style
    while value is None and style is not None:
        value = getattr(style.paragraph_format, name)
        style = style.base_style
    return value


def _shown(value: float, unit: str) -> str:
    return f"{value:g} {unit}".replace(".", ",")
