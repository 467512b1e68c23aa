"""Nhiệm vụ tìm được theo nội dung, chi tiết, sản phẩm; trong tầm được thấy."""

from django.utils.translation import gettext_lazy as _

from tinhgon.search.registry import Source, register
from tinhgon.tasks.access import visible_to
from tinhgon.tasks.models import Task

register(
    Source(
        kind="task", label=_("Nhiệm vụ"), model=Task, visible_to=visible_to, title=("title",),
        snippet=("detail", "product"), order=20,
    )
)  # fmt: skip
