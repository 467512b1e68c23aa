"""Trang chữ ký số nói ra dấu thời gian, chuỗi, tình trạng thu hồi lúc ký; bằng chứng trong tệp giữ chữ ký đúng sau khi khóa bị thu hồi."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.core.models import User
from tinhgon.documents.models import Document
from tinhgon.documents.services import issuing, sealing, trust
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import TODAY, Office
from tinhgon.documents.tests.signing import ca, issued, personal, seal, unlock, written
from tinhgon.engine.signing import authority


@pytest.fixture
def head(office: Office) -> Client:
    signing.trusted()
    client = Client()
    client.force_login(User.objects.get(pk=office.head.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def proof(settings: LazySettings, tmp_path: Path) -> None:
    """Cơ quan đã cấu hình máy dấu thời gian và nạp danh sách thu hồi."""
    made = authority.issue(ca(), "Máy dấu thời gian thử", "Nhà cấp thử", since=signing.SINCE, lasts=timedelta(days=7000), rsa=True, stamps=True)
    (tmp_path / "tsa.p12").write_bytes(made.p12(""))
    settings.TIMESTAMP_URL = f"file:{tmp_path / 'tsa.p12'}"
    load(revoked=False)


def load(*, revoked: bool, back: timedelta = timedelta(0)) -> None:
    now = clock.now()
    gone = [issued("Lê Văn Chánh", "Văn phòng Thành ủy").certificate] if revoked else []
    trust.load_revocations(SYSTEM, on=TODAY, data=authority.revoke(ca(), gone, at=now - back, now=now))


def signed(office: Office) -> Document:
    return issuing.sign_and_issue(office.head, on=TODAY, document_id=written(office).pk, unlock=unlock(personal(office.head)))


def page(head: Client, document: Document) -> str:
    return head.get(f"/van-ban/{document.pk}/chu-ky/").content.decode()


def test_the_page_tells_clock_list_and_lasting_proof_of_both_signatures(office: Office, head: Client, proof: None) -> None:
    document = signed(office)
    sealing.seal(office.clerk, on=TODAY, document_id=document.pk, unlock=unlock(seal(office.clerk, office.office)))
    shown = page(head, document)
    for sentence in ("Máy dấu thời gian thử xác nhận.", "Lúc ký chưa bị thu hồi, theo danh sách ra ngày", "(B-LTA)"):
        assert shown.count(sentence) == 2
    assert shown.count('class="state is-green"') == 2


def test_a_key_revoked_afterwards_leaves_what_it_signed_with_proof(
    office: Office, head: Client, proof: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, later = signed(office), clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)  # danh sách thu hồi ghi tới giây: cùng giây với chữ ký thì là trước nó
    load(revoked=True)
    shown = page(head, document)
    assert "tệp mang bằng chứng rằng lúc ký nó còn hiệu lực" in shown
    load(revoked=True, back=timedelta(days=2))  # nhà cấp nói lại: đã lộ từ trước khi ký
    assert "chứng thư bị thu hồi" in page(head, document)


def test_a_revoked_key_signs_nothing_even_with_a_clock(office: Office, head: Client, proof: None) -> None:
    load(revoked=True, back=timedelta(days=2))
    with pytest.raises(Refused) as refusal:
        signed(office)
    assert refusal.value.code == "documents.sign_revoked"
    assert not Document.objects.filter(number__isnull=False).exists()


def test_without_a_clock_the_page_says_what_it_cannot_know(office: Office, head: Client) -> None:
    shown = page(head, signed(office))
    assert "theo giờ của máy ký" in shown
    assert "Không có danh sách thu hồi phủ lúc ký" in shown
    assert "(B-B)" in shown
