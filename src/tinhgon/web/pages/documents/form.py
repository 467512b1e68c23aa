"""Thể thức trên trang dự thảo: danh sách lỗi kèm nguồn, nút "Sửa giúp" cho từng chỗ hay tất cả."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tinhgon.core.errors import Invalid, Refused
from tinhgon.documents.drafting_access import is_inside
from tinhgon.documents.models import Document
from tinhgon.documents.selectors import Page
from tinhgon.documents.selectors.form import FormCheck, checked
from tinhgon.documents.services.form import mend_form
from tinhgon.engine.form.model import Violation
from tinhgon.web.verbs import say_refused

PLACES = {
    "superior": gettext_lazy("cơ quan cấp trên"), "organ": gettext_lazy("cơ quan ban hành"), "symbol_line": gettext_lazy("số và ký hiệu"),
    "place_date": gettext_lazy("địa danh, ngày tháng"), "type_name": gettext_lazy("tên loại"), "summary": gettext_lazy("trích yếu"),
    "body": gettext_lazy("nội dung"), "authority": gettext_lazy("quyền hạn ký"), "position": gettext_lazy("chức vụ người ký"),
    "signer": gettext_lazy("người ký"), "receivers": gettext_lazy("nơi nhận"), "addressees": gettext_lazy("kính gửi"),
    "addressee_word": gettext_lazy("kính gửi"), "marks": gettext_lazy("dấu mức độ"), "layout": gettext_lazy("bố cục tệp Word"),
    "joint": gettext_lazy("khối ký của cơ quan cùng ban hành"), "recorder": gettext_lazy("người ghi biên bản"), "size": gettext_lazy("khổ giấy"),
    "circulation": gettext_lazy("phạm vi lưu hành"), "contact": gettext_lazy("thông tin liên hệ"), "draft": gettext_lazy("lần dự thảo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Một lỗi như hiện trên trang. ``place``: "nội dung, đoạn 3"."""

    violation: Violation
    place: str
    can_mend: bool


def form(request: HttpRequest, page: Page) -> dict[str, Any]:
    """Chỉ dự thảo đã có nội dung, và chỉ người trong cuộc: người được hỏi ý kiến không cần thấy."""
    document = page.document
    if document.state not in Document.UNNUMBERED or not is_inside(request.actor, document, on=request.today):
        return {}
    return shown(request, document, mend_at=reverse("web:form_mend", args=[document.pk]) if "edit" in page.abilities else "")


def shown(request: HttpRequest, document: Document, *, mend_at: str) -> dict[str, Any]:
    """Ngữ cảnh của ``web/parts/document/form.html``, cho trang văn bản và trang thẩm định. ``mend_at``: nơi nút "Sửa giúp" gửi tới; rỗng là không có nút."""
    found = checked(document, on=request.today)
    if found is None:
        return {}
    return {"form_check": found, "faults": _faults(found), "mend_at": mend_at if found.mendable else ""}


@require_POST
def mend(request: HttpRequest, document_id: int) -> HttpResponse:
    """Sửa một chỗ (``cho``) hay mọi chỗ máy sửa được."""
    run(request, partial(mend_form, document_id=document_id))
    return redirect("web:document", document_id)


def run(request: HttpRequest, verb: Callable[..., list[Violation]]) -> None:
    """Gọi động từ sửa giúp của nơi soạn hay của người thẩm định, nói đã sửa bao nhiêu chỗ."""
    keys = request.POST.getlist("cho") or None
    try:
        done = verb(request.actor, on=request.today, keys=keys)
    except (Invalid, Refused) as refused:
        say_refused(request, refused)
    else:
        sentence = ngettext("Đã sửa giúp %(count)d chỗ.", "Đã sửa giúp %(count)d chỗ.", len(done)) % {"count": len(done)}
        messages.success(request, sentence)


def _faults(found: FormCheck) -> list[Fault]:
    return [Fault(one, _place(one), found.can_mend(one)) for one in found.violations]


def _place(violation: Violation) -> str:
    name, line = str(PLACES[violation.found.field]), violation.found.line
    if line is None:
        return name
    if violation.found.field == "body":
        return _("%(place)s, đoạn %(number)d") % {"place": name, "number": line + 1}
    return _("%(place)s, dòng %(number)d") % {"place": name, "number": line + 1}
