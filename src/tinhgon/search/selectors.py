"""Tìm trong mọi nguồn đã đăng ký, trong tầm được thấy của người hỏi."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType

from django.db.models import Q, Value
from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tinhgon.core.actor import Actor
from tinhgon.engine import vietnamese
from tinhgon.search.matching import EVERY, Match, matches
from tinhgon.search.registry import Source, sources

SNIPPET_WIDTH = 180
MOST_READ = 60_000
"""Đoạn trích chỉ tìm trong chừng này ký tự đầu của toàn văn: hai mươi dòng dài trăm trang không làm chậm một trang kết quả."""


@dataclass(frozen=True, slots=True)
class Texts:
    title: str
    snippet: str
    content: str


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
    """Số tìm thấy của một loại; ``capped``: nhiều hơn mức đếm, hiện "2.000+". ``rows``: mã của chúng, khi là bảng lớn."""

    kind: str
    label: object
    total: int
    capped: bool
    rows: tuple[int, ...] = ()


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
    narrowed: Mapping[str, Q] = MappingProxyType({}),
) -> Results:
    """Các cái tìm thấy mà ``actor`` được thấy ngày ``on``.

    Gõ không dấu: không phân biệt dấu. Gõ có dấu: đúng dấu đứng trước, chỉ khác dấu đứng sau và được báo. Cụm trong
    ngoặc kép gõ có dấu: chỉ lấy đúng dấu. Trong mỗi phần, khớp sát hơn đứng trước; chỉ xếp hạng 2.000 cái mới nhất.
    ``prefix``: từ cuối đang gõ dở. ``narrowed``: loại -> điều kiện lọc thêm trên bảng của loại ấy.
    """
    query = vietnamese.parse(text, prefix=prefix)
    if not query:
        return Results((), ())
    asked = sources(tuple(kinds))
    found = [
        (source, matches(source, actor, on, query, most=offset + limit, where=narrowed.get(source.kind, EVERY)))
        for source in asked
    ]
    merged = heapq.merge(*([(source, match) for match in part.top] for source, part in found), key=_order)
    page = list(islice(merged, offset, offset + limit))
    return Results(
        hits=tuple(_hits(page, query)),
        counts=tuple(KindCount(s.kind, s.label, part.total, part.capped, part.rows) for s, part in found),
    )


def _order(found: tuple[Source, Match]) -> tuple[bool, float, int]:
    return found[1].sort_key


def _hits(page: list[tuple[Source, Match]], query: vietnamese.Query) -> list[Hit]:
    texts: dict[tuple[str, int], Texts] = {}
    for source in {source.kind: source for source, _match in page}.values():
        rows = [match.row for of, match in page if of.kind == source.kind]
        texts |= {(source.kind, pk): text for pk, text in _texts(source, rows).items()}
    return [_hit(source, match, texts[source.kind, match.row], query) for source, match in page]


def _texts(source: Source, rows: list[int]) -> dict[int, Texts]:
    """Tên, đoạn trích sẵn có và toàn văn (nếu có) của các dòng."""
    content = Left(source.large.content, MOST_READ) if source.large else Value("")
    columns = (*source.title, *source.snippet)
    split = len(source.title)
    values = source.model._default_manager.filter(pk__in=rows).values_list("pk", *columns, content)
    return {pk: Texts(_joined(texts[:split]), _joined(texts[split:]), content) for pk, *texts, content in values}


def _joined(texts: Sequence[object]) -> str:
    return " · ".join(str(text) for text in texts if text)


def _hit(source: Source, match: Match, texts: Texts, query: vietnamese.Query) -> Hit:
    exact = query.marked and match.exact
    within = vietnamese.around(texts.content, query, exact=exact, size=3 * SNIPPET_WIDTH) if texts.content else ""
    return Hit(
        kind=source.kind,
        id=match.id,
        title=Marked(vietnamese.highlight(texts.title, query, exact=exact)),
        snippet=Marked(vietnamese.highlight(within or texts.snippet, query, exact=exact, width=SNIPPET_WIDTH)),
        differs_in_marks=query.marked and not match.exact,
    )
