"""Danh sách vị trí nhận người: số ghế sửa được theo đơn vị, trước khi lấy ý kiến."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.engine.vietnamese import fold
from tinhgon.reorg import checks, selectors, services
from tinhgon.web.listing import Column, list_page
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.paging import Fetched, sliced
from tinhgon.web.pages.reorg.placing.common import desk_for

BOX = "ghe-"


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id)
    if request.method == "POST":
        told(request, lambda: services.set_seats(request.actor, reorg_id, seats=_typed(request)), _("Đã lưu số ghế. Tính lại để phương án theo."))
        return redirect(request.get_full_path())
    text = request.GET.get("tim", "").strip()
    posts = list(desk.reorg.planned_posts.select_related("field").order_by("unit", "rank", "pk"))
    names = checks.unit_names(sorted({one.unit_id for one in posts}), desk.reorg)
    rows = [one for one in posts if fold(text) in fold(f"{names[one.unit_id]} {one.title}")]
    rows.sort(key=lambda one: (names[one.unit_id], one.rank, one.pk))
    columns = [
        Column("don-vi", _("Đơn vị"), css="main-cell"), Column("vi-tri", _("Vị trí")), Column("linh-vuc", _("Lĩnh vực")),
        Column("nguon", _("Từ đâu")), Column("ghe", _("Số ghế"), css="number"),
    ]  # fmt: skip
    listing = Fetched(request, sliced(rows), columns, "web/pages/reorg/placing/seat_row.html", page_size=50)
    context = {
        "case": desk.case, "reorg": desk.reorg, "desk": desk, "placement": desk.placement, "names": names, "text": text,
        "seats": selectors.seats_of(desk.reorg), "may_edit": desk.may_plan and all(one.state == "draft" for one in desk.variants),
        "empty": {"title": _("Chưa có danh sách vị trí."), "hint": _("Mở phương án bố trí đầu tiên thì danh sách được lập từ mẫu của từng loại đơn vị.")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/placing/seats.html", listing, context)


def _typed(request: HttpRequest) -> dict[int, int]:
    found = {}
    for name, value in request.POST.items():
        if name.startswith(BOX) and name.removeprefix(BOX).isdecimal() and value.strip().isdecimal() and len(value) < 6:
            found[int(name.removeprefix(BOX))] = int(value)
    return found


@require_POST
def relist(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Lập lại từ mẫu."""
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.list_posts(request.actor, reorg_id), _("Đã lập lại danh sách vị trí từ mẫu. Hãy tính lại."))
    return redirect(desk.url("reorg_seats"))
