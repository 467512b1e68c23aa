"""Ma trận năng lực của một đơn vị: bảng nhiệt, và bảng việc đang treo cạnh nó."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhgon.core.errors import Forbidden, NotFound, Reason
from tinhgon.org.models import Kind, Role
from tinhgon.org.selectors import units as unit_reads
from tinhgon.org.selectors.units import UnitAt
from tinhgon.personnel import selectors
from tinhgon.personnel.access import may_plan_keeping, own_units
from tinhgon.personnel.models import Skill

Choices = list[tuple[str, list[tuple[int, str]]]]


def matrix(request: HttpRequest) -> HttpResponse:
    """``?don-vi=``: đơn vị nào; mặc định cơ quan của vị trí đang dùng."""
    unit, choices = chosen_unit(request)
    return render(request, "web/pages/personnel/matrix.html", {
        "unit": unit, "choices": choices, "matrix": selectors.matrix(request.actor, unit.id, on=request.today), "levels": Skill.Level.choices,
        "may_keep": may_plan_keeping(request.actor, unit.id, on=request.today),
    })  # fmt: skip


def chosen_unit(request: HttpRequest) -> tuple[UnitAt, Choices]:
    """Đơn vị trên địa chỉ, và các đơn vị để chọn. ``Forbidden`` khi không lãnh đạo đơn vị nào."""
    choices = offered_units(request)
    if not choices:
        raise Forbidden(Reason("personnel.no_matrix", _("Ma trận năng lực chỉ hiện với lãnh đạo đơn vị ấy và ban tổ chức.")))
    text = request.GET.get("don-vi", "")
    unit_id = int(text) if text.isdecimal() and len(text) < 18 else choices[0][1][0][0]
    unit = unit_reads.unit_at(unit_id, on=request.today)
    if unit is None:
        raise NotFound(Reason("org.unit_not_found", _("Không tìm thấy đơn vị này.")))
    return unit, choices + _inside(request, unit, choices)


def _inside(request: HttpRequest, unit: UnitAt, choices: Choices) -> Choices:
    """Ban tổ chức đi tiếp được xuống từng xã: các đơn vị thuộc đơn vị đang xem mà chưa nằm ở nhóm nào."""
    if not any(standing.role == Role.ORGANISATION_BOARD for standing in request.scope.counted):
        return []
    known = {unit_id for _label, found in choices for unit_id, _name in found}
    children = [(child.unit_id, child.name) for child in unit_reads.open_children(unit.id, on=request.today) if child.unit_id not in known]
    own = [] if unit.id in known else [(unit.id, unit.name)]
    return [(_("Thuộc %(unit)s") % {"unit": unit.name}, own + children)] if own or children else []


def offered_units(request: HttpRequest) -> Choices:
    """Đơn vị để chọn: của mình trước; ban tổ chức thêm các cơ quan và cấp ủy trực thuộc của cấp mình."""
    mine: dict[int, str] = {}
    below: dict[int, str] = {}
    for standing in request.scope.counted:
        if not standing.sees_whole_unit:
            continue
        mine[standing.unit_id] = standing.unit_name
        if standing.role == Role.ORGANISATION_BOARD:
            chain = unit_reads.path(standing.organ_id, on=request.today)
            tops = [step for step in chain if step.kind == Kind.COMMITTEE][-1:]
            below |= {top.id: top.name for top in tops}
            below |= {child.unit_id: child.name for top in tops for child in unit_reads.open_children(top.id, on=request.today)}
        else:
            rooms = unit_reads.units_at(own_units(standing) - {standing.unit_id}, on=request.today)
            mine |= {room.id: room.name for room in rooms.values()}
    groups = [(_("Đơn vị của tôi"), mine), (_("Cấp mình và cấp dưới"), {unit: name for unit, name in below.items() if unit not in mine})]
    return [(label, list(found.items())) for label, found in groups if found]
