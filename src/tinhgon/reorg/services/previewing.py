"""Kiểm kê, xem trước, quyết định. Bản xem trước mang băm của phương án và của từng mục; chuyển giao từ chối nếu có gì đổi."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, refuse_if
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, concurrent, plan
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.placing.drift import placement_objections
from tinhgon.reorg.services.drafting import EDITABLE, State, editable
from tinhgon.reorg.services.giving import work_objections
from tinhgon.reorg.workload import reality


@dataclass(frozen=True, slots=True)
class Preview:
    """Kết quả xem trước. ``hash`` gắn với dữ liệu; ``objections`` rỗng thì quyết định được."""

    hash: str
    items: int
    objections: tuple[Reason, ...]


@transaction.atomic
def take_inventory(actor: Actor, reorg_id: int) -> int:
    """Kiểm kê mọi thứ các đơn vị đang giữ; trả về số mục. ``Refused`` với mọi điều sai của phương án."""
    reorg = editable(actor, reorg_id)
    refuse_if(checks.structure_objections(reorg))
    items = _rebuild(reorg)
    if reorg.state == State.DRAFT:
        reorg.state = State.INVENTORY
        reorg.save(update_fields=["state"])
    record(actor, "reorg.inventoried", ("reorg", reorg.pk), after={"items": items})
    return items


@transaction.atomic
def preview(actor: Actor, reorg_id: int) -> Preview:
    """Dựng lại kế hoạch từ dữ liệu lúc này và nêu mọi điều còn thiếu. Không đổi gì ngoài bản xem trước."""
    reorg = editable(actor, reorg_id)
    structural = checks.structure_objections(reorg)
    refuse_if(structural)
    items = _rebuild(reorg)
    found = tuple(objections(reorg))
    reorg.preview_hash = plan_hash(reorg)
    reorg.previewed_at = clock.now()
    reorg.state = State.INVENTORY
    reorg.is_scheduled = False
    reorg.save(update_fields=["preview_hash", "previewed_at", "state", "is_scheduled"])
    record(actor, "reorg.previewed", ("reorg", reorg.pk), after={"hash": reorg.preview_hash, "items": items, "objections": len(found)})
    return Preview(reorg.preview_hash, items, found)


@transaction.atomic
def decide(actor: Actor, reorg_id: int, *, preview_hash: str) -> None:
    """Chốt phương án đúng như bản xem trước ``preview_hash``. ``Refused`` khi còn mục chưa có nơi nhận.

    Dự báo việc tồn của phương án được giữ lại từ lúc này, để so với thực tế sau khi chuyển giao.
    """
    reorg = editable(actor, reorg_id, states=EDITABLE)
    refuse_if(_stale(reorg, preview_hash))
    refuse_if([*checks.structure_objections(reorg), *objections(reorg)])
    reorg.state = State.DECIDED
    reorg.save(update_fields=["state"])
    reality.keep(reorg, today=clock.today())
    record(actor, "reorg.decided", ("reorg", reorg.pk), after={"hash": preview_hash})


def objections(reorg: Reorganisation) -> list[Reason]:
    """Mọi điều còn thiếu của kế hoạch: mục chưa có nơi nhận, mục mật không ai xem được, phương án bố trí hay việc chia tính trên dữ liệu cũ."""
    return [
        *checks.receiver_objections(reorg), *checks.secrecy_objections(reorg), *placement_objections(reorg),
        *concurrent.objections(reorg), *work_objections(reorg),
    ]  # fmt: skip


def _stale(reorg: Reorganisation, preview_hash: str) -> list[Reason]:
    if reorg.preview_hash and reorg.preview_hash == preview_hash:
        return []
    return [Reason("reorg.preview_stale", _("Phương án đã đổi sau bản xem trước này: hãy xem trước lại."))]


def refuse_stale(reorg: Reorganisation, preview_hash: str) -> None:
    """``Refused`` khi phương án, kế hoạch, hay dữ liệu của các đơn vị khác với bản xem trước ``preview_hash``."""
    refuse_if(_stale(reorg, preview_hash))
    if plan_hash(reorg) != preview_hash:
        raise Refused(Reason("reorg.plan_changed", _("Phương án đã đổi sau khi xem trước: hãy xem trước lại.")))
    changed = plan.differences(reorg, units=plan.affected_units(reorg))
    if changed:
        raise Refused(
            Reason(
                "reorg.data_changed",
                _("Có mục đã thay đổi sau khi xem trước (mới, xong, hoặc đã chuyển): hãy xem trước lại rồi quyết định."),
                data={"items": [[d.kind, d.item_id, d.what] for d in changed]},
            )
        )


def plan_hash(reorg: Reorganisation) -> str:
    """SHA-256 của phương án (đơn vị mới, kế thừa, vị trí nhận người) và kế hoạch từng mục."""
    units = reorg.planned_units.order_by("unit_id").values_list(
        "unit_id", "name", "short_name", "symbol", "kind", "level", "parent_id", "template"
    )
    edges = reorg.successions.order_by("pk").values_list(
        "predecessor_id", "successor_id", "type", "new_name", "new_parent_id"
    )
    shares = reorg.successions.order_by("pk", "functions").values_list("pk", "functions")
    posts = reorg.planned_posts.order_by("pk").values_list("unit_id", "title", "role", "rank", "clearance", "seats")
    text = json.dumps(
        [str(reorg.effective_on), *map(list, (units, edges, shares, posts)), plan.digest(reorg, Direction.APPLY)],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


def _rebuild(reorg: Reorganisation) -> int:
    plan.build(reorg, direction=Direction.APPLY, units=plan.affected_units(reorg), on=reorg.effective_on)
    return plan.rows_of(reorg, Direction.APPLY).count()
