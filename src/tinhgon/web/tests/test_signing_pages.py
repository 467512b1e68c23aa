"""Trang ký nhiều văn bản: chọn, một mật khẩu, nói rõ cái nào xong, cái nào còn nguyên và vì sao."""

import pytest
from django.test import Client

from tinhgon.core.models import User
from tinhgon.documents.tests import signing
from tinhgon.documents.tests.factories import Office, document_type
from tinhgon.documents.tests.signing import PASSPHRASE, personal, written

ADDRESS = "/van-ban/ky-nhieu/"


@pytest.fixture
def head(office: Office) -> Client:
    signing.trusted()
    client = Client()
    client.force_login(User.objects.get(pk=office.head.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_signer_signs_the_pile_from_today_with_one_passphrase(office: Office, head: Client) -> None:
    assert ADDRESS not in head.get("/").content.decode()
    key = personal(office.head)
    first, second = written(office, summary="Về việc thứ nhất"), written(office, summary="Về việc thứ hai")
    empty = office.sent(summary="Về việc chưa có chữ")
    assert ADDRESS in head.get("/").content.decode()
    page = head.get(ADDRESS).content.decode()
    assert "Về việc thứ nhất" in page
    chosen = {"documents": [first.pk, second.pk, empty.pk], "key": key.pk}
    refused = head.post(ADDRESS, chosen | {"passphrase": "sai mật khẩu"})
    assert refused.status_code == 409
    assert "sai mật khẩu" not in refused.content.decode()
    done = head.post(ADDRESS, chosen | {"passphrase": PASSPHRASE}, follow=True).content.decode()
    assert "Đã ký và ban hành 2 văn bản: 01-CV/VPTU, 02-CV/VPTU." in done
    assert "Chưa ký “Về việc chưa có chữ”" in done
    again = head.post(ADDRESS, {"documents": [empty.pk], "key": key.pk, "passphrase": PASSPHRASE})
    assert (again.status_code, "Chưa ký “Về việc chưa có chữ”" in again.content.decode()) == (409, True)


def test_a_document_not_waiting_for_this_person_cannot_be_chosen(office: Office, head: Client) -> None:
    key, other = personal(office.head), written(office, signer_name="Nguyễn Văn Bí")
    refused = head.post(ADDRESS, {"documents": [other.pk], "key": key.pk, "passphrase": PASSPHRASE})
    assert refused.status_code == 422
    other.refresh_from_db()
    assert other.number is None


def test_minutes_are_signed_on_their_pages_by_the_recorder_then_the_chair(office: Office, head: Client) -> None:
    minutes = written(office, type_id=document_type("bien-ban").pk, summary="họp giao ban", recorder_name="Ngô Văn Viên")
    writer = Client()
    writer.force_login(User.objects.get(pk=office.specialist.user_id), "django.contrib.auth.backends.ModelBackend")
    first, second = f"/van-ban/{minutes.pk}/ky-ghi-bien-ban/", f"/van-ban/{minutes.pk}/chu-tri-ky/"
    recorder, chair = personal(office.specialist, "Ngô Văn Viên"), personal(office.head)
    assert head.get(first).status_code == 403
    assert second not in head.get(f"/van-ban/{minutes.pk}/").content.decode()
    assert first in writer.get(f"/van-ban/{minutes.pk}/").content.decode()
    done = writer.post(first, {"key": recorder.pk, "passphrase": PASSPHRASE}, follow=True)
    assert "Đã ký biên bản." in done.content.decode()
    assert second in head.get(f"/van-ban/{minutes.pk}/").content.decode()
    done = head.post(second, {"key": chair.pk, "passphrase": PASSPHRASE}, follow=True).content.decode()
    assert "Đã ký biên bản." in done
    assert second not in done
    assert minutes.signatures.count() == 2
