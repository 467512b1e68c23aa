"""Chuyển giao: nói rõ sẽ làm gì bằng con số, bắt đầu hay hẹn, rồi theo dõi tiến độ."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.core.models import Progress
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import plan, services, structure
from tinhgon.web.pages.reorg.common import AFTER, Case, State, case_for, show, told


def apply(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: trước, trong và sau khi chuyển giao. POST: bắt đầu."""
    case = case_for(request, reorg_id)
    if request.method == "POST":
        return _start(request, case)
    if case.is_running:
        return show(case, "running.html", running(case))
    context: dict[str, object] = {"is_done": case.reorg.state in AFTER} | running(case)
    if case.reorg.state == State.DECIDED:
        context |= _numbers(case)
    return show(case, "apply.html", context)


def _numbers(case: Case) -> dict[str, object]:
    """Con số của lời hỏi lại: bao nhiêu mục, đơn vị kết thúc, đơn vị mở, người chuyển."""
    kinds = plan.rows_of(case.reorg, Direction.APPLY).exclude(outcome="stay").values("kind").annotate(n=Count("id")).order_by()
    counted = {row["kind"]: row["n"] for row in kinds}
    return {
        "items": sum(counted.values()),
        "people": counted.get("org.appointment", 0),
        "closing": len(structure.closing_units(case.reorg)),
        "opening": len(structure.opened_units(case.reorg)),
    }


def _start(request: HttpRequest, case: Case) -> HttpResponse:
    stamp = request.POST.get("hash", "")
    told(
        request,
        lambda: services.apply(request.actor, case.reorg.pk, preview_hash=stamp),
        _("Đã bắt đầu chuyển giao. Đóng trang này thì việc vẫn chạy."),
    )
    return redirect(case.url("reorg_apply"))


@require_POST
def schedule(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Hẹn tới ngày hiệu lực."""
    case = case_for(request, reorg_id)
    stamp = request.POST.get("hash", "")
    told(
        request,
        lambda: services.schedule(request.actor, reorg_id, preview_hash=stamp),
        _("Đã hẹn: máy tự chuyển giao vào ngày hiệu lực, nếu lúc ấy dữ liệu vẫn như bản xem trước."),
    )
    return redirect(case.url("reorg_apply"))


def running(case: Case) -> dict[str, object]:
    """Tiến độ của việc đang chạy, để trang tự hỏi lại và tải lại khi xong."""
    return {"job": Progress.objects.filter(pk=case.reorg.progress_id).first() if case.reorg.progress_id else None}
