"""Nơi máy tự lấy văn bản về khay: thư mục, hộp thư."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.access_tray import places_for
from tinhgon.documents.models import WatchedPlace
from tinhgon.documents.services.intake import watching
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.web.forms.tray import PlaceForm
from tinhgon.web.pages.documents.tray import keeper_units
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


def places(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.REGISTER, on=request.today)
    found = list(places_for(request.actor, on=request.today).order_by("unit", "pk"))
    units = shown_units({place.unit_id for place in found}, on=request.today)
    return render(request, "web/pages/watched_places.html", {"places": found, "units": units})


def edit(request: HttpRequest, place_id: int | None = None) -> HttpResponse:
    """Đặt mới, hay sửa."""
    require(request.actor, Verb.REGISTER, on=request.today)
    kept = _kept(_place(request, place_id)) if place_id else {}  # nơi mới: ô trống, mặc định của cơ sở dữ liệu không phải là chữ
    form = PlaceForm(request.POST or None, units=keeper_units(request), initial=kept)

    def save(data: dict[str, Any]) -> WatchedPlace:
        values = {("unit_id" if name == "unit" else name): value for name, value in data.items()}
        return watching.keep_place(request.actor, on=request.today, values=values, place_id=place_id)

    return verb_page(request, VerbPage(
        title=_("Sửa nơi tự lấy về") if place_id else _("Thêm nơi tự lấy về"), submit=_("Lưu"), done=_("Đã lưu. Máy xem nơi này mỗi phút."),
        back=reverse("web:watched_places"), call=save, form=form,
        about=_("Máy chủ lấy tệp từ thư mục, hay thư chưa đọc từ hộp thư, rồi đưa vào khay."),
    ))  # fmt: skip


def _kept(place: WatchedPlace) -> dict[str, Any]:
    names = ("kind", "path", "host", "port", "security", "mailbox", "username", "is_active")
    return {name: getattr(place, name) for name in names} | {"unit": place.unit_id}


def remove(request: HttpRequest, place_id: int) -> HttpResponse:
    place = _place(request, place_id)
    return verb_page(request, VerbPage(
        title=_("Bỏ nơi tự lấy về"), submit=_("Bỏ"), done=_("Đã bỏ."), back=reverse("web:watched_places"), danger=True, about=str(place),
        call=lambda _data: watching.remove_place(request.actor, on=request.today, place_id=place_id),
        consequences=[_("Máy thôi lấy từ nơi này; thứ đã vào khay thì ở lại.")],
    ))  # fmt: skip


def _place(request: HttpRequest, place_id: int) -> WatchedPlace:
    place = places_for(request.actor, on=request.today).filter(pk=place_id).first()
    if place is None:
        raise NotFound(Reason("documents.no_such_place", _("Không có nơi tự lấy về này, hoặc bạn không trông coi nó.")))
    return place
