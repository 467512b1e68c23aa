"""Nơi nhận thông điệp edXML của hệ thống khác. Không mã truy cập: chữ ký của đối tác đã đăng ký là giấy thông hành."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import HttpRequest
from ninja import Router

from tinhgon.api.auth import per_address
from tinhgon.api.schemas import ERRORS, ReceiptOut
from tinhgon.core.errors import Broken, Invalid, Reason, TinhGonError
from tinhgon.documents.services.exchange import receiving
from tinhgon.documents.services.exchange.wording import refusal
from tinhgon.engine.edxml.model import MOST_BYTES, BadMessage

SMALL = 2 * 1024**2
PATIENCE = 20
"""Giây chờ tới lượt; bên gửi chờ 30 giây rồi tự gửi lại."""

_PIECE = 256 * 1024
_ONE = threading.Lock()

router = Router(tags=["Liên thông"])
_BODY = {"requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string", "format": "binary"}}}}}


@router.post("/messages", auth=None, throttle=[per_address], response={200: ReceiptOut, **ERRORS}, openapi_extra=_BODY,
             summary="Nhận một thông điệp edXML đã ký")  # fmt: skip
def message(request: HttpRequest) -> Any:
    if not request.headers.get("Content-Type", "").startswith(("application/xml", "text/xml")):
        raise Invalid(Reason("exchange.content_type", "Thông điệp phải gửi với Content-Type application/xml."))
    with SpooledTemporaryFile(max_size=SMALL) as body:
        size = _copy(request, body)
        body.seek(0)
        if size <= SMALL:
            return _received(request, body.read())
        with _one_big():
            return _received(request, body.read())


def _received(request: HttpRequest, data: bytes) -> Any:
    """Bị từ chối thì câu trả lời cũng ký bằng khóa của nhà này: ``api.main.problem`` gọi khi đã biết mã và câu."""
    try:
        return receiving.receive(data)
    except TinhGonError:
        request.sign_refusal = partial(receiving.refused, data)  # type: ignore[attr-defined]
        raise


def _copy(request: HttpRequest, body: IO[bytes]) -> int:
    """Thân thông điệp xuống tệp tạm từng khúc, có hạn, không tin Content-Length."""
    size = 0
    while piece := request.read(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise refusal(BadMessage("too_big"))
        body.write(piece)
    return size


@contextmanager
def _one_big() -> Iterator[None]:
    """Mở một thông điệp 48 MB (cây XML, tệp kèm) tốn vài trăm MB: mỗi tiến trình mở từng cái một, những cái khác nằm trên đĩa chờ."""
    if not _ONE.acquire(timeout=PATIENCE):
        raise Broken(Reason("exchange.busy", "Đang nhận một thông điệp lớn khác: hãy gửi lại sau."))
    try:
        yield
    finally:
        _ONE.release()
