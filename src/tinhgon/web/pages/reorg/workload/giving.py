"""Trang "Chia việc": đề xuất cho từng đơn vị nhận, ai được gì và vì sao, sửa từng dòng, xác nhận."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.engine.vietnamese import fold
from tinhgon.org.work import Item
from tinhgon.reorg import checks, selectors, services, work_access
from tinhgon.reorg.models import WorkLine, WorkPlan
from tinhgon.reorg.selectors.workload import GivenUnit, item_titles, job_of
from tinhgon.reorg.services.giving import desk_of
from tinhgon.reorg.workload import effort
from tinhgon.reorg.workload.proposing import Desk, facts_of
from tinhgon.reorg.workload.staff import Worker, names_of, source_sentence
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.listing import Column
from tinhgon.web.pages.reorg.common import Case, State, case_for, show, told
from tinhgon.web.pages.reorg.links import item_urls
from tinhgon.web.pages.reorg.paging import Fetched, sliced
from tinhgon.web.pages.reorg.workload import saying
from tinhgon.web.verbs import VerbPage, verb_page

LINES_SHOWN = 100


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Các đơn vị nhận có việc về: đã lập, đã xác nhận tới đâu."""
    case = case_for(request, reorg_id)
    if not work_access.sees_all(request.actor, case.reorg, on=request.today):
        raise Http404
    text = fold(request.GET.get("tim", "").strip())
    rows = selectors.given_units(case.reorg)
    found = [row for row in rows if not text or text in fold(row.name)]
    columns = [
        Column("don-vi", _("Đơn vị nhận"), css="main-cell"), Column("viec", _("Việc về"), css="number"), Column("nguoi", _("Người"), css="number"),
        Column("gio", _("Giờ cần / giờ có"), css="number"), Column("khong", _("Không giao được"), css="number"), Column("tinh-trang", _("Tình trạng")),
    ]  # fmt: skip
    context = {
        "listing": Fetched(request, sliced(found), columns, "web/pages/reorg/workload/giving_row.html", page_size=50), "text": request.GET.get("tim", ""),
        "summary": _summary(rows), "job": job_of(case.reorg), "may_edit": work_access.may_edit_all(request.actor, on=request.today) and case.reorg.state == State.INVENTORY,
        "missing": sum(row.needs_proposal for row in rows), "source": source_sentence(case.reorg), "is_draft": case.reorg.state == State.DRAFT,
    }  # fmt: skip
    return show(case, "workload/giving.html", context)


def _summary(rows: Sequence[GivenUnit]) -> str:
    if not rows:
        return _("Chưa có việc nào về đơn vị nhận.")
    tasks, left = sum(row.tasks for row in rows), sum(row.left for row in rows)
    confirmed = sum(row.is_confirmed for row in rows)
    return _("%(tasks)s việc đang mở sẽ về %(units)s đơn vị nhận; %(confirmed)s đơn vị đã xác nhận việc chia; %(left)s việc chưa giao được cho ai.") % {
        "tasks": saying.number(tasks), "units": len(rows), "confirmed": confirmed, "left": saying.number(left)
    }


@require_POST
def propose_all(request: HttpRequest, reorg_id: int) -> HttpResponse:
    case = case_for(request, reorg_id)
    told(request, lambda: services.propose_all_work(request.actor, reorg_id), _("Đã lập đề xuất cho các đơn vị chưa có."))
    return redirect(case.url("reorg_work"))


@dataclass(frozen=True)
class PersonShown:
    """Một người của đơn vị: bao nhiêu việc, bao nhiêu giờ trên giờ có của kỳ."""

    one: Worker
    weekly: int
    used: int
    room: int
    held: int
    tasks: int

    @property
    def is_over(self) -> bool:
        return self.used > self.room

    @property
    def is_full(self) -> bool:
        return not self.is_over and self.used >= 0.9 * self.room


@dataclass(frozen=True)
class LineShown:
    line: WorkLine
    title: str
    url: str
    item: Item | None
    person: str
    why: str


def unit(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Đề xuất của một đơn vị nhận."""
    case = _case(request, reorg_id, unit_id, to="see")
    plan = case.reorg.work_plans.select_related("confirmed_by").filter(unit=unit_id).first()
    may_edit = case.reorg.state == State.INVENTORY and _may_edit(request, case, unit_id)
    context: dict[str, object] = {
        "unit_id": unit_id, "unit_name": checks.unit_names([unit_id], case.reorg)[unit_id], "plan": plan, "may_edit": may_edit,
        "source": source_sentence(case.reorg), "weeks": effort.WEEKS, "grace": effort.GRACE_WEEKS,
    }  # fmt: skip
    if plan is None:
        facts = facts_of(case.reorg, [unit_id], today=request.today)
        return show(case, "workload/giving_unit.html", context | {"tasks": len(facts.items.get(unit_id, ())), "people": len(facts.people.get(unit_id, ()))})
    desk = desk_of(case.reorg, plan, today=request.today)
    lines = list(plan.lines.order_by("pk"))
    people = _people(desk, lines)
    names = names_of({line.person_id for line in lines if line.person_id} | {pk for line in lines for pk in line.why.get("better", ())} | set(_in_conflict(plan)))
    titles = item_titles(lines)
    shown = _lines(request, desk, lines, names, titles)
    conflict = plan.figures.get("conflict")
    fresh = len({(item.kind, item.item_id) for item in desk.items} - {(line.kind, line.item_id) for line in lines})
    context |= {
        "people_shown": people, "lines": shown[:LINES_SHOWN], "lines_more": max(0, len(shown) - LINES_SHOWN), "lead": _lead(plan, lines, people),
        "shortage": saying.shortage(conflict, titles, names) if conflict else "", "fresh": fresh,
        "gone": sum(line.person_id is not None and line.person_id not in {one.one.person_id for one in people} for line in lines),
        "proof": _proof(plan), "over": [one for one in people if one.is_over], "left": sum(line.person_id is None for line in lines),
    }  # fmt: skip
    return show(case, "workload/giving_unit.html", context)


def _in_conflict(plan: WorkPlan) -> list[int]:
    return list((plan.figures.get("conflict") or {}).get("people", ()))


def _lead(plan: WorkPlan, lines: Sequence[WorkLine], people: Sequence[PersonShown]) -> str:
    given = sum(line.person_id is not None for line in lines)
    parts = [_("%(given)s trên %(tasks)s việc chia cho %(people)s người") % {"given": given, "tasks": len(lines), "people": len(people)}]
    if len(lines) > given:
        parts.append(_("%(left)s việc chưa giao được") % {"left": len(lines) - given})
    full = sum(one.is_full or one.is_over for one in people)
    if full:
        parts.append(_("%(full)s người đã kín giờ") % {"full": full})
    return "; ".join(parts) + "."


def _proof(plan: WorkPlan) -> str:
    """Cách tốt nhất bao xa, bằng lời."""
    got = plan.figures
    if "points" not in got:
        return ""
    if got["stopped"] == "time":
        return _("Hết thời gian tính: cách chia này còn cách cận %(gap)s điểm.") % {"gap": saying.number(got["gap"])}
    if got["gap"]:
        return _("Cách chia này còn cách cận đã chứng minh %(gap)s điểm (%(points)s so với %(bound)s).") % {
            "gap": saying.number(got["gap"]), "points": saying.number(got["points"]), "bound": saying.number(got["bound"])
        }
    return _("Đã chứng minh: theo các điểm công bố dưới đây không có cách chia nào tốt hơn.")


def _people(desk: Desk, lines: Sequence[WorkLine]) -> list[PersonShown]:
    used: dict[int, list[int]] = {}
    for line in lines:
        if line.person_id:
            used.setdefault(line.person_id, []).append(line.hours)
    return [
        PersonShown(one, desk.weekly(one), sum(used.get(one.person_id, ())), desk.room(one), desk.facts.held.get(one.person_id, 0), len(used.get(one.person_id, ())))
        for one in sorted(desk.people, key=lambda one: (one.rank, one.name))
    ]


def _lines(request: HttpRequest, desk: Desk, lines: Sequence[WorkLine], names: Mapping[int, str], titles: Mapping[tuple[str, int], str]) -> list[LineShown]:
    items = {(item.kind, item.item_id): item for item in desk.items}
    urls = item_urls(request, lines)
    shown = [
        LineShown(
            line, titles.get((line.kind, line.item_id), ""), urls.get((line.kind, line.item_id), ""), items.get((line.kind, line.item_id)),
            names.get(line.person_id or 0, ""), saying.why(line.why, names, is_edited=line.is_edited),
        )
        for line in lines
    ]  # fmt: skip
    return sorted(shown, key=lambda row: (row.line.person_id is not None, row.person, str(row.item.due_on or "9") if row.item else "9", row.line.pk))


@require_POST
def propose(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    _case(request, reorg_id, unit_id, to="edit")
    told(request, lambda: services.propose_work(request.actor, reorg_id, unit_id=unit_id), _("Đã lập đề xuất chia việc."))
    return redirect("web:reorg_work_unit", reorg_id, unit_id)


@require_POST
def confirm(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    _case(request, reorg_id, unit_id, to="edit")
    told(request, lambda: services.confirm_work(request.actor, reorg_id, unit_id=unit_id), _("Đã xác nhận. Chuyển giao sẽ giao đúng những việc này cho đúng những người ấy."))
    return redirect("web:reorg_work_unit", reorg_id, unit_id)


@require_POST
def reopen(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    _case(request, reorg_id, unit_id, to="edit")
    told(request, lambda: services.reopen_work(request.actor, reorg_id, unit_id=unit_id), _("Đã mở lại để sửa."))
    return redirect("web:reorg_work_unit", reorg_id, unit_id)


class LineForm(PlainForm):
    person_id = forms.TypedChoiceField(label=gettext_lazy("Giao cho"), coerce=int, widget=forms.RadioSelect)
    hours = forms.IntegerField(
        label=gettext_lazy("Số giờ"), required=False, min_value=1, help_text=gettext_lazy("Bỏ trống: theo mức của người được chọn ở lĩnh vực ấy.")
    )


def line(request: HttpRequest, reorg_id: int, unit_id: int, line_id: int) -> HttpResponse:
    """Giao một việc cho người khác; mỗi người một dòng nói điều sẽ xảy ra nếu chọn người ấy."""
    case = _case(request, reorg_id, unit_id, to="edit")
    plan = case.reorg.work_plans.filter(unit=unit_id).first()
    one = plan.lines.filter(pk=line_id).first() if plan else None
    desk = desk_of(case.reorg, plan, today=request.today) if plan else None
    item = next((each for each in desk.items if one and (each.kind, each.item_id) == (one.kind, one.item_id)), None) if desk else None
    if one is None or desk is None:
        raise Http404
    back = case.url("reorg_work_unit", unit_id=unit_id)
    form = LineForm(request.POST or None, initial={"person_id": one.person_id})
    form.fields["person_id"].choices = _candidates(desk, item, list(plan.lines.all()), one) if item else []
    title = item_titles([one]).get((one.kind, one.item_id), "")
    verb = VerbPage(
        title=_("Giao việc cho người khác"), submit=_("Giao"), done=_("Đã giao lại. Chưa xác nhận thì còn sửa được."), back=back, form=form, about=title,
        call=lambda data: services.give_work(request.actor, reorg_id, unit_id=unit_id, line_id=line_id, **data),
    )  # fmt: skip
    return verb_page(request, verb)


def _candidates(desk: Desk, item: Item, lines: Sequence[WorkLine], own: WorkLine) -> list[tuple[int, str]]:
    """Mỗi người: giờ đang dùng, sau khi nhận, mức thạo, có quá giờ không; không được xem độ mật thì không có dòng."""
    found = []
    for shown in _people(desk, lines):
        if not desk.may(shown.one, item):
            continue
        before = shown.used - (own.hours if own.person_id == shown.one.person_id else 0)
        after = before + desk.hours(shown.one, item)
        told = _("%(before)s giờ lên %(after)s trên %(room)s giờ") % {"before": before, "after": after, "room": shown.room}
        over = _("quá %(hours)s giờ") % {"hours": after - shown.room} if after > shown.room else _("còn đủ giờ")
        keeps = [_("đang làm việc này")] if item.person_id == shown.one.person_id else []
        found.append((shown.one.person_id, f"{shown.one.name}, {shown.one.title}: {'; '.join([*keeps, saying.level(desk.level(shown.one, item)), told, over])}"))
    return found


class HoursForm(PlainForm):
    """Giờ mỗi tuần chung, và riêng từng người."""

    hours = forms.IntegerField(label=gettext_lazy("Mỗi người, giờ mỗi tuần"), min_value=effort.FEWEST_HOURS, max_value=effort.MOST_HOURS)
    lead_hours = forms.IntegerField(label=gettext_lazy("Lãnh đạo, giờ mỗi tuần"), min_value=effort.FEWEST_HOURS, max_value=effort.MOST_HOURS)

    def __init__(self, people: Sequence[Worker], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"rieng-{one.person_id}": one.person_id for one in people}
        for one in people:
            box = forms.IntegerField(label=f"{one.name}, {one.title}", required=False, min_value=effort.FEWEST_HOURS, max_value=effort.MOST_HOURS)
            box.widget.attrs["class"] = "form-control seat-box"
            self.fields[f"rieng-{one.person_id}"] = box
        named = list(self.people)
        self.layout = (("hours", "lead_hours"), *(tuple(named[place : place + 2]) for place in range(0, len(named), 2)))

    @property
    def own(self) -> dict[int, int | None]:
        return {person: self.cleaned_data.get(name) for name, person in self.people.items()}


def hours(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Sửa giờ mỗi tuần; chia lại ngay."""
    case = _case(request, reorg_id, unit_id, to="edit")
    plan = case.reorg.work_plans.filter(unit=unit_id).first()
    if plan is None:
        raise Http404
    desk = desk_of(case.reorg, plan, today=request.today)
    initial = {"hours": plan.hours, "lead_hours": plan.lead_hours} | {f"rieng-{person}": value for person, value in plan.own_hours.items()}
    form = HoursForm(sorted(desk.people, key=lambda one: (one.rank, one.name)), request.POST or None, initial=initial)
    edited = plan.lines.filter(is_edited=True).count()
    verb = VerbPage(
        title=_("Giờ mỗi tuần dành cho nhiệm vụ"), submit=_("Chia lại"), done=_("Đã chia lại theo giờ mới."), back=case.url("reorg_work_unit", unit_id=unit_id), form=form,
        about=_("%(hours)s giờ, lãnh đạo %(lead)s giờ là mức của chúng tôi, vì phần còn lại dành cho văn bản và việc thường ngày. Ô riêng bỏ trống thì theo mức chung.")
        % {"hours": effort.HOURS, "lead": effort.LEAD_HOURS},
        consequences=[_("%(count)s dòng đã sửa tay sẽ được chia lại.") % {"count": edited}] if edited else [],
        call=lambda data: services.set_work_hours(
            request.actor, reorg_id, unit_id=unit_id, hours=data["hours"], lead_hours=data["lead_hours"], own=form.own
        ),
    )  # fmt: skip
    return verb_page(request, verb)


def _case(request: HttpRequest, reorg_id: int, unit_id: int, *, to: str) -> Case:
    """Người đứng đầu đơn vị nhận có thể không thấy cả lần sắp xếp: khi ấy trang không có thanh các chặng."""
    reorg = work_access.work_for(request.actor, reorg_id, unit_id, to=to, on=request.today)
    return Case(request, reorg, is_guest=not work_access.sees_all(request.actor, reorg, on=request.today))


def _may_edit(request: HttpRequest, case: Case, unit_id: int) -> bool:
    return work_access.may_edit_all(request.actor, on=request.today) or bool(work_access.headed_units(request.actor, case.reorg, [unit_id], on=request.today))
