"""Mở đơn vị mới theo mẫu của loại đơn vị, và bỏ một đơn vị mới đã vẽ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.models import Kind
from tinhgon.org.templates import TEMPLATES
from tinhgon.reorg.services.drafting import UnitDraft, drawable
from tinhgon.reorg.services.moving import check_name
from tinhgon.reorg.services.sketch import Sketch, drawing
from tinhgon.reorg.services.templated import agency_of, committee_units

PLAIN = (Kind.ROOM, Kind.CENTRE)
"""Loại không có mẫu vị trí: phòng bên trong, đơn vị sự nghiệp."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """Đơn vị mới: tên, cấp trên, và mẫu ("commune", "commune/office") hay loại không có mẫu ("room", "centre")."""

    name: str
    parent_id: int
    template: str


@transaction.atomic
def open_unit(actor: Actor, reorg_id: int, *, new: NewUnit) -> int:
    """Vẽ một đơn vị mới; trả về mã của nó. Cấp ủy có luôn các cơ quan của mẫu."""
    sketch = Sketch(drawable(actor, reorg_id))
    with drawing(actor, sketch, "reorg.unit_opened", {"unit": new.name}):
        return open_in(sketch, new)


def open_in(sketch: Sketch, new: NewUnit) -> int:
    """Như ``open_unit``, trong một thao tác đang mở."""
    sketch.require(new.parent_id, field="parent_id")
    name = " ".join(new.name.split())
    check_name(sketch, name, new.parent_id)
    drafts = _drafts(sketch, new, name)
    return sketch.open_units(drafts)[drafts[0].key]


def _drafts(sketch: Sketch, new: NewUnit, name: str) -> Sequence[UnitDraft]:
    code, _slash, kind = new.template.partition("/")
    if code in PLAIN:
        parent = sketch.plan.after[new.parent_id]
        is_organ = code != Kind.ROOM
        return [UnitDraft(key="new", name=name, short_name=name[:80], kind=code, level=parent.level, parent_id=new.parent_id, is_organ=is_organ)]
    template = TEMPLATES.get(code)
    agency = agency_of(template, kind, name, new.parent_id) if template and kind else None
    if template is None or (kind and agency is None):
        raise Invalid(Reason("reorg.template", _("Hãy chọn mẫu của đơn vị mới."), "template"))
    if agency is not None:
        return [agency]
    return committee_units(template, key="new", name=name, short_name=name[:80], parent_id=new.parent_id)


@transaction.atomic
def drop_unit(actor: Actor, reorg_id: int, *, unit_id: int) -> None:
    """Bỏ một đơn vị mới và các đơn vị mới bên trong nó; đơn vị cũ chỉ về đó thì lại giữ như lúc này."""
    sketch = Sketch(drawable(actor, reorg_id))
    if not sketch.is_planned(unit_id):
        raise Invalid(Reason("reorg.not_planned", _("%(unit)s không phải là đơn vị mới của phương án.") % {"unit": sketch.name(unit_id)}))
    with drawing(actor, sketch, "reorg.unit_dropped", {"unit": sketch.name(unit_id)}):
        drop(sketch, unit_id)


def drop(sketch: Sketch, unit_id: int) -> None:
    inside = list(sketch.plan.children_after.get(unit_id, ()))
    moved = [child for child in inside if not sketch.is_planned(child)]
    for child in inside:
        if sketch.is_planned(child):
            drop(sketch, child)
    for child in moved:
        sketch.keep_self(child, clear_parent=True)
    for giver in sketch.plan.givers(unit_id):
        sketch.drop_line(giver, unit_id)
    sketch.drop_planned(unit_id)
    sketch.reorg.work_plans.filter(unit=unit_id).delete()
