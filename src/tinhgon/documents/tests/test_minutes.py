"""Biên bản: người ghi rồi chủ trì, trong lượt trình ký cũng như trên tệp ký số; thiếu một người thì chưa xong."""

import pytest

from tinhgon.core.errors import Forbidden, Refused
from tinhgon.documents import services
from tinhgon.documents.models import Document, Signature
from tinhgon.documents.selectors import signatures, stages
from tinhgon.documents.selectors.paper import paper_of
from tinhgon.documents.selectors.paths import Seat, proposed_seats
from tinhgon.documents.services import approval, issuing, minutes, sealing, versions
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import TODAY, document_type, person_of
from tinhgon.documents.tests.signing import personal, seal, stamp_middles, unlock
from tinhgon.engine.signing.verify import Verdict
from tinhgon.files.services import open_file

pytestmark = pytest.mark.django_db


def written(office, **extra) -> Document:
    values = {"type_id": document_type("bien-ban").pk, "summary": "họp giao ban tuần", "recorder_name": "Ngô Văn Viên"}
    draft = office.draft(**(values | extra))
    versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body="Hội nghị bắt đầu lúc 8 giờ.\nKết thúc lúc 9 giờ.")
    return Document.objects.select_related("type").get(pk=draft.pk)


def seats(office) -> list[Seat]:
    return [
        Seat(1, "record", office.office, person_of(office.specialist)), Seat(2, "sign", office.office, person_of(office.head)),
    ]  # fmt: skip


def submit(office, chosen, draft):
    return approval.submit(office.specialist, on=TODAY, document_id=draft.pk, seats=chosen)


def test_the_proposed_round_is_the_recorder_then_the_chair(office):
    assert [(seat.kind, seat.person_id) for seat in proposed_seats(written(office), on=TODAY)] == [
        ("record", person_of(office.specialist)), ("sign", person_of(office.head)),
    ]  # fmt: skip


def test_the_chair_waits_for_the_recorder_and_both_names_are_printed(office):
    draft = written(office, recorder_name="", signer_name="")
    submit(office, seats(office), draft)
    assert not stages.steps_for_me(office.head, on=TODAY).exists()
    for actor in (office.specialist, office.head):
        approval.approve(actor, on=TODAY, step_id=stages.steps_for_me(actor, on=TODAY).get().pk)
    draft.refresh_from_db()
    assert (draft.state, draft.recorder_name, draft.signer_name) == ("ready", "Ngô Văn Viên", "Lê Văn Chánh")
    paper = paper_of(draft, ["Nội dung."], on=TODAY)
    assert (paper.recorder_word, paper.recorder) == ("NGƯỜI GHI BIÊN BẢN", "Ngô Văn Viên")
    assert (paper.authority, paper.signer) == ("CHỦ TRÌ HỘI NGHỊ", "Lê Văn Chánh")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (lambda o: seats(o)[1:], "documents.recorder_missing"),
        (lambda o: [seats(o)[0], Seat(1, "record", o.office, person_of(o.colleague)), seats(o)[1]], "documents.recorder_missing"),
        (lambda o: [Seat(2, "record", o.office, person_of(o.specialist)), seats(o)[1]], "documents.recorder_first"),
    ],
)
def test_a_round_of_minutes_has_one_recorder_before_the_chair(office, chosen, code):
    draft = written(office)
    with pytest.raises(Refused) as refused:
        submit(office, chosen(office), draft)
    assert code in {reason.code for reason in refused.value.reasons}
    assert not draft.approvals.exists()


def test_other_papers_have_no_recorder(office):
    draft = written(office, type_id=document_type("bao-cao").pk)
    with pytest.raises(Refused) as refused:
        submit(office, seats(office), draft)
    assert [reason.code for reason in refused.value.reasons] == ["documents.recorder_elsewhere"]
    assert paper_of(draft, on=TODAY).recorder_word == ""


@pytest.fixture
def waiting(office) -> Document:
    """Biên bản chờ cấp số, người ghi và chủ trì đều có khóa."""
    signing.trusted()
    draft = written(office)
    services.send_to_issue(office.specialist, on=TODAY, document_id=draft.pk)
    return draft


def keys(office):
    return personal(office.specialist, "Ngô Văn Viên"), personal(office.head)


def test_two_digital_signatures_stand_each_on_its_own_name_recorder_first(office, waiting):
    recorder, chair = keys(office)
    made = minutes.sign_as_recorder(office.specialist, on=TODAY, document_id=waiting.pk, unlock=unlock(recorder))
    assert (made.symbol, made.state) == ("01-BB/VPTU", Document.State.REGISTERED)
    minutes.sign_as_chair(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(chair))
    kept = Signature.objects.filter(document=waiting).order_by("pk")
    assert [(one.purpose, one.by.full_name) for one in kept] == [("sign", "Ngô Văn Viên"), ("sign", "Lê Văn Chánh")]
    final = waiting.attachments.get(is_final=True)
    with open_file(final.file) as content:
        data = content.read()
    seen = signatures.verified(data)
    assert [one.signer for one in seen] == ["Ngô Văn Viên", "Lê Văn Chánh"]
    assert {one.verdict for one in seen} == {Verdict.VALID}
    assert stamp_middles(data)[0] < 105 < stamp_middles(data)[1]


def test_nobody_signs_minutes_out_of_turn_and_no_number_is_drawn(office, waiting):
    recorder, chair = keys(office)
    other = personal(office.colleague, "Đỗ Thị Bạn")
    with pytest.raises(Refused):
        issuing.sign_and_issue(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(chair))
    with pytest.raises(Refused):
        minutes.sign_as_chair(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(chair))
    with pytest.raises(Forbidden):
        minutes.sign_as_recorder(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(chair))
    assert not Signature.objects.exists()
    assert Document.objects.get(pk=waiting.pk).number is None
    minutes.sign_as_recorder(office.specialist, on=TODAY, document_id=waiting.pk, unlock=unlock(recorder))
    with pytest.raises(Forbidden):
        minutes.sign_as_chair(office.specialist, on=TODAY, document_id=waiting.pk, unlock=unlock(recorder))
    with pytest.raises(Refused):
        minutes.sign_as_recorder(office.specialist, on=TODAY, document_id=waiting.pk, unlock=unlock(recorder))
    assert Signature.objects.count() == 1
    assert other.revoked_at is None


def test_minutes_are_sealed_only_after_the_chair_has_signed(office, waiting):
    recorder, chair = keys(office)
    stamp = seal(office.clerk, office.office)
    minutes.sign_as_recorder(office.specialist, on=TODAY, document_id=waiting.pk, unlock=unlock(recorder))
    with pytest.raises(Refused) as refused:
        sealing.seal(office.clerk, on=TODAY, document_id=waiting.pk, unlock=unlock(stamp))
    assert [reason.code for reason in refused.value.reasons] == ["documents.chair_not_signed"]
    assert Signature.objects.count() == 1
    minutes.sign_as_chair(office.head, on=TODAY, document_id=waiting.pk, unlock=unlock(chair))
    sealing.seal(office.clerk, on=TODAY, document_id=waiting.pk, unlock=unlock(stamp))
    assert Signature.objects.count() == 3


def test_minutes_are_not_among_papers_signed_in_one_go(office, waiting):
    assert not signatures.awaiting_signature(office.head, on=TODAY).exists()
