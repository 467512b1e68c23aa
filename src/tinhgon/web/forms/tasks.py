"""Biểu mẫu của nhiệm vụ. Tên ô trùng với tên ô mà dịch vụ nêu trong lý do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.tasks.models import Task
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm, SearchInput
from tinhgon.web.forms.fields import PickerField, PickerManyField


class TaskFilters(PlainForm):
    tim = forms.CharField(label=_("Nội dung, sản phẩm"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Mọi trạng thái")), *Task.State.choices]
    )
    chi = forms.ChoiceField(
        label=_("Chỉ xem"), required=False,
        choices=[("mo", _("chưa xong")), ("qua-han", _("quá hạn")), ("tuan-nay", _("hạn tuần này")), ("", _("tất cả"))],
    )  # fmt: skip


class AssignTaskForm(PlainForm):
    layout = (("title",), ("product", "due_on"), ("lead",), ("coordinating",), ("detail",))
    title = forms.CharField(label=_("Nội dung nhiệm vụ"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    product = forms.CharField(label=_("Sản phẩm"), required=False, max_length=300, help_text=_("Nộp cái gì thì xong: báo cáo, tờ trình, danh sách."))
    due_on = DayField(label=_("Hạn"), required=False, help_text=_("Rơi vào ngày nghỉ thì dời tới ngày làm việc kế tiếp."))
    lead = PickerField(label=_("Chủ trì"), help_text=_("Một việc chỉ một đầu mối."))
    coordinating = PickerManyField(label=_("Phối hợp"), required=False)
    detail = forms.CharField(label=_("Chi tiết"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, units: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].offer(units)
        self.fields["coordinating"].offer(units)


class ProgressForm(PlainForm):
    progress = forms.IntegerField(
        label=_("Tiến độ (%)"), min_value=0, max_value=100, widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5})
    )
    note = forms.CharField(label=_("Đã làm được gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ResultForm(PlainForm):
    note = forms.CharField(label=_("Kết quả nộp"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ApproveForm(PlainForm):
    exceeded = forms.TypedChoiceField(
        label=_("Kết quả so với yêu cầu"), required=False, widget=forms.RadioSelect, empty_value=None, coerce=lambda value: value == "1",
        choices=[("", _("Không nhận xét")), ("0", _("Đúng yêu cầu")), ("1", _("Vượt yêu cầu"))],
        help_text=_("Xếp loại xuất sắc đòi một tỉ lệ việc vượt yêu cầu. Vượt thì ghi ở nhận xét vượt ở điểm nào."),
    )
    note = forms.CharField(label=_("Nhận xét"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(PlainForm):
    due_on = DayField(label=_("Hạn mới"))
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
