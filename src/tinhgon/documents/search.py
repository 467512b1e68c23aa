"""Văn bản tìm được theo trích yếu, số ký hiệu, tác giả, người ký và toàn văn các tệp; trong tầm được thấy."""

from django.utils.translation import gettext_lazy as _

from tinhgon.documents.access import held_rows_sql, ids_seen_sql, lines_rows_sql, rows_seen_sql, visible_to
from tinhgon.documents.dossier_access import dossiers_visible_to
from tinhgon.documents.models import Document, DocumentText, Dossier
from tinhgon.search.registry import Large, Source, register

register(
    Source(
        kind="document", label=_("Văn bản"), model=Document, visible_to=visible_to,
        title=("symbol", "summary"), snippet=("issuer_name",), order=10,
        large=Large(
            text=DocumentText, reasons=(held_rows_sql, lines_rows_sql, rows_seen_sql), ids=ids_seen_sql, content="content",
            pair="documents_text_pair",
        ),
    ),
    Source(
        kind="dossier", label=_("Hồ sơ"), model=Dossier, visible_to=dossiers_visible_to, title=("title",), snippet=("notation",), order=15,
    ),
)  # fmt: skip
