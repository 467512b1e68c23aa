"""Số câu SQL của một trang không theo số dòng: 10, 100 hay 1.000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.documents import selectors
from tinhgon.documents.models import Delivery, Document, Partner, PartnerOrgan, RoutingLine
from tinhgon.documents.selectors.duplicates import same_paper
from tinhgon.documents.services.exchange import receiving
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.engine.edxml.model import Organ, ResponseFor, StatusMessage


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


def test_looking_for_the_same_paper_and_for_the_line_a_status_speaks_of_never_reads_the_whole_register(office, thousand):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET symbol = id || '-CV/TU', issued_on = %s", [TODAY])
        partner = Partner.objects.create(name="Xa", added_at=clock.now())
        organ = PartnerOrgan.objects.create(partner=partner, code="H29.99", name="UBND phường Xa")
        Delivery.objects.bulk_create(
            Delivery(document=d, from_unit_id=office.office, from_code="A01.H29", way="network", to_organ=organ, to_name="Xa", sent_at=clock.now())
            for d in thousand
        )
        cursor.execute("ANALYZE documents_document, documents_delivery, documents_attachment")
    one = thousand[7]
    paper = _plan("documents_document", lambda: same_paper(SYSTEM, on=TODAY, issuer_name="x", symbol=f"{one.pk}-CV/TU", issued_on=TODAY, files=[1]))
    about = ResponseFor(organ_id="A01.H29", document_id=f"A01.H29,{TODAY:%Y/%m/%d},{one.pk}-CV/TU")
    status = StatusMessage(sender=Organ(id="H29.99"), response=about, code="01", at=clock.now())
    line = _plan("documents_delivery", lambda: receiving.take(status, partner, SYSTEM))
    for plan in (paper, line):
        assert "documents_by_symbol" in plan, plan
    assert Delivery.objects.get(document=one).code == "01"


def _plan(table, act) -> str:
    """Cách PostgreSQL đi tìm cho câu đầu tiên hỏi bảng ấy."""
    with CaptureQueriesContext(connection) as asked:
        act()
    sql = next(query["sql"] for query in asked if f'FROM "{table}"' in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())
