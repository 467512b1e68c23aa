"""Một mã cho mỗi yêu cầu: cửa đặt, nhật ký đọc."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[uuid.UUID | None] = ContextVar("request_id", default=None)


@contextmanager
def request(request_id: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """Mở một yêu cầu: mọi dòng nhật ký bên trong mang cùng một mã."""
    chosen = request_id or uuid.uuid4()
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)


def current_id() -> uuid.UUID | None:
    return _current.get()
