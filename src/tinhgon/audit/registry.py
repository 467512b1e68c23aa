"""Hai sổ đăng ký: lời văn của mã nhật ký, và phép tính lại băm của một đợt."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.module_loading import autodiscover_modules

from tinhgon.audit.models import Entry

_wordings: dict[str, object] = {}
_batch_hashers: dict[str, Callable[[Entry], str]] = {}
_discovered = False


def words(wordings: Mapping[str, object]) -> None:
    """Mã -> câu (gettext_lazy), với ``%(tên)s`` lấy từ ``after`` rồi ``before``. Gọi trong ``<app>/audit_wording.py``."""
    _wordings.update(wordings)


def batch_hasher(code: str, hasher: Callable[[Entry], str]) -> None:
    """Cách tính lại ``batch_hash`` của các dòng mang mã ``code`` từ dữ liệu hiện có."""
    _batch_hashers[code] = hasher


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(entry: Entry) -> str:
    """Dòng nhật ký đọc thành câu; mã chưa có lời văn thì chính là mã."""
    _discover()
    wording = _wordings.get(entry.code)
    if wording is None:
        return entry.code
    return str(wording) % _Blank(entry.before | entry.after)


def hasher_of(code: str) -> Callable[[Entry], str] | None:
    _discover()
    return _batch_hashers.get(code)


def known_codes() -> frozenset[str]:
    _discover()
    return frozenset(_wordings)


def _discover() -> None:
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("audit_wording")
