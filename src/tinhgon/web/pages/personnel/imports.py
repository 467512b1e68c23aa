"""Nhập hồ sơ cán bộ: tải tệp điền sẵn, đọc thử nêu từng dòng làm gì hay sai gì; sạch lỗi mới ghi đúng tệp vừa đọc thử."""

import io
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.engine.tables import MOST_BYTES
from tinhgon.files.models import StoredFile
from tinhgon.files.services import chunks, store
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.personnel import services
from tinhgon.personnel.selectors.workbook import workbook
from tinhgon.personnel.services.importing import Effect, Kind
from tinhgon.personnel.workbook import MATTERS
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.personnel import ImportForm
from tinhgon.web.verbs import say_refused

SHOWN = 200
_SALT = "personnel.import"


@dataclass(frozen=True, slots=True)
class SheetFound:
    """Một trang của tệp: bao nhiêu dòng sẽ ghi mới, đổi, bỏ, không đổi."""

    title: str
    new: int
    changed: int
    removed: int
    same: int


def _sheets(report: services.ImportReport) -> list[SheetFound]:
    read = {effect.sheet for effect in report.effects}
    kinds = (Kind.NEW, Kind.CHANGED, Kind.REMOVED, Kind.SAME)
    return [SheetFound(m.title, *(report.count(m.title, kind) for kind in kinds)) for m in MATTERS.values() if m.title in read]


def _found(report: services.ImportReport) -> dict[str, object]:
    changes: tuple[Effect, ...] = report.changes
    return {
        "report": report, "sheets": _sheets(report), "changes": changes[:SHOWN], "changes_more": max(len(changes) - SHOWN, 0),
        "problems": report.problems[:SHOWN], "problems_more": max(len(report.problems) - SHOWN, 0),
    }  # fmt: skip


def choose(request: HttpRequest) -> HttpResponse:
    """GET: chọn tệp. POST có tệp: đọc thử. POST có vé: ghi đúng tệp ấy."""
    require(request.actor, Verb.KEEP_PROFILES, on=request.today)
    if request.method == "POST" and "ticket" in request.POST:
        return _write(request, request.POST["ticket"])
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        report = attempt(form, lambda: _dry_run(request, file))
        if report:
            data, found = report
            context |= _found(found)
            if found.changes and not found.problems:
                context["ticket"] = signing.dumps(store(io.BytesIO(data), file.name).pk, salt=_SALT)
    return render(request, "web/pages/personnel/import.html", context, status=422 if form.errors else 200)


def _dry_run(request: HttpRequest, file) -> tuple[bytes, services.ImportReport]:
    if file.size > MOST_BYTES:
        raise Invalid(Reason("table.too_big", _("Tệp lớn quá %(most)d MB: chia thành nhiều tệp.") % {"most": MOST_BYTES // 1024**2}, "file"))
    data = file.read()
    return data, services.import_profiles(request.actor, on=request.today, data=data, dry_run=True)


def _write(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        stored = StoredFile.objects.filter(pk=signing.loads(ticket, salt=_SALT, max_age=24 * 3600)).first()
    except signing.BadSignature:
        stored = None
    if stored is None:
        return redirect("web:personnel_import")
    try:
        report = services.import_profiles(request.actor, on=request.today, data=b"".join(chunks(stored)), dry_run=False)
    except (Invalid, Refused) as refused:
        say_refused(request, refused)
        return redirect("web:personnel_import")
    messages.success(request, _("Đã ghi %(entries)s mục vào hồ sơ của %(people)s người.") % {"people": report.people, "entries": len(report.changes)})
    return redirect("web:people")


def filled(request: HttpRequest) -> HttpResponse:
    """Tệp điền sẵn: mọi người trong phạm vi và điều đang ghi, trang cách ghi, các danh mục; sửa rồi nhập lại."""
    response = HttpResponse(workbook(request.actor, on=request.today), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="ho-so-can-bo.xlsx"'
    return response
