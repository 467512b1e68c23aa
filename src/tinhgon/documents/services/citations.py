"""Đọc viện dẫn của những văn bản có chữ mới: từng mẻ, mỗi mẻ vài câu SQL. Trigger của bảng chữ đánh dấu cái cần đọc."""

from django.db import transaction

from tinhgon.documents.models import Citation, Document, DocumentText
from tinhgon.engine import citations

BATCH = 500


def read_pending(most: int = 20_000) -> int:
    """Đọc các văn bản chưa đọc, mới trước; trả về số văn bản đã đọc. Chạy lại vô hại."""
    done = 0
    while done < most and (read := _read_batch(min(BATCH, most - done))):
        done += read
    return done


@transaction.atomic
def _read_batch(size: int) -> int:
    waiting = DocumentText.objects.filter(is_read=False).order_by("-document").values_list("document", flat=True)
    ids = list(waiting.select_for_update(skip_locked=True)[:size])
    read_these(ids)
    return len(ids)


def read_these(ids: list[int]) -> None:
    """Đọc lại viện dẫn của đúng các văn bản này."""
    Citation.objects.filter(document__in=ids).delete()
    made = []
    for pk, symbol, summary, content in Document.objects.filter(pk__in=ids, secrecy=0).values_list("pk", "symbol", "summary", "content"):
        found = (cited for cited in citations.read(f"{summary}\n{content}") if cited.key != citations.key(symbol))
        made += [
            Citation(document_id=pk, ordinal=n, written=c.written, key=c.key, issued_on=c.issued_on, organ=c.organ)
            for n, c in enumerate(found, start=1)
        ]
    Citation.objects.bulk_create(made)
    DocumentText.objects.filter(document__in=ids).update(is_read=True)
