"""Vắng mặt: báo vắng, cử người làm thay, thôi làm thay; ai trong đơn vị đang vắng, ai làm thay ai."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tinhgon.core.errors import Forbidden, Reason
from tinhgon.org.models import Covers
from tinhgon.org.selectors import people, standing_in
from tinhgon.org.selectors.units import descendants, organs_of
from tinhgon.org.services.standing_in import end_stand_in, stand_in
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.forms.fields import PickerField
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


class AbsenceForm(PlainForm):
    layout = (("first_day", "last_day"), ("person", "covers"), ("reason",))
    first_day = DayField(label=gettext_lazy("Vắng từ ngày"))
    last_day = DayField(label=gettext_lazy("Đến hết ngày"))
    person = PickerField(label=gettext_lazy("Người làm thay"), help_text=gettext_lazy("Cùng cơ quan; không được xem mật hơn vị trí của chính họ."))
    covers = forms.ChoiceField(label=gettext_lazy("Làm thay"), choices=Covers.choices)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, help_text=gettext_lazy("Ví dụ: đi công tác, nghỉ phép."))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)


def absences(request: HttpRequest) -> HttpResponse:
    person_id = request.scope.person_id
    lines = standing_in.arrangeable(request.actor, on=request.today)
    mine = standing_in.arranged_for(person_id, on=request.today) if person_id else []
    theirs = standing_in.standing_in_by(person_id, on=request.today) if person_id else []
    led = {line.unit_id for line in lines if line.person_id != person_id}
    unit = [a for a in standing_in.arranged_in(led, on=request.today) if a.principal_id != person_id] if led else []
    return render(request, "web/pages/absences.html", {
        "mine": mine, "theirs": theirs, "unit": unit, "leads": bool(led),
        "own": [line for line in lines if line.person_id == person_id],
        "others": [line for line in lines if line.person_id != person_id],
        "units": shown_units({line.unit_id for line in lines} | {a.unit_id for a in [*mine, *theirs, *unit]}, on=request.today),
        "arranged": {a.id for a in [*mine, *unit]},
    })  # fmt: skip


def arrange(request: HttpRequest, appointment_id: int) -> HttpResponse:
    line = next((x for x in standing_in.arrangeable(request.actor, on=request.today) if x.appointment_id == appointment_id), None)
    if line is None:
        raise Forbidden(Reason("org.not_to_arrange", _("Bạn chỉ cử được người làm thay cho mình hoặc cho người trong đơn vị mình lãnh đạo.")))
    form = AbsenceForm(request.POST or None, people=_same_organ(line, request), initial={"first_day": request.today})

    def save(data: dict[str, Any]) -> int:
        return stand_in(
            request.actor, on=request.today, appointment_id=appointment_id, person_id=data["person"], covers=data["covers"],
            first_day=data["first_day"], last_day=data["last_day"], reason=data["reason"],
        )  # fmt: skip

    return verb_page(request, VerbPage(
        title=_("Báo vắng, cử người làm thay"), submit=_("Cử làm thay"), done=_("Đã cử người làm thay."), back=reverse("web:absences"),
        call=save, form=form, about=f"{line.full_name}, {line.title}", keep=f"vang-mat-{appointment_id}",
        consequences=[
            _("Trong những ngày ấy người làm thay đổi được sang vị trí này ở góc trên bên phải; nhật ký ghi cả hai người."),
            _("Văn bản và nhiệm vụ giao cho người vắng cũng hiện với người làm thay; bạn kết thúc sớm được bất cứ lúc nào."),
        ],
    ))  # fmt: skip


def _same_organ(line: people.DirectoryLine, request: HttpRequest) -> list[tuple[int, str]]:
    """Người của cơ quan ấy và các phòng bên trong, trừ người vắng."""
    organ = organs_of([line.unit_id], on=request.today)[line.unit_id]
    below = organs_of(descendants([organ], on=request.today), on=request.today)
    inside = {unit for unit, its_organ in below.items() if its_organ == organ}
    found = people.people_of(inside, on=request.today)
    named = {x.person_id: f"{x.full_name}, {x.title}" for x in reversed(found) if x.person_id != line.person_id and not x.is_pool}
    return [(x.person_id, named.pop(x.person_id)) for x in found if x.person_id in named]


def end(request: HttpRequest, stand_in_id: int) -> HttpResponse:
    return verb_page(request, VerbPage(
        title=_("Kết thúc làm thay"), submit=pgettext("nút", "Kết thúc làm thay"), done=_("Đã kết thúc: từ hôm nay không còn ai làm thay."),
        back=reverse("web:absences"), call=lambda _data: end_stand_in(request.actor, on=request.today, stand_in_id=stand_in_id),
        consequences=[_("Từ hôm nay người làm thay không còn thấy việc của vị trí này.")],
    ))  # fmt: skip
