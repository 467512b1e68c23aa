"""Quá trình của một dự thảo cho trang của nó: các bản, ý kiến, thẩm định, trình ký; chỉ phần người xem được thấy.

Người chỉ được hỏi ý kiến thấy bản được hỏi và dòng của mình; người trong cuộc (``drafting_access.is_inside``) thấy hết.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import is_inside, mine_among
from tinhgon.documents.models import (
    Appraisal,
    AppraisalRemark,
    Approval,
    ApprovalStep,
    Document,
    DraftVersion,
    Opinion,
    OpinionRequest,
)
from tinhgon.documents.selectors.stages import Stage, stages
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers
from tinhgon.org.selectors.units import UnitAt, units_at


@dataclass(slots=True)
class Consultation:
    """Một đợt lấy ý kiến và các dòng thấy được. ``counts``: trạng thái -> số nơi, của cả đợt (rỗng với người ngoài cuộc)."""

    request: OpinionRequest
    opinions: list[Opinion] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class AppraisalRound:
    """Một vòng thẩm định với các góp ý của nó."""

    row: Appraisal
    remarks: list[AppraisalRemark]


@dataclass(slots=True)
class ApprovalRound:
    """Một lượt trình ký với các bước của nó."""

    row: Approval
    steps: list[ApprovalStep]


@dataclass(frozen=True, slots=True)
class Process:
    """``mine``: mã các dòng mà người xem làm được lúc này, theo loại ("opinion", "appraisal", "step")."""

    stage: Stage
    is_inside: bool
    versions: tuple[DraftVersion, ...]
    consultations: tuple[Consultation, ...]
    appraisals: tuple[AppraisalRound, ...]
    approvals: tuple[ApprovalRound, ...]
    units: dict[int, UnitAt]
    mine: dict[str, frozenset[int]]

    @property
    def current(self) -> DraftVersion | None:
        return self.versions[0] if self.versions else None


def process(actor: Actor, document: Document, *, on: date) -> Process:
    """Mới trước. Số câu SQL không theo số bản, số ý kiến."""
    inside = is_inside(actor, document, on=on)
    consultations = _consultations(actor, document, inside, on)
    opinions = [opinion for found in consultations for opinion in found.opinions]
    appraisals = _appraisals(document) if inside else ()
    approvals = _approvals(document) if inside else ()
    steps = [step for found in approvals for step in found.steps]
    rows = [found.row for found in appraisals]
    mentioned = {o.to_unit_id for o in opinions} | {s.unit_id for s in steps} | {r.by_unit_id for r in rows}
    return Process(
        stage=stages([document], on=on)[document.pk], is_inside=inside, versions=tuple(_versions(document, opinions, inside)),
        consultations=tuple(consultations), appraisals=appraisals, approvals=approvals, units=units_at(mentioned, on=on),
        mine={
            "opinion": mine_among(actor, opinions, on=on), "appraisal": mine_among(actor, rows, on=on),
            "step": mine_among(actor, steps, on=on),
        },
    )  # fmt: skip


def version_of(actor: Actor, document_id: int, number: int | None, *, on: date) -> tuple[Document, DraftVersion | None]:
    """Một bản (``None``: bản mới nhất) mà người xem được thấy."""
    document = document_for(actor, document_id, on=on)
    inside = is_inside(actor, document, on=on)
    opinions = [] if inside else list(_own_opinions(actor, document, on))
    seen = _versions(document, opinions, inside)
    return document, next((version for version in seen if number in (None, version.number)), None)


def _versions(document: Document, opinions: Iterable[Opinion], inside: bool) -> list[DraftVersion]:
    found = document.versions.select_related("author", "file").order_by("-number")
    if not inside:
        found = found.filter(number__in={opinion.request.version for opinion in opinions})
    return list(found)


def _own_opinions(actor: Actor, document: Document, on: date) -> Iterable[Opinion]:
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    rows = Opinion.objects.filter(document=document, state__in=Opinion.SEEN).select_related("request", "to_person", "answered_by")
    return [row for row in rows.order_by("pk") if row.to_unit_id in scope.whole_units or row.to_person_id in scope.people]


def _consultations(actor: Actor, document: Document, inside: bool, on: date) -> list[Consultation]:
    if inside:
        rows: Iterable[Opinion] = (
            Opinion.objects.filter(document=document).exclude(state=Opinion.State.JOINED)
            .select_related("request__asked_by", "to_person", "answered_by").order_by("pk")
        )  # fmt: skip
    else:
        rows = _own_opinions(actor, document, on)
    found: dict[int, Consultation] = {}
    for row in rows:
        held = found.setdefault(row.request_id, Consultation(row.request))
        held.opinions.append(row)
        if inside:
            held.counts[row.state] = held.counts.get(row.state, 0) + 1
    return sorted(found.values(), key=lambda held: -held.request.pk)


def _appraisals(document: Document) -> tuple[AppraisalRound, ...]:
    grouped: dict[int, list[AppraisalRemark]] = defaultdict(list)
    remarks = AppraisalRemark.objects.filter(appraisal__document=document).select_related("author", "answered_by")
    for remark in remarks.order_by("paragraph", "pk"):
        grouped[remark.appraisal_id].append(remark)
    rows = Appraisal.objects.filter(document=document).select_related("appraiser", "concluded_by").order_by("-number")
    return tuple(AppraisalRound(row, grouped[row.pk]) for row in rows)


def _approvals(document: Document) -> tuple[ApprovalRound, ...]:
    grouped: dict[int, list[ApprovalStep]] = defaultdict(list)
    steps = ApprovalStep.objects.filter(document=document).select_related("person", "acted_by")
    for step in steps.order_by("order", "pk"):
        grouped[step.approval_id].append(step)
    rows = Approval.objects.filter(document=document).select_related("started_by").order_by("-number")
    return tuple(ApprovalRound(row, grouped[row.pk]) for row in rows)
