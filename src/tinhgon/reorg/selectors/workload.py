"""Đọc việc chia: các đơn vị nhận có việc về, tên của các việc, việc nền đang chạy."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from tinhgon.core.models import Progress
from tinhgon.engine.vietnamese import fold
from tinhgon.org import holdings, work
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.org.selectors.units import natural_key
from tinhgon.reorg import checks, plan
from tinhgon.reorg.models import Reorganisation, WorkLine, WorkPlan
from tinhgon.reorg.workload.proposing import job_kind
from tinhgon.reorg.workload.staff import with_seconds


@dataclass(frozen=True, slots=True)
class GivenUnit:
    """Một đơn vị nhận. ``tasks``: việc sẽ về; ``left``: trong đề xuất chưa giao được cho ai; ``plan`` trống: chưa lập."""

    unit_id: int
    name: str
    tasks: int
    people: int
    plan: WorkPlan | None
    left: int

    @property
    def is_confirmed(self) -> bool:
        return self.plan is not None and self.plan.state == WorkPlan.State.CONFIRMED

    @property
    def needs_proposal(self) -> bool:
        """Chưa lập, hay lập trên cấu trúc cũ."""
        return self.plan is None or self.plan.state == WorkPlan.State.STALE


def given_units(reorg: Reorganisation) -> list[GivenUnit]:
    """Mọi đơn vị nhận có việc giao đích danh sẽ về, chưa giao được nhiều đứng trước. Vài câu SQL."""
    kinds = [one.kind for one in work.given_sources()]
    rows = plan.rows_of(reorg, Direction.APPLY).filter(kind__in=kinds, outcome=Outcome.MOVE, to_unit__isnull=False)
    tasks = dict(rows.order_by().values_list("to_unit").annotate(n=Count("pk")))
    plans = {one.unit_id: one for one in reorg.work_plans.annotate(left=Count("lines", filter=Q(lines__person=None)))}
    people = Counter(one.unit_id for one in with_seconds(reorg))
    names = checks.unit_names(sorted(tasks), reorg)
    found = [
        GivenUnit(unit, names[unit], count, people.get(unit, 0), plans.get(unit), getattr(plans.get(unit), "left", 0)) for unit, count in tasks.items()
    ]
    return sorted(found, key=lambda one: (-one.left, one.is_confirmed, natural_key(one.name, fold(one.name))))


def item_titles(lines: Iterable[WorkLine]) -> dict[tuple[str, int], str]:
    """(loại, mã) -> tên; mục mật chỉ có tên chung. Một câu SQL mỗi loại."""
    wanted: dict[str, list[int]] = {}
    for line in lines:
        wanted.setdefault(line.kind, []).append(line.item_id)
    found: dict[tuple[str, int], str] = {}
    for kind, items in wanted.items():
        with connection.cursor() as cursor:
            cursor.execute(holdings.holding(kind).title_sql(), {"items": items})
            found |= {(kind, item): title for item, title in cursor.fetchall()}
    return found


def job_of(reorg: Reorganisation) -> Progress | None:
    """Việc nền lập đề xuất đang chờ hay đang chạy."""
    running = Progress.objects.filter(kind=job_kind(reorg.pk), state__in=Progress.UNFINISHED)
    return running.order_by("-updated_at").first()
