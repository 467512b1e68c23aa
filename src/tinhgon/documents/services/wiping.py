"""Bỏ nội dung của văn bản đã duyệt hủy: mọi nơi còn giữ chữ hay tệp của nó. Dòng sổ, dòng chuyển, chữ ký đã đặt (kèm băm) ở lại.

Nội dung nằm ở: tệp đính kèm, toàn văn, các bản dự thảo, tệp góp ý, đoạn trích trong góp ý thẩm định, tệp lúc còn ở khay và phần máy đọc
được, viện dẫn đọc được, nguyên thông điệp đã gửi.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from tinhgon.documents.models import (
    Appraisal,
    AppraisalRemark,
    Arrival,
    ArrivalFile,
    Attachment,
    Citation,
    Document,
    DraftVersion,
    ExchangeRequest,
    Opinion,
    Outbox,
    Signature,
)
from tinhgon.files.models import StoredFile
from tinhgon.files.services import discard

Named = dict[int, str]
"""Mã tệp -> tên."""


def stored_of(document_ids: Collection[int]) -> dict[int, Named]:
    """Các tệp của từng văn bản, mỗi tệp một lần, theo thứ tự mã. Số câu SQL không theo số văn bản."""
    found: dict[int, Named] = {pk: {} for pk in document_ids}
    for rows in _sources(document_ids):
        for document_id, file_id, name in rows:
            found[document_id].setdefault(file_id, name)
    return {pk: dict(sorted(files.items())) for pk, files in found.items()}


def _sources(ids: Collection[int]) -> Iterable[Iterable[tuple[int, int, str]]]:
    yield Attachment.objects.filter(document__in=ids).order_by("pk").values_list("document", "file", "name")
    for model in (DraftVersion, Opinion):
        yield model.objects.filter(document__in=ids, file__isnull=False).order_by("pk").values_list("document", "file", "file_name")
    for link in ("document", "same_as"):
        arrived = ArrivalFile.objects.filter(**{f"arrival__{link}__in": ids}).exclude(arrival__state__in=Arrival.WAITING)
        yield arrived.order_by("pk").values_list(f"arrival__{link}", "file", "name")


def wipe(document: Document) -> list[dict[str, str]]:
    """Bỏ nội dung của một văn bản; trả về tên và băm của những tệp đã bỏ. Tệp mà nơi khác còn dùng thì chỉ bỏ chỗ trỏ tới nó."""
    files = stored_of([document.pk])[document.pk]
    known = StoredFile.objects.in_bulk(files)
    gone = [{"document": str(document.pk), "name": name, "sha256": known[pk].sha256} for pk, name in files.items()]
    _let_go(document)
    document.content = ""
    document.save(update_fields=["content"])
    messages = _messages(document)
    bodies = list(StoredFile.objects.filter(pk__in=messages.values("body")).order_by("pk"))
    messages.update(body=None)
    for stored in [*known.values(), *bodies]:
        discard(stored)
    return gone


def _let_go(document: Document) -> None:
    Signature.objects.filter(document=document).update(attachment=None)
    document.attachments.all().delete()
    document.versions.all().delete()
    document.opinions.filter(file__isnull=False).update(file=None)
    AppraisalRemark.objects.filter(appraisal__document=document).update(quote="")
    Appraisal.objects.filter(document=document).update(findings=[])
    Citation.objects.filter(document=document).delete()
    arrivals = Arrival.objects.filter(Q(document=document) | Q(same_as=document)).exclude(state__in=Arrival.WAITING)
    ArrivalFile.objects.filter(arrival__in=arrivals).delete()
    arrivals.update(reading={})
    answered = ExchangeRequest.objects.exclude(state=ExchangeRequest.State.PENDING)
    answered.filter(Q(delivery__document=document) | Q(receipt__arrival__document=document)).update(changes={})


def _messages(document: Document) -> QuerySet[Outbox]:
    """Thông điệp đã xong của văn bản; cái còn chờ gửi thì để việc nền gửi nốt."""
    of_it = Q(delivery__document=document) | Q(request__delivery__document=document) | Q(receipt__arrival__document=document)
    return Outbox.objects.exclude(state=Outbox.State.WAITING).filter(of_it, body__isnull=False)
