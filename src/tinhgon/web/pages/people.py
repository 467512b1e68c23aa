"""Cán bộ: danh bạ theo ngày đang xem, trang một người."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.org.models import Role
from tinhgon.org.selectors import people as people_reads
from tinhgon.org.selectors.standing_in import arranged_for
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.units import shown_units


class PeopleFilters(PlainForm):
    tim = forms.CharField(
        label=gettext_lazy("Tên người, số hiệu"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    vai_tro = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), required=False, choices=[("", gettext_lazy("Mọi vai trò")), *Role.choices]
    )


def people(request: HttpRequest) -> HttpResponse:
    """Mỗi dòng một phân công trong ngày: ai, chức danh, đơn vị."""
    filters = PeopleFilters(request.GET)
    filters.is_valid()
    wanted = filters.cleaned_data
    rows = people_reads.directory(on=request.on, text=wanted.get("tim", ""), role=wanted.get("vai_tro", ""))
    listing = Listing(
        request, rows,
        columns=[
            Column("ten", _("Họ và tên"), ("person__name_key",)),
            Column("chuc-danh", _("Chức danh"), ("post__rank", "post__title")),
            Column("don-vi", _("Đơn vị"), ("post__unit",)),
        ],
        row_template="web/rows/person.html",
        default_sort="ten",
    )  # fmt: skip
    units = shown_units([row.post.unit_id for row in listing.items], on=request.on)
    empty = {"title": _("Chưa có ai giữ vị trí nào trong ngày này."), "hint": _("Danh bạ hiện khi ban tổ chức phân công cán bộ, hoặc khi xem một ngày khác.")}
    return list_page(request, "web/pages/people.html", listing, {"filters": filters, "units": units, "empty": empty})


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Người này làm gì ở đâu; quá trình công tác chỉ với ban tổ chức và chính người ấy."""
    page = people_reads.person_for(request.actor, person_id, on=request.on)
    unit_ids = {line.unit_id for line in page.lines} | {entry.post.unit_id for entry in page.history}
    return render(request, "web/pages/person.html", {
        "person": page, "units": shown_units(unit_ids, on=request.on), "absences": arranged_for(person_id, on=request.on),
    })  # fmt: skip
