"""Chuyển xử lý: một chủ trì; tiếp nhận, trả lại, giao người, hoàn thành, khép lại; mọi lý do từ chối cùng lúc."""

from datetime import date, timedelta

import pytest

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.org.models import Freeze, Handover, Role
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor

State = RoutingLine.State


@pytest.fixture
def routed(office):
    document = office.incoming()
    lines = services.route(
        office.head, on=TODAY, document_id=document.pk, lead_id=office.board, coordinating=[office.north],
        for_information=[office.south], remark="Ban Tổ chức chủ trì tham mưu", due_on=date(2025, 6, 30),
    )  # fmt: skip
    return document, {line.to_unit_id: line for line in lines}


def test_routing_puts_the_document_in_process_and_says_who_has_it(office, routed):
    document, _lines = routed
    document.refresh_from_db()
    assert document.state == Document.State.IN_PROCESS
    at = selectors.page(office.head, document.pk, on=TODAY).at
    assert (at.unit.id, at.is_waiting) == (office.board, True)


def test_one_piece_of_work_has_one_lead(office, routed):
    document, _lines = routed
    with pytest.raises(Refused) as refusal:
        services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.city)
    assert refusal.value.code == "documents.lead_taken"
    assert document.lines.count() == 3


def test_every_objection_to_a_route_is_named_and_nothing_is_sent(office):
    document = office.incoming()
    structure.close_units([office.south], on=date(2025, 6, 1))
    with pytest.raises(Refused) as refusal:
        services.route(
            office.head, on=TODAY, document_id=document.pk, lead_id=office.office, coordinating=[office.north, office.north],
            for_information=[office.south], due_on=date(2025, 6, 1),
        )  # fmt: skip
    codes = {reason.code for reason in refusal.value.reasons}
    assert codes == {"documents.unit_closed", "documents.unit_repeated", "documents.to_itself", "documents.due_past"}
    assert not RoutingLine.objects.exists()
    assert Document.objects.get(pk=document.pk).state == Document.State.REGISTERED


def test_nothing_is_sent_to_or_from_a_unit_being_handed_over(office):
    document = office.incoming()
    _freeze(office.board)
    with pytest.raises(Refused) as refusal:
        services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board)
    assert refusal.value.code == "org.unit_frozen"
    assert not RoutingLine.objects.exists()


def test_a_line_is_read_only_while_its_sender_is_being_handed_over(office, routed):
    _document, lines = routed
    _freeze(office.office)
    with pytest.raises(Refused) as refusal:
        services.accept_line(office.board_head, on=TODAY, line_id=lines[office.board].pk)
    assert refusal.value.code == "org.unit_frozen"
    assert RoutingLine.objects.get(pk=lines[office.board].pk).state == State.UNREAD


def test_only_the_unit_addressed_accepts(office, routed):
    _document, lines = routed
    with pytest.raises(Forbidden):
        services.accept_line(office.north_head, on=TODAY, line_id=lines[office.board].pk)
    assert services.accept_line(office.board_head, on=TODAY, line_id=lines[office.board].pk).state == State.ACCEPTED


def test_a_line_is_returned_with_a_reason_and_the_document_waits_for_a_new_remark(office, routed):
    document, lines = routed
    with pytest.raises(Invalid):
        services.return_line(office.board_head, on=TODAY, line_id=lines[office.board].pk, reason="")
    services.return_line(office.board_head, on=TODAY, line_id=lines[office.board].pk, reason="Không đúng chức năng")
    (again,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.city)
    assert again.to_unit_id == office.city


def test_a_return_to_a_closed_unit_goes_to_its_heir(office, routed):
    _document, lines = routed
    structure.record_successions([(office.office, office.city, "merged", [])], on=TODAY, decree="QĐ")
    structure.close_units([office.office], on=TODAY)
    returned = services.return_line(office.board_head, on=TODAY, line_id=lines[office.board].pk, reason="Không đúng chức năng")
    assert returned.from_unit_id == office.city


def test_a_line_is_given_only_to_a_person_of_the_unit(office, routed):
    _document, lines = routed
    with pytest.raises(Refused) as refusal:
        services.assign_line(office.board_head, on=TODAY, line_id=lines[office.board].pk, person_id=person_of(office.specialist))
    assert refusal.value.code == "documents.not_in_unit"
    given = services.assign_line(office.board_head, on=TODAY, line_id=lines[office.board].pk, person_id=person_of(office.board_head))
    assert (given.state, given.assignee_id) == (State.ACCEPTED, person_of(office.board_head))


def test_a_document_is_closed_only_when_lead_and_coordinating_are_done(office, routed):
    document, lines = routed
    with pytest.raises(Refused) as refusal:
        services.complete_document(office.head, on=TODAY, document_id=document.pk)
    assert {r.data["unit"] for r in refusal.value.reasons} == {office.board, office.north}
    services.finish_line(office.board_head, on=TODAY, line_id=lines[office.board].pk)
    services.finish_line(office.north_head, on=TODAY, line_id=lines[office.north].pk)
    done = services.complete_document(office.head, on=TODAY, document_id=document.pk)
    assert (done.state, done.finished_on) == (Document.State.DONE, TODAY)


def test_a_finished_line_is_finished_once(office, routed):
    _document, lines = routed
    services.finish_line(office.board_head, on=TODAY, line_id=lines[office.board].pk)
    with pytest.raises(Refused) as refusal:
        services.finish_line(office.board_head, on=TODAY, line_id=lines[office.board].pk)
    assert refusal.value.code == "documents.line_state"


def test_voiding_recalls_the_open_lines(office, routed):
    document, _lines = routed
    services.void(office.clerk, on=TODAY, document_id=document.pk, reason="Vào sổ nhầm")
    assert set(document.lines.values_list("state", flat=True)) == {State.RECALLED}


def test_the_desk_shows_what_waits_for_each_role(office, routed):
    document, lines = routed
    assert [line.pk for line in selectors.arrivals(office.board_head, on=TODAY)] == [lines[office.board].pk]
    assert {line.to_unit_id for line in selectors.unread_by_others(office.clerk, on=TODAY)} == {office.board, office.north, office.south}
    assert not selectors.unrouted(office.head, on=TODAY)
    waiting = office.incoming()
    assert list(selectors.unrouted(office.head, on=TODAY)) == [waiting]
    row = selectors.line_rows(selectors.arrivals(office.board_head, on=date(2025, 7, 1)), on=date(2025, 7, 1))[0]
    assert (row.from_unit.id, row.is_overdue) == (office.office, True)


def test_the_desk_never_shows_what_the_list_would_not(office, routed):
    keeper = make_actor(office.office, Role.CLERK, clearance=2)
    office.incoming(keeper, secrecy=2)
    secret = office.incoming(keeper, secrecy=1)
    make_actor(office.board, Role.UNIT_HEAD, clearance=1)
    head = make_actor(office.office, Role.OFFICE_HEAD, clearance=1)
    services.route(head, on=TODAY, document_id=secret.pk, lead_id=office.board)
    office.sent(keeper, secrecy=2)
    office.sent()
    for actor in (office.head, office.clerk, office.board_head, office.specialist, head, keeper):
        seen = set(visible_to(actor, on=TODAY).values_list("pk", flat=True))
        shown = {d.pk for block in (selectors.ready_to_issue, selectors.returned_drafts, selectors.unrouted) for d in block(actor, on=TODAY)}
        shown |= {
            line.document_id
            for block in (selectors.arrivals, selectors.my_lines, selectors.unread_by_others)
            for line in block(actor, on=TODAY)
        }
        assert shown <= seen


def _freeze(unit: int) -> None:
    handover = Handover.objects.create(decree="QĐ", effective_on=TODAY)
    Freeze.objects.create(handover=handover, unit_id=unit, since=clock.now())


def test_who_only_needs_to_know_has_no_deadline(office):
    document = office.incoming()
    services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.room, for_information=[office.north], due_on=TODAY + timedelta(days=3))
    assert set(document.lines.values_list("role", "due_on")) == {("lead", TODAY + timedelta(days=3)), ("for_information", None)}
