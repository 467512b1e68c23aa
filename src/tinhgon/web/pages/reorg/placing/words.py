"""Lời của ban tổ chức, luôn kèm lý do: về một người và một vị trí (ghim, cấm, kiêm nhiệm), về hai người (cùng nơi, không cùng đơn vị)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import checks, services
from tinhgon.reorg.models import PlacementPair, PlacementPin
from tinhgon.reorg.placing import assembly
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.fields import PickerField
from tinhgon.web.pages.reorg.common import number_in, told
from tinhgon.web.pages.reorg.placing.common import Desk, desk_for
from tinhgon.web.verbs import VerbPage, verb_page

_REASON = gettext_lazy("Hiện ở trang của người ấy và trong nhật ký.")


class PinForm(PlainForm):
    kind = forms.ChoiceField(label=gettext_lazy("Điều gì"), choices=PlacementPin.Kind.choices, widget=forms.RadioSelect, initial="pin")
    person_id = PickerField(label=gettext_lazy("Người"))
    post_id = PickerField(label=gettext_lazy("Vị trí"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, help_text=_REASON)


class PairForm(PlainForm):
    kind = forms.ChoiceField(label=gettext_lazy("Điều gì"), choices=PlacementPair.Kind.choices, widget=forms.RadioSelect, initial="apart")
    person_id = PickerField(label=gettext_lazy("Người thứ nhất"))
    other_id = PickerField(label=gettext_lazy("Người thứ hai"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, help_text=_REASON)


def pin(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Ghim một người vào một vị trí, không cho xếp vào, hay cho kiêm nhiệm."""
    desk = desk_for(request, reorg_id, to="place")
    form = PinForm(request.POST or None, initial={"person_id": number_in(request, "nguoi"), "post_id": number_in(request, "vi-tri")})
    form.fields["person_id"].offer(people_choices(desk))
    form.fields["post_id"].offer(post_choices(desk))
    verb = VerbPage(
        title=_("Ghim, cấm, kiêm nhiệm"), submit=_("Ghi"), done=_("Đã ghi. Tính lại để phương án theo lời này."), back=desk.home(), form=form,
        about=_("Lời của ban tổ chức đứng trên mọi thanh kéo, và luôn kèm lý do."),
        consequences=[_("Kiêm nhiệm giữ một ghế trong phương án; chuyển giao mở phân công chính và phân công kiêm nhiệm cùng lúc, quyền và việc theo cả hai.")],
        call=lambda data: services.pin(request.actor, reorg_id, **data),
    )  # fmt: skip
    return verb_page(request, verb)


@require_POST
def unpin(request: HttpRequest, reorg_id: int, pin_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.unpin(request.actor, reorg_id, pin_id=pin_id), _("Đã bỏ. Tính lại để phương án theo."))
    return redirect(desk.home())


def pair(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Hai người cùng một xã, phường, hay không cùng một đơn vị."""
    desk = desk_for(request, reorg_id, to="place")
    people, form = people_choices(desk), PairForm(request.POST or None)
    form.fields["person_id"].offer(people)
    form.fields["other_id"].offer(people)
    verb = VerbPage(
        title=_("Lời về hai người"), submit=_("Ghi"), done=_("Đã ghi. Tính với đủ luật để phương án theo lời này."), back=desk.home(), form=form,
        about=_("Vợ chồng muốn gần nhau; người thân không cùng một đơn vị; hai người cần làm cùng một nơi."),
        consequences=[_("Kéo thanh chỉ nói lời nào chưa giữ được; tính với đủ luật mới tìm cách giữ.")],
        call=lambda data: services.pair(request.actor, reorg_id, **data),
    )  # fmt: skip
    return verb_page(request, verb)


@require_POST
def unpair(request: HttpRequest, reorg_id: int, pair_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.unpair(request.actor, reorg_id, pair_id=pair_id), _("Đã bỏ."))
    return redirect(desk.home())


def people_choices(desk: Desk) -> list[tuple[int, str]]:
    """Mọi người của các đơn vị giao: tên, chức danh, đơn vị."""
    found = assembly.movers(desk.reorg)
    names = checks.unit_names(sorted({one.unit_id for one in found}), desk.reorg)
    return [(one.person_id, f"{one.name} · {one.title}, {names[one.unit_id]}") for one in sorted(found, key=lambda one: one.name)]


def post_choices(desk: Desk) -> list[tuple[int, str]]:
    """Mọi vị trí nhận người: đơn vị, chức danh."""
    posts = list(desk.reorg.planned_posts.order_by("unit", "rank", "pk"))
    names = checks.unit_names(sorted({one.unit_id for one in posts}), desk.reorg)
    return sorted(((one.pk, f"{names[one.unit_id]} · {one.title}") for one in posts), key=lambda pair: pair[1])
