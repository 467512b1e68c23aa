"""Ngày nghỉ, ngày làm bù sửa tay, đè lên lịch chung. Chỉ quản trị."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, refuse_if
from tinhgon.core.models import CalendarOverride
from tinhgon.org.access import require
from tinhgon.org.rights import Verb


@transaction.atomic
def override_day(actor: Actor, *, day: date, is_working: bool, note: str) -> None:
    """Đặt một ngày là ngày làm việc hay ngày nghỉ, theo căn cứ ``note``; đặt lại thì thay lần trước."""
    require(actor, Verb.KEEP_CALENDAR, on=clock.today())
    refuse_if([] if note.strip() else [Reason("org.calendar_note_missing", _("Hãy ghi căn cứ của ngày nghỉ, ngày làm bù."), "note")])  # fmt: skip
    previous = CalendarOverride.objects.select_for_update().filter(day=day).first()
    CalendarOverride.objects.update_or_create(day=day, defaults={"is_working": is_working, "note": note.strip()})
    before = {"is_working": previous.is_working, "note": previous.note} if previous else {}
    after = {"day": day, "is_working": is_working, "note": note.strip()}
    record(actor, "org.calendar.overridden", ("core.day", day), before=before, after=after)


@transaction.atomic
def clear_override(actor: Actor, *, day: date) -> None:
    """Bỏ phần sửa tay của một ngày, trở về lịch chung."""
    require(actor, Verb.KEEP_CALENDAR, on=clock.today())
    previous = CalendarOverride.objects.select_for_update().filter(day=day).first()
    if previous is None:
        raise NotFound(Reason("org.calendar_not_overridden", _("Ngày này không có sửa tay.")))
    before = {"is_working": previous.is_working, "note": previous.note}
    previous.delete()
    record(actor, "org.calendar.cleared", ("core.day", day), before=before, after={"day": day})
