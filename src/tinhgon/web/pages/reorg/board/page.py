"""Bảng: các cột cấp ủy sẽ có với thẻ đơn vị, cột đơn vị kết thúc, lời nhắc và thao tác gần đây."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.reorg import baseline, selectors, services, structural
from tinhgon.reorg.gesture_words import sentence
from tinhgon.web.pages.reorg.board.common import EDITABLE, desk_for
from tinhgon.web.pages.reorg.board.conflicts import listed
from tinhgon.web.pages.reorg.common import number_in, show, told

GESTURES_SHOWN = 6
ADVICES_SHOWN = 8


def board(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """``khu``: khu vực đang mở; ``phan``: phần nào của khu vực rộng; ``tim``: chỉ các cột có đơn vị khớp tên."""
    desk = desk_for(request, reorg_id)
    if desk.reorg.state not in EDITABLE:
        return redirect(desk.url("reorg_overview"))
    text = request.GET.get("tim", "").strip()
    drawn = selectors.board(desk.reorg, area=number_in(request, "khu"), text=text, page=number_in(request, "phan") or 1)
    desk.scenario = drawn.scenario
    found = structural.advices(drawn.scenario)
    recent = list(desk.reorg.gestures.order_by("-pk")[: GESTURES_SHOWN + 1])
    context = {
        "desk": desk, "board": drawn, "text": text, "area": next((a for a in drawn.areas if a.key == drawn.area), None),
        "conflicts": listed(desk.reorg, baseline.conflicts(desk.reorg)),
        "advices": found, "shown": found.fresh[:ADVICES_SHOWN], "more": max(len(found.fresh) - ADVICES_SHOWN, 0) + len(found.old),
        "gestures": [(each, sentence(each)) for each in recent[:GESTURES_SHOWN]], "gestures_more": len(recent) > GESTURES_SHOWN,
    }  # fmt: skip
    return show(desk.case, "board/board.html", context)


def checks(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mọi lời nhắc về cấu trúc: do phương án trước, có từ trước sau."""
    desk = desk_for(request, reorg_id)
    found = structural.advices(desk.scenario)
    return show(desk.case, "board/checks.html", {"desk": desk, "advices": found, "ours": structural.OURS})


@require_POST
def take_back(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="prepare")
    told(request, lambda: services.take_back(request.actor, reorg_id), _("Đã hoàn lại thao tác gần nhất."))
    return redirect(desk.back())


@require_POST
def back_to_draft(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="prepare")
    told(request, lambda: services.back_to_draft(request.actor, reorg_id), _("Đã đưa về soạn lại: sửa xong thì kiểm kê lại."))
    return redirect(desk.url())
