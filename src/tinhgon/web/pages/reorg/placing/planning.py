"""Trang "Bố trí cán bộ": một câu kết quả, thanh kéo tính lại ngay, theo đơn vị, người chưa có chỗ, lời của ban tổ chức, các phương án."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import checks, selectors, services
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import assembly, saying, solving, weighing
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.listing import Column
from tinhgon.web.pages.reorg.common import number_in, told
from tinhgon.web.pages.reorg.paging import Fetched
from tinhgon.web.pages.reorg.placing.common import SWITCHES, Desk, desk_for, show_desk, summary
from tinhgon.web.pages.reorg.placing.full import certificate, live_facts, verdict
from tinhgon.web.pages.reorg.placing.measuring import price_of_wishes, worth_leaning
from tinhgon.web.verbs import VerbPage, verb_page

SHOWN_WAITING = 20

SLIDERS = {
    "mastery": (gettext_lazy("Thạo việc chính"), gettext_lazy("Xếp người vào lĩnh vực mình giỏi nhất.")),
    "kind": (gettext_lazy("Kinh nghiệm, đổi mới"), gettext_lazy("Lĩnh vực cần kinh nghiệm giữ người lâu năm; lĩnh vực cần đổi mới đón người mới.")),
    "wishes": (gettext_lazy("Nguyện vọng"), gettext_lazy("Vị trí, đơn vị người ấy đã xếp trước.")),
    "moves": (gettext_lazy("Ít xáo trộn"), gettext_lazy("Đi cùng đơn vị của mình, và đi gần.")),
}

@dataclass(frozen=True, slots=True)
class Slider:
    name: str
    label: str
    help: str
    value: int


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Phương án đang xem."""
    desk = desk_for(request, reorg_id)
    placement = desk.placement
    if placement is None:
        return show_desk(desk, "empty.html", {"people": len(assembly.movers(desk.reorg)) if desk.is_open else 0, "is_taken": desk.is_open})
    context: dict[str, object] = {
        "summary": summary(placement), "sliders": _sliders(placement), "switches": _switches(placement),
        "opinions": selectors.opinions(placement) if placement.state != Placement.State.DRAFT else {}, **live_facts(placement),
    }  # fmt: skip
    if placement.computed_at and not desk.is_computing:
        context |= _result(request, desk, placement)
    return show_desk(desk, "planning.html", context)


def _result(request: HttpRequest, desk: Desk, placement: Placement) -> dict[str, object]:
    text = request.GET.get("tim", "").strip()

    def fetch(offset: int, limit: int):
        return selectors.units_of(placement, text=text, offset=offset, limit=limit)

    columns = [
        Column("don-vi", _("Đơn vị"), css="main-cell"), Column("vi-tri", _("Vị trí và người")), Column("ghe", _("Ghế"), css="number"),
        Column("nguoi", _("Người"), css="number"), Column("viec", _("Nhiệm vụ/người"), css="number"),
    ]  # fmt: skip
    waiting = selectors.waiting(placement)
    shown = list(waiting[:SHOWN_WAITING])
    pins, got = selectors.pins(desk.reorg), placement.figures
    units = {one.appointment.post.unit_id for one in shown} | {one.post.unit_id for one in pins}
    return {
        "listing": Fetched(request, fetch, columns, "web/pages/reorg/placing/unit_row.html", page_size=20),
        "text": text, "unmet": [saying.said(fact) for fact in got["unmet"]],
        "conflicts": [saying.said_conflict(one) for one in got.get("conflicts", ())],
        "waiting": shown, "waiting_more": max(placement.figures["unplaced"] - len(shown), 0),
        "verdict": verdict(placement), "certificate": certificate(placement), "price": price_of_wishes(placement), "leaning": worth_leaning(placement),
        "first_share": weighing.share(got["first"], got["seated"]), "top_share": weighing.share(got["top"], got["seated"]),
        "pairs": selectors.pairs(desk.reorg), "pins": pins, "pins_changed": selectors.pins_changed(placement), "names": checks.unit_names(sorted(units), desk.reorg),
    }  # fmt: skip


def _sliders(placement: Placement) -> list[Slider]:
    return [
        Slider(name, str(label), str(help_text), int(placement.weights.get(name, solving.defaults()[name])))
        for name, (label, help_text) in SLIDERS.items()
    ]


def _switches(placement: Placement) -> list[tuple[str, str, bool]]:
    return [(name, str(label), bool(placement.rules.get(name))) for name, label in SWITCHES.items()]


@require_POST
def start(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mở phương án và tính lần đầu."""
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.start(request.actor, reorg_id), _("Đã mở phương án và tính lần đầu."))
    return redirect(desk.url("reorg_placement"))


@require_POST
def tune(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Kéo thanh: tính lại rồi về trang; htmx lấy phần kết quả của trang ấy."""
    desk = desk_for(request, reorg_id, to="place")
    weights = {name: number_in(request, name) or 0 for name in SLIDERS}
    switches = {name: name in request.POST for name in SWITCHES}
    told(request, lambda: services.tune(request.actor, placement_id, weights=weights, switches=switches), _("Đã tính lại."))
    return redirect(f"{desk.url('reorg_placement')}?pa={placement_id}")


class NameForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên phương án"), max_length=120, help_text=gettext_lazy("Ví dụ: nghiêng về nguyện vọng"))


def keep_as(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Lưu thành một phương án khác."""
    desk = desk_for(request, reorg_id, to="place")
    home = desk.url("reorg_placement")
    verb = VerbPage(
        title=_("Lưu thành phương án khác"), submit=_("Lưu"), done=_("Đã lưu. Kéo thanh ở phương án mới không đổi phương án cũ."),
        back=f"{home}?pa={placement_id}", form=NameForm(request.POST or None),
        call=lambda data: services.keep_as(request.actor, placement_id, name=data["name"]),
        land=lambda made: f"{home}?pa={made.pk}",
    )  # fmt: skip
    return verb_page(request, verb)


@require_POST
def drop(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.drop(request.actor, placement_id), _("Đã bỏ phương án."))
    return redirect(desk.url("reorg_placement"))
