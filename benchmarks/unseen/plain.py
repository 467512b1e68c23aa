"""Chữ trơn và HTML: thứ tự các phần của đầu văn bản xáo theo cách các trang pháp luật và bộ rút chữ hay làm, dấu kiểu cũ, NFD, hai cột dính."""

import random
import unicodedata

from unseen import shape
from unseen.content import Paper

_OLD = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè"), ("ỏe", "oẻ"), ("ủy", "uỷ"), ("úy", "uý"), ("ùy", "uỳ"), ("ụy", "uỵ"))


def _old(text: str) -> str:
    for new, old in _OLD:
        text = text.replace(new, old).replace(new.upper(), old.upper())
    return text


def _tail(paper: Paper, rng: random.Random) -> list[str]:
    signed, near = shape.signed(paper, rng), shape.receivers(paper, rng, rng.choice(("- ", "- ", "-", "– ")))
    return [*paper.body, *(near + signed if rng.random() < 0.6 else signed + near), *paper.annex]


def _middle(paper: Paper, rng: random.Random, width: int) -> list[str]:
    summary = shape.wrap(paper.summary, width) if paper.type_name and paper.summary else []
    rule = [rng.choice(("-------", "________", "***"))] if rng.random() < 0.6 else []
    sent = f"Kính gửi: {paper.addressee}".split("\n") if paper.addressee else []
    return [*shape.title(paper), *summary, *rule, *sent]


def pasted(paper: Paper, rng: random.Random) -> bytes:
    """Mỗi ý một dòng; cơ quan, quốc hiệu, số, ngày đứng theo nhiều thứ tự."""
    rule = rng.choice(("", "-------", "_______"))
    lefts, rights = shape.left(paper, rule=rule), shape.head_right(paper, rule=rule)
    at = lefts.index(paper.number_line)
    names, number = lefts[:at], lefts[at:]
    top, dated = (rights[:-1], rights[-1:]) if paper.date_line else (rights, [])
    orders = ([names, top, number, dated], [names, number, top, dated], [top, names, number, dated], [top, dated, names, number], [names, top, dated, number])
    head = [line for part in rng.choice(orders) for line in part]
    text = "\n".join([*paper.marks, *head, *_middle(paper, rng, rng.choice((62, 400))), *_tail(paper, rng)])
    look = rng.random()
    if look < 0.25:
        text = unicodedata.normalize("NFD", text)
    return (_old(text) if 0.25 < look < 0.5 else text).encode(rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16")))


def merged(paper: Paper, rng: random.Random) -> bytes:
    """Hai cột của phần đầu dính thành một dòng, cách nhau đúng một dấu cách, như nhiều bộ rút chữ PDF trả về."""
    lefts, rights = shape.left(paper), shape.head_right(paper)
    at = lefts.index(paper.number_line)
    top = rights[:-1] if paper.date_line else rights
    size = max(at, len(top))
    rows = zip(lefts[:at] + [""] * (size - at), top + [""] * (size - len(top)), strict=True)
    head = [f"{first} {second}".strip() for first, second in rows]
    head.append(f"{lefts[at]} {paper.date_line}".strip())
    text = "\n".join([*head, *lefts[at + 1 :], *_middle(paper, rng, 66), *_tail(paper, rng)])
    return text.encode()


def laid_out(paper: Paper, rng: random.Random) -> bytes:
    """Hai cột giữ bằng dấu cách, cột phải thụt sâu; phần ký cũng vậy."""
    width = rng.choice((40, 46, 52))

    def beside(first: list[str], second: list[str]) -> list[str]:
        size = max(len(first), len(second))
        rows = zip(first + [""] * (size - len(first)), second + [""] * (size - len(second)), strict=True)
        return [f"{a:<{width}}{b}".rstrip() for a, b in rows]

    near = [part for line in shape.receivers(paper, rng) for part in shape.wrap(line, width - 4)]
    middle = [line.center(width * 2).rstrip() for line in _middle(paper, rng, 60)]
    head = beside([line for text in shape.left(paper) for line in shape.wrap(text, width - 3)], shape.head_right(paper))
    body = [f"       {line}" if i == 0 else line for text in paper.body for i, line in enumerate(shape.wrap(text, 84))]
    return "\n".join([*head, "", *middle, "", *body, "", *beside(near, shape.signed(paper, rng)), "\f", *paper.annex]).encode()


def web_page(paper: Paper, rng: random.Random) -> bytes:
    """Trang HTML như các cổng pháp luật: bảng hai ô, thực thể, thẻ lồng, chữ của trang quanh văn bản."""

    def lines(texts: list[str], tag: str = "p") -> str:
        return "".join(f"<{tag}><span>{text.replace('&', '&amp;').replace('  ', '&nbsp; ')}</span></{tag}>" for text in texts if text)

    rule = rng.choice(("", "-------"))
    head = f"<table><tr><td>{lines(shape.left(paper, rule=rule))}</td><td>{lines(shape.head_right(paper, rule=rule))}</td></tr></table>"
    near = "<br/>".join(shape.receivers(paper, rng))
    end = f"<table><tr><td><p>{near}</p></td><td>{lines(shape.signed(paper, rng))}</td></tr></table>"
    middle = lines(_middle(paper, rng, 500), "div")
    return f"<!DOCTYPE html><html><head><title>Văn bản</title><style>p{{}}</style></head><body>{head}{middle}{lines(paper.body)}{end}{lines(paper.annex)}</body></html>".encode()
