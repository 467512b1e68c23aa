"""Khay đến: mọi thứ vừa tới chờ vào sổ, thả tệp, tiến độ đọc."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhgon.core.errors import TinhGonError
from tinhgon.core.models import Progress
from tinhgon.documents.models import Arrival
from tinhgon.documents.selectors import exchange
from tinhgon.documents.selectors import tray as reads
from tinhgon.documents.services.intake import receiving
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.web.forms.tray import TrayFilters, UploadForm
from tinhgon.web.listing import Column, Listing, list_page

_TOLD = 5  # lời báo từng tệp không nhận; nhiều hơn thì gộp


@dataclass(frozen=True, slots=True)
class TrayRow:
    arrival: Arrival
    unit: UnitAt


def keeper_units(request: HttpRequest) -> list[tuple[int, str]]:
    """Các cơ quan mà vị trí đang dùng giữ sổ: mã và tên."""
    standing = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    if standing is None or not standing.may(Verb.REGISTER):
        return []
    units = units_at(standing.units, on=request.today)
    mine = [unit for unit in units.values() if unit.is_organ]
    return [(unit.id, unit.name) for unit in sorted(mine, key=lambda unit: unit.id != standing.organ_id)]


def tray(request: HttpRequest) -> HttpResponse:
    filters = TrayFilters(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    state = {"": "cho", "tat-ca": ""}.get(chosen.get("trang_thai", ""), chosen.get("trang_thai", ""))
    rows = reads.arrivals(
        request.actor, on=request.today, state=state, channel=chosen.get("kenh", ""), text=chosen.get("tim", "")
    )
    listing = Listing(
        request, rows,
        columns=[
            Column("toi", _("Tới lúc"), ("received_at", "pk"), "nowrap"),
            Column("ten", _("Văn bản"), ("subject",)),
            Column("kenh", _("Từ đâu"), ("channel", "pk")),
            Column("khay", _("Khay của")),
            Column("trang-thai", _("Trạng thái"), ("state", "pk")),
        ],
        row_template="web/rows/arrival.html",
        default_sort="toi" if state == "cho" else "-toi",
        prepare=lambda found: _prepared(found, request),
    )  # fmt: skip
    units = keeper_units(request)
    return list_page(request, "web/pages/tray.html", listing, {
        "filters": filters,
        "upload": UploadForm(units=units) if units else None,
        "job": _running(request),
        "requests_waiting": list(exchange.requests_waiting(request.actor, on=request.today)[:10]),
        "empty": {
            "title": _("Khay trống: không có gì chờ vào sổ."),
            "hint": _("Thả tệp vào ô ở trên, hoặc đặt thư mục, hộp thư để máy tự lấy về. Văn bản từ trục liên thông cũng tới đây."),
        },
    })  # fmt: skip


def _prepared(found: list[Arrival], request: HttpRequest) -> list[TrayRow]:
    units = units_at({arrival.to_unit_id for arrival in found}, on=request.today)
    return [TrayRow(arrival, units[arrival.to_unit_id]) for arrival in found]


def _running(request: HttpRequest) -> Progress | None:
    """Đợt vừa đưa vào (``?dot=``), hoặc đợt còn đang đọc: quay lại trang vẫn thấy."""
    try:
        batch = uuid.UUID(request.GET.get("dot", ""))
    except ValueError:
        batch = reads.reading_batch(request.actor, on=request.today)
    return Progress.objects.filter(pk=batch).first() if batch else None


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Nhận một nắm tệp. Mã phía trình duyệt gửi từng nắm và hỏi lại bằng JSON; không có mã thì là biểu mẫu thường."""
    form = UploadForm(request.POST, request.FILES, units=keeper_units(request))
    wants_json = request.headers.get("Accept", "") == "application/json"
    if not form.is_valid():
        return _refused(request, [text for _box, _label, text in form.problems], wants_json)
    try:
        found = receiving.receive(
            request.actor, on=request.today, to_unit_id=form.cleaned_data["to_unit"], secrecy=form.cleaned_data["secrecy"],
            files=((file.name, file) for file in form.cleaned_data["files"]), batch=_batch(request),
        )  # fmt: skip
    except TinhGonError as error:
        if wants_json:
            return _refused(request, error.sentences, wants_json)
        raise
    if wants_json:
        return JsonResponse({"batch": str(found.batch), "arrived": len(found.arrivals), "refused": found.refused})
    tell(request, len(found.arrivals), found.refused)
    return redirect(f"{reverse('web:tray')}?dot={found.batch}" if found.arrivals else "web:tray")


def _batch(request: HttpRequest) -> uuid.UUID | None:
    """Nối vào đợt mà chính người này vừa mở; mã lạ thì mở đợt mới."""
    try:
        batch = uuid.UUID(request.POST.get("batch", ""))
    except ValueError:
        return None
    mine = Arrival.objects.filter(batch=batch).exclude(added_by=request.scope.person_id)
    return None if mine.exists() else batch


def _refused(request: HttpRequest, sentences: Iterable[str], wants_json: bool) -> HttpResponse:
    said = list(sentences)
    if wants_json:
        return JsonResponse({"sentences": said}, status=422)
    for sentence in said:
        messages.error(request, sentence)
    return redirect("web:tray")


def tell(request: HttpRequest, arrived: int, refused: list[tuple[str, str]]) -> None:
    """Lời báo sau khi tải lên: bao nhiêu vào khay, tệp nào không nhận và vì sao."""
    if arrived:
        sentence = ngettext("%(count)d văn bản vào khay, đang đọc.", "%(count)d văn bản vào khay, đang đọc.", arrived)
        messages.success(request, sentence % {"count": arrived})
    for name, why in refused[:_TOLD]:
        messages.error(request, _("%(file)s: %(why)s") % {"file": name, "why": why})
    if len(refused) > _TOLD:
        messages.error(request, _("và %(count)d tệp nữa không nhận được.") % {"count": len(refused) - _TOLD})


def landing(request: HttpRequest) -> HttpResponse:
    """Mở thứ đầu tiên còn chờ: một phím từ khay tới biểu mẫu."""
    first = reads.next_waiting(request.actor, on=request.today, after=0)
    return redirect("web:arrival", arrival_id=first.pk) if first else _nothing_left(request)


def _nothing_left(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Khay đã hết: không còn gì chờ vào sổ."))
    return redirect("web:tray")

