"""Bút phê mẫu của mình: xem, thêm, bỏ."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.selectors.remarks import templates_of
from tinhgon.documents.services.remarks import add_template, remove_template
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.web.forms.processing import TemplateForm
from tinhgon.web.verbs import VerbPage, verb_page


def templates(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.ROUTE, on=request.today)
    form = TemplateForm(request.POST or None)

    def add(data: dict[str, Any]) -> Any:
        return add_template(request.actor, on=request.today, text=data["text"])

    return verb_page(request, VerbPage(
        title=_("Bút phê mẫu"), submit=_("Thêm mẫu"), done=_("Đã thêm mẫu."), back=reverse("web:remark_templates"), call=add, form=form,
        about=_("Những câu bạn hay ghi; chọn một câu khi chuyển xử lý là chèn được ngay."), template="web/pages/remark_templates.html",
        extra={"remarks": templates_of(request.actor, on=request.today)},
    ))  # fmt: skip


def remove(request: HttpRequest, template_id: int) -> HttpResponse:
    return verb_page(request, VerbPage(
        title=_("Bỏ mẫu"), submit=_("Bỏ mẫu"), done=_("Đã bỏ mẫu."), back=reverse("web:remark_templates"),
        call=lambda _data: remove_template(request.actor, on=request.today, template_id=template_id),
    ))  # fmt: skip
