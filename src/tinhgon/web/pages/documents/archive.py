"""Nộp lưu trữ: các lần nộp, nộp mới, một lần nộp với gói của nó, lưu trữ nhận hay trả lại."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.dossier_access import may_settle, transfer_for, transfers_visible_to
from tinhgon.documents.models import ArchiveTransfer
from tinhgon.documents.selectors.dossiers import ready_to_hand_over
from tinhgon.documents.services import archiving
from tinhgon.files.services import open_file
from tinhgon.org.selectors.units import units_at
from tinhgon.web.forms.keeping import HandOverForm, ReasonForm, RemarkForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.verbs import VerbPage, verb_page


def address(transfer: ArchiveTransfer) -> str:
    return reverse("web:archive_transfer", args=[transfer.pk])


def transfers(request: HttpRequest) -> HttpResponse:
    rows = transfers_visible_to(request.actor, on=request.today).select_related("made_by").prefetch_related("dossiers")
    listing = Listing(
        request, rows,
        columns=[
            Column("ngay", _("Ngày nộp"), ("made_on", "pk")),
            Column("noi-nop", _("Đơn vị nộp")),
            Column("luu-tru", _("Lưu trữ cơ quan")),
            Column("ho-so", _("Hồ sơ"), (), "number"),
            Column("trang-thai", _("Trạng thái"), ("state",)),
        ],
        row_template="web/rows/transfer.html",
        default_sort="-ngay",
        prepare=lambda found: _with_units(request, found),
    )  # fmt: skip
    empty = {
        "title": _("Chưa có lần nộp lưu nào."),
        "hint": _("Hồ sơ đã kết thúc thì nộp vào lưu trữ cơ quan; văn thư lưu trữ soát gói rồi nhận, hoặc trả lại kèm lý do."),
    }  # fmt: skip
    return list_page(request, "web/pages/transfers.html", listing, {"empty": empty})


def _with_units(request: HttpRequest, found: list[ArchiveTransfer]) -> list[Any]:
    units = units_at({unit for transfer in found for unit in (transfer.from_unit_id, transfer.archive_id)}, on=request.today)
    return [{"transfer": t, "from_unit": units[t.from_unit_id], "archive": units[t.archive_id]} for t in found]


def create(request: HttpRequest) -> HttpResponse:
    offered = list(ready_to_hand_over(request.actor, on=request.today)[:200])
    form = HandOverForm(request.POST or None, offered=offered, label=_("Hồ sơ đã kết thúc"))

    def save(data: dict[str, Any]) -> ArchiveTransfer:
        return archiving.hand_over(request.actor, on=request.today, dossier_ids=data["dossiers"], note=data["note"])

    said = [_("Hệ thống đóng gói mục lục, siêu dữ liệu và tệp kèm mã băm SHA-256; hồ sơ khóa lại chờ lưu trữ nhận.")]
    if not offered:
        said = [_("Bạn chưa có hồ sơ nào đã kết thúc mà chưa nộp. Người lập hồ sơ hay lãnh đạo đơn vị giữ hồ sơ kết thúc rồi nộp.")]
    return verb_page(request, VerbPage(
        title=_("Nộp hồ sơ vào lưu trữ"), submit=_("Đóng gói và nộp"), done=_("Đã nộp, chờ lưu trữ nhận."),
        back=reverse("web:archive_transfers"), call=save, form=form, land=address, consequences=said, is_empty=not offered,
    ))  # fmt: skip


def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    found = transfer_for(request.actor, transfer_id, on=request.today)
    units = units_at([found.from_unit_id, found.archive_id], on=request.today)
    waits = found.state == ArchiveTransfer.State.WAITING
    return render(request, "web/pages/transfer.html", {
        "transfer": found, "dossiers": found.dossiers.select_related("retention").order_by("pk"),
        "from_unit": units[found.from_unit_id], "archive": units[found.archive_id],
        "may_settle": waits and may_settle(request.actor, found, on=request.today),
    })  # fmt: skip


def package(request: HttpRequest, transfer_id: int) -> FileResponse:
    found = transfer_for(request.actor, transfer_id, on=request.today)
    if found.package is None:
        raise Http404
    return FileResponse(open_file(found.package), as_attachment=True, filename=f"goi-luu-tru-{found.pk}.zip")


def settle(request: HttpRequest, transfer_id: int, verb: str) -> HttpResponse:
    found = transfer_for(request.actor, transfer_id, on=request.today)
    if verb == "nhan":
        return verb_page(request, VerbPage(
            title=_("Nhận vào lưu trữ"), submit=_("Nhận"), done=_("Lưu trữ đã nhận."), back=address(found), form=RemarkForm(request.POST or None),
            call=lambda data: archiving.receive(request.actor, on=request.today, transfer_id=found.pk, note=data["note"]),
            consequences=[_("Từ lúc nhận, lưu trữ cơ quan giữ các hồ sơ này; nơi nộp không mở lại được.")],
        ))  # fmt: skip
    if verb == "tra-lai":
        return verb_page(request, VerbPage(
            title=_("Trả lại hồ sơ nộp lưu"), submit=_("Trả lại"), done=_("Đã trả lại nơi nộp."), back=address(found),
            form=ReasonForm(request.POST or None),
            call=lambda data: archiving.send_back(request.actor, on=request.today, transfer_id=found.pk, reason=data["reason"]),
        ))  # fmt: skip
    raise Http404
