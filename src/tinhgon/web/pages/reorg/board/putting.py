"""Đặt đơn vị hay chức năng vào một đơn vị: một trang hỏi cách, dùng cho kéo thả (mảnh trong hộp thoại), bàn phím và biểu mẫu."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import selectors, services
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.fields import PickerField
from tinhgon.web.pages.reorg.board.common import Desk, desk_for, gesture_page, targets
from tinhgon.web.pages.reorg.common import number_in, show, told

FRAGMENT = "X-Bang"
"""Tiêu đề của câu hỏi từ kéo thả: trả về riêng phần hộp thoại."""


class TargetForm(PlainForm):
    vao = PickerField(label=gettext_lazy("Đặt vào đơn vị"))


def put(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: chọn nơi đặt, rồi các cách đặt kèm điều sẽ xảy ra. POST ``viec``: làm."""
    desk = desk_for(request, reorg_id, to="prepare")
    if not desk.chosen:
        return _nothing_chosen(desk)
    target = number_in(request, "vao")
    if request.method == "POST" and target:
        return _do(desk, target)
    form = TargetForm(initial={"vao": target})
    form.fields["vao"].offer(targets(desk, apart_from=desk.chosen))
    found = selectors.ways(desk.scenario, desk.chosen, target) if target else []
    context = {
        "desk": desk, "form": form, "target": target, "target_name": desk.scenario.name(target) if target else "", "ways": found,
        "units": [(unit, desk.scenario.name(unit)) for unit in desk.chosen],
    }  # fmt: skip
    return show(desk.case, "board/put_ways.html" if FRAGMENT in request.headers else "board/put.html", context)


def _nothing_chosen(desk: Desk) -> HttpResponse:
    messages.error(desk.request, _("Hãy chọn ít nhất một đơn vị trên bảng trước."))
    return redirect(desk.back())


def _do(desk: Desk, target: int) -> HttpResponse:
    actor, pk, units = desk.request.actor, desk.reorg.pk, desk.chosen
    verbs = {
        "move": (lambda: services.move_units(actor, pk, units=units, parent_id=target), _("Đã chuyển về trực thuộc nơi mới."), units[0]),
        "merge": (lambda: services.merge_units(actor, pk, units=units, into_id=target), _("Đã nhập vào một."), target),
        "close": (lambda: services.close_units(actor, pk, units=units, receiver_id=target), _("Đã đưa vào cột kết thúc."), target),
    }
    way = desk.request.POST.get("viec", "")
    if way not in verbs:
        return redirect(desk.back())
    verb, done, at = verbs[way]
    told(desk.request, verb, done)
    return redirect(desk.back(at))


class FunctionForm(PlainForm):
    vao = PickerField(label=gettext_lazy("Chuyển sang đơn vị"))


def move_function(request: HttpRequest, reorg_id: int, unit_id: int, function_id: int) -> HttpResponse:
    """Chuyển một chức năng sang đơn vị khác. Kéo thả gửi thẳng POST với ``vao``."""
    desk = desk_for(request, reorg_id, to="prepare")
    form = FunctionForm(request.POST or None)
    form.fields["vao"].offer(targets(desk))

    def verb(chosen: dict[str, int | None]) -> None:
        services.move_function(request.actor, reorg_id, function_id=function_id, from_id=unit_id, to_id=chosen["vao"] or 0)

    context = {"unit_name": desk.scenario.name(unit_id), "function_name": desk.scenario.function_names.get(function_id, ""), "back": desk.back(unit_id)}
    return gesture_page(desk, form, "function.html", verb, done=_("Đã chuyển chức năng; việc ghi chức năng ấy đi theo."), land=lambda _made: desk.back(unit_id), context=context)


@require_POST
def restore(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Giữ các đơn vị đã chọn như lúc này."""
    desk = desk_for(request, reorg_id, to="prepare")
    if not desk.chosen:
        return _nothing_chosen(desk)
    told(request, lambda: services.restore_units(request.actor, reorg_id, units=desk.chosen), _("Đã giữ như cũ."))
    return redirect(desk.back(desk.chosen[0]))
