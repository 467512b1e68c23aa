"""Biểu mẫu nền: kiểu dáng, lỗi cạnh ô và tóm tắt lỗi, lý do từ chối của tầng dưới quay về đúng ô."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Invalid, Reason, Refused, TinhGonError

_REQUIRED = _("Ô này bắt buộc nhập.")


class PlainForm(forms.Form):
    """Mọi ô mang lớp của giao diện, lời báo lỗi tiếng Việt; ô không bắt buộc được ghi rõ."""

    use_required_attribute = False  # máy chủ báo lỗi cạnh ô, thống nhất trên mọi trình duyệt
    layout: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    @property
    def rows(self) -> list[list[BoundField]]:
        """Các ô theo hàng: ``layout`` của lớp con, mặc định mỗi ô một hàng."""
        named = [
            [name for name in row if name in self.fields and not self.fields[name].widget.is_hidden] for row in self.layout
        ]
        placed = {name for row in named for name in row}
        rest = [[name] for name in self.fields if name not in placed and not self.fields[name].widget.is_hidden]
        return [[self[name] for name in row] for row in named + rest if row]

    def add_reasons(self, error: TinhGonError) -> None:
        """Lý do nêu tên ô thì về ô ấy, còn lại lên đầu biểu mẫu."""
        for reason in error.reasons:
            self.add_reason(reason)

    def add_reason(self, reason: Reason) -> None:
        if not hasattr(self, "cleaned_data"):  # biểu mẫu mới mở mà động từ đã có điều muốn nói: đọc thử một tệp thiếu cột
            self.full_clean()
            self.cleaned_data = {}
        self.add_error(reason.field if reason.field in self.fields else None, str(reason.sentence))

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(mã ô, nhãn, lời báo) cho phần tóm tắt; mã rỗng là lỗi chung."""
        found = []
        for name, errors in self.errors.items():
            box = self[name] if name in self.fields else None
            found += [(_first_id(box) if box else "", str(box.label) if box else "", text) for text in errors]
        return found


def _first_id(box: BoundField) -> str:
    """Ô để nhảy tới. Nhóm nút chọn không có một mã chung: tới nút đầu."""
    return box.id_for_label or f"{box.auto_id}_0"


class DayInput(forms.DateInput):
    """Gõ dd/mm/yyyy trên mọi máy (ô ngày của trình duyệt viết theo tiếng của trình duyệt); nút Lịch mở lịch của máy."""

    input_type = "text"
    template_name = "web/parts/day_input.html"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off", **attrs}, format="%d/%m/%Y")


class DayField(forms.DateField):
    """Ngày; nhận dd/mm/yyyy và yyyy-mm-dd."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DayInput())
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"])
        kwargs.setdefault("error_messages", {"invalid": _("Ngày chưa đúng, ví dụ 01/07/2025.")})
        super().__init__(**kwargs)


class SearchInput(forms.TextInput):
    input_type = "search"


def dress(field: forms.Field) -> None:
    """Lớp và lời báo của một ô."""
    widget = field.widget
    plain = isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect)
    if not plain and not widget.is_hidden:
        widget.attrs.setdefault("class", "form-select" if isinstance(widget, forms.Select) else "form-control")
    if isinstance(widget, forms.FileInput):
        many = getattr(widget, "allow_multiple_selected", False)
        widget.attrs |= {
            "data-choose": _("Chọn các tệp") if many else _("Chọn tệp"), "data-none": _("chưa chọn tệp nào"), "data-many": _("tệp đã chọn"),
        }  # fmt: skip
    field.error_messages["required"] = _REQUIRED


def attempt(form: PlainForm, verb: Callable[[], Any]) -> Any | None:
    """Gọi động từ; dữ liệu sai hay bị từ chối thì lý do về biểu mẫu và trả ``None``. Thiếu quyền thì để trang lỗi nói."""
    try:
        return verb()
    except (Invalid, Refused) as error:
        form.add_reasons(error)
        return None
