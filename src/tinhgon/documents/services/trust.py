"""Nhà cấp chứng thư được tin và danh sách thu hồi: quản trị giữ, mọi lần ký và kiểm chữ ký dựa vào đây."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.documents.models import Revocations, TrustAnchor
from tinhgon.engine.signing import certificates
from tinhgon.org.access import require
from tinhgon.org.rights import Verb


@transaction.atomic
def add_anchor(actor: Actor, *, on: date, data: bytes) -> TrustAnchor:
    """Tin một nhà cấp từ chứng thư gốc (PEM hoặc DER) của họ; đã có thì tin lại. ``Invalid`` khi không phải chứng thư gốc."""
    require(actor, Verb.KEEP_TRUST, on=on)
    try:
        root = certificates.read_certificate(data)
    except ValueError as broken:
        raise Invalid(Reason("documents.bad_certificate", _("Tệp này không phải một chứng thư."), "file")) from broken
    if not root.is_authority:
        sentence = _("“%(name)s” là chứng thư của người dùng, không phải của nhà cấp.") % {"name": root.common_name}
        raise Invalid(Reason("documents.not_an_authority", sentence, "file"))
    anchor, _created = TrustAnchor.objects.update_or_create(
        fingerprint=root.fingerprint, defaults={"is_active": True},
        create_defaults={
            "name": root.common_name[:200], "certificate": root.pem, "fingerprint": root.fingerprint, "not_after": root.not_after,
            "added_at": clock.now(),
        },
    )  # fmt: skip
    record(actor, "documents.anchor_trusted", ("trust_anchor", anchor.pk), after={"name": anchor.name, "fingerprint": root.fingerprint})
    return anchor


@transaction.atomic
def drop_anchor(actor: Actor, *, on: date, anchor_id: int) -> TrustAnchor:
    """Thôi tin một nhà cấp: chữ ký của họ hiện là "không rõ nhà cấp" từ đây."""
    require(actor, Verb.KEEP_TRUST, on=on)
    anchor = TrustAnchor.objects.select_for_update().filter(pk=anchor_id).first()
    if anchor is None:
        raise NotFound(Reason("documents.no_such_anchor", _("Không có nhà cấp này.")))
    anchor.is_active = False
    anchor.save(update_fields=["is_active"])
    record(actor, "documents.anchor_dropped", ("trust_anchor", anchor.pk), after={"name": anchor.name})
    return anchor


@transaction.atomic
def load_revocations(actor: Actor, *, on: date, data: bytes) -> Revocations:
    """Nạp danh sách thu hồi của một nhà cấp; danh sách cũ hơn cái đang có thì từ chối."""
    require(actor, Verb.KEEP_TRUST, on=on)
    try:
        found = certificates.read_revocations(data)
    except ValueError as broken:
        raise Invalid(Reason("documents.bad_revocations", _("Tệp này không phải danh sách thu hồi."), "file")) from broken
    present = Revocations.objects.select_for_update().filter(issuer=found.issuer).first()
    if present is not None and present.issued_at > found.issued_at:
        sentence = _("Đã có danh sách mới hơn của nhà cấp này, ra ngày %(day)s.") % {"day": f"{present.issued_at:%d/%m/%Y}"}
        raise Invalid(Reason("documents.older_revocations", sentence, "file"))
    kept, _created = Revocations.objects.update_or_create(
        issuer=found.issuer,
        defaults={
            "data": found.der, "issued_at": found.issued_at, "next_at": found.next_at, "count": found.count, "added_at": clock.now(),
        },
    )  # fmt: skip
    record(actor, "documents.revocations_loaded", ("revocations", kept.pk), after={"issuer": found.issuer, "count": found.count})
    return kept
