"""Chuyển xuống, thu hồi cả nhánh, trả lại trong nhánh, kết quả; không việc nào mất cha, không văn bản nào mất chỗ."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Refused, TinhGonError
from tinhgon.documents import selectors, services
from tinhgon.documents.access import line_abilities, visible_to
from tinhgon.documents.branches import Branches
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.services import remarks
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.documents.tests.handing import DAY, carry_out, contents, plan, take_back
from tinhgon.org.models import Kind, Level, Role
from tinhgon.org.tests.factories import make_actor, make_unit

State = RoutingLine.State
KINDS = ("documents.open", "documents.line", "documents.line_sender")


@pytest.fixture
def house(office):
    """Ban Tổ chức có hai phòng; mỗi phòng một trưởng phòng, một chuyên viên."""
    office.room_a = make_unit("Phòng Tổ chức cán bộ", office.board, kind=Kind.ROOM, is_organ=False, level=Level.PROVINCE)
    office.room_b = make_unit("Phòng Đảng viên", office.board, kind=Kind.ROOM, is_organ=False, level=Level.PROVINCE)
    office.head_a = make_actor(office.room_a, Role.UNIT_HEAD, full_name="Lý Trưởng A")
    office.head_b = make_actor(office.room_b, Role.UNIT_HEAD, full_name="Mai Trưởng B")
    office.officer_a = make_actor(office.room_a, Role.SPECIALIST, full_name="Vũ Viên A")
    return office


@pytest.fixture
def lead(house):
    document = house.incoming()
    (line,) = services.route(house.head, on=TODAY, document_id=document.pk, lead_id=house.board, due_on=TODAY + timedelta(days=10))
    return line


def forward(house, line, actor=None, **where):
    return services.forward(actor or house.board_head, on=TODAY, line_id=line.pk, **where)


def test_a_unit_forwards_to_a_room_and_the_glance_follows(house, lead):
    (child,) = forward(house, lead, lead_id=house.room_a, remark="Phòng tham mưu")
    assert (child.parent_id, child.depth, child.due_on) == (lead.pk, 1, lead.due_on)
    lead.refresh_from_db()
    assert lead.state == State.ACCEPTED
    at = selectors.page(house.head, lead.document_id, on=TODAY).at
    assert (at.unit.id, at.is_waiting) == (house.room_a, True)
    services.accept_line(house.head_a, on=TODAY, line_id=child.pk)
    services.assign_line(house.head_a, on=TODAY, line_id=child.pk, person_id=person_of(house.officer_a))
    at = selectors.page(house.head, lead.document_id, on=TODAY).at
    assert (at.unit.id, at.person, at.is_waiting) == (house.room_a, "Vũ Viên A", False)


def test_the_senders_line_is_done_only_after_the_branch_and_all_who_wait_are_named(house, lead):
    a, b, info = forward(house, lead, lead_id=house.room_a, coordinating=[house.room_b], informed_persons=[person_of(house.officer_a)])
    with pytest.raises(Refused) as refusal:
        services.finish_line(house.board_head, on=TODAY, line_id=lead.pk)
    assert {reason.data["line"] for reason in refusal.value.reasons} == {a.pk, b.pk}
    services.finish_line(house.head_a, on=TODAY, line_id=a.pk, note="Đã tham mưu")
    services.finish_line(house.head_b, on=TODAY, line_id=b.pk)
    assert [x.pk for x in selectors.awaiting_assignment(house.board_head, on=TODAY)] == [lead.pk]
    done = services.finish_line(house.board_head, on=TODAY, line_id=lead.pk, note="Đã trình", files=[("bc.txt", io.BytesIO(b"bao cao"))])
    assert (done.state, done.result, done.results.get().name) == (State.DONE, "Đã trình", "bc.txt")
    assert RoutingLine.objects.get(pk=info.pk).state == State.UNREAD
    services.complete_document(house.head, on=TODAY, document_id=lead.document_id)


def test_forwarding_only_for_information_changes_nothing_of_the_senders_line(house, lead):
    forward(house, lead, for_information=[house.room_b])
    lead.refresh_from_db()
    assert lead.state == State.UNREAD
    services.finish_line(house.board_head, on=TODAY, line_id=lead.pk)


def test_every_objection_to_a_forward_is_named_and_nothing_goes_down(house, lead):
    forward(house, lead, lead_id=house.room_a)
    with pytest.raises(Refused) as refusal:
        forward(
            house, lead, lead_person_id=person_of(house.officer_a), coordinating=[house.room_a, house.north],
            persons=[person_of(house.specialist)], due_on=TODAY + timedelta(days=11), working_days=3,
        )  # fmt: skip
    assert {reason.code for reason in refusal.value.reasons} == {
        "documents.unit_repeated", "documents.not_below", "documents.lead_taken", "documents.not_in_unit", "documents.two_deadlines",
        "documents.due_after_parent",
    }  # fmt: skip
    assert RoutingLine.objects.count() == 2


def test_a_deadline_in_working_days_is_counted_by_the_server(house):
    document = house.incoming()
    (line,) = services.route(house.head, on=date(2025, 4, 29), document_id=document.pk, lead_id=house.board, working_days=2)
    assert line.due_on == date(2025, 5, 6)  # 30/4, 1/5, 2/5 nghỉ


def test_only_a_head_of_the_unit_forwards_and_only_while_it_is_open(house, lead):
    for actor in (house.specialist, house.north_head, house.head_a):
        with pytest.raises(TinhGonError):
            forward(house, lead, actor=actor, lead_id=house.room_a)
    services.finish_line(house.board_head, on=TODAY, line_id=lead.pk)
    with pytest.raises(Refused):
        forward(house, lead, lead_id=house.room_a)


def test_recalling_a_line_recalls_all_that_is_open_below(house, lead):
    (a,) = forward(house, lead, lead_id=house.room_a)
    (person,) = services.forward(house.head_a, on=TODAY, line_id=a.pk, lead_person_id=person_of(house.officer_a))
    (b,) = forward(house, lead, coordinating=[house.room_b])
    services.finish_line(house.head_b, on=TODAY, line_id=b.pk)
    assert next(x for x in selectors.page(house.head, lead.document_id, on=TODAY).lines if x.line.pk == lead.pk).below == 2
    assert services.recall_line(house.head, on=TODAY, line_id=lead.pk) == 3
    assert RoutingLine.objects.get(pk=b.pk).state == State.DONE
    assert {RoutingLine.objects.get(pk=x.pk).state for x in (lead, a, person)} == {State.RECALLED}
    assert not visible_to(house.officer_a, on=TODAY).filter(pk=lead.document_id).exists()


def test_a_room_returns_to_its_unit_and_what_it_sent_down_is_recalled(house, lead):
    (a,) = forward(house, lead, lead_id=house.room_a)
    (person,) = services.forward(house.head_a, on=TODAY, line_id=a.pk, persons=[person_of(house.officer_a)])
    services.return_line(house.head_a, on=TODAY, line_id=a.pk, reason="Không đúng chức năng")
    assert RoutingLine.objects.get(pk=person.pk).state == State.RECALLED
    assert [x.pk for x in selectors.awaiting_assignment(house.board_head, on=TODAY)] == [lead.pk]
    forward(house, lead, lead_id=house.room_b)


def test_a_line_to_a_person_is_that_persons_and_no_colleagues(house, lead):
    colleague = make_actor(house.room_a, Role.SPECIALIST)
    (child,) = forward(house, lead, lead_person_id=person_of(house.officer_a))
    with pytest.raises(TinhGonError):
        services.finish_line(colleague, on=TODAY, line_id=child.pk)
    assert services.finish_line(house.officer_a, on=TODAY, line_id=child.pk).state == State.DONE
    lead.refresh_from_db()
    assert lead.state == State.ACCEPTED


def test_the_person_named_acknowledges_or_returns_and_a_colleague_does_neither(house, lead):
    colleague = make_actor(house.room_a, Role.SPECIALIST)
    own, other = forward(house, lead, lead_person_id=person_of(house.officer_a), persons=[person_of(house.head_a)])
    for actor, line in ((colleague, own), (house.officer_a, other)):
        with pytest.raises(TinhGonError):
            services.accept_line(actor, on=TODAY, line_id=line.pk)
        with pytest.raises(TinhGonError):
            services.return_line(actor, on=TODAY, line_id=line.pk, reason="Không đúng việc")
    assert line_abilities(house.officer_a, [own, other], on=TODAY) == {own.pk: {"accept", "return", "finish"}, other.pk: frozenset()}
    assert services.accept_line(house.officer_a, on=TODAY, line_id=own.pk).state == State.ACCEPTED
    assert services.return_line(house.officer_a, on=TODAY, line_id=own.pk, reason="Không đúng việc").return_reason == "Không đúng việc"


def test_a_secret_paper_takes_no_result_files(house):
    head = make_actor(house.office, Role.OFFICE_HEAD, clearance=1)
    secret = house.incoming(make_actor(house.office, Role.CLERK, clearance=1), secrecy=1)
    cleared = make_actor(house.board, Role.UNIT_HEAD, clearance=1)
    (line,) = services.route(head, on=TODAY, document_id=secret.pk, lead_id=house.board)
    with pytest.raises(Refused) as refusal:
        services.finish_line(cleared, on=TODAY, line_id=line.pk, files=[("a.pdf", io.BytesIO(b"%PDF-"))])
    assert refusal.value.code == "documents.secret_content"


def test_what_is_not_acknowledged_by_the_end_of_its_day_is_flagged(house, monkeypatch):
    friday = date(2025, 6, 20)
    document = house.incoming()
    monkeypatch.setattr(clock, "now", lambda: _at(friday))
    (line,) = services.route(house.head, on=friday, document_id=document.pk, lead_id=house.board)
    assert not selectors.unacknowledged(house.board_head, on=friday)
    (row,) = selectors.line_rows(selectors.unacknowledged(house.board_head, on=friday + timedelta(days=1)), on=friday + timedelta(days=1))
    assert (row.line.pk, row.is_unacknowledged) == (line.pk, True)
    saturday = house.incoming()
    monkeypatch.setattr(clock, "now", lambda: _at(friday + timedelta(days=1)))
    services.route(house.head, on=friday + timedelta(days=1), document_id=saturday.pk, lead_id=house.board)
    on_monday = [x.document_id for x in selectors.unacknowledged(house.board_head, on=friday + timedelta(days=3))]
    assert on_monday == [document.pk]  # chuyển thứ Bảy: cả ngày thứ Hai vẫn là đúng hạn tiếp nhận


def _at(day):
    return timezone.make_aware(datetime.combine(day, time(15)))


def test_remark_templates_are_ones_own(house):
    kept = remarks.add_template(house.head, on=TODAY, text=" Giao  Văn phòng chủ trì ")
    assert kept.text == "Giao Văn phòng chủ trì"
    for call in (
        lambda: remarks.add_template(house.head, on=TODAY, text="Giao Văn phòng chủ trì"),
        lambda: remarks.add_template(house.specialist, on=TODAY, text="Tôi chuyển"),
        lambda: remarks.remove_template(house.board_head, on=TODAY, template_id=kept.pk),
    ):
        with pytest.raises(TinhGonError):
            call()
    remarks.remove_template(house.head, on=TODAY, template_id=kept.pk)


# Sắp xếp bộ máy: nhánh đi theo, gộp, về lại.


def _tree_is_whole(document_id: int) -> None:
    branches = Branches(RoutingLine.objects.filter(document=document_id))
    by_id = {line.pk: line for line in branches.lines}
    for line in branches.lines:
        parent = branches.parent_id(line)
        if line.state in RoutingLine.OPEN and parent is not None and line.role != RoutingLine.Role.FOR_INFORMATION:
            assert by_id[parent].state in RoutingLine.OPEN, (line.pk, parent)
    leads = [x for x in branches.lines if x.role == RoutingLine.Role.LEAD and x.state in RoutingLine.OPEN and branches.parent_id(x) is None]
    assert len(leads) <= 1


def test_two_rooms_become_one_and_the_branch_is_joined_then_given_back(house, lead):
    a, b = forward(house, lead, lead_id=house.room_a, coordinating=[house.room_b])
    (below,) = services.forward(house.head_b, on=TODAY, line_id=b.pk, persons=[person_of(house.head_b)])
    before = contents("documents.line")
    handover = plan({house.room_b: house.room_a}, KINDS)
    carry_out(handover)
    joined = RoutingLine.objects.get(pk=b.pk)
    assert (joined.state, joined.joined_into_id) == (State.JOINED, a.pk)
    _tree_is_whole(lead.document_id)
    with pytest.raises(Refused):  # phần đích danh bên dưới dòng đã gộp vẫn giữ dòng giữ lại
        services.finish_line(house.head_a, on=DAY, line_id=a.pk)
    assert contents("documents.line") == before
    take_back(handover, day=date(2025, 8, 1))
    again = RoutingLine.objects.get(pk=b.pk)
    assert (again.state, again.joined_into_id, again.to_unit_id) == (State.ACCEPTED, None, house.room_b)
    assert RoutingLine.objects.get(pk=below.pk).to_unit_id == house.room_b
    _tree_is_whole(lead.document_id)


def test_a_unit_that_takes_over_its_room_keeps_the_upper_line(house, lead):
    (child,) = forward(house, lead, lead_id=house.room_a)
    handover = plan({house.room_a: house.board}, KINDS)
    carry_out(handover)
    assert RoutingLine.objects.get(pk=child.pk).state == State.JOINED
    lead.refresh_from_db()
    assert lead.state == State.ACCEPTED
    at = selectors.page(house.head, lead.document_id, on=DAY).at
    assert at.unit.id == house.board
    take_back(handover, day=date(2025, 8, 1))
    assert RoutingLine.objects.get(pk=child.pk).state == State.UNREAD
    _tree_is_whole(lead.document_id)


def test_a_branch_moves_whole_and_returns_go_to_the_heir(house, lead):
    (child,) = forward(house, lead, lead_id=house.room_a)
    handover = plan({house.board: house.city}, KINDS)
    carry_out(handover)
    returned = services.return_line(house.head_a, on=TODAY, line_id=child.pk, reason="Nhầm phòng")
    assert returned.from_unit_id == house.city
    assert [x.pk for x in selectors.awaiting_assignment(house.secretary, on=TODAY)] == [lead.pk]
    _tree_is_whole(lead.document_id)


# Bất biến dưới mọi chuỗi việc.

_STEPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 9)), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_whatever_is_done_no_paper_loses_its_place_and_no_open_line_its_parent(house, steps):
    with transaction.atomic():
        document = house.incoming()
        for step in steps:
            _try(house, document, *step)
            _tree_is_whole(document.pk)
            document.refresh_from_db()
            at = selectors.whereabouts([document], on=TODAY)
            assert list(at) == [document.pk]
            if document.state == Document.State.DONE:
                left = document.lines.filter(state__in=RoutingLine.OPEN).exclude(role=RoutingLine.Role.FOR_INFORMATION)
                assert not left.exists()
        transaction.set_rollback(True)


def _try(house, document, what, which, other):
    units = [house.board, house.room_a, house.room_b, house.north, house.city]
    actors = {house.board: house.board_head, house.room_a: house.head_a, house.room_b: house.head_b, house.north: house.north_head}
    people = [person_of(house.officer_a), person_of(house.head_b), person_of(house.board_head)]
    lines = list(document.lines.order_by("pk"))
    line = lines[which % len(lines)] if lines else None
    actor = actors.get(line.to_unit_id, house.secretary) if line else house.head
    unit = units[other % len(units)]
    try:
        if what == 0 or line is None:
            lead = {"lead_id": unit} if which % 2 else {"coordinating": [unit]}
            services.route(house.head, on=TODAY, document_id=document.pk, **lead)
        elif what == 1:
            below = {"lead_id": unit} if which % 2 else {"persons": [people[other % 3]], "coordinating": [unit]}
            services.forward(actor, on=TODAY, line_id=line.pk, **below)
        elif what == 2:
            services.accept_line(actor, on=TODAY, line_id=line.pk)
        elif what == 3:
            services.return_line(actor, on=TODAY, line_id=line.pk, reason="Không đúng chức năng")
        elif what == 4:
            services.recall_line(house.head, on=TODAY, line_id=line.pk)
        elif what == 5:
            services.finish_line(actor, on=TODAY, line_id=line.pk)
        else:
            services.complete_document(house.head, on=TODAY, document_id=document.pk)
    except (Refused, Forbidden, TinhGonError):
        pass
