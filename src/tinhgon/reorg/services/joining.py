"""Nhập nhiều đơn vị vào một, kết thúc đơn vị; cơ quan và phòng bên trong đi theo về nơi cùng loại."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.models import Kind
from tinhgon.reorg.services.drafting import drawable
from tinhgon.reorg.services.moving import place_under
from tinhgon.reorg.services.opening import NewUnit, open_in
from tinhgon.reorg.services.sketch import Sketch, Type, drawing


@transaction.atomic
def merge_units(actor: Actor, reorg_id: int, *, units: Sequence[int], into_id: int) -> None:
    """Nhập các đơn vị vào ``into_id``, là đơn vị đang có hay đơn vị sẽ mở; đơn vị đã định kết thúc thì đổi nơi nhận.

    ``Invalid`` khi nhập vào chính nó hay vào bên trong nó.
    """
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.know(units)
    sketch.require(into_id, field="target")
    told = {"units": sketch.names(units), "into": sketch.name(into_id)}
    with drawing(actor, sketch, "reorg.units_merged", told):
        merge(sketch, units, into_id)


@transaction.atomic
def merge_into_new(actor: Actor, reorg_id: int, *, units: Sequence[int], new: NewUnit) -> int:
    """Nhập các đơn vị thành một đơn vị mới, mở theo mẫu; trả về mã của nó."""
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.know(units)
    told = {"units": sketch.names(units), "into": new.name}
    with drawing(actor, sketch, "reorg.units_merged", told):
        made = open_in(sketch, new)
        merge(sketch, units, made)
    return made


@transaction.atomic
def close_units(actor: Actor, reorg_id: int, *, units: Sequence[int], receiver_id: int) -> None:
    """Kết thúc các đơn vị, giao việc cho ``receiver_id``."""
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.know(units)
    sketch.require(receiver_id, field="target")
    told = {"units": sketch.names(units), "receiver": sketch.name(receiver_id)}
    with drawing(actor, sketch, "reorg.unit_closed", told):
        merge(sketch, units, receiver_id, type_=Type.DISSOLVED)


def merge(sketch: Sketch, units: Sequence[int], into: int, *, type_: str = Type.MERGED) -> None:
    for unit in units:
        if unit == into or _is_inside(sketch, into, unit):
            sentence = _("%(into)s là chính %(unit)s hoặc nằm trong nó, nên không nhập vào đó được.")
            told = {"into": sketch.name(into), "unit": sketch.name(unit)}
            raise Invalid(Reason("reorg.merge_inside", sentence % told, "target", {"unit": unit}))
    done: set[int] = set()
    for unit in units:
        if unit not in done:  # chưa đi theo một đơn vị khác trong cùng danh sách
            done |= _merge_one(sketch, unit, into, type_)


def _is_inside(sketch: Sketch, unit: int, upper: int) -> bool:
    seen: set[int] = set()
    at = sketch.plan.after[unit].parent
    while at is not None and at in sketch.plan.after and at not in seen:
        if at == upper:
            return True
        seen.add(at)
        at = sketch.plan.after[at].parent
    return False


def _merge_one(sketch: Sketch, unit: int, into: int, type_: str) -> set[int]:
    """Nhập một đơn vị và những gì bên trong nó; trả về mọi đơn vị đã xong."""
    inner = [*sketch.plan.children_after.get(unit, ()), *(c for c in sketch.plan.children_now.get(unit, ()) if sketch.plan.is_closing(c))]
    sketch.repoint(unit, into)
    if sketch.is_planned(unit):
        sketch.drop_planned(unit)
    else:
        sketch.put(unit, {into: []}, type_)
    done = {unit}
    for child in inner:
        done |= follow(sketch, child, into, type_)
    return done


def follow(sketch: Sketch, child: int, into: int, type_: str = Type.MERGED) -> set[int]:
    """Đơn vị bên trong: cơ quan, phòng nhập vào nơi cùng loại; không có nơi nào, hay là cấp ủy dưới, thì sang trực thuộc nơi nhận."""
    node = sketch.plan.node(child)
    if node is None:
        return {child}
    twin = None if node.kind == Kind.COMMITTEE else sketch.agency_like(node, into)
    if twin is not None:
        return _merge_one(sketch, child, twin, type_)
    stays = child in sketch.plan.after
    if stays and (node.kind in (Kind.COMMITTEE, Kind.ROOM) or sketch.plan.after[into].kind == Kind.COMMITTEE):
        place_under(sketch, child, into)
        return {child}
    return {child} if node.kind == Kind.COMMITTEE else _merge_one(sketch, child, into, type_)
