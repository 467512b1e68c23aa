"""Toàn văn: chữ của các tệp đính kèm, để tìm được. Văn bản mật không bao giờ có toàn văn."""

from contextlib import nullcontext

from django.db import transaction

from tinhgon.core.errors import Broken
from tinhgon.documents.models import Document
from tinhgon.engine.extract import extract
from tinhgon.engine.extract.model import Extracted, Unreadable
from tinhgon.engine.pdfium import LOCK
from tinhgon.engine.vietnamese import nfc
from tinhgon.files.models import StoredFile
from tinhgon.files.services import local_path

MOST_CHARACTERS = 250_000
"""Chữ giữ lại cho một văn bản: cột tìm của PostgreSQL (tsvector) không quá 1 MB, khoảng 80 trang thì vẫn đủ mọi chữ."""


def capped(text: str) -> str:
    """Chữ để lưu: dạng dựng sẵn, không byte 0 (PostgreSQL không nhận), cắt ở ranh giới từ."""
    clean = nfc(text).replace("\x00", "")
    if len(clean) <= MOST_CHARACTERS:
        return clean
    return clean[:MOST_CHARACTERS].rpartition(" ")[0]


def joined(texts: list[str]) -> str:
    return capped("\n\n".join(text for text in texts if text.strip()))


def read_stored(stored: StoredFile, name: str, *, ocr: bool = True) -> Extracted:
    """Chữ của một tệp trong kho. ``Unreadable`` khi không đọc được."""
    one_at_a_time = LOCK if stored.content_type == "application/pdf" else nullcontext()
    with local_path(stored) as path, one_at_a_time:
        return extract(path, name, ocr=ocr)


def fill(document_id: int) -> None:
    """Đọc lại mọi tệp đính kèm của một văn bản vào toàn văn; tệp không đọc được thì bỏ qua."""
    document = Document.objects.filter(pk=document_id).only("pk", "secrecy").first()
    if document is None or document.secrecy:
        return
    texts = [_text(item.file, item.name) for item in document.attachments.select_related("file").order_by("pk")]
    with transaction.atomic():
        Document.objects.filter(pk=document_id, secrecy=0).update(content=joined(texts))


def _text(stored: StoredFile, name: str) -> str:
    try:
        return read_stored(stored, name).text
    except (Unreadable, Broken):
        return ""
