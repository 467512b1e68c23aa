"""Văn bản cho từng người: đặt soạn, trình ký, ai đã có văn bản gì, còn thiếu gì trước chuyển giao; và bản đã ban hành của chính mình."""

from datetime import timedelta

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tinhgon.documents.selectors.templates import templates_for
from tinhgon.files.services import open_file
from tinhgon.reorg import access, checks, services
from tinhgon.reorg.models import ActOrder, Placement, Proposal
from tinhgon.reorg.selectors import acts as reads
from tinhgon.reorg.services import acting
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.placing.common import Desk, desk_for, figure
from tinhgon.web.verbs import VerbPage, verb_page

LABELS = {
    "missing": gettext_lazy("Chưa soạn"), "draft": gettext_lazy("Dự thảo"), "approving": gettext_lazy("Đang trình ký"),
    "ready": gettext_lazy("Chờ cấp số"), "issued": gettext_lazy("Đã ban hành"), "revoke": gettext_lazy("Phải thu hồi"),
}  # fmt: skip
_OBJECTION_DAYS = 10


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Danh sách người của phương án đã quyết định, với văn bản của mỗi người; phương án đã rút thì chỉ còn bản phải thu hồi."""
    desk = desk_for(request, reorg_id)
    placement, order = reads.decided(desk.reorg), reads.order_of(desk.reorg)
    counted = reads.counts(desk.reorg)
    stage, text = request.GET.get("chang", ""), request.GET.get("tim", "").strip()
    columns = [
        Column("nguoi", _("Người"), ("person__name_key", "pk"), "main-cell"), Column("moi", _("Vị trí mới")), Column("van-ban", _("Văn bản")),
    ]  # fmt: skip
    listing = Listing(
        request, _rows(desk, placement, stage, text), columns, "web/pages/reorg/placing/act_row.html", default_sort="nguoi",
        prepare=lambda found: reads.rows_of(desk.reorg, found),
    )  # fmt: skip
    shown = [row.proposal for row in listing.items]
    units = {one.post.unit_id for one in shown if one.post} | {one.appointment.post.unit_id for one in shown}
    units |= {second.post.unit_id for one in shown for second in one.seconds.all()}
    context = {
        "case": desk.case, "reorg": desk.reorg, "desk": desk, "placement": placement or desk.placement, "order": order, "view": stage, "text": text,
        "counted": [(name, label, counted[name]) for name, label in LABELS.items() if name != "revoke" or counted[name]],
        "lead": _lead(placement, order, counted), "may_order": bool(placement) and desk.is_open and "place" in desk.may,
        "may_submit": bool(placement) and "place" in desk.may and counted["draft"] > 0, "is_running": _is_running(order),
        "names": checks.unit_names(sorted(units), desk.reorg), "drift": desk.drift if placement else "",
        "empty": {"title": _("Chưa có quyết định bố trí."), "hint": _("Thường trực quyết định phương án bố trí trước, rồi mới soạn văn bản cho từng người."), "url": desk.url("reorg_opinions"), "action": _("Tới ý kiến và quyết định")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/placing/acts.html", listing, context)


def _rows(desk: Desk, placement: Placement | None, stage: str, text: str):
    """Đã rút quyết định: vẫn liệt kê người có văn bản phải thu hồi, trong phương án đang xem."""
    shown = placement or desk.placement
    if shown is None:
        return Proposal.objects.none()
    return reads.proposals(shown, stage if placement else "revoke", text=text)


def _lead(placement: Placement | None, order: ActOrder | None, counted: dict[str, int]) -> str:
    """Một câu: trước chuyển giao còn thiếu gì."""
    if placement is None:
        return _("Chưa có phương án bố trí nào được quyết định.") if not counted["revoke"] else _("Quyết định bố trí đã rút; các văn bản đã ban hành phải được thu hồi.")
    left = [(name, counted[name]) for name in ("missing", "draft", "approving", "ready", "revoke") if counted[name]]
    if order is None:
        return _("%(count)s người cần quyết định hay thông báo, chưa soạn văn bản nào.") % {"count": figure(counted["missing"])}
    if not left:
        return _("Mọi người đã có văn bản ban hành: không thiếu gì trước chuyển giao.")
    parts = ", ".join(f"{figure(count)} {str(LABELS[name])[:1].lower()}{str(LABELS[name])[1:]}" for name, count in left)
    return _("Trước chuyển giao còn: %(parts)s.") % {"parts": parts}


def _is_running(order: ActOrder | None) -> bool:
    job = order.progress if order else None
    return bool(job and job.state in (job.State.WAITING, job.State.RUNNING))


class OrderForm(PlainForm):
    """Đặt soạn. Người ký chọn trong lãnh đạo của cơ quan đứng tên."""

    form = forms.ChoiceField(label=gettext_lazy("Quyết định"), choices=ActOrder.Form.choices, widget=forms.RadioSelect, help_text=gettext_lazy("Danh sách kèm theo chỉ dùng khi quy định cho phép quyết định chung; thông báo luôn riêng từng người."))
    issuer_id = forms.TypedChoiceField(label=gettext_lazy("Cơ quan đứng tên"), coerce=int)
    signer_id = forms.TypedChoiceField(label=gettext_lazy("Người ký"), coerce=int, help_text=gettext_lazy("Cấp ủy là tập thể: ký thay mặt Ban Thường vụ."))
    object_by = DayField(label=gettext_lazy("Hạn nêu ý kiến"), help_text=gettext_lazy("In trong thông báo."))
    bases = forms.CharField(
        label=gettext_lazy("Căn cứ khác"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi căn cứ một dòng: quy định về phân cấp quản lý cán bộ, quy chế làm việc… Quyết định sắp xếp và quyết định bố trí đã có sẵn."),
    )  # fmt: skip
    decision_template_id = forms.TypedChoiceField(label=gettext_lazy("Mẫu quyết định"), required=False, coerce=int, empty_value=None)
    notice_template_id = forms.TypedChoiceField(label=gettext_lazy("Mẫu thông báo"), required=False, coerce=int, empty_value=None)
    layout = (("form",), ("issuer_id", "signer_id"), ("object_by",), ("bases",), ("decision_template_id", "notice_template_id"))

    def __init__(self, *args, issuers, signers: Grouped, templates, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer_id"].choices = [(unit.id, unit.name) for unit in issuers]
        self.fields["signer_id"].choices = signers
        for name, code in (("decision_template_id", acting.DECISION), ("notice_template_id", acting.NOTICE)):
            own = [(one.pk, one.name) for one in templates if one.type.code == code]
            if own:
                self.fields[name].choices = [("", _("Chữ có sẵn của chương trình")), *own]
            else:
                del self.fields[name]


def order(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Đặt soạn, hay soạn lại cho khớp: biểu mẫu điền sẵn như lần trước."""
    desk = desk_for(request, reorg_id, to="place")
    before, counted = reads.order_of(desk.reorg), reads.counts(desk.reorg)
    issuers = acting.issuers(request.actor)
    leaders = {unit: acting.leaders(unit.id) for unit in issuers}
    signers: Grouped = [(unit.name, [(line.person_id, f"{line.full_name}, {line.title}") for line in found]) for unit, found in leaders.items()]
    standing = next(s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id)
    form = OrderForm(
        request.POST or None, issuers=issuers, signers=signers, templates=list(templates_for(standing.unit_id, on=request.today)),
        initial=_initial(before, request, {line.full_name: line.person_id for found in leaders.values() for line in found}),
    )  # fmt: skip
    said = ngettext("%(count)s người chưa có văn bản: mỗi người một dự thảo ở đơn vị của bạn.", "%(count)s người chưa có văn bản: mỗi người một dự thảo ở đơn vị của bạn.", counted["missing"])
    verb = VerbPage(
        title=_("Soạn quyết định và thông báo"), submit=_("Soạn"), done=_("Đã đặt soạn: việc nền đang làm, trang này kể tiến độ."),
        back=desk.url("reorg_acts"), form=form, keep=f"soan-van-ban-{reorg_id}",
        consequences=[
            said % {"count": figure(counted["missing"])},
            _("Các dự thảo là văn bản thường: thẩm định, trình ký, cấp số, đóng dấu, gửi như mọi văn bản. Chỉ nơi soạn, người ký duyệt, văn thư thấy; người được quyết định thấy khi đã ban hành."),
            _("Đặt lại không soạn hai lần: dự thảo có dữ liệu đã đổi thành bản mới, cái không còn cần thì bỏ, cái đã ban hành thì nêu để thu hồi."),
        ],
        call=lambda data: services.order_acts(request.actor, reorg_id, **data),
    )  # fmt: skip
    return verb_page(request, verb)


def _initial(before: ActOrder | None, request: HttpRequest, people: dict[str, int]) -> dict[str, object]:
    if before is None:
        return {"form": ActOrder.Form.EACH, "object_by": request.today + timedelta(days=_OBJECTION_DAYS)}
    kept = {name: getattr(before, name) for name in ("form", "issuer_id", "object_by", "bases", "decision_template_id", "notice_template_id")}
    return kept | {"signer_id": people.get(before.signer_name)}


@require_POST
def submit(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.submit_acts(request.actor, reorg_id), _("Việc nền đang trình ký các dự thảo."))
    return redirect(desk.url("reorg_acts"))


def own_final(request: HttpRequest, act_id: int) -> FileResponse:
    """Bản ban hành của văn bản về chính mình."""
    act = access.own_act_for(request.actor, act_id, on=request.today)
    final = reads.final_of(act)
    if final is None:
        raise Http404
    return FileResponse(open_file(final.file), filename=final.name, content_type="application/pdf")
