"""Nơi nhận thông điệp edXML của hệ thống khác. Không mã truy cập: chữ ký của đối tác đã đăng ký là giấy thông hành."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tinhgon.api.auth import per_address
from tinhgon.api.schemas import ERRORS, ReceiptOut
from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.services.exchange import receiving
from tinhgon.documents.services.exchange.wording import refusal
from tinhgon.engine.edxml.model import MOST_BYTES, BadMessage

router = Router(tags=["Liên thông"])
_BODY = {"requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string", "format": "binary"}}}}}


@router.post("/messages", auth=None, throttle=[per_address], response={200: ReceiptOut, **ERRORS}, openapi_extra=_BODY,
             summary="Nhận một thông điệp edXML đã ký")  # fmt: skip
def message(request: HttpRequest) -> Any:
    if not request.headers.get("Content-Type", "").startswith(("application/xml", "text/xml")):
        raise Invalid(Reason("exchange.content_type", "Thông điệp phải gửi với Content-Type application/xml."))
    data = request.read(MOST_BYTES + 1)  # đọc có hạn, không tin Content-Length
    if len(data) > MOST_BYTES:
        raise refusal(BadMessage("too_big"))
    return receiving.receive(data)
