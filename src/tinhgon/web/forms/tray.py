"""Biểu mẫu của khay đến: tải lên, lọc, nơi tự lấy về."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import Arrival, WatchedPlace
from tinhgon.web.forms.base import PlainForm, SearchInput
from tinhgon.web.forms.documents import IncomingForm
from tinhgon.web.forms.fields import secrecy_field


class ManyFiles(forms.FileField):
    """Nhiều tệp một lần; giá trị là danh sách."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_ManyFilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        # tệp rỗng không làm hỏng cả lần tải: dịch vụ nói tên nó, các tệp khác vẫn vào
        found = [one for one in (data or []) if one is not None]
        if not found:
            super().clean(None, initial)
        return found


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class UploadForm(PlainForm):
    to_unit = forms.TypedChoiceField(label=_("Đưa vào khay của"), coerce=int)
    secrecy = secrecy_field()
    files = ManyFiles(label=_("Chọn tệp"))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = units
        if len(units) == 1:
            self.fields["to_unit"].widget = forms.HiddenInput()
            self.fields["to_unit"].initial = units[0][0]


class TrayFilters(PlainForm):
    tim = forms.CharField(label=_("Tên tệp, tiêu đề, nơi gửi"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    kenh = forms.ChoiceField(label=_("Kênh"), required=False, choices=[("", _("Mọi kênh")), *Arrival.Channel.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trang_thai"].choices = [("", _("còn chờ")), *Arrival.State.choices, ("tat-ca", _("tất cả"))]


class ArrivalForm(IncomingForm):
    """Vào sổ từ khay: thêm ô xác nhận chữ đã đổi từ bảng mã cũ."""

    legacy_ok = forms.BooleanField(label=_("Đã xem: chữ đổi sang Unicode đọc đúng"), required=True)

    def __init__(self, *args: Any, is_legacy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_legacy:
            del self.fields["legacy_ok"]


class PlaceForm(PlainForm):
    layout = (("kind", "unit"), ("path",), ("host", "port"), ("security", "mailbox"), ("username", "password"), ("is_active",))
    kind = forms.ChoiceField(label=_("Lấy từ"), choices=WatchedPlace.Kind.choices)
    unit = forms.TypedChoiceField(label=_("Đưa vào khay của"), coerce=int)
    path = forms.CharField(
        label=_("Thư mục"), required=False, max_length=200,
        help_text=_("Với thư mục: tên thư mục con trong thư mục “khay” của máy chủ, ví dụ van-phong. Tệp đã lấy chuyển sang xong/, tệp không nhận sang loi/."),
    )  # fmt: skip
    host = forms.CharField(label=_("Máy chủ thư"), required=False, max_length=200)
    port = forms.IntegerField(label=_("Cổng"), required=False, min_value=1, max_value=65535, help_text=_("Bỏ trống thì theo cách mã hóa."))
    security = forms.ChoiceField(label=_("Mã hóa đường truyền"), choices=WatchedPlace.Security.choices, required=False)
    mailbox = forms.CharField(label=_("Hộp"), required=False, initial="INBOX", max_length=100)
    username = forms.CharField(label=_("Tài khoản"), required=False, max_length=200)
    password = forms.CharField(
        label=_("Mật khẩu"), required=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Cất dưới dạng mã hóa. Khi sửa, bỏ trống thì giữ mật khẩu cũ."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)
