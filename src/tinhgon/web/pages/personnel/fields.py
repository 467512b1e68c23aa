"""Danh mục lĩnh vực với tính chất theo ngày; đổi tính chất."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.personnel import selectors, services
from tinhgon.web.forms.personnel import TagForm
from tinhgon.web.verbs import VerbPage, verb_page


def fields(request: HttpRequest) -> HttpResponse:
    """Mọi lĩnh vực ngày đang xem; ai cũng đọc được."""
    return render(request, "web/pages/personnel/fields.html", {
        "fields": selectors.fields_at(request.on), "may_keep": request.scope.may(Verb.KEEP_PROFILES),
    })  # fmt: skip


def tag(request: HttpRequest, field_id: int) -> HttpResponse:
    require(request.actor, Verb.KEEP_PROFILES, on=request.today)
    field = next((one for one in selectors.fields_at(request.today) if one.id == field_id), None)
    if field is None:
        raise NotFound(Reason("personnel.field", _("Không có lĩnh vực này.")))

    def call(data: dict[str, Any]) -> Any:
        return services.tag_field(request.actor, on=request.today, field_id=field_id, **data)

    return verb_page(request, VerbPage(
        title=_("Tính chất của lĩnh vực"), about=field.name, submit=_("Đổi từ hôm nay"), done=_("Đã đổi tính chất của lĩnh vực."),
        back=reverse("web:personnel_fields"), call=call, form=TagForm(request.POST or None, initial={"nature": field.nature}),
        consequences=[_("Ngày trước hôm nay giữ tính chất cũ.")],
    ))  # fmt: skip
