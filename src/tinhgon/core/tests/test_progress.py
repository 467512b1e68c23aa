"""Tiến độ của việc dài: đọc lại được sau khi tải lại trang, chạy tiếp được sau khi dừng."""

from datetime import timedelta

import pytest

from tinhgon.core import clock, progress
from tinhgon.core.models import Progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Progress:
    return progress.start("test.move", total=200, sentence="Đang chờ.")


def test_a_job_waits_then_runs_then_is_done(job: Progress) -> None:
    assert (job.state, job.started_at) == (progress.State.WAITING, None)
    progress.advance(job.pk, done=50, total=200, sentence="Đã chuyển 50 trên 200.")
    job.refresh_from_db()
    assert (job.state, job.done, job.sentence) == (progress.State.RUNNING, 50, "Đã chuyển 50 trên 200.")
    progress.finish(job.pk, sentence="Đã xong.")
    job.refresh_from_db()
    assert (job.state, job.done, job.finished_at is not None) == (progress.State.DONE, 200, True)


def test_a_failed_job_keeps_how_far_it_came_and_can_go_on(job: Progress) -> None:
    progress.advance(job.pk, done=50, total=200, sentence="…")
    started = Progress.objects.get().started_at
    progress.finish(job.pk, sentence="Mất kết nối.", failed=True)
    job.refresh_from_db()
    assert (job.state, job.done, job.sentence) == (progress.State.FAILED, 50, "Mất kết nối.")
    progress.advance(job.pk, done=60, total=200, sentence="…")
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.started_at) == (progress.State.RUNNING, None, started)


def test_the_time_left_follows_the_pace_so_far(job: Progress) -> None:
    assert progress.time_left(job) is None
    moment = clock.now()
    job.state, job.done = progress.State.RUNNING, 50
    job.started_at, job.updated_at = moment, moment + timedelta(seconds=10)
    assert progress.time_left(job) == timedelta(seconds=30)


def test_a_sentence_longer_than_the_column_is_cut_not_refused(job: Progress) -> None:
    progress.finish(job.pk, sentence="lý do " * 200, failed=True)
    assert Progress.objects.get().sentence.endswith("…")
