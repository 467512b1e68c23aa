"""Tô đậm chữ tìm thấy trong văn bản gốc, theo đúng cách so của ô tìm; và cắt một đoạn quanh chỗ tìm thấy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tinhgon.engine.vietnamese.fold import SEPARATORS, fold, nfc, tone_norm
from tinhgon.engine.vietnamese.query import SHORTEST_PREFIX, Query, Term

_WORD = re.compile(SEPARATORS.replace("[", "[^ ", 1))

Segments = tuple[tuple[str, bool], ...]
"""Các đoạn nối lại thành văn bản; True là đoạn được tô đậm."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    folded: str
    exact: str


def highlight(text: str, query: Query, *, exact: bool, width: int | None = None) -> Segments:
    """Chia ``text`` thành đoạn tô và không tô. ``exact``: chỉ tô chữ đúng dấu. ``width``: cắt còn chừng ấy ký tự."""
    stored = nfc(text)
    spans = _merged(_matches(list(_tokens(stored)), query, exact=exact))
    start, end = _window(stored, spans, width)
    return tuple(_segments(stored, spans, start, end))


def around(text: str, query: Query, *, exact: bool, size: int) -> str:
    """Khoảng ``size`` ký tự quanh chỗ đầu tiên có từ được hỏi (cả cụm, nếu là cụm); rỗng khi không có chỗ nào.

    Toàn văn có thể dài hàng trăm trang, nên tìm chỗ trước rồi mới tách từ để tô.
    """
    stored = nfc(text)
    for term in sorted(query.terms, key=lambda term: -len(term.folded)):
        asked, keyed = (term.exact, tone_norm) if exact or term.only_exact else (term.folded, fold)
        ended = "" if term.prefix else r"(?![^\W_])"
        run = rf"(?:{SEPARATORS}|[ ])+0*".join(map(re.escape, asked))
        found = re.search(rf"(?<![^\W_])0*{run}{ended}", keyed(stored))
        if found:
            start = max(0, found.start() - size // 3)
            return stored[start : start + size]
    return ""


def _tokens(text: str) -> Iterator[_Token]:
    for found in _WORD.finditer(text):
        word = found.group()
        bare = re.sub("^0+(?=[0-9])", "", word)
        yield _Token(found.start(), found.end(), fold(bare), tone_norm(bare))


def _matches(tokens: list[_Token], query: Query, *, exact: bool) -> list[tuple[int, int]]:
    spans = []
    for term in query.terms:
        size = len(term.folded)
        for first in range(len(tokens) - size + 1):
            run = tokens[first : first + size]
            if _fits(run, term, exact=exact or term.only_exact):
                spans.append((run[0].start, run[-1].end))
    return sorted(spans)


def _fits(run: list[_Token], term: Term, *, exact: bool) -> bool:
    asked = term.exact if exact else term.folded
    found = [token.exact if exact else token.folded for token in run]
    if term.prefix and len(term.folded[-1]) >= SHORTEST_PREFIX:
        return tuple(found[:-1]) == asked[:-1] and found[-1].startswith(asked[-1])
    return tuple(found) == asked


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Các khoảng chồng nhau thành một."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, spans: list[tuple[int, int]], width: int | None) -> tuple[int, int]:
    """Đoạn hiển thị: từ trước chỗ tìm thấy đầu tiên một phần tư bề rộng, cắt ở dấu cách."""
    if width is None or len(text) <= width:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - width // 4, len(text) - width))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + width)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > max(start, spans[0][1] if spans else 0) else end
    return start, end


def _segments(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[str, bool]]:
    at = start
    if start:
        yield "… ", False
    for left, right in spans:
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        if left > at:
            yield text[at:left], False
        yield text[left:right], True
        at = right
    if at < end:
        yield text[at:end], False
    if end < len(text):
        yield " …", False
