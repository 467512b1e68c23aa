"""Biểu mẫu gửi, xin lấy lại, trả lời, đối tác liên thông, mã truy cập."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.org.models import TokenScope
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import PlainForm, SearchInput
from tinhgon.web.forms.fields import PickerField, PickerManyField


@dataclass(frozen=True, slots=True)
class Receivers:
    """Nơi chọn được, và nơi chọn sẵn theo dòng "Nơi nhận" của văn bản; ``said``: câu nói gì đi đường nào."""

    units: Grouped
    organs: Grouped
    initial: dict[str, Any]
    said: list[str]


class ReceiversForm(PlainForm):
    """Ba ô nơi nhận, của mọi động từ có gửi đi. Chọn sẵn theo văn bản; bỏ chọn được."""

    units = PickerManyField(label=gettext_lazy("Cơ quan trong hệ thống"), required=False)
    organs = PickerManyField(label=gettext_lazy("Cơ quan ở hệ thống khác"), required=False)
    paper = forms.CharField(
        label=gettext_lazy("Nơi nhận bản giấy"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một nơi nhận; hồi âm ghi tay."),
    )  # fmt: skip

    def __init__(self, *args: Any, receivers: Receivers, **kwargs: Any) -> None:
        kwargs["initial"] = receivers.initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["units"].offer(receivers.units)
        if receivers.organs:
            self.fields["organs"].offer(receivers.organs)
        else:
            del self.fields["organs"]


class SendForm(ReceiversForm):
    note = forms.CharField(label=gettext_lazy("Lời nhắn"), required=False, max_length=500)


class AskForm(PlainForm):
    replacement = PickerField(label=gettext_lazy("Văn bản thay thế"), required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    deliveries = PickerManyField(label=gettext_lazy("Nơi nhận"), required=False, help_text=gettext_lazy("Bỏ trống: mọi nơi còn xin được."))

    def __init__(self, *args: Any, deliveries: list[tuple[int, str]], replacements: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deliveries"].offer(deliveries)
        if replacements is None:
            del self.fields["replacement"]
        else:
            self.fields["replacement"].offer(replacements)


class AnswerForm(PlainForm):
    said = forms.CharField(label=gettext_lazy("Lý do từ chối"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class AgreeForm(PlainForm):
    said = forms.CharField(label=gettext_lazy("Lời đáp"), required=False, max_length=500)


class PaperForm(PlainForm):
    refused = forms.TypedChoiceField(
        label=gettext_lazy("Nơi nhận"), coerce=lambda text: text == "1", choices=[("", gettext_lazy("đã nhận")), ("1", gettext_lazy("trả lại"))], required=False, empty_value=False
    )
    said = forms.CharField(label=gettext_lazy("Ký nhận, lý do"), required=False, max_length=500)


class DeliveryFilters(PlainForm):
    tim = forms.CharField(label=gettext_lazy("Nơi nhận, số ký hiệu, trích yếu"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"), required=False,
        choices=[
            ("", gettext_lazy("Mọi dòng gửi")), ("silent", gettext_lazy("quá hạn hồi âm")), ("open", gettext_lazy("chưa xong")),
            ("refused", gettext_lazy("bị từ chối")), ("asked", gettext_lazy("đang xin lấy lại, sửa")), ("withdrawn", gettext_lazy("đã lấy lại")),
        ],
    )  # fmt: skip


class ImportForm(PlainForm):
    file = forms.FileField(label=gettext_lazy("Tệp edXML"), help_text=gettext_lazy("Thông điệp văn bản hay trạng thái, nhiều nhất 48 MB."))


class PartnerForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên hệ thống"), max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Địa chỉ"), required=False, max_length=300, help_text=gettext_lazy("Ví dụ https://vanban.tinh-ban.vn. Bỏ trống: chỉ trao đổi bằng tệp.")
    )
    certificate = forms.CharField(label=gettext_lazy("Chứng thư của hệ thống ấy (PEM)"), required=False, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
    organs = forms.CharField(
        label=gettext_lazy("Các cơ quan"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Mỗi dòng: mã định danh, dấu cách, tên cơ quan."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("Nối qua đường truyền"), required=False)

    def clean_organs(self) -> list[tuple[str, str]]:
        lines = [line.strip().partition(" ") for line in self.cleaned_data["organs"].splitlines() if line.strip()]
        return [(code.upper(), name.strip()) for code, _space, name in lines]


class CodeForm(PlainForm):
    unit = PickerField(label=gettext_lazy("Cơ quan"))
    code = forms.CharField(label=gettext_lazy("Mã định danh"), max_length=20, help_text=gettext_lazy("Chữ hoa, số, dấu chấm; ví dụ A01.H29."))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)


def _validities() -> list[tuple[int, str]]:
    return [(days, _("%(days)d ngày") % {"days": days}) for days in (7, 30, 90, 365)]


class TokenForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Dùng vào việc gì"), max_length=80)
    scopes = forms.MultipleChoiceField(label=gettext_lazy("Phạm vi"), choices=TokenScope.choices, widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Hạn dùng"), coerce=int, initial=90, choices=_validities
    )
