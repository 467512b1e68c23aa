"""Biểu mẫu sửa quy tắc và chọn lối viết."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import OrganStyle, Side
from tinhgon.engine.form.rules import Rule, RuleKind
from tinhgon.web.forms.base import PlainForm


class RuleForm(PlainForm):
    """Các ô chung; số đo có thêm nhỏ nhất, lớn nhất, giá trị dùng; tên loại có thêm ký hiệu."""

    layout = (("wording",), ("severity", "certainty"), ("document", "clause"), ("min", "max", "use"), ("abbreviation",), ("reason",))
    wording = forms.CharField(label=_("Câu của quy tắc"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    severity = forms.ChoiceField(label=_("Mức"), help_text=_("Nơi các nguồn nói khác nhau thì chỉ nhắc."))
    certainty = forms.ChoiceField(label=_("Chắc chắn tới đâu"))
    document = forms.CharField(label=_("Nguồn"), max_length=200)
    clause = forms.CharField(label=_("Mục, điều"), max_length=100, required=False)
    min = forms.FloatField(label=_("Nhỏ nhất"))
    max = forms.FloatField(label=_("Lớn nhất"))
    use = forms.FloatField(label=_("Giá trị dùng"), help_text=_("Dùng khi in văn bản soạn ở đây."))
    abbreviation = forms.CharField(label=_("Ký hiệu tên loại"), max_length=10, required=False)
    reason = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, rule: Rule, severities: Mapping[Any, Any], certainties: Mapping[Any, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = [(str(name), label) for name, label in severities.items()]
        self.fields["certainty"].choices = [(str(name), label) for name, label in certainties.items()]
        is_measure = rule.kind == RuleKind.MEASURE and rule.data["unit"] in ("mm", "pt")
        unused = [] if is_measure else ["min", "max", "use"]
        unused += [] if rule.kind == RuleKind.TYPE else ["abbreviation"]
        for name in unused:
            del self.fields[name]


class StyleForm(PlainForm):
    layout = (("side", "spelling"), ("letter_opening", "place"))
    side = forms.ChoiceField(label=_("Thể thức"), choices=Side.choices)
    spelling = forms.ChoiceField(label=_("Dấu thanh"), choices=OrganStyle.Spelling.choices)
    letter_opening = forms.ChoiceField(label=_("Trích yếu công văn mở đầu"), choices=OrganStyle.LetterOpening.choices)
    place = forms.CharField(
        label=_("Địa danh"), max_length=80, required=False, help_text=_("Bỏ trống thì lấy tên riêng của địa bàn.")
    )
