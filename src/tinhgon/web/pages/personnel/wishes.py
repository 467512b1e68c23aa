"""Nguyện vọng: các đợt, phiếu của mình, tổng hợp cho ban tổ chức."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import Forbidden, Reason
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.people import people_of
from tinhgon.personnel import services
from tinhgon.personnel.models import WishRound, WishSheet
from tinhgon.personnel.selectors import wishes as reads
from tinhgon.web.forms import personnel as personnel_forms
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


def rounds(request: HttpRequest) -> HttpResponse:
    found = list(reads.rounds_for(request.actor, on=request.today)[:50])
    own = set(WishSheet.objects.filter(person__user=request.actor.user_id, round__in=found).values_list("round", flat=True))
    rows = [(each, each.pk in own, each.closes_on >= request.today, reads.keeps(request.actor, each, on=request.today)) for each in found]
    return render(request, "web/pages/personnel/wish_rounds.html", {
        "rows": rows, "units": shown_units([each.root_id for each in found], on=request.today), "may_open": request.scope.may(Verb.KEEP_WISHES),
    })  # fmt: skip


def open_round(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_WISHES, on=request.today)
    return verb_page(request, VerbPage(
        title=_("Mở đợt nguyện vọng"), submit=_("Mở đợt"), done=_("Đã mở đợt nguyện vọng."), back=reverse("web:wish_rounds"),
        call=lambda data: services.open_wish_round(request.actor, on=request.today, **data), form=personnel_forms.WishRoundForm(request.POST or None),
        consequences=[_("Mọi người ở cấp mình và các cấp dưới ghi được phiếu của mình tới hết ngày khép. Chỉ người ghi và ban tổ chức xem được phiếu.")],
    ))  # fmt: skip


def sheet(request: HttpRequest, round_id: int) -> HttpResponse:
    """Phiếu của mình; đợt đã khép thì chỉ đọc."""
    found = reads.round_for(request.actor, round_id, on=request.today)
    own = reads.own_sheet(request.actor, round_id)
    if found.closes_on < request.today:
        return render(request, "web/pages/personnel/wish_closed.html", {
            "round": found, "line": reads.sheet_lines([own], on=request.today)[0] if own else None,
        })  # fmt: skip
    form = _form(request, found, own)

    def call(data: dict[str, Any]) -> Any:
        kept = {name: data[name] for name in ("near", "with_person_id", "agrees_to_move", "note")}
        return services.save_wishes(request.actor, on=request.today, round_id=round_id, wishes=form.wishes, **kept)

    return verb_page(request, VerbPage(
        title=_("Phiếu nguyện vọng"), submit=_("Ghi phiếu"), done=_("Đã ghi phiếu nguyện vọng."), back=reverse("web:wish_rounds"), call=call, form=form,
        about=found.title, keep=f"nguyen-vong-{round_id}", consequences=[
            *filter(None, [found.note]), _("Chỉ bạn và ban tổ chức xem được phiếu này. Sửa được tới hết ngày %(day)s.") % {"day": f"{found.closes_on:%d/%m/%Y}"},
        ],
    ))  # fmt: skip


def summary(request: HttpRequest, round_id: int) -> HttpResponse:
    """Tổng hợp cho ban tổ chức của cấp ủy mở đợt."""
    found = reads.round_for(request.actor, round_id, on=request.today)
    if not reads.keeps(request.actor, found, on=request.today):
        raise Forbidden(Reason("personnel.board_only", _("Chỉ ban tổ chức mở đợt này xem được các phiếu.")))
    sheets = reads.sheets_visible_to(request.actor, on=request.today).filter(round=found).select_related("person", "with_person")
    listing = Listing(
        request, sheets,
        columns=[
            Column("ten", _("Họ và tên"), ("person__name_key",)), Column("nguyen-vong", _("Nguyện vọng")),
            Column("dieu-dong", _("Điều động"), ("agrees_to_move", "person__name_key")), Column("dieu-kien", _("Điều kiện, hoàn cảnh")),
            Column("luc", _("Ghi lúc"), ("updated_at",)),
        ],
        row_template="web/rows/wish_sheet.html", default_sort="ten", prepare=lambda rows: reads.sheet_lines(rows, on=request.today),
    )  # fmt: skip
    empty = {"title": _("Chưa ai ghi phiếu."), "hint": _("Phiếu hiện ở đây khi người ta ghi; tới hết ngày khép họ còn sửa được.")}
    return list_page(request, "web/pages/personnel/wish_summary.html", listing, {"round": found, "empty": empty})


def _form(request: HttpRequest, found: WishRound, own: WishSheet | None) -> personnel_forms.WishForm:
    """Chỗ trống trước, rồi cả đơn vị; người cùng phạm vi để chọn vợ, chồng."""
    units = reads.units_of(found.root_id, on=request.today)
    posts = [(f"post-{p.post_id}", f"{p.title}, {p.unit_name}") for p in reads.open_posts(found.root_id, on=request.today)]
    places = [(_("Vị trí còn trống"), posts), (_("Cả đơn vị, vị trí nào cũng được"), sorted((f"unit-{u.id}", u.name) for u in units))]
    people = {line.person_id: f"{line.full_name}, {line.title}" for line in people_of([u.id for u in units], on=request.today)}
    initial: dict[str, Any] = {}
    if own:
        chosen = [f"post-{w.post_id}" if w.post_id else f"unit-{w.unit_id}" for w in own.wishes.all()]
        initial = dict(zip(("first", "second", "third"), chosen, strict=False)) | {
            "near": own.near, "with_person_id": own.with_person_id, "agrees_to_move": own.agrees_to_move, "note": own.note,
        }  # fmt: skip
    return personnel_forms.WishForm(request.POST or None, places=[group for group in places if group[1]], people=list(people.items()), initial=initial)
