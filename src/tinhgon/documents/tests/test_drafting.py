"""Soạn, đính kèm, trình cấp số, trả lại; văn bản mật không bao giờ có nội dung ở đây."""

from io import BytesIO

import pytest

from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.models import Attachment, Document
from tinhgon.documents.tests.factories import TODAY
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor


def test_a_draft_keeps_what_was_typed_and_its_drafter_may_change_it(office):
    draft = office.draft(summary="  Về việc họp  ")
    assert draft.summary == "Về việc họp"
    changed = services.edit_draft(office.specialist, on=TODAY, document_id=draft.pk, changes={"summary": "Về việc họp giao ban"})
    assert changed.summary == "Về việc họp giao ban"


def test_a_draft_without_summary_or_type_is_not_saved(office):
    with pytest.raises(Invalid) as refusal:
        office.draft(summary="", type_id=0, direction="incoming", urgency=9)
    assert {reason.field for reason in refusal.value.reasons} == {"summary", "type", "direction", "urgency"}
    assert not Document.objects.exists()


def test_the_clerk_returns_a_draft_with_a_reason_and_it_waits_for_its_drafter(office):
    draft = office.sent()
    assert list(selectors.ready_to_issue(office.clerk, on=TODAY)) == [draft]
    with pytest.raises(Refused):
        services.edit_draft(office.specialist, on=TODAY, document_id=draft.pk, changes={"summary": "Khác"})
    services.return_draft(office.clerk, on=TODAY, document_id=draft.pk, reason="Sai thể thức")
    assert [d.return_reason for d in selectors.returned_drafts(office.specialist, on=TODAY)] == ["Sai thể thức"]


def test_attached_files_are_kept_once_by_content(office):
    draft = office.draft()
    for name in ("a.txt", "b.txt"):
        services.attach(office.specialist, on=TODAY, document_id=draft.pk, name=name, content=BytesIO(b"noi dung"))
    assert Attachment.objects.filter(document=draft).count() == 2
    assert StoredFile.objects.count() == 1


def test_content_of_a_secret_document_is_refused_and_never_stored(office):
    cleared = make_actor(office.office, Role.SPECIALIST, clearance=1)
    secret = office.draft(cleared, secrecy=1)
    with pytest.raises(Refused) as refusal:
        services.attach(cleared, on=TODAY, document_id=secret.pk, name="mat.pdf", content=BytesIO(b"mat"))
    assert refusal.value.code == "documents.secret_content"
    assert not StoredFile.objects.exists()


def test_a_draft_with_files_cannot_become_secret(office):
    cleared = make_actor(office.office, Role.SPECIALIST, clearance=1)
    draft = office.draft(cleared)
    services.attach(cleared, on=TODAY, document_id=draft.pk, name="a.txt", content=BytesIO(b"x"))
    with pytest.raises(Refused):
        services.edit_draft(cleared, on=TODAY, document_id=draft.pk, changes={"secrecy": 1})
    assert Document.objects.get(pk=draft.pk).secrecy == 0


def test_the_clerk_adds_a_scan_to_a_registered_document_and_others_may_not(office):
    document = office.incoming()
    services.attach(office.clerk, on=TODAY, document_id=document.pk, name="quet.pdf", content=BytesIO(b"%PDF-1.7"))
    with pytest.raises(Forbidden):
        services.attach(office.head, on=TODAY, document_id=document.pk, name="x.pdf", content=BytesIO(b"%PDF-1.7"))
    assert document.attachments.count() == 1
