"""Lấy ý kiến và quyết định bố trí: mỗi người thấy đề xuất của mình, nói đồng ý hay chưa; ban tổ chức trả lời; thường trực quyết định."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.org.access import scope_of
from tinhgon.reorg import placed, plan
from tinhgon.reorg.access import own_proposal_for, placement_for, proposal_for
from tinhgon.reorg.models import Placement, Proposal, Reorganisation
from tinhgon.reorg.placing.drift import drift
from tinhgon.reorg.services.acting import end_acts
from tinhgon.reorg.services.drafting import forget_preview
from tinhgon.reorg.services.placing import not_open

State = Placement.State
_NEEDS_ANSWER = Proposal.State.OBJECTED


@transaction.atomic
def consult(actor: Actor, placement_id: int) -> Placement:
    """Mở lấy ý kiến: từ lúc này mỗi người thấy đề xuất cho chính mình. Chỉ một phương án được lấy ý kiến."""
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    refuse_if([*not_open(placement.reorganisation), *_wrong_state(placement, State.DRAFT), *_other_in_force(placement), *drift(placement)])
    placement.state, placement.consulted_at = State.CONSULTING, clock.now()
    placement.save(update_fields=["state", "consulted_at"])
    record(actor, "placement.consulted", ("placing", placement.reorganisation_id), after={"placement": placement.pk, "people": placement.figures["people"]})
    return placement


@transaction.atomic
def call_back(actor: Actor, placement_id: int) -> Placement:
    """Thôi lấy ý kiến để soạn lại; ý kiến đã nêu về đề xuất không đổi thì còn nguyên."""
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    refuse_if(_wrong_state(placement, State.CONSULTING))
    placement.state = State.DRAFT
    placement.save(update_fields=["state"])
    record(actor, "placement.called_back", ("placing", placement.reorganisation_id), after={"placement": placement.pk})
    return placement


@transaction.atomic
def say(actor: Actor, proposal_id: int, *, agrees: bool, opinion: str = "") -> Proposal:
    """Chính người ấy đồng ý, hay chưa đồng ý kèm lý do. Đổi lời được cho tới khi quyết định."""
    proposal = own_proposal_for(actor, proposal_id, on=clock.today(), lock=True)
    refuse_if(_closed(proposal.placement))
    if not agrees and not opinion.strip():
        raise Invalid(Reason("placement.opinion", _("Chưa đồng ý thì hãy ghi lý do, để ban tổ chức trả lời."), "opinion"))
    before = {"state": proposal.state}
    proposal.state = Proposal.State.AGREED if agrees else Proposal.State.OBJECTED
    proposal.opinion, proposal.opinion_at = opinion.strip(), clock.now()
    proposal.answer, proposal.answered_by, proposal.answered_at = "", None, None
    proposal.save(update_fields=["state", "opinion", "opinion_at", "answer", "answered_by", "answered_at"])
    record(actor, "placement.said", ("proposal", proposal.pk), before=before, after={"state": proposal.state, "opinion": proposal.opinion})
    return proposal


@transaction.atomic
def answer(actor: Actor, proposal_id: int, *, text: str) -> Proposal:
    """Ban tổ chức trả lời một ý kiến chưa đồng ý."""
    proposal = proposal_for(actor, proposal_id, to="place", on=clock.today(), lock=True)
    refuse_if(_closed(proposal.placement))
    if proposal.state not in (Proposal.State.OBJECTED, Proposal.State.ANSWERED):
        refuse_if([Reason("placement.nothing_to_answer", _("Người này không có ý kiến nào chờ trả lời."))])
    if not text.strip():
        raise Invalid(Reason("placement.answer", _("Hãy ghi nội dung trả lời."), "text"))
    proposal.state, proposal.answer = Proposal.State.ANSWERED, text.strip()
    proposal.answered_by_id, proposal.answered_at = scope_of(actor, on=clock.today()).person_id, clock.now()
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(actor, "placement.answered", ("proposal", proposal.pk), after={"answer": proposal.answer})
    return proposal


@transaction.atomic
def decide_placement(actor: Actor, placement_id: int, *, decree: str) -> Placement:
    """Thường trực quyết định: phương án vào kế hoạch chuyển giao, đúng từng vị trí. ``Refused`` với mọi điều còn thiếu."""
    placement = placement_for(actor, placement_id, to="decide", on=clock.today(), lock=True)
    reorg = placement.reorganisation
    refuse_if([*not_open(reorg), *_wrong_state(placement, State.CONSULTING), *drift(placement), *_unanswered(placement)])
    if not decree.strip():
        raise Invalid(Reason("placement.decree", _("Hãy ghi số quyết định."), "decree"))
    placement.state, placement.decree = State.DECIDED, decree.strip()
    placement.decided_by_id, placement.decided_at = scope_of(actor, on=clock.today()).person_id, clock.now()
    placement.save(update_fields=["state", "decree", "decided_by", "decided_at"])
    placed.carry(reorg, plan.affected_units(reorg))
    _preview_again(reorg)
    record(actor, "placement.decided", ("placing", reorg.pk), after={"placement": placement.pk, "decree": placement.decree, "placed": placement.figures["placed"], "unplaced": placement.figures["unplaced"]})
    return placement


@transaction.atomic
def withdraw_decision(actor: Actor, placement_id: int, *, reason: str) -> Placement:
    """Thường trực rút quyết định trước khi chuyển giao: phương án lại đang lấy ý kiến, kế hoạch về như khi chưa bố trí."""
    placement = placement_for(actor, placement_id, to="decide", on=clock.today(), lock=True)
    reorg = placement.reorganisation
    refuse_if([*not_open(reorg), *_wrong_state(placement, State.DECIDED)])
    if not reason.strip():
        raise Invalid(Reason("placement.reason", _("Hãy ghi lý do."), "reason"))
    placement.state = State.CONSULTING
    placement.save(update_fields=["state"])
    plan.refresh(reorg, direction="apply", units=plan.affected_units(reorg))
    _preview_again(reorg)
    end_acts(reorg, reason=reason.strip())
    record(actor, "placement.decision_withdrawn", ("placing", reorg.pk), after={"placement": placement.pk, "reason": reason.strip()})
    return placement


def _preview_again(reorg: Reorganisation) -> None:
    """Kế hoạch vừa đổi: bản xem trước cũ hết giá trị."""
    forget_preview(Reorganisation.objects.select_for_update().get(pk=reorg.pk))


def _wrong_state(placement: Placement, wanted: str) -> list[Reason]:
    if placement.state == wanted:
        return []
    return [Reason("placement.state", _("“%(name)s” %(state)s.") % {"name": placement.name, "state": placement.get_state_display()})]


def _other_in_force(placement: Placement) -> list[Reason]:
    other = placement.reorganisation.placements.exclude(state=State.DRAFT).exclude(pk=placement.pk).first()
    if other is None:
        return []
    return [Reason("placement.other_in_force", _("“%(name)s” %(state)s: mỗi lần sắp xếp chỉ một phương án được lấy ý kiến.") % {"name": other.name, "state": other.get_state_display()})]


def _closed(placement: Placement) -> list[Reason]:
    if placement.state == State.CONSULTING:
        return []
    return [Reason("placement.not_consulting", _("Phương án này %(state)s: lúc này không lấy ý kiến.") % {"state": placement.get_state_display()})]


def _unanswered(placement: Placement) -> list[Reason]:
    count = placement.proposals.filter(state=_NEEDS_ANSWER).count()
    if not count:
        return []
    return [Reason("placement.unanswered", _("Còn %(count)d ý kiến chưa đồng ý chưa được trả lời.") % {"count": count}, data={"count": count})]
