"""Hồ sơ: danh sách, mục lục, hồ sơ gợi ý cho một văn bản, hồ sơ hết thời hạn."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from tinhgon.core.actor import Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.dossier_access import dossiers_kept_by, dossiers_visible_to
from tinhgon.documents.models import (
    Direction,
    DisposalItem,
    DisposalList,
    Document,
    Dossier,
    DossierEntry,
    RetentionPeriod,
)
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import descendants, organs_of
from tinhgon.search.filters import typed

State = Dossier.State


@dataclass(frozen=True, slots=True)
class ContentLine:
    """Một dòng mục lục. ``is_hidden``: văn bản mà người xem không được thấy, chỉ biết là có."""

    order: int
    entry: DossierEntry
    document: Document | None
    is_hidden: bool

    @property
    def title(self) -> str:
        if self.document is None:
            return self.entry.title
        return f"{self.document.type.name}: {self.document.summary}"

    @property
    def symbol(self) -> str:
        return self.document.symbol if self.document else self.entry.symbol

    @property
    def author(self) -> str:
        return self.document.issuer_name if self.document else self.entry.author

    @property
    def issued_on(self) -> date | None:
        return self.document.issued_on if self.document else self.entry.issued_on

    @property
    def pages(self) -> int | None:
        return self.document.pages if self.document else self.entry.pages


def retention_periods(*, on: date) -> list[RetentionPeriod]:
    """Thời hạn bảo quản có hiệu lực ngày ``on``: dài trước, vĩnh viễn đầu."""
    found = RetentionPeriod.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)
    return list(found.order_by(F("years").desc(nulls_first=True), "pk"))


def rooms_of(unit_id: int, *, on: date) -> set[int]:
    """Đơn vị giữ hồ sơ và các phòng bên trong nó; không sang cơ quan khác ở dưới."""
    below = descendants([unit_id], on=on) | {unit_id}
    organs = organs_of(below, on=on)
    return {unit for unit in below if organs.get(unit) == organs.get(unit_id)}


def all_periods() -> list[RetentionPeriod]:
    """Mọi thời hạn, cả đã thôi dùng; kèm ``used``: số hồ sơ đã chọn."""
    found = RetentionPeriod.objects.annotate(used=Subquery(_chosen_count()))
    return list(found.order_by(F("valid_until").desc(nulls_first=True), F("years").desc(nulls_first=True), "pk"))


def _chosen_count() -> QuerySet[Dossier, int]:
    chosen = Dossier.objects.filter(retention=OuterRef("pk")).order_by().values("retention")
    return chosen.annotate(count=Count("*")).values_list("count", flat=True)


def dossiers(actor: Actor, *, on: date, text: str = "", state: str = "", mine: bool = False) -> QuerySet[Dossier]:
    """Hồ sơ thấy được, kèm số dòng mục lục."""
    found = dossiers_visible_to(actor, on=on).filter(typed(text))
    if state:
        found = found.filter(state=state)
    if mine:
        found = found.filter(keeper__in=scope_of(actor, on=on).within(Covers.DOCUMENTS).people)
    counted = DossierEntry.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier").annotate(found=Count("*"))
    found = found.annotate(count=Coalesce(Subquery(counted.values("found")), 0))
    return found.select_related("retention", "function", "keeper").defer("search_folded", "search_exact")


def contents(actor: Actor, dossier: Dossier, *, on: date) -> list[ContentLine]:
    """Mục lục theo thứ tự; văn bản không thấy được thì ẩn nội dung. Hai câu SQL."""
    entries = list(dossier.entries.all())
    wanted = [entry.document_id for entry in entries if entry.document_id]
    seen = {
        document.pk: document
        for document in visible_to(actor, on=on).filter(pk__in=wanted).select_related("type").defer("content")
    }  # fmt: skip
    return [
        ContentLine(order, entry, seen.get(entry.document_id or 0), bool(entry.document_id) and entry.document_id not in seen)
        for order, entry in enumerate(entries, start=1)
    ]


def filed_in(actor: Actor, document_id: int, *, on: date) -> list[Dossier]:
    """Các hồ sơ thấy được có văn bản này."""
    return list(dossiers_visible_to(actor, on=on).filter(entries__document=document_id).order_by("pk"))


def open_for_filing(actor: Actor, document: Document, *, on: date) -> list[Dossier]:
    """Hồ sơ đang lập mà người này thường đưa văn bản vào được, chưa có văn bản ấy: cùng lĩnh vực trước, của mình trước."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    already = DossierEntry.objects.filter(dossier=OuterRef("pk"), document=document)
    own = Q(keeper__in=scope.people) | Q(holder__in=scope.whole_units)
    found = dossiers_visible_to(actor, on=on).filter(own, ~Exists(already), state=State.OPEN)
    fits = Case(When(function=document.function_id, function__isnull=False, then=Value(0)), default=Value(1), output_field=IntegerField())
    mine = Case(When(keeper__in=scope.people, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(found.select_related("function").order_by(fits, mine, "-pk")[:100])


def ready_to_hand_over(actor: Actor, *, on: date) -> QuerySet[Dossier]:
    """Hồ sơ đã kết thúc, chưa nộp lưu, không đang chờ hủy, mà chính người này nộp được."""
    closed = dossiers_kept_by(actor, on=on).filter(~_in_disposal(), state=State.CLOSED)
    return closed.select_related("retention").order_by("closed_on", "pk")


def past_retention(unit_ids: set[int] | frozenset[int], *, on: date) -> list[Dossier]:
    """Hồ sơ của các đơn vị đã hết thời hạn bảo quản, không bị giữ lại, không nằm trong danh mục hủy nào đang làm.

    Thời hạn tính từ ngày 01/01 của năm sau năm hồ sơ kết thúc; vĩnh viễn thì không bao giờ hết.
    """
    found = Dossier.objects.filter(
        ~_in_disposal(), holder__in=unit_ids, state__in=(State.CLOSED, State.ARCHIVED), hold_reason="", retention__years__isnull=False
    ).filter(closed_on__year__lt=on.year - F("retention__years"))
    return list(found.select_related("retention").order_by("closed_on", "pk"))


def _in_disposal() -> Exists:
    return Exists(DisposalItem.objects.filter(dossier=OuterRef("pk"), disposal__state__in=DisposalList.OPEN))


def is_unfinished(document: Document) -> bool:
    """Văn bản còn việc: dự thảo, đang xử lý, hay văn bản đến chưa xử lý. Văn bản đi đã ban hành thì coi là xong."""
    waiting = document.state == Document.State.REGISTERED and document.direction == Direction.INCOMING
    return waiting or document.state in (Document.State.IN_PROCESS, *Document.UNNUMBERED)


def destroyable(dossier_ids: list[int]) -> tuple[list[Document], list[Document]]:
    """(hủy được, phải giữ) trong các văn bản của những hồ sơ sắp hủy.

    Phải giữ: văn bản chưa xử lý xong, hay còn nằm trong một hồ sơ khác chưa hủy (đang lập, bị giữ lại, chưa hết hạn).
    """
    documents = Document.objects.filter(filed_in__dossier__in=dossier_ids).distinct().defer("content", "search_folded", "search_exact")
    elsewhere = DossierEntry.objects.filter(document=OuterRef("pk")).exclude(dossier__in=dossier_ids)
    elsewhere = elsewhere.exclude(dossier__state=State.DESTROYED)
    free: list[Document] = []
    kept: list[Document] = []
    for document in documents.annotate(is_elsewhere=Exists(elsewhere)).order_by("pk"):
        (kept if document.is_elsewhere or is_unfinished(document) else free).append(document)
    return free, kept
