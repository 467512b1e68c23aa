"""Chia một đơn vị thành nhiều nơi, chức năng chia cho từng nơi; cơ quan của cấp ủy bị chia thì chia theo."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.models import Kind
from tinhgon.reorg.services.drafting import drawable
from tinhgon.reorg.services.opening import NewUnit, open_in
from tinhgon.reorg.services.sketch import Sketch, drawing


@dataclass(frozen=True, slots=True)
class Part:
    """Một nơi của đơn vị chia ra: đơn vị đang có hay sẽ mở (``unit_id``; có thể là chính nó), hoặc đơn vị mới ``new``."""

    unit_id: int | None = None
    new: NewUnit | None = None
    functions: Sequence[int] = field(default=())


@transaction.atomic
def split_unit(actor: Actor, reorg_id: int, *, unit_id: int, parts: Sequence[Part]) -> list[int]:
    """Chia ``unit_id`` cho ``parts``; trả về mã các nơi theo thứ tự. Có chính nó trong ``parts`` thì nó còn lại.

    ``Invalid``: ít hơn hai nơi, một nơi ghi hai lần, một chức năng chia cho hai nơi, chức năng đơn vị không giữ.
    """
    sketch = Sketch(drawable(actor, reorg_id))
    told = {"unit": sketch.name(unit_id), "parts": ", ".join(p.new.name if p.new else sketch.name(p.unit_id or 0) for p in parts)}
    with drawing(actor, sketch, "reorg.unit_split", told):
        return divide(sketch, unit_id, parts)


def divide(sketch: Sketch, unit_id: int, parts: Sequence[Part]) -> list[int]:
    """Như ``split_unit``, trong một thao tác đang mở."""
    if sketch.plan.now.get(unit_id) is None:
        raise Invalid(Reason("reorg.split_new", _("Chỉ chia được đơn vị đang hoạt động; đơn vị mới thì sửa ở các đơn vị giao cho nó.")))
    _check(sketch, unit_id, parts)
    heirs = [part.unit_id if part.new is None else open_in(sketch, part.new) for part in parts]
    ids = [heir for heir in heirs if heir is not None]
    if unit_id not in ids and unit_id in sketch.plan.after:
        sketch.repoint(unit_id, ids[0])  # nó từng là nơi nhận của đơn vị khác: nay các dòng ấy về nơi đầu
    sketch.put(unit_id, {heir: sorted(part.functions) for heir, part in zip(ids, parts, strict=True)})
    if unit_id not in ids:
        _split_inside(sketch, unit_id, ids)
    return ids


def _check(sketch: Sketch, unit_id: int, parts: Sequence[Part]) -> None:
    named = [part.unit_id for part in parts if part.unit_id is not None]
    sketch.require(*(unit for unit in named if unit != unit_id))
    wrong = []
    if len(parts) < 2:
        wrong.append(Reason("reorg.split_one", _("Chia tách cần ít nhất hai nơi; chỉ một nơi thì là nhập vào nơi ấy.")))
    if len(named) != len(set(named)):
        wrong.append(Reason("reorg.split_twice", _("Một nơi chỉ ghi một lần.")))
    shared = [function for part in parts for function in part.functions]
    if len(shared) != len(set(shared)):
        wrong.append(Reason("reorg.function_twice", _("Mỗi chức năng chỉ về một nơi."), "functions"))
    foreign = set(shared) - sketch.plan.now[unit_id].functions
    if foreign:
        told = {"unit": sketch.name(unit_id)}
        wrong.append(Reason("reorg.function_not_held", _("%(unit)s không giữ chức năng này.") % told, "functions"))
    if wrong:
        raise Invalid(*wrong)


def _split_inside(sketch: Sketch, unit: int, heirs: Sequence[int]) -> None:
    """Cơ quan bên trong chia về cơ quan cùng loại của từng nơi. Cấp ủy dưới và phòng: người soạn tự chuyển, máy không đoán."""
    for child in sketch.plan.children_now.get(unit, ()):
        node = sketch.plan.after.get(child)
        if node is None or node.kind in (Kind.COMMITTEE, Kind.ROOM):
            continue
        twins = list(dict.fromkeys(sketch.agency_like(node, heir) or heir for heir in heirs))
        sketch.repoint(child, twins[0])
        sketch.put(child, {twin: [] for twin in twins})
