"""Biểu mẫu của công thức sáu tiêu chí, và của việc chọn phương án để so."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.criteria.formula import LONGEST
from tinhgon.engine.criteria.measures import Better
from tinhgon.reorg.comparison.wording import NAMES
from tinhgon.web.forms.base import PlainForm, dress

BETTER_NAMES = {Better.MORE: _("số lớn hơn"), Better.LESS: _("số nhỏ hơn")}


class MeasureForm(PlainForm):
    """Sửa một thước đo: thành phiên bản mới của cả bộ công thức."""

    layout = (("name",), ("formula",), ("unit", "better", "decimals"), ("sentence",), ("basis",), ("source",), ("reason",))
    name = forms.CharField(label=_("Thước đo"), max_length=120)
    formula = forms.CharField(
        label=_("Công thức"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("Mã con số ở bảng bên dưới, bốn phép tính, dấu ngoặc; min và max ngăn bằng dấu chấm phẩy. Ví dụ: 100 * org.heads / org.seats"),
    )  # fmt: skip
    unit = forms.CharField(label=_("Đơn vị đo"), max_length=20, required=False)
    better = forms.ChoiceField(label=_("Khá lên khi"), choices=[(str(name), label) for name, label in BETTER_NAMES.items()])
    decimals = forms.IntegerField(label=_("Chữ số thập phân"), min_value=0, max_value=3)
    sentence = forms.CharField(
        label=_("Câu so sánh"), max_length=200,
        help_text=_("[trước] là số trước, [sau] là số sau, [còn] thành chữ “còn” khi bớt đi, “lên” khi tăng. Ví dụ: [trước] đơn vị [còn] [sau]"),
    )  # fmt: skip
    basis = forms.CharField(label=_("Vì sao đo như vậy"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label=_("Dựa vào văn bản"), max_length=200, required=False, help_text=_("Bỏ trống: chỉ là công thức của chúng tôi."))
    reason = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class NewMeasureForm(MeasureForm):
    """Thêm một thước đo cho một tiêu chí."""

    layout = (("criterion", "code"), *MeasureForm.layout)
    criterion = forms.ChoiceField(label=_("Tiêu chí"), choices=[(str(name), label) for name, label in NAMES.items()])
    code = forms.CharField(label=_("Mã"), max_length=40, help_text=_("Chữ thường không dấu, số và gạch nối; không đổi được về sau."))


class CompareForm(forms.Form):
    """Chọn phương án để so và cột làm gốc, bằng địa chỉ trang."""

    pa = forms.MultipleChoiceField(label=_("Phương án"), widget=forms.CheckboxSelectMultiple, required=False)
    goc = forms.ChoiceField(label=_("So với"), required=False)

    def __init__(self, *args: Any, options: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(key), name) for key, name in options]
        self.fields["pa"].choices = listed
        self.fields["goc"].choices = [("0", _("Hiện nay")), *listed]
        dress(self.fields["goc"])
