"""Tiến độ của việc dài: ghi từ việc nền, đọc từ trang. Ghi ngoài giao dịch của đợt để trang thấy ngay."""

import threading
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from tinhgon.core import clock
from tinhgon.core.models import Progress

State = Progress.State
LONGEST_SENTENCE = 500


def start(kind: str, *, total: int, sentence: str) -> Progress:
    """Mở một việc dài còn chờ; ``total``: số phần việc."""
    return Progress.objects.create(
        kind=kind, total=total, sentence=_fitting(sentence), updated_at=clock.now()
    )


def advance(progress_id: UUID | str, *, done: int, total: int, sentence: str) -> None:
    """Đã làm ``done`` trên ``total``. Lần đầu gọi đánh dấu giờ bắt đầu; việc đã dừng mà chạy tiếp thì lại là đang chạy."""
    moment = clock.now()
    Progress.objects.filter(pk=progress_id).update(
        state=State.RUNNING,
        done=done,
        total=total,
        sentence=_fitting(sentence),
        started_at=Coalesce("started_at", Value(moment)),
        updated_at=moment,
        finished_at=None,
    )


def advance_apart(progress_id: UUID | str, *, done: int, total: int, sentence: str) -> None:
    """Như ``advance``, bằng một kết nối khác (luồng khác): nơi gọi còn trong giao dịch mà trang vẫn thấy ngay."""

    def run() -> None:
        try:
            advance(progress_id, done=done, total=total, sentence=sentence)
        finally:
            connection.close()

    teller = threading.Thread(target=run)
    teller.start()
    teller.join()


def finish(progress_id: UUID | str, *, sentence: str, failed: bool = False) -> None:
    """Xong, hoặc dừng vì lỗi, với một câu nói điều đã xảy ra. Dừng vì lỗi thì giữ số đã làm."""
    moment = clock.now()
    Progress.objects.filter(pk=progress_id).update(
        state=State.FAILED if failed else State.DONE,
        done=F("done") if failed else F("total"),
        sentence=_fitting(sentence),
        updated_at=moment,
        finished_at=moment,
    )


def time_left(progress: Progress) -> timedelta | None:
    """Ước lượng thời gian còn lại theo nhịp từ đầu tới giờ; ``None`` khi chưa đủ để đoán."""
    if progress.state != State.RUNNING or not progress.started_at or progress.done <= 0:
        return None
    spent = progress.updated_at - progress.started_at
    return max(timedelta(), spent * ((progress.total - progress.done) / progress.done))


def _fitting(sentence: str) -> str:
    """Câu vừa cột: câu lỗi nêu mọi lý do có thể rất dài."""
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[: LONGEST_SENTENCE - 1]}…"
