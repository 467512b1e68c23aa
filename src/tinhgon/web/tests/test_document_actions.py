"""Đầu trang văn bản: đúng một nút chính, là việc đang phải làm; phần còn lại trong một bảng chọn; hủy không bao giờ là nút chính."""

import re

import pytest
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.models import User
from tinhgon.documents.models import Document
from tinhgon.documents.services.versions import save_version
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.web.states import tone_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def head_of(actor: Actor, document: Document) -> str:
    """Phần nút ở đầu trang."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/van-ban/{document.pk}/").content.decode()
    return page[page.index('class="page-actions"') : page.index("</header>", page.index('class="page-actions"'))]


def main_action(head: str) -> list[str]:
    return re.findall(r'class="btn btn-primary"[^>]*>([^<]+)<', head)


def test_an_empty_draft_asks_for_its_text_and_a_written_one_for_signatures() -> None:
    office = Office()
    draft = office.draft()
    assert main_action(head_of(office.specialist, draft)) == ["Soạn nội dung"]
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    head = head_of(office.specialist, draft)
    assert main_action(head) == ["Trình ký"]
    menu = head[head.index("more-actions") :]
    for rest in ("Soạn nội dung", "Lấy ý kiến", "Xin thẩm định", "Trình cấp số", "Sửa thông tin", "Đính kèm tệp"):
        assert f">{rest}<" in menu


def test_who_may_only_void_is_not_offered_it_as_the_main_action() -> None:
    office = Office()
    document = office.incoming()
    head = head_of(office.clerk, document)
    assert "Hủy số" not in main_action(head)
    assert head.index("Hủy số") > head.index("more-actions")


def test_an_archive_that_has_received_is_done_and_a_tray_that_has_received_is_not() -> None:
    assert tone_of("received", "transfer") == "green"
    assert tone_of("received") == "amber"
