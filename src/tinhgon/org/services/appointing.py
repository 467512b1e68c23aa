"""Phân công và thôi giữ vị trí: một người, hay nhiều người một lúc với cùng luật trong vài câu SQL và một lượt nhật ký.

Nhiều người một lúc thì được cả hoặc không gì; lời từ chối nói dòng nào sai gì (``RowsRefused``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from tinhgon.audit.services import Entry, record_many
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused, TinhGonError
from tinhgon.org.access import require_below
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Appointment, Person, Post
from tinhgon.org.rights import Verb
from tinhgon.org.services import rules


@dataclass(frozen=True, slots=True)
class Seat:
    """Người vào vị trí từ ``on`` tới trước ``until``; ``is_main`` sai: kiêm nhiệm."""

    person_id: int
    post_id: int
    on: date
    decree: str
    is_main: bool = True
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Thôi giữ từ ``on`` (ngày đầu tiên không còn giữ); đúng ngày bắt đầu: coi như chưa từng giữ."""

    appointment_id: int
    on: date
    decree: str


class RowsRefused(Refused):
    """``rows``: thứ tự trong lời gọi -> lỗi của dòng ấy."""

    def __init__(self, rows: Mapping[int, TinhGonError]) -> None:
        super().__init__(*(reason for error in rows.values() for reason in error.reasons))
        self.rows = dict(rows)


def appoint(actor: Actor, *, person_id: int, post_id: int, on: date, decree: str, is_main: bool = True, until: date | None = None) -> int:
    """Phân công người vào vị trí từ ``on`` tới trước ``until``; ``is_main`` sai: kiêm nhiệm. Trả về mã phân công."""
    try:
        return appoint_many(actor, seats=[Seat(person_id, post_id, on, decree, is_main, until)])[0]
    except RowsRefused as refused:
        raise refused.rows[0] from None


def end_appointment(actor: Actor, *, appointment_id: int, on: date, decree: str) -> None:
    """Thôi giữ vị trí từ ``on`` (ngày đầu tiên không còn giữ). Kết thúc ngay ngày bắt đầu: coi như chưa từng giữ."""
    try:
        end_many(actor, leavings=[Leaving(appointment_id, on, decree)])
    except RowsRefused as refused:
        raise refused.rows[0] from None


@transaction.atomic
def appoint_many(actor: Actor, *, seats: Sequence[Seat]) -> list[int]:
    """Phân công theo đúng thứ tự: dòng trước đã chiếm chỗ thì dòng sau thấy. ``RowsRefused`` với mọi dòng sai, không ghi gì."""
    people = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in={seat.person_id for seat in seats}).order_by("pk")}
    posts = {one.pk: one for one in Post.objects.select_for_update().filter(pk__in={seat.post_id for seat in seats}).order_by("pk")}
    refused: dict[int, TinhGonError] = {}
    for row, seat in enumerate(seats):
        if seat.person_id not in people or seat.post_id not in posts:
            refused[row] = NotFound(Reason("org.person_or_post_not_found", _("Không tìm thấy người hoặc vị trí này.")))
    places = {row: (seat.on, posts[seat.post_id].unit_id) for row, seat in enumerate(seats) if row not in refused}
    refused |= _each(places, lambda on, units: require_below(actor, Verb.APPOINT, on=on, unit_ids=units))
    closed = _each({row: place for row, place in places.items() if row not in refused}, lambda on, units: hold_open(units, on=on))
    held = _held(people, posts)
    for row, seat in enumerate(seats):
        if row in refused:
            continue
        person, post = people[seat.person_id], posts[seat.post_id]
        reasons = rules.founded(seat.decree) + rules.in_order(seat.on, seat.until) + _post_takes(post, seat, held.by_post[post.pk])
        if reasons or row in closed:
            refused[row] = Refused(*(reasons or closed[row].reasons))
        elif reasons := _person_free(person, seat, held.by_person[person.pk]):
            refused[row] = Refused(*reasons)
        else:
            held.add(Appointment(person=person, post=post, is_main=seat.is_main, valid=DateRange(seat.on, seat.until), decree=seat.decree))
    if refused:
        raise RowsRefused(dict(sorted(refused.items())))
    made = Appointment.objects.bulk_create(held.fresh)
    record_many(actor, [_appointed(one) for one in made])
    return [one.pk for one in made]


@transaction.atomic
def end_many(actor: Actor, *, leavings: Sequence[Leaving]) -> None:
    """Thôi giữ cả loạt. ``RowsRefused`` với mọi dòng sai, không ghi gì."""
    found = Appointment.objects.select_for_update(of=("self",)).select_related("person", "post").filter(pk__in={one.appointment_id for one in leavings})
    held = {one.pk: one for one in found.order_by("pk")}
    refused: dict[int, TinhGonError] = {}
    for row, leaving in enumerate(leavings):
        if leaving.appointment_id not in held:
            refused[row] = NotFound(Reason("org.appointment_not_found", _("Không tìm thấy phân công này.")))
    places = {row: (one.on, held[one.appointment_id].post.unit_id) for row, one in enumerate(leavings) if row not in refused}
    refused |= _each(places, lambda on, units: require_below(actor, Verb.APPOINT, on=on, unit_ids=units))
    frozen = _each({row: place for row, place in places.items() if row not in refused}, lambda on, units: hold_open([], on=on, touching=units))
    entries: list[Entry] = []
    for row, leaving in enumerate(leavings):
        if row in refused:
            continue
        one = held[leaving.appointment_id]
        reasons = rules.founded(leaving.decree) + _still_held(one, leaving.on)
        if reasons or row in frozen:
            refused[row] = Refused(*(reasons or frozen[row].reasons))
            continue
        after = {"full_name": one.person.full_name, "title": one.post.title, "until": leaving.on, "decree": leaving.decree}
        entries.append(Entry("org.person.appointment_ended", ("org.appointment", one.pk), before={"until": one.valid.upper}, after=after))
        one.valid = DateRange(one.valid.lower, leaving.on) if one.valid.lower < leaving.on else DateRange(empty=True)
    if refused:
        raise RowsRefused(dict(sorted(refused.items())))
    Appointment.objects.bulk_update(held.values(), ["valid"])
    record_many(actor, entries)


def _each(places: Mapping[int, tuple[date, int]], check: Callable[[date, Iterable[int]], object]) -> dict[int, TinhGonError]:
    """Xét theo từng ngày cả loạt đơn vị; chỉ khi bị từ chối mới xét riêng từng đơn vị, để biết dòng nào."""
    by_day: dict[date, set[int]] = defaultdict(set)
    for on, unit in places.values():
        by_day[on].add(unit)
    refused: dict[tuple[date, int], TinhGonError] = {}
    for on, units in sorted(by_day.items()):
        if _refusal(check, on, units):
            refused |= {(on, unit): error for unit in sorted(units) if (error := _refusal(check, on, [unit]))}
    return {row: refused[place] for row, place in places.items() if place in refused}


def _refusal(check: Callable[[date, Iterable[int]], object], on: date, units: Iterable[int]) -> TinhGonError | None:
    try:
        check(on, units)
    except TinhGonError as refused:
        return refused
    return None


class _Held:
    """Các phân công của những người, những vị trí đang xét, và những phân công sắp ghi."""

    def __init__(self, known: Iterable[Appointment]) -> None:
        self.by_person: dict[int, list[Appointment]] = defaultdict(list)
        self.by_post: dict[int, list[Appointment]] = defaultdict(list)
        self.fresh: list[Appointment] = []
        for one in known:
            self._place(one)

    def add(self, one: Appointment) -> None:
        self.fresh.append(one)
        self._place(one)

    def _place(self, one: Appointment) -> None:
        self.by_person[one.person_id].append(one)
        self.by_post[one.post_id].append(one)


def _held(people: Iterable[int], posts: Iterable[int]) -> _Held:
    concerned = Q(person__in=list(people)) | Q(post__in=list(posts))
    return _Held(Appointment.objects.filter(concerned, valid__isempty=False).select_related("post").order_by("valid", "pk"))


def _overlap(one: DateRange, on: date, until: date | None) -> bool:
    return (until is None or one.lower < until) and (one.upper is None or on < one.upper)


def _post_takes(post: Post, seat: Seat, held: Iterable[Appointment]) -> list[Reason]:
    shown = {"title": post.title}
    if post.is_pool:
        return [Reason("org.pool_post", _("“%(title)s” không phải vị trí để phân công.") % shown, "post_id")]
    until = seat.until if seat.until and seat.until > seat.on else None
    upper = post.valid.upper
    lasts = not post.valid.isempty and post.valid.lower <= seat.on and (upper is None or (until is not None and until <= upper))
    if not lasts:
        sentence = _("Vị trí “%(title)s” không có hiệu lực trong suốt thời gian ấy.") % shown
        return [Reason("org.post_not_valid", sentence, "post_id")]
    taken = sum(_overlap(one.valid, seat.on, until) for one in held)
    if taken >= post.seats:
        sentence = _("Vị trí “%(title)s” đã đủ %(seats)d người.") % (shown | {"seats": post.seats})
        return [Reason("org.no_free_seat", sentence, "post_id", {"seats": post.seats, "taken": taken})]
    return []


def _person_free(person: Person, seat: Seat, held: Iterable[Appointment]) -> list[Reason]:
    reasons: list[Reason] = []
    for one in held:
        if not _overlap(one.valid, seat.on, seat.until):
            continue
        shown = {"person": person.full_name, "title": one.post.title}
        if one.post_id == seat.post_id:
            sentence = _("%(person)s đang giữ chính vị trí “%(title)s”.") % shown
            reasons.append(Reason("org.already_in_post", sentence, "person_id"))
        elif seat.is_main and one.is_main:
            sentence = _("%(person)s đang giữ vị trí chính “%(title)s”: kết thúc phân công ấy, hoặc phân công kiêm nhiệm.") % shown
            reasons.append(Reason("org.main_post_overlaps", sentence, "person_id", {"appointment": one.pk}))
    return reasons


def _still_held(one: Appointment, on: date) -> list[Reason]:
    if one.valid.isempty or (one.valid.upper is not None and one.valid.upper <= on):
        return [Reason("org.appointment_over", _("Phân công này đã kết thúc trước ngày ấy."))]
    if one.valid.lower > on:
        return [Reason("org.dates_out_of_order", _("Ngày thôi giữ phải sau ngày bắt đầu."), "on")]
    return []


def _appointed(one: Appointment) -> Entry:
    after = {
        "full_name": one.person.full_name, "title": one.post.title, "post": one.post_id, "is_main": one.is_main, "on": one.valid.lower,
        "until": one.valid.upper, "decree": one.decree,
    }  # fmt: skip
    return Entry("org.person.appointed", ("org.appointment", one.pk), after=after)
