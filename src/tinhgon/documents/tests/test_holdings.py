"""Sắp xếp bộ máy: văn bản, dòng chuyển, sổ số đi theo; lịch sử không đổi; hoàn tác thì sổ cũ chạy tiếp."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.errors import Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, NumberSeries, RoutingLine
from tinhgon.documents.services import congresses, copying, numbers, reserving
from tinhgon.documents.tests.factories import TODAY, document_type, person_of
from tinhgon.documents.tests.handing import DAY, batches, carry_out, contents, plan, take_back
from tinhgon.org import holdings
from tinhgon.org.models import Batch, Freeze, Role, UnitVersion
from tinhgon.org.models.handover import Outcome
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor, make_unit

KINDS = tuple(f"documents.{name}" for name in (
    "draft", "open", "record", "line", "line_sender", "line_record", "series", "book",
    "reservation",
))  # fmt: skip
State = RoutingLine.State


@pytest.fixture
def heir(office) -> int:
    """Phường mới mở từ ngày chuyển, nhận việc của hai phường cũ."""
    unit = make_unit("Đảng ủy phường Mới", office.city, on=DAY, term="khóa I")
    UnitVersion.objects.filter(unit=unit).update(symbol="ĐU")
    structure.record_successions([(office.north, unit, "merged", []), (office.south, unit, "merged", [])], on=DAY, decree="QĐ")
    return unit


@pytest.fixture
def north(office):
    """Việc của phường Bắc: một dự thảo, hai văn bản đã ban hành, một đã khép lại."""
    clerk = office.north_clerk
    draft = office.draft(office.north_head)
    open_document = services.issue(clerk, on=TODAY, document_id=office.sent(office.north_head).pk)
    done = services.issue(clerk, on=TODAY, document_id=office.sent(office.north_head).pk)
    services.complete_document(clerk, on=TODAY, document_id=done.pk)
    return {"draft": draft, "open": open_document, "done": done}


def test_drafts_open_documents_and_the_archive_follow_and_history_stays(office, heir, north):
    before = contents("documents.open")
    carry_out(plan({office.north: heir, office.south: heir}, KINDS))
    for document in north.values():
        document.refresh_from_db()
        assert document.holder_id == heir
    assert (north["open"].issuer_id, north["open"].symbol) == (office.north, "01-CV/ĐU")
    assert contents("documents.open") == before


def test_an_old_book_closes_at_its_last_number_and_the_heirs_opens_at_01(office, heir, north):
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    old = NumberSeries.objects.get(organ=office.north)
    assert (old.last_number, old.closed_on, old.keeper_id) == (2, DAY, heir)
    new = NumberSeries.objects.get(organ=heir)
    assert (new.last_number, new.opened_on, new.type_id, new.continues_id) == (0, DAY, old.type_id, old.pk)
    structure.close_units([office.north], on=DAY)
    clerk, head = make_actor(heir, Role.CLERK), make_actor(heir, Role.STANDING_COMMITTEE)
    assert services.issue(clerk, on=DAY, document_id=office.sent(head, on=DAY).pk).symbol == "01-CV/ĐU"
    assert {r.series.pk for r in selectors.registers(clerk, on=DAY, include_closed=True)} == {old.pk, new.pk}


def test_two_merged_units_books_open_one_new_book(office, heir, north):
    south_clerk = make_actor(office.south, Role.CLERK)
    services.issue(south_clerk, on=TODAY, document_id=office.sent(make_actor(office.south, Role.STANDING_COMMITTEE)).pk)
    carry_out(plan({office.north: heir, office.south: heir}, KINDS))
    assert NumberSeries.objects.filter(organ=heir).count() == 1
    assert NumberSeries.objects.filter(organ__in=[office.north, office.south], closed_on=DAY, keeper=heir).count() == 2


def test_undone_the_old_book_goes_on_after_its_last_number(office, heir, north):
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    structure.close_units([heir], on=date(2025, 7, 10))
    take_back(handover, day=date(2025, 7, 10))
    for document in north.values():
        document.refresh_from_db()
        assert document.holder_id == office.north
    assert NumberSeries.objects.get(organ=heir).closed_on == date(2025, 7, 10)
    again = services.issue(office.north_clerk, on=date(2025, 7, 10), document_id=office.sent(office.north_head).pk)
    assert again.symbol == "03-CV/ĐU"


def test_a_reserved_number_follows_its_unit_cannot_be_used_in_the_closed_book_and_comes_back(office, heir, north):
    kept = reserving.reserve(
        office.north_clerk, on=TODAY, issuer_id=office.north, type_id=document_type().pk, unit_id=office.north,
        reason="Chờ chữ ký", until=date(2025, 7, 15),
    )  # fmt: skip
    draft = office.sent(office.north_head)
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    kept.refresh_from_db()
    assert (kept.unit_id, kept.state, kept.number) == (heir, "held", 3)
    structure.close_units([office.north], on=DAY)
    clerk = make_actor(heir, Role.CLERK)
    assert [k.reservation.pk for k in selectors.held_numbers(clerk, on=DAY)] == [kept.pk]
    with pytest.raises(Refused):
        services.issue(clerk, on=DAY, document_id=draft.pk, issuer_id=heir, reservation_id=kept.pk)


def test_a_reserved_number_comes_back_on_undo_and_is_used_in_the_reopened_book(office, heir, north):
    kept = reserving.reserve(
        office.north_clerk, on=TODAY, issuer_id=office.north, type_id=document_type().pk, unit_id=office.north,
        reason="Chờ chữ ký", until=date(2025, 7, 15),
    )  # fmt: skip
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    structure.close_units([heir], on=date(2025, 7, 10))
    take_back(handover, day=date(2025, 7, 10))
    kept.refresh_from_db()
    assert kept.unit_id == office.north
    used = services.issue(
        office.north_clerk, on=date(2025, 7, 10), document_id=office.sent(office.north_head).pk, reservation_id=kept.pk
    )
    assert used.symbol == "03-CV/ĐU"


def test_a_reserved_number_left_with_the_heir_ends_as_a_void_in_the_closed_book(office, heir, north):
    kept = reserving.reserve(
        office.north_clerk, on=TODAY, issuer_id=office.north, type_id=document_type().pk, unit_id=office.north,
        reason="Chờ chữ ký", until=date(2025, 7, 2),
    )  # fmt: skip
    carry_out(plan({office.north: heir}, KINDS))
    structure.close_units([office.north], on=DAY)
    assert reserving.release_expired(on=date(2025, 7, 5)) == 1
    kept.refresh_from_db()
    assert (kept.document.number, kept.document.holder_id, kept.document.series.keeper_id) == (3, heir, heir)
    assert numbers.unexplained(kept.document.series) == []
    assert _ids(holdings.holding("documents.series").intruders_sql(), units=[office.north], on=DAY) == []


def test_books_of_copies_open_anew_at_the_heir_and_a_congress_book_only_closes(office, heir, north):
    copying.copy(office.north_clerk, on=TODAY, document_id=north["open"].pk, kind="full", signer_name="Võ Thị Bắc")
    congresses.open_congress(office.north_clerk, on=TODAY, unit_id=office.north, name="Đại hội", opens_on=TODAY, closes_on=DAY)
    services.issue(office.north_clerk, on=TODAY, document_id=office.sent(office.north_head).pk, congress=True)
    carry_out(plan({office.north: heir}, KINDS))
    opened = set(NumberSeries.objects.filter(organ=heir).values_list("kind", flat=True))
    assert opened == {"ordinary", "copies"}
    assert NumberSeries.objects.filter(organ=office.north, closed_on=DAY, keeper=heir).count() == 3


def test_a_book_left_unclosed_in_a_dead_units_name_is_an_intruder(office, heir, north):
    sql = holdings.holding("documents.series").intruders_sql()
    assert len(_ids(sql, units=[office.north], on=DAY)) == 2
    carry_out(plan({office.north: heir}, KINDS))
    assert _ids(sql, units=[office.north], on=DAY) == []


def test_an_open_line_follows_and_the_person_who_stays_behind_lets_go(office, heir):
    document = office.incoming()
    (line,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.north)
    services.assign_line(office.north_head, on=TODAY, line_id=line.pk, person_id=person_of(office.north_head))
    handover = plan({office.north: heir}, KINDS)
    carry_out(handover)
    line.refresh_from_db()
    assert (line.to_unit_id, line.assignee_id, line.state) == (heir, None, State.ACCEPTED)
    take_back(handover, day=date(2025, 7, 10))
    line.refresh_from_db()
    assert (line.to_unit_id, line.assignee_id) == (office.north, person_of(office.north_head))


def test_two_open_lines_ending_in_one_unit_are_joined_and_the_lead_is_kept(office, heir):
    document = office.incoming()
    lines = {
        line.to_unit_id: line
        for line in services.route(
            office.head, on=TODAY, document_id=document.pk, lead_id=office.south, coordinating=[office.north]
        )
    }
    services.accept_line(office.north_head, on=TODAY, line_id=lines[office.north].pk)
    handover = plan({office.north: heir, office.south: heir}, KINDS)
    carry_out(handover)
    joined, kept = _fresh(lines[office.north]), _fresh(lines[office.south])
    assert (joined.state, joined.to_unit_id) == (State.JOINED, office.north)
    assert (kept.state, kept.to_unit_id) == (State.UNREAD, heir)
    take_back(handover, day=date(2025, 7, 10))
    assert [(_fresh(line).state, _fresh(line).to_unit_id) for line in lines.values()] == [
        (State.UNREAD, office.south), (State.ACCEPTED, office.north),
    ]  # fmt: skip


def test_a_joined_line_whose_work_was_finished_meanwhile_comes_back_finished(office, heir):
    document = office.incoming()
    south, north = services.route(
        office.head, on=TODAY, document_id=document.pk, lead_id=office.south, coordinating=[office.north]
    )
    handover = plan({office.north: heir, office.south: heir}, KINDS)
    carry_out(handover)
    services.finish_line(make_actor(heir, Role.STANDING_COMMITTEE), on=DAY, line_id=south.pk)
    take_back(handover, day=date(2025, 7, 10))
    assert (_fresh(north).state, _fresh(north).kept_by_id) == (State.DONE, office.north)


def test_a_line_joins_one_already_at_an_existing_heir(office):
    document = office.incoming()
    south, north = services.route(
        office.head, on=TODAY, document_id=document.pk, lead_id=office.south, coordinating=[office.north]
    )
    carry_out(plan({office.north: office.south}, KINDS))
    assert (_fresh(north).state, _fresh(south).to_unit_id) == (State.JOINED, office.south)


def test_a_return_after_the_move_goes_to_the_senders_heir(office, heir):
    document = office.incoming(office.north_clerk, to=office.north)
    (line,) = services.route(office.north_head, on=TODAY, document_id=document.pk, lead_id=office.south)
    carry_out(plan({office.north: heir}, KINDS))
    structure.close_units([office.north], on=DAY)
    returned = services.return_line(make_actor(office.south, Role.STANDING_COMMITTEE), on=DAY, line_id=line.pk, reason="Không đúng")
    assert returned.from_unit_id == heir
    assert visible_to(make_actor(heir, Role.STANDING_COMMITTEE), on=DAY).filter(pk=document.pk).exists()


def test_the_heir_still_sees_what_the_old_unit_had_finished(office, heir):
    document = office.incoming()
    (line,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.north)
    services.finish_line(office.north_head, on=TODAY, line_id=line.pk)
    carry_out(plan({office.north: heir}, KINDS))
    assert _fresh(line).to_unit_id == office.north
    assert visible_to(make_actor(heir, Role.STANDING_COMMITTEE), on=DAY).filter(pk=document.pk).exists()


def test_while_the_move_runs_both_sides_see_the_document_and_secrets_stay_secret(office, heir, north):
    keeper = make_actor(office.north, Role.CLERK, clearance=1)
    secret = office.incoming(keeper, to=office.north, secrecy=1)
    handover = plan({office.north: heir}, KINDS)
    Freeze.objects.create(handover=handover, unit_id=office.north, since=clock.now())
    Batch.objects.create(
        handover=handover, direction="apply", number=1, kind="documents.open", outcome=Outcome.MOVE, first_row=0,
        last_row=0, rows=0, day=DAY,
    )  # fmt: skip
    receiver = make_actor(heir, Role.STANDING_COMMITTEE)
    seen = set(visible_to(receiver, on=DAY).values_list("pk", flat=True))
    assert seen == {document.pk for document in north.values()}
    assert north["open"].pk in visible_to(office.north_head, on=DAY).values_list("pk", flat=True)
    assert visible_to(make_actor(heir, Role.CLERK, clearance=1), on=DAY).filter(pk=secret.pk).exists()
    Batch.objects.filter(handover=handover).update(done_at=clock.now())
    assert not visible_to(receiver, on=DAY).exists()


def test_titles_of_secret_documents_are_not_shown_to_those_who_reorganise(office):
    keeper = make_actor(office.north, Role.CLERK, clearance=1)
    secret = office.incoming(keeper, to=office.north, secrecy=1, summary="Nội dung mật")
    plain = office.incoming(keeper, to=office.north, summary="Nội dung thường")
    titles = dict(_rows(holdings.holding("documents.open").title_sql(), items=[secret.pk, plain.pk]))
    assert "Nội dung" not in titles[secret.pk]
    assert "Nội dung thường" in titles[plain.pk]


def test_ten_items_and_three_hundred_take_one_statement(office, heir):
    for size, unit in ((10, office.north), (300, office.south)):
        Document.objects.bulk_create(
            Document(direction="outgoing", type=document_type(), holder_id=unit, summary=f"Dự thảo {n}", created_at=clock.now())
            for n in range(size)
        )
        (batch,) = batches(plan({unit: heir}, ("documents.draft",)))
        with CaptureQueriesContext(connection) as captured:
            assert holdings.holding("documents.draft").hand_over(batch).rows == size
        assert len(captured) == 1


def _fresh(line: RoutingLine) -> RoutingLine:
    return RoutingLine.objects.get(pk=line.pk)


def _ids(sql: str, **parameters: object) -> list[int]:
    return [row[0] for row in _rows(sql, **parameters)]


def _rows(sql: str, **parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
