"""Gỡ xung đột với bộ máy đã đổi: giữ dòng của mình, bỏ dòng, hay theo bộ máy mới."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import Conflict
from tinhgon.org.models import UnitVersion
from tinhgon.reorg.baseline import conflicts
from tinhgon.reorg.models import PlannedSuccession, Reorganisation
from tinhgon.reorg.services.drafting import editable, forget_preview
from tinhgon.reorg.services.joining import follow
from tinhgon.reorg.services.journal import gesture
from tinhgon.reorg.services.sketch import Sketch


@transaction.atomic
def resolve(actor: Actor, reorg_id: int, *, unit_id: int, what: str, choice: str) -> None:
    """Gỡ một xung đột. ``Invalid`` khi xung đột không còn, hay không có cách gỡ ấy. Làm được cả khi đã kiểm kê: phải kiểm kê lại."""
    reorg = editable(actor, reorg_id)
    conflict = next((c for c in conflicts(reorg) if c.unit == unit_id and c.what == what), None)
    if conflict is None or choice not in conflict.choices:
        raise Invalid(Reason("reorg.no_conflict", _("Xung đột này không còn, hoặc không gỡ theo cách ấy được: hãy xem lại danh sách.")))
    name = UnitVersion.objects.filter(unit=unit_id).order_by("-pk").values_list("name", flat=True).first()
    with gesture(actor, reorg, "reorg.conflict_resolved", {"unit": name or f"#{unit_id}"}, facing=[unit_id]):
        if choice != "keep":
            (_DROP if choice == "drop" else _TAKE)[conflict.what](reorg, conflict)
    forget_preview(reorg)


def _drop_lines(reorg: Reorganisation, conflict: Conflict) -> None:
    """Bỏ mọi dòng của đơn vị; đơn vị đã kết thúc thì bỏ cả dòng về nó và dòng chuyển về dưới nó."""
    sketch = Sketch(reorg)
    reorg.successions.filter(predecessor=conflict.unit).delete()
    if conflict.what != "closed":
        return
    for line in reorg.successions.filter(successor=conflict.unit):
        line.delete()
        sketch.settle(line.predecessor_id)
    for line in reorg.successions.filter(new_parent=conflict.unit):
        sketch.keep_self(line.predecessor_id, clear_parent=True)
    if orphaned := list(reorg.planned_units.filter(parent=conflict.unit).values_list("name", flat=True)):
        sentence = _("%(units)s đang đặt dưới đơn vị đã kết thúc: hãy chuyển về dưới đơn vị khác trước.")
        raise Invalid(Reason("reorg.new_unit_under_closed", sentence % {"units": ", ".join(orphaned)}))


def _drop_name(reorg: Reorganisation, conflict: Conflict) -> None:
    Sketch(reorg).keep_self(conflict.unit, new_name="")


def _drop_parent(reorg: Reorganisation, conflict: Conflict) -> None:
    sketch = Sketch(reorg)
    if conflict.unit in sketch.lines(conflict.unit):
        sketch.keep_self(conflict.unit, clear_parent=True)
    else:
        reorg.successions.filter(predecessor=conflict.unit).delete()


def _take_heir(reorg: Reorganisation, conflict: Conflict) -> None:
    """Đơn vị đã kết thúc có đúng một nơi nhận: mọi dòng của nó, về nó, dưới nó nay là của nơi nhận ấy."""
    (heir,) = conflict.others
    sketch = Sketch(reorg)
    sketch.repoint(conflict.unit, heir)
    for line in reorg.successions.filter(predecessor=conflict.unit):
        twin = reorg.successions.filter(predecessor=heir, successor=line.successor_id).first()
        if twin is not None or line.successor_id == heir:
            if twin is not None:
                twin.functions.add(*line.functions.all())
            line.delete()
        else:
            line.predecessor_id = heir
            if line.successor_id == conflict.unit:
                line.successor_id = heir
            line.save(update_fields=["predecessor", "successor"])
    reorg.successions.filter(new_parent=conflict.unit).update(new_parent=heir)
    reorg.planned_units.filter(parent=conflict.unit).update(parent=heir)
    sketch.settle(heir)


def _take_functions(reorg: Reorganisation, conflict: Conflict) -> None:
    lines = reorg.successions.filter(predecessor=conflict.unit)
    PlannedSuccession.functions.through.objects.filter(plannedsuccession__in=lines, function__in=conflict.others).delete()


def _take_children(reorg: Reorganisation, conflict: Conflict) -> None:
    """Đơn vị con mới đi theo: nơi nhận đầu tiên."""
    sketch = Sketch(reorg)
    heir = next(line.after for line in sketch.read.plan.out[conflict.unit])
    for child in conflict.others:
        follow(sketch, child, heir)


_Resolver = Callable[[Reorganisation, Conflict], None]
_DROP: dict[str, _Resolver] = {
    "closed": _drop_lines, "name": _drop_name, "parent": _drop_parent, "lost": _drop_lines, "gained": _drop_lines, "child": _drop_lines,
}  # fmt: skip
_TAKE: dict[str, _Resolver] = {"closed": _take_heir, "lost": _take_functions, "child": _take_children}
