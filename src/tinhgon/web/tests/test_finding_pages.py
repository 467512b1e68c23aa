"""Trang tìm, lọc, cách xem đã lưu, in sổ: mở được, nói đúng, giữ cái đã gõ."""

import pytest
from django.test import Client

from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office


@pytest.fixture
def clerk(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=office.clerk.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_of_finding(office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = office.incoming(symbol="15-CV/VPTW", summary="Báo cáo tình hình chuyển đổi số")
    page = clerk.get("/van-ban/den/", {"co_quan": "trung uong", "tep": "khong", "so": document.series_id}).content.decode()
    assert "15-CV/VPTW" in page
    assert "Lưu cách xem này" in page
    assert "15-CV/VPTW" not in clerk.get("/van-ban/den/", {"co_quan": "bộ tài chính"}).content.decode()
    made = clerk.post("/tim/da-luu/moi/?trang=incoming&loc=khan%3D1", {"name": "Khẩn", "on_desk": "on"})
    assert made.status_code == 302
    assert "Khẩn" in clerk.get("/").content.decode()
    assert "Khẩn" in clerk.get("/tim/da-luu/").content.decode()
    assert "<mark>chuyển</mark>" in clerk.get("/tim/", {"q": "chuyển đổi số", "loai": document.type_id}).content.decode()
    assert "15-CV/VPTW" in clerk.get("/tim/nhanh/", {"q": "cv 15"}).content.decode()
    assert "Vào sổ văn bản đến" in clerk.get("/tim/nhanh/", {"q": "vao so"}).content.decode()
    assert clerk.get(f"/van-ban/{document.pk}/").status_code == 200
    address = f"/van-ban/so/{document.series_id}/in/"
    assert "Mẫu sổ" in clerk.get(address).content.decode()
    assert clerk.get(address, {"mau": "den", "dang": "pdf"})["Content-Type"] == "application/pdf"
    refused = clerk.get(address, {"mau": "den", "dang": "pdf", "tu": "02/06/2025", "den": "01/06/2025"})
    assert refused.status_code == 422
