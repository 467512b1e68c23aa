"""Nội dung của một cuốn sổ: trang mở, các dòng theo số, trang kết với lời giải thích cho mọi số không còn dùng."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.access import rows_seen
from tinhgon.documents.models import Direction, Document, NumberSeries
from tinhgon.documents.printing import cells
from tinhgon.documents.printing.columns import COLUMNS, Column, Kind
from tinhgon.documents.selectors.registers import Gap as Told
from tinhgon.documents.selectors.registers import book, gaps
from tinhgon.org.selectors.units import path

T = TypeVar("T")
Key = tuple[int, str]
CHUNK = 1_000
"""Số văn bản đọc một lần: sổ dài bao nhiêu cũng chỉ tốn bấy nhiêu bộ nhớ."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Một số cần lời giải thích ở trang kết. ``key``: (số, hậu tố); ``is_empty``: không có dòng nào mang; ``is_inserted``: số chèn thêm."""

    number: str
    reason: str
    key: Key
    is_empty: bool = False

    @property
    def is_inserted(self) -> bool:
        return bool(self.key[1])


@dataclass(frozen=True, slots=True)
class Line:
    """Một văn bản trong sổ và các dòng của nó; sổ chuyển giao mỗi lần chuyển một dòng, chưa chuyển thì không dòng nào."""

    key: Key
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Book:
    """Một cuốn sổ đã chọn kỳ. ``entries``: số văn bản; ``first``, ``last``: số đầu và số cuối trong kỳ."""

    kind: Kind
    superior: str
    organ: str
    keeper: str
    subject: str
    period: str
    entries: int
    first: int
    last: int
    gaps: tuple[Gap, ...]
    on: date
    documents: QuerySet[Document]

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS[self.kind]

    def lines(self) -> Iterator[Line]:
        """Các văn bản theo số, mỗi văn bản với các dòng của nó."""
        keys = [column.key for column in self.columns]
        for chunk in pieces(self.documents.iterator(chunk_size=CHUNK), CHUNK):
            found = cells.rows(self.kind, keys, chunk, on=self.on)
            yield from (Line((document.number or 0, document.number_suffix), rows) for document, rows in zip(chunk, found, strict=True))

    def rows(self) -> Iterator[list[str]]:
        """Mọi dòng theo số, không kể văn bản nào."""
        for line in self.lines():
            yield from line.rows

    def is_still(self, now: "Book") -> bool:
        """``now``: cùng sổ, đọc lại sau khi in. Các số đã in còn nguyên: không số nào vừa hủy, chèn thêm hay mới dùng tới."""
        told = tuple(gap for gap in now.gaps if gap.key[0] <= self.last)
        return told == self.gaps and now.documents.filter(number__lte=self.last).count() == self.entries


def pieces(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """Từng khúc ``size`` phần tử, không nạp cả."""
    rest = iter(found)
    while piece := list(islice(rest, size)):
        yield piece


def kinds_for(series: NumberSeries) -> list[Kind]:
    """Các mẫu sổ in được từ một dãy số."""
    if series.kind == NumberSeries.Kind.COPIES:
        return [Kind.COPIES, Kind.POST]
    if series.direction == Direction.INCOMING:
        return [Kind.SECRET_IN if series.is_secret else Kind.INCOMING, Kind.HANDOVER, Kind.FOLLOWING]
    return [Kind.SECRET_OUT if series.is_secret else Kind.OUTGOING, Kind.HANDOVER, Kind.POST]


def book_of(
    actor: Actor, series_id: int, *, on: date, kind: str = "", since: date | None = None, until: date | None = None
) -> Book:
    """Cuốn sổ của một dãy số mà người này giữ hay được xem; sổ mật chỉ mở cho người được xem mật.

    ``NotFound`` khi không được xem; ``Invalid`` khi mẫu sổ không hợp với dãy số, hay ngày đầu sau ngày cuối.
    """
    series = book(actor, series_id, on=on)
    chosen = _chosen(series, kind, since, until)
    incoming = series.direction == Direction.INCOMING
    day = "arrived_on" if incoming else "issued_on"
    found = rows_seen(actor, on=on).filter(series=series)
    if since:
        found = found.filter(**{f"{day}__gte": since})
    if until:
        found = found.filter(**{f"{day}__lte": until})
    edges = found.aggregate(first=Min("number"), last=Max("number"))
    whole = since is None and until is None
    first, last = (1, series.last_number) if whole and series.last_number else (edges["first"] or 0, edges["last"] or 0)
    found = found.filter(number__lte=last)  # văn bản lấy số sau lúc này để cho lần in sau: bìa đã ghi tới số cuối
    told = [g for g in gaps(actor, series.pk, on=on) if first <= g.number <= last]
    # Tên lúc sổ đang dùng: sổ của đơn vị đã kết thúc vẫn mang tên của nó.
    named_on = min(until or on, series.closed_on or on)
    chain = path(series.organ_id, on=named_on)
    keeper = path(series.keeper_id, on=on)
    return Book(
        kind=chosen,
        superior=chain[-2].name if len(chain) > 1 else "",
        organ=chain[-1].name if chain else "",
        keeper=keeper[-1].name if keeper and series.keeper_id != series.organ_id else "",
        subject=_subject(series),
        period=_period(since, until, series),
        entries=found.count(),
        first=first,
        last=last,
        gaps=tuple(Gap(f"{g.number:02d}{g.suffix}", _explained(g), (g.number, g.suffix), g.document is None) for g in told),
        on=on,
        documents=found.select_related("type", "copy_of").defer("content", "search_folded", "search_exact").order_by("number", "number_suffix"),
    )  # fmt: skip


def _chosen(series: NumberSeries, kind: str, since: date | None, until: date | None) -> Kind:
    able = kinds_for(series)
    reasons = []
    if kind and kind not in able:
        names = ", ".join(str(each.label) for each in able)
        reasons.append(Reason("documents.no_such_book", _("Sổ này không in được theo mẫu ấy; các mẫu in được: %(names)s.") % {"names": names}, "mau"))
    if since and until and since > until:
        reasons.append(Reason("documents.dates_in_order", _("Từ ngày phải trước hoặc bằng đến ngày."), "tu"))
    if reasons:
        raise Invalid(*reasons)
    return Kind(kind) if kind else able[0]


def _explained(gap: Told) -> str:
    words = {"void": _("Đã hủy số: %(reason)s"), "held": _("Đang giữ số: %(reason)s"), "late": _("Số chèn: %(reason)s")}
    return words.get(gap.kind, "%(reason)s") % {"reason": gap.reason}


def _subject(series: NumberSeries) -> str:
    """Sổ của tên loại nào, nhiệm kỳ hay năm nào."""
    time = series.congress.name if series.congress else series.term.name if series.term else _("Năm %(year)s") % {"year": series.year}
    return f"{series.type.name} · {time}" if series.type else time


def _period(since: date | None, until: date | None, series: NumberSeries) -> str:
    first, last = since or series.opened_on, until or series.closed_on
    if last is None:
        return _("Từ ngày %(since)s") % {"since": f"{first:%d/%m/%Y}"}
    return _("Từ ngày %(since)s đến ngày %(until)s") % {"since": f"{first:%d/%m/%Y}", "until": f"{last:%d/%m/%Y}"}
