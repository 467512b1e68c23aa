"""Lời văn của các mã nhật ký do dòng lệnh ghi."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words({"demo.loaded": _("nạp thế giới mẫu: %(units)s đơn vị, %(documents)s văn bản, %(tasks)s nhiệm vụ")})
