"""Văn bản này dẫn gì, ai dẫn nó: nối theo khóa ký hiệu, ngày và cơ quan, chỉ trong những văn bản người hỏi được thấy.

Không lưu mối nối: văn bản tới sau tự nối, và không ai biết qua viện dẫn rằng có một văn bản họ không được thấy.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.documents.access import rows_seen
from tinhgon.documents.models import Citation, Direction, Document
from tinhgon.engine import citations

MOST = 50


@dataclass(frozen=True, slots=True)
class Cited:
    """Một viện dẫn như đã viết; ``documents``: rỗng là không có hay không được thấy, một là nối, nhiều là để chọn."""

    written: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """Các văn bản dẫn văn bản này; ``more``: còn nhiều hơn."""

    documents: tuple[Document, ...]
    more: bool


def cited_by(actor: Actor, document: Document, *, on: date) -> list[Cited]:
    """Các văn bản mà ``document`` dẫn, theo thứ tự trong văn bản. Hai câu SQL."""
    listed = list(document.citations.order_by("ordinal")[:MOST])
    if not listed:
        return []
    found: dict[str, list[Document]] = defaultdict(list)
    for candidate in _light(rows_seen(actor, on=on).filter(text__symbol_key__in={c.key for c in listed}).exclude(pk=document.pk)):
        found[citations.key(candidate.symbol)].append(candidate)
    return [Cited(c.written, _fitting(c, found[c.key])) for c in listed]


def citing(actor: Actor, document: Document, *, on: date) -> Citing:
    """Các văn bản dẫn ``document``, mới trước: cùng ký hiệu, ngày không trái, cơ quan không trái."""
    key = citations.key(document.symbol)
    if not key or document.number is None:
        return Citing((), more=False)
    same = Citation.objects.filter(key=key).filter(Q(issued_on=None) | Q(issued_on=document.issued_on))
    fitting = {c.document_id for c in same.only("document_id", "organ")[:5_000] if _agrees(c.organ, document)} - {document.pk}
    if not fitting:
        return Citing((), more=False)
    seen = list(_light(rows_seen(actor, on=on).filter(pk__in=fitting)).order_by("-pk")[: MOST + 1])
    return Citing(tuple(seen[:MOST]), more=len(seen) > MOST)


def by_symbol(actor: Actor, typed: str, *, on: date, most: int = 8) -> list[Document]:
    """Văn bản theo số ký hiệu gõ vội: "15 cv vptu", "15-CV/VPTU", "cv 15"; đúng cả khóa trước, rồi gần đúng, mới trước."""
    parts = citations.key(typed).removeprefix("so ").split()
    numbers = [part for part in parts if part[0].isdigit()]
    if not numbers or len(parts) > 6:
        return []
    number, rest = numbers[0], [part for part in parts if part != numbers[0]]
    if not rest and len(number) > 5:
        return []
    wanted = Q(text__symbol_key=number) | Q(text__symbol_key__startswith=f"{number} ")
    for part in rest:
        wanted &= Q(text__symbol_key__contains=f" {part}")
    exact = " ".join([number, *rest])
    found = list(_light(rows_seen(actor, on=on).filter(wanted)).order_by("-pk")[: most * 4])
    return sorted(found, key=lambda d: (citations.key(d.symbol) != exact, -d.pk))[:most]


def _light(found: QuerySet[Document]) -> QuerySet[Document]:
    return found.select_related("type").defer("content", "search_folded", "search_exact").order_by("-pk")


def _fitting(citation: Citation, candidates: Iterable[Document]) -> tuple[Document, ...]:
    """Ứng viên cùng ngày (nếu viện dẫn nêu ngày), cơ quan khớp đứng trước; mỗi cơ quan một văn bản, bản gốc hơn bản đến."""
    dated = [d for d in candidates if citation.issued_on is None or d.issued_on == citation.issued_on]
    named = [d for d in dated if _agrees(citation.organ, d)] or dated
    one: dict[object, Document] = {}
    for document in named:
        who = (document.issuer_id or document.issuer_name.lower(), document.issued_on, document.type_id)
        known = one.get(who)
        if known is None or (known.direction == Direction.INCOMING and document.direction != Direction.INCOMING):
            one[who] = document
    return tuple(one.values())


def _agrees(organ: str, document: Document) -> bool:
    return not organ or not document.issuer_name or citations.same_organ(organ, document.issuer_name)
