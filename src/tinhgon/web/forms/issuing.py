"""Biểu mẫu cấp số, ký, đóng dấu, sao, giữ số, đại hội, khóa ký. Tên ô trùng với tên ô mà dịch vụ nêu trong lý do."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import CopyKind, Direction, Document, DocumentType
from tinhgon.documents.selectors import Kept
from tinhgon.documents.services.reserving import LONGEST
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import DayField, PlainForm
from tinhgon.web.forms.exchange import ReceiversForm
from tinhgon.web.forms.fields import PickerField, secrecy_field

_LINES = {"rows": 3, "maxlength": 2000}


def _hint(text: Any) -> str:
    """Lời dưới ô mật khẩu; thế giới mẫu nói luôn mật khẩu mẫu là gì, vì không ai được giao nó."""
    demo = _("Thế giới mẫu: khóa và con dấu mẫu dùng chính mật khẩu đăng nhập của các tài khoản mẫu.")
    return " ".join(str(part) for part in (text, demo if settings.DEMO else "") if part)


_hinted = lazy(_hint, str)


def _passphrase(label: Any, *, help_text: Any = "", **extra: Any) -> forms.CharField:
    """Không hiện lại sau lỗi, trình duyệt không nhớ hộ."""
    widget = forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False)
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=_hinted(help_text), **extra)


class _Numbering(PlainForm):
    """Phần chung của mọi lần cấp số."""

    issuer = PickerField(label=_("Cơ quan đứng tên"), required=False, help_text=_("Bỏ trống thì theo dự thảo."))
    congress = forms.BooleanField(label=_("Văn bản của đại hội đang họp"), required=False)
    reservation = PickerField(label=_("Dùng số đã giữ"), required=False, help_text=_("Bỏ trống thì rút số kế tiếp."))

    def __init__(
        self, *args: Any, issuers: Grouped, kept: Sequence[Kept], has_congress: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].offer(issuers)
        if not has_congress:
            del self.fields["congress"]
        if kept:
            self.fields["reservation"].offer([(one.reservation.pk, f"{one.reservation.symbol}, {one.reservation.reason}") for one in kept])
        else:
            del self.fields["reservation"]


class IssueForm(_Numbering, ReceiversForm):
    layout = (("issuer", "signer_name"), ("congress",), ("reservation",), ("final",), ("key", "passphrase"), ("units",), ("organs",), ("paper",))
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)
    final = forms.FileField(
        label=_("Bản đã ký (PDF)"), required=False,
        help_text=_("Bản giấy đã ký, quét lại. Bỏ trống thì bản ban hành lập từ dự thảo, có sẵn số và ngày."),
    )  # fmt: skip
    key = PickerField(label=_("Con dấu số"), required=False, help_text=_("Bỏ trống thì đóng dấu sau."))
    passphrase = _passphrase(_("Mật khẩu con dấu"), required=False)

    def __init__(self, *args: Any, seals: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seals:
            self.fields["key"].offer(seals)
        else:
            del self.fields["key"], self.fields["passphrase"]


class SecretIssueForm(_Numbering):
    """Văn bản mật: chỉ dòng sổ, không tệp, không ký số, không gửi."""

    layout = (("issuer", "signer_name"), ("congress",), ("reservation",))
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)


class LateForm(IssueForm):
    layout = (("after", "dated"), ("reason",), ("issuer", "signer_name"), ("final",), ("key", "passphrase"), ("units",), ("organs",), ("paper",))
    after = forms.IntegerField(label=_("Chèn sau số"), min_value=1, help_text=_("Số đã có trong sổ; văn bản mang số ấy kèm chữ a, b…"))
    dated = DayField(label=_("Ngày văn bản"))
    reason = forms.CharField(label=_("Lý do chèn số"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("reservation", None)


class SignForm(_Numbering):
    layout = (("key", "passphrase"), ("issuer",), ("congress",), ("reservation",))
    key = PickerField(label=_("Khóa ký của bạn"))
    passphrase = _passphrase(_("Mật khẩu của khóa"), help_text=_("Chỉ dùng cho lần ký này, không lưu ở đâu."))

    def __init__(self, *args: Any, keys: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].offer(keys)
        if len(keys) == 1:
            self.fields["key"].initial = keys[0][0]


class SignNextForm(PlainForm):
    """Chữ ký của người ghi biên bản, của chủ trì, của cơ quan cùng ban hành; con dấu của cơ quan ấy: mọi điều khác theo văn bản."""

    layout = (("key", "passphrase"),)
    key = PickerField(label=_("Khóa ký của bạn"))
    passphrase = _passphrase(_("Mật khẩu của khóa"), help_text=_("Chỉ dùng cho lần ký này, không lưu ở đâu."))

    def __init__(self, *args: Any, keys: list[tuple[int, str]], label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].label = label or self.fields["key"].label
        self.fields["key"].offer(keys)
        if len(keys) == 1:
            self.fields["key"].initial = keys[0][0]


def _readable(draft: Document) -> str:
    """Một dòng để chọn; trích yếu mở văn bản ở thẻ mới, vì phải đọc trước khi ký."""
    urgent = f" · {draft.get_urgency_display()}" if draft.urgency else ""
    return format_html(
        '<span>{}: <a href="{}" target="_blank" rel="noopener">{}</a>{}</span>', draft.type.name, reverse("web:document", args=[draft.pk]), draft.summary, urgent
    )


class SignManyForm(PlainForm):
    """Ký nhiều văn bản một lượt: không ô đánh số nào, mỗi văn bản theo dự thảo của nó."""

    layout = (("documents",), ("key", "passphrase"))
    documents = forms.TypedMultipleChoiceField(
        label=_("Văn bản"), coerce=int, widget=forms.CheckboxSelectMultiple, help_text=_("Số được rút theo thứ tự trong danh sách.")
    )
    key = PickerField(label=_("Khóa ký của bạn"))
    passphrase = _passphrase(_("Mật khẩu của khóa"), help_text=_("Chỉ dùng cho lượt ký này, không lưu ở đâu."))

    def __init__(self, *args: Any, keys: list[tuple[int, str]], drafts: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].choices = [(draft.pk, _readable(draft)) for draft in drafts]
        self.fields["key"].offer(keys)
        if len(keys) == 1:
            self.fields["key"].initial = keys[0][0]


class SealForm(ReceiversForm):
    layout = (("key", "passphrase"), ("units",), ("organs",), ("paper",))
    key = PickerField(label=_("Con dấu số"))
    passphrase = _passphrase(_("Mật khẩu con dấu"), help_text=_("Chỉ dùng cho lần này, không lưu ở đâu."))

    def __init__(self, *args: Any, seals: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].offer(seals)
        if len(seals) == 1:
            self.fields["key"].initial = seals[0][0]


class CopyForm(PlainForm):
    layout = (("kind", "issuer"), ("extract",), ("authority", "signer_position", "signer_name"), ("receivers", "copies"))
    kind = forms.ChoiceField(label=_("Loại bản sao"), choices=CopyKind)
    issuer = PickerField(label=_("Cơ quan sao"), required=False)
    extract = forms.CharField(
        label=_("Phần được trích"), required=False, widget=forms.Textarea(attrs={"rows": 6, "maxlength": 20_000}),
        help_text=_("Chỉ với trích sao."),
    )  # fmt: skip
    authority = forms.CharField(label=_("Quyền hạn ký"), required=False, max_length=120, help_text=_("Ví dụ T/L BAN THƯỜNG VỤ."))
    signer_position = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=120)
    signer_name = forms.CharField(label=_("Người ký bản sao"), max_length=120)
    receivers = forms.CharField(label=_("Nơi nhận"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("Mỗi dòng một nơi."))
    copies = forms.IntegerField(label=_("Số bản"), required=False, min_value=1, max_value=100_000)

    def __init__(self, *args: Any, issuers: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].offer(issuers)


class ReserveForm(PlainForm):
    layout = (("issuer", "direction"), ("type", "secrecy"), ("unit", "until"), ("reason",), ("congress",))
    issuer = PickerField(label=_("Sổ của cơ quan"))
    direction = forms.ChoiceField(label=_("Sổ"), choices=[(Direction.OUTGOING, _("văn bản đi")), (Direction.INTERNAL, _("văn bản nội bộ"))])
    type = PickerField(label=_("Tên loại"))
    secrecy = secrecy_field()
    unit = PickerField(label=_("Giữ cho đơn vị"), help_text=_("Chỉ văn bản của đơn vị này dùng được số."))
    until = DayField(label=_("Giữ tới hết ngày"))
    reason = forms.CharField(label=_("Lý do giữ số"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    congress = forms.BooleanField(label=_("Sổ của đại hội đang họp"), required=False)

    def __init__(
        self, *args: Any, types: Iterable[DocumentType], issuers: Grouped, units: Grouped, today: date, has_congress: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].offer([(t.pk, t.name) for t in types if t.abbreviation])
        self.fields["issuer"].offer(issuers)
        self.fields["unit"].offer(units)
        self.fields["until"].initial = today + timedelta(days=3)
        self.fields["until"].help_text = _("Tối đa %(days)d ngày; quá hạn thì số thành “hủy số”.") % {"days": LONGEST}
        if not has_congress:
            del self.fields["congress"]


class CongressForm(PlainForm):
    layout = (("unit", "name"), ("opens_on", "closes_on"))
    unit = PickerField(label=_("Cấp ủy"))
    name = forms.CharField(label=_("Tên đại hội"), max_length=200)
    opens_on = DayField(label=_("Ngày khai mạc (phiên trù bị)"))
    closes_on = DayField(label=_("Ngày bế mạc"))

    def __init__(self, *args: Any, committees: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(committees)


class ClosingForm(PlainForm):
    closes_on = DayField(label=_("Ngày bế mạc"))


class _KeyForm(PlainForm):
    unit = PickerField(label=_("Khóa của"), required=False, help_text=_("Bỏ trống: khóa ký của chính bạn. Chọn cơ quan: con dấu số của cơ quan ấy."))
    picture = forms.FileField(
        label=_("Ảnh chữ ký hoặc ảnh dấu"), required=False, help_text=_("PNG nền trong; bỏ trống thì hình chữ ký chỉ có chữ.")
    )

    def __init__(self, *args: Any, organs: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organs and organs[0][1]:
            self.fields["unit"].offer(organs)
        else:
            del self.fields["unit"]


class KeyFileForm(_KeyForm):
    layout = (("file", "passphrase"), ("unit",), ("picture",))
    file = forms.FileField(label=_("Tệp khóa (.p12, .pfx)"))
    passphrase = _passphrase(_("Mật khẩu của tệp"), help_text=_("Tệp được cất mã hóa dưới chính mật khẩu này; mật khẩu không được lưu, quên thì phải đưa lại tệp."))


class KeyTokenForm(_KeyForm):
    layout = (("token", "token_key"), ("passphrase",), ("unit",), ("picture",))
    token = forms.CharField(label=_("Nhãn thiết bị"), max_length=64)
    token_key = forms.CharField(label=_("Nhãn khóa trong thiết bị"), max_length=64)
    passphrase = _passphrase(_("Mã PIN"), help_text=_("Chỉ để đọc chứng thư lúc này; mỗi lần ký đều hỏi lại."))


class TrustFileForm(PlainForm):
    file = forms.FileField(label=_("Tệp"), help_text=_("PEM hoặc DER (.crt, .cer, .pem, .crl)."))
