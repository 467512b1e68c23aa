"""Trao đổi văn bản trong thế giới mẫu: thư đã vào sổ nối lại với nơi gửi, vài thư còn ở khay, một lời xin lấy lại, một nơi từ chối,
một đối tác ngoài chưa nối. Không vào sổ thêm văn bản nào: số của các sổ là của phần văn bản.
"""

from datetime import datetime, timedelta

from tinhgon.cli.demo.world import MORNING, TODAY, Unit, World
from tinhgon.core.actor import SYSTEM
from tinhgon.documents.models import Arrival, Delivery, DeliveryStep, Document, ExchangeRequest, Receipt
from tinhgon.documents.services.exchange import asking, partners, sending
from tinhgon.documents.services.noting import note_arrival
from tinhgon.engine.edxml.states import Code
from tinhgon.org.models import ExternalCode
from tinhgon.org.selectors.units import units_at

_MOST_LINKED = 400
_CODES = {"registered": "03", "in_process": "05", "done": "06"}
_PARTNER = (("A45.H34", "Văn phòng Tỉnh ủy Bình Dương"), ("A45.H34.01", "Ban Tổ chức Tỉnh ủy Bình Dương"))


def write(world: World) -> None:
    _codes(world)
    partners.keep(SYSTEM, on=TODAY, name="Hệ thống văn bản Tỉnh ủy Bình Dương", organs=list(_PARTNER))
    _link_registered()
    _still_on_the_way(world)


def _codes(world: World) -> None:
    """Mã định danh của Thành ủy, các cơ quan của Thành ủy và vài cấp ủy dưới."""
    city = world.city
    units = [city, *city.agencies, *city.lower[:20]]
    ExternalCode.objects.bulk_create(
        ExternalCode(unit_id=unit.id, scheme="dinh-danh", era="2025", code=f"A01.H29.{number:03d}") for number, unit in enumerate(units)
    )


def _link_registered() -> None:
    """Văn bản đến từ cơ quan trong hệ thống: dựng lại dòng gửi và biên nhận, trạng thái theo việc thật của nơi nhận."""
    received = Document.objects.filter(direction="incoming", issuer__isnull=False, secrecy=0, state__in=_CODES, received_for=None).order_by("pk")[:_MOST_LINKED]
    sent = {(d.issuer_id, d.symbol, d.type_id): d for d in Document.objects.filter(direction="outgoing", secrecy=0, number__isnull=False)}
    pairs = [(sent[key], one) for one in received if (key := (one.issuer_id, one.symbol, one.type_id)) in sent]
    units = units_at({one.holder_id for _out, one in pairs}, on=TODAY)
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            document=out, from_unit_id=out.holder_id, way="internal", to_unit_id=one.holder_id, to_name=units[one.holder_id].name, code=_CODES[one.state],
            sent_at=one.created_at - timedelta(minutes=40), heard_at=one.created_at, answer_due_on=one.arrived_on,
        )
        for out, one in pairs
    )  # fmt: skip
    arrivals = Arrival.objects.bulk_create(
        Arrival(to_unit_id=one.holder_id, addressed_to_id=one.holder_id, channel="internal", state="registered", key=f"delivery:{delivery.pk}",
                sender=one.issuer_name, subject=one.summary, document=one, received_at=delivery.sent_at, handled_at=one.created_at)
        for delivery, (_out, one) in zip(deliveries, pairs, strict=True)
    )  # fmt: skip
    Receipt.objects.bulk_create(
        Receipt(to_unit_id=one.holder_id, arrival=arrival, delivery=delivery, from_name=one.issuer_name, message_id=f"#{one.issuer_id}", code=delivery.code,
                received_at=delivery.sent_at)
        for delivery, arrival, (_out, one) in zip(deliveries, arrivals, pairs, strict=True)
    )  # fmt: skip
    DeliveryStep.objects.bulk_create(
        DeliveryStep(delivery=delivery, code=code, said="Đã gửi" if not code else "", at=at)
        for delivery in deliveries for code, at in _steps(delivery)
    )  # fmt: skip


def _steps(delivery: Delivery) -> list[tuple[str, datetime]]:
    assert delivery.heard_at is not None
    passed = [code for code in ("03", "05", "06") if code <= delivery.code]
    return [("", delivery.sent_at), ("01", delivery.sent_at), *((code, delivery.heard_at + timedelta(hours=n)) for n, code in enumerate(passed))]


def _still_on_the_way(world: World) -> None:
    """Thư sáng nay và hôm qua của các cơ quan có tệp: chờ vào sổ, quá hạn hồi âm, bị từ chối, đang xin lấy lại."""
    with_files = Document.objects.filter(direction="outgoing", secrecy=0, attachments__isnull=False, state__in=[*Document.OPEN, "done"], issuer__isnull=False)
    taken = set(Delivery.objects.values_list("document", "to_unit"))
    made: list[Delivery] = []
    for document in with_files.order_by("-pk").distinct()[:6]:
        near = [unit.id for unit in _around(world, document.issuer_id) if (document.pk, unit.id) not in taken][:3]
        if near:
            made += sending.send(SYSTEM, on=TODAY, document_id=document.pk, unit_ids=near)
    for number, delivery in enumerate(made):
        if number % 5 == 1:
            Delivery.objects.filter(pk=delivery.pk).update(sent_at=MORNING - timedelta(days=4), answer_due_on=TODAY - timedelta(days=1))
        if number == 2:
            arrival = Arrival.objects.get(receipt__delivery=delivery)
            Arrival.objects.filter(pk=arrival.pk).update(state="refused", reason="Văn bản không thuộc thẩm quyền giải quyết", handled_at=MORNING)
            note_arrival(arrival, Code.REFUSED, "Văn bản không thuộc thẩm quyền giải quyết")
    asked = next((one for one in Delivery.objects.filter(code="03").order_by("-pk")), None) or next(iter(made), None)
    if asked is not None and not ExchangeRequest.objects.exists():
        asking.ask(SYSTEM, on=TODAY, document_id=asked.document_id, kind="recall", reason="Sai số liệu tại mục 2, gửi lại sau", delivery_ids=[asked.pk])


def _around(world: World, issuer_id: int | None) -> list[Unit]:
    issuer = next((unit for unit in world.units if unit.id == issuer_id), None)
    if issuer is None:
        return []
    committee = issuer.committee
    return [unit for unit in (committee, *committee.agencies, *committee.lower) if unit.is_organ and unit.id != issuer_id]

