"""Nhật ký của nhiệm vụ đọc thành câu."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "tasks.assigned": _("Giao nhiệm vụ: %(title)s"),
        "tasks.accepted": _("Đơn vị chủ trì đã nhận"),
        "tasks.person_assigned": _("Phân công %(person)s thực hiện"),
        "tasks.reported": _("Báo tiến độ %(progress)s%%: %(note)s"),
        "tasks.submitted": _("Nộp kết quả: %(note)s"),
        "tasks.approved": _("Nghiệm thu, hoàn thành ngày %(finished)s"),
        "tasks.sent_back": _("Trả lại làm lại: %(reason)s"),
        "tasks.extended": _("Gia hạn tới %(to)s: %(reason)s"),
        "tasks.cancelled": _("Hủy nhiệm vụ: %(reason)s"),
    }
)
