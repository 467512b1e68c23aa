"""Chia một đơn vị: các nơi nhận (đang có, hay mới), mỗi chức năng về đúng một nơi. Không cần JavaScript."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.reorg import services
from tinhgon.reorg.services import NewUnit, Part
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.fields import PickerField
from tinhgon.web.pages.reorg.board.common import Desk, desk_for, gesture_page, targets
from tinhgon.web.pages.reorg.board.units import chosen_one, template_choices

MOST_PARTS = 6


@dataclass
class Row:
    """Một nơi của biểu mẫu: ô chọn đơn vị đang có, hoặc tên và mẫu của đơn vị mới."""

    number: int
    boxes: list[Any] = field(default_factory=list)


class SplitForm(PlainForm):
    """Ô ``unit_N``, ``name_N``, ``template_N``, và ``f_<chức năng>`` chọn số thứ tự của nơi nhận."""

    stays = forms.BooleanField(label=gettext_lazy("Đơn vị này vẫn còn, giữ phần không chia"), required=False)
    parent_id = PickerField(label=gettext_lazy("Cấp trên của đơn vị mới"), required=False)

    def __init__(self, *args: Any, desk: Desk, unit_id: int, parts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        read = desk.scenario
        self.functions = {f"f_{each}": each for each in sorted(read.plan.now[unit_id].functions, key=lambda f: read.function_names.get(f, ""))}
        offered = targets(desk, apart_from=[unit_id])
        self.fields["parent_id"].offer(offered)
        for number in range(1, parts + 1):
            self._part(number, desk, offered)
        places = [(str(n), _("Nơi %(number)d") % {"number": n}) for n in range(1, parts + 1)]
        for name, function in self.functions.items():
            self.fields[name] = forms.ChoiceField(
                label=read.function_names.get(function, ""), required=False, choices=[("", _("chưa định")), *places, ("0", _("ở lại"))],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    def _part(self, number: int, desk: Desk, offered: Any) -> None:
        self.fields[f"unit_{number}"] = PickerField(label=_("Nơi %(number)d: đơn vị đang có, đã vẽ") % {"number": number}, required=False, choices=offered)
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("hoặc đơn vị mới tên là"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "form-control"})
        )
        self.fields[f"template_{number}"] = forms.ChoiceField(
            label=_("theo mẫu"), required=False, choices=[("", _("Chọn mẫu")), *template_choices(desk)], widget=forms.Select(attrs={"class": "form-select"})
        )

    @property
    def part_rows(self) -> list[Row]:
        return [Row(n, [self[f"{name}_{n}"] for name in ("unit", "name", "template")]) for n in range(1, self.parts + 1)]

    @property
    def function_boxes(self) -> list[Any]:
        return [self[name] for name in self.functions]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, self.parts + 1):
            unit, name = data.get(f"unit_{number}"), data.get(f"name_{number}")
            if unit and name:
                self.add_error(f"name_{number}", _("Chọn đơn vị đang có hoặc ghi tên mới, không cả hai."))
            if name and not data.get(f"template_{number}"):
                self.add_error(f"template_{number}", _("Hãy chọn mẫu của đơn vị mới."))
            if name and not data.get("parent_id"):
                self.add_error("parent_id", _("Hãy chọn cấp trên của đơn vị mới."))
        return data

    def chosen_parts(self, unit_id: int) -> list[Part]:
        data = self.cleaned_data

        def shared(number: int) -> list[int]:
            return [function for name, function in self.functions.items() if data.get(name) == str(number)]

        found = []
        for number in range(1, self.parts + 1):
            if data.get(f"unit_{number}"):
                found.append(Part(unit_id=data[f"unit_{number}"], functions=shared(number)))
            elif data.get(f"name_{number}"):
                new = NewUnit(data[f"name_{number}"], data["parent_id"], data[f"template_{number}"])
                found.append(Part(new=new, functions=shared(number)))
        if data["stays"]:
            found.append(Part(unit_id=unit_id, functions=shared(0)))
        return found


def split(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="prepare")
    unit_id = chosen_one(desk, request)
    if unit_id is None or unit_id not in desk.scenario.plan.now:
        messages.error(request, _("Hãy chọn đúng một đơn vị đang hoạt động để chia."))
        return redirect(desk.back())
    text = request.POST.get("noi") or request.GET.get("noi") or "2"
    parts = min(max(int(text) if text.isdecimal() and len(text) < 3 else 2, 2), MOST_PARTS)
    form = SplitForm(request.POST or None, desk=desk, unit_id=unit_id, parts=parts, initial={"parent_id": desk.scenario.plan.now[unit_id].parent})

    def verb(_chosen: dict[str, Any]) -> list[int]:
        return services.split_unit(request.actor, reorg_id, unit_id=unit_id, parts=form.chosen_parts(unit_id))

    context = {"unit_id": unit_id, "unit_name": desk.scenario.name(unit_id), "parts": parts, "can_add": parts < MOST_PARTS, "back": desk.back(unit_id)}
    return gesture_page(desk, form, "split.html", verb, done=_("Đã chia; việc ghi chức năng đi theo chức năng, việc khác quyết định ở bước Nơi nhận."), land=lambda made: desk.back(made[0]), context=context)
