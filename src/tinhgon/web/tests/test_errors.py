"""Trang lỗi cuối cùng: vẫn hiện khi bảng tên tệp tĩnh hỏng và khi yêu cầu không còn gì dùng được."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, override_settings

from tinhgon.core.models import User
from tinhgon.documents.tests.factories import Office
from tinhgon.web.errors import server_error

_BROKEN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}


@override_settings(STORAGES=_BROKEN, DEBUG=False)
def test_the_last_page_stands_when_the_names_of_static_files_are_lost():
    answer = server_error(HttpRequest())
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Hệ thống gặp lỗi" in page
    assert "stylesheet" not in page


def test_the_last_page_wears_the_house_style_while_it_can():
    assert "web/css/base.css" in server_error(HttpRequest()).content.decode()


@pytest.mark.django_db
def test_a_register_file_without_the_needed_columns_asks_for_them_instead_of_failing():
    office = Office()
    client = Client()
    client.force_login(User.objects.get(pk=office.clerk.user_id), "django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("so.csv", "so_ky_hieu,ngay_ban_hanh,trich_yeu\n1/X,20/07/2022,họp\n".encode(), "text/csv")
    page = client.post("/van-ban/so/nhap/", {"file": file, "organ": office.office, "direction": "incoming"}, follow=True)
    assert page.status_code == 422
    assert "Chưa chọn cột cho: Số đến, Tác giả." in page.content.decode()
