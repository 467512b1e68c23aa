"""Nhập hồ sơ cán bộ: tải tệp điền sẵn, đưa lại; việc nền đọc thử nêu từng dòng làm gì hay sai gì; sạch lỗi thì cho ghi đúng tệp ấy."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tinhgon.core.errors import Refused
from tinhgon.core.models import Progress
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.personnel.selectors.workbook import workbook
from tinhgon.personnel.services.importing import later
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.personnel import ImportForm
from tinhgon.web.verbs import say_refused


def choose(request: HttpRequest) -> HttpResponse:
    """Chọn tệp; đưa lên thì việc nền đọc thử và trang của lần nhập hiện tiến độ."""
    require(request.actor, Verb.KEEP_PROFILES, on=request.today)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = attempt(form, lambda: later.read_later(request.actor, on=request.today, name=file.name, stream=file, size=file.size))
        if made:
            return redirect("web:personnel_import_found", import_id=made.pk)
    return render(request, "web/pages/personnel/import.html", {"form": form}, status=422 if form.errors else 200)


def found(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Một lần nhập: tiến độ, kết quả đọc thử, nút ghi; ghi xong thì còn một câu."""
    if request.method == "POST":
        try:
            later.write_later(request.actor, import_id, on=request.today)
        except Refused as refused:
            say_refused(request, refused)
        return redirect("web:personnel_import_found", import_id=import_id)
    one = later.import_for(request.actor, import_id, on=request.today)
    job, told = one.writing or one.trial, one.found
    return render(request, "web/pages/personnel/import_found.html", {
        "one": one, "job": job, "found": told, "form": ImportForm(),
        "is_running": not job.is_over, "is_written": bool(one.writing) and job.state == Progress.State.DONE,
        "changes_more": max(told.get("changes_count", 0) - later.SHOWN, 0), "problems_more": max(told.get("problems_count", 0) - later.SHOWN, 0),
        "may_write": not one.writing and told.get("changes_count", 0) and not told.get("problems_count", 0),
    })  # fmt: skip


def filled(request: HttpRequest) -> HttpResponse:
    """Tệp điền sẵn: mọi người trong phạm vi và điều đang ghi, trang cách ghi, các danh mục; sửa rồi nhập lại."""
    response = HttpResponse(workbook(request.actor, on=request.today), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="ho-so-can-bo.xlsx"'
    return response
