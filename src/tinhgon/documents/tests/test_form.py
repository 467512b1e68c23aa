"""Thể thức của dự thảo: lỗi nêu đủ kèm nguồn, sửa giúp thành bản mới, văn bản nhớ phiên bản quy tắc đã kiểm tra."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, NotFound, Refused
from tinhgon.documents.models import Document, OrganStyle
from tinhgon.documents.selectors import form as reads
from tinhgon.documents.selectors.violations import findings
from tinhgon.documents.services import appraisal, form
from tinhgon.documents.services.versions import save_version
from tinhgon.documents.tests.factories import TODAY, document_type, person_of
from tinhgon.engine.difference import difference

pytestmark = pytest.mark.django_db

BODY = "Căn cứ Điều lệ Đảng;\nCăn cứ Quy chế làm việc;\nĐề nghị các đảng uỷ thực hiện.\nI. NHIỆM VỤ\nHoàn thành trước ngày 30/6/2026./."


@pytest.fixture
def draft(office):
    made = office.draft(
        type_id=document_type("ke-hoach").pk, summary="Kế hoạch chuyển đổi số.", signer_name="TS. Lê Văn Chánh",
        issuer_id=office.north, authority="TM. BAN THƯỜNG VỤ", signer_position="PHÓ BÍ THƯ ĐẢNG ỦY",
        receivers="- Như trên,\n- Lưu Văn phòng Đảng ủy.",
    )  # fmt: skip
    save_version(office.specialist, on=TODAY, document_id=made.pk, body=BODY)
    return made


def codes(office, draft):
    return {one.code for one in reads.form_of(office.specialist, draft.pk, on=TODAY).violations}


def test_every_fault_of_a_draft_is_told_with_its_source(office, draft):
    found = reads.form_of(office.specialist, draft.pk, on=TODAY)
    assert found.rules.code == "HD36-2018"
    assert {
        "sign.style", "sign.position", "sign.titles", "summary.end", "summary.repeats", "basis.form", "heading.form",
        "spelling.tone", "end.mark",
    } <= codes(office, draft)  # fmt: skip
    assert {one.code for one in found.blocking} == {"sign.style"}
    assert all(one.source for one in found.violations)
    told = {one.code: one for one in findings(draft, on=TODAY)}
    assert told["sign.style"].is_blocking
    assert "nên là “T/M BAN THƯỜNG VỤ”" in told["sign.style"].sentence


def test_one_button_mends_everything_it_can_into_a_new_version(office, draft):
    done = form.mend_form(office.specialist, on=TODAY, document_id=draft.pk)
    draft = Document.objects.get(pk=draft.pk)
    assert (draft.authority, draft.signer_position, draft.signer_name) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Lê Văn Chánh")
    assert draft.summary == "chuyển đổi số"
    versions = list(draft.versions.order_by("number"))
    assert [version.body for version in versions] == [
        BODY,
        "- Căn cứ Điều lệ Đảng;\n- Căn cứ Quy chế làm việc.\nĐề nghị các đảng ủy thực hiện.\nI- NHIỆM VỤ\nHoàn thành trước ngày 30/6/2026.",
    ]
    assert reads.form_of(office.specialist, draft.pk, on=TODAY).mendable == ()
    assert draft.checked_by.rule_set.code == "HD36-2018"
    assert Entry.objects.filter(code="documents.form_mended").get().after["count"] == len(done)


def test_one_fault_can_be_mended_alone(office, draft):
    form.mend_form(office.specialist, on=TODAY, document_id=draft.pk, keys=["sign.style@authority"])
    draft = Document.objects.get(pk=draft.pk)
    assert (draft.authority, draft.signer_name, draft.versions.count()) == ("T/M BAN THƯỜNG VỤ", "TS. Lê Văn Chánh", 1)


def test_a_fault_already_mended_is_refused_and_changes_nothing(office, draft):
    form.mend_form(office.specialist, on=TODAY, document_id=draft.pk)
    before = Document.objects.filter(pk=draft.pk).values().get()
    with pytest.raises(Refused):
        form.mend_form(office.specialist, on=TODAY, document_id=draft.pk, keys=["sign.style@authority"])
    assert Document.objects.filter(pk=draft.pk).values().get() == before


@pytest.mark.parametrize(("who", "error"), [("colleague", NotFound), ("north_clerk", NotFound), ("administrator", NotFound)])
def test_who_may_not_edit_may_not_mend(office, draft, who, error):
    before = Document.objects.filter(pk=draft.pk).values().get()
    with pytest.raises((error, Forbidden)):
        form.mend_form(getattr(office, who), on=TODAY, document_id=draft.pk)
    assert Document.objects.filter(pk=draft.pk).values().get() == before


def test_the_rules_of_the_day_and_the_spelling_of_the_organ_decide(office, draft):
    assert reads.form_of(office.specialist, draft.pk, on=date(2026, 6, 1)).rules.code == "HD05-2026"
    OrganStyle.objects.create(unit_id=office.north, spelling="old")
    tones = [one for one in reads.form_of(office.specialist, draft.pk, on=TODAY).violations if one.code == "spelling.tone"]
    assert "đảng uỷ" not in {one.found.found for one in tones}


def test_a_secret_or_incoming_document_has_nothing_to_check(office):
    assert reads.checked(Document(direction="outgoing", secrecy=1), on=TODAY) is None
    assert reads.checked(Document(direction="incoming"), on=TODAY) is None


def test_blocking_faults_stop_the_number_and_the_version_is_remembered(office, draft):
    reasons = form.form_objections(draft, on=TODAY)
    assert [reason.code for reason in reasons] == ["documents.form.sign.style"]
    assert draft.checked_by_id is not None
    form.mend_form(office.specialist, on=TODAY, document_id=draft.pk)
    assert form.form_objections(Document.objects.get(pk=draft.pk), on=TODAY) == []


def appraising(office, draft):
    return appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.office)


def test_the_appraiser_mends_with_one_button_and_the_round_and_its_remarks_move_to_the_new_version(office, draft):
    asked = appraising(office, draft)
    appraisal.add_remark(office.head, on=TODAY, appraisal_id=asked.pk, text="Ghi rõ ai làm", paragraph=3)
    done = form.mend_in_appraisal(office.head, on=TODAY, appraisal_id=asked.pk)
    assert {"sign.style", "basis.form", "heading.form", "spelling.tone"} <= {one.code for one in done}
    first, second = draft.versions.order_by("number")
    assert (first.body, second.author_id) == (BODY, person_of(office.head))
    asked.refresh_from_db()
    assert (asked.version, asked.remarks.get().paragraph) == (2, 3)
    changed = [one for one in difference(first.body.split("\n"), second.body.split("\n")) if one.change != "same"]
    assert len(changed) == 5
    entry = Entry.objects.filter(code="documents.form_mended").get()
    assert entry.after["count"] == len(done)
    assert "quyền hạn ký: “TM. BAN THƯỜNG VỤ” → “T/M BAN THƯỜNG VỤ”" in entry.after["changes"]
    assert Document.objects.get(pk=draft.pk).authority == "T/M BAN THƯỜNG VỤ"


def test_nobody_else_mends_in_an_appraisal_and_a_passed_version_is_left_alone(office, draft):
    asked = appraising(office, draft)
    with pytest.raises(NotFound):
        form.mend_in_appraisal(office.colleague, on=TODAY, appraisal_id=asked.pk)
    save_version(office.specialist, on=TODAY, document_id=draft.pk, body=BODY + "\nThêm một đoạn.")
    with pytest.raises(Refused) as refused:
        form.mend_in_appraisal(office.head, on=TODAY, appraisal_id=asked.pk)
    assert refused.value.code == "documents.appraised_version_passed"
    assert draft.versions.count() == 2
    assert not Entry.objects.filter(code="documents.form_mended").exists()
