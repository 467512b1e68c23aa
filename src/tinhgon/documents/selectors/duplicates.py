"""Bản đã có: cùng tác giả, số ký hiệu, ngày; hoặc cùng nội dung tệp. Chỉ trong các văn bản người hỏi được thấy."""

from collections.abc import Collection
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef, Q

from tinhgon.core.actor import Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Arrival, ArrivalFile, Attachment, Document
from tinhgon.engine.vietnamese import tone_norm, words

_SHOWN = 5


def same_paper(
    actor: Actor, *, on: date, issuer_name: str, symbol: str, issued_on: date | None, files: Collection[int] = ()
) -> list[Document]:
    """Các văn bản đã có mà thứ sắp vào sổ có thể chính là chúng, gần nhất trước; nhiều nhất năm bản."""
    named = Document.objects.filter(symbol__iexact=symbol.strip(), issued_on=issued_on) if symbol.strip() and issued_on else Document.objects.none()
    holding = Attachment.objects.filter(file__in=files)
    # hai câu nối nhau để mỗi câu đi đúng chỉ mục của nó: "hoặc" trong một câu thì phải đọc cả sổ
    candidates = sorted(named.values_list("pk").union(holding.values_list("document")), reverse=True)[:50]
    if not candidates:  # hầu hết văn bản là mới: không dựng câu hỏi "ai thấy gì" khi không có gì để thấy
        return []
    found = visible_to(actor, on=on).filter(pk__in=[pk for (pk,) in candidates]).exclude(state=Document.State.VOID)
    with_file = set(Attachment.objects.filter(file__in=files, document__in=found).values_list("document", flat=True)) if files else set()
    rows = found.select_related("type").defer("search_folded", "search_exact", "content").order_by("-pk")
    return [row for row in rows if row.pk in with_file or _key(row.issuer_name) == _key(issuer_name)][:_SHOWN]


def waiting_twins(arrival: Arrival) -> list[Arrival]:
    """Thứ khác còn chờ trong cùng khay mà có tệp cùng nội dung, hay máy đọc thấy cùng số ký hiệu, ngày, tác giả (đến hai đường)."""
    same_file = Exists(ArrivalFile.objects.filter(arrival=OuterRef("pk"), file__in=arrival.files.values("file")))
    alike = Q(has_same_file=True)
    symbol, day, issuer = (_read(arrival, name) for name in ("so_ky_hieu", "ngay", "co_quan"))
    if symbol and day:
        alike |= Q(reading__fields__so_ky_hieu__value__iexact=symbol, reading__fields__ngay__value=day)
    waiting = Arrival.objects.annotate(has_same_file=same_file).filter(alike, to_unit=arrival.to_unit_id, state__in=Arrival.WAITING)
    others = waiting.exclude(pk=arrival.pk).order_by("pk")
    found = (other for other in others if other.has_same_file or _key(_read(other, "co_quan")) == _key(issuer))
    return list(islice(found, _SHOWN))


def _read(arrival: Arrival, name: str) -> str:
    return str(arrival.reading.get("fields", {}).get(name, {}).get("value", ""))


def _key(name: str) -> str:
    return tone_norm(words(name)).strip()
