"""Nhiệm vụ: danh sách theo góc nhìn, một nhiệm vụ, giao việc và các động từ trên nó."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.access import document_for
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.standing_in import absences
from tinhgon.tasks import selectors, services
from tinhgon.tasks.access import task_for
from tinhgon.tasks.models import Task
from tinhgon.web.choices import colleagues, receivers
from tinhgon.web.forms import tasks as forms
from tinhgon.web.forms.documents import PersonForm, ReasonForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.verbs import VerbPage, verb_page

_VIEWS = {"": "", "toi": "mine", "chu-tri": "led", "da-giao": "assigned", "phoi-hop": "coordinating"}


def tasks(request: HttpRequest) -> HttpResponse:
    """``?goc=``: góc nhìn (việc của tôi, đơn vị chủ trì, đã giao, phối hợp); mặc định chỉ việc chưa xong."""
    data = request.GET.copy()
    data.setdefault("chi", "mo")
    filters = forms.TaskFilters(data)
    filters.is_valid()
    chosen, view = filters.cleaned_data, request.GET.get("goc", "")
    rows = selectors.tasks(request.actor, on=request.today, filters=selectors.Filters(
        view=_VIEWS.get(view, ""), text=chosen.get("tim", ""), state=chosen.get("trang_thai", ""),
        open_only=chosen.get("chi") == "mo", overdue=chosen.get("chi") == "qua-han", due_this_week=chosen.get("chi") == "tuan-nay",
    ))  # fmt: skip
    listing = Listing(
        request, rows,
        columns=[
            Column("noi-dung", _("Nội dung"), ("title",)),
            Column("chu-tri", _("Chủ trì")),
            Column("tien-do", _("Tiến độ"), ("progress",)),
            Column("han", _("Hạn"), ("due_on",)),
            Column("trang-thai", _("Trạng thái"), ("state",)),
        ],
        row_template="web/rows/task.html",
        default_sort="han",
        prepare=lambda found: selectors.rows_of(found, on=request.today),
    )  # fmt: skip
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    return list_page(request, "web/pages/tasks.html", listing, {
        "filters": filters, "view": view, "counts": selectors.counts(request.actor, on=request.today),
        "may_assign": bool(acting and acting.may(Verb.ASSIGN_TASK)),
        "empty": {
            "title": _("Không có nhiệm vụ nào ở góc nhìn này."),
            "hint": _("Nhiệm vụ hiện ở đây khi được giao cho bạn hoặc đơn vị của bạn, hay khi bạn giao cho đơn vị khác."),
        },
    })  # fmt: skip


def task(request: HttpRequest, task_id: int) -> HttpResponse:
    page = selectors.page(request.actor, task_id, on=request.today)
    away = absences([page.task.assignee_id] if page.task.assignee_id else [], on=request.today)
    return render(request, "web/pages/task.html", {"page": page, "task": page.task, "away": away})


def _address(task: Task) -> str:
    return reverse("web:task", args=[task.pk])


def assign(request: HttpRequest) -> HttpResponse:
    """Giao việc; ``?van-ban=``: từ một văn bản."""
    standing = require(request.actor, Verb.ASSIGN_TASK, on=request.today)
    assert standing is not None
    source_id = request.GET.get("van-ban", "")
    source = document_for(request.actor, int(source_id), on=request.today) if source_id.isdecimal() else None
    own = [(_("Đơn vị của tôi"), [(standing.unit_id, standing.unit_name)])]
    form = forms.AssignTaskForm(request.POST or None, units=own + receivers(standing.unit_id, on=request.today))

    def create(data: dict[str, Any]) -> Task:
        return services.assign_task(
            request.actor, on=request.today, title=data["title"], lead_id=data["lead"], coordinating=data["coordinating"],
            due_on=data["due_on"], detail=data["detail"], product=data["product"], source_id=source.pk if source else None,
        )  # fmt: skip

    back = reverse("web:document", args=[source.pk]) if source else reverse("web:tasks")
    return verb_page(request, VerbPage(
        title=_("Giao nhiệm vụ"), submit=_("Giao"), done=_("Đã giao nhiệm vụ."), back=back, call=create, form=form, land=_address,
        about=_("Từ văn bản %(document)s") % {"document": source} if source else _("Giao từ %(unit)s.") % {"unit": standing.unit_name},
        keep="giao-viec",
    ))  # fmt: skip


def act(request: HttpRequest, task_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/nhiem-vu/<số>/<việc>/``."""
    if verb not in _VERBS:
        raise Http404
    to, make = _VERBS[verb]
    found = task_for(request.actor, task_id, to=to, on=request.today)
    return verb_page(request, make(request, found))


def _page(request: HttpRequest, task: Task, function: Callable[..., Any], **page: Any) -> VerbPage:
    def call(data: dict[str, Any]) -> Any:
        named = {("person_id" if key == "person" else key): value for key, value in data.items()}
        return function(request.actor, on=request.today, task_id=task.pk, **named)

    return VerbPage(back=_address(task), call=call, about=task.title, **page)


def _accept(request: HttpRequest, task: Task) -> VerbPage:
    return _page(request, task, services.accept, title=_("Nhận nhiệm vụ"), submit=_("Nhận"), done=_("Đã nhận nhiệm vụ."))


def _person(request: HttpRequest, task: Task) -> VerbPage:
    units = {task.lead_id}.union(*(s.units for s in request.scope.standings if task.lead_id in s.units))
    form = PersonForm(request.POST or None, people=colleagues(units, on=request.today), initial={"person": task.assignee_id})
    return _page(
        request, task, services.assign_person, title=_("Phân công người thực hiện"), submit=_("Phân công"),
        done=_("Đã phân công."), form=form,
    )  # fmt: skip


def _report(request: HttpRequest, task: Task) -> VerbPage:
    form = forms.ProgressForm(request.POST or None, initial={"progress": task.progress})
    return _page(
        request, task, services.report_progress, title=_("Báo tiến độ"), submit=_("Báo"), done=_("Đã báo tiến độ."), form=form,
        keep=f"tien-do-{task.pk}",
    )  # fmt: skip


def _submit(request: HttpRequest, task: Task) -> VerbPage:
    return _page(
        request, task, services.submit, title=_("Nộp kết quả"), submit=_("Nộp"), done=_("Đã nộp, chờ nghiệm thu."),
        form=forms.ResultForm(request.POST or None), keep=f"ket-qua-{task.pk}",
    )  # fmt: skip


def _approve(request: HttpRequest, task: Task) -> VerbPage:
    return _page(
        request, task, services.approve, title=_("Nghiệm thu"), submit=_("Nghiệm thu"), done=_("Đã nghiệm thu."),
        form=forms.ApproveForm(request.POST or None),
    )  # fmt: skip


def _send_back(request: HttpRequest, task: Task) -> VerbPage:
    return _page(
        request, task, services.send_back, title=_("Trả lại làm lại"), submit=_("Trả lại"), done=_("Đã trả lại."),
        form=ReasonForm(request.POST or None),
    )  # fmt: skip


def _extend(request: HttpRequest, task: Task) -> VerbPage:
    kept = _("Hạn ban đầu giữ nguyên trong lịch sử; gia hạn không che việc trễ so với hạn ban đầu.")
    return _page(
        request, task, services.extend, title=_("Gia hạn"), submit=_("Gia hạn"), done=_("Đã gia hạn."),
        form=forms.ExtendForm(request.POST or None), consequences=[kept],
    )  # fmt: skip


def _cancel(request: HttpRequest, task: Task) -> VerbPage:
    return _page(
        request, task, services.cancel, title=_("Hủy nhiệm vụ"), submit=_("Hủy nhiệm vụ này"), done=_("Đã hủy nhiệm vụ."), danger=True,
        form=ReasonForm(request.POST or None), consequences=[_("Nhiệm vụ ở lại trong lịch sử với lý do; không ai làm tiếp được nữa.")],
    )  # fmt: skip


_VERBS: dict[str, tuple[str, Callable[[HttpRequest, Task], VerbPage]]] = {
    "nhan": ("accept", _accept),
    "phan-cong": ("assign_person", _person),
    "bao-tien-do": ("report", _report),
    "nop": ("submit", _submit),
    "nghiem-thu": ("approve", _approve),
    "tra-lai": ("send_back", _send_back),
    "gia-han": ("extend", _extend),
    "huy": ("cancel", _cancel),
}
