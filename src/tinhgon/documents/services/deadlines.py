"""Hạn ghi bằng ngày, hoặc bằng số ngày làm việc ("hạn 5 ngày làm việc"): máy chủ tính, kể cả lễ và làm bù."""

from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.core.workcalendar import work_calendar


def settled(due_on: date | None, working_days: int | None, *, on: date) -> date | None:
    """Ngày hạn: ``working_days`` ngày làm việc kể từ hôm sau, hoặc ``due_on`` như đã ghi."""
    if working_days is not None and due_on is None and working_days > 0:
        return work_calendar().add_working_days(on, working_days)
    return due_on


def objections(
    due_on: date | None, working_days: int | None, *, on: date, at_most: date | None, whose: str
) -> list[Reason]:
    """Hạn không hợp lý. ``at_most``: hạn của cấp giao; đã quá hạn ấy rồi thì không ràng buộc nữa, việc vẫn phải làm xong."""
    reasons = []
    if due_on and working_days:
        reasons.append(Reason("documents.two_deadlines", _("Chỉ ghi một: ngày hạn, hoặc số ngày làm việc."), "working_days"))
    if working_days is not None and working_days < 1:
        reasons.append(Reason("documents.no_days", _("Số ngày làm việc phải từ 1."), "working_days"))
    day = settled(due_on, working_days, on=on)
    if day and day < on:
        reasons.append(Reason("documents.due_past", _("Hạn xử lý đã qua."), "due_on"))
    if day and at_most and at_most >= on and day > at_most:
        shown = {"day": f"{day:%d/%m/%Y}", "limit": f"{at_most:%d/%m/%Y}", "whose": whose}
        sentence = _("Hạn %(day)s muộn hơn hạn của %(whose)s (%(limit)s).") % shown
        reasons.append(Reason("documents.due_after_parent", sentence, "due_on"))
    return reasons
