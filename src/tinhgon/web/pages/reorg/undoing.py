"""Hoàn tác: ngày, lý do, xem trước (mục sẽ về, việc mới cần nơi nhận), hỏi lại, tiến độ."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, plan, selectors, services
from tinhgon.reorg.models import Reorganisation
from tinhgon.web.forms.base import DayField, PlainForm, attempt
from tinhgon.web.pages.reorg.applying import running
from tinhgon.web.pages.reorg.common import Case, State, case_for, show, told

OBJECTIONS_SHOWN = 30


class UndoForm(PlainForm):
    on = DayField(
        label=gettext_lazy("Hoàn tác từ ngày"),
        help_text=gettext_lazy("Từ ngày này đơn vị cũ hoạt động lại. Các ngày trước vẫn hiện như đã có."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: số quyết định thu hồi. Ghi vào nhật ký."),
    )  # fmt: skip


def undo(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: tình trạng. POST "preview": dựng kế hoạch hoàn tác. POST "undo": bắt đầu."""
    case = case_for(request, reorg_id)
    if case.reorg.state == State.UNDOING:
        return show(case, "running.html", running(case))
    form = UndoForm(request.POST if "undo" in request.POST else None, initial={"on": request.today})
    if request.method == "POST" and "preview" in request.POST:
        _preview(request, case)
        return redirect(case.url("reorg_undo"))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if attempt(form, lambda: services.undo(request.actor, reorg_id, on=chosen["on"], reason=chosen["reason"])):
            return redirect(case.url("reorg_undo"))
    return show(case, "undo.html", {"form": form, **_previewed(case.reorg)})


def _preview(request: HttpRequest, case: Case) -> None:
    told(request, lambda: services.preview_undo(request.actor, case.reorg.pk), gettext_lazy("Đã dựng kế hoạch hoàn tác."))


def _previewed(reorg: Reorganisation) -> dict[str, object]:
    """Kế hoạch hoàn tác đã dựng, nếu có: mục sẽ về, việc mới, còn thiếu gì."""
    if reorg.state != State.APPLIED:
        return {}
    rows = plan.rows_of(reorg, Direction.UNDO)
    total, back = rows.count(), rows.filter(rule="undo").count()
    if not back:
        return {"is_previewed": False}
    objections = checks.receiver_objections(reorg, direction=Direction.UNDO)
    return {
        "is_previewed": True,
        "back": back,
        "new_work": total - back,
        "undecided": selectors.undecided_count(reorg, Direction.UNDO),
        "cells": selectors.by_kind(reorg, Direction.UNDO),
        "objections": objections[:OBJECTIONS_SHOWN],
        "objections_more": max(len(objections) - OBJECTIONS_SHOWN, 0),
    }
