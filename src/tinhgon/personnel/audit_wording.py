"""Nhật ký của hồ sơ cán bộ đọc thành câu. Ngày sinh, giới tính không bao giờ chép vào nhật ký."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "personnel.skill_recognised": _("Công nhận %(person)s: %(field)s mức %(level)s. Căn cứ: %(basis)s"),
        "personnel.training_added": _("%(person)s học xong “%(title)s” ngày %(finished)s"),
        "personnel.rotation_planned": _("%(person)s: %(kind)s từ %(since)s, tới hạn %(due)s. Căn cứ: %(basis)s"),
        "personnel.private_set": _("Sửa dữ liệu riêng của %(person)s"),
        "personnel.field_tagged": _("Lĩnh vực %(field)s: %(label)s. Căn cứ: %(basis)s"),
        "personnel.imported": _("Nhập hồ sơ %(people)s người từ Excel: %(skills)s mức lĩnh vực"),
    }
)
