"""Chuyển đơn vị về cấp trên khác, đổi tên, chuyển một chức năng, giữ như cũ."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import closes_a_ring
from tinhgon.org.access import scope_of
from tinhgon.reorg.services.drafting import drawable
from tinhgon.reorg.services.sketch import Sketch, drawing


@transaction.atomic
def move_units(actor: Actor, reorg_id: int, *, units: Sequence[int], parent_id: int) -> None:
    """Chuyển các đơn vị về trực thuộc ``parent_id``. ``Invalid``: thành vòng, cấp trên kết thúc, đơn vị kết thúc; khi đó không gì đổi."""
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.know(units)
    sketch.require(*units, parent_id, field="target")
    told = {"units": sketch.names(units), "parent": sketch.name(parent_id)}
    with drawing(actor, sketch, "reorg.unit_moved", told):
        for unit in units:
            place_under(sketch, unit, parent_id)


def place_under(sketch: Sketch, unit: int, parent_id: int) -> None:
    """Đặt một đơn vị dưới cấp trên mới; về lại đúng cấp trên lúc này thì bỏ dòng chuyển."""
    if closes_a_ring(unit, parent_id, sketch.plan.after):
        told = {"unit": sketch.name(unit), "parent": sketch.name(parent_id)}
        sentence = _("%(parent)s nằm trong %(unit)s, nên %(unit)s không chuyển về dưới nó được.")
        raise Invalid(Reason("reorg.cycle", sentence % told, "target", {"unit": unit}))
    if sketch.is_planned(unit):
        sketch.change_planned(unit, parent_id=parent_id)
    elif sketch.plan.now[unit].parent == parent_id:
        sketch.keep_self(unit, clear_parent=True)
    else:
        sketch.keep_self(unit, new_parent=parent_id)


@transaction.atomic
def rename_unit(actor: Actor, reorg_id: int, *, unit_id: int, name: str) -> None:
    """Đổi tên một đơn vị. ``Invalid`` khi tên trống, trùng một đơn vị cùng cấp trên, hay không đổi."""
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.require(unit_id)
    with drawing(actor, sketch, "reorg.unit_renamed", {"unit": sketch.name(unit_id), "name": " ".join(name.split())}):
        give_name(sketch, unit_id, name)


def give_name(sketch: Sketch, unit_id: int, name: str) -> None:
    """Như ``rename_unit``, trong một thao tác đang mở."""
    sketch.require(unit_id)
    wanted = " ".join(name.split())
    check_name(sketch, wanted, sketch.plan.after[unit_id].parent, apart_from=unit_id)
    if sketch.is_planned(unit_id):
        sketch.change_planned(unit_id, name=wanted, short_name=wanted[:80])
    else:
        sketch.keep_self(unit_id, new_name="" if wanted == sketch.plan.now[unit_id].name else wanted)


def check_name(sketch: Sketch, name: str, parent_id: int | None, *, apart_from: int | None = None) -> None:
    if not name:
        raise Invalid(Reason("reorg.unit_name", _("Hãy ghi tên đơn vị."), "name"))
    if len(name) > 200:
        raise Invalid(Reason("reorg.unit_name_long", _("Tên dài quá 200 chữ."), "name"))
    if any(unit != apart_from for unit in sketch.plan.beside(parent_id, name)):
        raise Invalid(Reason("reorg.unit_name_taken", _("Đã có đơn vị tên “%(name)s” cùng cấp trên ấy.") % {"name": name}, "name"))


@transaction.atomic
def move_function(actor: Actor, reorg_id: int, *, function_id: int, from_id: int, to_id: int) -> None:
    """Chuyển một chức năng giữa hai đơn vị. Việc ghi chức năng ấy đi theo; việc khác của đơn vị còn lại thì ở lại.

    ``from_id`` có thể là đơn vị kết thúc: khi ấy chỉ phần chức năng này đổi nơi nhận.
    """
    sketch = Sketch(drawable(actor, reorg_id))
    sketch.require(to_id, field="target")
    told: dict[str, Any] = {
        "function": sketch.function_names.get(function_id, "…"), "unit": sketch.name(from_id), "to": sketch.name(to_id)
    }
    with drawing(actor, sketch, "reorg.function_moved", told):
        pass_function(actor, sketch, function_id, from_id, to_id)


def pass_function(actor: Actor, sketch: Sketch, function: int, unit: int, to: int) -> None:
    """Như ``move_function``, trong một thao tác đang mở."""
    sketch.require(to, field="target")
    if sketch.is_planned(unit):
        _between_heirs(sketch, function, unit, to)
    else:
        _from_open(actor, sketch, function, unit, to)


def _from_open(actor: Actor, sketch: Sketch, function: int, unit: int, to: int) -> None:
    node = sketch.plan.now.get(unit)
    if node is None or function not in node.functions:
        raise Invalid(Reason("reorg.function_not_held", _("%(unit)s không giữ chức năng này.") % {"unit": sketch.name(unit)}, "function"))
    share(sketch, unit, {function: to})
    if unit in sketch.lines(unit) and len(sketch.lines(unit)) > 1:
        _rest_stays(actor, sketch, unit)


def share(sketch: Sketch, unit: int, moves: dict[int, int]) -> None:
    """Đưa các chức năng của ``unit`` tới nơi nhận mới, các chức năng khác ở nguyên chỗ đang định."""
    held = sketch.plan.now[unit].functions
    given = sketch.plan.given(unit)
    closing = sketch.plan.is_closing(unit)
    parts: dict[int, set[int]] = {heir: set(functions) for heir, functions in given.items()}
    if not closing:
        parts[unit] = set(held).difference(*given.values())
    for function, to in moves.items():
        for functions in parts.values():
            functions.discard(function)
        parts.setdefault(to, set()).add(function)
    emptied = [heir for heir, functions in parts.items() if not functions and heir != unit and not closing]
    sketch.put(unit, {heir: sorted(functions) for heir, functions in parts.items() if heir not in emptied})


def _rest_stays(actor: Actor, sketch: Sketch, unit: int) -> None:
    """Đơn vị còn lại giữ mọi việc khác: một quy tắc nói rõ ra, sửa được ở trang Nơi nhận."""
    sketch.stay(unit, by=scope_of(actor, on=clock.today()).person_id)


def _between_heirs(sketch: Sketch, function: int, unit: int, to: int) -> None:
    """Đơn vị mới chưa giữ gì ngoài cái nhận về: đổi nơi nhận ở các đơn vị giao cho nó. Chức năng do mẫu thì phải để mẫu."""
    givers = [giver for giver in sketch.plan.givers(unit) if function in sketch.plan.given(giver)[unit]]
    if not givers or function in sketch.plan.new[unit].functions:
        sentence = _("Chức năng này do mẫu của %(unit)s đặt: chuyển nó sau khi đơn vị đã mở.")
        raise Invalid(Reason("reorg.function_of_template", sentence % {"unit": sketch.name(unit)}, "function"))
    for giver in givers:
        share(sketch, giver, {function: to})


@transaction.atomic
def restore_units(actor: Actor, reorg_id: int, *, units: Sequence[int]) -> None:
    """Giữ các đơn vị, và mọi đơn vị bên trong chúng, như lúc này: bỏ các dòng kế thừa của chúng."""
    sketch = Sketch(drawable(actor, reorg_id))
    wanted = [unit for unit in units if unit in sketch.plan.now]
    with drawing(actor, sketch, "reorg.unit_restored", {"units": sketch.names(wanted)}):
        restore(sketch, wanted)


def restore(sketch: Sketch, units: Sequence[int]) -> None:
    every, waiting = set(units), list(units)
    while waiting:
        inner = [child for child in sketch.plan.children_now.get(waiting.pop(), ()) if child not in every]
        every.update(inner)
        waiting += inner
    for unit in every:
        sketch.drop_lines(unit)
