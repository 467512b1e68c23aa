"""Trang lỗi cuối cùng: vẫn hiện khi bảng tên tệp tĩnh hỏng và khi yêu cầu không còn gì dùng được."""

from django.http import HttpRequest
from django.test import override_settings

from tinhgon.web.errors import server_error

_BROKEN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}


@override_settings(STORAGES=_BROKEN, DEBUG=False)
def test_the_last_page_stands_when_the_names_of_static_files_are_lost():
    answer = server_error(HttpRequest())
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
