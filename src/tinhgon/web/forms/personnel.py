"""Biểu mẫu của cán bộ. Tên ô trùng với tên ô mà dịch vụ nêu trong lý do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Field
from tinhgon.personnel.models import Grade, Rotation, Sex, Skill
from tinhgon.web.forms.base import DayField, PlainForm, dress
from tinhgon.web.forms.fields import PICKER, PickerField

Fields = list[tuple[int, str]]


class _WithField(PlainForm):
    """Có ô chọn lĩnh vực."""

    is_optional = False

    def __init__(self, *args: Any, fields: Fields, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field_id"].choices = [("", _("(không gắn lĩnh vực)")), *fields] if self.is_optional else fields  # type: ignore[attr-defined]


class SkillForm(_WithField):
    layout = (("field_id", "level"), ("is_main",), ("basis",))
    field_id = forms.TypedChoiceField(label=_("Lĩnh vực"), coerce=int)
    level = forms.TypedChoiceField(label=_("Mức"), coerce=int, choices=[(value, f"{value} – {label}") for value, label in Skill.Level.choices])
    is_main = forms.BooleanField(label=_("Là lĩnh vực chính"), required=False, help_text=_("Lĩnh vực chính trước đó thành lĩnh vực khác."))
    basis = forms.CharField(
        label=_("Căn cứ công nhận"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Việc đã chủ trì, khóa đã học, quyết định.")
    )


class TrainingForm(_WithField):
    is_optional = True
    layout = (("title",), ("place", "finished_on"), ("field_id",))
    title = forms.CharField(label=_("Khóa học"), max_length=200)
    place = forms.CharField(label=_("Nơi học"), max_length=200, required=False)
    finished_on = DayField(label=_("Học xong ngày"))
    field_id = forms.TypedChoiceField(label=_("Lĩnh vực"), coerce=int, required=False, empty_value=None)


class PastWorkForm(_WithField):
    is_optional = True
    layout = (("since", "until"), ("title", "place"), ("field_id",), ("basis",))
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"))
    title = forms.CharField(label=_("Chức danh"), max_length=120)
    place = forms.CharField(label=_("Nơi công tác"), max_length=200)
    field_id = forms.TypedChoiceField(
        label=_("Lĩnh vực"), coerce=int, required=False, empty_value=None, help_text=_("Có thì quãng này tính vào số năm của lĩnh vực.")
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)


class WithdrawForm(PlainForm):
    entry = forms.ChoiceField(label=_("Mục ghi nhầm"))
    reason = forms.CharField(label=_("Vì sao bỏ"), max_length=300)

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].choices = entries  # type: ignore[attr-defined]


class RotationForm(PlainForm):
    layout = (("kind",), ("since", "due"), ("note",), ("basis",))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Rotation.Kind.choices)
    since = DayField(label=_("Từ ngày"))
    due = DayField(label=_("Tới hạn ngày"))
    note = forms.CharField(label=_("Dự kiến"), max_length=300, required=False, help_text=_("Đi đâu, làm gì, nếu đã có dự kiến."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)


class PrivateForm(PlainForm):
    layout = (("born_on", "sex"),)
    born_on = DayField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("chưa ghi")), *Sex.choices])


class TagForm(PlainForm):
    nature = forms.ChoiceField(label=_("Tính chất"), choices=Field.Nature.choices)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"), help_text=_("Tệp Excel nhiều trang, mỗi loại một trang; hoặc CSV của một trang. Trang nào không đổi thì xóa đi cũng được.")
    )


class RoundForm(PlainForm):
    layout = (("unit_id",), ("quarter", "year"), ("authority_id",), ("self_until",))
    unit_id = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    quarter = forms.TypedChoiceField(
        label=_("Kỳ"), coerce=int, choices=[(1, _("quý I")), (2, _("quý II")), (3, _("quý III")), (4, _("quý IV")), (0, _("cả năm"))]
    )
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    authority_id = forms.TypedChoiceField(label=_("Cấp quyết định"), coerce=int, help_text=_("Chính cơ quan hoặc cấp trên của nó, theo phân cấp quản lý cán bộ."))
    self_until = DayField(label=_("Tự xếp loại tới ngày"))

    def __init__(self, *args: Any, units: Fields, authorities: Fields, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]
        self.fields["authority_id"].choices = authorities  # type: ignore[attr-defined]


class GradeForm(PlainForm):
    """Mức, điểm hai phần (khi quy định chấm điểm), lời ghi."""

    layout = (("general", "result"), ("level",), ("note",))
    general = forms.DecimalField(label=_("Điểm phần chung"), min_value=0, max_digits=4, decimal_places=1)
    result = forms.DecimalField(label=_("Điểm kết quả nhiệm vụ"), min_value=0, max_digits=4, decimal_places=1)
    level = forms.ChoiceField(label=_("Mức"), choices=Grade.choices)
    note = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, most: tuple[int | None, int | None], note_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = note_label
        for name, highest in zip(("general", "result"), most, strict=True):
            if highest is None:
                del self.fields[name]
            else:
                self.fields[name].help_text = _("Từ 0 tới %(most)d.") % {"most": highest}


class LevelsForm(PlainForm):
    """Mỗi người một ô mức; tên ô là ``muc_<số>``."""

    def __init__(self, *args: Any, people: list[tuple[int, str, str]], choices: Sequence[tuple[str, Any]] = Grade.choices, is_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {f"muc_{pk}": forms.ChoiceField(label=label, choices=choices, initial=level, required=is_needed) for pk, label, level in people}
        for field in rows.values():
            dress(field)
        self.fields = rows | self.fields

    @property
    def levels(self) -> dict[int, str]:
        return {int(name.removeprefix("muc_")): value for name, value in self.cleaned_data.items() if name.startswith("muc_")}


class PaperPeriodForm(PlainForm):
    """Kỳ nào, cơ quan nào: nằm trong địa chỉ."""

    layout = (("nam", "quy"), ("don_vi",))
    nam = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    quy = forms.TypedChoiceField(
        label=_("Kỳ"), coerce=int, choices=[(0, _("cả năm")), (1, _("quý I")), (2, _("quý II")), (3, _("quý III")), (4, _("quý IV"))]
    )
    don_vi = PickerField(label=_("Cơ quan"))

    def __init__(self, *args: Any, organs: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].offer(organs)  # type: ignore[attr-defined]


class PaperForm(LevelsForm):
    layout = (("decree", "decided"), ("cap_reason",))
    decree = forms.CharField(label=_("Quyết định số"), max_length=200)
    decided = DayField(label=_("Ngày quyết định"))
    cap_reason = forms.CharField(label=_("Lý do vượt tỉ lệ xuất sắc"), max_length=500, required=False, help_text=_("Chỉ khi số người xuất sắc quá tỉ lệ mà còn có nguồn cho phép."))

    def __init__(self, *args: Any, people: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, people=people, choices=[("", _("không ghi")), *Grade.choices], is_needed=False, **kwargs)


class DecideForm(LevelsForm):
    decree = forms.CharField(label=_("Quyết định số, ngày"), max_length=200)
    cap_reason = forms.CharField(
        label=_("Lý do vượt tỉ lệ xuất sắc"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chỉ khi số người xuất sắc quá tỉ lệ mà còn có nguồn cho phép."),
    )  # fmt: skip


class AppealForm(PlainForm):
    text = forms.CharField(label=_("Điều chưa đúng và bằng chứng"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(PlainForm):
    answer = forms.CharField(label=_("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    level = forms.ChoiceField(label=_("Mức sau khi xem lại"), required=False, choices=[("", _("giữ nguyên")), *Grade.choices])


class LeaveForm(PlainForm):
    layout = (("kind",), ("born_on", "sex"), ("pay", "coefficient"), ("insured_years", "insured_months"), ("decided_on", "leave_on"))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=[("retirement", _("nghỉ hưu trước tuổi")), ("resignation", _("thôi việc"))])
    born_on = DayField(label=_("Ngày sinh"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices)
    pay = forms.IntegerField(
        label=_("Tiền lương tháng hiện hưởng (đồng)"), min_value=1, max_value=1_000_000_000, required=False,
        help_text=_("Gồm hệ số lương, phụ cấp chức vụ, vượt khung, công vụ."),
    )  # fmt: skip
    coefficient = forms.DecimalField(
        label=_("hoặc tổng hệ số lương và phụ cấp"), min_value=0, max_value=30, max_digits=6, decimal_places=4, required=False, localize=True,
        help_text=_("Nhân với mức lương cơ sở của ngày cuối còn làm. Ví dụ 6,2."),
    )  # fmt: skip
    insured_years = forms.IntegerField(label=_("Số năm đóng bảo hiểm xã hội bắt buộc"), min_value=0, max_value=60)
    insured_months = forms.IntegerField(label=_("và số tháng lẻ"), min_value=0, max_value=11, required=False)
    decided_on = DayField(label=_("Quyết định sắp xếp có hiệu lực từ"))
    leave_on = DayField(label=_("Ngày đầu nghỉ"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("pay")) == bool(data.get("coefficient")):
            self.add_error("pay", _("Hãy ghi tiền lương, hoặc tổng hệ số; chỉ một trong hai."))
        return data


class WishRoundForm(PlainForm):
    layout = (("title",), ("closes_on",), ("note",))
    title = forms.CharField(label=_("Tên đợt"), max_length=200)
    closes_on = DayField(label=_("Ghi tới hết ngày"))
    note = forms.CharField(label=_("Lời giải thích cho mọi người"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WishForm(PlainForm):
    """Nguyện vọng xếp từ muốn nhất; giá trị là ``post-<mã>`` hay ``unit-<mã>``."""

    layout = (("first",), ("second",), ("third",), ("near", "with_person_id"), ("agrees_to_move",), ("note",))
    first = forms.ChoiceField(label=_("Muốn nhất"), required=False)
    second = forms.ChoiceField(label=_("Thứ hai"), required=False)
    third = forms.ChoiceField(label=_("Thứ ba"), required=False)
    near = forms.CharField(label=_("Địa bàn muốn làm gần"), max_length=200, required=False)
    with_person_id = forms.TypedChoiceField(
        label=_("Muốn làm cùng địa bàn với"), coerce=int, required=False, empty_value=None, help_text=_("Vợ, chồng cùng cơ quan Đảng; người ấy cũng ghi bạn thì tính là hai chiều.")
    )
    agrees_to_move = forms.BooleanField(label=_("Đồng ý nhận điều động tới nơi khác khi cần"), required=False)
    note = forms.CharField(label=_("Hoàn cảnh, đề nghị"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, places: list[tuple[str, list[tuple[str, str]]]], people: Fields, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second", "third"):
            self.fields[name].choices = [("", _("(không ghi)")), *places]  # type: ignore[attr-defined]
            self.fields[name].widget.attrs |= PICKER
        self.fields["with_person_id"].choices = [("", _("(không ghi)")), *people]  # type: ignore[attr-defined]
        self.fields["with_person_id"].widget.attrs |= PICKER

    @property
    def wishes(self) -> list[tuple[str, int]]:
        chosen = [self.cleaned_data[name] for name in ("first", "second", "third") if self.cleaned_data.get(name)]
        return [(kind, int(item)) for kind, _dash, item in (value.partition("-") for value in chosen)]


class PulseForm(PlainForm):
    title = forms.CharField(label=_("Tên đợt"), max_length=200)
    closes_on = DayField(label=_("Trả lời tới hết ngày"))
    questions = forms.CharField(
        label=_("Câu hỏi, mỗi dòng một câu"), widget=forms.Textarea(attrs={"rows": 6}), help_text=_("Chấm từ 1 (rất không đồng ý) tới 5 (rất đồng ý). Giữ nguyên chữ giữa các đợt thì có xu hướng.")
    )


class PulseAnswerForm(PlainForm):
    """Mỗi câu một ô, bỏ trống được; tên ô là ``cau_<mã>``."""

    comment = forms.CharField(label=_("Điều muốn nói thêm"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Đừng ghi điều để lộ bạn là ai."))

    def __init__(self, *args: Any, questions: list[list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = [("", _("(bỏ trống)")), ("1", _("1 – rất không đồng ý")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5 – rất đồng ý"))]
        rows = {f"cau_{code}": forms.ChoiceField(label=text, choices=scale, required=False) for code, text in questions}
        for field in rows.values():
            dress(field)
        self.fields = rows | self.fields

    @property
    def scores(self) -> dict[str, int]:
        return {name.removeprefix("cau_"): int(value) for name, value in self.cleaned_data.items() if name.startswith("cau_") and value}


class OwnPartsForm(PlainForm):
    """Hai phần của công thức lãnh đạo mà nguồn không nêu cách tính."""

    part_dd = forms.DecimalField(label=_("Phần đ (%)"), required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1)
    part_e = forms.DecimalField(label=_("Phần e (%)"), required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1)
