"""Động từ trên một văn bản."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tinhgon.documents import services
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.selectors.remarks import templates_of
from tinhgon.web.choices import receivers
from tinhgon.web.forms import documents as forms
from tinhgon.web.forms.processing import RouteForm
from tinhgon.web.pages.documents import exchange, issuing
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page

Make = Callable[[HttpRequest, Document], VerbPage]


def act(request: HttpRequest, document_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/van-ban/<số>/<việc>/``."""
    if verb not in _VERBS:
        raise Http404
    to, make = _VERBS[verb]
    document = document_for(request.actor, document_id, to=to, on=request.today)
    return verb_page(request, make(request, document))


def _common(request: HttpRequest, document: Document) -> dict[str, Any]:
    return {"actor": request.actor, "on": request.today, "document_id": document.pk}


def _plain(function: Callable[..., Any], common: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    actor, rest = common["actor"], {key: value for key, value in common.items() if key != "actor"}
    return lambda data: function(actor, **rest, **data)


def _send(request: HttpRequest, document: Document) -> VerbPage:
    return VerbPage(
        title=_("Trình cấp số"), submit=_("Trình cấp số"), done=_("Đã trình văn thư cấp số."), back=address(document),
        call=_plain(services.send_to_issue, _common(request, document)), about=document.summary,
        consequences=[_("Từ lúc trình, văn thư thấy dự thảo và bạn không sửa được nữa, trừ khi văn thư trả lại.")],
    )  # fmt: skip


def _attach(request: HttpRequest, document: Document) -> VerbPage:
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def add(data: dict[str, Any]) -> Any:
        file = data["file"]
        return services.attach(request.actor, on=request.today, document_id=document.pk, name=file.name, content=file)

    return VerbPage(
        title=_("Đính kèm tệp"), submit=_("Đính kèm"), done=_("Đã đính kèm."), back=address(document), call=add, form=form,
        about=document.summary,
    )  # fmt: skip


def _return_draft(request: HttpRequest, document: Document) -> VerbPage:
    return VerbPage(
        title=_("Trả lại dự thảo"), submit=_("Trả lại người soạn"), done=_("Đã trả lại người soạn."), back=address(document),
        call=_plain(services.return_draft, _common(request, document)), form=forms.ReasonForm(request.POST or None),
        about=document.summary,
    )  # fmt: skip


def _drop(request: HttpRequest, document: Document) -> VerbPage:
    return VerbPage(
        title=_("Bỏ dự thảo"), submit=_("Bỏ dự thảo này"), done=_("Đã bỏ dự thảo."), back=address(document), danger=True,
        call=_plain(services.drop_draft, _common(request, document)), form=forms.ReasonForm(request.POST or None),
        about=document.summary,
        consequences=[_("Các bước đang chờ (ý kiến, thẩm định, ký duyệt, cấp số) thôi; các bản và lịch sử ở lại. Bỏ rồi không dùng lại được.")],
    )  # fmt: skip


def _void(request: HttpRequest, document: Document) -> VerbPage:
    lines = document.lines.filter(state__in=RoutingLine.OPEN).count()
    said = [_("Số %(symbol)s ở lại trong sổ với lý do, không dùng lại.") % {"symbol": document.symbol or document.number}]
    if lines:
        said.append(ngettext("%(count)d dòng chuyển đang mở sẽ bị thu hồi.", "%(count)d dòng chuyển đang mở sẽ bị thu hồi.", lines) % {"count": lines})
    return VerbPage(
        title=_("Hủy số"), submit=_("Hủy số này"), done=_("Đã hủy số."), back=address(document), danger=True,
        call=_plain(services.void, _common(request, document)), form=forms.ReasonForm(request.POST or None),
        about=document.summary, consequences=said,
    )  # fmt: skip


def _route(request: HttpRequest, document: Document) -> VerbPage:
    form = RouteForm(
        request.POST or None, units=receivers(document.holder_id, on=request.today),
        templates=templates_of(request.actor, on=request.today),
    )  # fmt: skip

    def send(data: dict[str, Any]) -> Any:
        return services.route(
            request.actor, on=request.today, document_id=document.pk, lead_id=data["lead"], coordinating=data["coordinating"],
            for_information=data["for_information"], remark=data["remark"], due_on=data["due_on"], working_days=data["working_days"],
        )  # fmt: skip

    return VerbPage(
        title=_("Chuyển xử lý"), submit=pgettext("nút", "Chuyển"), done=_("Đã chuyển."), back=address(document), call=send, form=form,
        about=document.summary, keep=f"but-phe-{document.pk}",
    )  # fmt: skip


def _complete(request: HttpRequest, document: Document) -> VerbPage:
    return VerbPage(
        title=_("Khép lại văn bản"), submit=_("Đã xử lý xong"), done=_("Văn bản đã xử lý xong."), back=address(document),
        call=_plain(services.complete_document, _common(request, document)), about=document.summary,
        consequences=[_("Văn bản rời khỏi danh sách việc đang xử lý; lịch sử và tệp ở lại.")],
    )  # fmt: skip


_VERBS: dict[str, tuple[str, Make]] = {
    **exchange.VERBS,
    "trinh-cap-so": ("send_to_issue", _send),
    "dinh-kem": ("see", _attach),
    "tra-du-thao": ("return_draft", _return_draft),
    "bo-du-thao": ("drop", _drop),
    "huy-so": ("void", _void),
    "chuyen": ("route", _route),
    "xong": ("complete", _complete),
    **issuing.VERBS,
}
