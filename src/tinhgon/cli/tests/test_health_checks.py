"""Mỗi kiểm tra thường trực thấy đúng điều nó phải thấy, và im lặng khi mọi thứ ổn."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tinhgon.audit.services import record
from tinhgon.cli.tests.conftest import keep
from tinhgon.core import clock, health
from tinhgon.core.actor import SYSTEM
from tinhgon.documents.models import Document, DocumentType, NumberSeries
from tinhgon.org.models import Term
from tinhgon.org.services import structure
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db
MOMENT = datetime(2025, 6, 20, 8, tzinfo=UTC)


def found(name):
    return next(result for result in health.run_checks() if result.name == name)


@pytest.fixture
def world():
    return small.build()


def document(book, number):
    return Document.objects.create(
        direction="outgoing", state="registered", type=book.type, holder_id=book.organ_id, issuer_id=book.organ_id,
        series=book, number=number, summary="Về việc đại hội", created_at=MOMENT,
    )  # fmt: skip


@pytest.fixture
def book(world):
    return NumberSeries.objects.create(
        organ_id=world["A"], keeper_id=world["A"], direction="outgoing", type=DocumentType.objects.get(code="cong-van"),
        term=Term.objects.get(unit=world["A"]), opened_on=small.BEFORE,
    )  # fmt: skip


def test_a_healthy_house_has_no_finding(world, store):
    small.task(world, "A")
    keep("Báo cáo")
    assert [(r.name, r.sentence) for r in health.run_checks() if not r.ok] == []


def test_work_held_by_a_unit_that_is_closed_is_counted_by_kind(world):
    small.task(world, "A", assigner="A")
    assert found("org.orphans").ok
    structure.close_units([world["A"]], on=date(2025, 1, 1))
    result = found("org.orphans")
    assert (result.ok, result.count) == (False, 2)
    assert "Nhiệm vụ chủ trì 1" in result.sentence


def test_a_number_without_a_document_is_a_gap_to_explain(book):
    document(book, 1)
    document(book, 3)
    NumberSeries.objects.filter(pk=book.pk).update(last_number=3)
    result = found("documents.number_series")
    assert (result.ok, result.count) == (False, 1)
    Document.objects.filter(number=3).update(number=2)
    NumberSeries.objects.filter(pk=book.pk).update(last_number=2)
    assert found("documents.number_series").ok


def test_a_number_past_the_last_number_of_its_book_is_found(book):
    document(book, 5)
    result = found("documents.number_series")
    assert (result.ok, result.count) == (False, 1)


def test_search_columns_left_behind_by_a_changed_function_are_found(book):
    document(book, 1)
    NumberSeries.objects.filter(pk=book.pk).update(last_number=1)
    assert found("search.columns").ok
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('vi_folded_vector'::regproc)")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION vi_folded_vector(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE "
            "AS $$ SELECT to_tsvector('simple', 'khác') $$"
        )
    result = found("search.columns")
    assert not result.ok
    assert "documents_document" in result.sentence


def job(status, *, minutes):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'thu', 'todo') RETURNING id"
        )
        number = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", [status, number])
        cursor.execute("UPDATE procrastinate_events SET at = now() - make_interval(mins => %s) WHERE job_id = %s", [minutes, number])


@pytest.mark.parametrize(
    ("status", "minutes", "ok"),
    [("todo", 1, True), ("todo", 30, False), ("doing", 5, True), ("doing", 60, False), ("failed", 60, False), ("succeeded", 60, True)],
)
def test_jobs_that_wait_too_long_were_dropped_or_failed_are_found(status, minutes, ok):
    job(status, minutes=minutes)
    assert found("core.jobs").ok is ok


def test_a_week_without_a_backup_is_said(monkeypatch, settings):
    settings.DEMO = False
    record(SYSTEM, "cli.backed_up", ("database", "x"), after={"file": "a.tar"})
    assert found("cli.backups").ok
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    result = found("cli.backups")
    assert not result.ok
    assert "a.tar" in result.sentence


def test_a_chain_nobody_verified_for_a_month_is_said(monkeypatch):
    record(SYSTEM, "cli.backed_up", ("database", "x"))
    assert found("audit.verified").ok
    later = clock.now() + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert not found("audit.verified").ok


def test_a_check_that_breaks_is_a_finding_and_hides_no_other(monkeypatch):
    def breaks():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM khong_co_bang_nay")

    health.run_checks()
    monkeypatch.setitem(health._checks, "core.database", health._Check("Hỏng", breaks))
    results = {result.name: result for result in health.run_checks()}
    assert not results["core.database"].ok
    assert "khong_co_bang_nay" in results["core.database"].sentence
    assert results["core.disk"].ok
    assert results["org.orphans"].ok
