"""Ai thấy dòng xếp loại nào, ai được làm gì với đợt.

Chính mình; lãnh đạo thấy người của đơn vị mình; ban tổ chức thấy cấp mình và cấp dưới; cấp quyết định thấy cả đợt. Không ai đề nghị hay
quyết định cho chính mình.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason
from tinhgon.org.access import Standing, acting, scope_of
from tinhgon.org.rights import Verb
from tinhgon.personnel.access import own_units, visible_to
from tinhgon.personnel.models import Grading, GradingRound


def gradings_visible_to(actor: Actor, *, on: date) -> QuerySet[Grading]:
    """Dòng xếp loại người này được thấy."""
    if actor.is_system:
        return Grading.objects.all()
    deciding = [unit for s in scope_of(actor, on=on).counted if s.may(Verb.DECIDE_GRADING) for unit in own_units(s)]
    return Grading.objects.filter(Q(person__in=visible_to(actor, on=on).values("pk")) | Q(round__authority__in=deciding))


def rounds_visible_to(actor: Actor, *, on: date) -> QuerySet[GradingRound]:
    """Đợt có ít nhất một dòng người này được thấy."""
    seen = gradings_visible_to(actor, on=on).filter(round=OuterRef("pk"))
    return GradingRound.objects.filter(Exists(seen))


def round_for(actor: Actor, round_id: int, *, to: str = "see", on: date, lock: bool = False) -> GradingRound:
    """Đợt để ``to`` ("see", "propose", "decide"). ``NotFound`` khi không thấy, ``Forbidden`` khi không có quyền."""
    found = GradingRound.objects.filter(pk__in=rounds_visible_to(actor, on=on).filter(pk=round_id).values("pk"))
    chosen = (found.select_for_update(of=("self",)) if lock else found).first()
    if chosen is None:
        raise NotFound(Reason("personnel.no_round", _("Không có đợt xếp loại này, hoặc bạn không được xem.")))
    if to != "see" and not actor.is_system and to not in powers(acting(actor, on=on), chosen):
        raise Forbidden(Reason("personnel.not_this_round", _("Vị trí bạn đang dùng không có quyền làm việc này với đợt xếp loại.")))
    return chosen


def powers(standing: Standing, round_: GradingRound) -> frozenset[str]:
    """``propose``: ghi kết quả vòng tập thể; ``decide``: quyết định, trả lời khiếu nại."""
    units = own_units(standing)
    found = set()
    if standing.may(Verb.DECIDE_GRADING) and round_.authority_id in units:
        found |= {"propose", "decide"}
    if standing.may(Verb.KEEP_GRADING) and round_.unit_id in units:
        found.add("propose")
    return frozenset(found)


def deciding_units(actor: Actor, *, on: date) -> frozenset[int]:
    """Những đơn vị mà vị trí đang dùng quyết định xếp loại và trả lời khiếu nại thay mặt."""
    standing = next((s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id), None)
    return own_units(standing) if standing is not None and standing.may(Verb.DECIDE_GRADING) else frozenset()


def abilities(actor: Actor, round_: GradingRound, *, on: date) -> frozenset[str]:
    """Các việc làm được lúc này, cho nút bấm."""
    standing = next((s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id), None)
    if standing is None:
        return frozenset()
    found = powers(standing, round_)
    if round_.state == GradingRound.State.OPEN:
        return found
    return found - {"propose", "decide"} | ({"answer"} if "decide" in found else frozenset())
