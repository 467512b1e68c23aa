"""Thẩm định và trình ký: đúng người, đúng thứ tự; trả lại thì về đúng chỗ; chưa qua hết thì không có số."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services as verbs
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Approval, ApprovalStep, Document
from tinhgon.documents.selectors import stages
from tinhgon.documents.selectors.paths import Seat, path_for, proposed_seats
from tinhgon.documents.services import appraisal, approval, templates, versions
from tinhgon.documents.tests.factories import TODAY, Office, document_type, person_of
from tinhgon.org.models import Appointment, Post, Role, StandIn
from tinhgon.org.tests.factories import make_actor

State = ApprovalStep.State


def written(office, **extra) -> Document:
    draft = office.draft(**extra)
    versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="1. Nội dung\n2. Tổ chức thực hiện")
    return draft


def seats(office) -> list[Seat]:
    """Ban và văn phòng ký nháy song song, rồi Thường trực ký."""
    return [
        Seat(1, "initial", office.office, person_of(office.head)),
        Seat(1, "initial", office.board, person_of(office.board_head)),
        Seat(2, "sign", office.city, person_of(office.secretary)),
    ]


def submitted(office, **extra) -> tuple[Document, Approval]:
    draft = written(office, **extra)
    return draft, approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=seats(office))


def turn(actor) -> ApprovalStep:
    return stages.steps_for_me(actor, on=TODAY).get()


def sign(actor, **extra) -> ApprovalStep:
    return approval.approve(actor, on=TODAY, step_id=turn(actor).pk, **extra)


def test_steps_of_one_rank_go_together_and_the_next_rank_waits(office):
    draft, _round = submitted(office)
    assert not stages.steps_for_me(office.secretary, on=TODAY).exists()
    assert not visible_to(office.secretary, on=TODAY).filter(pk=draft.pk).exists()
    sign(office.board_head)
    assert not stages.steps_for_me(office.secretary, on=TODAY).exists()
    sign(office.head)
    assert turn(office.secretary).kind == "sign"
    stage = stages.stages([draft], on=TODAY)[draft.pk]
    assert (stage.kind, stage.people) == ("approving", "Nguyễn Văn Bí")


def test_who_approves_sees_the_signing_block_of_the_last_step_and_a_written_one_stays(office):
    draft, _round = submitted(office, signer_name="", signer_position="")
    draft.refresh_from_db()
    title = Appointment.objects.get(person=person_of(office.secretary)).post.title
    assert (draft.signer_name, draft.signer_position) == ("Nguyễn Văn Bí", title.upper())
    other, _round = submitted(office)
    other.refresh_from_db()
    assert other.signer_name == "Lê Văn Chánh"


def test_after_the_last_step_the_draft_waits_for_its_number_with_its_signer(office):
    draft, chain = submitted(office, signer_name="")
    for actor in (office.board_head, office.head, office.secretary):
        sign(actor)
    draft.refresh_from_db()
    chain.refresh_from_db()
    assert (draft.state, draft.in_approval, draft.signer_name) == ("ready", False, "Nguyễn Văn Bí")
    assert chain.state == "approved"
    assert verbs.issue(office.clerk, on=TODAY, document_id=draft.pk).number == 1


def test_the_name_in_print_is_of_the_person_who_signed_whatever_the_drafter_wrote(office):
    draft, _chain = submitted(office, signer_name="Lê Văn Chánh")
    for actor in (office.board_head, office.head, office.secretary):
        sign(actor)
    draft.refresh_from_db()
    assert draft.signer_name == "Nguyễn Văn Bí"


def test_nobody_signs_out_of_turn_or_for_another(office):
    draft, chain = submitted(office)
    first, last = chain.steps.get(unit=office.office), chain.steps.get(kind="sign")
    with pytest.raises(Forbidden):
        approval.approve(office.board_head, on=TODAY, step_id=first.pk)
    with pytest.raises(NotFound):
        approval.approve(office.secretary, on=TODAY, step_id=last.pk)
    with pytest.raises(NotFound):
        approval.approve(office.colleague, on=TODAY, step_id=first.pk)
    assert set(chain.steps.values_list("state", flat=True)) == {"waiting", "pending"}


def test_while_it_is_being_signed_the_drafter_may_only_take_it_back(office):
    draft, chain = submitted(office)
    for attempt in (
        lambda: versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="khác"),
        lambda: verbs.edit_draft(office.specialist, on=TODAY, document_id=draft.pk, changes={"summary": "khác"}),
        lambda: verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "documents.in_approval"
    sign(office.head)
    approval.withdraw(office.specialist, on=TODAY, document_id=draft.pk)
    chain.refresh_from_db()
    assert chain.state == "withdrawn"
    assert set(chain.steps.values_list("state", flat=True)) == {"approved", "cancelled"}
    assert versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="khác").number == 2


def test_an_approver_may_change_the_text_and_it_is_a_version_of_theirs(office):
    draft, chain = submitted(office)
    step = sign(office.head, body="1. Nội dung đã sửa")
    assert (step.state, step.version) == ("changed", 2)
    assert draft.versions.get(number=2).author_id == person_of(office.head)
    sign(office.board_head)
    sign(office.secretary)
    chain.refresh_from_db()
    assert chain.version == 2


def test_a_return_brings_the_draft_to_its_drafter_with_the_reason(office):
    draft, chain = submitted(office)
    with pytest.raises(Invalid):
        approval.return_step(office.head, on=TODAY, step_id=turn(office.head).pk, reason=" ")
    approval.return_step(office.head, on=TODAY, step_id=turn(office.head).pk, reason="Thiếu căn cứ")
    draft.refresh_from_db()
    assert (draft.return_reason, draft.in_approval, draft.state) == ("Thiếu căn cứ", False, "draft")
    assert chain.steps.get(unit=office.board).state == "cancelled"
    with pytest.raises(Refused) as refusal:
        verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    assert refusal.value.code == "documents.approval_returned"


def test_a_return_to_an_earlier_step_starts_again_from_there(office):
    draft, chain = submitted(office)
    sign(office.board_head)
    sign(office.head)
    back = chain.steps.get(unit=office.board)
    approval.return_step(office.secretary, on=TODAY, step_id=turn(office.secretary).pk, reason="Ban xem lại", back_to=back.pk)
    again = Approval.objects.get(document=draft, state="running")
    assert again.number == 2
    assert set(again.steps.filter(state="waiting").values_list("unit", flat=True)) == {office.office, office.board}
    draft.refresh_from_db()
    assert draft.in_approval


def test_a_stand_in_signs_for_the_absent_and_the_record_names_who_did(office):
    submitted(office)
    days = (TODAY, TODAY + timedelta(days=5))
    StandIn.objects.create(
        appointment_id=office.head.appointment_id, person_id=person_of(office.colleague), covers="signing", valid=days, created_at=clock.now()
    )
    step = sign(office.colleague)
    assert (step.state, step.person_id, step.acted_by_id) == ("approved", person_of(office.head), person_of(office.colleague))


def test_when_a_signer_has_left_the_heads_of_the_unit_sign(office):
    submitted(office)
    deputy = make_actor(office.board, Role.UNIT_HEAD, full_name="Phó Ban")
    assert not stages.steps_for_me(deputy, on=TODAY).exists()
    Appointment.objects.filter(person=person_of(office.board_head)).update(valid=(date(2020, 1, 1), TODAY))
    assert sign(deputy).state == "approved"


@pytest.mark.parametrize(("wrong", "code"), [
    (lambda o: [], "documents.no_steps"),
    (lambda o: seats(o)[:2], "documents.signer_last"),
    (lambda o: [*seats(o), seats(o)[2]], "documents.one_signer"),
    (lambda o: [seats(o)[0], seats(o)[0], seats(o)[2]], "documents.step_repeated"),
    (lambda o: [Seat(1, "sign", o.north, person_of(o.secretary))], "documents.not_in_unit"),
])  # fmt: skip
def test_a_chain_that_makes_no_sense_is_refused(office, wrong, code):
    draft = written(office)
    with pytest.raises(Refused) as refusal:
        approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=wrong(office))
    assert code in {reason.code for reason in refusal.value.reasons}
    assert not Approval.objects.exists()


def test_a_required_path_may_not_be_shortened_or_skipped(office):
    Post.objects.filter(unit=office.office).exclude(appointments=office.head.appointment_id).update(rank=5)
    templates.set_path(
        office.clerk, on=TODAY, organ_id=office.office, type_id=document_type().pk, groups=[["office_head"], ["signer"]], is_required=True
    )
    draft = written(office, signer_name="Lê Văn Chánh")
    with pytest.raises(Refused) as refusal:
        verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    assert refusal.value.code == "documents.approval_required"
    with pytest.raises(Refused) as refusal:
        approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=[seats(office)[2]])
    assert refusal.value.code == "documents.path_missing"
    proposed = proposed_seats(draft, on=TODAY)
    assert [(s.order, s.kind, s.unit_id) for s in proposed] == [(2, "sign", office.office)]  # chánh văn phòng vừa ký nháy vừa ký: một lần
    approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=proposed)
    assert sign(office.head).state == "approved"


def test_the_path_of_the_type_wins_over_the_general_one(office):
    for kind, required in ((None, True), (document_type().pk, False)):
        templates.set_path(office.clerk, on=TODAY, organ_id=office.office, type_id=kind, groups=[["signer"]], is_required=required)
    found = path_for(office.draft(), on=TODAY)
    assert found is not None
    assert not found.is_required


def test_what_was_changed_after_signing_must_be_signed_again(office):
    draft, _chain = submitted(office)
    for actor in (office.board_head, office.head, office.secretary):
        sign(actor)
    verbs.return_draft(office.clerk, on=TODAY, document_id=draft.pk, reason="Sai thể thức")
    verbs.edit_draft(office.specialist, on=TODAY, document_id=draft.pk, changes={"summary": "Trích yếu khác"})
    with pytest.raises(Refused) as refusal:
        verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    assert refusal.value.code == "documents.changed_after_approval"


def appraised(office) -> tuple[Document, int]:
    draft = written(office)
    made = appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.board)
    return draft, made.pk


def test_appraisal_goes_round_until_every_remark_is_done(office):
    draft, first = appraised(office)
    remark = appraisal.add_remark(office.board_head, on=TODAY, appraisal_id=first, text="Nêu rõ đơn vị chủ trì", paragraph=2)
    assert remark.quote == "2. Tổ chức thực hiện"
    with pytest.raises(Refused) as refusal:
        appraisal.conclude_appraisal(office.board_head, on=TODAY, appraisal_id=first, passed=True)
    assert refusal.value.code == "documents.remarks_open"
    appraisal.conclude_appraisal(office.board_head, on=TODAY, appraisal_id=first, passed=False, conclusion="Sửa mục 2")
    assert list(stages.orphaned_drafts(office.head, on=TODAY)) == []
    draft.refresh_from_db()
    assert draft.return_reason == "Sửa mục 2"
    with pytest.raises(Refused):
        verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    appraisal.answer_remark(office.specialist, on=TODAY, remark_id=remark.pk, answer="Đã bổ sung")
    second = appraisal.ask_appraisal(office.specialist, on=TODAY, document_id=draft.pk, by_unit_id=office.board)
    appraisal.resolve_remark(office.board_head, on=TODAY, remark_id=remark.pk)
    done = appraisal.conclude_appraisal(office.board_head, on=TODAY, appraisal_id=second.pk, passed=True)
    assert (done.number, done.state) == (2, "passed")
    verbs.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)


def test_only_the_appraising_side_appraises_and_only_the_drafting_side_answers(office):
    draft, first = appraised(office)
    remark = appraisal.add_remark(office.board_head, on=TODAY, appraisal_id=first, text="Xem lại")
    with pytest.raises(Forbidden):
        appraisal.add_remark(office.specialist, on=TODAY, appraisal_id=first, text="Tự góp ý")
    with pytest.raises(Forbidden):
        appraisal.answer_remark(office.board_head, on=TODAY, remark_id=remark.pk, answer="Tự giải trình")
    with pytest.raises(Forbidden):
        appraisal.resolve_remark(office.specialist, on=TODAY, remark_id=remark.pk)
    remark.refresh_from_db()
    assert remark.state == "open"


def test_the_head_gives_the_appraisal_to_a_specialist_of_the_unit(office):
    draft, first = appraised(office)
    helper = make_actor(office.board, Role.SPECIALIST)
    with pytest.raises(Refused):
        appraisal.assign_appraiser(office.board_head, on=TODAY, appraisal_id=first, person_id=person_of(office.colleague))
    appraisal.assign_appraiser(office.board_head, on=TODAY, appraisal_id=first, person_id=person_of(helper))
    assert visible_to(helper, on=TODAY).filter(pk=draft.pk).exists()
    assert appraisal.add_remark(helper, on=TODAY, appraisal_id=first, text="Xem lại").pk


class TestChain(TestCase):
    """Dù các bậc xếp thế nào: luôn có đúng một bậc đang chờ cho tới khi xong, và xong khi mọi bước xong."""

    @given(st.lists(st.integers(1, 4), min_size=0, max_size=5))
    @settings(max_examples=15, deadline=None)
    def test_exactly_one_rank_waits_until_all_is_done(self, ranks):
        office = Office()
        heads = [make_actor(office.board, Role.UNIT_HEAD) for _rank in ranks]
        chain = [Seat(rank, "initial", office.board, person_of(head)) for rank, head in zip(ranks, heads, strict=True)]
        chain.append(Seat(5, "sign", office.city, person_of(office.secretary)))
        draft = written(office)
        approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=chain)
        signed = 0
        while steps := list(ApprovalStep.objects.filter(document=draft, state="waiting")):
            assert len({step.order for step in steps}) == 1
            assert not ApprovalStep.objects.filter(document=draft, order__lt=steps[0].order, state__in=ApprovalStep.OPEN).exists()
            actor = next(a for a in [*heads, office.secretary] if person_of(a) == steps[0].person_id)
            approval.approve(actor, on=TODAY, step_id=steps[0].pk)
            signed += 1
        draft.refresh_from_db()
        assert (signed, draft.state) == (len(chain), "ready")
