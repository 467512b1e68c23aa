"""Sổ văn bản: xem, tìm, vào sổ, tệp, khay đến, dòng gửi. Cùng ``visible_to`` và cùng động từ với các trang."""

from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status, UploadedFile

from tinhgon.api import schemas as s
from tinhgon.api.auth import needs
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.core.paging import paginate
from tinhgon.documents import selectors, services
from tinhgon.documents.access import document_for
from tinhgon.documents.access_tray import arrivals_visible_to
from tinhgon.documents.models import Arrival, Attachment, Delivery, Document, DocumentType
from tinhgon.documents.services.intake import registering
from tinhgon.files.services import open_file
from tinhgon.org.selectors.units import units_at

router = Router(tags=["Văn bản"])
_ORDER = {"addressed_to": "addressed_to_id", "heir": "heir_id"}


@router.get("/types", response={200: list[s.TypeOut], **s.ERRORS}, summary="Danh mục tên loại")
@needs("read")
def types(request: HttpRequest) -> Any:
    return list(DocumentType.objects.order_by("order", "pk"))


@router.get("/documents", response={200: s.DocumentsOut, **s.ERRORS}, summary="Danh sách và tìm")
@needs("read")
def documents(request: HttpRequest, wanted: Annotated[s.Wanted, Query()]) -> Any:
    asked = wanted.dict()
    order, number, size = asked.pop("order"), asked.pop("page"), asked.pop("size")
    found = selectors.documents(request.auth.actor, on=clock.today(), filters=selectors.Filters(**asked), order=order)  # type: ignore[attr-defined]
    page = paginate(found, number=number, size=size)
    return {"items": _shown(page.items), "page": page.number, "size": size, "total": page.total, "capped": page.capped}


@router.post("/documents", response={201: s.DocumentOut, **s.ERRORS}, summary="Vào sổ văn bản đến")
@needs("write")
def register(request: HttpRequest, body: s.IncomingIn) -> Any:
    fields = {_ORDER.get(name, name): value for name, value in body.dict().items()}
    despite, code = fields.pop("despite"), fields.pop("type_code")
    kind = DocumentType.objects.filter(code=code).first()
    if kind is None:
        raise Invalid(Reason("documents.no_such_type", _("Không có tên loại mang mã này."), "type_code"))
    made = registering.register(request.auth.actor, on=clock.today(), fields=fields | {"type_id": kind.pk}, despite=despite)  # type: ignore[attr-defined]
    return Status(201, _shown([document_for(request.auth.actor, made.pk, on=clock.today())])[0])  # type: ignore[attr-defined]


@router.get("/documents/{document_id}", response={200: s.DocumentOut, **s.ERRORS}, summary="Một văn bản")
@needs("read")
def document(request: HttpRequest, document_id: s.Key) -> Any:
    return _shown([_seen(request, document_id)])[0]


@router.get("/documents/{document_id}/attachments", response={200: list[s.AttachmentOut], **s.ERRORS}, summary="Tệp của văn bản")
@needs("read")
def attachments(request: HttpRequest, document_id: s.Key) -> Any:
    return [_file(item) for item in _seen(request, document_id).attachments.select_related("file").order_by("pk")]


@router.post("/documents/{document_id}/attachments", response={201: s.AttachmentOut, **s.ERRORS}, summary="Đính kèm một tệp")
@needs("write")
def attach(request: HttpRequest, document_id: s.Key, file: File[UploadedFile]) -> Any:
    name = (file.name or "").replace("\x00", "")[:255]
    made = services.attach(request.auth.actor, on=clock.today(), document_id=document_id, name=name, content=file)  # type: ignore[attr-defined]
    return Status(201, _file(made))


@router.get("/attachments/{attachment_id}", response={200: None, **s.ERRORS}, summary="Nội dung một tệp",
            openapi_extra={"responses": {200: {"description": "Nội dung tệp", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}})  # fmt: skip
@needs("read")
def content(request: HttpRequest, attachment_id: s.Key) -> Any:
    found = Attachment.objects.select_related("file").filter(pk=attachment_id).first()
    if found is None:
        raise NotFound(Reason("documents.no_such_file", _("Không có tệp này.")))
    _seen(request, found.document_id)
    return FileResponse(open_file(found.file), content_type="application/octet-stream", as_attachment=True, filename=found.name)


@router.get("/documents/{document_id}/deliveries", response={200: list[s.DeliveryOut], **s.ERRORS}, summary="Đã gửi tới đâu")
@needs("read")
def deliveries(request: HttpRequest, document_id: s.Key) -> Any:
    rows = Delivery.objects.filter(document=_seen(request, document_id)).prefetch_related("steps").order_by("pk")
    names = [name for name in s.DeliveryOut.model_fields if name != "steps"]
    return [
        {name: getattr(row, name) for name in names} | {"steps": [{"code": x.code, "said": x.said, "at": x.at} for x in row.steps.all()]}
        for row in rows
    ]


@router.get("/arrivals", response={200: s.ArrivalsOut, **s.ERRORS}, summary="Khay đến")
@needs("read")
def arrivals(
    request: HttpRequest, waiting: bool = True,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1, size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:  # fmt: skip
    found = arrivals_visible_to(request.auth.actor, on=clock.today())  # type: ignore[attr-defined]
    if waiting:
        found = found.filter(state__in=Arrival.WAITING)
    shown = paginate(found.order_by("-pk"), number=page, size=size)
    items = [
        {"id": a.pk, "channel": a.channel, "state": a.state, "sender": a.sender, "subject": a.subject, "to_unit": a.to_unit_id,
         "document": a.document_id, "received_at": a.received_at}
        for a in shown.items
    ]  # fmt: skip
    return {"items": items, "page": shown.number, "size": size, "total": shown.total, "capped": shown.capped}


def _seen(request: HttpRequest, document_id: int) -> Document:
    return document_for(request.auth.actor, document_id, on=clock.today())  # type: ignore[attr-defined]


def _shown(found: list[Document]) -> list[dict[str, Any]]:
    """Số câu SQL không theo số dòng."""
    holders = units_at({one.holder_id for one in found}, on=clock.today())
    plain = [name for name in s.DocumentOut.model_fields if name not in ("type", "type_code", "holder")]
    return [
        {name: getattr(one, name) for name in plain}
        | {"type": one.type.name, "type_code": one.type.code, "holder": {"id": one.holder_id, "name": holders[one.holder_id].name}}
        for one in found
    ]


def _file(item: Attachment) -> dict[str, Any]:
    return {
        "id": item.pk, "name": item.name, "size": item.file.size, "sha256": item.file.sha256, "content_type": item.file.content_type,
        "added_at": item.added_at,
    }  # fmt: skip
