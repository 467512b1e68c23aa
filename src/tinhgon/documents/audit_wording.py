"""Nhật ký của văn bản đọc thành câu."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "documents.drafted": _("Lập dự thảo: %(summary)s"),
        "documents.draft_edited": _("Sửa dự thảo"),
        "documents.sent_to_issue": _("Trình văn thư cấp số"),
        "documents.draft_returned": _("Văn thư trả lại dự thảo: %(reason)s"),
        "documents.attached": _("Đính kèm tệp %(file)s"),
        "documents.registered": _("Vào sổ đến số %(number)s, ngày đến %(arrived)s"),
        "documents.issued": _("Ban hành số %(symbol)s ngày %(on)s"),
        "documents.inserted_late": _("Chèn số %(symbol)s ngày %(on)s: %(reason)s"),
        "documents.number_reserved": _("Giữ số %(symbol)s tới hết ngày %(until)s: %(reason)s"),
        "documents.number_released": _("Trả lại số giữ %(symbol)s: %(reason)s"),
        "documents.number_expired": _("Số giữ %(symbol)s hết hạn, ghi vào sổ là hủy số"),
        "documents.copied": _("Ban hành bản sao số %(symbol)s"),
        "documents.congress_opened": _("Mở sổ đại hội: %(name)s"),
        "documents.congress_changed": _("Đổi ngày bế mạc đại hội"),
        "documents.voided": _("Hủy số %(symbol)s: %(reason)s"),
        "documents.routed": _("Chuyển xử lý tới %(units)s đơn vị: %(remark)s"),
        "documents.line_accepted": _("Đơn vị nhận đã tiếp nhận"),
        "documents.line_returned": _("Trả lại nơi chuyển: %(reason)s"),
        "documents.line_assigned": _("Giao người xử lý"),
        "documents.line_finished": _("Đơn vị đã xong phần của mình: %(note)s"),
        "documents.line_recalled": _("Thu hồi dòng chuyển"),
        "documents.registered_despite": _("Vẫn vào sổ dù đã có bản giống: %(reason)s"),
        "documents.arrived": _("Tới khay: %(files)s"),
        "documents.arrival_registered": _("Từ khay vào sổ đến"),
        "documents.arrival_refused": _("Từ chối: %(reason)s"),
        "documents.arrival_known": _("Là bản đã có; các tệp mới được đính vào văn bản ấy"),
        "documents.arrival_read_again": _("Đọc lại"),
        "documents.arrival_purged": _("Đã xóa hẳn tệp có dấu chỉ độ mật"),
        "documents.copy_came_again": _("Bản giống tới lần nữa qua %(channel)s"),
        "documents.watched_place_kept": _("Đặt nơi tự lấy về khay: %(place)s"),
        "documents.watched_place_removed": _("Bỏ nơi tự lấy về khay: %(place)s"),
        "documents.register_imported": _("Nhập sổ cũ: %(documents)s văn bản"),
        "documents.completed": _("Khép lại: đã xử lý xong"),
    }
)
