"""Gỡ xung đột với bộ máy đã đổi: giữ dòng của mình, bỏ dòng, hay theo bộ máy mới."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import Conflict
from tinhgon.org.models import UnitVersion
from tinhgon.reorg.baseline import conflicts
from tinhgon.reorg.services.drafting import editable, forget_preview
from tinhgon.reorg.services.joining import follow
from tinhgon.reorg.services.sketch import Sketch, drawing


@transaction.atomic
def resolve(actor: Actor, reorg_id: int, *, unit_id: int, what: str, choice: str) -> None:
    """Gỡ một xung đột. ``Invalid`` khi xung đột không còn, hay không có cách gỡ ấy. Làm được cả khi đã kiểm kê: phải kiểm kê lại."""
    reorg = editable(actor, reorg_id)
    conflict = next((c for c in conflicts(reorg) if c.unit == unit_id and c.what == what), None)
    if conflict is None or choice not in conflict.choices:
        raise Invalid(Reason("reorg.no_conflict", _("Xung đột này không còn, hoặc không gỡ theo cách ấy được: hãy xem lại danh sách.")))
    name = UnitVersion.objects.filter(unit=unit_id).order_by("-pk").values_list("name", flat=True).first()
    sketch = Sketch(reorg)
    with drawing(actor, sketch, "reorg.conflict_resolved", {"unit": name or f"#{unit_id}"}, facing=[unit_id]):
        if choice != "keep":
            (_DROP if choice == "drop" else _TAKE)[conflict.what](sketch, conflict)
    forget_preview(reorg)


def _drop_lines(sketch: Sketch, conflict: Conflict) -> None:
    """Bỏ mọi dòng của đơn vị; đơn vị đã kết thúc thì bỏ cả dòng về nó và dòng chuyển về dưới nó."""
    sketch.drop_lines(conflict.unit)
    if conflict.what != "closed":
        return
    for giver in sketch.plan.givers(conflict.unit):
        sketch.drop_line(giver, conflict.unit)
    for unit in _moved_under(sketch, conflict.unit):
        sketch.keep_self(unit, clear_parent=True)
    if orphaned := [row.name for row in sketch.planned.values() if row.parent_id == conflict.unit]:
        sentence = _("%(units)s đang đặt dưới đơn vị đã kết thúc: hãy chuyển về dưới đơn vị khác trước.")
        raise Invalid(Reason("reorg.new_unit_under_closed", sentence % {"units": ", ".join(orphaned)}))


def _moved_under(sketch: Sketch, parent: int) -> list[int]:
    return [unit for unit, lines in sketch.plan.out.items() if any(line.new_parent == parent for line in lines)]


def _drop_name(sketch: Sketch, conflict: Conflict) -> None:
    sketch.keep_self(conflict.unit, new_name="")


def _drop_parent(sketch: Sketch, conflict: Conflict) -> None:
    if conflict.unit in sketch.lines(conflict.unit):
        sketch.keep_self(conflict.unit, clear_parent=True)
    else:
        sketch.drop_lines(conflict.unit)


def _take_heir(sketch: Sketch, conflict: Conflict) -> None:
    """Đơn vị đã kết thúc có đúng một nơi nhận: mọi dòng của nó, về nó, dưới nó nay là của nơi nhận ấy."""
    (heir,) = conflict.others
    sketch.repoint(conflict.unit, heir)
    lines = sketch.lines(heir)
    for after, line in sketch.lines(conflict.unit).items():
        if twin := lines.get(after):
            lines[after] = replace(twin, functions=twin.functions | line.functions)
        elif after != heir:
            now = heir if after == conflict.unit else after
            lines[now] = replace(line, before=heir, after=now)
    sketch.drop_lines(conflict.unit)
    sketch.set_lines(heir, [*lines.values()])
    for unit in _moved_under(sketch, conflict.unit):
        sketch.keep_self(unit, new_parent=heir)
    for unit in [unit for unit, row in sketch.planned.items() if row.parent_id == conflict.unit]:
        sketch.change_planned(unit, parent_id=heir)


def _take_functions(sketch: Sketch, conflict: Conflict) -> None:
    lines = sketch.plan.out.get(conflict.unit, ())
    sketch.set_lines(conflict.unit, [replace(line, functions=line.functions.difference(conflict.others)) for line in lines])


def _take_children(sketch: Sketch, conflict: Conflict) -> None:
    """Đơn vị con mới đi theo: nơi nhận đầu tiên."""
    heir = sketch.plan.out[conflict.unit][0].after
    for child in conflict.others:
        follow(sketch, child, heir)


_Resolver = Callable[[Sketch, Conflict], None]
_DROP: dict[str, _Resolver] = {
    "closed": _drop_lines, "name": _drop_name, "parent": _drop_parent, "lost": _drop_lines, "gained": _drop_lines, "child": _drop_lines,
}  # fmt: skip
_TAKE: dict[str, _Resolver] = {"closed": _take_heir, "lost": _take_functions, "child": _take_children}
