"""Thế giới mẫu cỡ nhỏ, nạp một lần cho cả tệp kiểm tra, trong một giao dịch trả lại sau cùng."""

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tinhgon.cli.demo.loading import load


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        world = load("small", say=lambda _sentence: None)
        connection.cursor().execute("ANALYZE")  # trong một giao dịch không ai thống kê hộ: thiếu thì mỗi câu hỏi chậm cả trăm lần
        yield world
        transaction.set_rollback(True)
