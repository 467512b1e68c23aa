"""Việc làm được trên một văn bản, theo thứ tự nên làm: việc đầu là nút chính, các việc khác vào bảng chọn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tinhgon.core import clock
from tinhgon.documents import selectors
from tinhgon.documents.minutes_access import is_minutes
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.process import Process
from tinhgon.org.rights import Verb


@dataclass(frozen=True, slots=True)
class Action:
    """``question``: có thì là nút gửi đi sau khi hỏi lại, ``warning`` nói điều gì sẽ theo sau; không có thì là đường dẫn.

    ``quiet``: làm được, nhưng không phải việc nên làm lúc này: không bao giờ là nút chính.
    """

    label: str
    url: str
    question: str = ""
    warning: str = ""
    danger: bool = False
    quiet: bool = False


def arranged(found: Iterable[Action]) -> dict[str, Any]:
    """``main``: nút chính; ``others``: phần còn lại, việc không lấy lại được ở cuối."""
    listed = list(found)
    main = next((one for one in listed if not (one.danger or one.quiet)), None)
    rest = [one for one in listed if one is not main]
    return {"main": main, "others": sorted(rest, key=lambda one: one.danger)}


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
    def is_waiting(self) -> bool:
        """Dự thảo đang ở tay người khác: chờ thẩm định hay chờ ý kiến."""
        return self.stage in ("appraising", "consulting")

    @property
    def is_written(self) -> bool:
        return bool(self.process and self.process.versions)

    @property
    def must_fix(self) -> bool:
        """Vòng thẩm định gần nhất kết luận phải sửa."""
        return bool(self.process and self.process.appraisals and self.process.appraisals[0].row.state == "must_fix")

    @property
    def is_approved(self) -> bool:
        return bool(self.process and self.process.approvals and self.process.approvals[0].row.state == "approved")


def actions(request: HttpRequest, page: selectors.Page, panels: dict[str, Any]) -> dict[str, Any]:
    """``main``: nút chính; ``others``: phần còn lại. Hủy số luôn ở cuối, không bao giờ là nút chính."""
    flags = panels | {"may_assign": _may_assign(request, page.document)}
    known = _Offer(page.document, page.abilities, panels.get("process"), flags, bool(page.attachments))
    return arranged([*_asked(known), *_numbering(known), *_drafting(known), *_handling(known), *_plain(known)])


def _may_assign(request: HttpRequest, document: Document) -> bool:
    """Giao việc từ văn bản đã có số; văn bản mật thì không, vì tên việc sẽ lộ trích yếu."""
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    return bool(acting and acting.may(Verb.ASSIGN_TASK) and document.number is not None and not document.secrecy)


def _asked(offer: _Offer) -> Iterator[Action]:
    """Phần đang chờ chính người xem: ký duyệt, thẩm định, cho ý kiến."""
    if offer.process is None:
        return
    mine = offer.process.mine
    for step in (step for one in offer.process.approvals for step in one.steps if step.pk in mine["step"]):
        at = reverse("web:step_approve", args=[step.pk])
        word = str(step.get_kind_display())
        yield Action(word[:1].upper() + word[1:], at)
        if offer.process.current and not offer.process.current.file_id:
            yield Action(_("Duyệt có sửa"), f"{at}?sua=1", quiet=True)
        yield Action(_("Trả lại"), reverse("web:step_return", args=[step.pk]), quiet=True)
    for row in (one.row for one in offer.process.appraisals if one.row.pk in mine["appraisal"]):
        yield Action(_("Thẩm định"), reverse("web:appraise", args=[row.pk]))
    for opinion in (row for held in offer.process.consultations for row in held.opinions if row.pk in mine["opinion"]):
        yield Action(pgettext("nút", "Trả lời"), reverse("web:opinion_answer", args=[opinion.pk]))


def _numbering(offer: _Offer) -> Iterator[Action]:
    """Ký, cấp số, đóng dấu: việc mà văn bản đang chờ."""
    for flag, name in (("may_record", "minutes_record"), ("may_chair", "minutes_chair")):
        if offer.flags[flag]:
            yield Action(_("Ký biên bản"), reverse(f"web:{name}", args=[offer.document.pk]))
    if offer.flags["may_sign_joint"]:
        yield Action(_("Ký liên tịch"), reverse("web:joint_sign", args=[offer.document.pk]))
    if "sign" in offer.can and not offer.document.secrecy and offer.flags["may_sign"] and not is_minutes(offer.document):
        yield Action(_("Ký và ban hành"), offer.at("ky-ban-hanh"))
    if "seal" in offer.can and offer.flags["may_seal"]:
        yield Action(_("Đóng dấu số"), offer.at("dong-dau"))
    if "issue" in offer.can and offer.document.state == Document.State.READY:
        yield Action(_("Cấp số và ban hành"), offer.at("cap-so"))
        yield Action(_("Chèn số"), offer.at("chen-so"))


def _drafting(offer: _Offer) -> Iterator[Action]:
    """Việc của người soạn. Đang thẩm định hay đang lấy ý kiến thì không mời trình: chắc chắn bị từ chối."""
    may_write = "edit" in offer.can and not offer.document.secrecy
    if may_write and offer.stage == "appraising":
        yield from _under_appraisal(offer)
        return
    if may_write and offer.stage == "consulting":
        yield from _under_consultation(offer)
        return
    may_number = "send_to_issue" in offer.can and not offer.must_fix
    first_number = may_number and (offer.is_approved or not may_write or (offer.has_files and not offer.is_written))
    if first_number:
        yield _number(offer)
    if may_write and (not offer.is_written or offer.must_fix):
        yield _write(offer)
    if may_write and offer.is_written:
        if not offer.must_fix:
            yield Action(_("Trình ký"), reverse("web:draft_submit", args=[offer.document.pk]))
            yield _write(offer)
        yield from _consulting(offer)
    if may_number and not first_number:
        yield _number(offer)


def _under_appraisal(offer: _Offer) -> Iterator[Action]:
    pk = offer.document.pk
    yield Action(_("Rút lại khỏi thẩm định"), reverse("web:appraisal_withdraw", args=[pk]), quiet=True)
    yield _write(offer, quiet=True)
    yield Action(_("Lấy ý kiến"), reverse("web:opinions_ask", args=[pk]), quiet=True)


def _under_consultation(offer: _Offer) -> Iterator[Action]:
    """Hết hạn trả lời thì việc nên làm là kết thúc; chưa hết hạn thì chờ."""
    pk = offer.document.pk
    due = offer.process.stage.due_at if offer.process else None
    yield Action(_("Kết thúc lấy ý kiến"), reverse("web:opinions_close", args=[pk]), quiet=due is None or due > clock.now())
    yield _write(offer, quiet=True)
    yield Action(_("Xin thẩm định"), reverse("web:appraisal_ask", args=[pk]), quiet=True)


def _consulting(offer: _Offer) -> Iterator[Action]:
    pk = offer.document.pk
    yield Action(_("Xin thẩm định"), reverse("web:appraisal_ask", args=[pk]))
    yield Action(_("Lấy ý kiến"), reverse("web:opinions_ask", args=[pk]))


def _write(offer: _Offer, *, quiet: bool = False) -> Action:
    return Action(_("Soạn nội dung"), reverse("web:draft_editor", args=[offer.document.pk]), quiet=quiet)


def _number(offer: _Offer) -> Action:
    return Action(
        _("Trình cấp số"), offer.at("trinh-cap-so"), _("Trình văn thư cấp số?"),
        _("Từ lúc trình, văn thư thấy dự thảo và bạn không sửa được nữa, trừ khi văn thư trả lại."),
    )  # fmt: skip


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
        yield Action(_("Sửa thông tin"), reverse("web:document_edit", args=[offer.document.pk]), quiet=offer.is_waiting)
        if not is_minutes(offer.document):
            yield Action(_("Cơ quan cùng ban hành"), reverse("web:joint_organs", args=[offer.document.pk]), quiet=True)
    if {"attach", "attach_copy"} & offer.can and not offer.document.secrecy:
        yield Action(_("Đính kèm tệp"), offer.at("dinh-kem"), quiet=offer.is_waiting)
    if "copy" in offer.can:
        yield Action(pgettext("nút", "Sao"), offer.at("sao"))
    if "return_draft" in offer.can:
        yield Action(_("Trả lại dự thảo"), offer.at("tra-du-thao"))
    if "drop" in offer.can:
        yield Action(_("Bỏ dự thảo"), offer.at("bo-du-thao"), danger=True)
    if "void" in offer.can:
        yield Action(_("Hủy số"), offer.at("huy-so"), danger=True)
