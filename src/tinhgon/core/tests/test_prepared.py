"""Câu hỏi nhớ ở kết nối: lập kế hoạch một lần, số câu nhớ có hạn, kết nối mới thì nhớ lại từ đầu."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tinhgon.core import prepared

pytestmark = pytest.mark.django_db


def _remembered() -> dict[str, tuple[int, int]]:
    """Câu -> (số lần dùng kế hoạch chung, số lần lập kế hoạch riêng), như PostgreSQL kể."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
        return {statement.partition(" AS ")[2]: (general, special) for statement, general, special in cursor.fetchall()}


def _ask(sql: str, *parameters):
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, parameters)
        return cursor.fetchall()


def test_a_question_without_parameters_is_planned_once_however_often_it_is_asked():
    sql = prepared.written("SELECT n FROM generate_series(1, %s) n WHERE n::text LIKE %s", [25, "2%"])
    first = _ask(sql)
    assert [_ask(sql) for _n in range(9)] == [first] * 9
    assert first == [(2,), (20,), (21,), (22,), (23,), (24,), (25,)]
    assert _remembered()[sql] == (10, 0)


def test_the_same_question_with_other_parameters_is_one_question():
    sql = "SELECT n FROM unnest($1::bigint[]) n WHERE n > $2"
    assert _ask(sql, [1, 2, 3], 1) == [(2,), (3,)]
    assert _ask(sql, [5], 1) == [(5,)]
    assert sum(_remembered()[sql]) == 2


def test_no_more_questions_are_kept_than_allowed_and_a_forgotten_one_may_be_asked_again():
    questions = [f"SELECT {n}" for n in range(prepared.KEPT + 5)]
    assert [_ask(sql) for sql in questions] == [[(n,)] for n in range(prepared.KEPT + 5)]
    kept = _remembered()
    assert len(kept) == prepared.KEPT
    assert questions[0] not in kept
    assert _ask(questions[0]) == [(0,)]
    assert questions[0] in _remembered()


def test_a_new_connection_remembers_anew(committed_db):
    def asked_twice():
        try:
            first = _ask("SELECT 7")
            connection.close()
            return first, _ask("SELECT 7"), _remembered()["SELECT 7"]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asked_twice).result() == ([(7,)], [(7,)], (1, 0))


def test_remembering_is_not_a_question_of_the_page(django_assert_num_queries):
    with django_assert_num_queries(2):
        _ask("SELECT 8")
        _ask("SELECT 8")
