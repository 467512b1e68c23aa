"""Giữ người, cấp phó và biên chế, ước tính chính sách khi thôi làm."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.engine.leave import (
    Birth,
    Case,
    Estimate,
    LeaveProblem,
    Leaving,
    Sex,
    estimate,
    months_early,
    pension_starts,
    shipped,
)
from tinhgon.personnel import selectors
from tinhgon.personnel.access import self_of
from tinhgon.personnel.models import Profile
from tinhgon.personnel.selectors.keeping import MEASURES
from tinhgon.web.forms.personnel import LeaveForm
from tinhgon.web.pages.personnel.matrix import chosen_unit
from tinhgon.web.personnel_words import leave_problem


def keeping(request: HttpRequest) -> HttpResponse:
    unit, choices = chosen_unit(request)
    page = selectors.keeping(request.actor, unit.id, on=request.today)
    return render(request, "web/pages/personnel/keeping.html", {"unit": unit, "choices": choices, "page": page, "measures": MEASURES})


def deputies(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pages/personnel/deputies.html", {"page": selectors.deputies(request.actor, on=request.today)})


def leave(request: HttpRequest) -> HttpResponse:
    """Tính ngay trên trang, không lưu gì; ngày sinh, giới tính điền sẵn từ hồ sơ của chính mình."""
    form = LeaveForm(request.POST or None, initial=_own(request))
    found: Estimate | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _estimated(form.cleaned_data)
        except LeaveProblem as problem:
            form.add_error(None, leave_problem(problem))
    rules = shipped()
    return render(request, "web/pages/personnel/leave.html", {
        "form": form, "found": found, "rules": rules, "pension_from": _pension(form.cleaned_data) if found else None,
    }, status=422 if form.errors else 200)  # fmt: skip


def _pension(data: dict[str, Any]) -> Any:
    return pension_starts(shipped(), Birth(data["born_on"].year, data["born_on"].month), Sex(data["sex"]))


def _estimated(data: dict[str, Any]) -> Estimate:
    case = Case(
        pay=data["pay"], months_early=months_early(data["leave_on"], _pension(data)), insured_months=12 * data["insured_years"] + (data["insured_months"] or 0),
        decided_on=data["decided_on"], leave_on=data["leave_on"],
    )  # fmt: skip
    return estimate(shipped(), Leaving(data["kind"]), case)


def _own(request: HttpRequest) -> dict[str, Any]:
    found = Profile.objects.filter(person=self_of(request.actor)).first()
    return {"born_on": found.born_on, "sex": found.sex} if found else {}
