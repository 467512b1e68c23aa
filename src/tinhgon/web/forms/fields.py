"""Ô chọn hay dùng: đơn vị, người, tên loại, độ khẩn, độ mật."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import Secrecy, Urgency
from tinhgon.web.choices import Grouped

PICKER = {"data-picker": "", "data-placeholder": _("Gõ để tìm"), "data-none": _("Không có mục nào khớp")}


def _whole(text: str) -> int | None:
    return int(text) if text else None


class PickerField(forms.TypedChoiceField):
    """Một mục, gõ để tìm. Giá trị là số, hoặc ``None`` khi bỏ trống."""

    def __init__(self, *, choices: Grouped | list[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(
            choices=[("", ""), *choices], coerce=_whole, empty_value=None, widget=forms.Select(attrs=dict(PICKER)), **kwargs
        )

    def offer(self, choices: Grouped | list[tuple[int, str]]) -> None:
        self.choices = [("", ""), *choices]


class PickerManyField(forms.TypedMultipleChoiceField):
    """Nhiều mục, gõ để tìm."""

    def __init__(self, *, choices: Grouped | list[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(
            choices=choices, coerce=int, empty_value=[], widget=forms.SelectMultiple(attrs=dict(PICKER)), **kwargs
        )

    def offer(self, choices: Grouped | list[tuple[int, str]]) -> None:
        self.choices = choices


def urgency_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Độ khẩn"), choices=Urgency.choices, coerce=int, initial=Urgency.NORMAL)


def secrecy_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Độ mật"), choices=Secrecy.choices, coerce=int, initial=Secrecy.NORMAL,
        help_text=_("Trên mức thường: chỉ ghi dòng sổ, nội dung không lưu trên hệ thống."),
    )  # fmt: skip


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Nhiều tệp trong một ô; giá trị là danh sách tệp."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        listed = data if isinstance(data, list | tuple) else [data]
        return [found for found in (super(ManyFilesField, self).clean(one, initial) for one in listed) if found]
