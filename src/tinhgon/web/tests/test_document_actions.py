"""Đầu trang văn bản: đúng một nút chính, là việc đang phải làm; phần còn lại trong một bảng chọn; hủy không bao giờ là nút chính."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from tinhgon.audit.models import Entry
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Invalid, Refused
from tinhgon.core.models import User
from tinhgon.documents.models import Document, RetentionPeriod
from tinhgon.documents.selectors.paths import Seat
from tinhgon.documents.services import appraisal, approval, dossiers, opinions
from tinhgon.documents.services.versions import save_version
from tinhgon.documents.tests.factories import TODAY, Office, person_of
from tinhgon.org.models import Role
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_actor
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


def test_a_draft_under_appraisal_waits_for_its_appraiser_and_is_not_sent_for_signatures() -> None:
    office = Office()
    draft = office.draft()
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    row = appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.board)
    head = head_of(office.specialist, draft)
    assert main_action(head) == []
    assert "Trình ký" not in head
    assert "Trình cấp số" not in head
    assert {"Rút lại khỏi thẩm định", "Soạn nội dung"} <= set(re.findall(r">([^<>]+)</a>", head))
    assert main_action(head_of(office.board_head, draft)) == ["Thẩm định"]
    appraisal.conclude_appraisal(office.board_head, on=TODAY, appraisal_id=row.pk, passed=False, conclusion="Sửa số liệu.")
    head = head_of(office.specialist, draft)
    assert main_action(head) == ["Soạn nội dung"]
    assert ">Xin thẩm định<" in head
    assert "Trình ký" not in head


def test_a_withdrawn_appraisal_leaves_the_draft_free_with_its_reason_on_record() -> None:
    office = Office()
    draft = office.draft()
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.board)
    with pytest.raises(Invalid):
        appraisal.withdraw_appraisal(office.specialist, on=TODAY, document_id=draft.pk, reason=" ")
    assert draft.appraisals.get().state == "waiting"
    appraisal.withdraw_appraisal(office.specialist, on=TODAY, document_id=draft.pk, reason="Thiếu phụ lục")
    assert draft.appraisals.get().state == "withdrawn"
    assert Entry.objects.filter(code="documents.appraisal_withdrawn").exists()
    assert main_action(head_of(office.specialist, draft)) == ["Trình ký"]
    with pytest.raises(Refused):
        appraisal.withdraw_appraisal(office.specialist, on=TODAY, document_id=draft.pk, reason="Lần nữa")


def test_a_draft_out_for_opinions_is_closed_only_after_its_deadline_as_the_main_action(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 6, 20, 8, tzinfo=UTC))
    office = Office()
    draft = office.draft()
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    opinions.ask_opinions(
        office.specialist, on=TODAY, document_id=draft.pk, units=[office.board], people=[], question="", due_on=TODAY + timedelta(days=3),
        due_time=time(17),
    )  # fmt: skip
    assert main_action(head_of(office.board_head, draft)) == ["Trả lời"]
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 6, 21, 8, tzinfo=UTC))
    assert main_action(head_of(office.specialist, draft)) == []
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 7, 1, 8, tzinfo=UTC))
    assert main_action(head_of(office.specialist, draft)) == ["Kết thúc lấy ý kiến"]


def test_a_signer_finds_the_step_as_the_one_main_action() -> None:
    office = Office()
    draft = office.draft()
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    seat = Seat(1, "sign", office.office, person_of(office.head))
    approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=[seat])
    head = head_of(office.head, draft)
    assert main_action(head) == ["Ký văn bản"]
    assert {"Duyệt có sửa", "Trả lại"} <= set(re.findall(r">([^<>]+)</a>", head))


def test_a_dossier_has_one_main_action_and_a_quiet_menu() -> None:
    office = Office()
    made = dossiers.open_dossier(
        office.specialist, on=TODAY, title="Hội nghị quý III", notation="", function_id=None, retention_id=RetentionPeriod.objects.first().pk,
    )  # fmt: skip
    client = Client()
    client.force_login(User.objects.get(pk=office.specialist.user_id), "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/van-ban/ho-so/{made.pk}/").content.decode()
    head = page[page.index('class="page-actions"') : page.index("</header>", page.index('class="page-actions"'))]
    assert main_action(head) == ["Ghi tài liệu giấy"]
    assert "Kết thúc hồ sơ" in head[head.index("more-actions") :]


def test_who_may_only_void_is_not_offered_it_as_the_main_action() -> None:
    office = Office()
    document = office.incoming()
    head = head_of(office.clerk, document)
    assert "Hủy số" not in main_action(head)
    assert head.index("Hủy số") > head.index("more-actions")


def test_an_archive_that_has_received_is_done_and_a_tray_that_has_received_is_not() -> None:
    assert tone_of("received", "transfer") == "green"
    assert tone_of("received") == "amber"


def test_whoever_runs_the_round_replaces_a_waiting_signer_from_the_page() -> None:
    office = Office()
    deputy = make_actor(office.city, Role.STANDING_COMMITTEE, full_name="Đinh Thị Phó")
    draft = office.draft()
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Kính gửi: các đơn vị.")
    approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=[Seat(1, "sign", office.city, person_of(office.secretary))])
    step = draft.approval_steps.get()
    at, client = f"/van-ban/buoc/{step.pk}/thay-nguoi/", Client()
    client.force_login(User.objects.get(pk=office.specialist.user_id), "django.contrib.auth.backends.ModelBackend")
    assert at not in client.get(f"/van-ban/{draft.pk}/").content.decode()
    assert client.get(at).status_code == 403
    client.force_login(User.objects.get(pk=office.head.user_id), "django.contrib.auth.backends.ModelBackend")
    assert at in client.get(f"/van-ban/{draft.pk}/").content.decode()
    asked = client.get(at).content.decode()
    assert "Đinh Thị Phó" in asked
    assert "Bùi Văn Sổ" not in asked
    assert "vắng đến hết" not in asked
    stand_in(SYSTEM, on=TODAY, appointment_id=deputy.appointment_id or 0, person_id=person_of(office.secretary), first_day=TODAY, last_day=TODAY,
             reason="Đi họp")  # fmt: skip
    assert f"(vắng đến hết {TODAY:%d/%m/%Y}, thay: " in client.get(at).content.decode()
    refused = client.post(at, {"person": person_of(deputy), "reason": "", "position": "PHÓ BÍ THƯ", "authority": ""})
    assert "PHÓ BÍ THƯ" in refused.content.decode()
    assert draft.approval_steps.get().state == "waiting"
    done = client.post(at, {"person": person_of(deputy), "reason": "Đi công tác", "position": "PHÓ BÍ THƯ", "authority": ""})
    assert done.status_code == 302
    draft.refresh_from_db()
    assert (draft.signer_name, draft.signer_position) == ("Đinh Thị Phó", "PHÓ BÍ THƯ")
    client.force_login(User.objects.get(pk=office.secretary.user_id), "django.contrib.auth.backends.ModelBackend")
    assert "Đi công tác" in client.get(f"/van-ban/{draft.pk}/").content.decode()
    assert "Người khác ký thay chỗ bạn" in client.get("/").content.decode()
