"""Dự thảo đang ở bước nào, trong tay ai, từ bao giờ; và dự thảo nào đang chờ chính mình. Số câu SQL không theo số dự thảo."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.documents.access import held_at, visible_to
from tinhgon.documents.drafting_access import waiting_for
from tinhgon.documents.models import Appraisal, ApprovalStep, Document, Opinion, OpinionRequest
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment, Covers
from tinhgon.org.selectors.units import UnitAt, units_at

Row = TypeVar("Row", ApprovalStep, Appraisal, Opinion)


@dataclass(frozen=True, slots=True)
class Stage:
    """Bước của một dự thảo. ``kind``: composing, returned, consulting, appraising, approving, ready.

    ``people``: người đang giữ (rỗng: lãnh đạo ``unit``); ``others``: còn bao nhiêu nơi nữa cùng bậc; ``answered``, ``asked``,
    ``due_at``: của đợt lấy ý kiến; ``work``: ký nháy, duyệt, ký.
    """

    kind: str
    unit: UnitAt | None
    since: datetime
    people: str = ""
    others: int = 0
    work: str = ""
    answered: int = 0
    asked: int = 0
    due_at: datetime | None = None


def stages(documents: Sequence[Document], *, on: date) -> dict[int, Stage]:
    """Mã dự thảo -> bước. Bốn câu SQL."""
    ids = [document.pk for document in documents]
    steps: dict[int, list[ApprovalStep]] = defaultdict(list)
    for step in ApprovalStep.objects.filter(document__in=ids, state=ApprovalStep.State.WAITING).select_related("person").order_by("pk"):
        steps[step.document_id].append(step)
    appraisals = {
        row.document_id: row
        for row in Appraisal.objects.filter(document__in=ids, state=Appraisal.State.WAITING).select_related("appraiser")
    }
    requests = {
        row.document_id: row
        for row in OpinionRequest.objects.filter(document__in=ids, state=OpinionRequest.State.OPEN).annotate(
            asked=Count("opinions", filter=~Q(opinions__state=Opinion.State.JOINED)),
            answered=Count("opinions", filter=Q(opinions__state__in=Opinion.ANSWERS)),
        )
    }
    wanted = {document.holder_id for document in documents} | {a.by_unit_id for a in appraisals.values()}
    units = units_at(wanted | {step.unit_id for found in steps.values() for step in found}, on=on)
    return {d.pk: _stage(d, steps.get(d.pk, []), appraisals.get(d.pk), requests.get(d.pk), units) for d in documents}


def _stage(
    document: Document, steps: list[ApprovalStep], appraisal: Appraisal | None, request: OpinionRequest | None, units: dict[int, UnitAt]
) -> Stage:
    if steps:
        first = steps[0]
        return Stage(
            "approving", units.get(first.unit_id), first.opened_at or document.created_at, others=len(steps) - 1,
            people=first.person.full_name if first.person else "", work=first.get_kind_display(),
        )  # fmt: skip
    if appraisal is not None:
        name = appraisal.appraiser.full_name if appraisal.appraiser else ""
        return Stage("appraising", units.get(appraisal.by_unit_id), appraisal.asked_at, people=name)
    holder = units.get(document.holder_id)
    if request is not None:
        asked, answered = getattr(request, "asked", 0), getattr(request, "answered", 0)
        return Stage("consulting", holder, request.asked_at, asked=asked, answered=answered, due_at=request.due_at)
    kind = "ready" if document.state == Document.State.READY else "returned" if document.return_reason else "composing"
    return Stage(kind, holder, document.created_at)


def steps_for_me(actor: Actor, *, on: date) -> QuerySet[ApprovalStep]:
    """Bước ký duyệt đang chờ mình, chờ lâu trước."""
    found = ApprovalStep.objects.filter(waiting_for(scope_of(actor, on=on), ApprovalStep, on=on))
    return _loaded(found).order_by("-document__urgency", "opened_at", "pk")


def replaced_for_me(actor: Actor, *, on: date) -> QuerySet[ApprovalStep]:
    """Bước từng chờ mình mà nay người khác ký thay chỗ, khi lượt trình còn chạy: để biết là không phải ký nữa, và vì sao."""
    mine = Q(person__in=scope_of(actor, on=on).within(Covers.DOCUMENTS).people)
    found = ApprovalStep.objects.filter(mine, state=ApprovalStep.State.REPLACED, opened_at__isnull=False, approval__state="running")
    return _loaded(found).select_related("document__type", "acted_by", "replaced_by__person").order_by("-acted_at", "pk")


def appraisals_for_me(actor: Actor, *, on: date) -> QuerySet[Appraisal]:
    """Dự thảo chờ mình thẩm định."""
    found = Appraisal.objects.filter(waiting_for(scope_of(actor, on=on), Appraisal, on=on))
    return _loaded(found).order_by("-document__urgency", "asked_at", "pk")


def opinions_for_me(actor: Actor, *, on: date) -> QuerySet[Opinion]:
    """Ý kiến đang hỏi mình hay đơn vị mình, hạn gần trước."""
    found = Opinion.objects.filter(waiting_for(scope_of(actor, on=on), Opinion, on=on), document__state__in=Document.UNNUMBERED)
    return _loaded(found).select_related("document__type", "request").order_by("request__due_at", "pk")


def orphaned_drafts(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo bị trả về đơn vị mình mà người soạn không còn ở đó: lãnh đạo đơn vị giao người hay tự sửa."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    still = Appointment.objects.filter(person=OuterRef("drafter"), post__unit=OuterRef("holder"), valid__contains=on)
    found = held_at(actor, on=on, side="holder").filter(state=Document.State.DRAFT).exclude(return_reason="")
    return found.filter(~Exists(still)).exclude(drafter=scope.person_id).select_related("type", "series").defer(
        "search_folded", "search_exact"
    ).order_by("id")  # fmt: skip


def waiting_drafts(actor: Actor, *, on: date) -> Q:
    """Bộ lọc "chờ tôi" của danh sách dự thảo: chờ mình cho ý kiến, thẩm định, ký duyệt, hay bị trả về mình."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    found = Q(drafter__in=scope.people, state=Document.State.DRAFT) & ~Q(return_reason="")
    for model in (Opinion, Appraisal, ApprovalStep):
        found |= Q(pk__in=model._default_manager.filter(waiting_for(scope, model, on=on)).values("document"))
    return found


def waiting_count(actor: Actor, *, on: date) -> int:
    """Số dự thảo chờ chính mình, cho thanh điều hướng. Một câu SQL."""
    return visible_to(actor, on=on).filter(waiting_drafts(actor, on=on), state__in=Document.UNNUMBERED).count()


def _loaded(found: QuerySet[Row]) -> QuerySet[Row]:
    return found.select_related("document__type").defer("document__search_folded", "document__search_exact", "document__content")
