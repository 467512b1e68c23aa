"""Số đang giữ và đại hội: xem, giữ, trả lại, mở đại hội, đổi ngày bế mạc."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors
from tinhgon.documents.models import Congress, NumberReservation
from tinhgon.documents.selectors import rules
from tinhgon.documents.services import congresses, reserving
from tinhgon.documents.services.books import congress_at
from tinhgon.org.access import require
from tinhgon.org.models import Kind
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.choices import Grouped, receivers
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.issuing import ClosingForm, CongressForm, ReserveForm
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


def reservations(request: HttpRequest) -> HttpResponse:
    """Số đang giữ ở các sổ mình xem được, gần hết hạn trước."""
    return render(request, "web/pages/reservations.html", {
        "kept": selectors.held_numbers(request.actor, on=request.today), "may_reserve": _may_issue(request),
    })  # fmt: skip


def reserve(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.ISSUE, on=request.today)
    assert standing is not None
    organs = _organs(request)
    units: Grouped = [(_("Đơn vị của tôi"), organs[0][1] if organs else []), *receivers(standing.unit_id, on=request.today)]
    has_congress = any(congress_at(unit, on=request.today) for unit, _name in organs[0][1])
    form = ReserveForm(
        request.POST or None, types=rules.draftable_types(rules.side_of(standing.organ_id)), issuers=organs, units=units, today=request.today, has_congress=has_congress,
        initial={"issuer": standing.organ_id, "unit": standing.organ_id},
    )  # fmt: skip

    def keep(data: dict[str, Any]) -> NumberReservation:
        values = {f"{name}_id" if name in ("issuer", "type", "unit") else name: value for name, value in data.items()}
        return reserving.reserve(request.actor, on=request.today, **values)

    return verb_page(request, VerbPage(
        title=_("Giữ số"), submit=_("Giữ số"), done=_("Đã giữ số."), back=reverse("web:reservations"), call=keep, form=form,
        about=_("Rút số kế tiếp của sổ cho một văn bản chưa ký xong."),
        consequences=[_("Số rút ngay, không ai khác dùng được. Trả lại hay quá hạn thì số ở lại trong sổ là “hủy số” kèm lý do.")],
    ))  # fmt: skip


def release(request: HttpRequest, reservation_id: int) -> HttpResponse:
    kept = reserving.reservation_for(request.actor, reservation_id, on=request.today)

    def give_back(data: dict[str, Any]) -> Any:
        return reserving.release(request.actor, on=request.today, reservation_id=reservation_id, reason=data["reason"])

    return verb_page(request, VerbPage(
        title=_("Trả lại số %(symbol)s") % {"symbol": kept.symbol}, submit=_("Trả lại số"), done=_("Đã trả lại số."),
        back=reverse("web:reservations"), call=give_back, form=ReasonForm(request.POST or None), about=kept.reason, danger=True,
        consequences=[_("Số %(symbol)s ở lại trong sổ với lý do, không dùng lại.") % {"symbol": kept.symbol}],
    ))  # fmt: skip


def congress_list(request: HttpRequest) -> HttpResponse:
    """Các kỳ đại hội của cấp ủy mình phục vụ."""
    found = selectors.congresses(request.actor, on=request.today)
    return render(request, "web/pages/congresses.html", {
        "congresses": found, "units": shown_units({held.unit_id for held in found}, on=request.today), "may_open": _may_issue(request),
    })  # fmt: skip


def open_congress(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.ISSUE, on=request.today)
    form = CongressForm(request.POST or None, committees=_organs(request, kind=Kind.COMMITTEE))

    def hold(data: dict[str, Any]) -> Congress:
        values = {("unit_id" if name == "unit" else name): value for name, value in data.items()}
        return congresses.open_congress(request.actor, on=request.today, **values)

    return verb_page(request, VerbPage(
        title=_("Mở sổ đại hội"), submit=_("Mở sổ"), done=_("Đã mở sổ đại hội."), back=reverse("web:congresses"), call=hold, form=form,
        about=_("Từ phiên trù bị tới ngày bế mạc, văn bản của đại hội chung một dãy số cho mọi tên loại, ký hiệu ĐH."),
    ))  # fmt: skip


def change_closing(request: HttpRequest, congress_id: int) -> HttpResponse:
    held = next((one for one in selectors.congresses(request.actor, on=request.today) if one.pk == congress_id), None)
    form = ClosingForm(request.POST or None, initial={"closes_on": held.closes_on if held else None})

    def change(data: dict[str, Any]) -> Congress:
        return congresses.change_closing(request.actor, on=request.today, congress_id=congress_id, closes_on=data["closes_on"])

    return verb_page(request, VerbPage(
        title=_("Đổi ngày bế mạc"), submit=_("Lưu"), done=_("Đã đổi ngày bế mạc."), back=reverse("web:congresses"), call=change, form=form,
        about=held.name if held else "",
    ))  # fmt: skip


def _may_issue(request: HttpRequest) -> bool:
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    return bool(acting and acting.may(Verb.ISSUE))


def _organs(request: HttpRequest, *, kind: str = "") -> Grouped:
    """Cơ quan mà vị trí đang dùng giữ sổ."""
    acting = next(s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id)
    found = units_at(acting.units, on=request.today).values()
    return [(_("Cơ quan"), [(u.id, u.name) for u in found if u.is_open and u.is_organ and kind in ("", u.kind)])]
