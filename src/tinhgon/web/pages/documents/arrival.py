"""Một thứ trong khay: trang giấy bên cạnh biểu mẫu, các bản đã có, hạn và chỉ đạo máy thấy; vào sổ rồi tới thứ kế tiếp."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents import selectors
from tinhgon.documents.access_tray import arrival_for
from tinhgon.documents.models import Arrival, ArrivalFile, Document
from tinhgon.documents.selectors import duplicates
from tinhgon.documents.selectors import tray as reads
from tinhgon.documents.services.intake import reading, registering
from tinhgon.engine.extract.model import Unreadable
from tinhgon.engine.pages import has_pages, page_image
from tinhgon.engine.vietnamese import tone_norm
from tinhgon.files.services import local_path, open_file
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.web.choices import addressees
from tinhgon.web.dates import parse_day
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.tray import ArrivalForm
from tinhgon.web.pages.documents.suggestions import Note, initial_of, notes_of, proposals_of
from tinhgon.web.pages.documents.writing import address, registered
from tinhgon.web.verbs import VerbPage, verb_page

_PAGES_SHOWN = 3
_TEXT_SHOWN = 6_000
_INLINE = {"application/pdf", "image/png", "image/jpeg"}


def arrival(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """GET: biểu mẫu và trang giấy. POST: vào sổ, rồi mở thứ kế tiếp."""
    found = arrival_for(request.actor, arrival_id, on=request.today)
    may = found.state in Arrival.WAITING and any(s.may(Verb.REGISTER, found.to_unit_id) for s in _acting(request))
    if not may:
        return render(request, "web/pages/arrival_done.html", {"arrival": found, "files": _files(found)})
    files = _files(found)
    types = selectors.types()
    notes = notes_of(found, types)
    standing = require(request.actor, Verb.REGISTER, on=request.today, unit_id=found.to_unit_id)
    form = ArrivalForm(
        request.POST or None, types=types, addressees=addressees(standing.units if standing else [], on=request.today), today=request.today,
        initial=initial_of(found, notes, next((f.page_count for f in files if f.page_count), None)),
        is_legacy=any(f.legacy for f in files),
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        document = _register(request, form, found)
        if document:
            return _onward(request, document, found)
        status = 409
    known = _known(request, found, notes, files)
    if known and request.method != "POST":
        form.ask_despite()
    return render(request, "web/pages/arrival.html", {
        "arrival": found, "form": form, "boxes": _boxes(form, notes), "known": known, "twins": duplicates.waiting_twins(found),
        "proposals": proposals_of(found), "papers": [_paper(file, found, notes) for file in files],
        "may_attach": not found.reading.get("secret"),
    }, status=status)  # fmt: skip


def _acting(request: HttpRequest) -> list[Any]:
    return [s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id]


def _files(found: Arrival) -> list[ArrivalFile]:
    return list(found.files.select_related("file").order_by("pk"))


def _register(request: HttpRequest, form: ArrivalForm, found: Arrival) -> Document | None:
    if not form.is_valid():
        return None
    return attempt(form, lambda: registered(request, form.cleaned_data, found.pk))


def _onward(request: HttpRequest, document: Document, found: Arrival) -> HttpResponse:
    told = {"number": document.number, "symbol": document.symbol or document.summary[:60]}
    messages.success(request, _("Đã vào sổ số đến %(number)s: %(symbol)s.") % told)
    following = reads.next_waiting(request.actor, on=request.today, after=found.pk)
    if following is None:
        messages.info(request, _("Khay đã hết: không còn gì chờ vào sổ."))
        return redirect(address(document))
    return redirect("web:arrival", arrival_id=following.pk)


def _known(request: HttpRequest, found: Arrival, notes: dict[str, Note], files: list[ArrivalFile]) -> list[Document]:
    """Bản đã có, theo cái đang ở trong biểu mẫu (khi gửi) hay cái máy đọc được (khi mở)."""
    typed = request.POST if request.method == "POST" else {name: note.fill for name, note in notes.items()}
    return duplicates.same_paper(
        request.actor, on=request.today, issuer_name=typed.get("issuer_name", ""), symbol=typed.get("symbol", ""),
        issued_on=parse_day(typed.get("issued_on", "")), files=[file.file_id for file in files],
    )  # fmt: skip


def _boxes(form: ArrivalForm, notes: dict[str, Note]) -> list[list[tuple[Any, Note | None]]]:
    return [[(box, notes.get(box.name)) for box in row] for row in form.rows]


def _paper(file: ArrivalFile, found: Arrival, notes: dict[str, Note]) -> dict[str, Any]:
    """Một tệp để xem: các trang có tô chỗ đọc được, hoặc chữ của nó với dòng gốc được đánh dấu."""
    main = found.reading.get("file") == file.pk
    marked = list(notes.values()) if main else []
    shown = has_pages(file.file.content_type)
    count = file.page_count or 1
    wanted = sorted({1, *range(2, min(count, _PAGES_SHOWN) + 1), *(n.page for n in marked if n.rect and n.page)}) if shown else []
    quotes = {tone_norm(note.quote) for note in marked if note.quote}
    lines = [] if shown else [(line, tone_norm(line)[:300] in quotes) for line in file.text[:_TEXT_SHOWN].splitlines()]
    return {
        "file": file, "count": file.page_count, "lines": lines, "is_cut": not shown and len(file.text) > _TEXT_SHOWN,
        "changed": list(zip(file.legacy_sample.splitlines(), file.text.splitlines(), strict=False)),
        "pages": [(number, [note for note in marked if note.rect and note.page == number]) for number in wanted if number <= count],
    }  # fmt: skip


def refuse(request: HttpRequest, arrival_id: int) -> HttpResponse:
    found = arrival_for(request.actor, arrival_id, on=request.today, to="handle")
    following = reads.next_waiting(request.actor, on=request.today, after=found.pk)
    secret = bool(found.reading.get("secret"))

    def say_no(data: dict[str, Any]) -> Arrival:
        return registering.refuse(request.actor, on=request.today, arrival_id=arrival_id, reason=data["reason"])

    land = reverse("web:arrival", args=[following.pk]) if following else reverse("web:tray")
    return verb_page(request, VerbPage(
        title=_("Từ chối văn bản trong khay"), submit=_("Từ chối"), done=_("Đã từ chối."), danger=True, about=str(found),
        back=reverse("web:arrival", args=[found.pk]), land=lambda _done: land, call=say_no,
        form=ReasonForm(request.POST or None, initial={"reason": _("Văn bản có dấu chỉ độ mật") if secret else ""}),
        consequences=[
            _("Tệp bị xóa hẳn khỏi kho, chỉ còn dòng lịch sử.") if secret
            else _("Văn bản rời khay với lý do; tệp và lịch sử vẫn xem lại được ở mục đã từ chối."),
        ],
    ))  # fmt: skip


@require_POST
def known(request: HttpRequest, arrival_id: int, document_id: int) -> HttpResponse:
    """“Đây là bản đã có”: đính tệp mới vào văn bản ấy, khay bớt một dòng."""
    back = reverse("web:arrival", args=[arrival_id])
    return verb_page(request, VerbPage(
        title=_("Bản đã có"), submit="", done=_("Đã ghép vào văn bản đã có."), back=back, land=address,
        call=lambda _data: registering.close_as_known(request.actor, on=request.today, arrival_id=arrival_id, document_id=document_id),
    ))  # fmt: skip


@require_POST
def read_again(request: HttpRequest, arrival_id: int) -> HttpResponse:
    back = reverse("web:arrival", args=[arrival_id])
    return verb_page(request, VerbPage(
        title=_("Đọc lại"), submit="", done=_("Đang đọc lại."), back=back,
        call=lambda _data: reading.read_again(request.actor, on=request.today, arrival_id=arrival_id),
    ))  # fmt: skip


def _file(request: HttpRequest, file_id: int) -> ArrivalFile:
    file = ArrivalFile.objects.select_related("file").filter(pk=file_id).first()
    if file is None:
        raise NotFound(Reason("documents.no_such_file", _("Không có tệp này.")))
    arrival_for(request.actor, file.arrival_id, on=request.today)
    return file


def download(request: HttpRequest, file_id: int) -> FileResponse:
    file = _file(request, file_id)
    kind = file.file.content_type
    return FileResponse(open_file(file.file), content_type=kind, as_attachment=kind not in _INLINE, filename=file.name)


@cache_control(private=True, max_age=3600)
def page(request: HttpRequest, file_id: int, number: int) -> HttpResponse:
    """Ảnh một trang; trang không vẽ được thì trả lời 404 để trình duyệt hiện lời thay ảnh."""
    file = _file(request, file_id)
    try:
        with local_path(file.file) as path:
            content = page_image(path, file.file.content_type, number)
    except Unreadable:
        raise NotFound(Reason("documents.no_page", _("Trang này không hiện được."))) from None
    return HttpResponse(content, content_type="image/png")
