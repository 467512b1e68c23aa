"""Ý kiến và quyết định: ai đồng ý, ai chưa và vì sao, trả lời, rồi thường trực quyết định. Và trang đề xuất của chính mình."""

from django import forms
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import access, checks, selectors, services, work_access
from tinhgon.reorg.models import Placement, Proposal, SecondPost
from tinhgon.reorg.placing import explaining
from tinhgon.reorg.placing.drift import drift
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.placing.common import desk_for, summary
from tinhgon.web.verbs import VerbPage, verb_page

SHOWN = ("objected", "answered", "proposed", "agreed")


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Ý kiến theo trạng thái, chưa đồng ý trước."""
    desk = desk_for(request, reorg_id)
    placement = desk.placement
    wanted = request.GET.get("loai", "")
    rows = Proposal.objects.filter(placement=placement).select_related("person", "post", "appointment__post", "answered_by").prefetch_related("seconds__post")
    if wanted in SHOWN:
        rows = rows.filter(state=wanted)
    rows = rows.annotate(turn=Case(*(When(state=state, then=place) for place, state in enumerate(SHOWN))))
    columns = [
        Column("nguoi", _("Người"), ("person__name_key", "pk"), "main-cell"), Column("de-xuat", _("Đề xuất")),
        Column("y-kien", _("Ý kiến"), ("turn", "person__name_key", "pk")), Column("tra-loi", _("Trả lời")),
    ]  # fmt: skip
    listing = Listing(request, rows, columns, "web/pages/reorg/placing/opinion_row.html", default_sort="y-kien")
    units = {one.post.unit_id for one in listing.items if one.post} | {one.appointment.post.unit_id for one in listing.items}
    units |= {second.post.unit_id for one in listing.items for second in one.seconds.all()}
    counted = selectors.opinions(placement) if placement else {}
    context = {
        "case": desk.case, "reorg": desk.reorg, "desk": desk, "placement": placement, "view": wanted,
        "summary": summary(placement) if placement else "", "names": checks.unit_names(sorted(units), desk.reorg),
        "counted": [(state, Proposal.State(state).label, counted.get(state, 0)) for state in SHOWN], "unanswered": counted.get("objected", 0),
        "empty": {"title": _("Chưa có đề xuất nào."), "hint": _("Tính một phương án bố trí trước."), "url": desk.home(), "action": _("Tới phương án")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/placing/opinions.html", listing, context)


@require_POST
def consult(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    done = told(request, lambda: services.consult(request.actor, placement_id), _("Đã đưa ra lấy ý kiến: mỗi người thấy đề xuất của mình."))
    return redirect(desk.url("reorg_opinions") if done else f"{desk.url('reorg_placement')}?pa={placement_id}")


@require_POST
def call_back(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.call_back(request.actor, placement_id), _("Đã thôi lấy ý kiến."))
    return redirect(f"{desk.url('reorg_placement')}?pa={placement_id}")


class AnswerForm(PlainForm):
    text = forms.CharField(label=gettext_lazy("Trả lời"), widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("Người ấy đọc được lời này."))


def answer(request: HttpRequest, reorg_id: int, proposal_id: int) -> HttpResponse:
    """Trả lời một ý kiến chưa đồng ý."""
    desk = desk_for(request, reorg_id, to="place")
    one = access.proposal_for(request.actor, proposal_id, to="place", on=request.today)
    verb = VerbPage(
        title=_("Trả lời %(name)s") % {"name": one.person.full_name}, submit=_("Gửi trả lời"), done=_("Đã trả lời."),
        back=desk.url("reorg_opinions"), about=one.opinion, form=AnswerForm(request.POST or None, initial={"text": one.answer}),
        call=lambda data: services.answer(request.actor, proposal_id, text=data["text"]), keep=f"tra-loi-{proposal_id}",
    )  # fmt: skip
    return verb_page(request, verb)


class DecreeForm(PlainForm):
    decree = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=120, help_text=gettext_lazy("Ví dụ: 2580-QĐ/TU ngày 28/6/2025"))


def decide(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Thường trực quyết định, sau khi mọi ý kiến đã được trả lời."""
    desk = desk_for(request, reorg_id, to="decide")
    placement = access.placement_for(request.actor, placement_id, to="decide", on=request.today)
    counted = selectors.opinions(placement)
    consequences = [
        summary(placement),
        _("%(agreed)d người đồng ý, %(open)d ý kiến chưa đồng ý chưa được trả lời, %(silent)d người chưa cho ý kiến.")
        % {"agreed": counted["agreed"], "open": counted["objected"], "silent": counted["proposed"]},
        _("Khi chuyển giao, mỗi người tới đúng vị trí trong phương án; người chưa có chỗ thì chờ bố trí ở đơn vị kế thừa."),
        *_seconds_told(placement),
    ]
    verb = VerbPage(
        title=_("Quyết định bố trí"), submit=_("Quyết định"), done=_("Đã quyết định bố trí. Hãy xem trước và chốt lại kế hoạch chuyển giao."),
        back=desk.url("reorg_opinions"), form=DecreeForm(request.POST or None), consequences=consequences,
        call=lambda data: services.decide_placement(request.actor, placement_id, decree=data["decree"]), land=lambda _made: desk.url("reorg_preview"),
    )  # fmt: skip
    return verb_page(request, verb)


def _seconds_told(placement: Placement) -> list[str]:
    count = SecondPost.objects.filter(proposal__placement=placement).count()
    return [_("%(count)d phân công kiêm nhiệm được mở cùng lúc, quyền và việc theo cả hai vị trí.") % {"count": count}] if count else []


class ReasonForm(PlainForm):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def withdraw(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Rút quyết định khi chưa chuyển giao."""
    desk = desk_for(request, reorg_id, to="decide")
    verb = VerbPage(
        title=_("Rút quyết định bố trí"), submit=_("Rút quyết định"), done=_("Đã rút. Phương án lại đang lấy ý kiến."), danger=True,
        back=desk.url("reorg_opinions"), form=ReasonForm(request.POST or None),
        consequences=[_("Kế hoạch chuyển giao về như khi chưa bố trí; phải xem trước và chốt lại.")],
        call=lambda data: services.withdraw_decision(request.actor, placement_id, reason=data["reason"]),
    )  # fmt: skip
    return verb_page(request, verb)


class OpinionForm(PlainForm):
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Ý kiến của tôi"), choices=[("1", gettext_lazy("Đồng ý")), ("0", gettext_lazy("Chưa đồng ý"))],
        widget=forms.RadioSelect, coerce=lambda value: value == "1",
    )  # fmt: skip
    opinion = forms.CharField(
        label=gettext_lazy("Lý do"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Bắt buộc khi chưa đồng ý. Ban tổ chức đọc và trả lời từng ý kiến."),
    )  # fmt: skip


def mine(request: HttpRequest) -> HttpResponse:
    """Đề xuất bố trí cho chính mình: vị trí, vì sao, cho ý kiến."""
    found = list(access.own_proposals(request.actor, on=request.today).select_related("appointment__post", "answered_by").prefetch_related("seconds__post").order_by("-pk"))
    one = found[0] if found else None
    form = OpinionForm(request.POST or None, initial=_said(one))
    if request.method == "POST" and one and form.is_valid():
        made = attempt(form, lambda: services.say(request.actor, one.pk, **form.cleaned_data))
        if made:
            return redirect(f"{reverse('web:own_placement')}?xong=1")
    places = sorted({one.post.unit_id, *(second.post.unit_id for second in one.seconds.all())}) if one and one.post else []
    names = checks.unit_names(places, one.placement.reorganisation) if one else {}
    reasons = explaining.own_reasons(one.placement, one.person_id) if one and one.placement.state == Placement.State.CONSULTING and not drift(one.placement) else ()
    context = {
        "one": one, "form": form, "reasons": reasons, "names": names, "may_say": bool(one and one.placement.state == Placement.State.CONSULTING), "is_done": "xong" in request.GET, "acts": access.own_acts(request.actor, on=request.today),
        "led": work_access.led_reorganisations(request.actor, on=request.today),
    }  # fmt: skip
    return render(request, "web/pages/reorg/placing/mine.html", context)


def _said(one: Proposal | None) -> dict[str, str]:
    if one is None or one.state == Proposal.State.PROPOSED:
        return {}
    return {"agrees": "1" if one.state == Proposal.State.AGREED else "0", "opinion": one.opinion}
