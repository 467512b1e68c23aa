"""Ký và ban hành nhiều văn bản một lượt: khóa mở một lần; văn bản nào cũng tất cả hoặc không gì cả, không kéo nhau theo."""

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Invalid, NotFound, Refused
from tinhgon.documents.models import Document, Signature
from tinhgon.documents.selectors import signatures
from tinhgon.documents.services import issuing, keys, sealing
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import TODAY
from tinhgon.documents.tests.signing import personal, unlock, written
from tinhgon.engine.signing import keys as key_files
from tinhgon.engine.signing.verify import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(office):
    signing.trusted()
    return office


def many(office, key, drafts, **extra):
    chosen = [draft.pk for draft in drafts]
    return issuing.sign_and_issue_many(office.head, on=TODAY, document_ids=chosen, unlock=unlock(key, **extra))


def test_numbers_follow_the_order_chosen_and_every_paper_is_signed(trusted):
    key, drafts = personal(trusted.head), [written(trusted) for _n in range(3)]
    done = many(trusted, key, reversed(drafts))
    assert [one.document.symbol for one in done] == ["01-CV/VPTU", "02-CV/VPTU", "03-CV/VPTU"]
    assert [one.document_id for one in done] == [draft.pk for draft in reversed(drafts)]
    for draft in drafts:
        _document, (file,) = signatures.on_document(trusted.head, draft.pk, on=TODAY)
        assert [(one.signer, one.verdict) for one in file.signatures] == [("Lê Văn Chánh", Verdict.VALID)]


def test_the_passphrase_is_tried_once_for_the_whole_pile(trusted, monkeypatch):
    key, drafts = personal(trusted.head), [written(trusted) for _n in range(3)]
    opened, real = [], key_files.open_key
    monkeypatch.setattr(key_files, "open_key", lambda *args: opened.append(1) or real(*args))
    many(trusted, key, drafts)
    assert len(opened) == 1


def test_one_that_cannot_be_issued_stays_whole_says_why_and_leaves_no_gap(trusted):
    key = personal(trusted.head)
    good, empty, for_another = written(trusted), trusted.sent(), written(trusted, signer_name="Nguyễn Văn Bí")
    last = written(trusted)
    done = many(trusted, key, [good, empty, for_another, last])
    codes = [one.reasons[0].code if one.reasons else "" for one in done]
    assert codes == ["", "documents.no_final", "documents.not_the_signer", ""]
    assert [one.document.number for one in done if one.document] == [1, 2]
    for draft in (empty, for_another):
        draft.refresh_from_db()
        assert (draft.number, draft.state, draft.attachments.count()) == (None, Document.State.READY, 0)
    assert Signature.objects.count() == 2


@pytest.mark.parametrize("why", ["passphrase", "stopped", "none chosen", "too many", "key of another"])
def test_what_stops_the_whole_pile_changes_nothing(trusted, why):
    key, drafts = personal(trusted.head), [written(trusted) for _n in range(2)]
    if why == "stopped":
        keys.revoke_key(trusted.head, on=TODAY, key_id=key.pk, reason="Mất thẻ")
    if why == "key of another":
        key = signing.seal(trusted.north_clerk, trusted.north, "Đảng ủy phường Bắc")
    chosen = {"none chosen": [], "too many": [Document(pk=n) for n in range(issuing.MOST_AT_ONCE + 1)]}.get(why, drafts)
    entries = Entry.objects.count()
    with pytest.raises((Refused, Invalid, NotFound)):
        many(trusted, key, chosen, **({"passphrase": "sai mật khẩu"} if why == "passphrase" else {}))
    assert not Document.objects.exclude(number=None).exists()
    assert (Signature.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_key_stopped_meanwhile_signs_no_further_paper(trusted, monkeypatch):
    key, drafts = personal(trusted.head), [written(trusted) for _n in range(2)]
    real = sealing.Ink.kept

    def then_stop(ink, final):
        made = real(ink, final)
        keys.revoke_key(trusted.head, on=TODAY, key_id=key.pk, reason="Lộ mật khẩu")
        return made

    monkeypatch.setattr(sealing.Ink, "kept", then_stop)
    first, second = many(trusted, key, drafts)
    assert first.document.number == 1
    assert (second.document, second.reasons[0].code) == (None, "documents.sign_key_revoked")


def test_only_what_waits_for_this_person_is_offered(trusted):
    mine, unnamed = written(trusted), written(trusted, signer_name="")
    trusted.draft()
    written(trusted, signer_name="Nguyễn Văn Bí")
    assert list(signatures.awaiting_signature(trusted.head, on=TODAY)) == [mine, unnamed]
    for actor in (trusted.clerk, trusted.specialist, trusted.north_head, trusted.inspector, trusted.administrator):
        assert not signatures.awaiting_signature(actor, on=TODAY).exists()
    many(trusted, personal(trusted.head), [mine])
    assert list(signatures.awaiting_signature(trusted.head, on=TODAY)) == [unnamed]
