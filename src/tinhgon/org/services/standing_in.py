"""Báo vắng và cử người làm thay; thôi làm thay. Người vắng tự làm, hoặc lãnh đạo đơn vị của người ấy."""

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason, refuse_if
from tinhgon.org.access import acting
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment, Covers, Person, Role, StandIn
from tinhgon.org.selectors.units import organs_of

_DAY = timedelta(days=1)


@transaction.atomic
def stand_in(
    actor: Actor, *, on: date, appointment_id: int, person_id: int, first_day: date, last_day: date, reason: str,
    covers: str = Covers.ALL,
) -> int:  # fmt: skip
    """Cử ``person_id`` làm thay ở một phân công từ ``first_day`` đến hết ``last_day``; trả về mã.

    ``Refused`` với mọi lý do: ngày không hợp lý, không cùng cơ quan, chỉ quản trị hệ thống, người ấy cũng vắng, đã có người làm thay phần ấy.
    """
    row = _appointment(actor, appointment_id, on)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound(Reason("org.person_not_found", _("Không tìm thấy người này."), "person"))
    days = DateRange(first_day, last_day + _DAY) if first_day <= last_day else None
    reasons = _wrong_days(row, first_day, last_day, on)
    if not reason.strip():
        reasons.append(Reason("org.reason_missing", _("Hãy ghi lý do vắng, ví dụ: đi công tác, nghỉ phép."), "reason"))
    if covers not in Covers.values:
        reasons.append(Reason("org.covers_unknown", _("Hãy chọn phần việc được làm thay."), "covers"))
    reasons += _unfit(row, person, days, on)
    if days is not None:
        reasons += _taken(row, person, covers, days)
    refuse_if(reasons)
    hold_open([], on=on, touching=[row.post.unit_id])
    made = StandIn.objects.create(
        appointment=row, person=person, covers=covers, valid=days, reason=reason.strip(), created_at=clock.now()
    )
    record(
        actor, "org.stand_in.set", ("org.person", row.person_id),
        after={"principal": row.person.full_name, "person": person.full_name, "covers": str(Covers(covers).label),
               "first_day": f"{first_day:%d/%m/%Y}", "last_day": f"{last_day:%d/%m/%Y}", "reason": made.reason, "stand_in": made.pk},
    )  # fmt: skip
    return made.pk


@transaction.atomic
def end_stand_in(actor: Actor, *, on: date, stand_in_id: int) -> None:
    """Thôi làm thay từ ``on`` (ngày đầu tiên không còn làm thay); chưa tới ngày bắt đầu thì coi như chưa từng có."""
    made = StandIn.objects.select_for_update(of=("self",)).select_related("person").filter(pk=stand_in_id).first()
    if made is None:
        raise NotFound(Reason("org.stand_in_not_found", _("Không tìm thấy lần ủy quyền này.")))
    row = _appointment(actor, _current(made.appointment_id), on)
    if made.valid.isempty or made.valid.upper <= on:
        refuse_if([Reason("org.stand_in_over", _("Lần ủy quyền này đã kết thúc."))])
    before = {"until": made.valid.upper}
    made.valid = DateRange(made.valid.lower, on) if made.valid.lower < on else DateRange(empty=True)
    made.revoked_at = clock.now()
    made.save(update_fields=["valid", "revoked_at"])
    record(
        actor, "org.stand_in.ended", ("org.person", row.person_id), before=before,
        after={"principal": row.person.full_name, "person": made.person.full_name, "on": f"{on:%d/%m/%Y}", "stand_in": made.pk},
    )  # fmt: skip


def _current(appointment_id: int) -> int:
    """Phân công ấy sau mọi lần chuyển giao."""
    while (later := Appointment.objects.filter(moved_from=appointment_id).order_by("-pk").first()) is not None:
        appointment_id = later.pk
    return appointment_id


def _appointment(actor: Actor, appointment_id: int, on: date) -> Appointment:
    """Phân công của người vắng, đã khóa. ``Forbidden`` khi không phải của mình, cũng không phải của đơn vị mình lãnh đạo."""
    row = (
        Appointment.objects.select_for_update(of=("self",)).select_related("person", "post").filter(pk=appointment_id).first()
    )
    if row is None:
        raise NotFound(Reason("org.appointment_not_found", _("Không tìm thấy phân công này.")))
    if actor.is_system:
        return row
    standing = acting(actor, on=on)
    own = row.person.user_id == actor.user_id
    leads = standing.sees_whole_unit and row.post.unit_id in standing.units
    if standing.is_lent or standing.is_pool or not (own or leads):
        sentence = _("Chỉ người vắng, hoặc lãnh đạo đơn vị của người ấy, cử được người làm thay; đang làm thay thì không ủy quyền lại.")
        raise Forbidden(Reason("org.not_to_arrange", sentence))
    return row


def _wrong_days(row: Appointment, first_day: date, last_day: date, on: date) -> list[Reason]:
    reasons = []
    if last_day < first_day:
        reasons.append(Reason("org.dates_out_of_order", _("Ngày cuối không thể trước ngày đầu."), "last_day"))
    if first_day < on:
        reasons.append(Reason("org.stand_in_past", _("Ngày đầu không thể trước hôm nay: không ai làm thay được việc đã qua."), "first_day"))
    if row.post.is_pool or row.valid.isempty or not _covers(row.valid, first_day, last_day):
        sentence = _("Phân công này không có hiệu lực suốt những ngày ấy.")
        reasons.append(Reason("org.appointment_short", sentence, "appointment"))
    return reasons


def _covers(valid: DateRange, first_day: date, last_day: date) -> bool:
    return valid.lower <= first_day and (valid.upper is None or last_day < valid.upper)


def _unfit(row: Appointment, person: Person, days: DateRange | None, on: date) -> list[Reason]:
    shown = {"person": person.full_name}
    if person.pk == row.person_id:
        return [Reason("org.stands_in_for_self", _("Không ai làm thay cho chính mình."), "person")]
    reasons = []
    held = set(Appointment.objects.filter(person=person, valid__contains=on, post__is_pool=False).values_list("post__unit", "post__role"))
    units = {unit for unit, _role in held}
    organs = organs_of({*units, row.post.unit_id}, on=on)
    if organs[row.post.unit_id] not in {organs[unit] for unit in units}:
        sentence = _("%(person)s không làm việc ở cùng cơ quan: người làm thay phải cùng cơ quan với người vắng.") % shown
        reasons.append(Reason("org.other_organ", sentence, "person"))
    if held and all(role == Role.ADMINISTRATOR for _unit, role in held) and row.post.role != Role.ADMINISTRATOR:
        sentence = _("%(person)s quản trị hệ thống: người giữ máy không làm thay ai xử lý văn bản, công việc.") % shown
        reasons.append(Reason("org.administers", sentence, "person"))
    if person.user_id is None:
        reasons.append(Reason("org.no_account", _("%(person)s chưa có tài khoản nên chưa làm thay được.") % shown, "person"))
    if days is not None and StandIn.objects.filter(appointment__person=person, valid__overlap=days).exists():
        reasons.append(Reason("org.also_absent", _("%(person)s cũng báo vắng trong những ngày ấy.") % shown, "person"))
    return reasons


def _taken(row: Appointment, person: Person, covers: str, days: DateRange) -> list[Reason]:
    """Mỗi phần việc trong một ngày chỉ một người làm thay, mỗi người một phần; "mọi việc" thì không chia thêm phần nào."""
    line = [row]
    while line[-1].moved_from is not None:
        line.append(line[-1].moved_from)
    sentence = _("%(person)s đã được cử làm thay (%(covers)s) từ %(first)s đến hết %(last)s: hãy kết thúc lần ấy trước.")
    return [
        Reason("org.stand_in_taken", sentence % {
            "person": made.person.full_name, "covers": made.get_covers_display(),
            "first": f"{made.valid.lower:%d/%m/%Y}", "last": f"{made.valid.upper - _DAY:%d/%m/%Y}",
        }, "covers")
        for made in StandIn.objects.filter(appointment__in=line, valid__overlap=days).select_related("person")
        if Covers.ALL in (covers, made.covers) or covers == made.covers or made.person_id == person.pk
    ]  # fmt: skip
