"""Câu cho mỗi chỗ đáng nói khi nhập sổ cũ (``engine.registers`` không biết ngôn ngữ)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.registers import Problem

FIELDS: Mapping[str, Promise] = {
    "number": gettext_lazy("Số đến"),
    "symbol": gettext_lazy("Số, ký hiệu"),
    "issued_on": gettext_lazy("Ngày văn bản"),
    "summary": gettext_lazy("Trích yếu"),
    "arrived_on": gettext_lazy("Ngày đến"),
    "issuer_name": gettext_lazy("Tác giả"),
    "type": gettext_lazy("Tên loại"),
    "signer_name": gettext_lazy("Người ký"),
    "receivers": gettext_lazy("Nơi nhận"),
    "pages": gettext_lazy("Số trang"),
}
_SENTENCES: Mapping[str, Promise] = {
    "missing": gettext_lazy("để trống."),
    "date": gettext_lazy("“%(detail)s” không phải một ngày đã qua: viết 20/07/2022."),
    "too_early": gettext_lazy("“%(detail)s” sớm hơn năm 1945: xem lại năm."),
    "number": gettext_lazy("“%(detail)s” không có số."),
    "type": gettext_lazy("“%(detail)s” không có trong danh mục tên loại: lấy theo ký hiệu."),
    "too_long": gettext_lazy("dài quá %(detail)s ký tự."),
    "taken": gettext_lazy("số %(detail)s đã có trong sổ của hệ thống."),
    "repeated": gettext_lazy("số lặp lại trong sổ cũ: giữ thành %(detail)s."),
    "same_row": gettext_lazy("trùng hoàn toàn một dòng ở trên (%(detail)s): bỏ."),
    "wrong_d": gettext_lazy("“%(detail)s” gõ chữ Ð của tiếng khác: đổi thành Đ."),
    "spaces": gettext_lazy("“%(detail)s” thừa dấu cách: bỏ."),
    "lower": gettext_lazy("“%(detail)s…” viết thường cả câu: viết hoa chữ đầu."),
}


def field(name: str) -> str:
    return str(FIELDS[name])


def sentence(problem: Problem) -> str:
    """“Dòng 12, Ngày văn bản: …”."""
    said = str(_SENTENCES[problem.code]) % {"detail": problem.detail}
    return _("Dòng %(row)d, %(field)s: %(said)s") % {"row": problem.row, "field": field(problem.field), "said": said}
