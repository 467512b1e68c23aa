"""Con số về văn bản: dòng chủ trì, phối hợp đã xong trong kỳ, đúng hạn, số ngày; dòng để biết không phải việc."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tinhgon.documents.models import RoutingLine
from tinhgon.documents.tests.factories import Office
from tinhgon.org import figures
from tinhgon.org.figures import Absent, Period, Structure

pytestmark = pytest.mark.django_db
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HANDLED = ("documents.handled", "documents.handled_due", "documents.handled_on_time")


@pytest.fixture
def office():
    return Office()


def at(day: int, hour: int = 8, month: int = 5) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=ZONE)


def line(office: Office, *, sent: datetime, done: datetime | None = None, due: date | None = None, role: str = "lead", state: str = "") -> None:
    RoutingLine.objects.create(
        document=office.incoming(), to_unit_id=office.board, from_unit_id=office.office, role=role, state=state or ("done" if done else "unread"),
        sent_at=sent, finished_at=done, due_on=due, kept_by_id=office.board if done and not state else None,
    )  # fmt: skip


def told(office: Office, *codes: str, period: Period = MAY) -> list[object]:
    found = figures.total(codes, Structure(((office.board, office.board),)), period)
    return [found[code] for code in codes]


def test_work_done_in_the_period_is_counted_by_its_deadline(office):
    line(office, sent=at(2), done=at(5, 23), due=date(2025, 5, 5))
    line(office, sent=at(2), done=at(7), due=date(2025, 5, 6))
    line(office, sent=at(2), done=at(9))
    assert told(office, *HANDLED) == [3, 2, 1]


def test_the_period_begins_and_ends_at_midnight_here_not_in_london(office):
    line(office, sent=at(1, month=4), done=at(1, 0))
    line(office, sent=at(1), done=at(31, 23))
    line(office, sent=at(1), done=at(1, 0, month=6))
    assert told(office, "documents.handled") == [2]


def test_a_line_for_information_returned_or_recalled_is_no_work_done(office):
    line(office, sent=at(2), done=at(3), role="for_information")
    line(office, sent=at(2), done=at(3), state="returned")
    line(office, sent=at(2), done=at(3), state="recalled")
    assert told(office, *HANDLED) == [0, 0, 0]


def test_open_means_open_at_the_end_of_the_day_asked(office):
    line(office, sent=at(2), due=date(2025, 5, 20))
    line(office, sent=at(2), done=at(15))
    line(office, sent=at(2, month=6))
    assert told(office, "documents.open", "documents.overdue") == [1, 1]
    assert told(office, "documents.open", "documents.overdue", period=Period(MAY.since, date(2025, 5, 10))) == [2, 0]


def test_the_middle_of_the_days_taken_and_nothing_when_nothing_was_done(office):
    assert isinstance(told(office, "documents.median_days")[0], Absent)
    for days in (1, 2, 9):
        line(office, sent=at(2), done=at(2) + timedelta(days=days))
    assert told(office, "documents.median_days") == [2]


def test_what_the_organ_issued(office):
    office.issued(on=date(2025, 5, 20))
    found = figures.read(["documents.issued"], Structure(((office.office, 1), (office.board, 2))), MAY)
    assert found["documents.issued"] == {1: 1, 2: 0}
