"""Bỏ một dự thảo: mọi bước đang chờ thôi, lịch sử còn; chưa từng có số nên không rút số nào; không ký, không sửa được nữa."""

import pytest

from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.access import abilities, visible_to
from tinhgon.documents.models import Approval, ApprovalStep, Document, NumberSeries
from tinhgon.documents.selectors import stages
from tinhgon.documents.services import appraisal
from tinhgon.documents.tests.factories import TODAY
from tinhgon.documents.tests.test_approval import submitted, written

pytestmark = pytest.mark.django_db
WHY = "Quyết định bố trí đã rút"


def drop(actor, document, reason=WHY):
    return services.drop_draft(actor, on=TODAY, document_id=document.pk, reason=reason)


class TestDroppingADraft:
    def test_a_draft_being_signed_is_dropped_and_nobody_is_asked_any_more(self, office):
        draft, approval = submitted(office)
        drop(office.specialist, draft)
        draft.refresh_from_db()
        approval.refresh_from_db()
        assert (draft.state, draft.void_reason, draft.in_approval, draft.number) == (Document.State.DROPPED, WHY, False, None)
        assert approval.state == Approval.State.WITHDRAWN
        assert not ApprovalStep.objects.filter(document=draft, state__in=ApprovalStep.OPEN).exists()
        assert not stages.steps_for_me(office.head, on=TODAY).exists()
        assert draft.versions.count() == 1

    def test_open_opinions_and_appraisals_end_too(self, office):
        draft = written(office)
        appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.board)
        drop(office.specialist, draft)
        assert not stages.appraisals_for_me(office.board_head, on=TODAY).exists()
        assert set(draft.appraisals.values_list("state", flat=True)) == {"withdrawn"}

    def test_a_draft_waiting_for_its_number_is_dropped_without_drawing_one(self, office):
        sent = office.sent()
        drop(office.specialist, sent)
        assert not NumberSeries.objects.filter(last_number__gt=0).exists()
        assert not visible_to(office.clerk, on=TODAY).filter(pk=sent.pk).exists()

    def test_nothing_can_be_done_with_it_afterwards(self, office):
        draft = written(office)
        drop(office.specialist, draft)
        draft.refresh_from_db()
        assert not abilities(office.specialist, draft, on=TODAY)
        with pytest.raises(Refused):
            services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)

    def test_it_is_counted_neither_as_a_draft_nor_as_an_issued_document(self, office):
        drop(office.specialist, written(office))
        counted = selectors.counts(office.specialist, on=TODAY)
        assert (counted.drafts, counted.outgoing) == (0, 0)

    def test_a_missing_reason_a_stranger_and_an_issued_document_are_refused_and_nothing_changes(self, office):
        draft, issued = written(office), office.issued()
        with pytest.raises(Invalid, match="lý do"):
            drop(office.specialist, draft, " ")
        with pytest.raises(NotFound):
            drop(office.colleague, draft)
        with pytest.raises((Refused, Forbidden)):
            drop(office.specialist, issued)
        states = dict(Document.objects.values_list("pk", "state"))
        assert states == {draft.pk: "draft", issued.pk: "registered"}
