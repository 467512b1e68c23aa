"""Trang quy tắc: ai cũng đọc, chỉ chánh văn phòng sửa; trang dự thảo nêu lỗi thể thức và sửa giúp."""

import pytest
from django.test import Client
from django.urls import reverse

from tinhgon.core import clock
from tinhgon.core.models import User
from tinhgon.documents.models import Document, RuleSetVersion
from tinhgon.documents.services.versions import save_version
from tinhgon.documents.tests.factories import TODAY, Office

pytestmark = pytest.mark.django_db
RULE = ("web:rule_edit", ["HD36-2018", "number.pad"])


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def office():
    return Office()


def browser(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_everybody_reads_the_rules_and_only_the_office_head_is_offered_to_change_them(office):
    for actor, may in ((office.specialist, False), (office.clerk, False), (office.head, True)):
        client = browser(actor)
        assert "Hướng dẫn 36-HD/VPTW" in client.get(reverse("web:rule_sets")).content.decode()
        page = client.get(reverse("web:rule_set", args=["HD36-2018"])).content.decode()
        assert "Số nhỏ hơn 10 thêm số 0 phía trước" in page
        assert "qua nguồn khác đọc lại" in page
        assert (reverse(RULE[0], args=RULE[1]) in page) == may


def test_a_change_without_a_reason_keeps_what_was_typed(office):
    client, before = browser(office.head), RuleSetVersion.objects.count()
    typed = {"wording": "Câu mới", "severity": "warning", "certainty": "seen", "document": "HD 36", "clause": "", "reason": ""}
    answer = client.post(reverse(RULE[0], args=RULE[1]), typed)
    assert answer.status_code == 422
    assert "Câu mới" in answer.content.decode()
    assert RuleSetVersion.objects.count() == before
    assert client.post(reverse(RULE[0], args=RULE[1]), typed | {"reason": "Đối chiếu"}).status_code == 302
    page = client.get(reverse("web:rule_set", args=["HD36-2018"])).content.decode()
    assert "<ins>Câu mới</ins>" in page


def test_the_draft_page_tells_faults_and_one_button_mends_them(office):
    draft = office.draft(authority="TM. BAN THƯỜNG VỤ", signer_position="PHÓ BÍ THƯ")
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="I. MỤC ĐÍCH\nHết./.")
    client = browser(office.specialist)
    page = client.get(reverse("web:document", args=[draft.pk])).content.decode()
    assert "chặn ban hành" in page
    assert "Sửa giúp" in page
    client.post(reverse("web:form_mend", args=[draft.pk]))
    draft = Document.objects.get(pk=draft.pk)
    assert draft.authority == "T/M BAN THƯỜNG VỤ"
    assert draft.versions.order_by("-number").first().body == "I- MỤC ĐÍCH\nHết."
