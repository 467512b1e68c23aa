"""Lời văn của mã nhật ký thuộc chính nhật ký."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words
from tinhgon.audit.selectors import VERIFIED

words({VERIFIED: _("Soát cả nhật ký: %(entries)s dòng, %(batches)s đợt.")})
