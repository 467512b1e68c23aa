"""Kiểm tra thường trực: mỗi ứng dụng đăng ký câu hỏi của mình, dòng lệnh và trang sức khỏe cùng đọc câu trả lời.

Ứng dụng ghi trong ``<app>/health_checks.py``: ``register("tên", _("nhãn"), hàm)``; hàm trả về ``Finding``.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Finding:
    """Trả lời của một kiểm tra. ``sentence``: điều thấy, và phải làm gì nếu không ổn. ``count``: số cái không ổn."""

    ok: bool
    sentence: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """Một dòng của trang sức khỏe. ``name`` là mã ổn định, ``seconds`` là thời gian kiểm tra."""

    name: str
    label: str
    ok: bool
    sentence: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Check:
    label: object
    run: Callable[[], Finding]


_checks: dict[str, _Check] = {}
_discovered = False


def register(name: str, label: object, run: Callable[[], Finding]) -> None:
    """``name``: mã ổn định "<app>.<điều>". ``label``: gettext_lazy. ``run`` chỉ đọc, xong trong khoảng một giây."""
    if name in _checks:
        raise ValueError(f"Kiểm tra {name} đã đăng ký.")
    _checks[name] = _Check(label, run)


def run_checks() -> list[Result]:
    """Chạy mọi kiểm tra, theo thứ tự mã. Kiểm tra không chạy được cũng là một điều không ổn, không che kiểm tra khác."""
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("health_checks")
    return [_result(name, _checks[name]) for name in sorted(_checks)]


def _result(name: str, check: _Check) -> Result:
    began = time.monotonic()
    try:
        with transaction.atomic():  # lỗi của một câu SQL không làm hỏng giao dịch của kiểm tra sau
            finding = check.run()
    except Exception as error:  # noqa: BLE001  (ứng dụng nào cũng đăng ký được, lỗi nào cũng phải hiện thành một dòng)
        sentence = _("Không kiểm tra được: %(why)s") % {"why": f"{type(error).__name__}: {str(error).strip()}"}
        finding = Finding(False, " ".join(sentence.split()), 1)
    spent = round(time.monotonic() - began, 3)
    return Result(name, str(check.label), finding.ok, finding.sentence, finding.count, spent)
