"""Chữ ký trên tệp của một văn bản, khóa ký của mình và con dấu của cơ quan, nhà cấp chứng thư được tin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.models import Revocations, SigningKey, TrustAnchor
from tinhgon.documents.selectors import signatures
from tinhgon.documents.services import keys, trust
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.issuing import KeyFileForm, KeyTokenForm, TrustFileForm
from tinhgon.web.signature_words import told
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


def of_document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Mọi chữ ký trên các tệp PDF của văn bản, kiểm lại ngay lúc xem."""
    document, files = signatures.on_document(request.actor, document_id, on=request.today)
    shown = [{"file": one, "signatures": [told(seen) for seen in one.signatures]} for one in files]
    return render(request, "web/pages/signatures.html", {"document": document, "files": shown})


def key_list(request: HttpRequest) -> HttpResponse:
    """Khóa ký của mình và con dấu số của cơ quan mình giữ."""
    found = signatures.keys_of(request.actor, on=request.today)
    units = shown_units({key.unit_id for key in found if key.unit_id}, on=request.today)
    return render(request, "web/pages/signing_keys.html", {"keys": found, "units": units})


def enrol_file(request: HttpRequest) -> HttpResponse:
    form = KeyFileForm(request.POST or None, request.FILES or None, organs=_organs(request))

    def enrol(data: dict[str, Any]) -> SigningKey:
        return keys.enrol_file(
            request.actor, on=request.today, data=data["file"].read(), passphrase=data["passphrase"], unit_id=data.get("unit"),
            picture=_picture(data),
        )  # fmt: skip

    return verb_page(request, VerbPage(
        title=_("Đưa tệp khóa vào"), submit=_("Đưa vào"), done=_("Đã đưa khóa vào."), back=reverse("web:signing_keys"), call=enrol, form=form,
        about=_("Tệp PKCS#12 do nhà cấp chứng thư giao."),
    ))  # fmt: skip


def enrol_token(request: HttpRequest) -> HttpResponse:
    form = KeyTokenForm(request.POST or None, request.FILES or None, organs=_organs(request))

    def enrol(data: dict[str, Any]) -> SigningKey:
        named = {name: data[name] for name in ("token", "token_key", "passphrase")}
        return keys.enrol_token(request.actor, on=request.today, unit_id=data.get("unit"), picture=_picture(data), **named)

    return verb_page(request, VerbPage(
        title=_("Ghi nhận khóa trong thiết bị"), submit=_("Ghi nhận"), done=_("Đã ghi nhận khóa."), back=reverse("web:signing_keys"),
        call=enrol, form=form, about=_("Thiết bị PKCS#11 cắm ở máy chủ; khóa không rời thiết bị."),
    ))  # fmt: skip


def revoke_key(request: HttpRequest, key_id: int) -> HttpResponse:
    key = keys.own_key(request.actor, key_id, on=request.today)

    def stop(data: dict[str, Any]) -> SigningKey:
        return keys.revoke_key(request.actor, on=request.today, key_id=key_id, reason=data["reason"])

    return verb_page(request, VerbPage(
        title=_("Ngừng dùng khóa"), submit=_("Ngừng dùng"), done=_("Đã ngừng dùng khóa."), back=reverse("web:signing_keys"), call=stop,
        form=ReasonForm(request.POST or None), about=key.common_name, danger=True,
        consequences=[_("Khóa bị xóa khỏi hệ thống, không ký được nữa; chữ ký đã đặt vẫn nguyên. Khóa bị lộ thì báo cả nhà cấp để thu hồi.")],
    ))  # fmt: skip


def trust_list(request: HttpRequest) -> HttpResponse:
    """Nhà cấp được tin và danh sách thu hồi; quản trị giữ."""
    require(request.actor, Verb.KEEP_TRUST, on=request.today)
    return render(request, "web/pages/trust.html", {
        "anchors": TrustAnchor.objects.order_by("-is_active", "name"), "lists": Revocations.objects.order_by("issuer"),
        "today": request.today,
    })  # fmt: skip


def add_anchor(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_TRUST, on=request.today)
    return verb_page(request, VerbPage(
        title=_("Tin một nhà cấp chứng thư"), submit=_("Tin nhà cấp này"), done=_("Đã tin nhà cấp."), back=reverse("web:trust"),
        call=lambda data: trust.add_anchor(request.actor, on=request.today, data=data["file"].read()),
        form=TrustFileForm(request.POST or None, request.FILES or None),
        about=_("Chứng thư gốc lấy từ chính nhà cấp, đối chiếu vân tay trước khi tin."),
    ))  # fmt: skip


def load_revocations(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_TRUST, on=request.today)
    return verb_page(request, VerbPage(
        title=_("Nạp danh sách thu hồi"), submit=_("Nạp"), done=_("Đã nạp danh sách thu hồi."), back=reverse("web:trust"),
        call=lambda data: trust.load_revocations(request.actor, on=request.today, data=data["file"].read()),
        form=TrustFileForm(request.POST or None, request.FILES or None), about=_("Danh sách do nhà cấp công bố; danh sách mới thay danh sách cũ."),
    ))  # fmt: skip


def drop_anchor(request: HttpRequest, anchor_id: int) -> HttpResponse:
    require(request.actor, Verb.KEEP_TRUST, on=request.today)
    return verb_page(request, VerbPage(
        title=_("Thôi tin nhà cấp"), submit=_("Thôi tin"), done=_("Đã thôi tin nhà cấp."), back=reverse("web:trust"),
        call=lambda data: trust.drop_anchor(request.actor, on=request.today, anchor_id=anchor_id),
    ))  # fmt: skip


def _organs(request: HttpRequest) -> Grouped:
    acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    if acting is None or not acting.may(Verb.ISSUE):
        return []
    found = units_at(acting.units, on=request.today).values()
    return [(_("Cơ quan"), [(unit.id, unit.name) for unit in found if unit.is_open and unit.is_organ])]


def _picture(data: dict[str, Any]) -> bytes:
    return data["picture"].read() if data.get("picture") else b""
