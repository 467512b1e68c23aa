"""Nơi đã đăng ký trao đổi, và mã định danh của các cơ quan trong hệ thống. Quản trị giữ; quản trị không thấy nội dung nào."""

import re
from collections.abc import Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_pem_x509_certificate
from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, refuse_if
from tinhgon.documents.models import Outbox, Partner, PartnerOrgan
from tinhgon.documents.services.exchange.identity import SCHEME, organ_code
from tinhgon.engine.edxml.reading import ORGAN_ID
from tinhgon.org.access import require
from tinhgon.org.models import ExternalCode
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import unit_at

_ADDRESS = re.compile(r"https?://[^\s/?#@]+(:\d{1,5})?(/[^\s?#]*)?")


@transaction.atomic
def keep(
    actor: Actor, *, on: date, name: str, address: str = "", certificate: str = "", organs: Sequence[tuple[str, str]] = (),
    is_active: bool = False, partner_id: int | None = None,
) -> Partner:  # fmt: skip
    """Thêm hay sửa một đối tác cùng các cơ quan của nó (mã, tên). Cơ quan đã từng gửi tới thì không bỏ được. ``Invalid`` với mọi ô sai."""
    require(actor, Verb.KEEP_EXCHANGE, on=on)
    partner = Partner(added_at=clock.now()) if partner_id is None else partner_for(actor, partner_id, on=on, lock=True)
    before = {"name": partner.name, "address": partner.address, "is_active": partner.is_active} if partner_id else {}
    partner.name, partner.address = name.strip(), address.strip().rstrip("/")
    partner.certificate, partner.is_active = certificate.strip(), is_active
    reasons = _mistakes(partner, organs)
    if reasons:
        raise Invalid(*reasons)
    partner.save()
    _keep_organs(partner, organs)
    if is_active:
        Outbox.objects.filter(partner=partner, state=Outbox.State.WAITING).update(next_at=clock.now())
    record(
        actor, "documents.partner_kept", ("partner", partner.pk), before=before,
        after={"name": partner.name, "address": partner.address, "is_active": is_active, "organs": len(organs)},
    )  # fmt: skip
    return partner


@transaction.atomic
def set_code(actor: Actor, *, on: date, unit_id: int, code: str) -> None:
    """Đặt mã định danh cho một cơ quan trong hệ thống; mã cũ ở lại làm lịch sử, thông điệp gửi tới mã cũ vẫn vào đúng nơi."""
    require(actor, Verb.KEEP_EXCHANGE, on=on)
    code, unit = code.strip().upper(), unit_at(unit_id, on=on)
    reasons = []
    if unit is None or not unit.is_open or not unit.is_organ:
        reasons.append(Reason("exchange.no_organ", _("Chỉ cơ quan đang hoạt động mới có mã định danh."), "unit"))
    if not ORGAN_ID.fullmatch(code):
        reasons.append(_bad_code(code, "code"))
    if ExternalCode.objects.filter(scheme=SCHEME, code=code).exclude(unit=unit_id).exists() or PartnerOrgan.objects.filter(code=code).exists():
        reasons.append(Reason("exchange.code_taken", _("Mã %(code)s đang thuộc cơ quan khác.") % {"code": code}, "code"))
    refuse_if(reasons)
    before = organ_code(unit_id)
    if before == code:
        return
    ExternalCode.objects.update_or_create(scheme=SCHEME, code=code, unit_id=unit_id, defaults={"era": f"{on:%Y-%m-%d}"})
    record(actor, "documents.organ_code_set", ("unit", unit_id), before={"code": before}, after={"code": code})


def partner_for(actor: Actor, partner_id: int, *, on: date, lock: bool = False) -> Partner:
    require(actor, Verb.KEEP_EXCHANGE, on=on)
    rows = Partner.objects.select_for_update() if lock else Partner.objects.all()
    found = rows.filter(pk=partner_id).first()
    if found is None:
        raise NotFound(Reason("exchange.no_partner", _("Không có đối tác này.")))
    return found


def _mistakes(partner: Partner, organs: Sequence[tuple[str, str]]) -> list[Reason]:
    reasons = []
    if not partner.name:
        reasons.append(Reason("documents.missing", _("Chưa ghi tên hệ thống."), "name"))
    if partner.address and not _ADDRESS.fullmatch(partner.address):
        reasons.append(Reason("exchange.address", _("Địa chỉ phải bắt đầu bằng http:// hoặc https://, không có dấu cách, dấu hỏi hay mật khẩu."), "address"))
    if partner.certificate and (problem := _certificate_problem(partner.certificate)):
        reasons.append(Reason("exchange.certificate", problem, "certificate"))
    if partner.is_active and not (partner.address and partner.certificate):
        reasons.append(Reason("exchange.not_ready", _("Muốn nối thì phải có địa chỉ và chứng thư của hệ thống ấy."), "is_active"))
    codes = [code for code, _name in organs]
    reasons += [_bad_code(code, "organs") for code in codes if not ORGAN_ID.fullmatch(code)]
    reasons += [Reason("documents.missing", _("Cơ quan %(code)s chưa có tên.") % {"code": code}, "organs") for code, name in organs if not name]
    if len(set(codes)) != len(codes):
        reasons.append(Reason("exchange.code_twice", _("Có mã định danh ghi hai lần."), "organs"))
    taken = PartnerOrgan.objects.filter(code__in=codes).exclude(partner=partner.pk).values_list("code", flat=True)
    ours = ExternalCode.objects.filter(scheme=SCHEME, code__in=codes).values_list("code", flat=True)
    reasons += [Reason("exchange.code_taken", _("Mã %(code)s đang thuộc cơ quan khác.") % {"code": code}, "organs") for code in sorted({*taken, *ours})]
    return reasons


def _keep_organs(partner: Partner, organs: Sequence[tuple[str, str]]) -> None:
    gone = partner.organs.exclude(code__in=[code for code, _name in organs])
    used = list(gone.filter(deliveries__isnull=False).distinct().values_list("name", flat=True))
    sentence = _("Đã có văn bản gửi tới %(unit)s nên không bỏ khỏi danh sách được.")
    refuse_if(Reason("exchange.organ_used", sentence % {"unit": name}, "organs") for name in used)
    gone.delete()
    for code, name in organs:
        PartnerOrgan.objects.update_or_create(code=code, defaults={"partner": partner, "name": name[:200]})


def _certificate_problem(pem: str) -> str:
    try:
        key = load_pem_x509_certificate(pem.encode()).public_key()
    except ValueError:
        return _("Không đọc được chứng thư: dán nguyên khối từ -----BEGIN CERTIFICATE----- tới -----END CERTIFICATE-----.")
    if not isinstance(key, RSAPublicKey) or key.key_size < 2048:
        return _("Chứng thư phải dùng khóa RSA từ 2048 bit.")
    return ""


def _bad_code(code: str, field: str) -> Reason:
    sentence = _("Mã định danh “%(code)s” không đúng dạng: chữ hoa, số, dấu chấm, từ 3 đến 20 ký tự.")
    return Reason("exchange.organ_id", sentence % {"code": code[:40]}, field)
