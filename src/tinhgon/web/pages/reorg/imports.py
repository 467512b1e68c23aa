"""Nhập từ tệp: danh sách kế thừa của cả tỉnh, hay bảng phương án (nhận ra theo cột Việc). Đọc thử trước, nêu mọi lỗi theo dòng;
sạch lỗi mới ghi. Danh sách kế thừa đã đọc được giữ trong phiên; bảng phương án được cất, dài thì việc nền đọc và ghi.
"""

from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import Refused
from tinhgon.engine.tables import (
    Problem,
    Sheet,
    Table,
    TableError,
    read_table,
    write_csv,
    write_workbook,
)
from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org.models import ExternalCode, Function, Kind
from tinhgon.org.selectors import units
from tinhgon.reorg import scenario, services
from tinhgon.reorg.models import DrawingTable
from tinhgon.reorg.services import table as drawings
from tinhgon.reorg.services import table_jobs
from tinhgon.reorg.services.importing import COLUMNS, SuccessionPlan, import_successions
from tinhgon.reorg.structure import CODE_SCHEME
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.pages.reorg.board.common import Desk
from tinhgon.web.pages.reorg.board.units import template_choices
from tinhgon.web.pages.reorg.common import Case, case_for, show, told

PROBLEMS_SHOWN = 200
SAMPLE_COLUMNS = ("ma_cu", "ten_cu", "ma_huyen", "ma_moi", "ten_moi")
SAMPLE_ROWS = (
    ("26734", "Phường Tân Định", "760", "26737", "Phường Tân Định"),
    ("26737", "Phường Đa Kao", "760", "26737", "Phường Tân Định"),
    ("26737", "Phường Đa Kao", "760", "26740", "Phường Sài Gòn"),
)
Rows = Sequence[tuple[int, Mapping[str, str]]]


_UNREADABLE = {
    "empty": gettext_lazy("Tệp trống."),
    "too_big": gettext_lazy("Tệp lớn hơn %(detail)s MB."),
    "encoding": gettext_lazy("Không đọc được chữ Việt trong tệp: hãy lưu lại thành CSV UTF-8 hoặc Excel .xlsx."),
    "binary": gettext_lazy("Tệp này không phải là bảng: hãy chọn tệp CSV hoặc Excel .xlsx."),
    "old_excel": gettext_lazy("Tệp Excel đời cũ (.xls): hãy lưu lại thành .xlsx."),
    "broken_excel": gettext_lazy("Tệp Excel hỏng, hoặc có mật khẩu."),
    "no_header": gettext_lazy("Không thấy dòng tiêu đề có các cột ma_cu, ma_moi, ten_moi."),
    "repeated_column": gettext_lazy("Cột %(column)s lặp lại."),
    "unnamed_column": gettext_lazy("Cột thứ %(detail)s có dữ liệu mà không có tiêu đề."),
    "too_many_cells": gettext_lazy("Nhiều ô hơn số cột tiêu đề (%(detail)s)."),
    "merged_across": gettext_lazy("Ô %(detail)s gộp ngang nhiều cột: hãy bỏ gộp."),
    "formula_error": gettext_lazy("Cột %(column)s có công thức lỗi: %(detail)s."),
    "broken_quotes": gettext_lazy("Dấu nháy kép mở mà không đóng."),
    "too_many_rows": gettext_lazy("Nhiều hơn %(detail)s dòng: hãy chia nhỏ tệp."),
}


class ImportForm(PlainForm):
    parent = forms.TypedChoiceField(
        label=gettext_lazy("Cấp trên của đơn vị mới"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("Chỉ cho danh sách kế thừa. Đơn vị mới trực thuộc cấp ủy này; các cơ quan của cấp ủy này cũng nhận được việc của đơn vị cấp huyện."),
    )  # fmt: skip
    table = forms.FileField(
        label=gettext_lazy("Tệp CSV hoặc Excel"),
        help_text=gettext_lazy("Bảng phương án có cột Việc. Danh sách kế thừa có cột ma_cu, ma_moi, ten_moi; cột ma_huyen: cấp huyện chia về các xã có địa bàn của nó."),
    )  # fmt: skip

    def __init__(self, *args: object, tops: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Chọn cấp ủy")), *tops] if len(tops) > 1 else list(tops)
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]


def import_table(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: chọn tệp. POST có tệp: đọc thử. POST "ghi": ghi đúng bảng vừa đọc thử."""
    case = case_for(request, reorg_id, to="prepare")
    tops = [(n.id, n.name) for n in units.tree(on=case.reorg.effective_on, deepest=0) if n.kind == Kind.COMMITTEE]
    if request.method == "POST" and "write" in request.POST:
        return _write(request, case)
    form = ImportForm(request.POST or None, request.FILES or None, tops=tops)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        table = _read(form, form.cleaned_data["table"])
        if table is not None and drawings.is_drawing(table.columns):
            made = attempt(form, lambda: services.upload_table(request.actor, case.reorg.pk, rows=list(table.rows)))
            if made is not None:
                return redirect("web:reorg_table", reorg_id=case.reorg.pk, table_id=made.pk)
        elif table is not None:
            context |= _dry_run(request, case, form, table)
    return show(case, "import.html", context, status=400 if form.errors else 200)


def _dry_run(request: HttpRequest, case: Case, form: ImportForm, table: Table) -> dict[str, object]:
    """Danh sách kế thừa: đọc thử ngay, giữ trong phiên."""
    if form.cleaned_data["parent"] is None:
        form.add_error("parent", _("Hãy chọn cấp trên của đơn vị mới."))
        return {}
    rows = _kept(table)
    parent = form.cleaned_data["parent"]
    plan = attempt(form, lambda: import_successions(request.actor, case.reorg.pk, rows=rows, parent_id=parent, dry_run=True))
    if plan is None:
        return {}
    if not plan.problems:
        request.session[_key(case)] = {"rows": [[n, dict(row)] for n, row in rows], "parent": parent}
    return {"plan": plan, "committees": sum(unit.kind == Kind.COMMITTEE for unit in plan.units), "splits": _splits(plan)} | _found(rows, plan.problems)


def drawn_table(request: HttpRequest, reorg_id: int, table_id: int) -> HttpResponse:
    """Một bảng phương án đã tải lên: tiến độ, kết quả đọc thử; POST: ghi nó vào phương án."""
    case = case_for(request, reorg_id, to="prepare")
    table = table_jobs.table_for(request.actor, table_id)
    if request.method == "POST":
        try:
            table = services.write_table(request.actor, table_id)
        except Refused as refused:
            messages.error(request, str(refused))
        if table.state == table.State.WRITTEN and table.progress:
            messages.success(request, table.progress.sentence)
            return redirect("web:reorg_board", reorg_id=case.reorg.pk)
        return redirect("web:reorg_table", reorg_id=case.reorg.pk, table_id=table.pk)
    context = {"table": table, "is_running": table_jobs.is_running(table)}
    return show(case, "table.html", context | (_found_in(table) if table.found else {}))


def _found_in(table: DrawingTable) -> dict[str, object]:
    told = table.found
    rows = [{"row": row, "column": column, "sentence": sentence} for row, column, sentence in told["problems"]]
    return {
        "rows_read": told["rows"], "wrong": told["wrong"], "problems": rows, "problems_more": told["wrong"] - len(rows),
        "drawing": told["deeds"], "drawn": told,
    }  # fmt: skip


def _found(rows: Rows, problems: Sequence[object]) -> dict[str, object]:
    return {
        "rows_read": len(rows), "wrong": len(problems), "problems": problems[:PROBLEMS_SHOWN],
        "problems_more": max(len(problems) - PROBLEMS_SHOWN, 0),
    }  # fmt: skip


def _splits(plan: SuccessionPlan) -> int:
    return len({edge.predecessor_id for edge in plan.successions if edge.type == "split"})


def _read(form: ImportForm, file: UploadedFile) -> Table | None:
    known = [*(name for names in COLUMNS.values() for name in names), *drawings.COLUMNS]
    try:
        return read_table(file.read(), known=known, title=SHEET)
    except TableError as error:
        for problem in error.problems:
            form.add_error("table", _said(problem))
        return None


def _kept(table: Table) -> Rows:
    """Các dòng, chỉ những cột của danh sách kế thừa."""
    wanted = {name.lower() for names in COLUMNS.values() for name in names}
    return [(number, {k: v for k, v in row.items() if k.lower() in wanted}) for number, row in table.rows]


def _said(problem: Problem) -> str:
    """Vấn đề của chính tệp, thành câu; vấn đề lạ thì nói chung."""
    sentence = _UNREADABLE.get(problem.code, _("Không đọc được tệp này: hãy lưu lại thành CSV (UTF-8) hoặc Excel .xlsx."))
    where = _("Dòng %(row)d: ") % {"row": problem.row} if problem.row else ""
    return f"{where}{sentence}" % {"detail": problem.detail, "column": problem.column}


def _write(request: HttpRequest, case: Case) -> HttpResponse:
    kept = request.session.get(_key(case))
    if not kept:
        return redirect("web:reorg_import", reorg_id=case.reorg.pk)
    rows = [(number, row) for number, row in kept["rows"]]

    def write() -> None:
        import_successions(request.actor, case.reorg.pk, rows=rows, parent_id=kept["parent"], dry_run=False)
        del request.session[_key(case)]

    done = told(request, write, _("Đã ghi vào phương án; hoàn lại được trên bảng."))
    return redirect("web:reorg_board" if done else "web:reorg_import", reorg_id=case.reorg.pk)


def _key(case: Case) -> str:
    return f"reorg_import_{case.reorg.pk}"


SHEET = "Phương án"
EXAMPLES = (
    ("", "mở", "", "Đảng ủy phường Ví Dụ", "commune", "Thành ủy Thành phố Hồ Chí Minh", "", "Mở cấp ủy mới, có luôn ba cơ quan theo mẫu"),
    ("Đảng ủy phường Đa Kao, Quận 1", "nhập", "Đảng ủy phường Ví Dụ", "", "", "", "", "Kết thúc, mọi việc về nơi nhận"),
    ("Phòng Tổng hợp", "tách", "Phòng Hành chính", "", "", "", "th-chuong-trinh", "Mỗi nơi nhận một dòng; chức năng cách nhau bằng dấu ;"),
    ("Phòng Tổng hợp", "tách", "Phòng Quản trị", "", "", "", "th-nghi-quyet", ""),
    ("Học viện Cán bộ Thành phố", "chuyển", "", "", "", "Ban Tổ chức Thành ủy", "", "Vẫn là chính nó, cấp trên mới"),
    ("Ban Nội chính Thành ủy", "đổi tên", "", "Ban Nội chính và Cải cách tư pháp", "", "", "", ""),
    ("Ban Nội chính Thành ủy", "chuyển chức năng", "Ủy ban Kiểm tra Thành ủy", "", "", "", "nc-tham-nhung", ""),
    ("Trung tâm cũ", "kết thúc", "Văn phòng Thành ủy", "", "", "", "", "Giải thể, giao việc"),
)


def drawing_sample(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Tệp Excel mẫu của bảng phương án: trang để điền, cách ghi, và mã của đơn vị, mẫu, chức năng lúc này."""
    case = case_for(request, reorg_id, to="prepare")
    read = scenario.read(case.reorg)
    codes = dict(ExternalCode.objects.filter(scheme=CODE_SCHEME, unit__in=read.plan.now).values_list("unit_id", "code"))
    named = sorted(read.plan.now.values(), key=lambda node: sort_key(node.name))
    units = [(f"#{n.id}", codes.get(n.id, ""), n.name, read.name(n.parent) if n.parent else "", Kind(n.kind).label) for n in named]
    templates = [(code, label) for _group, found in template_choices(Desk(case)) for code, label in found]
    data = write_workbook([
        Sheet(SHEET, drawings.COLUMNS, []),
        Sheet("Cách ghi", (*drawings.COLUMNS, "Giải thích"), EXAMPLES),
        Sheet("Đơn vị", ("Mã", "Mã hành chính", "Tên", "Trực thuộc", "Loại"), units),
        Sheet("Mã mẫu", ("Mã", "Mẫu"), templates),
        Sheet("Mã chức năng", ("Mã", "Tên"), Function.objects.order_by("code").values_list("code", "name")),
    ])  # fmt: skip
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="bang-phuong-an.xlsx"'
    return response


def sample(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Tệp mẫu để điền."""
    case_for(request, reorg_id)
    response = HttpResponse(write_csv(SAMPLE_COLUMNS, SAMPLE_ROWS), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mau-ke-thua.csv"'
    return response
