"""Một văn bản tới khay của cơ quan nhận, cùng biên nhận. Đường trong hệ thống, trục liên thông và tệp chung một chỗ này."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tinhgon.core import clock
from tinhgon.documents.models import Arrival, ArrivalFile, Delivery, Document, Partner, Receipt
from tinhgon.documents.services.exchange.signers import read_as, signers_of
from tinhgon.documents.services.noting import tell
from tinhgon.documents.services.reading_queue import read_later
from tinhgon.engine.edxml.states import Code, after
from tinhgon.engine.formats import day_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Cái vừa tới. ``files``: (mã tệp đã cất, tên). ``reading``: các ô, đúng dạng của ``Arrival.reading``."""

    to_unit_id: int
    message_id: str
    from_name: str
    subject: str
    reading: Mapping[str, Any]
    files: Iterable[tuple[int, str]]
    to_code: str = ""
    from_code: str = ""
    received_for_id: int | None = None
    delivery: Delivery | None = None
    partner: Partner | None = None


def arrive(coming: Coming) -> Receipt:
    """Đặt vào khay, báo nơi gửi 01."""
    arrival = Arrival.objects.create(
        to_unit_id=coming.to_unit_id, channel=Arrival.Channel.INTERNAL if coming.delivery else Arrival.Channel.EXCHANGE,
        state=Arrival.State.READY, key=f"delivery:{coming.delivery.pk}" if coming.delivery else f"{coming.message_id}|{coming.to_code}"[:300],
        sender=coming.from_name[:200], subject=coming.subject[:2000], reading=dict(coming.reading), received_at=clock.now(),
    )  # fmt: skip
    ArrivalFile.objects.bulk_create(ArrivalFile(arrival=arrival, file_id=file, name=name) for file, name in coming.files)
    receipt = Receipt(
        to_unit_id=coming.to_unit_id, to_code=coming.to_code, received_for_id=coming.received_for_id, arrival=arrival,
        delivery=coming.delivery, partner=coming.partner, from_code=coming.from_code, from_name=coming.from_name[:200],
        message_id=coming.message_id, received_at=arrival.received_at,
    )  # fmt: skip
    receipt.standing = after(receipt.standing, Code.ARRIVED)
    receipt.save()
    tell(receipt, Code.ARRIVED)
    read_later(arrival.pk)  # chữ của tệp cho tìm kiếm, và dấu chỉ độ mật
    return receipt


def reading_of(document: Document) -> dict[str, Any]:
    """Các ô của một văn bản đi, cho khay của nơi nhận ngay trong hệ thống: chép từ bản gốc nên chắc chắn."""
    return sure_reading(
        so_ky_hieu=document.symbol, loai=document.type.name, co_quan=document.issuer_name, dia_danh=document.place,
        ngay=day_said(document.issued_on), trich_yeu=document.summary, noi_nhan=document.receivers, **read_as(signers_of(document)),
    )  # fmt: skip


def sure_reading(**values: str) -> dict[str, Any]:
    """Dạng của ``Arrival.reading``; ``sent``: các ô nơi gửi ghi, máy đọc tệp sau đó không đè lên được."""
    fields = {
        name: {"value": value, "confidence": 1.0, "page": None, "box": None, "must_confirm": False, "quote": ""}
        for name, value in values.items() if value
    }  # fmt: skip
    return {"fields": fields, "sent": fields, "proposals": [], "layout": ""}
