"""Bản ban hành: PDF mang số và ngày, kèm bản Word sửa được khi văn bản soạn ở đây. Văn bản mật không bao giờ có.

Nguồn, theo thứ tự: tệp văn thư đưa lúc cấp số (bản giấy đã ký, quét lại); chữ của bản dự thảo mới nhất, dàn trang lại với số; tệp PDF của
dự thảo, ghi số và ngày vào chỗ trống. Không có gì thì chỉ vào sổ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium
from django.utils.translation import gettext as _
from django.utils.translation import override

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.documents.models import Attachment, Document, DraftVersion
from tinhgon.documents.selectors.paper import ground_of, paper_of
from tinhgon.documents.selectors.rules import rules_on
from tinhgon.documents.services import reading_queue as queue
from tinhgon.documents.services.attaching import attach_stored
from tinhgon.documents.services.contents import capped
from tinhgon.documents.services.drafting import secret_content
from tinhgon.engine import blanks, numbering
from tinhgon.engine.paper import CopyBlock, to_docx, to_pdf
from tinhgon.engine.pdfium import LOCK
from tinhgon.files.services import open_file, store

_PDF = "application/pdf"
Sign = Callable[[bytes], bytes]
"""Từ bản chưa ký ra bản đã ký; ``bytes`` là không ký."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Một tệp đưa lên cùng động từ."""

    name: str
    data: bytes


def file_final(actor: Actor, document: Document, upload: Upload | None, *, sign: Sign = bytes) -> Attachment | None:
    """Lập và cất bản ban hành của một văn bản vừa có số, trong giao dịch của nơi gọi. Trả về bản PDF; không có gì để lập thì ``None``.

    ``sign``: ký ngay bản vừa lập; chỉ bản đã ký vào kho.
    """
    if document.secrecy:
        if upload is not None:
            raise Refused(secret_content())
        return None
    if upload is not None:
        return _uploaded(actor, document, upload, sign)
    version = DraftVersion.objects.select_related("file").filter(document=document).order_by("-number").first()
    if version is not None and version.file is None and version.body.strip():
        return _typeset(actor, document, version.body, sign)
    return _filled(actor, document, sign)


def file_copy(actor: Actor, made: Document, original: Document, extract: str) -> Attachment | None:
    """Bản sao in lại từ bản gốc (trích sao: chỉ phần trích), dưới cùng là khối bản sao. Bản gốc chỉ có trên giấy thì ``None``."""
    version = DraftVersion.objects.filter(document=original).order_by("-number").first()
    body = extract or (version.body if version is not None else "")
    if made.secrecy or not body.strip() or original.issued_on is None or made.issued_on is None:
        return None
    with override("vi"):
        here = paper_of(made, on=made.issued_on)
        block = CopyBlock(
            kind=made.get_copy_kind_display().upper(), organ=here.organ, symbol_line=here.symbol_line, place_date=here.place_date,
            authority=made.authority, position=made.signer_position, signer=made.signer_name, receivers=here.receivers,
        )  # fmt: skip
        paper = paper_of(original, _paragraphs(body), on=original.issued_on, copy=block)
    measures = rules_on(original.issued_on, original.issuer_id).measures_on(original.paper_size)
    return _keep(actor, made, to_pdf(paper, measures))


def _paragraphs(body: str) -> list[str]:
    return [line for line in body.split("\n") if line.strip()]


def _uploaded(actor: Actor, document: Document, upload: Upload, sign: Sign) -> Attachment:
    if not upload.data.startswith(b"%PDF-"):
        raise Invalid(Reason("documents.final_not_pdf", _("Bản ban hành phải là tệp PDF."), "final"))
    final = _keep(actor, document, upload.data, sign)
    queue.fill_later(document.pk)  # bản quét: đọc chữ ở việc nền
    return final


def _typeset(actor: Actor, document: Document, body: str, sign: Sign) -> Attachment:
    assert document.issued_on is not None
    ground = ground_of(document, on=document.issued_on)
    measures = ground.rules.measures_on(document.paper_size)
    with override("vi"):  # giấy tờ chỉ có một thứ tiếng, dù người bấm xem giao diện tiếng gì
        paper = paper_of(document, _paragraphs(body), on=document.issued_on, ground=ground)
    document.content = capped(body)
    final = _keep(actor, document, to_pdf(paper, measures), sign)
    word = store(BytesIO(to_docx(paper, measures)), _name(document, "docx"))
    attach_stored(actor, document, word, _name(document, "docx"))
    return final


def _filled(actor: Actor, document: Document, sign: Sign) -> Attachment | None:
    draft = document.attachments.select_related("file").filter(file__content_type=_PDF).order_by("pk").last()
    if draft is None or document.issued_on is None:
        return None
    with open_file(draft.file) as content:
        before = content.read()
    month = document.issued_on.month
    try:
        after = blanks.fill(
            before, number=numbering.padded(document.number or 0, document.number_suffix), day=f"{document.issued_on.day:02d}",
            month=f"{month:02d}" if month < 3 else str(month),
        )  # fmt: skip
    except (blanks.NoBlank, pdfium.PdfiumError):
        return None
    final = _keep(actor, document, after, sign)
    queue.fill_later(document.pk)
    return final


def _keep(actor: Actor, document: Document, pdf: bytes, sign: Sign = bytes) -> Attachment:
    try:
        with LOCK:
            opened = pdfium.PdfDocument(pdf)
            pages = len(opened)
            opened.close()
    except pdfium.PdfiumError as broken:
        raise Invalid(Reason("documents.final_broken", _("Tệp PDF hỏng hoặc có mật khẩu."), "final")) from broken
    name = _name(document, "pdf")
    final = attach_stored(actor, document, store(BytesIO(sign(pdf)), name), name, is_final=True)
    document.pages = pages
    document.save(update_fields=["pages", "content"])
    return final


def _name(document: Document, ending: str) -> str:
    return f"{document.symbol.replace('/', '-')}.{ending}"


def refuse_without_final(final: Attachment | None) -> Attachment:
    """Ký số cần bản PDF có số ở trong: nêu cách có được nó."""
    if final is not None:
        return final
    sentence = _(
        "Chưa có bản PDF để ký: hãy soạn nội dung ở đây, hoặc trình tệp PDF còn chỗ trống để ghi số (“Số      -CV/…”)."
    )
    raise Refused(Reason("documents.no_final", sentence))
