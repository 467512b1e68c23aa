"""Hồ sơ: mở, đưa vào, kết thúc với mọi điều còn thiếu, nộp lưu, hủy có duyệt; và đi theo sắp xếp bộ máy."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused, TinhGonError
from tinhgon.documents import services
from tinhgon.documents.dossier_access import dossier_for, dossiers_visible_to
from tinhgon.documents.models import (
    Arrival,
    ArrivalFile,
    Attachment,
    Delivery,
    DisposalItem,
    Document,
    Dossier,
    DraftVersion,
    Opinion,
    OpinionRequest,
    Outbox,
    Partner,
    RetentionPeriod,
    Signature,
    SigningKey,
)
from tinhgon.documents.selectors.dossiers import contents, open_for_filing, past_retention, ready_to_hand_over
from tinhgon.documents.services import archiving, disposing, dossiers
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.documents.tests.handing import DAY, carry_out, plan, take_back
from tinhgon.documents.tests.handing import contents as hashes
from tinhgon.engine.archive import verify
from tinhgon.files.models import StoredFile
from tinhgon.files.services import local_path, store
from tinhgon.org.models import Function, Role
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_actor
from tinhgon.search.selectors import search

State = Dossier.State
LATER = date(2028, 1, 5)


def retention(code="2-nam"):
    return RetentionPeriod.objects.get(code=code).pk


def opened(office, actor=None, **changed):
    values = {"title": "Hồ sơ hội nghị tổng kết", "retention_id": retention()} | changed
    return dossiers.open_dossier(actor or office.specialist, on=TODAY, **values)


def finished(office, *, on=TODAY, text=b"noi dung", **extra):
    """Một văn bản đi đã ban hành, có tệp."""
    document = office.issued(on=on, **extra)
    services.attach(office.clerk, on=on, document_id=document.pk, name="ban.txt", content=io.BytesIO(text))
    return document


def closed(office, *documents, **changed):
    dossier = opened(office, **changed)
    for document in documents or [finished(office)]:
        dossiers.file_document(office.specialist, on=TODAY, dossier_id=dossier.pk, document_id=document.pk)
    return dossiers.close_dossier(office.specialist, on=TODAY, dossier_id=dossier.pk)


def test_a_dossier_needs_a_title_and_a_retention_period_in_force(office):
    RetentionPeriod.objects.filter(code="5-nam").update(valid_until=date(2024, 1, 1))
    with pytest.raises(Invalid) as refusal:
        opened(office, title=" ", retention_id=retention("5-nam"))
    assert {reason.field for reason in refusal.value.reasons} == {"title", "retention"}
    assert not Dossier.objects.exists()


def test_who_keeps_it_its_head_and_the_clerk_see_it_and_nobody_else(office):
    dossier = opened(office)
    for actor, sees in (
        (office.specialist, True), (office.head, True), (office.clerk, True), (office.colleague, False), (office.north_head, False),
        (office.inspector, False), (office.administrator, False),
    ):  # fmt: skip
        assert dossiers_visible_to(actor, on=TODAY).filter(pk=dossier.pk).exists() == sees
    with pytest.raises(NotFound):
        dossier_for(office.colleague, dossier.pk, on=TODAY)


def test_a_paper_lies_in_several_dossiers_once_in_each_and_shows_nothing_to_those_who_may_not_see_it(office):
    document = finished(office)
    one, two = opened(office), opened(office, title="Hồ sơ khác")
    for dossier in (one, two):
        dossiers.file_document(office.specialist, on=TODAY, dossier_id=dossier.pk, document_id=document.pk)
    with pytest.raises(Refused):
        dossiers.file_document(office.specialist, on=TODAY, dossier_id=one.pk, document_id=document.pk)
    elsewhere = office.incoming(office.north_clerk, to=office.north)
    with pytest.raises(NotFound):
        dossiers.file_document(office.specialist, on=TODAY, dossier_id=one.pk, document_id=elsewhere.pk)
    stranger = opened(office, office.colleague)
    dossiers.add_paper(office.colleague, on=TODAY, dossier_id=stranger.pk, title="Biên bản viết tay", pages=2)
    draft = office.draft(office.colleague)
    dossiers.file_document(office.colleague, on=TODAY, dossier_id=stranger.pk, document_id=draft.pk)
    Document.objects.filter(pk=draft.pk).update(holder=office.north)
    paper, hidden = contents(office.head, stranger, on=TODAY)
    assert (paper.title, paper.pages, hidden.is_hidden, hidden.document) == ("Biên bản viết tay", 2, True, None)


def test_dossiers_of_the_same_field_are_offered_first(office):
    ensure_catalogue()
    field = Function.objects.all()[0]
    opened(office)
    fitting = opened(office, title="Hồ sơ cùng lĩnh vực", function_id=field.pk)
    opened(office, title="Mới nhất")
    document = finished(office, function_id=field.pk)
    assert open_for_filing(office.specialist, document, on=TODAY)[0].pk == fitting.pk


def test_closing_names_everything_missing_at_once(office):
    with pytest.raises(Refused) as refusal:
        dossiers.close_dossier(office.specialist, on=TODAY, dossier_id=opened(office).pk)
    assert refusal.value.code == "documents.dossier_empty"
    dossier = opened(office)
    for document in (office.draft(), office.issued()):
        dossiers.file_document(office.specialist, on=TODAY, dossier_id=dossier.pk, document_id=document.pk)
    incoming = office.incoming()
    dossiers.file_document(office.head, on=TODAY, dossier_id=dossier.pk, document_id=incoming.pk)
    Dossier.objects.filter(pk=dossier.pk).update(keeper=None)
    with pytest.raises(Refused) as refusal:
        dossiers.close_dossier(office.head, on=TODAY, dossier_id=dossier.pk)
    assert {reason.code for reason in refusal.value.reasons} == {
        "documents.no_keeper", "documents.filed_draft", "documents.filed_open", "documents.filed_without_file",
    }  # fmt: skip
    assert Dossier.objects.get(pk=dossier.pk).state == State.OPEN


def test_a_closed_dossier_takes_nothing_more_until_reopened_with_a_reason(office):
    dossier = closed(office)
    with pytest.raises(Refused):
        dossiers.add_paper(office.specialist, on=TODAY, dossier_id=dossier.pk, title="Thêm")
    with pytest.raises(Invalid):
        dossiers.reopen_dossier(office.specialist, on=TODAY, dossier_id=dossier.pk, reason="")
    again = dossiers.reopen_dossier(office.specialist, on=TODAY, dossier_id=dossier.pk, reason="Sót biên bản")
    assert (again.state, again.closed_on) == (State.OPEN, None)


def test_a_secret_paper_is_only_a_register_entry_in_dossier_and_package(office, tmp_path):
    keeper = make_actor(office.office, Role.CLERK, clearance=1)
    secret = office.incoming(keeper, secrecy=1, summary="Nội dung không được lộ")
    head = make_actor(office.office, Role.OFFICE_HEAD, clearance=1)
    services.complete_document(head, on=TODAY, document_id=secret.pk)
    dossier = opened(office, head)
    dossiers.file_document(head, on=TODAY, dossier_id=dossier.pk, document_id=secret.pk)
    dossiers.close_dossier(head, on=TODAY, dossier_id=dossier.pk)
    assert contents(office.head, dossier, on=TODAY)[0].is_hidden
    transfer = archiving.hand_over(head, on=TODAY, dossier_ids=[dossier.pk])
    with local_path(transfer.package) as path, zipfile.ZipFile(path) as bag:
        manifest = bag.read("goi.xml").decode()
    assert "register" in manifest
    assert "lộ" not in manifest


def test_the_archive_receives_a_package_that_verifies(office):
    document = finished(office)
    dossier = closed(office, document)
    transfer = archiving.hand_over(office.specialist, on=TODAY, dossier_ids=[dossier.pk], note="Đợt 1")
    with local_path(transfer.package) as path:
        assert verify(path) == []
        with zipfile.ZipFile(path) as bag:
            assert bag.read(f"tep/{document.attachments.get().file.sha256}") == b"noi dung"
            manifest = bag.read("goi.xml").decode()
    assert all(f"<{name}>" in manifest for name in ("FileNotation", "Title", "Maintenance", "Subject", "CodeNotation")[1:])
    for actor in (office.specialist, office.head, office.north_clerk):
        with pytest.raises(TinhGonError):
            archiving.receive(actor, on=TODAY, transfer_id=transfer.pk)
    archiving.receive(office.clerk, on=TODAY, transfer_id=transfer.pk)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.holder_id) == (State.ARCHIVED, office.office)
    with pytest.raises(Refused):
        archiving.receive(office.clerk, on=TODAY, transfer_id=transfer.pk)


def test_only_what_one_may_hand_over_is_offered_and_nothing_waiting_to_be_destroyed(office):
    dossier = closed(office)
    colleague = make_actor(office.room, Role.SPECIALIST)
    offered = {name: [d.pk for d in ready_to_hand_over(actor, on=TODAY)] for name, actor in (
        ("keeper", office.specialist), ("head", office.head), ("clerk", office.clerk), ("colleague", colleague),
    )}  # fmt: skip
    assert offered == {"keeper": [dossier.pk], "head": [dossier.pk], "clerk": [], "colleague": []}
    with pytest.raises(Forbidden):  # văn thư thấy hồ sơ của cơ quan nhưng không nộp thay
        archiving.hand_over(office.clerk, on=TODAY, dossier_ids=[dossier.pk])
    disposing.make_disposal(office.clerk, on=LATER, unit_id=office.office, title="Danh mục", dossier_ids=[dossier.pk])
    assert not ready_to_hand_over(office.specialist, on=LATER).exists()


def test_the_archive_sends_back_with_a_reason_and_it_is_handed_over_again(office):
    dossier = closed(office)
    transfer = archiving.hand_over(office.specialist, on=TODAY, dossier_ids=[dossier.pk])
    with pytest.raises(Invalid):
        archiving.send_back(office.clerk, on=TODAY, transfer_id=transfer.pk, reason=" ")
    archiving.send_back(office.clerk, on=TODAY, transfer_id=transfer.pk, reason="Thiếu mục lục giấy")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.transfer_id) == (State.CLOSED, None)
    archiving.hand_over(office.specialist, on=TODAY, dossier_ids=[dossier.pk])


def approved(office, *held, on=LATER):
    disposal = disposing.make_disposal(
        office.clerk, on=on, unit_id=office.office, title="Danh mục 2028", dossier_ids=[dossier.pk for dossier in held]
    )
    verdicts = {item.pk: ("destroy", "") for item in disposal.items.all()}
    disposing.appraise(office.head, on=on, disposal_id=disposal.pk, verdicts=verdicts)
    return disposing.approve(office.head, on=on, disposal_id=disposal.pk)


def test_what_is_permanent_held_back_or_not_yet_due_is_never_listed(office):
    due = closed(office)
    forever = closed(office, retention_id=retention("vinh-vien"))
    held = closed(office)
    dossiers.hold_dossier(office.head, on=TODAY, dossier_id=held.pk, reason="Đang giải quyết khiếu nại")
    assert [d.pk for d in past_retention({office.office}, on=LATER)] == [due.pk]
    assert not past_retention({office.office}, on=date(2027, 12, 31))
    for wrong in (forever, held):
        with pytest.raises(Refused):
            disposing.make_disposal(office.clerk, on=LATER, unit_id=office.office, title="x", dossier_ids=[due.pk, wrong.pk])
    assert not DisposalItem.objects.exists()


def test_destruction_takes_two_people_and_the_right_number_typed_again(office):
    dossier = closed(office, finished(office, text=b"rieng"))
    disposal = disposing.make_disposal(office.clerk, on=LATER, unit_id=office.office, title="Danh mục", dossier_ids=[dossier.pk])
    item = disposal.items.get()
    with pytest.raises(Forbidden):  # người lập không tự xét
        disposing.appraise(office.clerk, on=LATER, disposal_id=disposal.pk, verdicts={item.pk: ("destroy", "")})
    with pytest.raises(Invalid) as refusal:
        disposing.appraise(office.head, on=LATER, disposal_id=disposal.pk, verdicts={item.pk: ("keep", "")})
    assert refusal.value.code == "documents.no_verdict_reason"
    with pytest.raises(Refused):
        disposing.approve(office.head, on=LATER, disposal_id=disposal.pk)
    disposing.appraise(office.head, on=LATER, disposal_id=disposal.pk, verdicts={item.pk: ("destroy", "")})
    with pytest.raises(Forbidden):
        disposing.approve(office.clerk, on=LATER, disposal_id=disposal.pk)
    disposing.approve(office.head, on=LATER, disposal_id=disposal.pk)
    with pytest.raises(Invalid) as refusal:
        disposing.destroy(office.clerk, on=LATER, disposal_id=disposal.pk, confirmed=7)
    assert refusal.value.code == "documents.not_confirmed"
    assert Attachment.objects.count() == 1


def test_content_goes_and_the_register_the_list_and_the_hashes_stay(office, django_capture_on_commit_callbacks):
    document, shared = finished(office, text=b"rieng"), finished(office, text=b"chung")
    dossier = closed(office, document, shared)
    transfer = archiving.hand_over(office.specialist, on=TODAY, dossier_ids=[dossier.pk])
    archiving.receive(office.clerk, on=TODAY, transfer_id=transfer.pk)
    living = opened(office, title="Đang lập")
    dossiers.file_document(office.specialist, on=TODAY, dossier_id=living.pk, document_id=shared.pk)
    package, own = transfer.package, document.attachments.get().file
    disposal = approved(office, dossier)
    assert disposing.damage(disposal) == disposing.Damage(1, 1, 1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        disposing.destroy(office.clerk, on=LATER, disposal_id=disposal.pk, confirmed=1)
    assert not StoredFile.objects.filter(pk__in=[own.pk, package.pk]).exists()
    assert shared.attachments.count() == 1
    kept = Document.objects.get(pk=document.pk)
    assert (kept.symbol, kept.number, kept.content, kept.attachments.count()) == (document.symbol, document.number, "", 0)
    assert disposal.items.get().destroyed == [{"document": str(document.pk), "name": "ban.txt", "sha256": own.sha256}]
    dossier.refresh_from_db()
    assert (dossier.state, dossier.entries.count()) == (State.DESTROYED, 2)
    assert Entry.objects.filter(code="documents.content_destroyed", target_id=str(document.pk)).exists()


def test_one_held_back_after_approval_stops_the_whole_destruction(office):
    dossier, other = closed(office), closed(office)
    disposal = approved(office, dossier, other)
    dossiers.hold_dossier(office.head, on=LATER, dossier_id=other.pk, reason="Kiểm tra")
    with pytest.raises(Refused) as refusal:
        disposing.destroy(office.clerk, on=LATER, disposal_id=disposal.pk, confirmed=2)
    assert refusal.value.code == "documents.disposal_stopped"
    assert Attachment.objects.count() == 2


def test_dossiers_are_found_by_title_without_marks_only_by_those_who_see_them(office):
    dossier = opened(office)
    found = search(office.specialist, on=TODAY, text="ho so hoi nghi", kinds=["dossier"]).hits
    assert [hit.id for hit in found] == [dossier.pk]
    assert not search(office.north_head, on=TODAY, text="ho so hoi nghi", kinds=["dossier"]).hits


def test_dossiers_transfers_and_lists_follow_the_heir_and_come_back(office):
    kinds = ("documents.dossier", "documents.dossier_record", "documents.archive_transfer", "documents.archive", "documents.disposal")
    living, sent, due = opened(office), closed(office), closed(office)
    transfer = archiving.hand_over(office.specialist, on=TODAY, dossier_ids=[sent.pk])
    disposal = disposing.make_disposal(office.clerk, on=LATER, unit_id=office.office, title="Danh mục", dossier_ids=[due.pk])
    before = {kind: hashes(kind) for kind in kinds}
    handover = plan({office.office: office.board}, kinds)
    carry_out(handover)
    for row in (living, transfer, disposal):
        row.refresh_from_db()
    assert (living.holder_id, living.unit_id, living.keeper_id) == (office.board, office.office, None)
    assert (transfer.from_unit_id, transfer.archive_id, disposal.unit_id) == (office.board,) * 3
    assert {kind: hashes(kind) for kind in kinds} == before
    archivist = make_actor(office.board, Role.CLERK)
    archiving.send_back(archivist, on=DAY, transfer_id=transfer.pk, reason="Nộp lại ở nơi mới")
    take_back(handover, day=DAY + timedelta(days=30))
    living.refresh_from_db()
    assert (living.holder_id, living.keeper_id) == (office.office, person_of(office.specialist))


def test_a_stand_in_keeps_the_dossiers_of_the_absent(office):
    dossier = opened(office)
    stand_in(
        office.head, on=TODAY, appointment_id=office.specialist.appointment_id, person_id=person_of(office.colleague), first_day=TODAY,
        last_day=TODAY, reason="Ốm",
    )  # fmt: skip
    deputy = Actor(office.colleague.user_id, office.specialist.appointment_id)
    assert dossiers.add_paper(deputy, on=TODAY, dossier_id=dossier.pk, title="Biên bản").position == 1


def test_every_place_that_keeps_the_words_of_a_destroyed_paper_lets_go_of_them(office, django_capture_on_commit_callbacks):
    """Bản dự thảo, tệp góp ý, đoạn trích thẩm định, tệp ở khay, thông điệp đã gửi, chữ ký trỏ vào tệp."""
    document = finished(office, text=b"ban chinh")

    def stored(text):
        return store(io.BytesIO(text), "tep.txt")

    draft, remark, tray, message = (stored(text) for text in (b"ban thao", b"gop y", b"luc toi", b"<thong-diep/>"))
    DraftVersion.objects.create(document=document, number=1, body="Chữ của dự thảo", file=draft, file_name="du-thao.docx", saved_at=clock.now())
    asked = OpinionRequest.objects.create(document=document, version=1, due_at=clock.now(), asked_at=clock.now(), state="closed", closed_at=clock.now())
    Opinion.objects.create(request=asked, document=document, to_unit_id=office.board, state="agree", file=remark, file_name="gop-y.docx")
    arrival = Arrival.objects.create(
        to_unit_id=office.office, channel="upload", state="registered", document=document, received_at=clock.now(), reading={"trich_yeu": "lộ"}
    )
    ArrivalFile.objects.create(arrival=arrival, file=tray, name="goc.txt", text="chữ lúc tới")
    key = SigningKey.objects.create(
        unit_id=office.office, kind="file", certificate="x", common_name="x", issuer="x", serial="1", fingerprint="x", not_before=clock.now(),
        not_after=clock.now(), added_at=clock.now(),
    )  # fmt: skip
    Signature.objects.create(
        document=document, attachment=document.attachments.get(), key=key, purpose="seal", signed_at=clock.now(), sha256="a" * 64
    )
    delivery = Delivery.objects.create(document=document, from_unit_id=office.office, way="network", to_name="Nơi khác", sent_at=clock.now())
    partner = Partner.objects.create(name="Nơi khác", added_at=clock.now())
    Outbox.objects.create(
        partner=partner, line="x", kind="document", delivery=delivery, body=message, state="sent", next_at=clock.now(), created_at=clock.now()
    )
    dossier = closed(office, document)
    disposal = approved(office, dossier)
    assert disposing.damage(disposal).files == 4
    with django_capture_on_commit_callbacks(execute=True):
        disposing.destroy(office.clerk, on=LATER, disposal_id=disposal.pk, confirmed=1)
    assert not StoredFile.objects.filter(pk__in=[one.pk for one in (draft, remark, tray, message)]).exists()
    assert (document.versions.count(), arrival.files.count(), Outbox.objects.get().body_id) == (0, 0, None)
    assert Signature.objects.values_list("attachment", "sha256").get() == (None, "a" * 64)
    arrival.refresh_from_db()
    assert (arrival.reading, arrival.document_id) == ({}, document.pk)
    assert document.opinions.get().state == "agree"
    assert {row["name"] for row in disposal.items.get().destroyed} == {"ban.txt", "du-thao.docx", "gop-y.docx", "goc.txt"}
    assert Document.objects.get(pk=document.pk).number == document.number
