"""Động từ trên một dòng luân chuyển: việc của đơn vị nhận, và thu hồi của đơn vị chuyển."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tinhgon.documents import services
from tinhgon.documents.access import line_for
from tinhgon.documents.branches import Branches
from tinhgon.documents.models import RoutingLine
from tinhgon.documents.selectors.remarks import templates_of
from tinhgon.web.choices import below, colleagues
from tinhgon.web.forms.documents import PersonForm, ReasonForm
from tinhgon.web.forms.processing import ForwardForm, ResultForm
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page


@transaction.atomic
def act_on_line(request: HttpRequest, line_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/van-ban/dong/<số>/<việc>/``."""
    if verb not in _LINE_VERBS:
        raise Http404
    to, make = _LINE_VERBS[verb]
    line = line_for(request.actor, line_id, to=to, on=request.today)
    return verb_page(request, make(request, line))


def _line(request: HttpRequest, line: RoutingLine, function: Callable[..., Any], **page: Any) -> VerbPage:
    def call(data: dict[str, Any]) -> Any:
        named = {("person_id" if key == "person" else key): value for key, value in data.items()}
        return function(request.actor, on=request.today, line_id=line.pk, **named)

    return VerbPage(back=address(line.document), call=call, about=line.document.summary, **page)


def _units_of(request: HttpRequest, line: RoutingLine) -> set[int]:
    """Đơn vị nhận, cùng các phòng và cơ quan mà vị trí của người đang xem gồm cả nó."""
    return {line.to_unit_id}.union(*(s.units for s in request.scope.standings if line.to_unit_id in s.units))


def _below(line: RoutingLine) -> list[str]:
    """Câu nói trước bao nhiêu dòng bên dưới sẽ thu hồi theo."""
    count = len(Branches(line.document.lines.all()).open_below(line))
    sentence = ngettext("%(count)d dòng đã chuyển xuống dưới cũng bị thu hồi.", "%(count)d dòng đã chuyển xuống dưới cũng bị thu hồi.", count)
    return [sentence % {"count": count}] if count else []


def _accept(request: HttpRequest, line: RoutingLine) -> VerbPage:
    return _line(request, line, services.accept_line, title=_("Tiếp nhận"), submit=_("Tiếp nhận"), done=_("Đã tiếp nhận."))


def _return_line(request: HttpRequest, line: RoutingLine) -> VerbPage:
    return _line(
        request, line, services.return_line, title=_("Trả lại nơi chuyển"), submit=_("Trả lại"), done=_("Đã trả lại nơi chuyển."),
        form=ReasonForm(request.POST or None), consequences=_below(line),
    )  # fmt: skip


def _assign(request: HttpRequest, line: RoutingLine) -> VerbPage:
    people = colleagues(_units_of(request, line), on=request.today)
    form = PersonForm(request.POST or None, people=people, initial={"person": line.assignee_id})
    return _line(request, line, services.assign_line, title=_("Giao người xử lý"), submit=_("Giao"), done=_("Đã giao."), form=form)


def _forward(request: HttpRequest, line: RoutingLine) -> VerbPage:
    form = ForwardForm(
        request.POST or None, units=below(line.to_unit_id, on=request.today),
        people=colleagues(_units_of(request, line), on=request.today), templates=templates_of(request.actor, on=request.today),
    )  # fmt: skip

    def send(data: dict[str, Any]) -> Any:
        return services.forward(
            request.actor, on=request.today, line_id=line.pk, lead_id=data.get("lead"), coordinating=data.get("coordinating", ()),
            for_information=data.get("for_information", ()), lead_person_id=data["lead_person"], persons=data["persons"],
            informed_persons=data["informed_persons"], remark=data["remark"], due_on=data["due_on"], working_days=data["working_days"],
        )  # fmt: skip

    return VerbPage(
        title=_("Chuyển xuống"), submit=_("Chuyển xuống"), done=_("Đã chuyển xuống."), back=address(line.document), call=send,
        form=form, about=line.document.summary, keep=f"chuyen-xuong-{line.pk}",
        consequences=[_("Dòng của đơn vị bạn còn mở cho tới khi bên dưới xong và bạn ghi kết quả. Chỉ chuyển để biết thì không đổi gì.")],
    )  # fmt: skip


def _finish(request: HttpRequest, line: RoutingLine) -> VerbPage:
    form = ResultForm(request.POST or None, request.FILES or None, with_files=not line.document.secrecy)

    def report(data: dict[str, Any]) -> Any:
        files = [(file.name, file) for file in data.get("files", ())]
        return services.finish_line(request.actor, on=request.today, line_id=line.pk, note=data["note"], files=files)

    return VerbPage(
        title=_("Báo kết quả, xong phần của đơn vị"), submit=pgettext("nút", "Đã xong"), done=_("Đã ghi xong phần của đơn vị."),
        back=address(line.document), call=report, form=form, about=line.document.summary, keep=f"ket-qua-{line.pk}",
    )  # fmt: skip


def _recall(request: HttpRequest, line: RoutingLine) -> VerbPage:
    return _line(
        request, line, services.recall_line, title=_("Thu hồi dòng chuyển"), submit=_("Thu hồi"), done=_("Đã thu hồi."), danger=True,
        consequences=[_("Đơn vị ấy không còn thấy văn bản qua dòng này."), *_below(line)],
    )  # fmt: skip


_LINE_VERBS: dict[str, tuple[str, Callable[[HttpRequest, RoutingLine], VerbPage]]] = {
    "tiep-nhan": ("accept", _accept),
    "tra-lai": ("return", _return_line),
    "giao": ("assign", _assign),
    "chuyen-xuong": ("forward", _forward),
    "xong": ("finish", _finish),
    "thu-hoi": ("recall", _recall),
}
