"""Khảo sát tâm tư: các đợt, phiếu không tên, kết quả của đợt đã khép."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import Refused
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.personnel.models import PulsePart, PulseSurvey
from tinhgon.personnel.selectors import pulse as reads
from tinhgon.personnel.services import pulse as services
from tinhgon.web.forms import personnel as personnel_forms
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page

_TREND = 6


def surveys(request: HttpRequest) -> HttpResponse:
    found = list(reads.surveys(request.actor, on=request.today)[:50])
    taken = set(PulsePart.objects.filter(person__user=request.actor.user_id, survey__in=found).values_list("survey", flat=True))
    rows = [(each, each.pk in taken, each.closes_on >= request.today) for each in found]
    return render(request, "web/pages/personnel/pulse_list.html", {
        "rows": rows, "units": shown_units([each.root_id for each in found], on=request.today), "may_open": request.scope.may(Verb.KEEP_PULSE),
    })  # fmt: skip


def open_survey(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_PULSE, on=request.today)
    form = personnel_forms.PulseForm(request.POST or None)

    def call(data: dict[str, Any]) -> Any:
        return services.open_survey(
            request.actor, on=request.today, title=data["title"], closes_on=data["closes_on"], questions=data["questions"].splitlines()
        )

    return verb_page(request, VerbPage(
        title=_("Mở đợt khảo sát"), submit=_("Mở đợt"), done=_("Đã mở đợt khảo sát."), back=reverse("web:pulse_list"), call=call, form=form,
        consequences=[_("Tự nguyện, không tên. Nhóm dưới 5 người không bao giờ hiện, ý kiến viết từ 10 người; ngưỡng khóa từ lúc mở. Kết quả chỉ có khi đợt đã khép.")],
    ))  # fmt: skip


def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Đang mở: phiếu. Đã khép: kết quả."""
    found = reads.survey_for(request.actor, survey_id, on=request.today)
    if found.closes_on < request.today:
        return _results(request, found)
    if PulsePart.objects.filter(survey=found, person__user=request.actor.user_id).exists():
        return render(request, "web/pages/personnel/pulse_taken.html", {"survey": found})
    form = personnel_forms.PulseAnswerForm(request.POST or None, questions=found.questions)

    def call(data: dict[str, Any]) -> None:
        services.answer(request.actor, on=request.today, survey_id=survey_id, scores=form.scores, comment=data["comment"])

    response = verb_page(request, VerbPage(
        title=found.title, submit=_("Gửi phiếu không tên"), done=_("Đã nhận phiếu. Phiếu không mang tên bạn."), back=reverse("web:pulse_list"), call=call, form=form,
        consequences=[_("Tự nguyện: câu nào không muốn thì bỏ trống. Phiếu không ghi tên, giờ, không vào nhật ký; hệ thống chỉ nhớ bạn đã tham gia. Gửi rồi không sửa được.")],
    ))  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _results(request: HttpRequest, found: PulseSurvey) -> HttpResponse:
    past = list(PulseSurvey.objects.filter(root=found.root_id, closes_on__lt=request.today).order_by("-closes_on", "-pk")[:_TREND])
    if found not in past:
        past.append(found)
    results = {}
    for each in past:
        services.shuffle(each)
        try:
            results[each.pk] = reads.results(each, services.launch_of(each))
        except Refused:
            if each == found:
                raise
    known = [each for each in past if each.pk in results]
    return render(request, "web/pages/personnel/pulse_results.html", {
        "page": reads.page(found, results[found.pk], with_comments=request.scope.may(Verb.KEEP_PULSE)), "survey": found,
        "trends": [(text, points) for _code, text in found.questions if len(points := reads.trend(text, results, past=known)) > 1],
    })  # fmt: skip
