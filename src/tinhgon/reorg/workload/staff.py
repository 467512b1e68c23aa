"""Ai làm ở đơn vị nào sau sắp xếp: theo phương án bố trí có hiệu lực hay mới tính, chưa có thì theo nơi nhận của phân công.

Người đang ở một đơn vị nhận có từ trước cũng kể. Quản trị hệ thống, người chờ bố trí không nhận việc. Người kiêm nhiệm ở đơn vị khác
nhận việc ở cả hai nơi, giờ chia đều cho số đơn vị (cách chia là của chúng tôi; người đứng đầu sửa được giờ của từng người).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tinhgon.org.models import Appointment, Person, Post, Role
from tinhgon.reorg import plan
from tinhgon.reorg.models import Placement, PlannedPost, Reorganisation, SecondPost
from tinhgon.reorg.placing.assembly import movers
from tinhgon.reorg.placing.posts import receiving_open_units

LEADS = 2
"""Tới thứ bậc này là lãnh đạo (đứng đầu, cấp phó)."""


@dataclass(frozen=True, slots=True)
class Worker:
    """``from_unit``: đang ở đâu. ``unit_id`` trống: chưa có chỗ. ``field_id``: lĩnh vực của vị trí mới, khi có. ``stays``: không đổi đơn vị. ``units``: số đơn vị người ấy nhận việc."""

    person_id: int
    name: str
    from_unit: int
    unit_id: int | None
    title: str
    role: str
    rank: int
    clearance: int
    field_id: int | None = None
    units: int = 1

    @property
    def stays(self) -> bool:
        return self.from_unit == self.unit_id

    @property
    def leads(self) -> bool:
        return self.rank <= LEADS


def placement_used(reorg: Reorganisation) -> Placement | None:
    """Phương án bố trí đang có hiệu lực; không có thì phương án tính sau cùng."""
    computed = reorg.placements.filter(computed_at__isnull=False)
    return computed.exclude(state=Placement.State.DRAFT).first() or computed.order_by("-computed_at", "-pk").first()


def source_sentence(reorg: Reorganisation) -> str:
    """Một câu: người của đơn vị nhận lấy từ đâu."""
    used = placement_used(reorg)
    if used is None:
        return _("Chưa có phương án bố trí: lấy người theo nơi nhận của từng phân công.")
    return _("Người lấy theo phương án bố trí “%(name)s” (%(state)s).") % {"name": used.name, "state": used.get_state_display()}


def staff_of(reorg: Reorganisation) -> list[Worker]:
    """Mọi người làm việc ở đơn vị giao và đơn vị nhận. Vài câu SQL, dù bao nhiêu người."""
    return [*_moving(reorg), *_staying(reorg)]


def with_seconds(reorg: Reorganisation) -> list[Worker]:
    """Như ``staff_of``, thêm một dòng cho mỗi đơn vị khác mà người ấy kiêm nhiệm."""
    used = placement_used(reorg)
    rows = SecondPost.objects.filter(proposal__placement=used).select_related("post", "proposal") if used else ()
    found: dict[int, dict[int, PlannedPost]] = defaultdict(dict)
    for row in rows:
        found[row.proposal.person_id].setdefault(row.post.unit_id, row.post)
    made: list[Worker] = []
    for one in staff_of(reorg):
        others = {unit: post for unit, post in found.get(one.person_id, {}).items() if unit != one.unit_id}
        made.append(replace(one, units=1 + len(others)))
        made += [
            replace(one, unit_id=unit, title=post.title, role=post.role, rank=post.rank, clearance=post.clearance, field_id=post.field_id, units=1 + len(others))
            for unit, post in others.items()
        ]
    return made


def _moving(reorg: Reorganisation) -> Iterator[Worker]:
    waiting = [one for one in movers(reorg) if not one.is_pool]
    posts = {post.pk: post for post in Post.objects.filter(pk__in={one.post_id for one in waiting})}
    used = placement_used(reorg)
    seats = {row.person_id: row.post for row in used.proposals.select_related("post")} if used else {}
    for one in waiting:
        old, new = posts[one.post_id], seats.get(one.person_id)
        if old.role == Role.ADMINISTRATOR:
            continue
        if one.person_id not in seats:
            yield Worker(one.person_id, one.name, one.unit_id, one.heir_id, old.title, old.role, old.rank, old.clearance)
        elif new is None:
            yield Worker(one.person_id, one.name, one.unit_id, None, old.title, old.role, old.rank, old.clearance)
        else:
            yield Worker(one.person_id, one.name, one.unit_id, new.unit_id, new.title, new.role, new.rank, new.clearance, new.field_id)


def _staying(reorg: Reorganisation) -> Iterator[Worker]:
    """Người đang ở đơn vị nhận không phải đơn vị giao, theo phân công chính vào ngày hiệu lực."""
    units = set(receiving_open_units(reorg)) - set(plan.affected_units(reorg))
    rows = Appointment.objects.filter(post__unit__in=units, post__is_pool=False, is_main=True, valid__contains=reorg.effective_on)
    rows = rows.exclude(post__role=Role.ADMINISTRATOR).select_related("post", "person").defer(
        "person__search_folded", "person__search_exact"
    ).order_by("pk")
    for row in rows:
        post, person = row.post, row.person
        yield Worker(person.pk, person.full_name, post.unit_id, post.unit_id, post.title, post.role, post.rank, post.clearance)


def names_of(people: set[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))
