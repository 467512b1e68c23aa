"""Động từ của vị trí, người và nhiệm kỳ (phân công: ``appointing``). Đòi quyền giữ cơ cấu hoặc quyền phân công ở cấp mình và cấp dưới."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused, refuse_if
from tinhgon.org.access import require_below
from tinhgon.org.locks import lock_structure
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
def open_term(actor: Actor, *, unit_id: int, name: str, on: date, until: date | None = None) -> int:
    """Mở nhiệm kỳ mới của một cấp ủy từ ``on``; nhiệm kỳ trước kết thúc ở ngày ấy. Trả về mã."""
    require_below(actor, Verb.KEEP_STRUCTURE, on=on, unit_ids=[unit_id])
    lock_structure([unit_id])
    reasons = rules.open_and_still([unit_id], on=on) + rules.in_order(on, until)
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
