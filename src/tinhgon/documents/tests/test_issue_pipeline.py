"""Ban hành, tất cả hoặc không gì cả: số, ngày, bản ban hành, chữ ký, con dấu, gửi đi, lưu; hỏng ở bước nào cũng như chưa làm."""

from datetime import timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services
from tinhgon.documents.models import Attachment, Document, DraftVersion, NumberSeries, OrganStyle, Signature
from tinhgon.documents.selectors import signatures
from tinhgon.documents.services import copying, issuing, keys, sealing, trust
from tinhgon.documents.services.exchange.sending import SendTo
from tinhgon.documents.services.finals import Upload
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.documents.tests.signing import PASSPHRASE, ca, personal, unlock, written
from tinhgon.engine.signing import authority
from tinhgon.engine.signing.verify import Verdict
from tinhgon.files.models import StoredFile
from tinhgon.files.services import open_file
from tinhgon.org.models import Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(office):
    signing.trusted()
    return office


def content(attachment: Attachment) -> bytes:
    with open_file(attachment.file) as opened:
        return opened.read()


def words(pdf: bytes) -> str:
    return " ".join(pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().split())


def nothing_drawn(document: Document) -> bool:
    document.refresh_from_db()
    drawn = NumberSeries.objects.filter(last_number__gt=0).exists() or Signature.objects.exists()
    return document.number is None and document.state == Document.State.READY and not document.attachments.exists() and not drawn


def test_the_clerk_issues_number_day_paper_and_word_in_one_go(office):
    document = services.issue(office.clerk, on=TODAY, document_id=written(office).pk)
    pdf, word = document.attachments.select_related("file").order_by("pk")
    assert (pdf.name, pdf.is_final, word.name, word.is_final) == ("01-CV-VPTU.pdf", True, "01-CV-VPTU.docx", False)
    assert "Số 01-CV/VPTU" in words(content(pdf))
    assert "ngày 20 tháng 6 năm 2025" in words(content(pdf))
    assert (document.pages, document.content.splitlines()[0]) == (1, "Kính mời các đồng chí dự họp.")


def test_the_signer_draws_the_number_and_signs_it_then_the_clerk_seals(trusted):
    key, seal = personal(trusted.head), signing.seal(trusted.clerk, trusted.office)
    issued = issuing.sign_and_issue(trusted.head, on=TODAY, document_id=written(trusted).pk, unlock=unlock(key))
    assert list(signatures.awaiting_seal(trusted.clerk, on=TODAY)) == [issued]
    sealing.seal(trusted.clerk, on=TODAY, document_id=issued.pk, unlock=unlock(seal))
    _document, (file,) = signatures.on_document(trusted.specialist, issued.pk, on=TODAY)
    assert [(one.signer, one.verdict) for one in file.signatures] == [
        ("Lê Văn Chánh", Verdict.VALID), ("Văn phòng Thành ủy", Verdict.VALID),
    ]  # fmt: skip
    assert "Số 01-CV/VPTU" in words(content(file.attachment))
    assert not signatures.awaiting_seal(trusted.clerk, on=TODAY).exists()
    with pytest.raises(Refused):
        sealing.seal(trusted.clerk, on=TODAY, document_id=issued.pk, unlock=unlock(seal))


def test_only_the_signed_paper_goes_into_the_store(trusted):
    key, before = personal(trusted.head), set(StoredFile.objects.values_list("pk", flat=True))
    issued = issuing.sign_and_issue(trusted.head, on=TODAY, document_id=written(trusted).pk, unlock=unlock(key))
    kept = set(StoredFile.objects.values_list("pk", flat=True)) - before
    assert kept == set(issued.attachments.values_list("file", flat=True))
    assert issued.signatures.get().sha256 == issued.attachments.get(is_final=True).file.sha256


def test_the_clerk_files_the_scan_of_the_wet_signed_paper_seals_and_sends_in_one_go(trusted):
    seal = signing.seal(trusted.clerk, trusted.office)
    scan = Upload("quet.pdf", content(services.issue(trusted.clerk, on=TODAY, document_id=written(trusted).pk).attachments.get(is_final=True)))
    document = services.issue(
        trusted.clerk, on=TODAY, document_id=trusted.sent().pk, final=scan, seal=unlock(seal), send_to=SendTo(unit_ids=[trusted.north])
    )
    assert document.signatures.get().purpose == Signature.Purpose.SEAL
    assert document.deliveries.count() == 1
    assert document.attachments.get().is_final


@pytest.mark.parametrize("broken", ["passphrase", "not a pdf", "sending"])
def test_whatever_step_fails_no_number_is_drawn_and_nothing_is_filed(trusted, broken):
    seal = signing.seal(trusted.clerk, trusted.office)
    document = written(trusted)
    entries = Entry.objects.count()
    choices = {
        "passphrase": {"seal": unlock(seal, "sai mật khẩu")},
        "not a pdf": {"final": Upload("ban.pdf", b"%PDF-1.7 hong")},
        "sending": {"seal": unlock(seal), "send_to": SendTo(unit_ids=[trusted.office])},
    }[broken]
    if broken == "sending":
        structure.close_units([trusted.south], on=TODAY)
        choices["send_to"] = SendTo(unit_ids=[trusted.south])
    with pytest.raises((Refused, Invalid)):
        services.issue(trusted.clerk, on=TODAY, document_id=document.pk, **choices)
    assert nothing_drawn(document)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(("why", "code"), [
    ("passphrase", "documents.sign_wrong_passphrase"), ("stopped", "documents.sign_key_revoked"), ("foreign", "documents.sign_foreign"),
    ("revoked", "documents.sign_revoked"), ("no paper", "documents.no_final"),
])  # fmt: skip
def test_each_reason_a_signature_fails_has_its_own_sentence_and_draws_nothing(trusted, why, code):
    key = personal(trusted.head)
    document = trusted.sent() if why == "no paper" else written(trusted)
    if why == "stopped":
        keys.revoke_key(trusted.head, on=TODAY, key_id=key.pk, reason="Mất thẻ")
    if why == "foreign":
        admin = make_actor(trusted.office, Role.ADMINISTRATOR)
        trust.drop_anchor(admin, on=TODAY, anchor_id=trust.TrustAnchor.objects.get().pk)
    if why == "revoked":
        now = key.added_at
        listed = authority.revoke(ca(), [signing.issued("Lê Văn Chánh", "Văn phòng Thành ủy").certificate], at=now, now=now)
        trust.load_revocations(make_actor(trusted.office, Role.ADMINISTRATOR), on=TODAY, data=listed)
    passphrase = "sai mật khẩu" if why == "passphrase" else PASSPHRASE
    with pytest.raises(Refused) as refusal:
        issuing.sign_and_issue(trusted.head, on=TODAY, document_id=document.pk, unlock=unlock(key, passphrase))
    assert refusal.value.code == code
    assert nothing_drawn(document)


def test_only_the_signer_named_on_the_paper_signs(trusted):
    key = personal(trusted.head)
    for_another = written(trusted, signer_name="Nguyễn Văn Bí")
    with pytest.raises(Refused) as refusal:
        issuing.sign_and_issue(trusted.head, on=TODAY, document_id=for_another.pk, unlock=unlock(key))
    assert refusal.value.code == "documents.not_the_signer"
    own = personal(trusted.clerk, "Phạm Thị Thư")
    with pytest.raises(Forbidden):
        issuing.sign_and_issue(trusted.clerk, on=TODAY, document_id=written(trusted).pk, unlock=unlock(own))
    with pytest.raises(NotFound):
        issuing.sign_and_issue(trusted.secretary, on=TODAY, document_id=written(trusted).pk, unlock=unlock(key))
    other = make_actor(trusted.office, Role.UNIT_HEAD, full_name="Lê Văn Chánh")
    with pytest.raises(NotFound):
        issuing.sign_and_issue(other, on=TODAY, document_id=written(trusted).pk, unlock=unlock(key))


def test_a_seal_serves_its_own_organ_only_and_not_after_the_organ_closed(trusted):
    city = signing.seal(trusted.clerk, trusted.city, "Thành ủy")
    document = written(trusted)
    with pytest.raises(Refused) as refusal:
        services.issue(trusted.clerk, on=TODAY, document_id=document.pk, seal=unlock(city))
    assert refusal.value.code == "documents.seal_of_another"
    assert nothing_drawn(document)
    with pytest.raises(Forbidden):
        signing.seal(trusted.clerk, trusted.north, "Phường Bắc")
    with pytest.raises(NotFound):
        services.issue(trusted.north_clerk, on=TODAY, document_id=_north(trusted).pk, seal=unlock(city))


def _north(office) -> Document:
    draft = office.sent(office.north_head)
    DraftVersion.objects.create(document=draft, number=1, body="Nội dung.", saved_at=draft.created_at)
    return draft


def test_a_tampered_copy_attached_to_a_received_document_is_told(trusted):
    key = personal(trusted.head)
    issued = issuing.sign_and_issue(trusted.head, on=TODAY, document_id=written(trusted).pk, unlock=unlock(key))
    pdf = content(issued.attachments.get(is_final=True))
    at = pdf.index(b"stream") + 40
    changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    received = trusted.incoming()
    services.attach(trusted.clerk, on=TODAY, document_id=received.pk, name="sua.pdf", content=BytesIO(changed))
    services.attach(trusted.clerk, on=TODAY, document_id=received.pk, name="goc.pdf", content=BytesIO(pdf))
    _document, (told, whole) = signatures.on_document(trusted.head, received.pk, on=TODAY)
    assert [one.verdict for one in told.signatures] == [Verdict.TAMPERED]
    assert [one.verdict for one in whole.signatures] == [Verdict.VALID]


def test_a_copy_is_printed_again_with_its_block_and_sealed_by_its_organ(trusted):
    original = services.issue(trusted.clerk, on=TODAY, document_id=written(trusted).pk)
    made = copying.copy(
        trusted.clerk, on=TODAY, document_id=original.pk, kind="full", signer_name="Đỗ Thị Sao", authority="T/L CHÁNH VĂN PHÒNG"
    )
    text = words(content(made.attachments.get(is_final=True)))
    for part in ("Số 01-CV/VPTU", "Kính mời các đồng chí dự họp.", "SAO Y BẢN CHÍNH", "Số 01-BS/VPTU", "Đỗ Thị Sao"):
        assert part in text
    sealing.seal(trusted.clerk, on=TODAY, document_id=made.pk, unlock=unlock(signing.seal(trusted.clerk, trusted.office)))
    _document, (file,) = signatures.on_document(trusted.clerk, made.pk, on=TODAY)
    assert [one.verdict for one in file.signatures] == [Verdict.VALID]


def test_a_secret_document_gets_a_number_and_never_a_file_or_a_signature(trusted):
    cleared = make_actor(trusted.office, Role.CLERK, clearance=2)
    secret = trusted.sent(cleared, secrecy=1)
    with pytest.raises(Refused):
        services.issue(cleared, on=TODAY, document_id=secret.pk, final=Upload("a.pdf", b"%PDF-1.7"))
    document = services.issue(cleared, on=TODAY, document_id=secret.pk)
    assert not document.attachments.exists()


def test_neither_passphrase_nor_key_is_left_in_the_audit_or_the_table(trusted):
    key = personal(trusted.head)
    assert PASSPHRASE not in repr(unlock(key))
    assert PASSPHRASE.encode() not in bytes(key.sealed)
    assert not [entry for entry in Entry.objects.all() if PASSPHRASE in str(entry.after)]
    keys.revoke_key(trusted.head, on=TODAY, key_id=key.pk, reason="Đổi khóa")
    key.refresh_from_db()
    assert bytes(key.sealed) == b""


def test_a_key_is_refused_with_its_reason(trusted):
    data = signing.issued("Lê Văn Chánh", "Văn phòng Thành ủy").p12("ngan")
    with pytest.raises(Invalid) as refusal:
        keys.enrol_file(trusted.head, on=TODAY, data=data, passphrase="ngan")
    assert refusal.value.code == "documents.short_passphrase"
    with pytest.raises(Invalid) as refusal:
        keys.enrol_file(trusted.head, on=TODAY, data=b"khong phai", passphrase=PASSPHRASE)
    assert refusal.value.code == "documents.sign_bad_key_file"
    old = authority.issue(ca(), "Cũ", "Cũ", since=signing.SINCE, lasts=timedelta(days=30))
    with pytest.raises(Invalid) as refusal:
        keys.enrol_file(trusted.head, on=TODAY, data=old.p12(PASSPHRASE), passphrase=PASSPHRASE)
    assert refusal.value.code == "documents.sign_expired"
    personal(trusted.head)
    with pytest.raises(Refused):
        personal(trusted.secretary)


def test_only_the_administrator_keeps_the_trusted_authorities(office):
    for actor in (office.head, office.clerk, office.secretary):
        with pytest.raises(Forbidden):
            trust.add_anchor(actor, on=TODAY, data=ca().pem.encode())
    anchor = trust.add_anchor(office.administrator, on=TODAY, data=ca().pem.encode())
    assert anchor.name == "Nhà cấp thử"
    with pytest.raises(Invalid) as refusal:
        trust.add_anchor(office.administrator, on=TODAY, data=signing.issued("A", "B").certificate.public_bytes(signing.PEM))
    assert refusal.value.code == "documents.not_an_authority"
    with pytest.raises(Invalid):
        trust.load_revocations(office.administrator, on=TODAY, data=b"khong phai")


def test_a_state_organ_numbers_by_year_and_writes_its_symbol_its_own_way(office):
    OrganStyle.objects.create(unit_id=office.board, side="state")
    draft = office.sent(office.board_head, type_id=document_type("ke-hoach").pk)
    clerk = make_actor(office.board, Role.CLERK)
    issued = services.issue(clerk, on=TODAY, document_id=draft.pk)
    assert (issued.symbol, issued.series.year, issued.series.term_id) == ("01/KH-BTCTU", 2025, None)
    letter = services.issue(clerk, on=TODAY, document_id=office.sent(office.board_head).pk)
    assert letter.symbol == "01/BTCTU"
