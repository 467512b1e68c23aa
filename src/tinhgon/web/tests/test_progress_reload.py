"""Trang chờ một việc dài tự tải lại một lần khi việc xong, và chỉ khi trang ấy muốn thế."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from tinhgon.core import clock, progress
from tinhgon.core.models import User

pytestmark = pytest.mark.django_db
ASKS = "data-reload-when-done"
READER = Client()


@pytest.fixture(autouse=True)
def reader() -> None:
    READER.force_login(User.objects.create(username="doc", display_name="Người đọc", created_at=clock.now()))


def shown(job, tag: str) -> str:
    return Template(f"{{% progress job {tag} %}}").render(Context({"job": job}))


def polled(job, text: str) -> str:
    """Lần hỏi lại kế tiếp, ở đúng địa chỉ mà trang ghi."""
    address = text.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith(reverse("web:progress", args=[job.pk]))
    answer = READER.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_answer_that_says_done_asks_the_waiting_page_to_reload_once() -> None:
    job = progress.start("thu", total=2, sentence="Đang chờ")
    page = shown(job, "reload=True")
    assert ASKS not in polled(job, page)
    progress.finish(job.pk, sentence="Xong")
    assert ASKS in polled(job, page)
    job.refresh_from_db()
    assert ASKS not in shown(job, "reload=True"), "trang tải lại rồi thì không tải lại nữa"


def test_a_page_that_only_tells_is_left_alone() -> None:
    job = progress.start("thu", total=2, sentence="Đang chờ")
    page = shown(job, 'land="/to-chuc/"')
    progress.finish(job.pk, sentence="Xong")
    assert ASKS not in polled(job, page)
