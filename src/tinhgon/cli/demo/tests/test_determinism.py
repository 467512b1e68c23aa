"""Thế giới mẫu sinh từ một hạt giống: nạp lúc nào, ở đâu, mã số bắt đầu từ đâu, cũng cùng một nội dung."""

import hashlib

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tinhgon.cli.demo.loading import load

pytestmark = pytest.mark.django_db

_TEXTS = (
    "SELECT full_name FROM org_person ORDER BY code",
    "SELECT name || symbol || valid::text FROM org_unit_version ORDER BY unit_id",
    "SELECT concat_ws('|', direction, state, symbol, number, summary, signer_name, issued_on, arrived_on, due_on, created_at)"
    " FROM documents_document ORDER BY id",
    "SELECT concat_ws('|', role, state, remark, sent_at) FROM documents_routing_line ORDER BY id",
    "SELECT concat_ws('|', title, product, state, due_on, progress) FROM tasks_task ORDER BY id",
    "SELECT concat_ws('|', pe.code, f.code, s.level, s.is_main, s.valid) FROM personnel_skill s JOIN org_person pe ON pe.id = s.person_id"
    " JOIN org_field f ON f.id = s.field_id ORDER BY s.id",
    "SELECT concat_ws('|', description, quantity) FROM reorg_plain_holding ORDER BY id",
)


def fingerprint() -> str:
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for statement in _TEXTS:
            cursor.execute(statement)
            digest.update("\n".join(str(row[0]) for row in cursor.fetchall()).encode())
    return digest.hexdigest()


def load_and_forget() -> str:
    with override_settings(DEMO=True), transaction.atomic():
        load("small", say=lambda _sentence: None)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


def test_cung_hat_giong_thi_cung_mot_the_gioi():
    assert load_and_forget() == load_and_forget()
