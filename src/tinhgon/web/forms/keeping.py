"""Biểu mẫu của hồ sơ, nộp lưu, hủy."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import DisposalItem, Dossier, RetentionPeriod
from tinhgon.engine.formats import day_said
from tinhgon.org.models import Function
from tinhgon.web.forms.base import DayField, PlainForm, SearchInput
from tinhgon.web.forms.fields import PickerField


class DossierFilters(PlainForm):
    tim = forms.CharField(label=_("Tiêu đề, ký hiệu"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("Mọi trạng thái")), *Dossier.State.choices])
    chi = forms.ChoiceField(label=_("Chỉ xem"), required=False, choices=[("", _("Tất cả")), ("toi", _("của tôi"))])


class DossierForm(PlainForm):
    layout = (("title",), ("notation", "function"), ("retention",))
    title = forms.CharField(label=_("Tiêu đề hồ sơ"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    notation = forms.CharField(label=_("Số, ký hiệu hồ sơ"), required=False, max_length=60, help_text=_("Theo danh mục hồ sơ của cơ quan, nếu có."))
    function = PickerField(label=_("Lĩnh vực"), required=False)
    retention = PickerField(label=_("Thời hạn bảo quản"))

    def __init__(self, *args: Any, functions: Iterable[Function], periods: Iterable[RetentionPeriod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].offer([(f.pk, f.name) for f in functions])
        self.fields["retention"].offer([(p.pk, p.name) for p in periods])


class PaperForm(PlainForm):
    layout = (("title",), ("symbol", "issued_on"), ("author", "pages"), ("note",))
    title = forms.CharField(label=_("Tên loại và trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    symbol = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=60)
    issued_on = DayField(label=_("Ngày văn bản"), required=False)
    author = forms.CharField(label=_("Tác giả"), required=False, max_length=200)
    pages = forms.IntegerField(label=_("Số tờ"), required=False, min_value=1, max_value=100_000)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300, help_text=_("Ví dụ: bản giấy ở tủ số 3."))


class FileIntoForm(PlainForm):
    dossier = PickerField(label=_("Hồ sơ"), help_text=_("Hồ sơ cùng lĩnh vực và của bạn đứng trước."))

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].offer([(d.pk, f"{d.notation} {d.title}".strip()) for d in dossiers])


class HoldForm(PlainForm):
    reason = forms.CharField(
        label=_("Lý do giữ lại"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kiểm tra, khiếu nại, tố tụng. Để trống là thôi giữ lại."),
    )  # fmt: skip


class ChosenDossiersForm(PlainForm):
    """Chọn nhiều hồ sơ; ``label``: chọn để làm gì."""

    dossiers = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple(), error_messages={"required": _("Chưa chọn hồ sơ nào.")}
    )

    def __init__(self, *args: Any, offered: Iterable[Dossier], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].label = label
        self.fields["dossiers"].choices = [
            (d.pk, f"{d.title} · {d.retention.name} · {d.closed_on:%d/%m/%Y}") for d in offered
        ]  # fmt: skip


class HandOverForm(ChosenDossiersForm):
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)


class DisposalForm(ChosenDossiersForm):
    layout = (("title",), ("dossiers",))
    title = forms.CharField(label=_("Tên danh mục"), max_length=300)


class AppraisalForm(PlainForm):
    """Mỗi hồ sơ một hàng: hủy hay giữ lại, lý do."""

    def __init__(self, *args: Any, items: Iterable[DisposalItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            verdict = forms.ChoiceField(
                label=item.dossier.title, help_text=_("%(retention)s, kết thúc %(day)s") % {"retention": item.dossier.retention.name, "day": day_said(item.dossier.closed_on)},
                choices=[("", _("chưa xét")), ("destroy", _("hủy")), ("keep", _("giữ lại"))],
            )  # fmt: skip
            note = forms.CharField(label=_("Lý do giữ lại"), required=False, max_length=300)
            for name, field in ((f"item-{item.pk}", verdict), (f"note-{item.pk}", note)):
                self.fields[name] = field
                field.widget.attrs.setdefault("class", "form-select" if name.startswith("item") else "form-control")
        self.layout = tuple((f"item-{item.pk}", f"note-{item.pk}") for item in items)

    def verdicts(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {int(name[5:]): (value, data.get(f"note-{name[5:]}", "")) for name, value in data.items() if name.startswith("item-")}


class ConfirmNumberForm(PlainForm):
    confirmed = forms.IntegerField(label=_("Gõ lại số văn bản sẽ hủy nội dung"), min_value=0)


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PeriodForm(PlainForm):
    layout = (("name", "years"), ("since", "source"), ("is_certain",))
    name = forms.CharField(label=_("Tên thời hạn"), max_length=60, help_text=_("Ví dụ: 30 năm."))
    years = forms.IntegerField(label=_("Số năm"), required=False, min_value=1, max_value=1000, help_text=_("Bỏ trống: vĩnh viễn."))
    since = DayField(label=_("Dùng từ ngày"))
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản quy định thời hạn này."))
    is_certain = forms.BooleanField(label=_("Đã đối chiếu bản gốc"), required=False)


class EndPeriodForm(PlainForm):
    until = DayField(label=_("Thôi dùng từ ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RemarkForm(PlainForm):
    note = forms.CharField(label=_("Ghi chú của lưu trữ"), required=False, max_length=500)
