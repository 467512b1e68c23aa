"""Cách xem đã lưu của mình: đặt tên, đổi tên, hiện ở Hôm nay, bỏ."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.documents.services import saved as verbs
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.saved import open_address
from tinhgon.web.verbs import VerbPage, verb_page


class SavedForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=80)
    on_desk = forms.BooleanField(label=gettext_lazy("Hiện ở trang Hôm nay"), required=False)


def saved(request: HttpRequest) -> HttpResponse:
    listed = [(each, open_address(each)) for each in verbs.mine(request.actor, on=request.today)]
    return render(request, "web/pages/saved.html", {"listed": listed})


def new(request: HttpRequest) -> HttpResponse:
    view, query = request.GET.get("trang", ""), request.GET.get("loc", "")
    return verb_page(request, VerbPage(
        title=_("Lưu cách xem này"), submit=_("Lưu"), done=_("Đã lưu. Mở lại ở “Cách xem đã lưu” hay bằng Ctrl-K."),
        back=reverse("web:saved"), form=SavedForm(request.POST or None), land=open_address,
        call=lambda data: verbs.save_search(request.actor, on=request.today, view=view, query=query, **data),
    ))  # fmt: skip


def change(request: HttpRequest, saved_id: int) -> HttpResponse:
    found = verbs.saved_for(request.actor, saved_id, on=request.today)
    form = SavedForm(request.POST or None, initial={"name": found.name, "on_desk": found.on_desk})
    return verb_page(request, VerbPage(
        title=_("Sửa cách xem"), submit=_("Lưu"), done=_("Đã lưu."), back=reverse("web:saved"), form=form,
        call=lambda data: verbs.change_saved(request.actor, on=request.today, saved_id=saved_id, **data),
    ))  # fmt: skip


def drop(request: HttpRequest, saved_id: int) -> HttpResponse:
    found = verbs.saved_for(request.actor, saved_id, on=request.today)
    return verb_page(request, VerbPage(
        title=_("Bỏ cách xem “%(name)s”") % {"name": found.name}, submit=_("Bỏ"), done=_("Đã bỏ."), back=reverse("web:saved"),
        danger=True, consequences=[_("Chỉ bỏ cách xem; văn bản vẫn còn nguyên.")],
        call=lambda data: verbs.drop_saved(request.actor, on=request.today, saved_id=saved_id),
    ))  # fmt: skip
