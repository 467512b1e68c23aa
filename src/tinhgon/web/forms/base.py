"""Biểu mẫu nền: kiểu dáng, lỗi cạnh ô và tóm tắt lỗi, lý do từ chối của tầng dưới quay về đúng ô."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Invalid, Reason, Refused, TinhGonError

_REQUIRED = _("Ô này bắt buộc nhập.")


class PlainForm(forms.Form):
    """Mọi ô mang lớp của giao diện, lời báo lỗi tiếng Việt; ô không bắt buộc được ghi rõ."""

    use_required_attribute = False  # máy chủ báo lỗi cạnh ô, thống nhất trên mọi trình duyệt
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def add_reasons(self, error: TinhGonError) -> None:
        """Lý do nêu tên ô thì về ô ấy, còn lại lên đầu biểu mẫu."""
        for reason in error.reasons:
            self.add_reason(reason)

    def add_reason(self, reason: Reason) -> None:
        self.add_error(reason.field if reason.field in self.fields else None, str(reason.sentence))

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(mã ô, nhãn, lời báo) cho phần tóm tắt; mã rỗng là lỗi chung."""
        found = []
        for name, errors in self.errors.items():
            box = self[name] if name in self.fields else None
            found += [(box.id_for_label if box else "", str(box.label) if box else "", text) for text in errors]
        return found


class DayField(forms.DateField):
    """Ô chọn ngày của trình duyệt; nhận cả dd/mm/yyyy khi gõ tay."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("error_messages", {"invalid": _("Ngày chưa đúng, ví dụ 01/07/2025.")})
        super().__init__(**kwargs)


def dress(field: forms.Field) -> None:
    """Lớp và lời báo của một ô."""
    widget = field.widget
    plain = isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect)
    if not plain and not widget.is_hidden:
        widget.attrs.setdefault("class", "form-select" if isinstance(widget, forms.Select) else "form-control")
    field.error_messages["required"] = _REQUIRED


def attempt(form: PlainForm, verb: Callable[[], Any]) -> Any | None:
    """Gọi động từ; dữ liệu sai hay bị từ chối thì lý do về biểu mẫu và trả ``None``. Thiếu quyền thì để trang lỗi nói."""
    try:
        return verb()
    except (Invalid, Refused) as error:
        form.add_reasons(error)
        return None
