"""Việc làm được trên một văn bản, theo thứ tự nên làm: việc đầu là nút chính, các việc khác vào bảng chọn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tinhgon.documents import selectors
from tinhgon.documents.minutes_access import is_minutes
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.process import Process
from tinhgon.org.rights import Verb


@dataclass(frozen=True, slots=True)
class Action:
    """``question``: có thì là nút gửi đi sau khi hỏi lại, ``warning`` nói điều gì sẽ theo sau; không có thì là đường dẫn."""

    label: str
    url: str
    question: str = ""
    warning: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class _Offer:
    """Điều đã biết để chọn việc: quyền, quá trình soạn, và các cờ của trang."""

    document: Document
    can: frozenset[str]
    process: Process | None
    flags: dict[str, Any]
    has_files: bool

    def at(self, verb: str) -> str:
        return reverse("web:document_act", args=[self.document.pk, verb])

    @property
    def stage(self) -> str:
        return self.process.stage.kind if self.process else ""

    @property
    def is_written(self) -> bool:
        return bool(self.process and self.process.versions)

    @property
    def is_approved(self) -> bool:
        return bool(self.process and self.process.approvals and self.process.approvals[0].row.state == "approved")


def actions(request: HttpRequest, page: selectors.Page, panels: dict[str, Any]) -> dict[str, Any]:
    """``main``: nút chính; ``others``: phần còn lại. Hủy số luôn ở cuối, không bao giờ là nút chính."""
    flags = panels | {"may_assign": _may_assign(request, page.document)}
    known = _Offer(page.document, page.abilities, panels.get("process"), flags, bool(page.attachments))
    found = [*_numbering(known), *_drafting(known), *_handling(known), *_plain(known)]
    safe, risky = [one for one in found if not one.danger], [one for one in found if one.danger]
    return {"main": safe[0] if safe else None, "others": [*safe[1:], *risky]}


def _may_assign(request: HttpRequest, document: Document) -> bool:
    """Giao việc từ văn bản đã có số; văn bản mật thì không, vì tên việc sẽ lộ trích yếu."""
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    return bool(acting and acting.may(Verb.ASSIGN_TASK) and document.number is not None and not document.secrecy)


def _numbering(offer: _Offer) -> Iterator[Action]:
    """Ký, cấp số, đóng dấu: việc mà văn bản đang chờ."""
    for flag, name in (("may_record", "minutes_record"), ("may_chair", "minutes_chair")):
        if offer.flags[flag]:
            yield Action(_("Ký biên bản"), reverse(f"web:{name}", args=[offer.document.pk]))
    if "sign" in offer.can and not offer.document.secrecy and offer.flags["may_sign"] and not is_minutes(offer.document):
        yield Action(_("Ký và ban hành"), offer.at("ky-ban-hanh"))
    if "seal" in offer.can and offer.flags["may_seal"]:
        yield Action(_("Đóng dấu số"), offer.at("dong-dau"))
    if "issue" in offer.can and offer.document.state == Document.State.READY:
        yield Action(_("Cấp số và ban hành"), offer.at("cap-so"))
        yield Action(_("Chèn số"), offer.at("chen-so"))


def _drafting(offer: _Offer) -> Iterator[Action]:
    pk = offer.document.pk
    write = Action(_("Soạn nội dung"), reverse("web:draft_editor", args=[pk]))
    number = Action(
        _("Trình cấp số"), offer.at("trinh-cap-so"), _("Trình văn thư cấp số?"),
        _("Từ lúc trình, văn thư thấy dự thảo và bạn không sửa được nữa, trừ khi văn thư trả lại."),
    )  # fmt: skip
    may_write = "edit" in offer.can and not offer.document.secrecy
    may_number = "send_to_issue" in offer.can
    first_number = may_number and (offer.is_approved or not may_write or (offer.has_files and not offer.is_written))
    if first_number:
        yield number
    if may_write and not offer.is_written:
        yield write
    if may_write and offer.is_written:
        yield Action(_("Trình ký"), reverse("web:draft_submit", args=[pk]))
        yield write
        if offer.stage != "appraising":
            yield Action(_("Xin thẩm định"), reverse("web:appraisal_ask", args=[pk]))
        if offer.stage != "consulting":
            yield Action(_("Lấy ý kiến"), reverse("web:opinions_ask", args=[pk]))
    if may_number and not first_number:
        yield number


def _handling(offer: _Offer) -> Iterator[Action]:
    """Chuyển xử lý, gửi đi, giao việc, xong."""
    if "route" in offer.can:
        yield Action(_("Chuyển xử lý"), offer.at("chuyen"))
    if "send" in offer.can:
        yield Action(_("Gửi đi"), offer.at("gui-di"))
    if offer.flags["may_assign"]:
        yield Action(_("Giao nhiệm vụ"), f"{reverse('web:task_assign')}?van-ban={offer.document.pk}")
    if offer.flags.get("may_reply"):
        yield Action(_("Soạn trả lời"), f"{reverse('web:document_draft')}?tra-loi={offer.document.pk}")
    if "complete" in offer.can:
        yield Action(
            _("Đã xử lý xong"), offer.at("xong"), _("Văn bản này đã xử lý xong?"),
            _("Văn bản rời khỏi danh sách việc đang xử lý; lịch sử và tệp ở lại."),
        )  # fmt: skip


def _plain(offer: _Offer) -> Iterator[Action]:
    if "edit" in offer.can:
        yield Action(_("Sửa thông tin"), reverse("web:document_edit", args=[offer.document.pk]))
    if {"attach", "attach_copy"} & offer.can and not offer.document.secrecy:
        yield Action(_("Đính kèm tệp"), offer.at("dinh-kem"))
    if "copy" in offer.can:
        yield Action(pgettext("nút", "Sao"), offer.at("sao"))
    if "return_draft" in offer.can:
        yield Action(_("Trả lại dự thảo"), offer.at("tra-du-thao"))
    if "drop" in offer.can:
        yield Action(_("Bỏ dự thảo"), offer.at("bo-du-thao"), danger=True)
    if "void" in offer.can:
        yield Action(_("Hủy số"), offer.at("huy-so"), danger=True)
