"""Biểu mẫu của bảng: mở đơn vị mới (có thể nhập các đơn vị đã chọn vào nó), chia tách, kết thúc, đổi tên, bỏ đơn vị mới."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.models import Kind
from tinhgon.org.templates import TEMPLATES
from tinhgon.reorg import services
from tinhgon.reorg.services import NewUnit
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.fields import PickerField
from tinhgon.web.pages.reorg.board.common import Desk, desk_for, gesture_page, targets
from tinhgon.web.pages.reorg.common import number_in, told

_LEVELS = {
    "province": gettext_lazy("cấp tỉnh"), "district": gettext_lazy("cấp huyện"), "old_commune": gettext_lazy("cấp xã, trước 01/7/2025"),
    "commune": gettext_lazy("xã, phường"), "special_zone": gettext_lazy("đặc khu"),
}  # fmt: skip


def template_choices(desk: Desk) -> list[tuple[str, list[tuple[str, str]]]]:
    """Mẫu còn áp dụng ngày hiệu lực: cấp ủy kèm số cơ quan và số ghế, rồi từng cơ quan, rồi loại không có mẫu."""
    committees, agencies = [], []
    for code, template in TEMPLATES.items():
        if not template.applies(desk.reorg.effective_on):
            continue
        told_ = {"level": _LEVELS[code], "agencies": len(template.agencies), "seats": template.seats}
        committees.append((code, _("Cấp ủy %(level)s: %(agencies)s cơ quan, %(seats)s ghế") % told_))
        agencies += [
            (f"{code}/{agency.kind}", _("%(name)s (%(level)s), %(seats)s ghế") % {"name": agency.short_name, "level": _LEVELS[code], "seats": sum(p.seats for p in agency.posts)})
            for agency in template.agencies
        ]  # fmt: skip
    plain = [(str(Kind.ROOM), _("Phòng, bộ phận bên trong")), (str(Kind.CENTRE), _("Đơn vị sự nghiệp"))]
    return [(_("Cấp ủy, có luôn các cơ quan"), committees), (_("Một cơ quan"), agencies), (_("Không có mẫu vị trí"), plain)]


class NewUnitForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên đơn vị mới"), max_length=200, help_text=gettext_lazy("Ví dụ: Đảng ủy phường Sài Gòn"))
    template = forms.ChoiceField(label=gettext_lazy("Mẫu"), help_text=gettext_lazy("Vị trí và ghế theo mẫu; sửa số ghế được ở bước bố trí cán bộ."))
    parent_id = PickerField(label=gettext_lazy("Cấp trên"))


def new_unit(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mở đơn vị mới; có đơn vị đã chọn thì chúng nhập thành đơn vị ấy."""
    desk = desk_for(request, reorg_id, to="prepare")
    initial = {"parent_id": _likely_parent(desk), "template": "commune"}
    form = NewUnitForm(request.POST or None, initial=initial)
    form.fields["template"].choices = template_choices(desk)
    form.fields["parent_id"].offer(targets(desk, apart_from=desk.chosen))

    def verb(chosen: dict[str, Any]) -> int:
        new = NewUnit(**chosen)
        if desk.chosen:
            return services.merge_into_new(request.actor, reorg_id, units=desk.chosen, new=new)
        return services.open_unit(request.actor, reorg_id, new=new)

    context = {"units": [(unit, desk.scenario.name(unit)) for unit in desk.chosen], "back": desk.back()}
    return gesture_page(desk, form, "new_unit.html", verb, done=_("Đã vẽ đơn vị mới."), land=desk.back, context=context)


def _likely_parent(desk: Desk) -> int | None:
    """Cấp trên gần nhất còn lại của đơn vị đã chọn đầu tiên, hoặc gốc."""
    now, after = desk.scenario.plan.now, desk.scenario.after
    at = now[desk.chosen[0]].parent if desk.chosen and desk.chosen[0] in now else None
    seen: set[int] = set()
    while at is not None and at not in after and at in now and at not in seen:
        seen.add(at)
        at = now[at].parent
    return at or next((unit for unit, node in after.items() if node.parent is None), None)


class CloseForm(PlainForm):
    vao = PickerField(label=gettext_lazy("Giao việc cho"))


def close(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Kết thúc các đơn vị đã chọn."""
    desk = desk_for(request, reorg_id, to="prepare")
    if not desk.chosen:
        return redirect(desk.back())
    form = CloseForm(request.POST or None, initial={"vao": _likely_parent(desk)})
    form.fields["vao"].offer(targets(desk, apart_from=desk.chosen))

    def verb(chosen: dict[str, Any]) -> None:
        services.close_units(request.actor, reorg_id, units=desk.chosen, receiver_id=chosen["vao"])

    context = {"units": [(unit, desk.scenario.name(unit)) for unit in desk.chosen], "back": desk.back()}
    return gesture_page(desk, form, "close.html", verb, done=_("Đã đưa vào cột kết thúc."), land=lambda _made: desk.back(), context=context)


class RenameForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=200)


def unit(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Một thẻ mở to: tên, từ đâu tới, về đâu; đổi tên; bỏ đơn vị mới."""
    desk = desk_for(request, reorg_id, to="prepare")
    node = desk.scenario.after.get(unit_id) or desk.scenario.node(unit_id)
    if node is None:
        raise NotFound(Reason("reorg.unit_unknown", _("Đơn vị này không có trong phương án.")))
    form = RenameForm(request.POST or None, initial={"name": node.name})
    read = desk.scenario
    context = {
        "unit_id": unit_id, "node": node, "is_new": unit_id in read.plan.new, "is_closing": unit_id in read.plan.closing,
        "planned": read.planned.get(unit_id),
        "inside": [read.name(child) for child in read.children_after.get(unit_id, ())],
        "sources": [read.name(line.before) for line in read.plan.into.get(unit_id, ())],
        "heirs": [read.name(line.after) for line in read.plan.out.get(unit_id, ()) if line.after != unit_id],
        "has_lines": unit_id in read.plan.out, "back": desk.back(unit_id),
    }  # fmt: skip

    def verb(chosen: dict[str, Any]) -> None:
        services.rename_unit(request.actor, reorg_id, unit_id=unit_id, name=chosen["name"])

    return gesture_page(desk, form, "unit.html", verb, done=_("Đã đổi tên."), land=lambda _made: desk.back(unit_id), context=context)


@require_POST
def drop(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Bỏ một đơn vị mới đã vẽ."""
    desk = desk_for(request, reorg_id, to="prepare")
    told(request, lambda: services.drop_unit(request.actor, reorg_id, unit_id=unit_id), _("Đã bỏ đơn vị mới; đơn vị cũ giữ như lúc này."))
    return redirect(desk.back())


def chosen_one(desk: Desk, request: HttpRequest) -> int | None:
    """Đơn vị để chia: nêu trên địa chỉ, hoặc đúng một đơn vị đã chọn."""
    return number_in(request, "don-vi") or (desk.chosen[0] if len(desk.chosen) == 1 else None)
