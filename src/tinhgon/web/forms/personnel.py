"""Biểu mẫu của cán bộ. Tên ô trùng với tên ô mà dịch vụ nêu trong lý do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Field
from tinhgon.personnel.models import Rotation, Sex, Skill
from tinhgon.web.forms.base import DayField, PlainForm

Fields = list[tuple[int, str]]


class _WithField(PlainForm):
    """Có ô chọn lĩnh vực."""

    is_optional = False

    def __init__(self, *args: Any, fields: Fields, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field_id"].choices = [("", _("(không gắn lĩnh vực)")), *fields] if self.is_optional else fields  # type: ignore[attr-defined]


class SkillForm(_WithField):
    layout = (("field_id", "level"), ("is_main",), ("basis",))
    field_id = forms.TypedChoiceField(label=_("Lĩnh vực"), coerce=int)
    level = forms.TypedChoiceField(label=_("Mức"), coerce=int, choices=[(value, f"{value} – {label}") for value, label in Skill.Level.choices])
    is_main = forms.BooleanField(label=_("Là lĩnh vực chính"), required=False, help_text=_("Lĩnh vực chính trước đó thành lĩnh vực khác."))
    basis = forms.CharField(
        label=_("Căn cứ công nhận"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Việc đã chủ trì, khóa đã học, quyết định.")
    )


class TrainingForm(_WithField):
    is_optional = True
    layout = (("title",), ("place", "finished_on"), ("field_id",))
    title = forms.CharField(label=_("Khóa học"), max_length=200)
    place = forms.CharField(label=_("Nơi học"), max_length=200, required=False)
    finished_on = DayField(label=_("Học xong ngày"))
    field_id = forms.TypedChoiceField(label=_("Lĩnh vực"), coerce=int, required=False, empty_value=None)


class RotationForm(PlainForm):
    layout = (("kind",), ("since", "due"), ("note",), ("basis",))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Rotation.Kind.choices)
    since = DayField(label=_("Từ ngày"))
    due = DayField(label=_("Tới hạn ngày"))
    note = forms.CharField(label=_("Dự kiến"), max_length=300, required=False, help_text=_("Đi đâu, làm gì, nếu đã có dự kiến."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)


class PrivateForm(PlainForm):
    layout = (("born_on", "sex"),)
    born_on = DayField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("chưa ghi")), *Sex.choices])


class TagForm(PlainForm):
    nature = forms.ChoiceField(label=_("Tính chất"), choices=Field.Nature.choices)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"), help_text=_("Mỗi người một dòng. Cột bắt buộc: Số hiệu cán bộ, Họ và tên, Căn cứ.")
    )
