"""Biểu mẫu của văn bản liên tịch: các cơ quan cùng ban hành và người ký của mỗi cơ quan; ghi nhận bản đã ký."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Reason
from tinhgon.documents.services.joint import MOST, JointSeat
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm, dress
from tinhgon.web.forms.fields import PickerField

_SPARE = 2


class JointForm(PlainForm):
    """Mỗi cơ quan một nhóm ô; nhóm bỏ trống thì bỏ qua, có sẵn vài nhóm trống."""

    def __init__(self, *args: Any, organs: Grouped, leaders: Grouped, seats: Sequence[JointSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = range(1, min(MOST, len(seats) + _SPARE) + 1)
        for place in self.places:
            seat = seats[place - 1] if place <= len(seats) else JointSeat()
            for name, field in _fields(organs, leaders).items():
                field.initial = getattr(seat, _NAMES[name])
                dress(field)
                self.fields[f"{name}_{place}"] = field

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Từng cơ quan: ô trong hệ thống, ô của cơ quan ngoài, khối ký."""
        return [
            {
                "number": place, "inside": self._boxes(place, "unit", "person"), "outside": self._boxes(place, "name", "symbol", "signer"),
                "block": self._boxes(place, "authority", "position"),
                "is_outside": bool(self[f"name_{place}"].value() or self[f"signer_{place}"].value()),
            }
            for place in self.places
        ]  # fmt: skip

    def _boxes(self, place: int, *names: str) -> list[BoundField]:
        return [self[f"{name}_{place}"] for name in names]

    @property
    def seats(self) -> list[JointSeat]:
        return [JointSeat(**{_NAMES[name]: value for name, value in one.items()}) for one in self._filled().values()]

    def add_reason(self, reason: Reason) -> None:
        """Dịch vụ đếm các cơ quan đã ghi; trên trang có thể còn nhóm trống ở giữa."""
        name, _mark, number = (reason.field or "").rpartition("_")
        rows = list(self._filled())
        known = name in _NAMES and number.isdecimal() and 0 < int(number) <= len(rows)
        super().add_reason(replace(reason, field=f"{name}_{rows[int(number) - 1]}") if known else reason)

    def _filled(self) -> dict[int, dict[str, Any]]:
        listed = {place: {name: self.cleaned_data.get(f"{name}_{place}") for name in _NAMES} for place in self.places}
        return {place: one for place, one in listed.items() if any(one.values())}


_NAMES = {
    "unit": "unit_id", "person": "person_id", "name": "name", "symbol": "symbol", "signer": "signer_name", "authority": "authority",
    "position": "position",
}  # fmt: skip


def _fields(organs: Grouped, leaders: Grouped) -> dict[str, forms.Field]:
    return {
        "unit": PickerField(label=_("Cơ quan"), required=False, choices=organs),
        "person": PickerField(label=_("Người ký"), required=False, choices=leaders, help_text=_("Bỏ trống: người đứng đầu cơ quan ấy.")),
        "name": forms.CharField(label=_("Tên cơ quan"), required=False, max_length=200),
        "symbol": forms.CharField(label=_("Ký hiệu"), required=False, max_length=30),
        "signer": forms.CharField(label=_("Họ tên người ký"), required=False, max_length=120),
        "authority": forms.CharField(label=_("Quyền hạn"), required=False, max_length=120, help_text=_("Ví dụ T/M BAN THƯỜNG VỤ, K/T TRƯỞNG BAN.")),
        "position": forms.CharField(
            label=_("Chức vụ"), required=False, max_length=120, help_text=_("Ghi rõ của cơ quan nào, ví dụ TRƯỞNG BAN TỔ CHỨC. Bỏ trống: chức danh của người ký.")
        ),
    }  # fmt: skip


class ReceivedForm(PlainForm):
    layout = (("received_on", "note"),)
    received_on = DayField(label=_("Ngày nhận"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300, help_text=_("Ví dụ số công văn gửi trả, hay nơi giữ bản giấy."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today
