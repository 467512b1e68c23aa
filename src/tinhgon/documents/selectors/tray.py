"""Khay đến: danh sách, đếm theo kênh, thứ kế tiếp."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from tinhgon.core.actor import Actor
from tinhgon.documents.access_tray import arrivals_visible_to
from tinhgon.documents.models import Arrival
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """Một kênh: còn chờ bao nhiêu, trong đó không đọc được bao nhiêu."""

    channel: str
    label: str
    waiting: int
    failed: int


def arrivals(actor: Actor, *, on: date, state: str = "", channel: str = "", text: str = "") -> QuerySet[Arrival]:
    """Các dòng của khay. ``state``: một trạng thái, hoặc "cho" là mọi thứ còn chờ."""
    found = arrivals_visible_to(actor, on=on)
    if state == "cho":
        found = found.filter(state__in=Arrival.WAITING)
    elif state:
        found = found.filter(state=state)
    if channel:
        found = found.filter(channel=channel)
    if text:
        found = found.filter(Q(subject__icontains=text) | Q(sender__icontains=text) | Q(files__name__icontains=text)).distinct()
    return with_read(found.select_related("document", "same_as"))


def with_read(found: QuerySet[Arrival]) -> QuerySet[Arrival]:
    """Kèm trích yếu, số ký hiệu, cơ quan máy đọc được, để dòng gọi tên văn bản chứ không gọi tên tệp."""
    return found.defer("reading").annotate(
        read_summary=_read("trich_yeu"), read_symbol=_read("so_ky_hieu"), read_issuer=_read("co_quan"),
    )  # fmt: skip


def _read(name: str) -> KeyTextTransform:
    """Một ô máy đọc được, lấy từ JSON ngay trong câu SQL: danh sách không nạp cả kết quả đọc."""
    return KeyTextTransform("value", KeyTransform(name, KeyTransform("fields", "reading")))


def waiting(actor: Actor, *, on: date) -> QuerySet[Arrival]:
    """Thứ còn chờ trong các khay mà mình là văn thư: cũ trước."""
    return _mine(actor, on).filter(state__in=Arrival.WAITING).order_by("received_at", "pk")


def by_channel(actor: Actor, *, on: date) -> list[ChannelCount]:
    """Còn chờ theo kênh, chỉ kênh có việc."""
    rows = _mine(actor, on).filter(state__in=Arrival.WAITING).values("channel").order_by("channel")
    counted = rows.annotate(waiting=Count("pk"), failed=Count("pk", filter=Q(state=Arrival.State.FAILED)))
    labels = dict(Arrival.Channel.choices)
    return [ChannelCount(r["channel"], str(labels[r["channel"]]), r["waiting"], r["failed"]) for r in counted]


def reading_batch(actor: Actor, *, on: date) -> UUID | None:
    """Đợt còn đang đọc gần nhất trong các khay của mình."""
    found = _mine(actor, on).filter(state=Arrival.State.RECEIVED, batch__isnull=False)
    return found.order_by("-pk").values_list("batch", flat=True).first()


def next_waiting(actor: Actor, *, on: date, after: int) -> Arrival | None:
    """Thứ tiếp theo đã đọc xong: sau ``after``, hết thì vòng về đầu khay."""
    found = _mine(actor, on).filter(state__in=[Arrival.State.READY, Arrival.State.FAILED]).exclude(pk=after)
    return found.filter(pk__gt=after).order_by("pk").first() or found.order_by("pk").first()


def _mine(actor: Actor, on: date) -> QuerySet[Arrival]:
    return arrivals_visible_to(actor, on=on).filter(to_unit__in=scope_of(actor, on=on).within(Covers.DOCUMENTS).clerk_units)
