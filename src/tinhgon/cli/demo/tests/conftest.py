"""Thế giới mẫu cỡ nhỏ, nạp một lần cho cả tệp kiểm tra, trong một giao dịch trả lại sau cùng."""

import pytest
from django.db import transaction
from django.test import override_settings

from tinhgon.cli.demo.loading import load


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        yield load("small", say=lambda _sentence: None)
        transaction.set_rollback(True)
