"""Tiến độ của việc dài: ghi từ việc nền, đọc từ trang. Ghi ngoài giao dịch của đợt để trang thấy ngay."""

from datetime import timedelta

from tinhgon.core import clock
from tinhgon.core.models import Progress

State = Progress.State


def start(kind: str, *, total: int, sentence: str) -> Progress:
    """Mở một việc dài còn chờ; ``total``: số phần việc."""
    return Progress.objects.create(kind=kind, total=total, sentence=sentence, updated_at=clock.now())


def advance(progress_id: object, *, done: int, total: int, sentence: str) -> None:
    """Đã làm ``done`` trên ``total``. Lần đầu gọi đánh dấu giờ bắt đầu."""
    moment = clock.now()
    rows = Progress.objects.filter(pk=progress_id)
    rows.filter(started_at__isnull=True).update(started_at=moment)
    rows.update(state=State.RUNNING, done=done, total=total, sentence=sentence, updated_at=moment)


def finish(progress_id: object, *, sentence: str, failed: bool = False) -> None:
    """Xong, hoặc dừng vì lỗi, với một câu nói điều đã xảy ra."""
    moment = clock.now()
    state = State.FAILED if failed else State.DONE
    Progress.objects.filter(pk=progress_id).update(state=state, sentence=sentence, updated_at=moment, finished_at=moment)


def time_left(progress: Progress) -> timedelta | None:
    """Ước lượng thời gian còn lại theo nhịp từ đầu tới giờ; ``None`` khi chưa đủ để đoán."""
    if progress.state != State.RUNNING or not progress.started_at or progress.done <= 0:
        return None
    spent = progress.updated_at - progress.started_at
    return spent * ((progress.total - progress.done) / progress.done)
