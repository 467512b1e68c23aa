"""Tìm trong toàn văn, viện dẫn nối trong tầm được thấy, ký hiệu gõ vội, cách xem của riêng mỗi người."""

import unicodedata

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tinhgon.core.errors import Invalid, NotFound
from tinhgon.documents import health_checks
from tinhgon.documents.models import Document, DocumentText
from tinhgon.documents.selectors import citations as reads
from tinhgon.documents.services import citations, saved
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine import citations as written
from tinhgon.org.models import Appointment, Post, Role
from tinhgon.org.tests.factories import make_actor
from tinhgon.search import large, matching
from tinhgon.search.selectors import search


def with_text(document: Document, text: str) -> Document:
    document.content = text
    document.save(update_fields=["content"])
    return document


def found(actor, text: str) -> list[int]:
    return [hit.id for hit in search(actor, on=TODAY, text=text, kinds=["document"]).hits]


def test_the_full_text_is_searched_within_sight_and_the_snippet_shows_the_place(office):
    document = with_text(office.incoming(), "Mở đầu. " * 40 + "Giao Ban Tổ chức rà soát quy hoạch di chỉ Gò Quéo trước ngày 30/6.")
    for typed in ("gò quéo", "go queo", '"di chỉ Gò Quéo"', unicodedata.normalize("NFD", '"di chỉ Gò Quéo"')):
        assert found(office.head, typed) == [document.pk], typed
    assert found(office.board_head, "gò quéo") == []
    assert "<mark>Gò</mark> <mark>Quéo</mark>" in search(office.head, on=TODAY, text="gò quéo").hits[0].snippet.html


def test_a_phrase_is_never_words_apart_nor_other_marks(office):
    with_text(office.incoming(), "chuyển số rồi mới đổi; chuyên đội sỏ")
    exact = with_text(office.incoming(), "công tác chuyển đổi số trong Đảng")
    assert found(office.head, '"chuyển đổi số"') == [exact.pk]


def test_the_summary_stands_above_the_content(office):
    low = office.incoming(summary="Kế hoạch thủy lợi")
    high = with_text(office.incoming(), "một chữ về thủy lợi")
    assert found(office.head, "thủy lợi") == [low.pk, high.pk]


@pytest.fixture(params=[large.FEW, 0], ids=["sees few", "sees many"])
def either_way(request, monkeypatch):
    """Cùng câu hỏi theo hai đường: đi theo các dòng thấy được, và đi theo các dòng khớp."""
    monkeypatch.setattr(large, "FEW", request.param)


def test_who_loses_the_post_finds_nothing_at_the_next_search_and_who_gains_it_finds_at_once(office, either_way):
    document = with_text(office.incoming(), "quy hoạch di chỉ Gò Quéo")
    assert (found(office.head, "gò quéo"), found(office.board_head, "gò quéo")) == ([document.pk], [])
    old, new = (Appointment.objects.get(pk=actor.appointment_id) for actor in (office.head, office.board_head))
    Appointment.objects.filter(pk=old.pk).update(post=new.post)
    Appointment.objects.filter(pk=new.pk).update(post=old.post)
    assert (found(office.head, "gò quéo"), found(office.board_head, "gò quéo")) == ([], [document.pk])


def test_who_loses_the_clearance_no_longer_finds_the_secret(office, either_way):
    keeper = make_actor(office.office, Role.CLERK, clearance=2)
    secret = office.incoming(keeper, secrecy=2, summary="Phương án Gò Quéo")
    assert found(keeper, "gò quéo") == [secret.pk]
    Post.objects.filter(appointments=keeper.appointment_id).update(clearance=1)
    assert found(keeper, "gò quéo") == []


def test_both_ways_find_the_same_in_old_and_new_blocks_and_narrowed(office, either_way):
    kept = []
    for number, first in enumerate((0, 5_000, 6_100, 40_000, 41_000)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('documents_document', 'id'), %s)", [first + 1_000_000])
        kept.append(with_text(office.incoming(urgency=number % 2), "công tác chuyển đổi số trong Đảng").pk)
        with_text(office.incoming(), "chuyển số rồi mới đổi; chuyên đội sỏ")
        with_text(office.incoming(office.north_clerk, to=office.north), "công tác chuyển đổi số trong Đảng")
    assert sorted(found(office.head, '"chuyển đổi số"')) == kept
    narrowed = {"document": Q(urgency=1)}
    hits = search(office.head, on=TODAY, text='"chuyển đổi số"', kinds=["document"], narrowed=narrowed).hits
    assert sorted(hit.id for hit in hits) == kept[1::2]


@pytest.mark.parametrize(("near", "widest"), [(1, 0), (1, 1), (1, 3), (2, 128), (40, 128)])
@pytest.mark.parametrize("most", [1, 3, 5, 100])
def test_however_it_walks_the_newest_seen_are_found_and_no_more_than_asked(office, monkeypatch, near, widest, most):
    monkeypatch.setattr(large, "FEW", 0)
    monkeypatch.setattr(large, "NEAR", near)
    monkeypatch.setattr(large, "WIDEST", widest)
    monkeypatch.setattr(matching, "MOST_RANKED", most)
    mine = []
    for first in (0, 2_040, 2_045, 4_095, 18_000, 60_000, 60_010):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('documents_document', 'id'), %s)", [first + 1_000 * large.BLOCK])
        mine.append(office.incoming(summary="Quy hoạch thủy lợi").pk)
        office.incoming(office.north_clerk, to=office.north, summary="Quy hoạch thủy lợi")
        office.incoming(summary="Quy hoạch")
    assert sorted(found(office.head, "thuy loi"), reverse=True) == sorted(mine, reverse=True)[:most]


@pytest.mark.parametrize("probe", [1, 2, 64])
@pytest.mark.parametrize("most", [1, 2, 3, 6, 100])
def test_every_pair_of_a_phrase_is_not_the_phrase(office, monkeypatch, most, probe):
    """Dòng có đủ các cặp từ mà không có cả cụm đứng xen giữa: không bao giờ hiện ra, và không lấy mất chỗ của dòng có."""
    monkeypatch.setattr(large, "FEW", 0)
    monkeypatch.setattr(large, "PROBE", probe)
    monkeypatch.setattr(matching, "MOST_RANKED", most)
    mine = []
    for number in range(4):
        with_text(office.incoming(), "chuyển đổi rồi lại đổi số, có chuyển thì có đổi")
        mine.append(with_text(office.incoming(summary="Chuyển đổi số" if number == 1 else "Báo cáo"), "chuyển đổi số").pk)
        with_text(office.incoming(), "đã đổi số xong mới chuyển đổi")
    ranked = [mine[1]] if most >= 3 else []
    newest = [row for row in reversed(mine) if row not in ranked]
    for typed in ('"chuyển đổi số"', '"chuyen doi so"'):
        assert found(office.head, typed) == (ranked + newest)[:most], typed


@pytest.mark.parametrize("probe", [1, 3, 64])
@pytest.mark.parametrize("limit", [1, 3, 5, 20])
def test_the_exactly_marked_stand_first_however_few_are_looked_at(office, monkeypatch, either_way, probe, limit):
    monkeypatch.setattr(large, "PROBE", probe)
    near, exact = [], []
    for number in range(5):
        near.append(with_text(office.incoming(summary="Thuy lối" if number == 2 else "Báo cáo"), "thúy lợi").pk)
        if number % 2:
            exact.append(with_text(office.incoming(summary="Thủy lợi" if number == 1 else "Báo cáo"), "công trình thủy lợi").pk)
    ordered = [exact[0], exact[1], near[2], *(row for row in reversed(near) if row != near[2])]
    hits = search(office.head, on=TODAY, text="thủy lợi", kinds=["document"], limit=limit)
    assert [hit.id for hit in hits.hits] == ordered[:limit]
    assert [hit.differs_in_marks for hit in hits.hits] == [row in near for row in ordered[:limit]]
    assert hits.total == 7


def asked_of_the_text(actor, text: str) -> int:
    found(actor, text)
    with CaptureQueriesContext(connection) as asked:
        found(actor, text)
    return sum("documents_text" in query["sql"] for query in asked.captured_queries)


def test_a_search_asks_as_often_where_documents_begin_at_a_high_number(office):
    office.incoming(summary="Kế hoạch thủy lợi")
    before = asked_of_the_text(office.head, "thủy lợi")
    DocumentText.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('documents_document', 'id'), 6000)")
    office.incoming(summary="Kế hoạch thủy lợi")
    assert asked_of_the_text(office.head, "thủy lợi") == before


def test_secret_documents_are_found_by_their_entry_never_by_content(office):
    document = office.incoming()
    Document.objects.filter(pk=document.pk).update(content="lộ mật", secrecy=0)
    Document.objects.filter(pk=document.pk).update(secrecy=1)
    assert "mat" not in DocumentText.objects.get(pk=document.pk).search_folded


@pytest.mark.parametrize("symbol", ["09-CV/VPTU", "15-QĐ/ĐU", "30/2020/NĐ-CP", "12a-NQ/TU"])
def test_python_and_the_database_make_the_same_key_of_a_symbol(office, symbol):
    document = office.incoming(symbol=symbol)
    assert DocumentText.objects.get(pk=document.pk).symbol_key == written.key(symbol)


def test_a_citation_is_linked_when_the_document_arrives_later_and_only_for_who_sees_it(office):
    citing = with_text(office.incoming(symbol="3-BC/VPTW"), "Căn cứ Nghị quyết số 12-NQ/TW ngày 20/6/2025 của Văn phòng Trung ương;")
    citations.read_pending()
    assert [(c.written[:10], c.documents) for c in reads.cited_by(office.head, citing, on=TODAY)] == [("Nghị quyết", ())]
    cited = office.incoming(symbol="12-NQ/TW")
    (linked,) = reads.cited_by(office.head, citing, on=TODAY)
    assert [d.pk for d in linked.documents] == [cited.pk]
    assert [d.pk for d in reads.citing(office.head, cited, on=TODAY).documents] == [citing.pk]
    assert reads.cited_by(office.north_head, citing, on=TODAY)[0].documents == ()
    assert reads.citing(office.north_head, cited, on=TODAY).documents == ()


@pytest.mark.parametrize("typed", ["15 cv vptw", "15-CV/VPTW", "cv 15", "15", "số 15-cv"])
def test_a_symbol_typed_in_a_hurry_finds_the_document(office, typed):
    document = office.incoming(symbol="15-CV/VPTW")
    office.incoming(symbol="150-CV/VPTW")
    assert [d.pk for d in reads.by_symbol(office.head, typed, on=TODAY)] == [document.pk]
    assert reads.by_symbol(office.north_head, typed, on=TODAY) == []


def test_a_saved_search_belongs_to_one_person(office):
    made = saved.save_search(office.head, on=TODAY, name="Khẩn", view="incoming", query="khan=1")
    with pytest.raises(Invalid):
        saved.save_search(office.head, on=TODAY, name="Khẩn", view="incoming", query="khan=2")
    with pytest.raises(NotFound):
        saved.drop_saved(office.clerk, on=TODAY, saved_id=made.pk)
    assert [each.pk for each in saved.mine(office.head, on=TODAY)] == [made.pk]
    saved.drop_saved(office.head, on=TODAY, saved_id=made.pk)
    assert saved.mine(office.head, on=TODAY) == []


def test_the_health_page_tells_of_a_document_that_cannot_be_found_and_of_an_old_text(office):
    lost, old, right = office.incoming(), office.incoming(), office.incoming()
    assert health_checks.text().ok
    DocumentText.objects.filter(pk=lost.pk).delete()
    DocumentText.objects.filter(pk=old.pk).update(search_folded="")
    finding = health_checks.text()
    assert (finding.ok, finding.count) == (False, 2)
    Document.objects.filter(pk=right.pk).update(state=Document.State.DONE)
    assert health_checks.text().count == 2
