"""Biểu mẫu sửa một dòng quy định về cán bộ: các ô theo hình của dòng, nguồn, lý do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.rulebook import Cell, Line, Shape, fraction_from
from tinhgon.personnel.models import Grade
from tinhgon.personnel.rule_words import CERTAINTIES, PERIODS, cell_label, cell_said
from tinhgon.web.forms.base import DayField, PlainForm, dress
from tinhgon.web.forms.rules import IsoDayField

_TOGETHER = (("since", "until"), ("from", "to"), ("general", "result"), ("first_year", "first"), ("step", "last"))


class FractionField(forms.CharField):
    """Gõ ``1/5``, ``20 %`` hay ``0,2``; cất là phân số."""

    def __init__(self, *, cell: Cell, **kwargs: Any) -> None:
        self.cell = cell
        kwargs["help_text"] = _("Ví dụ 20 % hay 1/5.") if cell.shape == Shape.SHARE else _("Ví dụ 0,9 hay 9/10.")
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return cell_said(self.cell, value) if value and self.cell.fits(value) else value

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return str(fraction_from(text))
        except ValueError as error:
            raise forms.ValidationError(_("Hãy gõ phân số, phần trăm hay số thập phân, ví dụ 1/5, 20 %, 0,2.")) from error


class RuleLineForm(PlainForm):
    """``values``: điền sẵn. Nguồn dùng chung cho nhiều dòng thì nói trước."""

    def __init__(self, *args: Any, line: Line, shared: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        names = [cell.name for cell in line.provision.cells]
        for cell in line.provision.cells:
            self.fields[cell.name] = _field(cell, _sentence(cell_label(line, cell.name)), is_needed=not (cell.optional or line.provision.vanishes))
        self.fields |= _source_fields(shared)
        self.fields["reason"] = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
        for field in self.fields.values():
            dress(field)
        pairs = [pair for pair in _TOGETHER if set(pair) <= set(names)]
        paired = {name: pair for pair in pairs for name in pair}
        self.layout = (*dict.fromkeys(paired.get(name, (name,)) for name in names), ("document", "clause"), ("certainty",), ("reason",))

    @property
    def values(self) -> dict[str, Any]:
        """Các ô đã gõ; dòng có thể không có mà ô trống thì ``None``."""
        found = {cell.name: self.cleaned_data[cell.name] for cell in self.line.provision.cells}
        return {name: None if value == "" and self.line.provision.vanishes else value for name, value in found.items()}

    @property
    def source(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("document", "clause", "certainty")}


class FollowForm(PlainForm):
    """Đặt bộ kế tiếp bằng cách chép bộ này."""

    layout = (("name",), ("since",), ("reason",))
    name = forms.CharField(label=_("Tên văn bản, số, ngày"), max_length=300)
    since = DayField(label=_("Áp dụng từ ngày"), help_text=_("Bộ đang chép thôi dùng từ hôm trước."))
    reason = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _source_fields(shared: int) -> dict[str, forms.Field]:
    told = _("Nguồn này dùng chung cho %(count)d dòng.") % {"count": shared} if shared > 1 else ""
    return {
        "document": forms.CharField(label=_("Nguồn: văn bản"), max_length=300, required=False, help_text=told),
        "clause": forms.CharField(label=_("Điều khoản"), max_length=300, required=False),
        "certainty": forms.ChoiceField(label=_("Chắc tới đâu"), choices=[(str(code), _sentence(str(word))) for code, word in CERTAINTIES.items()]),
    }


def _field(cell: Cell, label: str, *, is_needed: bool) -> forms.Field:
    common: dict[str, Any] = {"label": label, "required": is_needed}
    if cell.shape in (Shape.TIMES, Shape.SHARE):
        return FractionField(cell=cell, **common)
    if cell.shape in (Shape.WHOLE, Shape.AGE):
        told = _("Bằng tháng: 60 tuổi là 720.") if cell.shape == Shape.AGE else ""
        bounds = {"min_value": _("Ít nhất %(limit_value)d."), "max_value": _("Nhiều nhất %(limit_value)d.")}
        return forms.IntegerField(min_value=cell.least, max_value=cell.most, error_messages=bounds, help_text=told, **common)
    if cell.shape == Shape.DAY:
        return IsoDayField(**common)
    if cell.shape == Shape.FLAG:
        return forms.BooleanField(label=label, required=False)
    if cell.shape == Shape.GRADE:
        return forms.ChoiceField(choices=[(value, _sentence(str(word))) for value, word in Grade.choices], **common)
    if cell.shape == Shape.PERIODS:
        return forms.MultipleChoiceField(choices=list(PERIODS.items()), widget=forms.CheckboxSelectMultiple, **common)
    return forms.CharField(max_length=300, **common)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
