"""Lời văn của các mã nhật ký do dòng lệnh ghi."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "demo.loaded": _("nạp thế giới mẫu: %(units)s đơn vị, %(documents)s văn bản, %(tasks)s nhiệm vụ"),
        "cli.backed_up": _("sao lưu vào %(file)s: %(rows)s dòng, %(files)s tệp"),
        "cli.restored": _("phục hồi từ bản sao lưu lúc %(created_at)s: %(rows)s dòng"),
        "cli.upgraded": _("nâng cấp lên bản %(product)s; bản sao lưu trước đó: %(file)s"),
    }
)
