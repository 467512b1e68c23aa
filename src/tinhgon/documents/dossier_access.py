"""Ai thấy hồ sơ nào, ai làm gì với nó. Hồ sơ không cho thấy văn bản: từng văn bản vẫn theo ``documents.access``.

Người lập thấy hồ sơ của mình; lãnh đạo thấy hồ sơ đơn vị mình giữ; văn thư cơ quan kiêm lưu trữ thấy hồ sơ của cơ quan và mọi gói nộp.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason, Refused
from tinhgon.documents.models import ArchiveTransfer, DisposalList, Dossier
from tinhgon.org.access import Scope, Standing, acting, scope_of
from tinhgon.org.models import Covers, Role
from tinhgon.org.rights import Verb

State = Dossier.State


def _scope(actor: Actor, on: date) -> Scope:
    return scope_of(actor, on=on).within(Covers.DOCUMENTS)


def dossiers_visible_to(actor: Actor, *, on: date) -> QuerySet[Dossier]:
    """Các hồ sơ người này được thấy ngày ``on``."""
    if actor.is_system:
        return Dossier.objects.all()
    scope = _scope(actor, on)
    return Dossier.objects.filter(
        Q(keeper__in=scope.people) | Q(holder__in=scope.whole_units | scope.clerk_units) | Q(transfer__archive__in=scope.clerk_units)
    )


def transfers_visible_to(actor: Actor, *, on: date) -> QuerySet[ArchiveTransfer]:
    """Các lần nộp lưu: nơi nộp và lưu trữ cơ quan."""
    if actor.is_system:
        return ArchiveTransfer.objects.all()
    scope = _scope(actor, on)
    both = scope.whole_units | scope.clerk_units
    return ArchiveTransfer.objects.filter(Q(from_unit__in=both) | Q(archive__in=both) | Q(made_by__in=scope.people))


def disposals_visible_to(actor: Actor, *, on: date) -> QuerySet[DisposalList]:
    """Các danh mục hủy của cơ quan mình, với văn thư và lãnh đạo."""
    if actor.is_system:
        return DisposalList.objects.all()
    scope = _scope(actor, on)
    return DisposalList.objects.filter(unit__in=scope.whole_units | scope.clerk_units)


def dossiers_kept_by(actor: Actor, *, on: date) -> QuerySet[Dossier]:
    """Các hồ sơ mà vị trí đang dùng được lo như người lập hay lãnh đạo nơi giữ: đúng điều kiện của ``_keeps``."""
    seen = dossiers_visible_to(actor, on=on)
    if actor.is_system:
        return seen
    standing = next((s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id), None)
    if standing is None or not standing.may(Verb.DRAFT):
        return seen.none()
    return seen.filter(Q(keeper=standing.person_id, keeper__isnull=False) | Q(holder__in=standing.units if standing.sees_whole_unit else ()))


@dataclass(frozen=True, slots=True)
class Rule:
    """Một việc với hồ sơ: trạng thái nào; ``may``: vị trí nào."""

    states: tuple[str, ...]
    may: Callable[[Dossier, Standing], bool]


def _keeps(dossier: Dossier, standing: Standing) -> bool:
    """Người lập, hay lãnh đạo của đơn vị giữ."""
    own = dossier.keeper_id == standing.person_id
    return standing.may(Verb.DRAFT) and (own or (standing.sees_whole_unit and dossier.holder_id in standing.units))


def _leads(dossier: Dossier, standing: Standing) -> bool:
    return standing.may(Verb.ROUTE, dossier.holder_id) and standing.sees_whole_unit


RULES: dict[str, Rule] = {
    "edit": Rule((State.OPEN,), _keeps),
    "file": Rule((State.OPEN,), _keeps),
    "close": Rule((State.OPEN,), _keeps),
    "reopen": Rule((State.CLOSED,), _keeps),
    "hand_over": Rule((State.CLOSED,), _keeps),
    "keeper": Rule((State.OPEN, State.CLOSED), _keeps),
    "hold": Rule((State.OPEN, State.CLOSED, State.OFFERED, State.ARCHIVED), _leads),
}


def dossier_abilities(actor: Actor, dossier: Dossier, *, on: date) -> frozenset[str]:
    """Các việc người này làm được với hồ sơ lúc này; vừa cho nút bấm, vừa cho kiểm tra."""
    standings = scope_of(actor, on=on).standings
    standing = next((s for s in standings if s.appointment_id == actor.appointment_id), None)
    return frozenset(
        name for name, rule in RULES.items()
        if dossier.state in rule.states and (actor.is_system or (standing is not None and rule.may(dossier, standing)))
    )  # fmt: skip


def dossier_for(actor: Actor, dossier_id: int, *, to: str = "see", on: date, lock: bool = False) -> Dossier:
    """Hồ sơ để ``to`` ("see" hoặc khóa của ``RULES``); lỗi như ``document_for``."""
    found = dossiers_visible_to(actor, on=on).filter(pk=dossier_id)
    if lock:
        found = Dossier.objects.filter(pk__in=found.values("pk")).select_for_update(of=("self",))
    dossier = found.select_related("retention", "function", "keeper", "transfer").first()
    if dossier is None:
        raise NotFound(Reason("documents.no_such_dossier", _("Không có hồ sơ này, hoặc bạn không được xem.")))
    if to == "see":
        return dossier
    rule = RULES[to]
    if not actor.is_system and not rule.may(dossier, acting(actor, on=on)):
        raise Forbidden(Reason("documents.not_permitted", _("Vị trí bạn đang dùng không có quyền làm việc này với hồ sơ.")))
    if dossier.state not in rule.states:
        sentence = _("Hồ sơ %(state)s nên không làm được việc này.")
        raise Refused(Reason("documents.dossier_state", sentence % {"state": dossier.get_state_display()}))
    return dossier


def transfer_for(actor: Actor, transfer_id: int, *, on: date, settle: bool = False) -> ArchiveTransfer:
    """Một lần nộp lưu; ``settle``: để nhận hay trả lại, chỉ văn thư lưu trữ của cơ quan nhận, khi còn chờ."""
    found = transfers_visible_to(actor, on=on).filter(pk=transfer_id)
    if settle:
        found = ArchiveTransfer.objects.filter(pk__in=found.values("pk")).select_for_update(of=("self",))
    transfer = found.select_related("package", "made_by", "settled_by").first()
    if transfer is None:
        raise NotFound(Reason("documents.no_such_transfer", _("Không có lần nộp lưu này, hoặc bạn không được xem.")))
    if not settle:
        return transfer
    if not may_settle(actor, transfer, on=on):
        raise Forbidden(Reason("documents.not_archivist", _("Chỉ văn thư lưu trữ của cơ quan nhận hay trả lại hồ sơ nộp lưu.")))
    if transfer.state != ArchiveTransfer.State.WAITING:
        sentence = _("Lần nộp này: %(state)s, không làm được việc ấy nữa.") % {"state": transfer.get_state_display()}
        raise Refused(Reason("documents.transfer_state", sentence))
    return transfer


def may_settle(actor: Actor, transfer: ArchiveTransfer, *, on: date) -> bool:
    return actor.is_system or any(
        s.appointment_id == actor.appointment_id and s.role == Role.CLERK and s.may(Verb.REGISTER, transfer.archive_id)
        for s in scope_of(actor, on=on).standings
    )


STEPS: dict[str, tuple[str, Verb]] = {
    "appraise": (DisposalList.State.MADE, Verb.PROCESS),
    "approve": (DisposalList.State.APPRAISED, Verb.ROUTE),
    "destroy": (DisposalList.State.APPROVED, Verb.REGISTER),
}
"""Bước của danh mục hủy -> (trạng thái phải có, quyền): xét giá trị, người đứng đầu duyệt, văn thư lưu trữ hủy."""


def disposal_abilities(actor: Actor, disposal: DisposalList, *, on: date) -> frozenset[str]:
    scope = scope_of(actor, on=on)
    standing = next((s for s in scope.standings if s.appointment_id == actor.appointment_id), None)
    return frozenset(
        name for name, (state, _verb) in STEPS.items()
        if disposal.state == state and (actor.is_system or (standing is not None and _may_step(name, disposal, standing, scope)))
    )  # fmt: skip


def disposal_for(actor: Actor, disposal_id: int, *, to: str = "see", on: date) -> DisposalList:
    """Danh mục hủy để ``to`` ("see" hoặc khóa của ``STEPS``), khóa dòng khi không chỉ xem."""
    found = disposals_visible_to(actor, on=on).filter(pk=disposal_id)
    if to != "see":
        found = found.select_for_update(of=("self",))
    disposal = found.first()
    if disposal is None:
        raise NotFound(Reason("documents.no_such_disposal", _("Không có danh mục hủy này, hoặc bạn không được xem.")))
    if to == "see":
        return disposal
    if not actor.is_system and not _may_step(to, disposal, acting(actor, on=on), scope_of(actor, on=on)):
        sentence = _("Vị trí bạn đang dùng không làm được bước này; người lập danh mục không tự xét, không tự duyệt.")
        raise Forbidden(Reason("documents.not_permitted", sentence))
    if disposal.state != STEPS[to][0]:
        sentence = _("Danh mục %(state)s nên không làm được bước này.") % {"state": disposal.get_state_display()}
        raise Refused(Reason("documents.disposal_state", sentence))
    return disposal


def _may_step(to: str, disposal: DisposalList, standing: Standing, scope: Scope) -> bool:
    if not standing.may(STEPS[to][1], disposal.unit_id):
        return False
    if to == "destroy":
        return True
    own = disposal.made_by_id in (scope.person_id, standing.person_id)
    return not own and (standing.sees_whole_unit or to == "appraise")
