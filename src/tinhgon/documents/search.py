"""Văn bản tìm được theo trích yếu, số ký hiệu, tác giả; trong tầm được thấy."""

from django.utils.translation import gettext_lazy as _

from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document
from tinhgon.search.registry import Source, register

register(
    Source(
        kind="document", label=_("Văn bản"), model=Document, visible_to=visible_to,
        title=("symbol", "summary"), snippet=("issuer_name",), order=10,
    )
)  # fmt: skip
