"""Lời văn nhật ký của các việc vận hành."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "cli.backed_up": _("Sao lưu vào %(file)s: %(rows)s dòng, %(files)s tệp."),
        "cli.restored": _("Phục hồi từ bản sao lưu lúc %(created_at)s: %(rows)s dòng."),
        "cli.upgraded": _("Nâng cấp lên bản %(product)s; bản sao lưu trước đó: %(file)s."),
        "demo.loaded": _("Nạp thế giới mẫu: %(units)s đơn vị, %(documents)s văn bản, %(tasks)s nhiệm vụ."),
    }
)
