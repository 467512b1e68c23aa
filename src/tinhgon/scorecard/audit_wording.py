"""Nhật ký của công thức đọc thành câu."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "scorecard.measure_revised": _("Sửa thước đo “%(name)s” thành phiên bản %(version)s: %(formula)s. Lý do: %(reason)s"),
        "scorecard.measure_added": _("Thêm thước đo “%(name)s” thành phiên bản %(version)s: %(formula)s. Lý do: %(reason)s"),
        "scorecard.measure_removed": _("Bỏ thước đo “%(name)s” từ phiên bản %(version)s. Lý do: %(reason)s"),
    }
)
