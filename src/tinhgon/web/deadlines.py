"""Hạn nói bằng ngày làm việc: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc". Lịch hỏi một lần cho mỗi yêu cầu."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.core.workcalendar import work_calendar

SOON = 3  # ngày làm việc


@dataclass(frozen=True, slots=True)
class Deadline:
    """``tone``: late, soon hoặc rỗng."""

    day: date
    words: str
    tone: str


def deadline(request: HttpRequest, day: date) -> Deadline:
    """Hạn ``day`` nhìn từ hôm nay. Chưa hết ngày hạn thì chưa quá hạn."""
    calendar = getattr(request, "work_calendar", None)
    if calendar is None:
        calendar = request.work_calendar = work_calendar()
    left = calendar.working_days_between(request.today, day)
    if day == request.today:
        return Deadline(day, _("hôm nay"), "soon")
    if day < request.today:
        if not left:
            return Deadline(day, _("vừa quá hạn"), "late")
        late = -left
        return Deadline(day, ngettext("quá hạn %(count)d ngày làm việc", "quá hạn %(count)d ngày làm việc", late) % {"count": late}, "late")
    words = ngettext("còn %(count)d ngày làm việc", "còn %(count)d ngày làm việc", left) % {"count": left}
    return Deadline(day, words, "soon" if left <= SOON else "")
