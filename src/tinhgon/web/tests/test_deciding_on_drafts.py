"""Trả lời, ký, trả lại một dự thảo: trang nói ai hỏi, hỏi gì, tới bao giờ và để chính bản ấy cạnh biểu mẫu."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.models import User
from tinhgon.documents.models import ApprovalStep, Document, Opinion
from tinhgon.documents.selectors.paths import Seat
from tinhgon.documents.services import approval, opinions, versions
from tinhgon.documents.tests.factories import Office, person_of

ON = clock.today()
WITH_PICTURE = '<img class="sheet"'


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def draft(office: Office) -> Document:
    made = office.draft(on=ON)
    versions.save_version(office.specialist, on=ON, document_id=made.pk, body="1. Nội dung")
    return made


@pytest.fixture
def asked(office: Office, draft: Document) -> Opinion:
    opinions.ask_opinions(
        office.specialist, on=ON, document_id=draft.pk, units=[office.board], due_on=ON + timedelta(days=3), question="Thời hạn báo cáo đã hợp lý chưa?"
    )
    return Opinion.objects.get()


@pytest.fixture
def step(office: Office, draft: Document) -> ApprovalStep:
    seats = [Seat(1, "approve", office.office, person_of(office.head)), Seat(2, "sign", office.city, person_of(office.secretary))]
    approval.submit(office.specialist, on=ON, document_id=draft.pk, seats=seats)
    return ApprovalStep.objects.get(order=1)


def test_who_answers_reads_the_question_its_deadline_and_the_version_asked(office: Office, asked: Opinion) -> None:
    versions.save_version(office.specialist, on=ON, document_id=asked.document_id, body="1. Nội dung mới")
    text = signed_in(office.board_head).get(f"/van-ban/y-kien/{asked.pk}/tra-loi/").content.decode()
    assert "Thời hạn báo cáo đã hợp lý chưa?" in text
    assert "Về bản 1 của dự thảo; trả lời trước" in text
    assert f"/van-ban/{asked.document_id}/ban/1/trang-1.png" in text
    assert f"/van-ban/{asked.document_id}/ban/2/" not in text


def test_a_missing_choice_among_buttons_is_named_and_leads_to_the_first_button(office: Office, asked: Opinion) -> None:
    page = signed_in(office.board_head).post(f"/van-ban/y-kien/{asked.pk}/tra-loi/", {"remark": "Xin góp ý"})
    assert page.status_code == 422
    assert '<a href="#id_stance_0">Ý kiến</a>: Ô này bắt buộc nhập.' in page.content.decode()
    asked.refresh_from_db()
    assert asked.state == Opinion.State.WAITING


@pytest.mark.parametrize("address", ["ky/", "ky/?sua=1", "tra-lai/"])
def test_who_signs_or_returns_has_the_paper_beside_the_form(office: Office, step: ApprovalStep, address: str) -> None:
    text = signed_in(office.head).get(f"/van-ban/buoc/{step.pk}/{address}").content.decode()
    assert WITH_PICTURE in text
    assert f"/van-ban/{step.document_id}/ban/1/trang-1.png" in text


def test_approving_with_changes_puts_the_text_before_the_remark(office: Office, step: ApprovalStep) -> None:
    text = signed_in(office.head).get(f"/van-ban/buoc/{step.pk}/ky/?sua=1").content.decode()
    assert text.index('name="body"') < text.index('name="note"')
