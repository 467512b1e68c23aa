"""Nhân bản một phương án."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.reorg import services
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.pages.reorg.common import case_for
from tinhgon.web.verbs import VerbPage, verb_page


class CopyForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên của bản mới"), max_length=200)


def copy(request: HttpRequest, reorg_id: int) -> HttpResponse:
    case = case_for(request, reorg_id, to="prepare")
    count = case.reorg.copies.count() + 2
    initial = {"name": _("%(name)s (phương án %(number)d)") % {"name": case.reorg.name[:170], "number": count}}
    return verb_page(
        request,
        VerbPage(
            title=_("Nhân bản phương án"),
            about=_("Bản mới có cùng đơn vị, kế thừa và quyết định nơi nhận, sửa riêng được; bản gốc giữ nguyên."),
            submit=_("Nhân bản"), done=_("Đã nhân bản. Sửa trên bảng; so sánh lại khi cần."), back=case.url("reorg_overview"),
            form=CopyForm(request.POST or None, initial=initial),
            call=lambda chosen: services.copy(request.actor, reorg_id, name=chosen["name"]),
            land=lambda made: case.url("reorg_board").replace(f"/{reorg_id}/", f"/{made.pk}/"),
            consequences=[_("Không chép: kiểm kê, phương án bố trí cán bộ, các thao tác đã qua.")],
        ),
    )  # fmt: skip
