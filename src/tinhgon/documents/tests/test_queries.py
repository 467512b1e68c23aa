"""Số câu SQL của một trang không theo số dòng: 10, 100 hay 1.000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.documents import selectors
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.tests.factories import TODAY, document_type


@pytest.fixture
def thousand(office) -> list[Document]:
    made = Document.objects.bulk_create(
        Document(
            direction="outgoing", type=document_type(), holder_id=office.office, summary=f"Văn bản số {n}",
            created_at=clock.now(), drafter_id=None,
        )
        for n in range(1000)
    )  # fmt: skip
    RoutingLine.objects.bulk_create(
        RoutingLine(document=d, to_unit_id=office.board, from_unit_id=office.office, role="lead", sent_at=clock.now())
        for d in made
    )
    return made


def test_a_list_asks_the_same_number_of_questions_for_10_100_and_1000_rows(office, thousand):
    assert len({_list_queries(office, size) for size in (10, 100, 1000)}) == 1


def test_the_arrivals_ask_the_same_number_of_questions_for_10_and_1000_lines(office, thousand):
    counts = set()
    for size in (10, 1000):
        with CaptureQueriesContext(connection, ) as captured:
            assert len(selectors.line_rows(selectors.arrivals(office.board_head, on=TODAY)[:size], on=TODAY)) == size
        counts.add(len(captured))
    assert len(counts) == 1


def test_a_page_asks_the_same_number_of_questions_however_many_lines(office, thousand):
    document = thousand[0]
    with CaptureQueriesContext(connection) as few:
        selectors.page(office.head, document.pk, on=TODAY)
    RoutingLine.objects.bulk_create(
        RoutingLine(document=document, to_unit_id=office.north, from_unit_id=office.office, role="for_information", sent_at=clock.now())
        for _n in range(200)
    )
    with CaptureQueriesContext(connection) as many:
        selectors.page(office.head, document.pk, on=TODAY)
    assert len(few) == len(many)


def test_counts_are_one_question_after_the_scope(office, thousand):
    with CaptureQueriesContext(connection) as captured:
        assert selectors.counts(office.head, on=TODAY).drafts == 1000
    assert len(captured) == 2


def _list_queries(office, size: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        rows = selectors.rows_of(selectors.documents(office.head, on=TODAY)[:size], on=TODAY)
    assert len(rows) == size
    return len(captured)
