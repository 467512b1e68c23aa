"""Quản trị liên thông: đối tác, mã định danh, chứng thư của hệ thống này, hộp thư đi. Không nội dung văn bản nào."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.models import Outbox, Partner
from tinhgon.documents.services.exchange import identity, partners
from tinhgon.org.access import require
from tinhgon.org.models import ExternalCode
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import tree, units_at
from tinhgon.web.forms.exchange import CodeForm, PartnerForm
from tinhgon.web.verbs import VerbPage, verb_page


def exchange(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_EXCHANGE, on=request.today)
    waiting = Count("outbox", filter=Q(outbox__state=Outbox.State.WAITING), distinct=True)
    failed = Count("outbox", filter=Q(outbox__state=Outbox.State.FAILED), distinct=True)
    rows = Partner.objects.annotate(waiting=waiting, failed=failed, organ_count=Count("organs", distinct=True)).order_by("name")
    codes = list(ExternalCode.objects.filter(scheme=identity.SCHEME).order_by("code")[:500])
    units = units_at([code.unit_id for code in codes], on=request.today)
    pem = identity.certificate_pem()
    return render(request, "web/pages/exchange_admin.html", {
        "partners": rows,
        "codes": [(code.code, units[code.unit_id]) for code in codes if code.unit_id in units],
        "certificate": pem,
        "fingerprint": identity.fingerprint(pem),
        "address": request.build_absolute_uri("/").rstrip("/"),
    })  # fmt: skip


def partner(request: HttpRequest, partner_id: int | None = None) -> HttpResponse:
    require(request.actor, Verb.KEEP_EXCHANGE, on=request.today)
    known = partners.partner_for(request.actor, partner_id, on=request.today) if partner_id else None
    initial: dict[str, Any] = {}
    if known:
        organs = "\n".join(f"{organ.code} {organ.name}" for organ in known.organs.order_by("code"))
        initial = {"name": known.name, "address": known.address, "certificate": known.certificate, "organs": organs, "is_active": known.is_active}

    def call(data: dict[str, Any]) -> Any:
        return partners.keep(request.actor, on=request.today, partner_id=partner_id, **data)

    return verb_page(request, VerbPage(
        title=_("Sửa đối tác") if known else _("Thêm đối tác"), submit=_("Lưu"), done=_("Đã lưu đối tác."), back=reverse("web:exchange_admin"),
        call=call, form=PartnerForm(request.POST or None, initial=initial),
        consequences=[_("Chỉ gửi tới địa chỉ ghi ở đây và chỉ tin chứng thư ghi ở đây. Hãy đọc dấu chứng thư cho nhau qua điện thoại trước khi nối.")],
    ))  # fmt: skip


def code(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_EXCHANGE, on=request.today)
    units = [(unit.id, unit.name) for unit in tree(on=request.today) if unit.is_organ]

    def call(data: dict[str, Any]) -> None:
        partners.set_code(request.actor, on=request.today, unit_id=data["unit"], code=data["code"])

    return verb_page(request, VerbPage(
        title=_("Đặt mã định danh"), submit=_("Đặt mã"), done=_("Đã đặt mã định danh."), back=reverse("web:exchange_admin"), call=call,
        form=CodeForm(request.POST or None, units=units),
        consequences=[_("Mã cũ ở lại: thông điệp còn gửi tới mã cũ vẫn vào đúng cơ quan, hoặc cơ quan kế thừa.")],
    ))  # fmt: skip
