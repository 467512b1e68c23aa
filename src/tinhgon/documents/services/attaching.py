"""Đính kèm tệp. Văn bản mật không bao giờ có tệp: chỉ dòng sổ."""

from datetime import date
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Attachment, Document
from tinhgon.documents.services import reading_queue as queue
from tinhgon.documents.services.drafting import secret_content
from tinhgon.engine.vietnamese import nfc
from tinhgon.files.models import StoredFile
from tinhgon.files.services import store
from tinhgon.org.locks import hold_open


@transaction.atomic
def attach(
    actor: Actor, *, on: date, document_id: int, name: str, content: IO[bytes]
) -> Attachment:
    """Thêm một tệp: người soạn vào dự thảo, văn thư vào văn bản đã vào sổ (bản quét). ``content`` đọc theo khúc, không nạp cả.

    ``Refused`` khi văn bản mật; không lưu gì.
    """
    if not name.strip():
        raise Invalid(Reason("documents.missing", _("Tệp chưa có tên."), "file"))
    seen = document_for(actor, document_id, on=on)
    verb = "attach" if seen.state in Document.UNNUMBERED else "attach_copy"
    document = document_for(actor, document_id, to=verb, on=on, lock=True)
    if document.secrecy:
        raise Refused(secret_content())
    hold_open([document.holder_id], on=on)
    attachment = attach_stored(actor, document, store(content, name), name)
    queue.fill_later(document.pk)
    return attachment


def attach_stored(actor: Actor, document: Document, stored: StoredFile, name: str, *, is_final: bool = False) -> Attachment:
    """Đính kèm một tệp đã ở trong kho vào văn bản mà động từ gọi đã xét quyền và khóa; kèm nhật ký. Toàn văn do nơi gọi lo."""
    attachment = Attachment.objects.create(
        document=document, file=stored, name=nfc(name.strip()), added_at=clock.now(), is_final=is_final
    )
    record(
        actor, "documents.attached", ("document", document.pk),
        after={"file": attachment.name, "sha256": stored.sha256, "size": stored.size},
    )  # fmt: skip
    return attachment
