"""Biểu mẫu của việc soạn: nội dung, lấy ý kiến, thẩm định, trình ký, mẫu."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import ApprovalPath, ApprovalStep, Opinion, PaperSize
from tinhgon.documents.selectors.paths import Seat
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.forms.documents import DraftForm
from tinhgon.web.forms.fields import PickerField, PickerManyField

MOST_STEPS = 8
_SPARE = 3
_LINES = {"rows": 3}


def printed_fields() -> dict[str, forms.Field]:
    """Các ô chỉ in trên giấy."""
    return {
        "authority": forms.CharField(label=_("Quyền hạn"), required=False, max_length=120, help_text=_("Ví dụ T/M BAN THƯỜNG VỤ, T/L BAN THƯỜNG VỤ.")),
        "signer_position": forms.CharField(label=_("Chức vụ"), required=False, max_length=120, help_text=_("Ví dụ CHÁNH VĂN PHÒNG.")),
        "addressees": forms.CharField(label=_("Kính gửi"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("Mỗi nơi một dòng; chỉ công văn và tờ trình.")),
        "receivers": forms.CharField(label=_("Nơi nhận"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("Mỗi nơi một dòng, dòng cuối là nơi lưu.")),
    }


def _sheet_fields(circulations: Sequence[str], chosen: str) -> dict[str, forms.Field]:
    """Khổ giấy, phạm vi lưu hành, người ghi biên bản. Dấu đang ghi mà bộ quy tắc nay không còn thì vẫn chọn được."""
    marks = [*circulations, *([chosen] if chosen and chosen not in circulations else [])]
    return {
        "circulation": forms.ChoiceField(
            label=_("Phạm vi lưu hành"), required=False, choices=[("", _("không ghi")), *((mark, mark) for mark in marks)]
        ),
        "paper_size": forms.ChoiceField(
            label=_("Khổ giấy"), choices=PaperSize.choices, initial=PaperSize.A4, help_text=_("A5 chỉ cho giấy tờ hành chính.")
        ),
        "recorder_name": forms.CharField(
            label=_("Người ghi biên bản"), required=False, max_length=120, help_text=_("Chỉ biên bản: ký bên trái, trước người chủ trì.")
        ),
    }  # fmt: skip


class WrittenDraftForm(DraftForm):
    """Dự thảo mới cùng nội dung của bản đầu. ``circulations``: các chỉ dẫn lưu hành của bộ quy tắc hôm nay."""

    layout = (
        ("direction", "type"), ("summary",), ("addressees",), ("body",), ("authority", "signer_position", "signer_name"), ("receivers",),
        ("urgency", "secrecy", "due_on"), ("circulation", "paper_size"), ("recorder_name", "issuer"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, is_word: bool = False, with_body: bool = True, circulations: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= printed_fields() | _sheet_fields(circulations, (kwargs.get("initial") or {}).get("circulation", ""))
        if with_body and not is_word:
            self.fields["body"] = body_field(rows=18)
            self.fields["body"].required = False
        for field in self.fields.values():
            _dress(field)


def body_field(rows: int = 28) -> forms.CharField:
    return forms.CharField(
        label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "form-control draft-body"}),
        help_text=_("Mỗi đoạn một dòng. Đề mục: I-, 1., a); gạch đầu dòng: -. Máy tự thụt đầu dòng và giãn dòng khi in."),
    )  # fmt: skip


def _dress(field: forms.Field) -> None:
    widget = field.widget
    widget.attrs.setdefault("class", "form-select" if isinstance(widget, forms.Select) else "form-control")


class BodyForm(PlainForm):
    body = body_field()
    note = forms.CharField(label=_("Ghi chú cho bản này"), required=False, max_length=300)
    based_on = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class WordForm(PlainForm):
    file = forms.FileField(label=_("Tệp Word (.docx, .doc)"), widget=forms.FileInput(attrs={"accept": ".docx,.doc"}))
    note = forms.CharField(label=_("Ghi chú cho bản này"), required=False, max_length=300)


class OpinionsForm(PlainForm):
    layout = (("units",), ("people",), ("question",), ("due_on", "due_time"))
    units = PickerManyField(label=_("Đơn vị"), required=False)
    people = PickerManyField(label=_("Người"), required=False)
    question = forms.CharField(label=_("Xin ý kiến về"), required=False, max_length=1000, widget=forms.Textarea(attrs=_LINES))
    due_on = DayField(label=_("Hạn trả lời"), help_text=_("Rơi vào ngày nghỉ thì dời tới ngày làm việc kế tiếp."))
    due_time = forms.TimeField(label=_("Tới giờ"), initial=time(17, 0), widget=forms.TimeInput(attrs={"placeholder": "hh:mm", "maxlength": 5}, format="%H:%M"))

    def __init__(self, *args: Any, units: Grouped, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].offer(units)
        self.fields["people"].offer(people)


class AnswerForm(PlainForm):
    stance = forms.ChoiceField(
        label=_("Ý kiến"), widget=forms.RadioSelect, choices=[(state.value, state.label) for state in Opinion.ANSWERS]
    )
    remark = forms.CharField(
        label=_("Góp ý, lý do"), required=False, widget=forms.Textarea(attrs={"rows": 8}), help_text=_("Cần khi có góp ý hoặc không đồng ý.")
    )
    file = forms.FileField(label=_("Tệp kèm theo"), required=False)


class AppraiseForm(PlainForm):
    by_unit = PickerField(label=_("Nơi thẩm định"))

    def __init__(self, *args: Any, units: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_unit"].offer(units)


class RemarkForm(PlainForm):
    paragraph = forms.TypedChoiceField(label=_("Về đoạn"), coerce=int)
    text = forms.CharField(label=_("Góp ý"), widget=forms.Textarea(attrs=_LINES))

    def __init__(self, *args: Any, paragraphs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = [(place, f"{place}. {text[:70]}") for place, text in enumerate(paragraphs, start=1) if text.strip()]
        self.fields["paragraph"].choices = [(0, _("Cả văn bản")), *numbered]


class ConclusionForm(PlainForm):
    passed = forms.TypedChoiceField(
        label=_("Kết luận"), widget=forms.RadioSelect, coerce=lambda text: text == "1", choices=[("1", _("Đạt")), ("0", _("Phải sửa"))]
    )
    conclusion = forms.CharField(label=_("Nhận xét chung"), required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES))


class AnswerRemarkForm(PlainForm):
    answer = forms.CharField(label=_("Tiếp thu, giải trình"), widget=forms.Textarea(attrs={"rows": 4}))


class ApproveForm(PlainForm):
    layout = (("body",), ("note",))
    note = forms.CharField(label=_("Ý kiến"), required=False, max_length=1000, widget=forms.Textarea(attrs=_LINES))

    def __init__(self, *args: Any, with_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_body:
            self.fields["body"] = body_field(rows=22)
            self.fields["body"].help_text = _("Sửa ở đây thì thành bản mới mang tên bạn; để nguyên là duyệt bản đang có.")


class ReturnForm(PlainForm):
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs=_LINES))
    back_to = PickerField(label=_("Trả về"), required=False, help_text=_("Bỏ trống là trả về nơi soạn."))

    def __init__(self, *args: Any, steps: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if steps:
            self.fields["back_to"].offer(steps)
        else:
            del self.fields["back_to"]


class ReplaceSignerForm(PlainForm):
    """``with_block``: bước ký văn bản, nên khối ký in ra theo người mới."""

    person = PickerField(label=_("Người thay"), help_text=_("Chỉ những người có thẩm quyền ở bước này hôm nay."))
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs=_LINES))

    def __init__(self, *args: Any, people: list[tuple[int, str]], with_block: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)
        if with_block:
            self.fields["authority"] = forms.CharField(label=_("Quyền hạn ký"), required=False, max_length=120)
            self.fields["position"] = forms.CharField(
                label=_("Chức vụ"), required=False, max_length=120, help_text=_("Bỏ trống thì in chức danh của người thay.")
            )
            for name in ("authority", "position"):
                _dress(self.fields[name])
            self.layout = (("person",), ("authority", "position"), ("reason",))


class SubmitForm(PlainForm):
    """Các bước trình ký: mỗi hàng một người, bậc và việc; hàng bỏ trống người thì bỏ qua, có sẵn vài hàng trống."""

    note = forms.CharField(label=_("Lời trình"), required=False, max_length=1000, widget=forms.Textarea(attrs=_LINES))

    def __init__(self, *args: Any, people: Grouped, seats: list[Seat], units_of: dict[int, int], is_minutes: bool = False, is_joint: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused = {ApprovalStep.Kind.RECORD: not is_minutes, ApprovalStep.Kind.JOINT: not is_joint}
        kinds = [choice for choice in ApprovalStep.Kind.choices if not unused.get(ApprovalStep.Kind(choice[0]))]
        self.units_of = units_of
        self.places = range(1, min(MOST_STEPS, len(seats) + _SPARE) + 1)
        rows = [["note"]]
        for place in self.places:
            seat = seats[place - 1] if place <= len(seats) else None
            order = forms.TypedChoiceField(label=_("Bậc"), coerce=int, choices=[(n, n) for n in range(1, MOST_STEPS + 1)], initial=seat.order if seat else place)
            work = forms.ChoiceField(label=_("Việc"), choices=kinds, initial=seat.kind if seat else ApprovalStep.Kind.INITIAL)
            person = PickerField(label=_("Người"), required=False, choices=people)
            person.initial = seat.person_id if seat else None
            names = (f"order_{place}", f"kind_{place}", f"person_{place}")
            for name, field in zip(names, (order, work, person), strict=True):
                _dress(field)
                self.fields[name] = field
            rows.append(list(names))
        self.layout = tuple(tuple(row) for row in rows[1:] + rows[:1])

    @property
    def seats(self) -> list[Seat]:
        found = []
        for place in self.places:
            person = self.cleaned_data.get(f"person_{place}")
            if person is not None:
                data = self.cleaned_data
                found.append(Seat(data[f"order_{place}"], data[f"kind_{place}"], self.units_of[person], person))
        return found


class TemplateForm(PlainForm):
    layout = (("organ", "type"), ("name",), ("summary",), ("addressees",), ("body",), ("file",), ("authority", "signer_position"), ("receivers",), ("note",))
    organ = PickerField(label=_("Cơ quan giữ mẫu"))
    type = PickerField(label=_("Tên loại"))
    name = forms.CharField(label=_("Tên mẫu"), max_length=120)
    summary = forms.CharField(label=_("Trích yếu"), required=False, max_length=2000)
    body = body_field(rows=16)
    file = forms.FileField(
        label=_("Tệp Word (.docx)"), required=False, widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("Dùng tệp thay cho nội dung gõ ở trên; trong tệp viết các ô như {{ co_quan }}."),
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú cho bản này"), required=False, max_length=300)

    def __init__(self, *args: Any, organs: list[tuple[int, str]], types: list[tuple[int, str]], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= printed_fields()
        self.fields["body"].required = False
        for field in self.fields.values():
            _dress(field)
        if is_new:
            self.fields["organ"].offer(organs)
            self.fields["type"].offer(types)
        else:
            for name in ("organ", "type", "name"):
                del self.fields[name]


class PathForm(PlainForm):
    layout = (("organ", "type"), ("first", "second", "third"), ("is_required",))
    organ = PickerField(label=_("Cơ quan"))
    type = PickerField(label=_("Tên loại"), required=False, help_text=_("Bỏ trống: mọi tên loại."))
    first = forms.ChoiceField(label=_("Bậc 1"), required=False)
    second = forms.ChoiceField(label=_("Bậc 2"), required=False)
    third = forms.ChoiceField(label=_("Bậc 3"), required=False)
    is_required = forms.BooleanField(label=_("Bắt buộc: chưa qua hết thì không trình cấp số được"), required=False)

    def __init__(self, *args: Any, organs: list[tuple[int, str]], types: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].offer(organs)
        self.fields["type"].offer(types)
        for name in ("first", "second", "third"):
            self.fields[name].choices = [("", _("(không có)")), *ApprovalPath.PathRole.choices]

    @property
    def groups(self) -> list[list[str]]:
        return [[role] for name in ("first", "second", "third") if (role := self.cleaned_data.get(name))]
