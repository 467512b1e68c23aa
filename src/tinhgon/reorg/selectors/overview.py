"""Một lần sắp xếp nhìn từ xa: sáu bước, và đơn vị nào thành đơn vị nào."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.org import holdings
from tinhgon.org.models.handover import Direction, PlanRow
from tinhgon.reorg import access, plan
from tinhgon.reorg.models import Placement, PlannedSuccession, PlannedUnit, Reorganisation

State = Reorganisation.State


def listed(actor: Actor, *, on: date) -> QuerySet[Reorganisation]:
    """Danh sách, mới trước, kèm số đơn vị mới và số dòng kế thừa."""
    return access.visible_to(actor, on=on).annotate(new_units=_count(PlannedUnit), edges=_count(PlannedSuccession))


def _count(model: type[Model]) -> Coalesce:
    """Đếm trong câu con: nối hai bảng con rồi đếm phân biệt là nhân chéo hàng triệu dòng."""
    rows = model._default_manager.filter(reorganisation=OuterRef("pk")).order_by().values("reorganisation")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True, slots=True)
class Step:
    """Một trong sáu bước. ``status``: "done", "now", "later". ``blocked``: câu nói điều đang chặn bước kế."""

    name: str
    label: str
    status: str
    blocked: str = ""


def steps(reorg: Reorganisation) -> list[Step]:
    """Sáu bước: phương án, kiểm kê, quyết định nơi nhận, bố trí cán bộ, xem trước và chốt, chuyển giao."""
    undecided = undecided_count(reorg)
    plans = list(reorg.placements.order_by("pk")) if reorg.state == State.INVENTORY else []
    placing = next((one for one in plans if one.state != Placement.State.DRAFT), plans[-1] if plans else None)
    is_placed = bool(reorg.preview_hash) or (placing is not None and placing.state == Placement.State.DECIDED)
    reached = _reached(reorg, undecided, is_placed=is_placed)
    labels = (
        ("plan", _("Phương án")), ("inventory", _("Kiểm kê")), ("decisions", _("Nơi nhận")),
        ("placing", _("Bố trí cán bộ")), ("preview", _("Xem trước, chốt")), ("apply", _("Chuyển giao")),
    )  # fmt: skip
    blocks = {
        "decisions": waiting_sentence(undecided) if undecided else "",
        "placing": _placing_sentence(placing),
        "apply": _("Đang chuyển giao.") if reorg.state == State.APPLYING else "",
    }
    return [
        Step(name, label, "done" if n < reached else "now" if n == reached else "later", blocks.get(name, "") if n == reached else "")
        for n, (name, label) in enumerate(labels)
    ]


def waiting_sentence(undecided: int) -> str:
    """Câu nói còn bao nhiêu mục chưa có nơi nhận."""
    return _("Còn %(count)s mục chưa có nơi nhận.") % {"count": number_format(undecided, force_grouping=True)}


def _placing_sentence(placement: Placement | None) -> str:
    if placement is None:
        return _("Chưa có phương án: không bố trí thì người theo đơn vị mình.")
    if placement.state == Placement.State.CONSULTING:
        return _("Đang lấy ý kiến.")
    return _("Đang soạn phương án bố trí.")


def _reached(reorg: Reorganisation, undecided: int, *, is_placed: bool) -> int:
    match reorg.state:
        case State.DRAFT:
            return 1 if reorg.successions.exists() else 0
        case State.INVENTORY:
            return 2 if undecided else 4 if is_placed else 3
        case State.DECIDED | State.APPLYING:
            return 5
    return 6


def undecided_counts(reorgs: Sequence[Reorganisation]) -> dict[int, int]:
    """Lần sắp xếp -> số mục chưa có nơi nhận, một câu SQL cho cả danh sách; chỉ các lần còn đang soạn."""
    waiting = {r.handover_id: r.pk for r in reorgs if r.state in (State.INVENTORY, State.DECIDED)}
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    rows = (
        PlanRow.objects.filter(handover__in=waiting, direction=Direction.APPLY, to_unit__isnull=True, kind__in=needing)
        .values("handover").annotate(n=Count("id")).order_by()
    )  # fmt: skip
    return {waiting[row["handover"]]: row["n"] for row in rows}


def undecided_count(reorg: Reorganisation, direction: str = Direction.APPLY) -> int:
    """Số mục chưa có nơi nhận."""
    needing = [h.kind for h in holdings.all_holdings() if h.needs_receiver]
    return plan.rows_of(reorg, direction).filter(to_unit__isnull=True, kind__in=needing).count()


@dataclass(frozen=True, slots=True)
class Flow:
    """Một dòng của hình trước -> sau: đơn vị trước (và cấp trên của nó khi ấy), đơn vị sau, kiểu."""

    predecessor_id: int
    predecessor: str
    successor_id: int
    successor: str
    type: str
    level: str
    parent_id: int | None


def flow(reorg: Reorganisation, *, only_committees: bool = True) -> list[Flow]:
    """Kế thừa của phương án kèm tên; mặc định chỉ các cấp ủy (cơ quan bên trong đi theo cấp ủy)."""
    sql_kind = "AND before.kind = 'committee'" if only_committees else ""
    sql = f"""
        SELECT s.predecessor_id, before.name, s.successor_id, COALESCE(pu.name, after.name, before.name) AS after_name,
               s.type, before.level, before.parent_id
        FROM reorg_planned_succession s
        JOIN LATERAL (SELECT name, kind, level, parent_id, name_key FROM org_unit_version v WHERE v.unit_id = s.predecessor_id
                      AND (v.valid @> %(eve)s::date OR v.valid @> %(on)s::date)
                      ORDER BY lower(v.valid) LIMIT 1) before ON true
        LEFT JOIN reorg_planned_unit pu ON pu.unit_id = s.successor_id
        LEFT JOIN LATERAL (SELECT name FROM org_unit_version v WHERE v.unit_id = s.successor_id AND v.valid @> %(on)s::date
                           LIMIT 1) after ON true
        WHERE s.reorganisation_id = %(reorg)s {sql_kind}
        ORDER BY after_name, before.name_key
    """
    eve = date.fromordinal(reorg.effective_on.toordinal() - 1)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"reorg": reorg.pk, "on": reorg.effective_on, "eve": eve})
        return [Flow(*row) for row in cursor.fetchall()]
