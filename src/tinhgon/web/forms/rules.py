"""Biểu mẫu sửa quy tắc và chọn lối viết."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Reason
from tinhgon.documents.models import OrganStyle, Side
from tinhgon.engine.form.parameters import Parameter, Shape, parameters
from tinhgon.engine.form.rules import Rule
from tinhgon.web.forms.base import DayField, PlainForm, dress

ISSUER_NAMES = {
    "committee.province": _("ban chấp hành đảng bộ tỉnh, thành phố"), "standing.province": _("ban thường vụ tỉnh ủy, thành ủy"),
    "committee.commune": _("ban chấp hành đảng bộ cơ sở"), "standing.commune": _("ban thường vụ đảng ủy cơ sở"), "cell": _("chi bộ"),
    "office": _("văn phòng"), "board": _("ban đảng"), "inspection": _("cơ quan ủy ban kiểm tra"), "room": _("phòng, bộ phận bên trong"),
}  # fmt: skip
PARAMETER_NAMES = {
    "min": _("Nhỏ nhất"), "max": _("Lớn nhất"), "use": _("Giá trị dùng"), "abbreviation": _("Ký hiệu tên loại"),
    "no": _("Không dành cho"), "allowed": _("Các dấu được dùng"), "titles": _("Học hàm, học vị, cấp hàm"), "opening": _("Chữ mở đầu"),
    "words": _("Chữ kính gửi theo tên loại"), "none": _("Tên loại không có phần kính gửi"), "mark": _("Dấu kết thúc"),
    "pattern": _("Chữ của dòng lưu"), "part": _("Dấu sau số La Mã"), "dash": _("Có gạch đầu dòng"), "comma": _("Có dấu phẩy trước ngày"),
    "colon": _("Có dấu hai chấm sau chữ Số"), "since": _("Áp dụng từ ngày"),
    "width": _("Bề rộng (mm)"), "height": _("Bề cao (mm)"), "margin": _("Lề trên và lề dưới (mm)"),
    "types": _("Các tên loại (mã)"), "word": _("Chữ mở đầu"), "recorder": _("Chữ trên chữ ký bên trái"), "chair": _("Chữ trên chữ ký bên phải"),
}  # fmt: skip


class WordsField(forms.CharField):
    """Danh sách, mỗi dòng một mục."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Mỗi dòng một mục."), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        """Không có phép thử nào trên cả danh sách."""


class PairsField(forms.CharField):
    """Bảng hai cột, mỗi dòng "tên: giá trị"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Mỗi dòng: mã tên loại, dấu hai chấm, chữ. Ví dụ to-trinh: Kính trình"), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name}: {word}" for name, word in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        lines = [line for line in str(value or "").splitlines() if line.strip()]
        pairs = [line.partition(":") for line in lines]
        if self.required and not pairs:
            raise forms.ValidationError(self.error_messages["required"])
        if any(not (name.strip() and colon and word.strip()) for name, colon, word in pairs):
            raise forms.ValidationError(_("Mỗi dòng phải có dấu hai chấm ở giữa."))
        return {name.strip(): word.strip() for name, _colon, word in pairs}


class IsoDayField(DayField):
    """Ngày cất trong quy tắc là chữ ISO; ô không bắt buộc mà trống thì ``None``."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return value

    def clean(self, value: Any) -> str | None:
        day = super().clean(value)
        return day.isoformat() if day else None


def _field(parameter: Parameter) -> forms.Field:
    label = PARAMETER_NAMES.get(parameter.name, parameter.name)
    if parameter.shape == Shape.ISSUERS:
        return forms.MultipleChoiceField(
            label=label, choices=list(ISSUER_NAMES.items()), widget=forms.CheckboxSelectMultiple, help_text=_("Nơi đánh dấu không được ban hành tên loại này.")
        )
    if parameter.shape == Shape.FLAG:
        return forms.BooleanField(label=label, required=False)
    made = {Shape.NUMBER: forms.FloatField, Shape.LIST: WordsField, Shape.PAIRS: PairsField, Shape.DAY: IsoDayField}.get(parameter.shape)
    if made is not None:
        return made(label=label)
    return forms.CharField(label=label, max_length=100, required=parameter.name != "abbreviation")


class _Wording(PlainForm):
    """Các ô mà quy tắc nào cũng có."""

    wording = forms.CharField(label=_("Câu của quy tắc"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    severity = forms.ChoiceField(label=_("Mức"), help_text=_("Nơi các nguồn nói khác nhau thì chỉ nhắc."))
    certainty = forms.ChoiceField(label=_("Chắc chắn tới đâu"))
    document = forms.CharField(label=_("Nguồn"), max_length=200)
    clause = forms.CharField(label=_("Mục, điều"), max_length=100, required=False)

    def __init__(self, *args: Any, rule: Rule, severities: Mapping[Any, Any], certainties: Mapping[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = [(str(name), label) for name, label in severities.items()]
        self.fields["certainty"].choices = [(str(name), label) for name, label in certainties.items()]
        for parameter in parameters(rule):
            self.fields[parameter.name] = _field(parameter)
        self.fields["reason"] = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
        for name in self.fields:
            dress(self.fields[name])


class RuleForm(_Wording):
    """Sửa một quy tắc: các ô chung, và các ô riêng của nó (số đo, ký hiệu, nơi không được ban hành, danh sách chữ...)."""

    layout = (("wording",), ("severity", "certainty"), ("document", "clause"), ("min", "max", "use"))


class NewRuleForm(_Wording):
    """Thêm quy tắc cho một tên loại của danh mục."""

    layout = (("type_code",), ("wording",), ("severity", "certainty"), ("document", "clause"))
    type_code = forms.ChoiceField(label=_("Tên loại"))

    def __init__(self, *args: Any, types: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type_code"].choices = list(types)

    def add_reason(self, reason: Reason) -> None:
        super().add_reason(replace(reason, field="type_code") if reason.field == "type" else reason)


class SetDatesForm(PlainForm):
    layout = (("since", "until"), ("note",), ("reason",))
    since = DayField(label=_("Áp dụng từ ngày"))
    until = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Bỏ trống: chưa định ngày thôi dùng."))
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class StyleForm(PlainForm):
    layout = (("side", "spelling"), ("letter_opening", "place"), ("contact",))
    side = forms.ChoiceField(label=_("Thể thức"), choices=Side.choices)
    spelling = forms.ChoiceField(label=_("Dấu thanh"), choices=OrganStyle.Spelling.choices)
    letter_opening = forms.ChoiceField(label=_("Trích yếu công văn mở đầu"), choices=OrganStyle.LetterOpening.choices)
    place = forms.CharField(
        label=_("Địa danh"), max_length=80, required=False, help_text=_("Bỏ trống thì lấy tên riêng của địa bàn.")
    )
    contact = forms.CharField(
        label=_("Thông tin liên hệ"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In ở cuối trang đầu của công văn: địa chỉ, điện thoại, thư điện tử; nhiều nhất 3 dòng. Bỏ trống thì không in."),
    )  # fmt: skip
