"""Xếp loại: các đợt, một đợt, tự xếp loại, vòng tập thể, quyết định, khiếu nại."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.grading import SOURCE, Level, cap_of
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors import units as unit_reads
from tinhgon.personnel import selectors, services
from tinhgon.personnel.access import own_units
from tinhgon.personnel.grading_access import gradings_visible_to, round_for
from tinhgon.personnel.models import Appeal, Grading
from tinhgon.personnel.periods import period_name
from tinhgon.personnel.selectors.rules import rules_of
from tinhgon.web.forms import personnel as personnel_forms
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


def rounds(request: HttpRequest) -> HttpResponse:
    """Của mình trước; rồi các đợt của đơn vị mình, cấp mình."""
    listing = Listing(
        request, selectors.rounds(request.actor, on=request.today),
        columns=[
            Column("ky", _("Kỳ"), ("year", "quarter", "pk")), Column("co-quan", _("Cơ quan"), ("unit",)),
            Column("trang-thai", _("Trạng thái"), ("state",)), Column("nguoi", _("Người"), css="number"), Column("tap-the", _("Qua vòng tập thể"), css="number"),
        ],
        row_template="web/rows/grading_round.html", default_sort="-ky",
    )  # fmt: skip
    units = shown_units([row.unit_id for row in listing.items], on=request.today)
    empty = {"title": _("Chưa có đợt xếp loại nào."), "hint": _("Lãnh đạo cơ quan mở đợt khi hết quý hoặc hết năm.")}
    return list_page(request, "web/pages/personnel/rounds.html", listing, {
        "units": units, "empty": empty, "mine": selectors.mine(request.actor), "appeals": selectors.waiting_appeals(request.actor, on=request.today), "may_open": request.scope.may(Verb.KEEP_GRADING),
        "may_keep": request.scope.may(Verb.KEEP_PROFILES),
    })  # fmt: skip


def open_round(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.KEEP_GRADING, on=request.today)
    chain = unit_reads.path(standing.organ_id, on=request.today)
    own = unit_reads.units_at(own_units(standing), on=request.today)
    units = [(unit.id, unit.name) for unit in own.values() if unit.is_organ] or [(standing.unit_id, standing.unit_name)]
    quarter = (request.today.month - 1) // 3
    form = personnel_forms.RoundForm(
        request.POST or None, units=units, authorities=[(step.id, step.name) for step in reversed(chain)],
        initial={"quarter": quarter, "year": request.today.year - (quarter == 0), "authority_id": chain[-1].id},
    )  # fmt: skip
    return verb_page(request, VerbPage(
        title=_("Mở đợt xếp loại"), submit=_("Mở đợt"), done=_("Đã mở đợt xếp loại."), back=reverse("web:grading_rounds"), form=form,
        call=lambda data: services.open_round(request.actor, on=request.today, **data), land=lambda made: reverse("web:grading_round", args=[made.pk]),
        consequences=[_("Mọi người giữ vị trí chính ở cơ quan hôm nay vào danh sách. Quy định áp dụng là quy định có hiệu lực ngày cuối kỳ.")],
    ))  # fmt: skip


def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    page = selectors.round_page(request.actor, round_id, on=request.today)
    return render(request, "web/pages/personnel/round.html", {
        "page": page, "round": page.round, "units": shown_units([page.round.unit_id, page.round.authority_id], on=request.today),
        "proposals": selectors.proposals(request.actor, page.round, on=request.today),
    })  # fmt: skip


def scoring(request: HttpRequest, grading_id: int) -> HttpResponse:
    """Điểm kết quả nhiệm vụ của một người, từng phần từ đâu; tính ngay trên trang, không lưu gì."""
    form = personnel_forms.OwnPartsForm(request.GET if request.GET else None)
    typed = form.cleaned_data if form.is_bound and form.is_valid() else {}
    own = tuple(None if typed.get(name) is None else Fraction(typed[name]) / 100 for name in ("part_dd", "part_e"))
    found = selectors.scoring(request.actor, grading_id, on=request.today, own=(own[0], own[1]))
    return render(request, "web/pages/personnel/scoring.html", {
        "found": found, "form": form, "round": found.grading.round, "period": period_name(found.grading.round),
        "source": SOURCE, "own": [None if one is None else one * 100 for one in own],
        "parts": [None if one is None else one * 100 for one in (*found.abc, found.followers)],
    })  # fmt: skip


def self_grade(request: HttpRequest, grading_id: int) -> HttpResponse:
    grading = _own(request, grading_id)
    initial = {"general": grading.self_general, "result": grading.self_result, "level": grading.self_level, "note": grading.self_note}
    form = _grade_form(request, grading, initial, _("Việc đã làm được và chưa làm được trong kỳ"))
    return verb_page(request, _verb(
        request, grading, services.self_grade, title=_("Tự xếp loại"), submit=_("Nộp tự xếp loại"), done=_("Đã nộp tự xếp loại."), form=form,
        keep=f"tu-xep-{grading.pk}",
    ))  # fmt: skip


def propose(request: HttpRequest, grading_id: int) -> HttpResponse:
    grading = _seen(request, grading_id)
    round_for(request.actor, grading.round_id, to="propose", on=request.today)
    chosen = ("proposed" if grading.proposed_level else "self")
    initial = {name: getattr(grading, f"{chosen}_{name}") for name in ("general", "result", "level")} | {"note": grading.proposed_note}
    form = _grade_form(request, grading, initial, _("Nhận xét của tập thể"))
    return verb_page(request, _verb(
        request, grading, services.propose, title=_("Kết quả vòng tập thể"), submit=_("Ghi kết quả"), done=_("Đã ghi kết quả vòng tập thể."), form=form,
    ))  # fmt: skip


def decide(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request.actor, round_id, to="decide", on=request.today)
    rows = Grading.objects.filter(round=found).select_related("person").order_by("person__name_key", "pk")
    form = personnel_forms.DecideForm(request.POST or None, people=[(row.pk, f"{row.person.full_name}, {row.title}", row.proposed_level) for row in rows])

    cap = cap_of(rules_of(found), [Level(row.proposed_level) for row in rows if row.proposed_level])
    told = {"excellent": cap.excellent, "better": cap.good_or_better, "most": cap.most}

    def call(data: dict[str, Any]) -> Any:
        return services.decide(request.actor, on=request.today, round_id=round_id, levels=form.levels, decree=data["decree"], cap_reason=data["cap_reason"])

    return verb_page(request, VerbPage(
        title=_("Quyết định xếp loại %(period)s") % {"period": period_name(found)}, submit=_("Ghi quyết định"), done=_("Đã ghi quyết định xếp loại."),
        back=reverse("web:grading_round", args=[round_id]), call=call, form=form,
        consequences=[
            _("Mức điền sẵn là mức tập thể đề nghị; máy không chọn thay. Ghi rồi thì chỉ đổi qua khiếu nại."),
            _("Theo đề nghị: %(excellent)d người xuất sắc trong %(better)d người từ mức tốt; quy định cho tối đa %(most)d.") % told,
        ],
    ))  # fmt: skip


def appeal(request: HttpRequest, grading_id: int) -> HttpResponse:
    grading = _own(request, grading_id)
    return verb_page(request, _verb(
        request, grading, services.appeal, title=_("Khiếu nại kết quả xếp loại"), submit=_("Gửi khiếu nại"), done=_("Đã gửi khiếu nại tới cấp quyết định."),
        form=personnel_forms.AppealForm(request.POST or None), keep=f"khieu-nai-{grading.pk}",
    ))  # fmt: skip


def answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    row = get_object_or_404(Appeal, pk=appeal_id)
    grading = _seen(request, row.grading_id)
    round_for(request.actor, grading.round_id, to="decide", on=request.today)

    def call(data: dict[str, Any]) -> Any:
        return services.answer_appeal(request.actor, on=request.today, appeal_id=appeal_id, **data)

    return verb_page(request, VerbPage(
        title=_("Trả lời khiếu nại của %(person)s") % {"person": grading.person.full_name}, submit=_("Trả lời"), done=_("Đã trả lời khiếu nại."),
        back=reverse("web:grading_round", args=[grading.round_id]), call=call, form=personnel_forms.AnswerForm(request.POST or None), about=row.text,
    ))  # fmt: skip


def _own(request: HttpRequest, grading_id: int) -> Grading:
    return _found(next((row for row in selectors.mine(request.actor) if row.pk == grading_id), None))


def _seen(request: HttpRequest, grading_id: int) -> Grading:
    return _found(gradings_visible_to(request.actor, on=request.today).select_related("round", "person").filter(pk=grading_id).first())


def _found(grading: Grading | None) -> Grading:
    if grading is None:
        raise NotFound(Reason("personnel.no_grading", _("Không có dòng xếp loại này, hoặc bạn không được xem.")))
    return grading


def _grade_form(request: HttpRequest, grading: Grading, initial: dict[str, Any], note: str) -> personnel_forms.GradeForm:
    rules = rules_of(grading.round)
    return personnel_forms.GradeForm(request.POST or None, most=(rules.general, rules.result), note_label=note, initial=initial)


def _verb(request: HttpRequest, grading: Grading, function: Any, **page: Any) -> VerbPage:
    def call(data: dict[str, Any]) -> Any:
        return function(request.actor, on=request.today, grading_id=grading.pk, **data)

    about = f"{grading.person.full_name}, {period_name(grading.round)}"
    return VerbPage(back=reverse("web:grading_round", args=[grading.round_id]), call=call, about=about, **page)
