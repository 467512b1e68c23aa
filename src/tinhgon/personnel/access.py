"""Ai thấy hồ sơ năng lực của ai, ai được ghi gì.

Chính mình; lãnh đạo thấy người của đơn vị mình và các phòng bên trong (văn phòng không vì phục vụ cấp ủy mà thấy cấp ủy viên);
ban tổ chức thấy cấp mình và các cấp dưới. Quản trị và mọi người khác: không. Ngày sinh, giới tính hẹp hơn: ``private_for``.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason
from tinhgon.org.access import Standing, files_visible_to, people_below, require, require_below, scope_of
from tinhgon.org.models import Appointment, Person, Role
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import path

HEAD = 1
"""Thứ bậc của người đứng đầu."""

VERBS: dict[str, Verb] = {"skill": Verb.KEEP_SKILLS, "profile": Verb.KEEP_PROFILES}


def visible_to(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Người mà hồ sơ năng lực người này được thấy ngày ``on``."""
    if actor.is_system:
        return Person.objects.all()
    reach = Q(user=actor.user_id)
    for standing in scope_of(actor, on=on).counted:
        reach |= people_of_standing(standing, on=on)
    return Person.objects.filter(reach)


def people_of_standing(standing: Standing, *, on: date) -> Q:
    """Bộ lọc trên ``Person``: những người thuộc phạm vi của một vị trí."""
    if not standing.sees_whole_unit:
        return Q(pk__in=[])
    inside = Appointment.objects.filter(person=OuterRef("pk"), valid__contains=on, post__unit__in=own_units(standing))
    reach = Q(Exists(inside))
    if standing.role == Role.ORGANISATION_BOARD:
        reach |= people_below([standing], on=on)
    return reach


def own_units(standing: Standing) -> frozenset[int]:
    """Đơn vị mình và các phòng bên trong; không gồm cấp ủy mà văn phòng phục vụ."""
    return standing.units - {standing.parent_id}


def self_of(actor: Actor) -> Person:
    """Người đứng tên tài khoản. Việc của chính mình luôn theo tài khoản: làm thay ai cũng không làm việc riêng của người ấy."""
    found = Person.objects.filter(user=actor.user_id).first() if actor.user_id else None
    if found is None:
        raise NotFound(Reason("personnel.nobody", _("Tài khoản này chưa gắn với một cán bộ.")))
    return found


def private_for(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Người mà ngày sinh, giới tính, ngày nghỉ hưu người này được thấy: chính mình và ban tổ chức."""
    return files_visible_to(actor, on=on)


def person_for(actor: Actor, person_id: int, *, to: str = "see", on: date) -> Person:
    """Người để ``to`` ("see" hoặc khóa của ``VERBS``). ``NotFound`` khi không được thấy, ``Forbidden`` khi không được ghi."""
    person = visible_to(actor, on=on).filter(pk=person_id).first()
    if person is None:
        raise NotFound(Reason("personnel.not_found", _("Không có hồ sơ này, hoặc bạn không được xem.")))
    if to != "see":
        _check(actor, person, VERBS[to], on)
    return person


def may_plan_keeping(actor: Actor, unit_id: int, *, on: date) -> bool:
    """Xem kế hoạch giữ người của một đơn vị: ban tổ chức cấp mình, và người đứng đầu chính đơn vị ấy hay cơ quan chứa nó.

    Hẹp hơn ma trận: thường trực cấp ủy thấy cả cơ quan nhưng chuyện ai sắp nghỉ, giữ ai bằng gì không phải việc của họ.
    """
    if actor.is_system:
        return True
    inside = []
    for step in reversed(path(unit_id, on=on)):
        inside.append(step.id)
        if step.is_organ:
            break
    leading = [s.appointment_id for s in scope_of(actor, on=on).counted if s.sees_whole_unit and s.unit_id in inside]
    if Appointment.objects.filter(pk__in=leading, post__rank=HEAD).exists():
        return True
    try:
        return require_below(actor, Verb.KEEP_PROFILES, on=on, unit_ids=[unit_id]) is not None
    except Forbidden:
        return False


def abilities(actor: Actor, person_id: int, *, on: date) -> frozenset[str]:
    """Các việc người này làm được với hồ sơ ấy, ở vị trí đang dùng."""
    standing = next((s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id), None)
    if standing is None or not any(standing.may(verb) for verb in VERBS.values()):
        return frozenset()
    within = Person.objects.filter(people_of_standing(standing, on=on), pk=person_id).exclude(user=actor.user_id).exists()
    return frozenset(name for name, verb in VERBS.items() if within and standing.may(verb))


def _check(actor: Actor, person: Person, verb: Verb, on: date) -> None:
    standing = require(actor, verb, on=on)
    if standing is None:
        return
    if person.user_id == actor.user_id:
        raise Forbidden(Reason("personnel.own_file", _("Không ai tự công nhận hay tự ghi hồ sơ của chính mình.")))
    if not Person.objects.filter(people_of_standing(standing, on=on), pk=person.pk).exists():
        sentence = _("Vị trí “%(title)s” tại %(unit)s không phụ trách người này.")
        raise Forbidden(Reason("personnel.not_yours", sentence % {"title": standing.title, "unit": standing.unit_name}))
