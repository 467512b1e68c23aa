"""Hai sổ đăng ký: lời văn của mã nhật ký, và phép tính lại băm của một đợt."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.module_loading import autodiscover_modules

from tinhgon.audit.models import Entry

_wordings: dict[str, object] = {}
_batch_hashers: dict[str, Callable[[Entry], str]] = {}
_discovered = False
_ORDINALS = frozenset({"number", "restores", "version", "round", "level", "year"})
"""Tên của những số thứ tự: đọc liền, không tách hàng nghìn."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")


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
    said = {name: _written(value, is_count=name not in _ORDINALS) for name, value in (entry.before | entry.after).items()}
    return str(wording) % _Blank(said)


def _written(value: Any, *, is_count: bool) -> Any:
    """Ngày và số trong nhật ký cất theo máy (để băm); đọc lên thì viết như người viết: 01/07/2025, 07:30 01/07/2025, 1.044."""
    if is_count and isinstance(value, int | float) and not isinstance(value, bool):
        return number_format(value, use_l10n=True, force_grouping=True)
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return value
    try:
        if len(value) == len("2025-07-01"):
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{timezone.localtime(moment) if timezone.is_aware(moment) else moment:%H:%M %d/%m/%Y}"


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
