"""Trang quy tắc: ai cũng đọc, chỉ chánh văn phòng sửa; trang dự thảo nêu lỗi thể thức và sửa giúp."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from tinhgon.core import clock
from tinhgon.core.models import User
from tinhgon.documents import rule_data
from tinhgon.documents.models import Document, RuleProposal, RuleSetVersion
from tinhgon.documents.services import rule_upgrade, rules
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


def test_a_newer_shipped_rule_is_offered_where_the_office_edited_its_own(office):
    known = next(one for one in rule_data.shipped() if one["code"] == "HD36-2018")
    shipped = deepcopy(known) | {"revision": known["revision"] + 1, "revised": "2026-12-01", "revision_source": "Bản gốc"}
    next(row for row in shipped["rules"] if row["code"] == "number.pad")["wording"] = "Câu của đợt hai"
    rules.revise_rule(office.head, on=TODAY, code="HD36-2018", rule_code="number.pad", changes={"wording": "Câu của cơ quan"}, reason="Lệ cũ")
    rule_upgrade.take(shipped)
    proposal, address = RuleProposal.objects.get(), reverse("web:rule_set", args=["HD36-2018"])
    accept, decline = (reverse(f"web:rule_{verb}", args=["HD36-2018", proposal.pk]) for verb in ("accept", "decline"))
    reader = browser(office.specialist).get(address).content.decode()
    assert "<del>Câu của cơ quan</del> → <ins>Câu của đợt hai</ins>" in reader
    assert accept not in reader
    client = browser(office.head)
    page = client.get(address).content.decode()
    assert accept in page
    assert decline in page
    assert "1 quy tắc chờ quyết định" in client.get(reverse("web:rule_sets")).content.decode()
    assert "Câu của đợt hai" in client.get(accept).content.decode()
    assert client.post(accept, {"reason": ""}).status_code == 422
    assert client.post(accept, {"reason": "Đúng bản gốc"}).status_code == 302
    after = client.get(address).content.decode()
    assert "<del>Câu của cơ quan</del> → <ins>Câu của đợt hai</ins>" in after
    assert accept not in after
    assert client.get(decline).status_code == 404


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


def test_the_office_head_changes_a_list_of_who_may_not_issue(office):
    client = browser(office.head)
    address = reverse("web:rule_edit", args=["HD36-2018", "authority.quy-che"])
    page = client.get(address).content.decode()
    assert "chi bộ" in page
    typed = {
        "wording": "Đảng ủy cơ sở không ban hành quy chế", "severity": "warning", "certainty": "seen", "document": "HD 36", "clause": "",
        "no": ["standing.commune", "cell"], "reason": "Đối chiếu",
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302
    assert "không dành cho: ban thường vụ đảng ủy cơ sở, chi bộ" in client.get(
        reverse("web:rule_set", args=["HD36-2018"]), {"phan": "authority"}
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("rule", ["address.word", "mark.secret", "organ.district", "number.colon", "measure.font", "measure.position_bold"])
def test_saving_a_rule_unchanged_says_so_whatever_its_parameters(office, rule):
    client = browser(office.head)
    address = reverse("web:rule_edit", args=["HD36-2018", rule])
    form = client.get(address).context["form"]
    typed = {box.html_name: box.value() for box in form if box.value() not in (None, False, "")} | {"reason": "Thử"}
    if rule == "organ.district":
        typed["since"] = "01/07/2025"
    answer = client.post(address, typed)
    assert "Chưa đổi ô nào." in answer.content.decode()
    assert RuleSetVersion.objects.count() == 3


def test_a_rule_is_added_removed_and_brought_back_on_the_page(office):
    client, before = browser(office.head), RuleSetVersion.objects.count()
    add = reverse("web:rule_new", args=["HD36-2018", "authority"])
    typed = {"type_code": "ket-luan", "wording": "Chi bộ không ra kết luận", "severity": "warning", "certainty": "seen", "document": "HD 36", "clause": ""}
    assert client.post(add, typed).status_code == 422
    assert client.post(add, typed | {"no": ["cell"], "reason": "Đối chiếu"}).status_code == 302
    listed = reverse("web:rule_set", args=["HD36-2018"])
    assert "Chi bộ không ra kết luận" in client.get(listed, {"phan": "authority"}).content.decode()
    code = ["HD36-2018", "authority.ket-luan"]
    assert client.post(reverse("web:rule_remove", args=code), {"reason": "Nhầm"}).status_code == 302
    assert "Đã bỏ ở các phiên bản trước" in client.get(listed, {"phan": "authority"}).content.decode()
    assert client.post(reverse("web:rule_back", args=code), {"reason": "Đúng"}).status_code == 302
    assert RuleSetVersion.objects.count() == before + 3


def test_the_days_of_a_set_are_changed_on_the_page(office):
    client = browser(office.head)
    address = reverse("web:rule_set_dates", args=["HD36-2018"])
    typed = {"since": "03/04/2018", "until": "31/12/2026", "note": "", "reason": "Thử"}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "Chồng ngày với" in answer.content.decode()
    assert client.post(address, typed | {"until": "11/01/2026"}).status_code == 302
    assert "ban hành từ 03/04/2018 đến 11/01/2026" in client.get(reverse("web:rule_set", args=["HD36-2018"])).content.decode()
    assert browser(office.clerk).post(address, typed).status_code == 403
