"""Văn bản liên tịch: ghi cơ quan và người ký từ dự thảo, mỗi cơ quan một chữ ký, thiếu một thì không có số (HD 36-HD/VPTW mục 1.3.1)."""

from datetime import timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, NotFound, Refused
from tinhgon.documents import services
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import ApprovalStep, Document, NumberSeries, Signature
from tinhgon.documents.selectors import signatures, stages
from tinhgon.documents.selectors.form import checked
from tinhgon.documents.selectors.paper import paper_of
from tinhgon.documents.selectors.paths import Seat, may_stand, proposed_seats
from tinhgon.documents.selectors.who import who_sees
from tinhgon.documents.services import approval, issuing, joint, replacing, sealing, versions
from tinhgon.documents.services.exchange import sending
from tinhgon.documents.services.joint import JointSeat
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import TODAY, document_type, person_of
from tinhgon.documents.tests.handing import DAY, carry_out, plan, take_back
from tinhgon.documents.tests.signing import personal, seal, stamp_middles, unlock
from tinhgon.engine.signing.verify import Verdict
from tinhgon.files.services import open_file
from tinhgon.org.models import Kind, Role, UnitVersion
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db

OUTSIDE = JointSeat(name="Ủy ban Mặt trận Tổ quốc Thành phố", symbol="MTTQ", signer_name="Tạ Văn Ngoài", position="CHỦ TỊCH")
KINDS = ("documents.approval", "documents.joint")


def board_seat(office, **extra) -> JointSeat:
    return JointSeat(unit_id=office.board, person_id=person_of(office.board_head), **({"position": "TRƯỞNG BAN TỔ CHỨC"} | extra))


def written(office, *organs: JointSeat, **extra) -> Document:
    draft = office.draft(**({"type_id": document_type("ke-hoach").pk, "signer_position": "Chánh Văn phòng"} | extra))
    versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="1. Nội dung phối hợp.\n2. Tổ chức thực hiện.")
    name(office, draft, *organs)
    return Document.objects.select_related("type").get(pk=draft.pk)


def name(office, draft, *organs: JointSeat) -> Document:
    return joint.name_joint_organs(office.specialist, on=TODAY, document_id=draft.pk, organs=organs)


def submitted(office, *organs: JointSeat) -> Document:
    draft = written(office, *organs)
    approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=seats(draft))
    return draft


def seats(draft) -> list[Seat]:
    return [seat for seat in proposed_seats(draft, on=TODAY) if seat.kind in ("joint", "sign")]


def sign(actor) -> ApprovalStep:
    return approval.approve(actor, on=TODAY, step_id=stages.steps_for_me(actor, on=TODAY).get().pk)


def codes(refused) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def test_a_draft_names_its_organs_in_order_and_prints_every_name_symbol_and_block(office):
    draft = written(office, board_seat(office), OUTSIDE)
    paper = paper_of(draft, ["Nội dung."], on=TODAY)
    assert paper.organ == "VĂN PHÒNG - BAN TỔ CHỨC - ỦY BAN MẶT TRẬN TỔ QUỐC THÀNH PHỐ"
    assert paper.symbol_line.endswith("-KH/VPTU-BTCTU-MTTQ")
    assert [(one.position, one.signer) for one in paper.joint] == [("TRƯỞNG BAN TỔ CHỨC", "Trần Văn Ban"), ("CHỦ TỊCH", "Tạ Văn Ngoài")]
    assert (paper.lead_side, paper.across) == ("right", 3)
    assert Entry.objects.filter(code="documents.joint_named").latest("pk").after["organs"] == (
        "Ban Tổ chức Thành ủy (Trần Văn Ban); Ủy ban Mặt trận Tổ quốc Thành phố (Tạ Văn Ngoài)"
    )


def test_to_be_named_on_a_draft_is_not_yet_to_see_it(office):
    draft = written(office, board_seat(office))
    stranger = make_actor(office.board, Role.CLERK)
    for actor in (office.board_head, stranger):
        assert not visible_to(actor, on=TODAY).filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("organs", "told"),
    [
        (lambda o: [JointSeat(unit_id=o.office)], {"documents.joint_repeated"}),
        (lambda o: [board_seat(o), board_seat(o)], {"documents.joint_repeated"}),
        (lambda o: [JointSeat(unit_id=o.room), JointSeat(name="Sở Nội vụ")], {"documents.not_an_organ", "documents.no_symbol", "documents.joint_unnamed", "documents.joint_unsigned_by"}),
        (lambda o: [JointSeat(unit_id=o.board, person_id=person_of(o.colleague))], {"documents.no_signing_authority"}),
    ],
)
def test_wrong_organs_are_refused_with_every_reason(office, organs, told):
    draft = written(office, OUTSIDE)
    with pytest.raises(Refused) as refused:
        name(office, draft, *organs(office))
    assert codes(refused) == told
    assert [row.name for row in draft.joint_organs.all()] == [OUTSIDE.name]


def test_only_who_edits_the_draft_names_organs_and_minutes_have_none(office):
    draft = written(office)
    with pytest.raises(NotFound):
        joint.name_joint_organs(office.colleague, on=TODAY, document_id=draft.pk, organs=[OUTSIDE])
    minutes = office.draft(type_id=document_type("bien-ban").pk)
    with pytest.raises(Refused) as refused:
        name(office, minutes, OUTSIDE)
    assert codes(refused) == {"documents.joint_minutes"}


def test_the_round_asks_every_organs_signer_in_turn_and_the_presiding_one_last(office):
    draft = submitted(office, board_seat(office), JointSeat(unit_id=office.north, person_id=person_of(office.north_head)))
    assert [(step.kind, step.unit_id) for step in draft.approval_steps.order_by("order")] == [
        ("joint", office.board), ("joint", office.north), ("sign", office.office),
    ]  # fmt: skip
    assert not stages.steps_for_me(office.north_head, on=TODAY).exists()
    for actor in (office.board_head, office.north_head, office.head):
        sign(actor)
    draft.refresh_from_db()
    assert draft.state == Document.State.READY
    assert services.issue(office.clerk, on=TODAY, document_id=draft.pk).symbol == "01-KH/VPTU-BTCTU-ĐU"


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (lambda found: [found[-1]], "documents.joint_missing"),
        (lambda found: [Seat(1, "joint", found[-1].unit_id, found[-1].person_id), found[-1]], "documents.joint_elsewhere"),
    ],
)
def test_a_round_without_an_organs_signer_or_with_a_strangers_is_refused(office, chosen, code):
    draft = written(office, board_seat(office))
    with pytest.raises(Refused) as refused:
        approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=chosen(seats(draft)))
    assert code in codes(refused)
    assert not draft.approvals.exists()


def test_no_number_while_one_organ_has_not_signed_and_every_reason_is_told(office):
    draft = written(office, board_seat(office), OUTSIDE)
    services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    with pytest.raises(Refused) as refused:
        services.issue(office.clerk, on=TODAY, document_id=draft.pk)
    told = [reason.sentence for reason in refused.value.reasons if reason.code == "documents.joint_unsigned"]
    assert [sentence.partition(" chưa ký")[0] for sentence in told] == ["Ban Tổ chức Thành ủy", OUTSIDE.name]
    assert Document.objects.get(pk=draft.pk).number is None
    assert not NumberSeries.objects.exists()


def test_the_clerk_records_a_signature_made_outside_and_then_the_number_is_drawn(office):
    draft = submitted(office, board_seat(office), OUTSIDE)
    sign(office.board_head)
    sign(office.head)
    row = draft.joint_organs.get(unit=None)
    received = joint.receive_signature(office.clerk, on=TODAY, joint_id=row.pk, received_on=TODAY, note="Bản giấy, công văn trả lời")
    assert (received.received_on, received.received_by_id) == (TODAY, person_of(office.clerk))
    assert services.issue(office.clerk, on=TODAY, document_id=draft.pk).symbol == "01-KH/VPTU-BTCTU-MTTQ"


def test_a_signature_is_received_once_by_the_clerk_of_a_waiting_paper_only(office):
    draft = submitted(office, board_seat(office), OUTSIDE)
    inside, outside = draft.joint_organs.order_by("order")
    with pytest.raises((Refused, Forbidden, NotFound)):
        joint.receive_signature(office.clerk, on=TODAY, joint_id=outside.pk, received_on=TODAY)
    sign(office.board_head)
    sign(office.head)
    with pytest.raises(Forbidden):
        joint.receive_signature(office.specialist, on=TODAY, joint_id=outside.pk, received_on=TODAY)
    with pytest.raises(Refused) as refused:
        joint.receive_signature(office.clerk, on=TODAY, joint_id=inside.pk, received_on=TODAY + timedelta(days=1))
    assert codes(refused) == {"documents.joint_signed", "documents.dated_later"}
    joint.receive_signature(office.clerk, on=TODAY, joint_id=outside.pk, received_on=TODAY)
    with pytest.raises(Refused):
        joint.receive_signature(office.clerk, on=TODAY, joint_id=outside.pk, received_on=TODAY)
    assert draft.joint_organs.filter(received_on__isnull=False).count() == 1


def test_a_changed_text_needs_the_outside_signature_again(office):
    draft = written(office, OUTSIDE)
    services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    joint.receive_signature(office.clerk, on=TODAY, joint_id=draft.joint_organs.get().pk, received_on=TODAY)
    services.return_draft(office.clerk, on=TODAY, document_id=draft.pk, reason="Sửa lại mục 2")
    versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="1. Nội dung khác hẳn.")
    services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    with pytest.raises(Refused) as refused:
        services.issue(office.clerk, on=TODAY, document_id=draft.pk)
    assert "documents.joint_unsigned" in codes(refused)


def test_naming_another_organ_after_approval_sends_the_paper_round_again(office):
    draft = submitted(office, board_seat(office))
    sign(office.board_head)
    sign(office.head)
    services.return_draft(office.clerk, on=TODAY, document_id=draft.pk, reason="Thêm cơ quan")
    name(office, draft, board_seat(office), OUTSIDE)
    with pytest.raises(Refused) as refused:
        services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    assert codes(refused) == {"documents.changed_after_approval"}


def test_a_signer_replaced_mid_round_is_printed_on_his_organs_block(office):
    draft = submitted(office, board_seat(office))
    deputy = make_actor(office.board, Role.UNIT_HEAD, full_name="Mai Thị Phó")
    step = draft.approval_steps.get(kind="joint")
    assert {line.person_id for line in may_stand(draft, "joint", office.board, on=TODAY)} == {person_of(office.board_head), person_of(deputy)}
    replacing.replace_signer(office.head, on=TODAY, step_id=step.pk, person_id=person_of(deputy), reason="Đi công tác", position="PHÓ TRƯỞNG BAN TỔ CHỨC")
    row = draft.joint_organs.get()
    assert (row.person_id, row.signer_name, row.signer_position) == (person_of(deputy), "Mai Thị Phó", "PHÓ TRƯỞNG BAN TỔ CHỨC")
    sign(deputy)
    sign(office.head)
    assert services.issue(office.clerk, on=TODAY, document_id=draft.pk).number == 1


@pytest.fixture
def waiting(office) -> Document:
    """Mọi người ký đã ký duyệt, chờ ký số."""
    signing.trusted()
    draft = submitted(office, board_seat(office))
    sign(office.board_head)
    sign(office.head)
    return draft


def test_one_digital_signature_for_each_signer_then_the_seals_each_at_its_own_block(office, waiting):
    lead, other = personal(office.head), personal(office.board_head, "Trần Văn Ban")
    board_clerk = make_actor(office.board, Role.CLERK)
    stamps = seal(office.clerk, office.office), seal(board_clerk, office.board, "Ban Tổ chức Thành ủy")
    made = issuing.sign_and_issue(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(lead))
    assert made.symbol == "01-KH/VPTU-BTCTU"
    assert signatures.awaiting_joint_signature(office.board_head, on=TODAY).get().pk == made.pk
    assert not signatures.awaiting_seal(office.clerk, on=TODAY).exists()
    joint.sign_joint(office.board_head, on=TODAY, document_id=made.pk, unlock=unlock(other))
    assert not signatures.awaiting_joint_signature(office.board_head, on=TODAY).exists()
    for clerk, stamp in ((office.clerk, stamps[0]), (board_clerk, stamps[1])):
        assert signatures.awaiting_seal(clerk, on=TODAY).get().pk == made.pk
        sealing.seal(clerk, on=TODAY, document_id=made.pk, unlock=unlock(stamp))
        assert not signatures.awaiting_seal(clerk, on=TODAY).exists()
    with open_file(made.attachments.get(is_final=True).file) as content:
        data = content.read()
    seen = signatures.verified(data)
    assert [one.signer for one in seen] == ["Lê Văn Chánh", "Trần Văn Ban", "Văn phòng Thành ủy", "Ban Tổ chức Thành ủy"]
    assert {one.verdict for one in seen} == {Verdict.VALID}
    right, left, *_seals = stamp_middles(data)
    assert left < 105 < right
    assert list(Signature.objects.order_by("pk").values_list("purpose", "joint__unit")) == [
        ("sign", None), ("sign", office.board), ("seal", None), ("seal", office.board),
    ]  # fmt: skip


def test_nobody_seals_or_sends_before_every_digital_signature_and_nobody_signs_twice(office, waiting):
    lead, other = personal(office.head), personal(office.board_head, "Trần Văn Ban")
    stamp = seal(office.clerk, office.office)
    with pytest.raises((Refused, Forbidden)):
        joint.sign_joint(office.board_head, on=TODAY, document_id=waiting.pk, unlock=unlock(other))
    issuing.sign_and_issue(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(lead))
    with pytest.raises(Refused) as refused:
        sealing.seal(office.clerk, on=TODAY, document_id=waiting.pk, unlock=unlock(stamp))
    assert codes(refused) == {"documents.joint_unsigned"}
    with pytest.raises(Refused) as refused:
        sending.send(office.clerk, on=TODAY, document_id=waiting.pk, unit_ids=[office.north])
    assert "documents.joint_unsigned" in codes(refused)
    with pytest.raises(Forbidden):
        joint.sign_joint(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(lead))
    assert Signature.objects.count() == 1
    joint.sign_joint(office.board_head, on=TODAY, document_id=waiting.pk, unlock=unlock(other))
    with pytest.raises(Refused):
        joint.sign_joint(office.board_head, on=TODAY, document_id=waiting.pk, unlock=unlock(other))
    assert Signature.objects.count() == 2


def test_once_numbered_every_organ_sees_the_paper_and_the_page_says_why(office):
    stranger = make_actor(office.board, Role.CLERK)
    draft = submitted(office, board_seat(office))
    sign(office.board_head)
    sign(office.head)
    made = services.issue(office.clerk, on=TODAY, document_id=draft.pk)
    assert made.issuer_name == "Văn phòng Thành ủy - Ban Tổ chức Thành ủy"
    assert visible_to(stranger, on=TODAY).filter(pk=made.pk).exists()
    assert person_of(stranger) in {sight.person_id for sight in who_sees(stranger, made.pk, on=TODAY)}


def test_the_form_check_reads_every_block(office):
    draft = written(office, board_seat(office, authority="KT. TRƯỞNG BAN", position="TRƯỞNG BAN"), JointSeat(unit_id=office.north))
    told = {(one.code, one.found.field, one.found.line) for one in checked(draft, on=TODAY).violations}
    assert {("sign.style", "joint", 0), ("joint.position", "joint", 0), ("sign.missing", "joint", 1)} <= told
    blocking = {one.code for one in checked(draft, on=TODAY).blocking}
    assert {"sign.style", "sign.missing"} <= blocking


@pytest.fixture
def heir(office) -> int:
    """Ban mới mở từ ngày chuyển, nhận việc của Ban Tổ chức và của phường Bắc."""
    unit = make_unit("Ban Tổ chức và Kiểm tra Thành ủy", office.city, on=DAY, kind=Kind.ORGANISATION)
    UnitVersion.objects.filter(unit=unit).update(symbol="BTCKTTU")
    structure.record_successions([(office.board, unit, "merged", []), (office.north, unit, "merged", [])], on=DAY, decree="QĐ")
    return unit


def cut_over(office, heir, *old: int):
    handover = plan(dict.fromkeys(old, heir), KINDS)
    carry_out(handover)
    structure.close_units(list(old), on=DAY)
    return handover


def test_a_draft_in_mid_round_follows_its_joint_organ_to_the_heir_and_back(office, heir):
    draft = submitted(office, board_seat(office))
    before = draft.joint_organs.values().get()
    handover = cut_over(office, heir, office.board)
    step = draft.approval_steps.get(kind="joint")
    assert (step.unit_id, step.person_id) == (heir, None)
    assert paper_of(draft, on=DAY).organ == "VĂN PHÒNG - BAN TỔ CHỨC VÀ KIỂM TRA"
    take_back(handover, day=DAY + timedelta(days=5))
    step.refresh_from_db()
    assert (step.unit_id, step.person_id) == (office.board, person_of(office.board_head))
    assert draft.joint_organs.values().get() == before


def test_the_heirs_head_signs_for_the_joint_organ_and_the_number_names_the_heir(office, heir):
    draft = submitted(office, board_seat(office))
    cut_over(office, heir, office.board)
    new_head = make_actor(heir, Role.UNIT_HEAD, full_name="Đinh Thị Mới")
    for actor in (new_head, office.head):
        approval.approve(actor, on=DAY, step_id=stages.steps_for_me(actor, on=DAY).get().pk)
    made = services.issue(office.clerk, on=DAY, document_id=draft.pk)
    assert made.symbol == "01-KH/VPTU-BTCKTTU"
    row = made.joint_organs.get()
    assert (row.signer_name, row.unit_id, row.kept_by_id) == ("Đinh Thị Mới", heir, heir)


def test_a_round_begun_after_the_cut_over_asks_the_heirs_head(office, heir):
    draft = written(office, board_seat(office))
    cut_over(office, heir, office.board)
    new_head = make_actor(heir, Role.UNIT_HEAD, full_name="Đinh Thị Mới")
    wanted = [seat for seat in proposed_seats(draft, on=DAY) if seat.kind in ("joint", "sign")]
    assert [(seat.kind, seat.unit_id, seat.person_id) for seat in wanted][0] == ("joint", heir, person_of(new_head))
    approval.submit(office.specialist, on=DAY, document_id=draft.pk, seats=wanted)


def test_the_heir_of_a_joint_organ_sees_the_issued_paper_and_history_names_the_old_organ(office, heir):
    draft = submitted(office, board_seat(office))
    sign(office.board_head)
    sign(office.head)
    made = services.issue(office.clerk, on=TODAY, document_id=draft.pk)
    handover = cut_over(office, heir, office.board)
    row = made.joint_organs.get()
    assert (row.unit_id, row.kept_by_id, row.name, row.person_id) == (office.board, heir, "Ban Tổ chức Thành ủy", person_of(office.board_head))
    assert paper_of(made, on=DAY).organ == "VĂN PHÒNG - BAN TỔ CHỨC"
    assert visible_to(make_actor(heir, Role.UNIT_HEAD), on=DAY).filter(pk=made.pk).exists()
    take_back(handover, day=DAY + timedelta(days=5))
    assert made.joint_organs.get().kept_by_id == office.board


def test_two_joint_organs_that_became_one_are_told_before_the_round_and_before_the_number(office, heir):
    draft = written(office, board_seat(office), JointSeat(unit_id=office.north, person_id=person_of(office.north_head)))
    cut_over(office, heir, office.board, office.north)
    head = make_actor(heir, Role.UNIT_HEAD)
    wanted = [Seat(1, "joint", heir, person_of(head)), Seat(2, "sign", office.office, person_of(office.head))]
    with pytest.raises(Refused) as refused:
        approval.submit(office.specialist, on=DAY, document_id=draft.pk, seats=wanted)
    assert "documents.joint_repeated" in codes(refused)
    services.send_to_issue(office.specialist, on=DAY, document_id=draft.pk)
    with pytest.raises(Refused) as refused:
        services.issue(office.clerk, on=DAY, document_id=draft.pk)
    assert "documents.joint_repeated" in codes(refused)
