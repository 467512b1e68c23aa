"""Đọc một phương án bố trí: theo đơn vị, người chưa có chỗ, ghim và cấm, ý kiến, so sánh các phương án."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet, Sum

from tinhgon.core.actor import Actor
from tinhgon.engine.vietnamese import fold
from tinhgon.org.models.handover import Direction
from tinhgon.org.selectors.units import natural_key
from tinhgon.reorg import access, checks, plan
from tinhgon.reorg.models import (
    Placement,
    PlacementPair,
    PlacementPin,
    PlannedPost,
    Proposal,
    Reorganisation,
    SecondPost,
)

WORK = "tasks.lead"
"""Khối lượng của một đơn vị: nhiệm vụ chủ trì đang mở sẽ về đó theo kế hoạch."""


@dataclass(slots=True)
class FilledPost:
    """Một vị trí và những người được đề xuất vào đó."""

    post: PlannedPost
    people: list[Proposal] = field(default_factory=list)
    also: list[SecondPost] = field(default_factory=list)
    """Người giữ vị trí khác mà kiêm nhiệm vị trí này."""

    @property
    def free(self) -> int:
        return max(0, self.post.seats - len(self.people) - len(self.also))


@dataclass(slots=True)
class FilledUnit:
    """Một đơn vị nhận: vị trí, ghế, người, và số nhiệm vụ mở mỗi người sẽ gánh."""

    unit_id: int
    name: str
    posts: list[FilledPost] = field(default_factory=list)
    tasks: int = 0

    @property
    def seats(self) -> int:
        return sum(one.post.seats for one in self.posts)

    @property
    def people(self) -> int:
        return sum(len(one.people) for one in self.posts)

    @property
    def load(self) -> float | None:
        return self.tasks / self.people if self.people else None


def units_of(placement: Placement, *, text: str = "", offset: int = 0, limit: int = 25) -> tuple[list[FilledUnit], int]:
    """Các đơn vị nhận theo tên, cắt theo trang; ``text``: tên đơn vị hay tên người. (các đơn vị, tổng số)."""
    reorg = placement.reorganisation
    ids = list(reorg.planned_posts.order_by().values_list("unit_id", flat=True).distinct())
    names = checks.unit_names(ids, reorg)
    if text:
        wanted = fold(text)
        people = placement.proposals.filter(post__isnull=False).values_list("person__full_name", "post__unit_id")
        with_people = {unit for name, unit in people if wanted in fold(name)}
        ids = [unit for unit in ids if unit in with_people or wanted in fold(names[unit])]
    ordered = sorted(ids, key=lambda unit: natural_key(names[unit], fold(names[unit])))
    return _filled(placement, ordered[offset : offset + limit], names), len(ids)


def _filled(placement: Placement, ids: Sequence[int], names: dict[int, str]) -> list[FilledUnit]:
    found = {unit: FilledUnit(unit, names[unit]) for unit in ids}
    posts: dict[int | None, FilledPost] = {}
    for post in placement.reorganisation.planned_posts.filter(unit__in=ids).order_by("rank", "pk"):
        posts[post.pk] = FilledPost(post)
        found[post.unit_id].posts.append(posts[post.pk])
    for one in placement.proposals.filter(post__in=list(posts)).select_related("person").order_by("person__name_key"):
        if one.post_id in posts:
            posts[one.post_id].people.append(one)
    for second in SecondPost.objects.filter(proposal__placement=placement, post__in=list(posts)).select_related("proposal__person"):
        posts[second.post_id].also.append(second)
    for unit, tasks in _tasks(placement.reorganisation, ids):
        found[unit].tasks = tasks
    return list(found.values())


def _tasks(reorg: Reorganisation, ids: Sequence[int]) -> QuerySet:
    rows = plan.rows_of(reorg, Direction.APPLY).filter(kind=WORK, to_unit__in=ids)
    return rows.order_by().values_list("to_unit").annotate(n=Count("pk"))


def waiting(placement: Placement) -> QuerySet[Proposal]:
    """Người chưa có chỗ, kèm vị trí đang giữ; ai có nhiều lựa chọn hơn đứng trước."""
    rows = placement.proposals.filter(post__isnull=True).select_related("person", "appointment__post")
    return rows.order_by("-options", "person__name_key", "pk")


def pins(reorg: Reorganisation) -> list[PlacementPin]:
    return list(reorg.pins.select_related("person", "post").order_by("kind", "person__name_key", "pk"))


def pairs(reorg: Reorganisation) -> list[PlacementPair]:
    return list(reorg.pairs.select_related("person", "other").order_by("kind", "person__name_key", "pk"))


def opinions(placement: Placement) -> dict[str, int]:
    """Trạng thái -> số người."""
    rows = placement.proposals.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(Proposal.State.values, 0) | dict(rows)


def seats_of(reorg: Reorganisation) -> int:
    return reorg.planned_posts.aggregate(n=Sum("seats"))["n"] or 0


def pins_changed(placement: Placement) -> bool:
    """Ban tổ chức đã ghi thêm lời (ghim, cấm, kiêm nhiệm, hai người) sau lần tính."""
    reorg, at = placement.reorganisation, placement.computed_at
    return at is not None and any(rows.filter(made_at__gt=at).exists() for rows in (reorg.pins, reorg.pairs))


@dataclass(frozen=True, slots=True)
class Difference:
    """Hai phương án khác nhau ở bao nhiêu người."""

    moved: int
    gained: int
    lost: int


def difference(one: Placement, other: Placement) -> Difference:
    """Từ ``one`` sang ``other``: đổi chỗ, có chỗ thêm, mất chỗ."""
    before = dict(one.proposals.values_list("person_id", "post_id"))
    after = dict(other.proposals.values_list("person_id", "post_id"))
    both = before.keys() & after.keys()
    return Difference(
        moved=sum(bool(before[p] and after[p] and before[p] != after[p]) for p in both),
        gained=sum(bool(after[p] and not before[p]) for p in both),
        lost=sum(bool(before[p] and not after[p]) for p in both),
    )


def own_waiting(actor: Actor, *, on: date) -> int | None:
    """Số đề xuất chờ ý kiến của chính người này; ``None`` khi không có đề xuất nào cho họ."""
    states = list(access.own_proposals(actor, on=on).order_by().values_list("state", "placement__state"))
    if not states:
        return None
    return sum(said == Proposal.State.PROPOSED and state == Placement.State.CONSULTING for said, state in states)
