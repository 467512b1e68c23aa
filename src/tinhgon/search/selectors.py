"""Tìm trong mọi nguồn đã đăng ký, trong tầm được thấy của người hỏi."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tinhgon.core.actor import Actor
from tinhgon.engine import vietnamese
from tinhgon.search.matching import Match, matches
from tinhgon.search.registry import Source, sources

SNIPPET_WIDTH = 180


@dataclass(frozen=True, slots=True)
class Marked:
    """Một dòng chữ có chỗ tô đậm; ``html`` đã thoát ký tự."""

    segments: vietnamese.Segments

    def __str__(self) -> str:
        return "".join(text for text, _marked in self.segments)

    @property
    def html(self) -> SafeString:
        pieces = (
            f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in self.segments
        )
        return mark_safe("".join(pieces))


@dataclass(frozen=True, slots=True)
class Hit:
    """Một cái tìm thấy. ``differs_in_marks``: gõ có dấu mà cái này chỉ giống khi bỏ dấu."""

    kind: str
    id: int
    title: Marked
    snippet: Marked
    differs_in_marks: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    """Số tìm thấy của một loại; ``capped``: nhiều hơn mức đếm, hiện "2.000+"."""

    kind: str
    label: object
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Results:
    hits: tuple[Hit, ...]
    counts: tuple[KindCount, ...]

    @property
    def total(self) -> int:
        return sum(count.total for count in self.counts)

    @property
    def capped(self) -> bool:
        return any(count.capped for count in self.counts)


def search(
    actor: Actor,
    *,
    on: date,
    text: str,
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    prefix: bool = False,
) -> Results:
    """Các cái tìm thấy mà ``actor`` được thấy ngày ``on``.

    Gõ không dấu: không phân biệt dấu. Gõ có dấu: đúng dấu đứng trước, chỉ khác dấu đứng sau và được báo. Cụm trong
    ngoặc kép gõ có dấu: chỉ lấy đúng dấu. Trong mỗi phần, khớp sát hơn đứng trước; chỉ xếp hạng 2.000 cái mới nhất.
    ``prefix``: từ cuối đang gõ dở.
    """
    query = vietnamese.parse(text, prefix=prefix)
    if not query:
        return Results((), ())
    asked = sources(tuple(kinds))
    found = [(source, matches(source, actor, on, query, most=offset + limit)) for source in asked]
    merged = heapq.merge(*([(source, match) for match in part.top] for source, part in found), key=_order)
    page = list(islice(merged, offset, offset + limit))
    return Results(
        hits=tuple(_hits(page, query)),
        counts=tuple(KindCount(s.kind, s.label, part.total, part.capped) for s, part in found),
    )


def _order(found: tuple[Source, Match]) -> tuple[bool, float, int]:
    return found[1].sort_key


def _hits(page: list[tuple[Source, Match]], query: vietnamese.Query) -> list[Hit]:
    texts: dict[tuple[str, int], tuple[str, str]] = {}
    for source in {source.kind: source for source, _match in page}.values():
        rows = [match.row for of, match in page if of.kind == source.kind]
        texts |= {(source.kind, pk): text for pk, text in _texts(source, rows).items()}
    return [_hit(source, match, *texts[source.kind, match.row], query) for source, match in page]


def _texts(source: Source, rows: list[int]) -> dict[int, tuple[str, str]]:
    """Tên và đoạn trích của các dòng."""
    columns = (*source.title, *source.snippet)
    split = len(source.title)
    values = source.model._default_manager.filter(pk__in=rows).values_list("pk", *columns)
    return {pk: (_joined(texts[:split]), _joined(texts[split:])) for pk, *texts in values}


def _joined(texts: Sequence[object]) -> str:
    return " · ".join(str(text) for text in texts if text)


def _hit(source: Source, match: Match, title: str, snippet: str, query: vietnamese.Query) -> Hit:
    exact = query.marked and match.exact
    return Hit(
        kind=source.kind,
        id=match.id,
        title=Marked(vietnamese.highlight(title, query, exact=exact)),
        snippet=Marked(vietnamese.highlight(snippet, query, exact=exact, width=SNIPPET_WIDTH)),
        differs_in_marks=query.marked and not match.exact,
    )
