"""Động từ của vị trí, người, phân công và nhiệm kỳ. Đòi quyền giữ cơ cấu hoặc quyền phân công ở cấp mình và cấp dưới."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused, refuse_if
from tinhgon.org.access import require_below
from tinhgon.org.locks import hold_open, lock_structure
from tinhgon.org.models import Appointment, Kind, Person, Post, Role, Term, UnitVersion
from tinhgon.org.rights import Verb
from tinhgon.org.services import rules


@transaction.atomic
def create_post(
    actor: Actor,
    *,
    unit_id: int,
    title: str,
    role: str,
    on: date,
    rank: int = 5,
    seats: int = 1,
    clearance: int = 0,
) -> int:
    """Lập một vị trí việc làm có hiệu lực từ ``on``; trả về mã."""
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[unit_id])
    lock_structure([unit_id])
    reasons = rules.open_and_still([unit_id], on=on)
    if not title.strip():
        reasons.append(Reason("org.title_missing", _("Hãy ghi chức danh."), "title"))
    if role not in Role.values:
        reasons.append(Reason("org.role_unknown", _("Không có vai trò “%(role)s”.") % {"role": role}, "role"))
    if seats < 1:
        reasons.append(Reason("org.no_seats", _("Vị trí phải có ít nhất một người."), "seats"))
    if not 0 <= clearance <= 3:
        reasons.append(Reason("org.clearance_range", _("Độ mật được xem phải từ 0 đến 3."), "clearance"))
    refuse_if(reasons)
    post = Post.objects.create(
        unit_id=unit_id, title=title.strip(), role=role, rank=rank, seats=seats, clearance=clearance,
        valid=DateRange(on, None),
    )  # fmt: skip
    after = {"title": post.title, "role": role, "seats": seats, "clearance": clearance, "unit": unit_id, "on": on}
    record(actor, "org.post.created", ("org.post", post.pk), after=after)
    return post.pk


@transaction.atomic
def open_person(actor: Actor, *, full_name: str, code: str, unit_id: int | None, on: date) -> int:
    """Thêm một người vào danh sách cán bộ; ``unit_id``: đơn vị sẽ phân công tới, để xét quyền. Trả về mã."""
    require_below(actor, Verb.APPOINT, on=on, unit_ids=[unit_id])
    name, number = " ".join(full_name.split()), code.strip()
    reasons: list[Reason] = []
    if len(name.split()) < 2:
        reasons.append(Reason("org.full_name_short", _("Hãy ghi đủ họ và tên."), "full_name"))
    if not number:
        reasons.append(Reason("org.person_code_missing", _("Hãy ghi số hiệu cán bộ."), "code"))
    elif Person.objects.filter(code=number).exists():
        sentence = _("Số hiệu %(code)s đã thuộc về một người khác.") % {"code": number}
        reasons.append(Reason("org.person_code_taken", sentence, "code"))
    refuse_if(reasons)
    person = Person.objects.create(full_name=name, code=number)
    record(actor, "org.person.opened", ("org.person", person.pk), after={"full_name": name, "code": number})
    return person.pk


@transaction.atomic
def appoint(
    actor: Actor,
    *,
    person_id: int,
    post_id: int,
    on: date,
    decree: str,
    is_main: bool = True,
    until: date | None = None,
) -> int:
    """Phân công người vào vị trí từ ``on`` tới trước ``until``; ``is_main`` sai: kiêm nhiệm. Trả về mã phân công."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if person is None or post is None:
        raise NotFound(Reason("org.person_or_post_not_found", _("Không tìm thấy người hoặc vị trí này.")))
    require_below(actor, Verb.APPOINT, on=on, unit_ids=[post.unit_id])
    refuse_if(rules.founded(decree) + _order(on, until) + _post_takes(post, on, until))
    hold_open([post.unit_id], on=on)
    refuse_if(_person_free(person, post, on, until, is_main))
    row = Appointment.objects.create(
        person=person, post=post, is_main=is_main, valid=DateRange(on, until), decree=decree
    )
    after = {"full_name": person.full_name, "title": post.title, "post": post.pk, "is_main": is_main, "on": on, "until": until, "decree": decree}  # fmt: skip
    record(actor, "org.person.appointed", ("org.appointment", row.pk), after=after)
    return row.pk


def _order(on: date, until: date | None) -> list[Reason]:
    if until is None or until > on:
        return []
    return [Reason("org.dates_out_of_order", _("Ngày thôi giữ phải sau ngày bắt đầu."), "until")]


def _post_takes(post: Post, on: date, until: date | None) -> list[Reason]:
    shown = {"title": post.title}
    if post.is_pool:
        return [Reason("org.pool_post", _("“%(title)s” không phải vị trí để phân công.") % shown, "post_id")]
    wanted = DateRange(on, until if until and until > on else None)
    if not Post.objects.filter(pk=post.pk, valid__contains=wanted).exists():
        sentence = _("Vị trí “%(title)s” không có hiệu lực trong suốt thời gian ấy.") % shown
        return [Reason("org.post_not_valid", sentence, "post_id")]
    taken = Appointment.objects.filter(post=post, valid__overlap=wanted).count()
    if taken >= post.seats:
        sentence = _("Vị trí “%(title)s” đã đủ %(seats)d người.") % (shown | {"seats": post.seats})
        return [Reason("org.no_free_seat", sentence, "post_id", {"seats": post.seats, "taken": taken})]
    return []


def _person_free(person: Person, post: Post, on: date, until: date | None, is_main: bool) -> list[Reason]:
    overlapping = Appointment.objects.filter(person=person, valid__overlap=DateRange(on, until)).select_related("post")
    reasons: list[Reason] = []
    for row in overlapping:
        shown = {"person": person.full_name, "title": row.post.title}
        if row.post_id == post.pk:
            sentence = _("%(person)s đang giữ chính vị trí “%(title)s”.") % shown
            reasons.append(Reason("org.already_in_post", sentence, "person_id"))
        elif is_main and row.is_main:
            sentence = _("%(person)s đang giữ vị trí chính “%(title)s”: kết thúc phân công ấy, hoặc phân công kiêm nhiệm.") % shown  # fmt: skip
            reasons.append(Reason("org.main_post_overlaps", sentence, "person_id", {"appointment": row.pk}))
    return reasons


@transaction.atomic
def end_appointment(actor: Actor, *, appointment_id: int, on: date, decree: str) -> None:
    """Thôi giữ vị trí từ ``on`` (ngày đầu tiên không còn giữ). Kết thúc ngay ngày bắt đầu: coi như chưa từng giữ."""
    row = (
        Appointment.objects.select_for_update(of=("self",)).select_related("person", "post").filter(pk=appointment_id).first()
    )
    if row is None:
        raise NotFound(Reason("org.appointment_not_found", _("Không tìm thấy phân công này.")))
    require_below(actor, Verb.APPOINT, on=on, unit_ids=[row.post.unit_id])
    reasons = rules.founded(decree)
    if row.valid.isempty or (row.valid.upper is not None and row.valid.upper <= on):
        reasons.append(Reason("org.appointment_over", _("Phân công này đã kết thúc trước ngày ấy.")))
    elif row.valid.lower > on:
        reasons.append(Reason("org.dates_out_of_order", _("Ngày thôi giữ phải sau ngày bắt đầu."), "on"))
    refuse_if(reasons)
    hold_open([], on=on, touching=[row.post.unit_id])
    before = {"until": row.valid.upper}
    row.valid = DateRange(row.valid.lower, on) if row.valid.lower < on else DateRange(empty=True)
    row.save(update_fields=["valid"])
    after = {"full_name": row.person.full_name, "title": row.post.title, "until": on, "decree": decree}
    record(actor, "org.person.appointment_ended", ("org.appointment", row.pk), before=before, after=after)


@transaction.atomic
def open_term(actor: Actor, *, unit_id: int, name: str, on: date, until: date | None = None) -> int:
    """Mở nhiệm kỳ mới của một cấp ủy từ ``on``; nhiệm kỳ trước kết thúc ở ngày ấy. Trả về mã."""
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[unit_id])
    lock_structure([unit_id])
    reasons = rules.open_and_still([unit_id], on=on) + _order(on, until)
    if not name.strip():
        reasons.append(Reason("org.term_name_missing", _("Hãy ghi tên nhiệm kỳ."), "name"))
    if not UnitVersion.objects.filter(unit=unit_id, valid__contains=on, kind=Kind.COMMITTEE).exists():
        reasons.append(Reason("org.term_of_committee", _("Chỉ cấp ủy có nhiệm kỳ."), "unit_id"))
    if Term.objects.filter(unit=unit_id, valid__startswith__gte=on).exists():
        reasons.append(Reason("org.term_later", _("Đã có nhiệm kỳ bắt đầu từ ngày ấy hoặc sau đó."), "on"))
    refuse_if(reasons)
    current = Term.objects.filter(unit=unit_id, valid__contains=on).first()
    if current is not None:
        current.valid = DateRange(current.valid.lower, on)
        current.save(update_fields=["valid"])
    term = Term.objects.create(unit_id=unit_id, name=name.strip(), valid=DateRange(on, until))
    before = {"name": current.name} if current else {}
    record(actor, "org.term.opened", ("org.term", term.pk), before=before, after={"name": term.name, "unit": unit_id, "on": on})
    return term.pk


@transaction.atomic
def close_post(actor: Actor, *, post_id: int, on: date, decree: str) -> None:
    """Bỏ một vị trí từ ``on``; không còn ai giữ vị trí ấy từ ngày đó."""
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound(Reason("org.post_not_found", _("Không tìm thấy vị trí này.")))
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[post.unit_id])
    reasons = rules.founded(decree)
    if Appointment.objects.filter(post=post, valid__overlap=DateRange(on, None)).exists():
        sentence = _("Vị trí “%(title)s” còn người giữ: kết thúc phân công trước.") % {"title": post.title}
        reasons.append(Reason("org.post_occupied", sentence))
    if not Post.objects.filter(pk=post.pk, valid__contains=on).exists():
        reasons.append(Reason("org.post_not_valid", _("Vị trí “%(title)s” không có hiệu lực ngày ấy.") % {"title": post.title}))
    if reasons:
        raise Refused(*reasons)
    post.voided_on = on if post.valid.lower == on else None
    post.valid = DateRange(empty=True) if post.valid.lower == on else DateRange(post.valid.lower, on)
    post.save(update_fields=["valid", "voided_on"])
    record(actor, "org.post.closed", ("org.post", post.pk), after={"title": post.title, "on": on, "decree": decree})
