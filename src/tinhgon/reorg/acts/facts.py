"""Điều phải nói về từng người trong phương án bố trí đã quyết định: đang giữ gì, tới đâu, vì sao. Vài câu SQL, dù bao nhiêu người."""

from dataclasses import dataclass

from tinhgon.org.models import Kind, Role, UnitVersion
from tinhgon.reorg import checks
from tinhgon.reorg.models import Placement, PlannedPost, Proposal, Reorganisation
from tinhgon.reorg.placing.assembly import Mover, home_of, movers

LEADING = 2
"""Thứ bậc của cấp trưởng và cấp phó."""


@dataclass(frozen=True, slots=True)
class Second:
    """Một vị trí kiêm nhiệm. ``is_elected``: chức danh cấp ủy, chỉ định chứ không phân công."""

    title: str
    unit: str
    is_elected: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Một người. ``post`` trống: chưa có vị trí, chờ ở ``unit``. ``committee_id``: cấp ủy của nơi tới, để gom danh sách."""

    proposal: Proposal
    old_title: str
    old_unit: str
    post: PlannedPost | None
    unit: str
    unit_kind: str
    committee_id: int
    committee: str
    keeps_post: bool
    follows_unit: bool
    seconds: tuple[Second, ...] = ()

    @property
    def person_id(self) -> int:
        return self.proposal.person_id

    @property
    def name(self) -> str:
        return self.proposal.person.full_name

    @property
    def duty_changes(self) -> bool:
        """Xuống bậc thấp hơn, hay cùng bậc mà sang vai trò khác: người ấy còn được thông báo lý do và quyền nêu ý kiến."""
        old = self.proposal.appointment.post
        return self.post is not None and (self.post.rank > old.rank or (self.post.rank == old.rank and self.post.role != old.role))

    @property
    def is_elected(self) -> bool:
        """Chức danh cấp ủy: chỉ định, không bổ nhiệm."""
        return self.post is not None and _is_elected(self.post, self.unit_kind)

    @property
    def is_leading(self) -> bool:
        return self.post is not None and self.post.rank <= LEADING


def _is_elected(post: PlannedPost, unit_kind: str) -> bool:
    return unit_kind == Kind.COMMITTEE and post.role == Role.STANDING_COMMITTEE


def cases(placement: Placement) -> list[Case]:
    """Mọi người của phương án mà phân công đang giữ vẫn như lúc quyết định, theo tên."""
    reorg = placement.reorganisation
    now = {one.person_id: one for one in movers(reorg)}
    rows = placement.proposals.select_related("person", "post", "appointment__post").prefetch_related("seconds__post").order_by("person__name_key", "pk")
    kept = [one for one in rows if one.person_id in now and now[one.person_id].appointment_id == one.appointment_id]
    homes = {person: home_of(mover) for person, mover in now.items()}
    wanted = {_place(one, homes) for one in kept} | {one.appointment.post.unit_id for one in kept}
    wanted |= {second.post.unit_id for one in kept for second in one.seconds.all()}
    kinds = _kinds(reorg, wanted)
    above = {_committee(unit, kinds) for unit in wanted}
    names = checks.unit_names(sorted(wanted | above), reorg)
    return [_case(one, now[one.person_id], homes, kinds, names) for one in kept]


def _place(one: Proposal, homes: dict[int, int]) -> int:
    return one.post.unit_id if one.post else homes[one.person_id]


def _case(one: Proposal, mover: Mover, homes: dict[int, int], kinds: dict[int, tuple[str, int | None]], names: dict[int, str]) -> Case:
    place, committee = _place(one, homes), _committee(_place(one, homes), kinds)
    return Case(
        proposal=one, old_title=mover.title, old_unit=names[mover.unit_id], post=one.post, unit=names[place],
        unit_kind=kinds.get(place, ("", None))[0], committee_id=committee, committee=names[committee],
        keeps_post=one.post is not None and one.post.post_id == mover.post_id, follows_unit=place == homes[one.person_id],
        seconds=tuple(
            Second(second.post.title, names[second.post.unit_id], _is_elected(second.post, kinds.get(second.post.unit_id, ("", None))[0]))
            for second in one.seconds.all()
        ),
    )  # fmt: skip


def _committee(unit: int, kinds: dict[int, tuple[str, int | None]]) -> int:
    """Cấp ủy của một đơn vị: chính nó, hay cấp trên trực tiếp của cơ quan giúp việc."""
    kind, parent = kinds.get(unit, ("", None))
    return unit if kind == Kind.COMMITTEE or parent is None else parent


def _kinds(reorg: Reorganisation, units: set[int]) -> dict[int, tuple[str, int | None]]:
    """Đơn vị -> (loại, cấp trên); đơn vị mới thì theo phương án."""
    rows = UnitVersion.objects.filter(unit__in=units).order_by("pk").values_list("unit_id", "kind", "parent_id")
    found: dict[int, tuple[str, int | None]] = {unit: (kind, parent) for unit, kind, parent in rows}
    planned = reorg.planned_units.values_list("unit_id", "kind", "parent_id")
    return found | {unit: (kind, parent) for unit, kind, parent in planned}
