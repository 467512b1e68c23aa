"""Giữ người, cấp phó và biên chế, ước tính chính sách khi thôi làm."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.engine.leave import (
    Birth,
    Case,
    Estimate,
    LeaveProblem,
    Leaving,
    Rules,
    Sex,
    estimate,
    monthly_pay,
    months_early,
    pension_starts,
)
from tinhgon.engine.leave.rules import BaseWage
from tinhgon.personnel import selectors
from tinhgon.personnel.access import self_of
from tinhgon.personnel.models import Profile
from tinhgon.personnel.selectors.keeping import MEASURES
from tinhgon.personnel.selectors.rules import leave_book
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
    book = leave_book()
    found: Estimated | None = None
    if request.method == "POST" and form.is_valid():
        rules = book.on(form.cleaned_data["leave_on"])
        try:
            found = _estimated(rules, form.cleaned_data)
        except LeaveProblem as problem:
            form.add_error(None, leave_problem(problem, rules))
    return render(request, "web/pages/personnel/leave.html", {
        "form": form, "found": found, "rules": found.rules if found else book.on(request.today),
    }, status=422 if form.errors else 200)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimated:
    """Số tiền, bộ đã dùng; ``wage``: lương cơ sở đã nhân với hệ số, trống khi người ấy ghi thẳng tiền lương."""

    estimate: Estimate
    rules: Rules
    pension_from: date
    pay: int
    coefficient: Decimal | None
    wage: BaseWage | None
    wage_on: date


def _estimated(rules: Rules, data: dict[str, Any]) -> Estimated:
    pension_from = pension_starts(rules, Birth(data["born_on"].year, data["born_on"].month), Sex(data["sex"]))
    wage_on = data["leave_on"] - timedelta(days=1)  # tiền lương hiện hưởng là lương trước khi nghỉ
    coefficient, pay = data["coefficient"], data["pay"] or 0
    wage = rules.base_wage_on(wage_on) if coefficient else None
    if coefficient:
        if wage is None:
            raise LeaveProblem("no_base_wage", on=wage_on)
        pay = monthly_pay(rules, coefficients=[Fraction(coefficient)], on=wage_on)
    case = Case(
        pay=pay, months_early=months_early(data["leave_on"], pension_from), insured_months=12 * data["insured_years"] + (data["insured_months"] or 0),
        decided_on=data["decided_on"], leave_on=data["leave_on"],
    )  # fmt: skip
    return Estimated(estimate(rules, Leaving(data["kind"]), case), rules, pension_from, pay, coefficient, wage, wage_on)


def _own(request: HttpRequest) -> dict[str, Any]:
    found = Profile.objects.filter(person=self_of(request.actor)).first()
    return {"born_on": found.born_on, "sex": found.sex} if found else {}
