"""Biên bản bàn giao: mỗi đơn vị một bản PDF, cho hai bên ký."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.vietnamese import fold
from tinhgon.reorg import selectors
from tinhgon.reorg.minutes import minutes_pdf
from tinhgon.web.listing import Column, list_page
from tinhgon.web.pages.reorg.common import Case, case_for
from tinhgon.web.pages.reorg.inventory import UnitFilter
from tinhgon.web.pages.reorg.paging import Fetched, sliced


def units(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Các đơn vị giao, mỗi dòng một biên bản."""
    case = case_for(request, reorg_id)
    form = UnitFilter(request.GET)
    del form.fields["chua"]
    form.is_valid()
    wanted = fold(form.cleaned_data.get("tim", ""))
    heirs = _heirs(case)
    rows = [
        row
        for row in selectors.by_unit(case.reorg)
        if (not wanted or wanted in fold(f"{row.name} {row.parent}")) and case.sees(row.unit_id, *heirs[row.unit_id])
    ]
    columns = [
        Column("ten", _("Đơn vị giao"), css="main-cell"), Column("noi", _("Bên nhận"), css="number"),
        Column("muc", _("Số mục"), css="number"), Column("tai", _("Biên bản")),
    ]  # fmt: skip
    listing = Fetched(request, sliced(rows), columns, "web/pages/reorg/minutes_row.html", page_size=50)
    context = {"case": case, "reorg": case.reorg, "filters": form, "empty": {"title": _("Không có đơn vị nào."), "hint": ""}}
    return list_page(request, "web/pages/reorg/minutes.html", listing, context)


def _heirs(case: Case) -> dict[int, list[int]]:
    """Đơn vị giao -> các bên nhận: hai bên đều được xem biên bản."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit, heir in case.reorg.successions.values_list("predecessor_id", "successor_id"):
        found[unit].append(heir)
    return found


def pdf(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Tải biên bản của một đơn vị."""
    case = case_for(request, reorg_id)
    if not case.sees(unit_id, *_heirs(case)[unit_id]):
        raise NotFound(Reason("reorg.no_minutes", _("Không có biên bản này, hoặc bạn không được xem.")))
    made = minutes_pdf(case.reorg, unit_id, on=request.today)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-ban-{reorg_id}-{unit_id}.pdf"'
    return response
