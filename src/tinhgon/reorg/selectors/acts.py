"""Văn bản cho từng người đang ở đâu: ai chưa có, dự thảo, đang trình ký, chờ số, đã ban hành, phải thu hồi. Số câu SQL không theo số người."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from tinhgon.documents.models import Attachment, Document
from tinhgon.engine.vietnamese import parse
from tinhgon.org.models import Person
from tinhgon.reorg.models import ActOrder, PersonalAct, Placement, Proposal, Reorganisation, SecondPost

STAGES = ("missing", "draft", "approving", "ready", "issued", "revoke")
"""Chưa soạn, dự thảo, đang trình ký, chờ cấp số, đã ban hành, phải thu hồi."""
_STATE = Document.State
_NUMBERED = (_STATE.REGISTERED, _STATE.IN_PROCESS, _STATE.DONE)
_STAGE_OF = Case(
    When(document__state=_STATE.DRAFT, document__in_approval=True, then=Value("approving")),
    When(document__state=_STATE.DRAFT, then=Value("draft")),
    When(document__state=_STATE.READY, then=Value("ready")),
    When(document__state__in=_NUMBERED, then=Value("issued")),
    default=Value("missing"),
)


@dataclass(slots=True)
class Row:
    """Một người: đề xuất đã quyết định, văn bản đang có (kèm chặng), văn bản phải thu hồi."""

    proposal: Proposal
    acts: list[tuple[PersonalAct, str]] = field(default_factory=list)
    to_revoke: list[PersonalAct] = field(default_factory=list)

    @property
    def needs_nothing(self) -> bool:
        post = self.proposal.post
        return post is not None and post.post_id == self.proposal.appointment.post_id and not self.proposal.seconds.all()


def order_of(reorg: Reorganisation) -> ActOrder | None:
    return ActOrder.objects.select_related("progress").filter(reorganisation=reorg).first()


def decided(reorg: Reorganisation) -> Placement | None:
    return reorg.placements.filter(state=Placement.State.DECIDED).first()


def counts(reorg: Reorganisation) -> dict[str, int]:
    """Chặng -> số người (một người có hai văn bản thì đếm ở cả hai chặng). Ba câu SQL."""
    found = dict.fromkeys(STAGES, 0)
    live = reorg.acts.filter(ended_at=None).annotate(stage=_STAGE_OF).order_by().values_list("stage").annotate(n=Count("person", distinct=True))
    found |= dict(live)
    placement = decided(reorg)
    found["missing"] = proposals(placement, "missing").count() if placement else 0
    found["revoke"] = reorg.acts.filter(_revoke()).values("person").distinct().count()
    return found


def proposals(placement: Placement, stage: str = "", *, text: str = "") -> QuerySet[Proposal]:
    """Người của phương án, lọc theo chặng của văn bản và theo họ tên."""
    rows = placement.proposals.select_related("person", "post", "appointment__post").prefetch_related("seconds__post")
    query = parse(text)
    if query:
        named = SearchQuery(query.folded(), config="vi", search_type="raw")
        rows = rows.filter(person__in=Person.objects.filter(search_folded=named).values("pk"))
    here = PersonalAct.objects.filter(reorganisation=placement.reorganisation_id, person=OuterRef("person"))
    live = here.filter(ended_at=None).annotate(stage=_STAGE_OF)
    if stage == "missing":
        alive, seconds = live.exclude(stage="missing"), SecondPost.objects.filter(proposal=OuterRef("pk"))
        return rows.filter(~Exists(alive)).exclude(Q(post__post__isnull=False, post__post=F("appointment__post")) & ~Exists(seconds))
    if stage == "revoke":
        return rows.filter(Exists(here.filter(_revoke())))
    return rows.filter(Exists(live.filter(stage=stage))) if stage in STAGES else rows


def rows_of(reorg: Reorganisation, found: Sequence[Proposal]) -> list[Row]:
    """Các dòng của một trang. Một câu SQL."""
    acts = PersonalAct.objects.filter(reorganisation=reorg, person__in=[one.person_id for one in found]).filter(Q(ended_at=None) | _revoke())
    by_person: dict[int, list[PersonalAct]] = defaultdict(list)
    for act in acts.annotate(stage=_STAGE_OF).select_related("document").defer("document__search_folded", "document__search_exact", "document__content").order_by("kind", "pk"):
        by_person[act.person_id].append(act)
    rows = []
    for one in found:
        mine = by_person[one.person_id]
        live = [(act, act.stage) for act in mine if act.ended_at is None]  # type: ignore[attr-defined]
        rows.append(Row(one, live, [act for act in mine if act.ended_at is not None]))
    return rows


def final_of(act: PersonalAct) -> Attachment | None:
    """Bản ban hành của văn bản."""
    return act.document.attachments.filter(is_final=True).select_related("file").order_by("-pk").first()


def _revoke() -> Q:
    """Đã ban hành rồi mới không còn đúng: phải có văn bản thu hồi, hay hủy số."""
    return Q(ended_at__isnull=False, document__state__in=_NUMBERED)
