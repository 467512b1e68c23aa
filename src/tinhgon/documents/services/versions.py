"""Các bản của dự thảo: lập từ mẫu, lưu, nộp tệp Word, khôi phục. Mỗi lần là một bản mới, bản cũ không bao giờ đổi."""

from datetime import date
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, DraftVersion
from tinhgon.documents.selectors import templates as template_reads
from tinhgon.documents.services import word_files
from tinhgon.documents.services.drafting import create_draft, forget_received, secret_content
from tinhgon.documents.services.readiness import current_version
from tinhgon.engine.vietnamese import nfc
from tinhgon.files.models import StoredFile
from tinhgon.files.services import store
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open

LONGEST = 400_000
_LEGACY = gettext_lazy("tệp gõ bằng phông cũ (%(encoding)s), chữ đã đổi sang Unicode để so sánh")


@transaction.atomic
def start_draft(actor: Actor, *, on: date, body: str = "", template_id: int | None = None, **draft: Any) -> Document:
    """Lập dự thảo cùng bản đầu: chữ đã gõ (mẫu chữ đã điền sẵn từ lúc mở biểu mẫu), hoặc tệp của mẫu Word điền từ các ô vừa ghi."""
    document = create_draft(actor, on=on, **draft)
    if document.secrecy:
        if body.strip():
            raise Refused(secret_content())
        return document
    if template_id is not None:
        word = template_reads.filled_word(actor, template_id, document=document, on=on)
        if word is not None:
            _add(actor, document, on, note=_("Lập từ mẫu"), word=(word[0], BytesIO(word[1])))
            return document
    if body.strip():
        _add(actor, document, on, body=body)
    return document


@transaction.atomic
def save_version(
    actor: Actor, *, on: date, document_id: int, body: str, note: str = "", based_on: int | None = None
) -> DraftVersion:
    """Lưu chữ thành bản kế tiếp; chữ không đổi thì giữ bản hiện có.

    ``based_on``: số của bản mà người soạn mở ra sửa; trong lúc ấy có người lưu bản khác thì ``Refused``, không ai đè lên ai.
    """
    document = _open_draft(actor, document_id, on)
    last = document.versions.order_by("-number").first()
    if based_on is not None and last is not None and last.number != based_on:
        who = last.author.full_name if last.author else _("hệ thống")
        sentence = _("Trong lúc bạn soạn, %(who)s đã lưu bản %(number)d. Hãy chép phần của mình, mở bản mới rồi sửa tiếp.")
        raise Refused(Reason("documents.version_taken", sentence % {"who": who, "number": last.number}, "body"))
    if last is not None and last.file_id is None and last.body == _clean(body):
        return last
    return _add(actor, document, on, body=body, note=note)


@transaction.atomic
def upload_version(
    actor: Actor, *, on: date, document_id: int, name: str, content: IO[bytes], note: str = ""
) -> DraftVersion:
    """Nộp một tệp Word (.docx, .doc) làm bản kế tiếp; chữ đọc từ tệp để so với bản khác và để kiểm thể thức.

    Tệp gõ bằng phông cũ (TCVN3, VNI): chữ đổi sang Unicode, tệp giữ nguyên, ghi chú nói ra.
    """
    document = _open_draft(actor, document_id, on)
    return _add(actor, document, on, note=note, word=(name, content))


@transaction.atomic
def restore_version(actor: Actor, *, on: date, document_id: int, number: int) -> DraftVersion:
    """Lấy lại một bản cũ: thành bản kế tiếp, các bản ở giữa còn nguyên."""
    document = _open_draft(actor, document_id, on)
    old = document.versions.filter(number=number).first()
    if old is None or old.number == current_version(document):
        raise Invalid(Reason("documents.no_such_version", _("Không có bản cũ này.")))
    return _write(actor, document, on, body=old.body, file=old.file, file_name=old.file_name, restores=number)


def change_text(actor: Actor, document: Document, *, on: date, body: str, note: str) -> DraftVersion:
    """Người duyệt sửa chữ trong lúc trình ký, sửa giúp thể thức. Nơi gọi đã kiểm tra quyền và đang khóa văn bản."""
    return _add(actor, document, on, body=body, note=note)


def _open_draft(actor: Actor, document_id: int, on: date) -> Document:
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    if document.secrecy:
        raise Refused(secret_content())
    return document


def _add(
    actor: Actor, document: Document, on: date, *, body: str = "", note: str = "", word: tuple[str, IO[bytes]] | None = None
) -> DraftVersion:
    stored, name = None, ""
    if word is not None:
        name, content = word
        read = word_files.text_of(content, name, on=on)
        body = read.body
        if read.legacy:
            note = f"{note.strip()} · {_LEGACY % {'encoding': read.legacy.upper()}}".strip(" ·")[:300]
        stored = store(content, name)
    refuse_if(_objections(body))
    return _write(actor, document, on, body=_clean(body), note=note.strip(), file=stored, file_name=name)


def _write(
    actor: Actor, document: Document, on: date, *, body: str, note: str = "", file: StoredFile | None = None,
    file_name: str = "", restores: int | None = None,
) -> DraftVersion:  # fmt: skip
    hold_open([document.holder_id], on=on)
    forget_received(document)
    version = DraftVersion.objects.create(
        document=document, number=current_version(document) + 1, body=body, file=file, file_name=file_name, note=note,
        restores=restores, saved_at=clock.now(), author_id=scope_of(actor, on=on).person_id,
    )  # fmt: skip
    after: dict[str, Any] = {"number": version.number, "file": file_name, "note": note, "restores": restores}
    code = "documents.version_restored" if restores else "documents.version_saved"
    record(actor, code, ("document", document.pk), after=after)
    return version


def _clean(body: str) -> str:
    """Mỗi đoạn một dòng, không khoảng trắng thừa ở cuối dòng, không quá một dòng trống liền nhau."""
    lines = [line.rstrip() for line in nfc(body).replace("\r\n", "\n").split("\n")]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip("\n")


def _objections(body: str) -> list[Reason]:
    if not body.strip():
        return [Reason("documents.missing", _("Dự thảo chưa có chữ nào."), "body")]
    if len(body) > LONGEST:
        return [Reason("documents.body_too_long", _("Nội dung dài quá 400.000 ký tự: hãy nộp tệp Word."), "body")]
    return []
