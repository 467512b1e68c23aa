"""Danh sách các lần sắp xếp, và lập một lần mới."""

from itertools import groupby

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.org.models import Level
from tinhgon.org.rights import Verb
from tinhgon.reorg import selectors, services
from tinhgon.reorg.access import require_preparer
from tinhgon.reorg.comparison.comparing import may_compare
from tinhgon.reorg.models import Reorganisation
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.verbs import VerbPage, verb_page

State = Reorganisation.State


DRAFTS = (State.DRAFT, State.INVENTORY, State.DECIDED)


def reorganisations(request: HttpRequest) -> HttpResponse:
    """Phương án đang soạn, gom theo ngày hiệu lực (cùng đứng trên một bộ máy); rồi những lần đã thực hiện."""
    columns = [
        Column("ten", _("Lần sắp xếp"), ("name",), "main-cell"),
        Column("quyet-dinh", _("Theo quyết định"), ("decree_number",)),
        Column("hieu-luc", _("Hiệu lực"), ("effective_on",)),
        Column("don-vi", _("Đơn vị mới"), ("new_units",), "number"),
        Column("trang-thai", _("Trạng thái"), ("state",)),
        Column("con-gi", _("Việc kế tiếp")),
    ]
    every = selectors.listed(request.actor, on=request.today)
    drafts = list(every.filter(state__in=DRAFTS).select_related("copied_from").order_by("effective_on", "pk"))
    rows = every.exclude(state__in=DRAFTS)
    listing = Listing(request, rows, columns, "web/pages/reorg/list_row.html", default_sort="-hieu-luc")
    undecided = selectors.undecided_counts(drafts)
    for reorg in (*drafts, *listing.items):
        reorg.next_step = _next_step(reorg, undecided.get(reorg.pk, 0))
    may_create = any(
        s.may(Verb.PREPARE_REORG) and s.level == Level.PROVINCE
        for s in request.scope.standings
        if s.appointment_id == request.actor.appointment_id
    )
    groups = [(day, list(found)) for day, found in groupby(drafts, key=lambda reorg: reorg.effective_on)]
    context = {"may_create": may_create, "may_compare": may_compare(request.actor, on=request.today), "groups": groups}
    return list_page(request, "web/pages/reorg/list.html", listing, context)


def _next_step(reorg: Reorganisation, undecided: int) -> str:
    """Một câu: cái gì đang chặn, hoặc việc kế tiếp."""
    if reorg.state == State.INVENTORY and undecided:
        return selectors.waiting_sentence(undecided)
    if reorg.state == State.DECIDED and reorg.is_scheduled:
        return _("Đã hẹn chuyển giao ngày %(day)s.") % {"day": f"{reorg.effective_on:%d/%m/%Y}"}
    sentences = {
        State.DRAFT: _("Vẽ xong thì kiểm kê những gì các đơn vị đang giữ.") if reorg.edges else _("Vẽ trên bảng, hay nhập từ tệp."),
        State.INVENTORY: _("Xem trước rồi chốt phương án."),
        State.DECIDED: _("Chuyển giao từ ngày hiệu lực."),
        State.APPLYING: _("Đang chuyển giao."),
        State.UNDOING: _("Đang hoàn tác."),
        State.APPLIED: _("In biên bản, khép lại khi hai bên đã ký."),
    }
    return sentences.get(State(reorg.state), "")


class CreateForm(PlainForm):
    layout = (("name",), ("decree_number", "decree_date"), ("effective_on",))

    name = forms.CharField(
        label=gettext_lazy("Tên"), max_length=200,
        help_text=gettext_lazy("Ví dụ: Sắp xếp đơn vị hành chính và tổ chức đảng 01/7/2025"),
    )  # fmt: skip
    decree_number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=80)
    decree_date = DayField(label=gettext_lazy("Ngày quyết định"))
    effective_on = DayField(
        label=gettext_lazy("Ngày hiệu lực"),
        help_text=gettext_lazy("Từ ngày này đơn vị mới hoạt động, đơn vị cũ kết thúc. Trước ngày này chỉ hẹn chuyển giao được."),
    )  # fmt: skip


def create(request: HttpRequest) -> HttpResponse:
    require_preparer(request.actor, on=request.today)
    return verb_page(
        request,
        VerbPage(
            title=_("Lập lần sắp xếp"),
            about=_("Ghi quyết định và ngày hiệu lực; bước sau vẽ bộ máy mới trên bảng, hay nhập từ tệp."),
            submit=_("Lập phương án"),
            done=_("Đã lập. Bước kế tiếp: vẽ bộ máy mới, hay nhập từ tệp."),
            back=reverse("web:reorg"),
            form=CreateForm(request.POST or None),
            call=lambda chosen: services.create(request.actor, **chosen),
            land=lambda made: reverse("web:reorg_board", args=[made.pk]),
            keep="sap-xep-moi",
        ),
    )
