"""Mẫu văn bản: mẫu nào dùng được ở một đơn vị, và chữ của mẫu sau khi điền dữ liệu."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.documents.models import Document, DraftTemplate, TemplateVersion
from tinhgon.engine.filling import BadTemplate, fill, fill_word
from tinhgon.engine.formats import document_date, format_date
from tinhgon.files.services import open_file
from tinhgon.org.access import acting, scope_of
from tinhgon.org.models import Person
from tinhgon.org.selectors import people
from tinhgon.org.selectors.units import path

FIELDS: dict[str, Any] = {
    "co_quan": gettext_lazy("cơ quan ban hành"),
    "cap_tren": gettext_lazy("cơ quan cấp trên"),
    "don_vi": gettext_lazy("đơn vị soạn"),
    "nguoi_soan": gettext_lazy("người soạn"),
    "ten_loai": gettext_lazy("tên loại"),
    "trich_yeu": gettext_lazy("trích yếu"),
    "ngay": gettext_lazy("ngày hôm nay, 01/07/2025"),
    "ngay_chu": gettext_lazy("ngày hôm nay bằng chữ, ngày 01 tháng 7 năm 2025"),
    "nam": gettext_lazy("năm nay"),
    "nguoi_ky": gettext_lazy("người ký"),
    "chuc_vu": gettext_lazy("chức vụ người ký"),
    "quyen_han": gettext_lazy("quyền hạn ký"),
    "kinh_gui": gettext_lazy("danh sách Kính gửi"),
    "noi_nhan": gettext_lazy("danh sách nơi nhận"),
    "van_ban_den": gettext_lazy("văn bản được trả lời, viện dẫn đủ"),
    "so_van_ban_den": gettext_lazy("số, ký hiệu văn bản được trả lời"),
    "ngay_van_ban_den": gettext_lazy("ngày văn bản được trả lời"),
    "co_quan_van_ban_den": gettext_lazy("cơ quan gửi văn bản được trả lời"),
    "trich_yeu_van_ban_den": gettext_lazy("trích yếu văn bản được trả lời"),
}
PERSON_FIELDS: dict[str, Any] = {
    "ho_ten": gettext_lazy("họ tên người được quyết định, thông báo"),
    "chuc_vu_cu": gettext_lazy("vị trí đang giữ"),
    "don_vi_cu": gettext_lazy("đơn vị đang công tác"),
    "chuc_vu_moi": gettext_lazy("vị trí mới"),
    "don_vi_moi": gettext_lazy("đơn vị mới, hay nơi chờ bố trí"),
    "kiem_nhiem": gettext_lazy("vị trí kiêm nhiệm và đơn vị, khi có"),
    "noi_dung": gettext_lazy("câu quyết định: điều động, bổ nhiệm, chỉ định hay bố trí"),
    "ngay_hieu_luc": gettext_lazy("ngày có hiệu lực, 01/07/2025"),
    "can_cu": gettext_lazy("danh sách căn cứ"),
    "ly_do": gettext_lazy("danh sách lý do"),
    "han_y_kien": gettext_lazy("hạn nêu ý kiến, 10/07/2025"),
    "noi_y_kien": gettext_lazy("nơi nhận ý kiến"),
    "dung_ten": gettext_lazy("tên tập thể hay cơ quan quyết định"),
    "so_nguoi": gettext_lazy("số người trong danh sách"),
    "danh_sach": gettext_lazy("các dòng của danh sách kèm theo"),
}
"""Ô của văn bản về một người (hay một danh sách người): chỉ có giá trị khi văn bản ấy được soạn hàng loạt."""
FIELDS |= PERSON_FIELDS
"""Các ô của mẫu và nghĩa của nó. Không có dữ liệu thì ô rỗng, dùng được trong ``{% if %}``."""
_LISTS = ("can_cu", "ly_do", "danh_sach")


@dataclass(frozen=True, slots=True)
class Filled:
    """Mẫu chữ sau khi điền; ``is_word``: mẫu Word, điền khi lưu dự thảo."""

    template: DraftTemplate
    type_id: int
    summary: str
    body: str
    addressees: str
    receivers: str
    authority: str
    signer_position: str
    is_word: bool


def templates_for(unit_id: int, *, on: date) -> QuerySet[DraftTemplate]:
    """Mẫu đang dùng của cơ quan chứa đơn vị và của các cấp trên nó (mẫu dùng chung)."""
    organs = [step.id for step in path(unit_id, on=on)]
    return DraftTemplate.objects.filter(organ__in=organs, is_active=True).select_related("type").order_by("type__order", "name", "pk")


def kept_templates(units: Iterable[int]) -> QuerySet[DraftTemplate]:
    """Mọi mẫu, cả đã thôi dùng, của các cơ quan mình giữ mẫu, kèm số bản và lúc sửa gần nhất."""
    last = TemplateVersion.objects.filter(template=OuterRef("pk")).order_by("-number")
    return (
        DraftTemplate.objects.filter(organ__in=set(units)).select_related("type")
        .annotate(last_number=Subquery(last.values("number")[:1]), last_saved=Subquery(last.values("saved_at")[:1]),
                  last_file=Subquery(last.values("file_name")[:1]))
        .order_by("-is_active", "type__order", "name", "pk")
    )  # fmt: skip


def template_of(template_id: int, *, units: Iterable[int]) -> DraftTemplate:
    """Mẫu mà mình giữ hay dùng được. ``NotFound`` khi không."""
    found = DraftTemplate.objects.select_related("type").filter(pk=template_id, organ__in=set(units)).first()
    if found is None:
        raise NotFound(Reason("documents.no_such_template", _("Không có mẫu này.")))
    return found


class _Blank(str):
    """Chỗ người soạn phải tự ghi: in ra thành chấm, mà trong ``{% if %}`` của mẫu thì vẫn là không có."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


_BLANK = _Blank("……")


def filled(actor: Actor, template_id: int, *, on: date, answers: Document | None = None) -> Filled:
    """Mẫu điền bằng dữ liệu của người soạn hôm nay; ``answers``: văn bản đến được trả lời."""
    template, version, fields = usable_version(actor, template_id, on=on, answers=answers)
    fields |= {name: _BLANK for name in fields if "van_ban_den" in name and not fields[name]}
    say = {name: _said(getattr(version, name), fields) for name in ("summary", "addressees", "receivers", "authority", "signer_position")}
    body = "" if version.file_id else _said(version.body, fields | {"trich_yeu": say["summary"]})
    return Filled(template=template, type_id=template.type_id, body=body, is_word=bool(version.file_id), **say)


def usable_version(
    actor: Actor, template_id: int, *, on: date, answers: Document | None = None
) -> tuple[DraftTemplate, TemplateVersion, dict[str, Any]]:
    """Mẫu dùng được ở đơn vị của người soạn, bản mới nhất của nó, và giá trị các ô chung (chưa có ô về một người)."""
    standing = acting(actor, on=on)
    template = _usable(template_id, standing.unit_id, on)
    version = template.versions.latest("number")
    fields = {
        **_of_nobody(), **_of_unit(standing.unit_id, on), **_of_day(on), **_of_answered(answers),
        "nguoi_soan": _name(scope_of(actor, on=on).person_id),
        "ten_loai": template.type.name, "trich_yeu": "", "quyen_han": version.authority, "chuc_vu": version.signer_position,
        "nguoi_ky": _head(template.organ_id, on), "kinh_gui": _lines(version.addressees), "noi_nhan": _lines(version.receivers),
    }  # fmt: skip
    return template, version, fields


def filled_word(actor: Actor, template_id: int, *, document: Document, on: date) -> tuple[str, bytes] | None:
    """(tên tệp, nội dung) của mẫu Word điền từ chính dự thảo; mẫu chữ thì ``None``."""
    template = _usable(template_id, document.holder_id, on)
    version = template.versions.select_related("file").latest("number")
    if version.file is None:
        return None
    with open_file(version.file) as content:
        data = content.read()
    try:
        return version.file_name, fill_word(data, word_fields_of(document, on=on))
    except BadTemplate as bad:
        raise Refused(bad_template(bad)) from bad


def word_fields_of(document: Document, *, on: date) -> dict[str, Any]:
    """Giá trị mọi ô của mẫu, lấy từ một dự thảo."""
    return {
        **_of_nobody(), **_of_unit(document.issuer_id or document.holder_id, on), **_of_day(on), **_of_answered(document.answers),
        "nguoi_soan": document.drafter.full_name if document.drafter else "", "ten_loai": document.type.name,
        "trich_yeu": document.summary, "nguoi_ky": document.signer_name, "chuc_vu": document.signer_position,
        "quyen_han": document.authority, "kinh_gui": _lines(document.addressees), "noi_nhan": _lines(document.receivers),
    }  # fmt: skip


def sample_fields(on: date) -> dict[str, Any]:
    """Giá trị giả cho mọi ô, để thử một mẫu lúc lưu."""
    listed = {"kinh_gui": ["Nơi nhận"], "noi_nhan": ["Như trên", "Lưu"], **dict.fromkeys(_LISTS, ["Dòng một", "Dòng hai"])}
    return {name: listed.get(name, str(meaning)) for name, meaning in FIELDS.items()} | _of_day(on)


def bad_template(bad: BadTemplate, field: str = "body") -> Reason:
    """Mẫu sai ở đâu, nói bằng lời; nêu các ô dùng được khi viết sai tên ô."""
    if bad.code == "unknown_field":
        sentence = _("Mẫu nêu ô “%(field)s” không có. Các ô dùng được: %(known)s.")
        return Reason("documents.template_field", sentence % {"field": bad.detail, "known": ", ".join(FIELDS)}, field)
    sentences = {
        "syntax": _("Mẫu viết sai ở dòng %(line)d: mỗi ô mở bằng {{ và đóng bằng }}, mỗi {%% if %%} phải có {%% endif %%}."),
        "forbidden": _("Dòng %(line)d của mẫu dùng “%(detail)s”, thứ mà mẫu không được dùng: mẫu chỉ điền ô, chọn bằng if và lặp danh sách bằng for."),
        "too_long": _("Mẫu dài quá, hoặc tệp bung ra quá lớn."),
        "not_word": _("Tệp mẫu không phải Word (.docx), hoặc đã hỏng."),
        "macros": _("Tệp mẫu có macro nên không nhận: hãy lưu lại thành .docx không macro."),
    }
    return Reason("documents.template_bad", sentences[bad.code] % {"line": bad.line, "detail": bad.detail}, field)


def _usable(template_id: int, unit_id: int, on: date) -> DraftTemplate:
    found = templates_for(unit_id, on=on).filter(pk=template_id).first()
    if found is None:
        raise NotFound(Reason("documents.no_such_template", _("Không có mẫu này, hoặc mẫu đã thôi dùng.")))
    return found


def _said(text: str, fields: dict[str, Any]) -> str:
    try:
        return fill(text, fields)
    except BadTemplate as bad:
        raise Invalid(bad_template(bad, "")) from bad


def _of_unit(unit_id: int, on: date) -> dict[str, Any]:
    chain = path(unit_id, on=on)
    organs = [step for step in chain if step.is_organ]
    return {
        "don_vi": chain[-1].name if chain else "",
        "co_quan": organs[-1].name if organs else "",
        "cap_tren": organs[-2].name if len(organs) > 1 else "",
    }


def _of_nobody() -> dict[str, Any]:
    """Văn bản thường không nói về riêng ai: các ô ấy rỗng."""
    return {name: [] if name in _LISTS else "" for name in PERSON_FIELDS}


def _of_day(on: date) -> dict[str, Any]:
    return {"ngay": format_date(on), "ngay_chu": document_date(on), "nam": on.year}


def _of_answered(document: Document | None) -> dict[str, Any]:
    if document is None:
        return dict.fromkeys((name for name in FIELDS if "van_ban_den" in name), "")
    day = format_date(document.issued_on) if document.issued_on else ""
    shown = {"type": document.type.name, "symbol": document.symbol, "day": day, "organ": document.issuer_name}
    return {
        "van_ban_den": _("%(type)s số %(symbol)s, ngày %(day)s của %(organ)s") % shown, "so_van_ban_den": document.symbol,
        "ngay_van_ban_den": day, "co_quan_van_ban_den": document.issuer_name, "trich_yeu_van_ban_den": document.summary,
    }  # fmt: skip


def _name(person_id: int | None) -> str:
    found = Person.objects.filter(pk=person_id).first() if person_id else None
    return found.full_name if found else ""


def _head(organ_id: int, on: date) -> str:
    head = people.heads_of([organ_id], on=on).get(organ_id)
    return head.full_name if head else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

