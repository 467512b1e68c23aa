"""Kiểm kê: theo loại, theo đơn vị, từng mục; chưa có nơi nhận đứng trước."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.audit.selectors import history_of
from tinhgon.engine.vietnamese import fold
from tinhgon.org import holdings
from tinhgon.reorg import checks, selectors, services
from tinhgon.web.forms.base import PlainForm, SearchInput
from tinhgon.web.listing import Column, list_page
from tinhgon.web.pages.reorg.common import case_for, number_in, show, told
from tinhgon.web.pages.reorg.links import item_urls
from tinhgon.web.pages.reorg.overview import tell
from tinhgon.web.pages.reorg.paging import Fetched, sliced


def by_kind(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Bảng theo loại."""
    case = case_for(request, reorg_id)
    cells = selectors.by_kind(case.reorg)
    taken = history_of("reorg", reorg_id).filter(code__in=["reorg.inventoried", "reorg.previewed"])[:1]
    context = {
        "cells": cells,
        "total": sum(cell.total for cell in cells),
        "undecided": sum(cell.undecided for cell in cells),
        "joined": sum(cell.joined for cell in cells),
        "taken": next(iter(tell(taken)), None),
        "view": "kind",
    }
    return show(case, "inventory.html", context)


@require_POST
def take(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Kiểm kê, hoặc kiểm kê lại."""
    case = case_for(request, reorg_id)
    done = told(request, lambda: services.take_inventory(request.actor, reorg_id), _("Đã kiểm kê."))
    return redirect(case.url("reorg_inventory" if done else "reorg_overview"))


class UnitFilter(PlainForm):
    tim = forms.CharField(label=gettext_lazy("Tên đơn vị"), required=False, widget=SearchInput(attrs={"autocomplete": "off"}))
    chua = forms.ChoiceField(
        label=gettext_lazy("Nơi nhận"), required=False,
        choices=[("", gettext_lazy("Tất cả")), ("1", gettext_lazy("Còn mục chưa quyết định"))],
    )  # fmt: skip


def by_unit(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mỗi đơn vị giao một dòng."""
    case = case_for(request, reorg_id)
    form = UnitFilter(request.GET)
    form.is_valid()
    wanted = fold(form.cleaned_data.get("tim", ""))
    rows = [
        row
        for row in selectors.by_unit(case.reorg)
        if (not wanted or wanted in fold(f"{row.name} {row.parent}")) and (row.undecided or not form.cleaned_data.get("chua"))
    ]
    columns = [
        Column("ten", _("Đơn vị giao"), css="main-cell"), Column("noi", _("Nơi kế thừa"), css="number"),
        Column("muc", _("Số mục"), css="number"), Column("chua", _("Chưa có nơi nhận"), css="number"), Column("viec", _("Ngoài hệ thống")),
    ]  # fmt: skip
    listing = Fetched(request, sliced(rows), columns, "web/pages/reorg/unit_row.html", page_size=50)
    context = {
        "case": case, "reorg": case.reorg, "filters": form, "view": "unit",
        "empty": {"title": _("Phương án chưa có đơn vị nào."), "hint": _("Nhập danh sách kế thừa ở bước Phương án.")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/inventory_units.html", listing, context)


class ItemFilter(PlainForm):
    loai = forms.ChoiceField(label=gettext_lazy("Loại"), required=False)
    chua = forms.ChoiceField(
        label=gettext_lazy("Nơi nhận"), required=False,
        choices=[("", gettext_lazy("Tất cả")), ("1", gettext_lazy("Chưa có nơi nhận"))],
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = kind_choices()  # type: ignore[attr-defined]


def kind_choices() -> list[tuple[str, str]]:
    return [("", _("Mọi loại")), *((h.kind, str(h.label)) for h in holdings.all_holdings())]


def items(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Từng mục; lọc theo loại, đơn vị, chưa có nơi nhận."""
    case = case_for(request, reorg_id)
    form = ItemFilter(request.GET)
    unit_id = number_in(request, "don-vi")
    kind = request.GET.get("loai", "") if form.is_valid() else ""

    def fetch(offset: int, limit: int):
        return selectors.items(
            case.reorg, kind=kind, unit_id=unit_id, undecided=bool(request.GET.get("chua")),
            within=case.units_seen, offset=offset, limit=limit,
        )  # fmt: skip

    listing = Fetched(request, fetch, item_columns(), "web/pages/reorg/item_row.html")
    context = {
        "case": case, "reorg": case.reorg, "filters": form, "unit_id": unit_id, "urls": item_urls(request, listing.items),
        "unit_name": checks.unit_names([unit_id], case.reorg)[unit_id] if unit_id else "",
        "empty": {"title": _("Chưa có mục nào."), "hint": _("Kiểm kê để máy đếm mọi thứ các đơn vị đang giữ.")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/items.html", listing, context)


def item_columns() -> list[Column]:
    return [
        Column("muc", _("Mục"), css="main-cell"), Column("loai", _("Loại")), Column("giao", _("Đơn vị giao")),
        Column("nhan", _("Đơn vị nhận, theo")),
    ]  # fmt: skip


