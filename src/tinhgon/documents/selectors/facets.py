"""Đếm các văn bản vừa tìm thấy theo nhóm, để thu hẹp. Chỉ đếm trong các mã được đưa vào (nhiều nhất 2.000)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tinhgon.documents.models import Document

MOST = 8


@dataclass(frozen=True, slots=True)
class Facets:
    """``types``: (mã, tên, số); ``years``: (năm, số); ``organs``: (tên, số). Nhiều trước."""

    types: list[tuple[int, str, int]]
    years: list[tuple[int, int]]
    organs: list[tuple[str, int]]


def facets(rows: Sequence[int]) -> Facets:
    """Một câu SQL. ``rows`` đã lọc theo quyền."""
    types: Counter[tuple[int, str]] = Counter()
    years: Counter[int] = Counter()
    organs: Counter[str] = Counter()
    for kind, name, issued, organ in Document.objects.filter(pk__in=rows).values_list("type", "type__name", "issued_on", "issuer_name"):
        types[kind, name] += 1
        if issued:
            years[issued.year] += 1
        if organ:
            organs[organ] += 1
    return Facets(
        [(kind, name, count) for (kind, name), count in types.most_common(MOST)],
        sorted(years.items(), reverse=True)[:MOST],
        organs.most_common(MOST),
    )
