"""Ai xem, ai sửa việc chia cho một đơn vị nhận: người lập phương án ở cấp tỉnh, và người đứng đầu của chính đơn vị ấy.

Đơn vị sẽ mở chưa có ai giữ vị trí, nên người đứng đầu là người được bố trí vào vị trí lãnh đạo của nó theo phương án đã quyết định.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason
from tinhgon.org.access import scope_of
from tinhgon.org.models import Level
from tinhgon.org.rights import RIGHTS, SEES_WHOLE_UNIT, Verb
from tinhgon.reorg.access import visible_to
from tinhgon.reorg.models import Placement, PlannedPost, Proposal, Reorganisation, SecondPost

HEADS = tuple(role for role, rights in RIGHTS.items() if Verb.MANAGE_TASK in rights and role in SEES_WHOLE_UNIT)
"""Vai trò phân công được việc của đơn vị mình."""


def may_edit_all(actor: Actor, *, on: date) -> bool:
    """Người lập phương án: sửa việc chia của mọi đơn vị nhận."""
    if actor.is_system:
        return True
    standings = [s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id]
    return any(s.may(Verb.PREPARE_REORG) and s.level == Level.PROVINCE for s in standings)


def headed_units(actor: Actor, reorg: Reorganisation, units: Collection[int], *, on: date) -> frozenset[int]:
    """Trong ``units``: đơn vị người này sẽ đứng đầu theo quyết định bố trí, hay đang đứng đầu. Không tính làm thay."""
    own = [s for s in scope_of(actor, on=on).standings if not s.is_lent]
    decided = _decided_posts({s.person_id for s in own}).filter(reorganisation=reorg, unit__in=units)
    now = {unit for s in own if s.sees_whole_unit and s.may(Verb.MANAGE_TASK) for unit in s.units}
    return frozenset(decided.values_list("unit", flat=True)) | (now & set(units))


def led_reorganisations(actor: Actor, *, on: date) -> list[tuple[int, int]]:
    """(lần sắp xếp, đơn vị) mà người này sẽ đứng đầu theo quyết định bố trí: lối vào cho người không thấy cả lần sắp xếp."""
    own = {s.person_id for s in scope_of(actor, on=on).standings if not s.is_lent}
    return list(_decided_posts(own).order_by("reorganisation", "unit").values_list("reorganisation", "unit").distinct())


def _decided_posts(people: set[int]) -> QuerySet[PlannedPost]:
    """Vị trí lãnh đạo mà phương án đã quyết định giao cho họ, chính hay kiêm nhiệm."""
    mine = Proposal.objects.filter(placement__state=Placement.State.DECIDED, person__in=people)
    seconds = SecondPost.objects.filter(proposal__in=mine).values("post")
    return PlannedPost.objects.filter(Q(pk__in=mine.filter(post__isnull=False).values("post")) | Q(pk__in=seconds), role__in=HEADS)


def work_for(actor: Actor, reorg_id: int, unit_id: int, *, to: str, on: date, lock: bool = False) -> Reorganisation:
    """Lần sắp xếp, để xem hay sửa ("see", "edit") việc chia cho ``unit_id``. ``NotFound`` khi không được thấy, ``Forbidden`` khi chỉ được xem."""
    rows = Reorganisation.objects.select_related("handover")
    reorg = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=reorg_id).first()
    if reorg is None:
        raise _not_found()
    if may_edit_all(actor, on=on) or unit_id in headed_units(actor, reorg, [unit_id], on=on):
        return reorg
    if not sees_all(actor, reorg, on=on):
        raise _not_found()
    if to == "edit":
        raise Forbidden(Reason("work.not_head", _("Chỉ người lập phương án và người đứng đầu đơn vị nhận sửa được việc chia của đơn vị ấy.")))
    return reorg


def sees_all(actor: Actor, reorg: Reorganisation, *, on: date) -> bool:
    """Cấp tỉnh được xem lần sắp xếp thì xem việc chia của mọi đơn vị nhận."""
    if actor.is_system:
        return True
    standings = scope_of(actor, on=on).standings
    return any(s.may(Verb.SEE_REORG) and s.level == Level.PROVINCE for s in standings) and visible_to(actor, on=on).filter(pk=reorg.pk).exists()


def _not_found() -> NotFound:
    return NotFound(Reason("work.not_found", _("Không có việc chia của đơn vị này, hoặc bạn không được xem.")))
