"""Nhập hồ sơ năng lực: đọc thử nêu mọi chỗ sai theo dòng; sạch lỗi mới ghi đúng tệp vừa đọc thử."""

import io

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.engine.tables import MOST_BYTES, Sheet, write_workbook
from tinhgon.files.models import StoredFile
from tinhgon.files.services import chunks, store
from tinhgon.org.access import require
from tinhgon.org.models import Field
from tinhgon.org.rights import Verb
from tinhgon.personnel import services
from tinhgon.personnel.models import Skill
from tinhgon.personnel.services.importing import COLUMNS
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.personnel import ImportForm
from tinhgon.web.verbs import say_refused

SHOWN = 200
_SALT = "personnel.import"
_SAMPLE = ("CB000123", "Nguyễn Thị Mẫu", "01/07/1985", "Nữ", "Văn thư, lưu trữ: 3", "Tham mưu tổng hợp: 2; Chuyển đổi số, công nghệ thông tin: 1", "Rà soát tháng 6/2025")


_HOW = (
    gettext_lazy("Bắt buộc. Mỗi người một dòng."),
    gettext_lazy("Bắt buộc. Phải đúng người mang số hiệu ấy, để dòng gõ nhầm số bị nhận ra."),
    gettext_lazy("Không bắt buộc; viết ngày/tháng/năm."),
    gettext_lazy("Không bắt buộc; Nam hoặc Nữ."),
    gettext_lazy("Nhiều nhất một lĩnh vực: tên hay mã lĩnh vực, dấu hai chấm, mức 1 tới 4."),
    gettext_lazy("Nhiều lĩnh vực cách nhau bằng dấu chấm phẩy."),
    gettext_lazy("Bắt buộc khi có lĩnh vực: văn bản hay cuộc họp công nhận mức ấy."),
)


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
            context |= {"report": found, "problems": found.problems[:SHOWN], "problems_more": max(len(found.problems) - SHOWN, 0)}
            if not found.problems:
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
    messages.success(request, _("Đã ghi hồ sơ của %(people)s người: %(skills)s mức lĩnh vực.") % {"people": report.people, "skills": report.skills})
    return redirect("web:people")


def sample(request: HttpRequest) -> HttpResponse:
    """Tệp Excel mẫu: trang để điền, cách ghi từng cột với một dòng mẫu, và các lĩnh vực, mức đang dùng."""
    require(request.actor, Verb.KEEP_PROFILES, on=request.today)
    levels = "; ".join(f"{level.value} {level.label}" for level in Skill.Level)
    data = write_workbook([
        Sheet(_("Hồ sơ"), COLUMNS, []),
        Sheet(_("Cách ghi"), (_("Cột"), _("Ví dụ"), _("Cách ghi")), list(zip(COLUMNS, _SAMPLE, map(str, _HOW), strict=True))),
        Sheet(_("Lĩnh vực"), (_("Mã"), _("Tên"), _("Mức")), [(code, name, levels) for code, name in Field.objects.order_by("pk").values_list("code", "name")]),
    ])  # fmt: skip
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="mau-ho-so-nang-luc.xlsx"'
    return response
