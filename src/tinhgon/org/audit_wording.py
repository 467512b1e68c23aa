"""Lời văn của các mã nhật ký thuộc tổ chức và tài khoản."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "org.unit.opened": _("Mở đơn vị %(name)s từ %(on)s, căn cứ %(decree)s."),
        "org.unit.renamed": _("Đổi tên đơn vị thành %(name)s từ %(on)s, căn cứ %(decree)s."),
        "org.unit.moved": _("Chuyển cấp trên của %(name)s từ %(on)s, căn cứ %(decree)s."),
        "org.unit.merged": _("Nhập %(name)s vào %(heir)s từ %(on)s, căn cứ %(decree)s."),
        "org.unit.split": _("Chia %(name)s cho %(heir)s từ %(on)s, căn cứ %(decree)s."),
        "org.unit.dissolved": _("Giải thể %(name)s từ %(on)s, căn cứ %(decree)s; hồ sơ giao %(heir)s."),
        "org.unit.functions_set": _("Đặt lại chức năng của %(name)s từ %(on)s, căn cứ %(decree)s."),
        "org.post.created": _("Lập vị trí %(title)s (%(seats)s người) từ %(on)s."),
        "org.post.closed": _("Bỏ vị trí %(title)s từ %(on)s, căn cứ %(decree)s."),
        "org.person.opened": _("Thêm %(full_name)s (số hiệu %(code)s) vào danh sách cán bộ."),
        "org.person.appointed": _("Phân công %(full_name)s giữ %(title)s từ %(on)s, căn cứ %(decree)s."),
        "org.person.appointment_ended": _("%(full_name)s thôi giữ %(title)s từ %(until)s, căn cứ %(decree)s."),
        "org.stand_in.set": _("%(person)s làm thay %(principal)s (%(covers)s) từ %(first_day)s đến hết %(last_day)s: %(reason)s."),
        "org.stand_in.ended": _("%(person)s thôi làm thay %(principal)s từ %(on)s."),
        "org.term.opened": _("Mở nhiệm kỳ %(name)s từ %(on)s."),
        "org.account.invited": _("Mời %(full_name)s mở tài khoản %(username)s."),
        "org.account.accepted": _("%(username)s nhận lời mời và đặt mật khẩu."),
        "org.account.reset": _("Cấp mã đặt lại mật khẩu cho %(username)s."),
        "org.account.locked": _("Khóa tài khoản %(username)s: %(reason)s."),
        "org.account.unlocked": _("Mở khóa tài khoản %(username)s."),
        "org.calendar.overridden": _("Sửa lịch ngày %(day)s: %(note)s."),
        "org.calendar.cleared": _("Bỏ phần sửa tay của lịch ngày %(day)s."),
        "org.imported": _("Nhập tổ chức từ tệp: %(units)s đơn vị, %(posts)s vị trí, %(people)s người, %(appointments)s phân công."),
        "org.token_made": _("Tạo mã truy cập: %(name)s"),
        "org.token_revoked": _("Thu hồi mã truy cập: %(name)s"),
    }
)
