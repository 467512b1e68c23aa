"""PDF qua typst với cách dàn riêng: cỡ chữ, lề, phông, hai cột, dòng kẻ, phụ lục, dấu chữ ký số."""

import random

import typst

from unseen import shape
from unseen.content import Paper
from unseen.fonts import FONTS, families

_STAR = r"text[\*]"


def _text(text: str) -> str:
    """Chuỗi của typst: không ký tự nào được hiểu là lệnh."""
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{kept}")'


def _stack(lines: list[str], *, bold: set[str] = frozenset(), italic: set[str] = frozenset(), gap: str = "6.4pt") -> str:  # type: ignore[assignment]
    shown = [f'text(weight: "{"bold" if line in bold else "regular"}", style: "{"italic" if line in italic else "normal"}")[{_text(line)}]' for line in lines]
    return f"stack(spacing: {gap}, {', '.join(shown)})" if shown else "[]"


def source(paper: Paper, rng: random.Random, *, blank: bool = False, tight: bool = False) -> str:
    """``blank``: chừa trắng chỗ số và ngày để viết tay lên. ``tight``: các dòng hai cột xếp khít, dấu của dòng dưới chạm dòng trên."""
    gap = "4pt" if tight else "6.4pt"
    size = rng.choice((12.5, 13, 13.5, 14))
    number = paper.number_line
    date_line = paper.date_line
    lefts, rights = shape.left(paper), shape.head_right(paper)
    if blank:
        lefts = ["Số:            " + paper.truth["so_ky_hieu"].lstrip("0123456789a") if line == number else line for line in lefts]
        rights = [date_line.partition("ngày")[0] + "ngày         tháng         năm " + date_line.rpartition(" ")[2] if line == date_line else line for line in rights]
    bold = set(paper.organ.lines) | set(rights[:2]) - {date_line}
    columns = rng.choice(("(1fr, 1.35fr)", "(1fr, 1.5fr)", "(1fr, 1.2fr)"))
    state = paper.layout == "state"
    line = "line(length: 34%, stroke: 0.6pt)"
    at = next(i for i, text in enumerate(lefts) if text.lstrip().lower().startswith("số") or " số: " in text)
    rule_left = f"stack(spacing: 6pt, {_stack(lefts[:at], bold=bold, gap=gap)}, {line if state else _STAR}, {_stack(lefts[at:], gap=gap)})"
    top = len(rights) - (1 if paper.date_line else 0)
    rule_right = f"stack(spacing: 6pt, {_stack(rights[:top], bold=bold, gap=gap)}, {line}, {_stack(rights[top:], italic=set(rights[top:]))})"
    out = [
        f'#set page(paper: "a4", margin: (left: {rng.choice((28, 30, 32))}mm, right: {rng.choice((15, 18))}mm, y: 20mm){", numbering: " + chr(34) + "1" + chr(34) if rng.random() < 0.3 else ""})',
        f'#set text(font: ("{rng.choice(families())}",), size: {size}pt, lang: "vi", hyphenate: false)',
        f"#set par(justify: {'true' if rng.random() < 0.7 else 'false'}, first-line-indent: 1cm, leading: {rng.choice((0.6, 0.75, 0.9))}em)",
        f"#grid(columns: {columns}, column-gutter: {rng.choice((6, 10))}pt, align: center, [#set text(size: {min(size - 0.5, 13)}pt)\n#set par(justify: false)\n#{rule_left}], [#set text(size: {min(size - 1, 12.5)}pt)\n#set par(justify: false)\n#{rule_right}])",
    ]
    if rng.random() < 0.2:  # dấu công văn đến đóng sẵn trong lớp chữ
        stamp = _stack(["ĐẾN", f"Số: {rng.randint(100, 9999)}", "Ngày: 14/02/2026", "Chuyển: ............"], bold={"ĐẾN"})
        out.append(f"#place(top + left, dx: -14mm, dy: {rng.choice((24, 30))}mm, box(stroke: 0.7pt, inset: 3pt)[#set text(size: 8pt)\n#{stamp}])")
    out += [f'#align(left)[#box(stroke: 1pt, inset: 4pt)[#text(weight: "bold")[{_text(mark)}]]]' for mark in paper.marks]
    if paper.type_name:
        weight = rng.choice(("bold", "bold", "regular")) if state else "bold"
        out.append(f'#v(8pt)\n#align(center)[#text(weight: "bold", size: {size + 0.5}pt)[{_text(paper.type_name.upper())}]]')
        if paper.summary:
            out.append(f'#align(center)[#set par(first-line-indent: 0pt, justify: false)\n#box(width: 82%)[#text(weight: "{weight}")[{_text(paper.summary)}]]]')
        out.append(f"#align(center)[#{line}]")
    if paper.addressee:
        out += [f"#align(center)[{_text('Kính gửi: ' + paper.addressee.partition(chr(10))[0])}]", *(f"#pad(left: 5cm)[{_text(text)}]" for text in paper.addressee.split("\n")[1:])]
    body = "\n\n".join(_text(text) for text in paper.body)
    out.append(f"#columns(2)[{body}]" if rng.random() < 0.1 else body)
    near = _stack(shape.receivers(paper, rng), bold={"Nơi nhận:"}, gap="3.5pt" if tight else "5.4pt")
    said = rng.choice(([], [], ["Người ký: Văn thư Bịa", "Email: vanthu@vidu.vn", "Cơ quan: Văn thư", "Thời gian ký: 05.07.2025 10:20:11 +07:00"]))
    blocks = [f"stack(spacing: 4pt, {_stack(list(block.lines), bold=set(block.lines), gap=gap)}, v({'14pt' if said else '46pt'}), text(size: 7pt)[{_stack(said) and '#' + _stack(said)}], v({'14pt' if said else '4pt'}), {_stack([block.printed], bold={block.printed})})" for block in paper.blocks]
    if len(blocks) > 1:
        out.append(f"#v(10pt)\n#grid(columns: (1fr, 1fr), align: center, {', '.join(blocks)})\n#v(8pt)\n#[#set text(size: {size - 2}pt)\n#{near}]")
    else:
        out.append(f"#v(10pt)\n#block(breakable: false)[#grid(columns: (1fr, 1fr), align: (left, center), [#set text(size: {rng.choice((10.5, 11, 12))}pt)\n#set par(first-line-indent: 0pt, justify: false)\n#{near}], {blocks[0]})]")
    if paper.annex:
        out.append("#pagebreak()\n" + "\n".join(f"#align(center)[{_text(line)}]" for line in paper.annex))
    return "\n\n".join(out)


def printed(paper: Paper, rng: random.Random, *, blank: bool = False, tight: bool = False) -> bytes:
    return typst.compile(source(paper, rng, blank=blank, tight=tight).encode(), font_paths=[FONTS], format="pdf")


def printed_tight(paper: Paper, rng: random.Random) -> bytes:
    return printed(paper, rng, tight=True)
