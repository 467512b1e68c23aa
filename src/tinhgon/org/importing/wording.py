"""Câu cho mỗi vấn đề khi đọc bảng (``engine.tables`` không biết ngôn ngữ). Mọi cửa nhận tệp dùng chung."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import Problem, Table, TableError, read_table

_SENTENCES: Mapping[str, Promise] = {
    "empty": _("Tệp không có dữ liệu."),
    "too_big": _("Tệp lớn quá %(detail)s MB: chia thành nhiều tệp."),
    "encoding": _("Không đọc được chữ Việt trong tệp (có thể là TCVN3 hoặc VNI): lưu lại dạng Excel .xlsx hoặc CSV UTF-8."),
    "binary": _("Tệp không phải bảng CSV hay Excel."),
    "old_excel": _("Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu: lưu lại dạng .xlsx không mật khẩu."),
    "broken_excel": _("Tệp Excel hỏng, không mở được."),
    "no_header": _("Không thấy dòng tiêu đề cột trong 20 dòng đầu."),
    "repeated_column": _("Dòng %(row)s: cột “%(column)s” xuất hiện hơn một lần."),
    "unnamed_column": _("Dòng %(row)s: cột thứ %(detail)s có dữ liệu nhưng không có tiêu đề."),
    "too_many_cells": _("Dòng %(row)s: nhiều ô hơn %(detail)s cột của tiêu đề."),
    "merged_across": _("Dòng %(row)s: ô gộp ngang %(detail)s, không rõ giá trị thuộc cột nào: bỏ gộp ô."),
    "formula_error": _("Dòng %(row)s, cột %(column)s: công thức báo lỗi %(detail)s."),
    "broken_quotes": _("Dòng %(row)s: dấu nháy kép mở mà không đóng."),
    "too_many_rows": _("Tệp có hơn %(detail)s dòng: chia thành nhiều tệp."),
}


def sentence(problem: Problem) -> str:
    """Câu trọn vẹn cho một vấn đề của tệp."""
    values = {"row": problem.row, "column": problem.column, "detail": problem.detail}
    return str(_SENTENCES[problem.code]) % values


def read(data: bytes, *, known: Collection[str] = (), title: str = "") -> Table:
    """Như ``engine.tables.read_table``, mà lỗi là ``Invalid`` với một câu cho mỗi vấn đề, kèm số dòng trong ``data``."""
    try:
        return read_table(data, known=known, title=title)
    except TableError as broken:
        raise Invalid(
            *(
                Reason(f"table.{p.code}", sentence(p), "file", {"row": p.row, "column": p.column})
                for p in broken.problems
            )
        ) from broken
