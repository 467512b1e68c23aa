"""Phân công đi theo đơn vị: dòng cũ dừng, dòng mới bắt đầu cùng ngày; quyền không bao giờ rộng ra; hoàn tác về đúng ghế."""

from datetime import date

import pytest
from django.db import connection

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.org import holdings
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment, Batch, Handover, LedgerRow, PlanRow, Post, Role
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import (
    BEGINNING,
    DECREE,
    MOVING_DAY,
    make_appointment,
    make_person,
    make_post,
    make_unit,
)

pytestmark = pytest.mark.django_db
KIND = "org.appointment"
UNDO_DAY = date(2025, 9, 1)


class Move:
    """Một lần chuyển giao tí hon: lập kế hoạch từ kiểm kê, chuyển, hoàn tác; như ``reorg`` làm, không có gì khác."""

    def __init__(self, heirs: dict[int, int], *, on: date = MOVING_DAY):
        self.heirs, self.on = heirs, on
        self.handover = Handover.objects.create(decree=DECREE, effective_on=on)
        self.holding = holdings.holding(KIND)
        self.plan()

    def plan(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.holding.inventory_sql(), {"units": list(self.heirs), "on": self.on})
            rows = cursor.fetchall()
        PlanRow.objects.bulk_create(
            PlanRow(handover=self.handover, direction="apply", kind=KIND, item_id=item, from_unit_id=holder,
                    to_unit_id=self.heirs[holder], content=content, rule="single")
            for item, holder, _function, _secrecy, content, _title in rows
        )  # fmt: skip
        self.holding.plan_joins(self.handover.pk, Direction.APPLY)
        self.holding.plan_persons(self.handover.pk)

    def apply(self) -> int:
        structure.close_units(self.heirs, on=self.on)
        return self._carry(Direction.APPLY, self.on, (Outcome.JOIN, Outcome.MOVE))

    def undo(self, on: date = UNDO_DAY) -> int:
        structure.reopen_units(self.heirs, on=on, decree=DECREE)
        PlanRow.objects.bulk_create(
            PlanRow(handover=self.handover, direction="undo", kind=KIND, item_id=row.item_id, content=row.content,
                    from_unit_id=row.to_unit_id, to_unit_id=row.from_unit_id, rule="undo",
                    outcome="reopen" if row.outcome == "join" else "move")
            for row in LedgerRow.objects.filter(handover=self.handover)
        )  # fmt: skip
        return self._carry(Direction.UNDO, on, (Outcome.MOVE, Outcome.REOPEN))

    def _carry(self, direction: str, day: date, outcomes) -> int:
        written = 0
        for number, outcome in enumerate(outcomes):
            ids = PlanRow.objects.filter(handover=self.handover, direction=direction, outcome=outcome)
            ids = ids.order_by("pk").values_list("pk", flat=True)
            if ids:
                batch = Batch.objects.create(
                    handover=self.handover, direction=direction, number=number, kind=KIND, outcome=outcome,
                    first_row=ids[0], last_row=max(ids), rows=len(ids), day=day,
                )  # fmt: skip
                done = self.holding.hand_over(batch)
                assert done.rows == len(ids)
                assert len(done.hash) == 64
                written += done.rows
        return written

    def detail_of(self, appointment: Appointment) -> dict:
        return PlanRow.objects.get(handover=self.handover, direction="apply", item_id=appointment.pk).detail

    def present(self) -> dict[int, tuple]:
        with connection.cursor() as cursor:
            cursor.execute(self.holding.present_sql())
            return {item: (holder, content) for item, holder, content in cursor.fetchall()}


@pytest.fixture
def old():
    return make_unit("Đảng ủy phường Bến Nghé")


@pytest.fixture
def new():
    return make_unit("Đảng ủy phường Sài Gòn")


def held_on(person, day):
    return [(row.post.unit_id, row.post.title) for row in
            Appointment.objects.filter(person=person, valid__contains=day).select_related("post")]  # fmt: skip


def test_a_person_takes_the_free_seat_of_the_same_role_and_rank(old, new):
    person = make_person()
    before = make_appointment(person, make_post(old, "Văn thư", role=Role.CLERK))
    make_post(new, "Chuyên viên", role=Role.SPECIALIST)
    seat = make_post(new, "Cán bộ văn thư", role=Role.CLERK)
    move = Move({old: new})
    assert move.detail_of(before) == {"post": seat.pk, "why": "same_rank"}
    move.apply()
    after = Appointment.objects.get(person=person, valid__contains=MOVING_DAY)
    assert (after.post, after.moved_from, after.decree) == (seat, before, DECREE)
    before.refresh_from_db()
    assert before.valid.upper == MOVING_DAY
    assert held_on(person, date(2025, 6, 30)) == [(old, "Văn thư")]


def test_the_same_title_is_preferred_and_the_longest_serving_goes_first(old, new):
    post = make_post(old, "Phó Chánh Văn phòng", role=Role.OFFICE_HEAD, rank=2, seats=2)
    late, early = make_person("Lê Văn Muộn"), make_person("Lê Thị Sớm")
    make_appointment(late, post, on=date(2024, 1, 1))
    make_appointment(early, post, on=date(2021, 1, 1))
    make_post(new, "Phó Chánh Văn phòng", role=Role.OFFICE_HEAD, rank=2)
    Move({old: new}).apply()
    assert held_on(early, MOVING_DAY) == [(new, "Phó Chánh Văn phòng")]
    assert held_on(late, MOVING_DAY) == [(new, "Chờ bố trí công tác")]


def test_where_seats_run_out_the_person_waits_in_a_pool_post_without_rights(old, new):
    person = make_person(account=True)
    before = make_appointment(person, make_post(old, "Chánh Văn phòng", role=Role.OFFICE_HEAD, rank=1, clearance=2))
    make_appointment(make_person("Người Đang Giữ"), make_post(new, "Chánh Văn phòng", role=Role.OFFICE_HEAD, rank=1))
    move = Move({old: new})
    assert move.detail_of(before) == {"pool": True, "why": "no_seat"}
    move.apply()
    standing = scope_of(Actor(person.user_id), on=MOVING_DAY).standings[0]
    assert standing.is_pool
    assert not standing.sees_whole_unit
    assert scope_of(Actor(person.user_id), on=MOVING_DAY).clearance_in() == {}


def test_a_seat_that_sees_more_secret_papers_is_never_given(old, new):
    before = make_appointment(make_person(), make_post(old, "Văn thư", role=Role.CLERK, clearance=1))
    make_post(new, "Văn thư", role=Role.CLERK, clearance=2)
    move = Move({old: new})
    assert move.detail_of(before) == {"pool": True, "why": "clearance"}


def test_a_unit_without_such_a_post_says_so(old, new):
    before = make_appointment(make_person(), make_post(old, "Kiểm tra viên", role=Role.INSPECTION))
    make_post(new, "Văn thư", role=Role.CLERK)
    assert Move({old: new}).detail_of(before) == {"pool": True, "why": "no_such_post"}


def test_seats_of_a_unit_that_is_still_planned_are_given_when_it_has_opened(old):
    planned = structure.new_identities(1)[0]
    person = make_person()
    before = make_appointment(person, make_post(old, "Văn thư", role=Role.CLERK))
    move = Move({old: planned})
    assert move.detail_of(before) is None
    make_post(planned, "Văn thư", role=Role.CLERK, on=MOVING_DAY)
    move.apply()
    assert held_on(person, MOVING_DAY) == [(planned, "Văn thư")]


def test_in_a_unit_that_opened_without_any_post_the_person_waits(old):
    planned = structure.new_identities(1)[0]
    person = make_person()
    before = make_appointment(person, make_post(old, "Văn thư", role=Role.CLERK))
    move = Move({old: planned})
    move.apply()
    assert held_on(person, MOVING_DAY) == [(planned, "Chờ bố trí công tác")]
    assert move.detail_of(before) == {"pool": True, "why": "no_such_post"}


def test_two_posts_of_one_person_meeting_in_one_unit_are_joined_and_the_main_one_stays(old, new):
    other = make_unit("Đảng ủy phường Đa Kao")
    person = make_person()
    main = make_appointment(person, make_post(old, "Văn thư", role=Role.CLERK))
    side = make_appointment(person, make_post(other, "Văn thư", role=Role.CLERK), is_main=False)
    make_post(new, "Văn thư", role=Role.CLERK, seats=5)
    move = Move({old: new, other: new})
    assert move.apply() == 2
    assert PlanRow.objects.get(item_id=side.pk).outcome == "join"
    assert Appointment.objects.get(person=person, valid__contains=MOVING_DAY).moved_from == main


def test_an_appointment_with_an_end_keeps_it(old, new):
    person = make_person()
    make_appointment(person, make_post(old), until=date(2026, 1, 1))
    make_post(new)
    Move({old: new}).apply()
    assert Appointment.objects.get(person=person, valid__contains=MOVING_DAY).valid.upper == date(2026, 1, 1)


def test_an_appointment_beginning_after_the_moving_day_moves_too(old, new):
    person = make_person()
    before = make_appointment(person, make_post(old), on=date(2025, 8, 1))
    make_post(new)
    Move({old: new}).apply()
    before.refresh_from_db()
    assert before.valid.isempty
    assert held_on(person, MOVING_DAY) == []
    assert held_on(person, date(2025, 8, 1)) == [(new, "Chuyên viên")]


def test_undo_brings_everyone_back_to_their_own_seat_and_leaves_history(old, new):
    other = make_unit("Đảng ủy phường Đa Kao")
    post = make_post(old, "Chuyên viên", seats=30)
    people = [make_person(f"Nguyễn Văn {n}") for n in range(20)]
    for person in people:
        make_appointment(person, post)
    twice = make_person("Người Kiêm Nhiệm")
    make_appointment(twice, post)
    make_appointment(twice, make_post(other, "Chuyên viên"), is_main=False)
    make_post(new, "Chuyên viên", seats=12)
    move = Move({old: new, other: new})
    untouched = move.present()
    move.apply()
    assert {holder for holder, _content in move.present().values()} == {new, other}
    assert move.undo() == 22
    for person in people:
        assert held_on(person, UNDO_DAY) == [(old, "Chuyên viên")]
        assert held_on(person, MOVING_DAY)[0][0] == new
    assert sorted(held_on(twice, UNDO_DAY)) == [(old, "Chuyên viên"), (other, "Chuyên viên")]
    present = move.present()
    assert {item: present[item] for item in untouched} == untouched
    assert Post.objects.filter(unit=old, continues=post).count() == 1


def test_undo_on_the_moving_day_itself_works(old, new):
    person = make_person()
    make_appointment(person, make_post(old))
    make_post(new)
    move = Move({old: new})
    move.apply()
    move.undo(on=MOVING_DAY)
    assert held_on(person, MOVING_DAY) == [(old, "Chuyên viên")]


def test_a_second_handover_moves_what_the_first_brought(old, new):
    third = make_unit("Đảng ủy phường Tân")
    person = make_person()
    make_appointment(person, make_post(old))
    make_post(new)
    make_post(third)
    Move({old: new}).apply()
    Move({new: third}, on=UNDO_DAY).apply()
    assert held_on(person, UNDO_DAY) == [(third, "Chuyên viên")]


def test_hundreds_of_people_move_in_a_constant_number_of_queries(old, new, django_assert_max_num_queries):
    post = make_post(old, seats=500)
    make_post(new, seats=200)
    for _n in range(300):
        make_appointment(make_person(), post)
    with django_assert_max_num_queries(30):
        Move({old: new}).apply()
    here = Appointment.objects.filter(post__unit=new, valid__contains=MOVING_DAY)
    assert here.count() == 300
    assert here.filter(post__is_pool=False).count() == 200
    assert clock.today() > BEGINNING


def test_a_second_job_never_takes_the_post_already_promised_to_the_same_person(old, new):
    person = make_person()
    main = make_appointment(person, make_post(old, "Văn thư", role=Role.CLERK))
    second = make_appointment(person, make_post(old, "Chuyên viên"), is_main=False)
    seat = make_post(new, "Chuyên viên", seats=2)
    move = Move({old: new})
    rows = PlanRow.objects.filter(handover=move.handover)
    rows.filter(item_id=main.pk).update(detail={"post": seat.pk, "why": "placed"})
    rows.filter(item_id=second.pk).update(detail=None)
    move.holding.plan_persons(move.handover.pk)
    assert move.detail_of(second) == {"pool": True, "why": "no_seat"}
    assert move.apply() == 2
    assert sorted(title for _unit, title in held_on(person, MOVING_DAY)) == ["Chuyên viên", "Chờ bố trí công tác"]
