"""``committed_db``: cơ sở dữ liệu riêng của một phép thử, nơi giao dịch được ghi thật.

Dùng khi phép thử cần nhiều kết nối (khóa, luồng, tiến trình khác). Bản sao của cơ sở dữ liệu thử đã dựng xong, bị xóa sau
phép thử: không cần xóa từng bảng, mà nhật ký chỉ-ghi-thêm cũng không cho xóa.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, connections


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Tên của cơ sở dữ liệu riêng; mọi luồng của phép thử cùng dùng. Luồng tự đóng kết nối của mình."""
    name = f"committed_{uuid.uuid4().hex[:12]}"
    template = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connections.settings["default"]["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            connections.settings["default"]["NAME"] = template
            try:
                _administer(f'DROP DATABASE "{name}" WITH (FORCE)')
            except ProgrammingError:  # FORCE không được ngắt tiến trình tự dọn của máy chủ; lệnh thường tự chờ nó
                _administer(f'DROP DATABASE "{name}"')


def _administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
