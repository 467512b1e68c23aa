"""Hình dạng của dữ liệu vào ra. Chữ vào đều chuẩn NFC, không ký tự rỗng; số nằm trong cỡ của cơ sở dữ liệu."""

import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Schema
from pydantic import AfterValidator, Field


def _clean(text: str) -> str:
    if "\x00" in text:
        raise ValueError("Chữ không được có ký tự rỗng.")
    return unicodedata.normalize("NFC", text).strip()


Text = Annotated[str, AfterValidator(_clean)]
Key = Annotated[int, Path(ge=1, le=2**63 - 1)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Why(Schema):
    code: str
    detail: str
    field: str = ""
    data: dict[str, Any] = {}


class Problem(Schema):
    """RFC 9457; ``reasons``: mọi lý do cùng lúc. ``refusal``: chữ ký của nhà này lên lời từ chối một thông điệp (digest, at, signature)."""

    type: str
    title: str
    status: int
    detail: str
    reasons: list[Why]
    refusal: dict[str, str] | None = None


ERRORS = {frozenset({400, 401, 403, 404, 409, 413, 422, 429, 503}): Problem}
"""Mọi mã lỗi API trả về; ``codes_4xx`` của ninja thiếu 422."""


class UnitOut(Schema):
    id: int
    name: str


class DocumentOut(Schema):
    id: int
    direction: str
    state: str
    type: str
    type_code: str
    symbol: str
    number: int | None
    number_suffix: str
    summary: str
    issuer_name: str
    issued_on: date | None
    arrived_on: date | None
    due_on: date | None
    finished_on: date | None
    signer_name: str
    signer_position: str
    authority: str
    place: str
    receivers: str
    urgency: int
    secrecy: int
    holder: UnitOut


class DocumentsOut(Schema):
    items: list[DocumentOut]
    page: int
    size: int
    total: int
    capped: bool = Field(description="Còn nhiều hơn con số total.")


class Wanted(Schema):
    """Bộ lọc của danh sách."""

    direction: Literal["", "incoming", "outgoing", "internal"] = ""
    state: Literal["", "draft", "ready", "registered", "in_process", "done", "void", "dropped"] = ""
    text: Annotated[Text, Field(max_length=200)] = ""
    date_from: date | None = None
    date_to: date | None = None
    open_only: bool = False
    overdue: bool = False
    order: Literal["-id", "id", "-issued_on", "issued_on", "-arrived_on", "arrived_on", "due_on", "-due_on", "number", "-number", "-urgency"] = "-id"
    page: Annotated[int, Query(ge=1, le=100_000)] = 1
    size: Annotated[int, Query(ge=1, le=200)] = 50


class IncomingIn(Schema):
    """Văn bản đến để vào sổ. ``addressed_to``: danh tính cơ quan nhận; ``type_code``: mã tên loại (GET /types)."""

    addressed_to: Number
    type_code: Annotated[Text, Field(max_length=30)]
    symbol: Annotated[Text, Field(max_length=60)] = ""
    summary: Annotated[Text, Field(min_length=1, max_length=2000)]
    issued_on: Annotated[date, Field(ge=date(1930, 2, 3))]
    issuer_name: Annotated[Text, Field(min_length=1, max_length=200)]
    arrived_on: date | None = None
    heir: Number | None = None
    signer_name: Annotated[Text, Field(max_length=120)] = ""
    signer_position: Annotated[Text, Field(max_length=120)] = ""
    authority: Annotated[Text, Field(max_length=120)] = ""
    place: Annotated[Text, Field(max_length=80)] = ""
    receivers: Annotated[Text, Field(max_length=5000)] = ""
    pages: Annotated[int, Field(ge=0, le=100_000)] | None = None
    copies: Annotated[int, Field(ge=0, le=100_000)] | None = None
    urgency: Annotated[int, Field(ge=0, le=4)] = 0
    due_on: date | None = None
    despite: Annotated[Text, Field(max_length=500, description="Lý do vẫn vào sổ dù đã có bản giống.")] = ""


class TypeOut(Schema):
    code: str
    name: str
    abbreviation: str


class AttachmentOut(Schema):
    id: int
    name: str
    size: int
    sha256: str
    content_type: str
    added_at: datetime


class ArrivalOut(Schema):
    id: int
    channel: str
    state: str
    sender: str
    subject: str
    to_unit: int
    document: int | None
    received_at: datetime


class ArrivalsOut(Schema):
    items: list[ArrivalOut]
    page: int
    size: int
    total: int
    capped: bool


class StepOut(Schema):
    code: str
    said: str
    at: datetime


class DeliveryOut(Schema):
    id: int
    way: str
    to_name: str
    code: str
    is_asked: bool
    is_withdrawn: bool
    sent_at: datetime
    heard_at: datetime | None
    answer_due_on: date | None
    steps: list[StepOut]


class ReceiptOut(Schema):
    """Biên nhận của một thông điệp: ``digest`` là SHA-256 của nguyên byte đã gửi.

    ``signature``: RSA SHA-256 (PKCS #1 v1.5, base64) trên ba dòng "tinhgon-receipt-1", ``digest``, ``at``, bằng khóa của nơi nhận.
    """

    digest: str
    kind: str
    at: str
    signature: str
    again: bool = False
