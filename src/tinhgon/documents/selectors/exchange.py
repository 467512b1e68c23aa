"""Ai đã nhận, từ bao giờ; nơi nào im lặng quá hạn; lời xin nào chờ cơ quan mình trả lời. Số câu SQL không theo số dòng."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import (
    Delivery,
    DeliveryStep,
    Document,
    ExchangeRequest,
    NumberSeries,
    Outbox,
    PartnerOrgan,
    Receipt,
)
from tinhgon.engine.edxml.states import Code
from tinhgon.org.access import scope_of
from tinhgon.org.selectors.units import UnitAt, units_at

Way = Delivery.Way
_SILENT = Q(code__in=["", "01"], is_withdrawn=False, way__in=[Way.INTERNAL, Way.NETWORK])


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """Một dòng gửi để hiện. ``since``: trạng thái này từ lúc nào. ``problem``: đường truyền đang trục trặc gì."""

    delivery: Delivery
    steps: tuple[DeliveryStep, ...]
    since: datetime
    is_silent: bool
    request: ExchangeRequest | None
    problem: str
    is_stuck: bool
    heir: UnitAt | None

    @property
    def can_ask(self) -> bool:
        sent = self.delivery
        return sent.way != Way.PAPER and not (sent.is_asked or sent.is_withdrawn) and sent.code not in ("02", "06")

    @property
    def by_hand(self) -> bool:
        return self.delivery.way in (Way.PAPER, Way.FILE) and self.delivery.code in ("", "01") and not self.delivery.is_withdrawn


def lines_of(deliveries: Iterable[Delivery], *, on: date) -> list[DeliveryLine]:
    listed = list(deliveries)
    steps: dict[int, list[DeliveryStep]] = {}
    for step in DeliveryStep.objects.filter(delivery__in=listed).order_by("pk"):
        steps.setdefault(step.delivery_id, []).append(step)
    asked = {r.delivery_id: r for r in ExchangeRequest.objects.filter(delivery__in=listed).order_by("pk")}
    stuck = {row.delivery_id: row for row in Outbox.objects.filter(delivery__in=listed).exclude(state=Outbox.State.SENT).order_by("-pk")}
    units = units_at({one.to_unit_id for one in listed if one.to_unit_id}, on=on)
    made = []
    for one in listed:
        known, waiting = tuple(steps.get(one.pk, ())), stuck.get(one.pk)
        unit = units.get(one.to_unit_id) if one.to_unit_id else None
        made.append(DeliveryLine(
            delivery=one, steps=known, since=known[-1].at if known else one.sent_at, is_silent=is_silent(one, on=on),
            request=asked.get(one.pk), problem=waiting.problem if waiting else "",
            is_stuck=bool(waiting and waiting.state == Outbox.State.FAILED), heir=unit if unit and not unit.is_open else None,
        ))  # fmt: skip
    return made


def is_silent(delivery: Delivery, *, on: date) -> bool:
    """Quá hạn hồi âm (ngày làm việc kế tiếp) mà nơi nhận chưa vào sổ, chưa từ chối (NĐ 30/2020, Điều 21)."""
    automatic = delivery.way in (Way.INTERNAL, Way.NETWORK)
    late = delivery.answer_due_on is not None and delivery.answer_due_on < on
    return automatic and late and delivery.code in ("", "01") and not delivery.is_withdrawn


def of_document(document: Document, *, on: date) -> list[DeliveryLine]:
    """Các dòng gửi của một văn bản đã được thấy."""
    return lines_of(document.deliveries.order_by("pk"), on=on)


def connected_organs() -> QuerySet[PartnerOrgan]:
    """Cơ quan ở hệ thống đang nối: gửi là đi ngay."""
    return PartnerOrgan.objects.filter(partner__is_active=True).exclude(partner__address="").order_by("pk")


def sent_to(document: Document) -> frozenset[tuple[str, int | str]]:
    """Nơi đã gửi mà không từ chối, không lấy lại: ("units", mã), ("organs", mã) hay ("paper", tên)."""
    still = document.deliveries.filter(is_withdrawn=False).exclude(code=Code.REFUSED).values_list("to_unit", "to_organ", "to_name")
    return frozenset(("units", unit) if unit else ("organs", organ) if organ else ("paper", name) for unit, organ, name in still)


def receipt_of(document: Document) -> tuple[Receipt, ExchangeRequest | None] | None:
    """Biên nhận của một văn bản đến qua trao đổi, và lời xin đang chờ."""
    receipt = Receipt.objects.filter(arrival__document=document).first()
    if receipt is None:
        return None
    return receipt, receipt.requests.filter(state=ExchangeRequest.State.PENDING).first()


def deliveries(actor: Actor, *, on: date, state: str = "", text: str = "") -> QuerySet[Delivery]:
    """Dòng gửi của các cơ quan mình giữ sổ hay đứng đầu. ``state``: "silent", "refused", "asked", "withdrawn", "open"."""
    scope = scope_of(actor, on=on)
    rows = Delivery.objects.select_related("document", "document__type")
    if not actor.is_system:
        mine = scope.clerk_units | scope.whole_units
        kept = NumberSeries.objects.filter(keeper__in=mine).values("pk")
        rows = rows.filter(Q(from_unit__in=mine) | Q(document__series__in=kept))
        rows = rows.filter(document__in=visible_to(actor, on=on).values("pk"))
    wanted = {
        "silent": _SILENT & Q(answer_due_on__lt=on), "refused": Q(code="02"), "asked": Q(is_asked=True),
        "withdrawn": Q(is_withdrawn=True), "open": Q(is_withdrawn=False) & ~Q(code__in=["02", "06"]),
    }.get(state, Q())  # fmt: skip
    if text:
        wanted &= Q(to_name__icontains=text) | Q(document__symbol__icontains=text) | Q(document__summary__icontains=text)
    return rows.filter(wanted)


def requests_waiting(actor: Actor, *, on: date) -> QuerySet[ExchangeRequest]:
    """Lời xin lấy lại, cập nhật, thay thế chờ cơ quan mình trả lời, cũ trước."""
    units = scope_of(actor, on=on).clerk_units
    return (
        ExchangeRequest.objects.filter(receipt__to_unit__in=units, state=ExchangeRequest.State.PENDING)
        .select_related("receipt__arrival__document").order_by("pk")
    )  # fmt: skip
