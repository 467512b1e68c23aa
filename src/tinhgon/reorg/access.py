"""Ai thấy và ai làm gì với một lần sắp xếp.

Cấp tỉnh thấy mọi lần sắp xếp; cấp khác chỉ thấy lần sắp xếp chạm tới đơn vị mình. Chỉ cấp tỉnh soạn và chuyển giao.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason
from tinhgon.org.access import Standing, acting, scope_of
from tinhgon.org.models import Level
from tinhgon.org.rights import Verb
from tinhgon.reorg.models import (
    PersonalAct,
    Placement,
    PlannedSuccession,
    Proposal,
    Reorganisation,
)

_STATES = Reorganisation.State
_VERBS: dict[str, tuple[Verb, frozenset[str]]] = {
    "see": (Verb.SEE_REORG, frozenset(_STATES.values)),
    "prepare": (Verb.PREPARE_REORG, frozenset({_STATES.DRAFT, _STATES.INVENTORY, _STATES.DECIDED, _STATES.APPLIED})),
    "apply": (Verb.APPLY_REORG, frozenset(_STATES.values)),
}


def visible_to(actor: Actor, *, on: date) -> QuerySet[Reorganisation]:
    """Các lần sắp xếp người này được thấy."""
    if actor.is_system:
        return Reorganisation.objects.all()
    standings = [s for s in scope_of(actor, on=on).standings if s.may(Verb.SEE_REORG)]
    if any(s.level == Level.PROVINCE for s in standings):
        return Reorganisation.objects.all()
    units = set().union(*(s.units for s in standings)) if standings else set()
    touched = PlannedSuccession.objects.filter(reorganisation=OuterRef("pk")).filter(
        Q(predecessor__in=units) | Q(successor__in=units)
    )
    return Reorganisation.objects.filter(Exists(touched)) if units else Reorganisation.objects.none()


def reorg_for(actor: Actor, reorg_id: int, *, to: str, on: date, lock: bool = False) -> Reorganisation:
    """Lần sắp xếp để ``to`` ("see", "prepare", "apply"). ``NotFound`` khi không được thấy, ``Forbidden`` khi không được làm."""
    found = visible_to(actor, on=on).select_related("handover")
    if lock:
        found = Reorganisation.objects.filter(pk__in=found.values("pk")).select_related("handover")
        found = found.select_for_update(of=("self",))
    reorg = found.filter(pk=reorg_id).first()
    if reorg is None:
        raise NotFound(Reason("reorg.not_found", _("Không có lần sắp xếp này, hoặc bạn không được xem.")))
    if not actor.is_system and to != "see":
        _require_provincial(acting(actor, on=on), _VERBS[to][0])
    return reorg


def units_seen(actor: Actor, *, on: date) -> frozenset[int] | None:
    """Đơn vị mà người này được đọc từng mục giao, nhận. ``None``: mọi đơn vị (cấp tỉnh); cấp khác chỉ việc của đơn vị mình."""
    if actor.is_system:
        return None
    standings = [s for s in scope_of(actor, on=on).standings if s.may(Verb.SEE_REORG)]
    if any(s.level == Level.PROVINCE for s in standings):
        return None
    return frozenset().union(*(s.units for s in standings))


def require_preparer(actor: Actor, *, on: date) -> Standing | None:
    """Người được lập một lần sắp xếp mới."""
    if actor.is_system:
        return None
    standing = acting(actor, on=on)
    _require_provincial(standing, Verb.PREPARE_REORG)
    return standing


def abilities(actor: Actor, reorg: Reorganisation, *, on: date) -> frozenset[str]:
    """Tên các việc người này làm được lúc này; vừa cho nút bấm, vừa cho kiểm tra."""
    if actor.is_system:
        return frozenset(_VERBS)
    standings = [s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id]
    return frozenset(
        name
        for name, (verb, states) in _VERBS.items()
        for standing in standings
        if reorg.state in states and standing.may(verb) and (name == "see" or standing.level == Level.PROVINCE)
    )


def _require_provincial(standing: Standing, verb: Verb) -> None:
    if not standing.may(verb):
        raise Forbidden(
            Reason("reorg.not_permitted", _("Vị trí “%(title)s” không có quyền này.") % {"title": standing.title})
        )
    if standing.level != Level.PROVINCE:
        raise Forbidden(
            Reason("reorg.level", _("Chỉ cấp tỉnh, thành phố mới lập và thực hiện việc sắp xếp bộ máy cấp dưới."))
        )


_PLACING: dict[str, tuple[Verb, ...]] = {
    "see": (Verb.PLACE_PEOPLE, Verb.DECIDE_PLACEMENT), "place": (Verb.PLACE_PEOPLE,), "decide": (Verb.DECIDE_PLACEMENT,),
}  # fmt: skip
"""Đề xuất của người khác: chỉ ban tổ chức và thường trực cấp tỉnh thấy. Ai cũng thấy đề xuất của chính mình khi đã lấy ý kiến."""


def placing_for(actor: Actor, reorg_id: int, *, to: str, on: date, lock: bool = False) -> Reorganisation:
    """Lần sắp xếp để xem hay làm việc bố trí ("see", "place", "decide")."""
    reorg = reorg_for(actor, reorg_id, to="see", on=on, lock=lock)
    if not actor.is_system:
        standing = acting(actor, on=on)
        _require_provincial(standing, next((verb for verb in _PLACING[to] if standing.may(verb)), _PLACING[to][0]))
    return reorg


def placing_abilities(actor: Actor, *, on: date) -> frozenset[str]:
    """Việc bố trí người này làm được: cho nút bấm và thanh các chặng."""
    if actor.is_system:
        return frozenset(_PLACING)
    standings = [s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id and s.level == Level.PROVINCE]
    return frozenset(name for name, verbs in _PLACING.items() if any(s.may(verb) for s in standings for verb in verbs))


def placement_for(actor: Actor, placement_id: int, *, to: str, on: date, lock: bool = False) -> Placement:
    """Một phương án bố trí. ``NotFound`` khi không có hay không được thấy lần sắp xếp."""
    rows = Placement.objects.select_related("reorganisation", "reorganisation__handover")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=placement_id).first()
    if found is None:
        raise NotFound(Reason("placement.not_found", _("Không có phương án bố trí này.")))
    placing_for(actor, found.reorganisation_id, to=to, on=on)
    return found


def proposal_for(actor: Actor, proposal_id: int, *, to: str, on: date, lock: bool = False) -> Proposal:
    """Đề xuất cho một người, với người được xem hay trả lời nó."""
    found = _proposals(lock).filter(pk=proposal_id).first()
    if found is None:
        raise _no_proposal()
    placing_for(actor, found.placement.reorganisation_id, to=to, on=on)
    return found


def own_proposals(actor: Actor, *, on: date) -> QuerySet[Proposal]:
    """Đề xuất cho chính người này, trong các phương án đã đưa ra lấy ý kiến hay đã quyết định."""
    scope = scope_of(actor, on=on)
    own = {s.person_id for s in scope.standings if not s.is_lent and s.may(Verb.ANSWER_PROPOSAL)}
    return _proposals().filter(person__in=own, placement__state__in=[Placement.State.CONSULTING, Placement.State.DECIDED])


def own_acts(actor: Actor, *, on: date) -> QuerySet[PersonalAct]:
    """Văn bản đã ban hành về chính người này, kể cả bản nay phải thu hồi; dự thảo thì chưa ai ngoài nơi soạn được thấy."""
    own = {s.person_id for s in scope_of(actor, on=on).standings if not s.is_lent}
    rows = PersonalAct.objects.filter(person__in=own, document__number__isnull=False).select_related("document__type")
    return rows.defer("document__search_folded", "document__search_exact", "document__content").order_by("-pk")


def own_act_for(actor: Actor, act_id: int, *, on: date) -> PersonalAct:
    act = own_acts(actor, on=on).filter(pk=act_id).first()
    if act is None:
        raise NotFound(Reason("acts.not_found", _("Không có văn bản này, hoặc bạn không được xem.")))
    return act


def own_proposal_for(actor: Actor, proposal_id: int, *, on: date, lock: bool = False) -> Proposal:
    found = own_proposals(actor, on=on)
    found = found.select_for_update(of=("self",)) if lock else found
    proposal = found.filter(pk=proposal_id).first()
    if proposal is None:
        raise _no_proposal()
    return proposal


def _proposals(lock: bool = False) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("placement__reorganisation", "post", "person")
    return rows.select_for_update(of=("self",)) if lock else rows


def _no_proposal() -> NotFound:
    return NotFound(Reason("placement.no_proposal", _("Không có đề xuất này, hoặc bạn không được xem.")))
