"""Thời hạn bảo quản: xem, thêm, thôi dùng."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.models import RetentionPeriod
from tinhgon.documents.selectors import dossiers as reads
from tinhgon.documents.services import retention as verbs
from tinhgon.org.access import acting
from tinhgon.org.shared_rules import may_keep_rules
from tinhgon.web.forms.keeping import EndPeriodForm, PeriodForm
from tinhgon.web.verbs import VerbPage, verb_page


def periods(request: HttpRequest) -> HttpResponse:
    """Ai đã đăng nhập cũng đọc được: hồ sơ nào cũng chọn từ đây."""
    may_keep = may_keep_rules(acting(request.actor, on=request.today), on=request.today)
    return render(request, "web/pages/retention.html", {"periods": reads.all_periods(), "may_keep": may_keep})


def add(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST or None, initial={"since": request.today})
    return verb_page(request, VerbPage(
        title=_("Thêm thời hạn bảo quản"), submit=_("Thêm"), done=_("Đã thêm thời hạn."), back=reverse("web:retention"), form=form,
        call=lambda data: verbs.add_period(request.actor, on=request.today, **data), keep="thoi-han-moi",
    ))  # fmt: skip


def end(request: HttpRequest, period_id: int) -> HttpResponse:
    found = RetentionPeriod.objects.filter(pk=period_id).first()
    if found is None:
        raise NotFound(Reason("documents.no_retention", _("Không có thời hạn này.")))

    def stop(data: dict[str, Any]) -> RetentionPeriod:
        return verbs.end_period(request.actor, on=request.today, period_id=period_id, **data)

    return verb_page(request, VerbPage(
        title=_("Thôi dùng thời hạn"), submit=_("Thôi dùng"), done=_("Đã ghi ngày thôi dùng."), back=reverse("web:retention"), call=stop,
        form=EndPeriodForm(request.POST or None, initial={"until": request.today}), about=found.name,
        consequences=[_("Hồ sơ mở từ ngày ấy không chọn được thời hạn này nữa. Hồ sơ đã chọn thì giữ nguyên thời hạn của mình.")],
    ))  # fmt: skip
