"""Biểu mẫu của bút phê, chuyển xử lý, chuyển xuống và báo kết quả."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import RemarkTemplate
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.forms.fields import ManyFilesField, PickerField, PickerManyField


class RemarkedForm(PlainForm):
    """Bút phê và hạn: chung cho chuyển xử lý và chuyển xuống."""

    template = forms.ChoiceField(label=_("Bút phê mẫu"), required=False, widget=forms.Select(attrs={"data-fill": "remark"}))
    remark = forms.CharField(label=_("Bút phê"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label=_("Hạn xử lý"), required=False)
    working_days = forms.IntegerField(
        label=_("hoặc trong số ngày làm việc"), required=False, min_value=1, max_value=250,
        help_text=_("Không tính hôm nay và ngày nghỉ; ghi một trong hai ô."),
    )  # fmt: skip

    def offer_templates(self, templates: Iterable[RemarkTemplate]) -> None:
        listed = [(template.text, template.text[:80]) for template in templates]
        if listed:
            self.fields["template"].choices = [("", _("Chọn để chèn")), *listed]
        else:
            del self.fields["template"]
            self.fields["remark"].help_text = format_html(
                '<a href="{}">{}</a>', reverse_lazy("web:remark_templates"), _("Lập bút phê mẫu để chèn nhanh")
            )

    def clean(self) -> dict[str, Any]:
        """Không có mã phía trình duyệt thì mẫu đã chọn thành bút phê khi ô bút phê còn trống."""
        data = super().clean() or self.cleaned_data
        chosen = data.pop("template", "")
        data["remark"] = data.get("remark") or chosen or ""
        return data


class RouteForm(RemarkedForm):
    layout = (("lead",), ("coordinating",), ("for_information",), ("template",), ("remark",), ("due_on", "working_days"))
    lead = PickerField(label=_("Chủ trì"), required=False, help_text=_("Một việc chỉ một đầu mối."))
    coordinating = PickerManyField(label=_("Phối hợp"), required=False)
    for_information = PickerManyField(label=_("Nhận để biết"), required=False)

    def __init__(self, *args: Any, units: Grouped, templates: Iterable[RemarkTemplate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_templates(templates)
        self.fields["lead"].optional = _("(chỉ bỏ trống khi chuyển thêm để phối hợp, để biết)")
        for name in ("lead", "coordinating", "for_information"):
            self.fields[name].offer(units)


class ForwardForm(RemarkedForm):
    layout = (
        ("lead", "lead_person"), ("coordinating", "persons"), ("for_information", "informed_persons"), ("template",), ("remark",),
        ("due_on", "working_days"),
    )  # fmt: skip
    lead = PickerField(label=_("Nơi chủ trì"), required=False, help_text=_("Một nơi hoặc một người."))
    lead_person = PickerField(label=_("hoặc người chủ trì"), required=False)
    coordinating = PickerManyField(label=_("Nơi phối hợp"), required=False)
    persons = PickerManyField(label=_("Người phối hợp"), required=False)
    for_information = PickerManyField(label=_("Nơi nhận để biết"), required=False)
    informed_persons = PickerManyField(label=_("Người nhận để biết"), required=False)

    def __init__(
        self, *args: Any, units: Grouped, people: list[tuple[int, str]], templates: Iterable[RemarkTemplate] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_templates(templates)
        for name in ("lead", "coordinating", "for_information"):
            if units:
                self.fields[name].offer(units)
            else:
                del self.fields[name]
        if not units:
            self.fields["lead_person"].label = _("Người chủ trì")
        for name in ("lead_person", "persons", "informed_persons"):
            self.fields[name].offer(people)


class TemplateForm(PlainForm):
    text = forms.CharField(label=_("Bút phê"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ResultForm(PlainForm):
    note = forms.CharField(label=_("Kết quả"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    files = ManyFilesField(label=_("Tệp kết quả"), required=False, help_text=_("Báo cáo, tờ trình, văn bản đã ban hành; chọn được nhiều tệp."))

    def __init__(self, *args: Any, with_files: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_files:
            del self.fields["files"]
