"""Điểm theo công thức: ba phần cho chuyên viên, sáu phần cho lãnh đạo; thiếu một phần thì không ra điểm. Việc vượt yêu cầu được đếm."""

from datetime import date
from fractions import Fraction

import pytest

from tinhgon.core.errors import NotFound
from tinhgon.org.models import Appointment, Post
from tinhgon.personnel import selectors
from tinhgon.personnel.models import Grading, GradingRound
from tinhgon.personnel.selectors.gradings import work_of
from tinhgon.personnel.tests.factories import Staff
from tinhgon.tasks.models import Task

ON = date(2025, 10, 2)
FULL = Fraction(1)


@pytest.fixture
def round_(staff: Staff) -> GradingRound:
    made = GradingRound.objects.create(
        unit_id=staff.office, authority_id=staff.city, period="quarter", year=2025, quarter=3, rules="QD366-2025", opened_at="2025-10-01T08:00+07:00", self_until=ON
    )
    Post.objects.filter(appointments__person__in=[staff.person(name) for name in ("clerk", "specialist", "colleague")]).update(rank=5)
    for name in ("head", "clerk", "specialist", "colleague"):
        Grading.objects.create(round=made, person_id=staff.person(name), title="")
    return made


def line(round_: GradingRound, staff: Staff, name: str) -> Grading:
    return round_.gradings.get(person=staff.person(name))


def done(staff: Staff, *, finished: date | None, returns: int = 0, exceeded: bool | None = None) -> None:
    Task.objects.create(
        title="Việc", lead_id=staff.office, assigner_id=staff.city, assignee_id=staff.person(), created_at="2025-07-01T08:00+07:00", due_on=date(2025, 8, 15),
        finished_on=finished, returns=returns, exceeded=exceeded, state="done" if finished else "assigned", kept_by_id=staff.office if finished else None,
    )  # fmt: skip


def test_a_specialist_gets_three_parts_from_their_tasks(staff: Staff, round_: GradingRound) -> None:
    done(staff, finished=date(2025, 8, 1))
    done(staff, finished=date(2025, 9, 1), returns=1)
    done(staff, finished=None)
    found = selectors.scoring(staff.secretary, line(round_, staff, "specialist").pk, on=ON)
    assert (found.is_leader, found.tasks) == (False, 3)
    assert found.abc == (Fraction(2, 3), Fraction(7, 8), Fraction(7, 8))
    assert found.points == 70 * (Fraction(2, 3) + Fraction(7, 8) * 2) / 3


def test_a_leader_gets_six_parts_and_none_when_one_is_missing(staff: Staff, round_: GradingRound) -> None:
    done(staff, finished=date(2025, 8, 1))
    row = line(round_, staff, "head")
    round_.gradings.exclude(pk=row.pk).update(proposed_level="good")
    assert selectors.scoring(staff.secretary, row.pk, on=ON).points is None
    found = selectors.scoring(staff.secretary, row.pk, on=ON, own=(FULL, Fraction(1, 2)))
    assert (found.is_leader, found.followers, found.points) == (True, FULL, 70 * Fraction(11, 12))


def test_one_failure_under_a_leader_leaves_half_and_an_unknown_grade_leaves_nothing(staff: Staff, round_: GradingRound) -> None:
    row = line(round_, staff, "head")
    assert selectors.scoring(staff.secretary, row.pk, on=ON).followers is None
    under = line(round_, staff, "specialist")
    assert Appointment.objects.filter(person=under.person_id, post__unit=staff.office).exists()
    Grading.objects.filter(pk=under.pk).update(proposed_level="failed")
    assert selectors.scoring(staff.secretary, row.pk, on=ON).followers == Fraction(1, 2)


def test_who_does_not_see_the_line_does_not_see_the_points(staff: Staff, round_: GradingRound) -> None:
    with pytest.raises(NotFound):
        selectors.scoring(staff.colleague, line(round_, staff, "specialist").pk, on=ON)


def test_tasks_beyond_what_was_asked_are_counted_and_unknown_is_not_zero(staff: Staff) -> None:
    done(staff, finished=date(2025, 8, 1))
    within = {"since": date(2025, 7, 1), "until": date(2025, 9, 30)}
    assert work_of([staff.person()], **within)[staff.person()].facts.exceeded is None
    done(staff, finished=date(2025, 8, 2), exceeded=False)
    done(staff, finished=date(2025, 8, 3), exceeded=True)
    assert work_of([staff.person()], **within)[staff.person()].facts.exceeded == 1
