"""Dự thảo còn thiếu bước nào trước khi trình ký, trước khi cấp số. Trả về mọi lý do, không ném lỗi."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.core.errors import Reason
from tinhgon.documents.models import (
    Appraisal,
    AppraisalRemark,
    Approval,
    Document,
    DraftVersion,
    OpinionRequest,
)
from tinhgon.documents.selectors.joint import JointAt, digitally_due, signed_in_round, signer_of
from tinhgon.documents.selectors.paths import path_for


def missing_before_approval(document: Document) -> list[Reason]:
    """Chưa trình ký được vì: chưa có nội dung, đang lấy ý kiến, đang hay chưa đạt thẩm định."""
    reasons = []
    if not document.secrecy and not document.versions.exists():
        reasons.append(Reason("documents.no_body", _("Dự thảo chưa có nội dung: hãy soạn hoặc nộp tệp Word.")))
    return reasons + _open_opinions(document) + _open_appraisal(document)


def missing_before_desk(document: Document, *, on: date) -> list[Reason]:
    """Chưa trình văn thư được vì còn bước chưa xong. Cơ quan không đặt đường trình ký bắt buộc thì các bước là tùy chọn."""
    if document.secrecy:  # chỉ có dòng sổ: mọi bước làm trên giấy
        return []
    return _open_opinions(document) + _open_appraisal(document) + _not_approved(document, on)


def missing_before_issue(document: Document, joint: Sequence[JointAt], *, on: date) -> list[Reason]:
    """Chưa cấp số được: thêm điều văn bản liên tịch phải có chữ ký của mọi cơ quan, trong lượt trình hay bản văn thư đã nhận."""
    reasons = missing_before_desk(document, on=on)
    if document.secrecy or not joint:
        return reasons
    signed = signed_in_round(document)
    sentence = _("%(unit)s chưa ký: trình ký tới người ký của cơ quan ấy, hoặc ghi nhận bản đã ký.")
    waiting = [one for one in joint if one.row.received_on is None and one.row.pk not in signed]
    return reasons + [Reason("documents.joint_unsigned", sentence % {"unit": one.name}, "joint") for one in waiting]


def missing_before_seal(document: Document) -> list[Reason]:
    """Bản ban hành đã có chữ ký số mà còn cơ quan cùng ban hành chưa ký: chưa đóng dấu, chưa gửi đi được."""
    sentence = _("Văn bản liên tịch chưa đủ chữ ký số: còn %(name)s.")
    return [Reason("documents.joint_unsigned", sentence % {"name": signer_of(row) or row.name}) for row in digitally_due(document)]


def current_version(document: Document) -> int:
    """Số của bản mới nhất; 0 khi chưa có bản nào."""
    return DraftVersion.objects.filter(document=document).order_by("-number").values_list("number", flat=True).first() or 0


def _open_opinions(document: Document) -> list[Reason]:
    request = document.opinion_requests.filter(state=OpinionRequest.State.OPEN).first()
    if request is None:
        return []
    due = timezone.localtime(request.due_at)
    sentence = _("Đang lấy ý kiến tới %(time)s ngày %(day)s: hãy kết thúc đợt lấy ý kiến trước.")
    return [Reason("documents.opinions_open", sentence % {"time": f"{due:%H:%M}", "day": f"{due:%d/%m/%Y}"})]


def _open_appraisal(document: Document) -> list[Reason]:
    last = document.appraisals.exclude(state=Appraisal.State.WITHDRAWN).order_by("-number").first()
    if last is None:
        return []
    if last.state == Appraisal.State.WAITING:
        return [Reason("documents.appraisal_open", _("Dự thảo đang chờ thẩm định vòng %(round)d.") % {"round": last.number})]
    if last.state == Appraisal.State.MUST_FIX:
        sentence = _("Thẩm định vòng %(round)d kết luận phải sửa: hãy sửa rồi xin thẩm định lại.")
        return [Reason("documents.appraisal_must_fix", sentence % {"round": last.number})]
    return open_remarks(document)


def open_remarks(document: Document) -> list[Reason]:
    """Góp ý thẩm định chưa xong."""
    left = AppraisalRemark.objects.filter(appraisal__document=document).exclude(state=AppraisalRemark.State.RESOLVED).count()
    if not left:
        return []
    sentence = ngettext("Còn %(count)d góp ý thẩm định chưa xong.", "Còn %(count)d góp ý thẩm định chưa xong.", left)
    return [Reason("documents.remarks_open", sentence % {"count": left})]


def _not_approved(document: Document, on: date) -> list[Reason]:
    if document.in_approval:
        return [Reason("documents.in_approval", _("Dự thảo đang trình ký, chưa qua hết các bước."))]
    last = document.approvals.exclude(state=Approval.State.WITHDRAWN).order_by("-number").first()
    if last is None:
        path = path_for(document, on=on)
        if path is None or not path.is_required:
            return []
        return [Reason("documents.approval_required", _("Tên loại này phải qua đường trình ký của cơ quan: hãy trình ký trước."))]
    if last.state == Approval.State.RETURNED:
        return [Reason("documents.approval_returned", _("Lượt trình ký gần nhất bị trả lại: hãy sửa rồi trình ký lại."))]
    if last.state == Approval.State.OUTDATED:
        return [Reason("documents.changed_after_approval", _("Dự thảo đã sửa sau khi ký duyệt: hãy trình ký lại."))]
    now = current_version(document)
    if last.version != now:
        sentence = _("Bản đã ký duyệt là bản %(approved)d, nay là bản %(now)d: hãy trình ký lại.")
        return [Reason("documents.changed_after_approval", sentence % {"approved": last.version, "now": now})]
    return []
