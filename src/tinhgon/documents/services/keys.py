"""Đưa khóa ký vào, ngừng dùng khóa. Mật khẩu chỉ đi qua, không ghi vào đâu, kể cả nhật ký."""

from datetime import date
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused
from tinhgon.documents.models import SigningKey
from tinhgon.documents.services.sign_words import problem
from tinhgon.engine.signing import keys, tokens
from tinhgon.engine.signing.certificates import Identity
from tinhgon.engine.signing.problems import SigningProblem
from tinhgon.org.access import acting, require
from tinhgon.org.rights import Verb

SHORTEST_PASSPHRASE = 8
_MOST_PICTURE = 512 * 1024


@transaction.atomic
def enrol_file(
    actor: Actor, *, on: date, data: bytes, passphrase: str, unit_id: int | None = None, picture: bytes = b""
) -> SigningKey:
    """Đưa vào một tệp khóa PKCS#12: của chính mình, hay con dấu số của ``unit_id`` (văn thư của cơ quan ấy)."""
    person_id = _owner(actor, unit_id, on)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = _("Mật khẩu của khóa phải có ít nhất %(count)d ký tự.") % {"count": SHORTEST_PASSPHRASE}
        raise Invalid(Reason("documents.short_passphrase", sentence, "passphrase"))
    _check_picture(picture)
    try:
        identity, sealed = keys.read_p12(data, passphrase)
    except SigningProblem as refused:
        raise Invalid(problem(refused.code)) from refused
    return _keep(actor, identity, person_id, unit_id, kind=SigningKey.Kind.FILE, sealed=sealed, picture=picture)


@transaction.atomic
def enrol_token(
    actor: Actor, *, on: date, token: str, token_key: str, passphrase: str, unit_id: int | None = None, picture: bytes = b""
) -> SigningKey:
    """Ghi nhận một khóa trong thiết bị PKCS#11 của máy chủ; khóa không rời thiết bị, mã PIN chỉ để đọc chứng thư lúc này."""
    person_id = _owner(actor, unit_id, on)
    _check_picture(picture)
    try:
        identity = tokens.read_token(settings.PKCS11_MODULE, token, token_key, passphrase)
    except SigningProblem as refused:
        raise Invalid(problem(refused.code)) from refused
    return _keep(
        actor, identity, person_id, unit_id, kind=SigningKey.Kind.TOKEN, token=token, token_key=token_key, picture=picture
    )


@transaction.atomic
def revoke_key(actor: Actor, *, on: date, key_id: int, reason: str) -> SigningKey:
    """Ngừng dùng một khóa (lộ, mất, đổi): từ đây không ký được nữa; chữ ký cũ giữ nguyên."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do ngừng dùng khóa."), "reason"))
    key = own_key(actor, key_id, on=on, lock=True)
    if key.revoked_at is not None:
        raise Refused(problem("key_revoked"))
    key.revoked_at, key.revoke_reason, key.sealed = clock.now(), reason.strip(), b""
    key.save(update_fields=["revoked_at", "revoke_reason", "sealed"])
    record(actor, "documents.key_revoked", ("signing_key", key.pk), after={"name": key.common_name, "reason": key.revoke_reason})
    return key


def own_key(actor: Actor, key_id: int, *, on: date, lock: bool = False) -> SigningKey:
    """Khóa của chính mình, hay con dấu của cơ quan mình là văn thư. ``NotFound`` khi không phải."""
    found = SigningKey.objects.select_for_update() if lock else SigningKey.objects.all()
    key = found.filter(pk=key_id).first()
    if key is not None and (actor.is_system or _is_own(actor, key, on)):
        return key
    raise NotFound(Reason("documents.no_such_key", _("Không có khóa này, hoặc khóa không phải của bạn.")))


def _is_own(actor: Actor, key: SigningKey, on: date) -> bool:
    standing = acting(actor, on=on)
    if key.unit_id is not None:
        return standing.may(Verb.ISSUE, key.unit_id)
    return key.person_id == standing.person_id


def _owner(actor: Actor, unit_id: int | None, on: date) -> int | None:
    """Người chủ khi là khóa của mình; con dấu thì không có người chủ."""
    if unit_id is not None:
        require(actor, Verb.ISSUE, on=on, unit_id=unit_id)
        return None
    if actor.is_system:
        raise Forbidden(Reason("org.no_standing", _("Khóa ký phải là của một người.")))
    return acting(actor, on=on).person_id


def _keep(actor: Actor, identity: Identity, person_id: int | None, unit_id: int | None, **rest: object) -> SigningKey:
    if identity.not_after < clock.now():
        raise Invalid(problem("expired"))
    if SigningKey.objects.filter(fingerprint=identity.fingerprint, revoked_at=None).exists():
        raise Refused(Reason("documents.key_known", _("Chứng thư này đã có người dùng ở đây."), "file"))
    key = SigningKey.objects.create(
        person_id=person_id, unit_id=unit_id, certificate=identity.pem, common_name=identity.common_name[:200],
        organisation=identity.organisation[:200], issuer=identity.issuer[:200], serial=identity.serial,
        fingerprint=identity.fingerprint, not_before=identity.not_before, not_after=identity.not_after, added_at=clock.now(),
        added_by_id=None if actor.is_system else acting(actor, on=clock.today()).person_id, **rest,
    )  # fmt: skip
    record(
        actor, "documents.key_enrolled", ("signing_key", key.pk),
        after={"name": key.common_name, "fingerprint": key.fingerprint, "unit": unit_id, "kind": key.kind},
    )  # fmt: skip
    return key


def _check_picture(picture: bytes) -> None:
    if not picture:
        return
    try:
        with Image.open(BytesIO(picture)) as opened:
            fits = opened.format == "PNG" and max(opened.size) <= 2000
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        fits = False
    if not fits or len(picture) > _MOST_PICTURE:
        sentence = _("Ảnh chữ ký, ảnh dấu phải là PNG nền trong, không quá 2.000 điểm mỗi chiều và 512 KB.")
        raise Invalid(Reason("documents.bad_picture", sentence, "picture"))
