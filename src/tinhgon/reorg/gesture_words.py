"""Câu kể một thao tác soạn phương án; nhật ký và danh sách thao tác của bảng dùng chung."""

from django.utils.translation import gettext_lazy as _

from tinhgon.reorg.models import Gesture

WORDS = {
    "reorg.planned": _("đưa vào phương án %(units)s đơn vị mới và %(successions)s dòng kế thừa"),
    "reorg.functions_shared": _("chia chức năng của đơn vị tách cho nơi kế thừa"),
    "reorg.unit_moved": _("chuyển %(units)s về trực thuộc %(parent)s"),
    "reorg.unit_renamed": _("đổi tên %(unit)s thành %(name)s"),
    "reorg.function_moved": _("chuyển chức năng “%(function)s” từ %(unit)s sang %(to)s"),
    "reorg.units_merged": _("nhập %(units)s vào %(into)s"),
    "reorg.unit_split": _("chia %(unit)s thành %(parts)s"),
    "reorg.unit_closed": _("kết thúc %(units)s, việc về %(receiver)s"),
    "reorg.unit_opened": _("mở đơn vị mới %(unit)s"),
    "reorg.unit_dropped": _("bỏ đơn vị mới %(unit)s"),
    "reorg.unit_restored": _("giữ %(units)s như cũ"),
    "reorg.conflict_resolved": _("gỡ xung đột ở %(unit)s"),
    "reorg.table_read": _("nhập %(rows)s dòng từ bảng phương án"),
}


def sentence(gesture: Gesture) -> str:
    """Thao tác đọc thành câu."""
    return str(WORDS[gesture.code]) % gesture.told
