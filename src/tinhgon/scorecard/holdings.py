"""Công thức không thuộc đơn vị nào; ai sửa là lịch sử."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import keeps_its_holder

keeps_its_holder(scorecard__MeasureSet__author=_("Lịch sử: ai đã sửa công thức."))
