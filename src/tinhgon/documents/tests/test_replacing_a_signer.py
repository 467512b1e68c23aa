"""Thay người giữa lượt trình ký: ai được thay, ai thay được, bước đã ký giữ nguyên, khối ký theo người mới."""

from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, NotFound, Refused
from tinhgon.documents import services as verbs
from tinhgon.documents.access import abilities, visible_to
from tinhgon.documents.drafting_access import is_inside
from tinhgon.documents.models import Approval, ApprovalStep, Document
from tinhgon.documents.selectors import stages
from tinhgon.documents.services import approval, templates
from tinhgon.documents.services.replacing import replace_signer
from tinhgon.documents.tests.factories import TODAY, document_type, person_of
from tinhgon.documents.tests.test_approval import sign, submitted, turn
from tinhgon.org.models import Appointment, Post, Role
from tinhgon.org.tests.factories import make_actor

WHY = "Đi công tác nước ngoài"


@pytest.fixture
def deputy(office):
    """Một ủy viên Thường trực khác, cũng ký được."""
    return make_actor(office.city, Role.STANDING_COMMITTEE, full_name="Đinh Thị Phó")


def put(actor, step, person, **extra) -> ApprovalStep:
    return replace_signer(actor, on=TODAY, step_id=step.pk, person_id=person_of(person), **({"reason": WHY} | extra))


def last_step(chain: Approval) -> ApprovalStep:
    return chain.steps.get(kind="sign", state__in=ApprovalStep.OPEN)


def both_initialled(office) -> tuple[Document, Approval]:
    draft, chain = submitted(office)
    sign(office.board_head)
    sign(office.head)
    return draft, chain


def unchanged(chain: Approval) -> bool:
    return not chain.steps.filter(state="replaced").exists() and not Entry.objects.filter(code="documents.signer_replaced").exists()


def test_the_steps_already_done_stay_and_the_new_person_signs(office, deputy):
    draft, chain = both_initialled(office)
    new = put(office.head, last_step(chain), deputy)
    assert (new.state, new.order, new.kind) == ("waiting", 2, "sign")
    assert chain.steps.filter(state="approved").count() == 2
    assert not stages.steps_for_me(office.secretary, on=TODAY).exists()
    sign(deputy)
    draft.refresh_from_db()
    assert (draft.state, draft.signer_name) == ("ready", "Đinh Thị Phó")
    assert verbs.issue(office.clerk, on=TODAY, document_id=draft.pk).signer_name == "Đinh Thị Phó"


def test_the_printed_block_follows_at_once(office, deputy):
    draft, chain = submitted(office, signer_position="BÍ THƯ", authority="T/M BAN THƯỜNG VỤ")
    put(office.head, last_step(chain), deputy)
    draft.refresh_from_db()
    title = Post.objects.get(appointments=deputy.appointment_id).title
    assert (draft.signer_name, draft.signer_position, draft.authority) == ("Đinh Thị Phó", title.upper(), "T/M BAN THƯỜNG VỤ")


def test_the_block_may_be_worded_by_whoever_replaces(office, deputy):
    draft, chain = submitted(office)
    put(office.head, last_step(chain), deputy, position="PHÓ BÍ THƯ", authority="T/M THƯỜNG TRỰC")
    draft.refresh_from_db()
    assert (draft.signer_position, draft.authority) == ("PHÓ BÍ THƯ", "T/M THƯỜNG TRỰC")


def test_the_replaced_person_still_sees_the_draft_and_why(office, deputy):
    draft, chain = both_initialled(office)
    put(office.head, last_step(chain), deputy)
    told = stages.replaced_for_me(office.secretary, on=TODAY).get()
    assert (told.note, told.acted_by_id, told.replaced_by.person_id) == (WHY, person_of(office.head), person_of(deputy))
    assert visible_to(office.secretary, on=TODAY).filter(pk=draft.pk).exists()
    assert is_inside(office.secretary, draft, on=TODAY)


def test_who_was_not_yet_asked_gains_no_sight_by_being_replaced(office, deputy):
    draft, chain = submitted(office)
    put(office.head, last_step(chain), deputy)
    assert not visible_to(office.secretary, on=TODAY).filter(pk=draft.pk).exists()
    assert not visible_to(deputy, on=TODAY).filter(pk=draft.pk).exists()  # chưa tới lượt
    assert not stages.replaced_for_me(office.secretary, on=TODAY).exists()


def test_the_audit_names_both_the_step_and_the_reason(office, deputy):
    draft, chain = submitted(office)
    put(office.head, last_step(chain), deputy)
    entry = Entry.objects.get(code="documents.signer_replaced", target_id=str(draft.pk))
    assert entry.after["before"] == "Nguyễn Văn Bí"
    assert (entry.after["name"], entry.after["reason"]) == ("Đinh Thị Phó", WHY)


def test_an_initialling_step_is_replaced_without_touching_the_block(office):
    draft, chain = submitted(office)
    helper = make_actor(office.board, Role.UNIT_HEAD, full_name="Phó Ban Một")
    put(office.head, chain.steps.get(unit=office.board), helper)
    draft.refresh_from_db()
    assert draft.signer_name == "Lê Văn Chánh"
    assert sign(helper).state == "approved"


def test_only_those_who_run_the_round_replace(office, deputy):
    _draft, chain = both_initialled(office)
    step = last_step(chain)
    for actor, refusal in (
        (office.specialist, Forbidden), (office.clerk, NotFound), (office.colleague, NotFound), (office.board_head, Forbidden),
        (office.north_head, NotFound), (office.administrator, NotFound), (office.inspector, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            put(actor, step, deputy)
    assert unchanged(chain)


def test_who_has_no_authority_today_does_not_sign(office, deputy):
    _draft, chain = both_initialled(office)
    step = last_step(chain)
    Appointment.objects.filter(pk=deputy.appointment_id).update(valid=(date(2020, 1, 1), TODAY))
    for person in (office.specialist, office.clerk, office.north_head, office.board_head, deputy):
        with pytest.raises(Refused) as refusal:
            put(office.head, step, person, reason=" ")
        assert {reason.code for reason in refusal.value.reasons} == {"documents.missing", "documents.no_signing_authority"}
    assert unchanged(chain)


def test_nobody_stands_at_two_steps_and_nobody_replaces_themselves(office):
    _draft, chain = both_initialled(office)
    for person, code in ((office.head, "documents.step_repeated"), (office.secretary, "documents.same_signer")):
        with pytest.raises(Refused) as refusal:
            put(office.head, last_step(chain), person)
        assert refusal.value.code == code
    assert unchanged(chain)


def test_the_drafter_does_not_initial_their_own_draft(office):
    _draft, chain = submitted(office)
    with pytest.raises(Refused) as refusal:
        put(office.head, chain.steps.get(unit=office.board), office.specialist)
    assert refusal.value.code == "documents.no_signing_authority"
    assert unchanged(chain)


def test_a_step_already_done_and_a_round_already_over_are_history(office, deputy):
    _draft, chain = both_initialled(office)
    with pytest.raises(Refused) as refusal:
        put(office.head, chain.steps.get(unit=office.board), deputy)
    assert refusal.value.code == "documents.not_waiting"
    step = last_step(chain)
    sign(office.secretary)
    with pytest.raises(Refused):
        put(office.head, step, deputy)
    assert unchanged(chain)


def test_a_required_path_keeps_its_step(office, deputy):
    templates.set_path(
        office.clerk, on=TODAY, organ_id=office.office, type_id=document_type().pk, groups=[["office_head"], ["signer"]], is_required=True
    )
    draft, chain = submitted(office, signer_name="Nguyễn Văn Bí")
    with pytest.raises(Refused) as refusal:
        put(office.head, chain.steps.get(unit=office.office), deputy)
    assert refusal.value.code == "documents.path_missing"
    assert unchanged(chain)
    put(office.head, last_step(chain), deputy)  # bậc người ký của đường bắt buộc là người ký ghi trên dự thảo, ai cũng được
    draft.refresh_from_db()
    assert draft.signer_name == "Đinh Thị Phó"


def test_a_block_against_the_form_is_refused_before_anything_changes(office, deputy):
    """HD 36/2018: văn bản của Đảng viết T/M có gạch chéo, không theo lối TM. của nhà nước."""
    draft, chain = submitted(office)
    with pytest.raises(Refused) as refusal:
        put(office.head, last_step(chain), deputy, authority="TM. BAN THƯỜNG VỤ")
    assert {reason.code.startswith("documents.form.") for reason in refusal.value.reasons} == {True}
    draft.refresh_from_db()
    assert (draft.signer_name, draft.authority) == ("Lê Văn Chánh", "")
    assert unchanged(chain)


def test_a_return_to_an_earlier_step_does_not_bring_the_replaced_person_back(office, deputy):
    draft, chain = both_initialled(office)
    put(office.head, last_step(chain), deputy)
    back = chain.steps.get(unit=office.board)
    approval.return_step(deputy, on=TODAY, step_id=turn(deputy).pk, reason="Ban xem lại", back_to=back.pk)
    again = Approval.objects.get(document=draft, state="running")
    assert [step.person_id for step in again.steps.filter(kind="sign")] == [person_of(deputy)]


def test_a_replacement_may_be_replaced_again(office, deputy):
    _draft, chain = both_initialled(office)
    put(office.head, last_step(chain), deputy)
    put(office.head, last_step(chain), office.secretary, reason="Đã về")
    assert chain.steps.filter(state="replaced").count() == 2
    assert sign(office.secretary).state == "approved"


def test_the_button_is_there_for_those_who_may_and_only_while_it_runs(office):
    draft, _chain = submitted(office)
    draft.refresh_from_db()
    assert "replace_signer" in abilities(office.head, draft, on=TODAY)
    assert "replace_signer" not in abilities(office.specialist, draft, on=TODAY)
    approval.withdraw(office.specialist, on=TODAY, document_id=draft.pk)
    draft.refresh_from_db()
    assert "replace_signer" not in abilities(office.head, draft, on=TODAY)
