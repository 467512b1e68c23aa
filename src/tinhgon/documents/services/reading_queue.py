"""Xếp hàng việc đọc và tiến độ của một đợt. Việc nền tìm theo tên, nên dịch vụ không nạp ``jobs`` (jobs nạp dịch vụ)."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tinhgon.core import clock, progress
from tinhgon.core.models import Progress
from tinhgon.documents.models import Arrival

READ, FILL, IMPORT = "documents.read_arrival", "documents.fill_content", "documents.import_register"
KIND = "documents.intake"
_SEEN_EVERY = timedelta(seconds=1)
"""Trang hỏi tiến độ vài giây một lần: đếm lại cả đợt sau từng tệp chỉ tốn máy."""


def read_later(arrival_id: int) -> None:
    """Đọc sau khi giao dịch này xong."""
    app.configure_task(READ).defer(arrival_id=arrival_id)


def fill_later(document_id: int) -> None:
    """Đọc chữ của các tệp đính kèm vào toàn văn, sau khi giao dịch này xong."""
    app.configure_task(FILL).defer(document_id=document_id)


def import_later(**told: Any) -> None:
    """Nhập một sổ cũ, sau khi giao dịch này xong; mỗi lúc một sổ, vì sổ khóa theo thứ tự."""
    app.configure_task(IMPORT, lock=IMPORT).defer(**told)


def open_progress(batch: uuid.UUID) -> None:
    """Tiến độ của đợt: mở nếu chưa có, rồi đếm lại."""
    Progress.objects.get_or_create(pk=batch, defaults={"kind": KIND, "updated_at": clock.now()})
    _count(batch)


def report(batch: uuid.UUID) -> None:
    """Một thứ của đợt vừa đọc xong: mỗi giây đếm lại nhiều nhất một lần, riêng thứ cuối cùng thì luôn đếm."""
    waiting = Arrival.objects.filter(batch=batch, state=Arrival.State.RECEIVED)
    just_told = Progress.objects.filter(pk=batch, updated_at__gt=clock.now() - _SEEN_EVERY)
    if not just_told.filter(Exists(waiting)).exists():
        _count(batch)


def _count(batch: uuid.UUID) -> None:
    """Đếm lại từ chính các dòng của đợt, nên việc chạy lại hay chạy song song cũng không đếm sai."""
    states = Arrival.State
    found = Arrival.objects.filter(batch=batch).aggregate(
        total=Count("pk"), left=Count("pk", filter=Q(state=states.RECEIVED)), bad=Count("pk", filter=Q(state=states.FAILED)),
    )  # fmt: skip
    total, left, bad = found["total"], found["left"], found["bad"]
    if left:
        progress.advance(batch, done=total - left, total=total, sentence=_("Đang đọc các tệp vừa tới"))
        return
    progress.advance(batch, done=total, total=total, sentence="")
    sentence = _("Đã đọc xong %(total)d văn bản: %(good)d chờ vào sổ, %(bad)d không đọc được.")
    progress.finish(batch, sentence=sentence % {"total": total, "good": total - bad, "bad": bad})
