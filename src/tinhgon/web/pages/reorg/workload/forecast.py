"""Trang dự báo: cảnh báo trước, so các cách chuyển, hình từng đơn vị nhận, bảng; và trang của một đơn vị nhận."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.refusal import Refused
from tinhgon.engine.transition.model import Forecast
from tinhgon.engine.vietnamese import fold
from tinhgon.org import work
from tinhgon.org.models import Function
from tinhgon.reorg import checks
from tinhgon.reorg.workload import forecasting
from tinhgon.reorg.workload.forecasting import Outlook
from tinhgon.reorg.workload.ground import FEWEST_WEEKS, MOST_WEEKS, WEEKS_MEASURED, Ground, Way, ground_of
from tinhgon.reorg.workload.staff import source_sentence
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.pages.reorg.common import Case, State, case_for, show
from tinhgon.web.pages.reorg.workload import saying
from tinhgon.web.pages.reorg.workload.picture import Picture, draw

PICTURES, WARNINGS_SHOWN = 12, 8
ONCE, WAVES, OTHER = "mot", "dot", "ngay"


class WaysForm(PlainForm):
    """Các cách chuyển để so, và đo mấy tuần."""

    dot = forms.IntegerField(label=gettext_lazy("Số đợt"), min_value=2, max_value=12, initial=2, required=False)
    cach = forms.IntegerField(label=gettext_lazy("Đợt sau cách đợt trước (ngày làm việc)"), min_value=1, max_value=60, initial=10, required=False)
    ngay = DayField(label=gettext_lazy("Ngày khác"), required=False)
    tuan = forms.IntegerField(label=gettext_lazy("Đo mấy tuần gần nhất"), min_value=FEWEST_WEEKS, max_value=MOST_WEEKS, initial=WEEKS_MEASURED, required=False)
    layout = (("dot", "cach", "ngay", "tuan"),)


@dataclass(frozen=True)
class Choice:
    """Một cách chuyển trong bảng so sánh."""

    key: str
    label: str
    outlook: Outlook
    start: date
    is_shown: bool

    @property
    def back(self) -> str:
        return saying.back(self.outlook.whole, self.start)

    @property
    def not_back(self) -> int:
        return sum(one.back_on is None for one in self.outlook.units.values())

    @property
    def warned(self) -> int:
        return sum(bool(one.warnings) for one in self.outlook.units.values())


@dataclass
class Table:
    """Dự báo của một lần sắp xếp theo biểu mẫu trên địa chỉ."""

    case: Case
    form: WaysForm

    @cached_property
    def asked(self) -> dict[str, object]:
        found = {name: field.initial for name, field in self.form.fields.items()}
        return found | {name: value for name, value in getattr(self.form, "cleaned_data", {}).items() if value is not None}

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.case.reorg, weeks=int(self.asked["tuan"]), today=self.case.request.today)

    @property
    def day(self) -> date:
        return max(self.case.reorg.effective_on, self.case.request.today)

    @cached_property
    def ways(self) -> dict[str, tuple[str, Way]]:
        other = max(self.asked["ngay"] or self.ground.calendar.add_working_days(self.day, 20), self.case.request.today)
        waves, every = int(self.asked["dot"]), int(self.asked["cach"])
        return {
            ONCE: (_("Cùng một ngày, %(day)s") % {"day": f"{self.day:%d/%m/%Y}"}, Way(self.day)),
            WAVES: (_("Chia %(waves)s đợt, cách nhau %(every)s ngày làm việc") % {"waves": waves, "every": every}, Way(self.day, waves, every)),
            OTHER: (_("Ngày khác, %(day)s") % {"day": f"{other:%d/%m/%Y}"}, Way(other)),
        }

    @property
    def shown(self) -> str:
        wanted = self.case.request.GET.get("ve", ONCE)
        return wanted if wanted in self.ways else ONCE

    def outlook(self, key: str, *, detail: frozenset[int] = frozenset()) -> Outlook:
        last = max(way.on for _label, way in self.ways.values())
        return forecasting.forecast(self.ground, self.ways[key][1], until=last, detail=detail)

    def kept(self, **changed: object) -> str:
        """Các tham số của biểu mẫu trên địa chỉ, với vài tham số đổi."""
        query = self.case.request.GET.copy()
        for name, value in changed.items():
            query[name] = str(value)
        query.pop("trang", None)
        return query.urlencode()


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Dự báo của cả lần sắp xếp."""
    case = case_for(request, reorg_id)
    if case.has_ledger or case.is_running:
        return redirect(case.url("reorg_reality"))
    if case.reorg.state == State.DRAFT:
        return show(case, "workload/forecast_empty.html", {"is_draft": True})
    table = _table(case)
    try:
        outlooks = {key: table.outlook(key) for key in table.ways}
    except Refused:
        return show(case, "workload/forecast_empty.html")
    choices = [Choice(key, label, outlooks[key], table.ground.start, key == table.shown) for key, (label, _way) in table.ways.items()]
    chosen = next(one for one in choices if one.is_shown)
    heirs = seen_heirs(case, table.ground)
    names = checks.unit_names(heirs, case.reorg)
    ranked = sorted(((heir, chosen.outlook.units[heir]) for heir in heirs), key=lambda pair: (*saying.weight(pair[1]), names[pair[0]]))
    text = request.GET.get("tim", "").strip()
    found = [pair for pair in ranked if fold(text) in fold(names[pair[0]])] if text else ranked
    pages = Paginator(found, PICTURES).get_page(request.GET.get("trang"))
    worried = [(heir, one) for heir, one in ranked if one.warnings]
    context = {
        "table": table, "form": table.form, "choices": choices, "chosen": chosen, "summary": _summary(chosen), "text": text,
        "warnings": [(heir, names[heir], [saying.warned(each) for each in one.warnings]) for heir, one in worried[:WARNINGS_SHOWN]],
        "warnings_more": max(0, len(worried) - WARNINGS_SHOWN), "whole": _picture(chosen.outlook, chosen.outlook.whole, width=880, height=280),
        "units": [_unit(heir, names[heir], one, chosen.outlook, table) for heir, one in pages.object_list], "page": pages, "query": table.kept(),
        "longer": table.kept(tuan=MOST_WEEKS) if table.ground.measured.weeks < MOST_WEEKS else "",
        "keys": {key: table.kept(ve=key) for key in table.ways}, "measured": _measured(table.ground), "source": source_sentence(case.reorg),
    }  # fmt: skip
    return show(case, "workload/forecast.html", context)


def one_unit(request: HttpRequest, reorg_id: int, unit_id: int) -> HttpResponse:
    """Dự báo của một đơn vị nhận: từng chức năng, từng tuần."""
    case = case_for(request, reorg_id)
    if case.has_ledger or case.is_running:
        return redirect(case.url("reorg_reality"))
    table = _table(case)
    if case.reorg.state == State.DRAFT or unit_id not in seen_heirs(case, table.ground):
        raise Http404
    try:
        outlook = table.outlook(table.shown, detail=frozenset({unit_id}))
    except Refused:
        return show(case, "workload/forecast_empty.html")
    whole = outlook.units[unit_id]
    functions = Function.objects.in_bulk([function for _heir, function in outlook.functions if function])
    rows = sorted(outlook.functions.items(), key=lambda pair: (*saying.weight(pair[1]), pair[0][1] or 0))
    context = {
        "table": table, "unit_name": checks.unit_names([unit_id], case.reorg)[unit_id], "way": table.ways[table.shown][0], "one": whole,
        "row": _unit(unit_id, "", whole, outlook, table), "whole": _picture(outlook, whole, width=880, height=280),
        "functions": [_unit(unit_id, functions[key[1]].name if key[1] else _("không ghi chức năng"), one, outlook, table) for key, one in rows],
        "weeks": list(zip(outlook.weeks, whole.weekly, strict=True)), "query": table.kept(),
        "people": sum(one.unit_id == unit_id for one in table.ground.staff), "arrivals": sum(table.ground.coming.get(unit_id, {}).values()),
        "measured": _measured(table.ground), "source": source_sentence(case.reorg),
    }  # fmt: skip
    return show(case, "workload/forecast_unit.html", context)


def _table(case: Case) -> Table:
    asked = {name: case.request.GET[name] for name in WaysForm.base_fields if name in case.request.GET}
    form = WaysForm({name: asked.get(name, "" if field.initial is None else field.initial) for name, field in WaysForm.base_fields.items()})
    form.is_valid()
    return Table(case, form)


def seen_heirs(case: Case, ground: Ground) -> list[int]:
    """Đơn vị nhận mà người này xem được: cấp tỉnh mọi đơn vị; cấp khác đơn vị mình và nơi đơn vị mình về."""
    if case.units_seen is None:
        return ground.heirs
    edges = case.reorg.successions.values_list("predecessor_id", "successor_id")
    near = {after for before, after in edges if before in case.units_seen or after in case.units_seen}
    return [heir for heir in ground.heirs if heir in near]


@dataclass(frozen=True)
class UnitShown:
    """Một đơn vị nhận (hay một chức năng của nó): con số, cảnh báo, hình."""

    unit_id: int
    name: str
    now: float
    one: Forecast
    back: str
    warnings: Sequence[str]
    short: str
    picture: Picture


def _unit(unit_id: int, name: str, one: Forecast, outlook: Outlook, table: Table) -> UnitShown:
    return UnitShown(
        unit_id, name, one.weekly[0][1], one, saying.back(one, table.ground.start), [saying.warned(each) for each in one.warnings], saying.in_short(one),
        _picture(outlook, one),
    )  # fmt: skip


def _picture(outlook: Outlook, one: Forecast, *, width: int = 280, height: int = 130) -> Picture:
    return draw(outlook.weeks, one.weekly, normal=one.normal, cuts=outlook.wave_days, width=width, height=height)


def _summary(choice: Choice) -> str:
    whole = choice.outlook.whole
    return _(
        "%(way)s: tồn cao nhất %(peak)s việc vào %(peak_on)s; cả lần sắp xếp trở lại bình thường: %(back)s; %(warned)s trên %(units)s đơn vị nhận có cảnh báo."
    ) % {
        "way": choice.label, "peak": saying.number(whole.peak), "peak_on": f"{whole.peak_on:%d/%m/%Y}", "back": choice.back,
        "warned": choice.warned, "units": len(choice.outlook.units),
    }  # fmt: skip


def _measured(ground: Ground) -> Mapping[str, object]:
    """Đo được gì, thiếu gì: cho phần cuối trang."""
    cells = ground.measured.cells.values()
    return {
        "since": ground.measured.since, "until": ground.measured.until, "weeks": ground.measured.weeks,
        "arrived": sum(sum(cell.arrived) for cell in cells), "finished": sum(sum(cell.finished) for cell in cells),
        "open": sum(cell.open for cell in cells), "kinds": [str(one.label) for one in work.all_sources()],
        "borrowed": sum(not rate.is_own for rate in ground.rates.values()), "units": len(ground.rates),
        "is_thin": 2 * sum(not rate.is_own for rate in ground.rates.values()) > len(ground.rates), "behind": sum(not rate.keeps_up for rate in ground.rates.values()), "undecided": ground.where.undecided,
        "guessed": len(ground.where.guessed), "unplaced": sum(one.unit_id is None for one in ground.staff),
    }  # fmt: skip
