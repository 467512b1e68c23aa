"""Biểu mẫu của văn bản. Tên ô trùng với tên ô mà dịch vụ nêu trong lý do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Reason
from tinhgon.documents.models import Direction, Document, DocumentType, Secrecy, Urgency
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm, SearchInput, dress
from tinhgon.web.forms.fields import PickerField, secrecy_field, urgency_field

_LONG = {"rows": 3, "maxlength": 2000}


@dataclass(frozen=True, slots=True)
class MoreChoices:
    """Cái để chọn ở phần lọc thêm. ``is_cleared``: người này được xem tài liệu mật ở đâu đó."""

    functions: list[tuple[int, str]]
    units: list[tuple[int, str]]
    books: list[tuple[int, str]]
    is_cleared: bool


class DocumentFilters(PlainForm):
    tim = forms.CharField(label=_("Trích yếu, số, tác giả"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    loai = forms.TypedChoiceField(label=_("Tên loại"), required=False, coerce=int, empty_value=None)
    khan = forms.TypedChoiceField(
        label=_("Độ khẩn"), required=False, coerce=int, empty_value=None, choices=[("", _("Mọi độ khẩn")), *Urgency.choices]
    )
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    chi = forms.ChoiceField(
        label=_("Chỉ xem"), required=False,
        choices=[("", _("Tất cả")), ("mo", _("chưa xong")), ("qua-han", _("quá hạn")), ("toi", _("của tôi")), ("cho-toi", _("chờ tôi"))],
    )  # fmt: skip

    co_quan = forms.CharField(label=_("Cơ quan ban hành"), required=False)
    nguoi_ky = forms.CharField(label=_("Người ký"), required=False)
    chuc_nang = forms.TypedChoiceField(label=_("Chức năng"), required=False, coerce=int, empty_value=None)
    giu = forms.TypedChoiceField(label=_("Đơn vị đang giữ"), required=False, coerce=int, empty_value=None)
    tai = forms.TypedChoiceField(label=_("Đang chuyển tới"), required=False, coerce=int, empty_value=None)
    so = forms.TypedChoiceField(label=_("Sổ"), required=False, coerce=int, empty_value=None)
    tep = forms.ChoiceField(label=_("Tệp kèm"), required=False, choices=[("", _("Có hay không")), ("co", _("có tệp")), ("khong", _("chưa có tệp"))])
    mat = forms.TypedChoiceField(
        label=_("Độ mật"), required=False, coerce=int, empty_value=None, choices=[("", _("Mọi độ mật")), *Secrecy.choices]
    )
    MORE = ("khan", "tu", "den", "co_quan", "nguoi_ky", "chuc_nang", "giu", "tai", "so", "tep", "mat")

    def __init__(self, *args: Any, types: Iterable[DocumentType], states: Iterable[str], more: MoreChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(Document.State.choices)
        self._offer("loai", _("Mọi tên loại"), ((t.pk, t.name) for t in types))
        self._offer("trang_thai", _("Mọi trạng thái"), ((state, words[state]) for state in states))
        self._offer("chuc_nang", _("Mọi chức năng"), more.functions)
        self._offer("giu", _("Mọi đơn vị"), more.units)
        self._offer("tai", _("Mọi đơn vị"), more.units)
        self._offer("so", _("Mọi sổ"), more.books)
        if not more.is_cleared:
            del self.fields["mat"]

    def _offer(self, name: str, everything: Any, choices: Iterable[tuple[Any, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]

    @property
    def main_boxes(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more_boxes(self) -> list[BoundField]:
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def more_used(self) -> int:
        """Mấy ô lọc thêm đang dùng: ô đang dùng thì không được giấu."""
        return sum(bool(self.data.get(name)) for name in self.MORE)


class DraftForm(PlainForm):
    layout = (("direction", "type"), ("summary",), ("urgency", "secrecy", "due_on"), ("issuer", "signer_name"))
    direction = forms.ChoiceField(
        label=_("Gửi"), choices=[(Direction.OUTGOING, _("ra ngoài cơ quan")), (Direction.INTERNAL, _("trong nội bộ"))]
    )
    type = PickerField(label=_("Tên loại"))
    summary = forms.CharField(label=_("Trích yếu"), widget=forms.Textarea(attrs=_LONG))
    urgency = urgency_field()
    secrecy = secrecy_field()
    due_on = DayField(label=_("Hạn xử lý"), required=False)
    issuer = PickerField(label=_("Cơ quan đứng tên"), required=False, help_text=_("Bỏ trống thì chọn lúc cấp số."))
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)

    def __init__(self, *args: Any, types: Iterable[DocumentType], issuers: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].offer([(t.pk, t.name) for t in types])
        self.fields["issuer"].offer(issuers)


class IncomingForm(PlainForm):
    layout = (
        ("despite",), ("addressed_to", "heir"), ("issuer_name", "symbol"), ("type", "issued_on", "arrived_on"), ("summary",),
        ("urgency", "secrecy", "due_on"), ("signer_name", "signer_position"), ("authority", "place"), ("receivers",), ("pages", "copies"),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("Lý do vẫn vào sổ"), required=False, max_length=500, widget=forms.HiddenInput(),
        help_text=_("Đã có văn bản giống. Nếu vẫn vào sổ một lần nữa thì lý do này được ghi vào lịch sử."),
    )  # fmt: skip
    addressed_to = PickerField(label=_("Nơi nhận ghi trên văn bản"))
    heir = PickerField(
        label=_("Nơi nhận thay"), required=False, help_text=_("Chỉ chọn khi nơi nhận đã kết thúc và có nhiều đơn vị kế thừa.")
    )
    issuer_name = forms.CharField(label=_("Tác giả (cơ quan ban hành)"), required=False, max_length=200)
    symbol = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=60, help_text=_("Như in trên văn bản, ví dụ 15-CV/VPTU."))
    type = PickerField(label=_("Tên loại"))
    issued_on = DayField(label=_("Ngày văn bản"), required=False)
    arrived_on = DayField(label=_("Ngày đến"), required=False)
    summary = forms.CharField(label=_("Trích yếu"), required=False, widget=forms.Textarea(attrs=_LONG))
    urgency = urgency_field()
    secrecy = secrecy_field()
    due_on = DayField(label=_("Hạn xử lý"), required=False)
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=120)
    authority = forms.CharField(label=_("Quyền hạn ký"), required=False, max_length=120, help_text=_("Ví dụ T/M BAN THƯỜNG VỤ, T/L, KT."))
    place = forms.CharField(label=_("Địa danh"), required=False, max_length=80)
    receivers = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Mỗi dòng một nơi nhận, như in trên văn bản.")
    )
    pages = forms.IntegerField(label=_("Số trang"), required=False, min_value=1, max_value=100_000)
    copies = forms.IntegerField(label=_("Số bản"), required=False, min_value=1, max_value=100_000)

    def __init__(self, *args: Any, types: Iterable[DocumentType], addressees: Grouped, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].offer([(t.pk, t.name) for t in types])
        self.fields["addressed_to"].offer(addressees)
        self.fields["heir"].offer(addressees[0][1] if addressees else [])
        self.fields["arrived_on"].initial = today
        for name in ("issuer_name", "summary", "issued_on"):
            self.fields[name].required = True
        if addressees and len(addressees[0][1]) == 1:
            self.fields["addressed_to"].initial = addressees[0][1][0][0]
        if self.data.get("despite"):
            self.ask_despite()

    def ask_despite(self) -> None:
        """Có bản giống: hiện ô lý do."""
        field = self.fields["despite"]
        field.widget = forms.Textarea(attrs={"rows": 2})
        dress(field)

    def add_reason(self, reason: Reason) -> None:
        if reason.field == "despite":
            self.ask_despite()
        super().add_reason(reason)


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PersonForm(PlainForm):
    person = PickerField(label=_("Người xử lý"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)


class FileForm(PlainForm):
    file = forms.FileField(label=_("Tệp"), help_text=_("PDF, Word, Excel hoặc ảnh quét."))
