"""Mã truy cập: người nào tự tạo và tự thu hồi mã của mình; quyền không bao giờ rộng hơn vị trí đã gắn."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.org.access import acting
from tinhgon.org.models import AccessToken, TokenScope

LONGEST_DAYS = 365
MOST_TOKENS = 20
_PREFIX = "tg_"


@transaction.atomic
def make(actor: Actor, *, on: date, name: str, scopes: Sequence[str], days: int) -> tuple[AccessToken, str]:
    """Mã mới cho vị trí đang dùng; trả về (dòng, mã). Mã không đọc lại được. ``Invalid`` với mọi ô sai."""
    standing = acting(actor, on=on)
    assert actor.user_id is not None  # acting: máy chủ không có phân công nào
    live = AccessToken.objects.filter(user=actor.user_id, revoked_at=None, expires_at__gt=clock.now()).count()
    reasons = []
    if not name.strip():
        reasons.append(Reason("org.token_name", _("Hãy ghi mã dùng vào việc gì, để sau này biết mà thu hồi."), "name"))
    if not scopes or set(scopes) - set(TokenScope.values):
        reasons.append(Reason("org.token_scopes", _("Chọn ít nhất một phạm vi."), "scopes"))
    if not 1 <= days <= LONGEST_DAYS:
        reasons.append(Reason("org.token_days", _("Hạn từ 1 đến %(most)d ngày.") % {"most": LONGEST_DAYS}, "days"))
    if live >= MOST_TOKENS:
        reasons.append(Reason("org.token_many", _("Bạn đang có %(most)d mã còn hạn: hãy thu hồi bớt.") % {"most": MOST_TOKENS}))
    if reasons:
        raise Invalid(*reasons)
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        user_id=actor.user_id, appointment_id=standing.appointment_id, name=name.strip()[:80], prefix=secret[:9], digest=_digest(secret),
        scopes=sorted(set(scopes)), created_at=clock.now(), expires_at=clock.now() + timedelta(days=days),
    )  # fmt: skip
    record(actor, "org.token_made", ("org.token", token.pk), after={"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at})
    return token, secret


@transaction.atomic
def revoke(actor: Actor, *, token_id: int) -> AccessToken:
    """Thu hồi mã của chính mình; chương trình đang dùng nó bị từ chối ngay lần gọi sau."""
    token = AccessToken.objects.select_for_update().filter(pk=token_id, user=actor.user_id, revoked_at=None).first()
    if token is None:
        raise NotFound(Reason("org.no_token", _("Không có mã này, hoặc mã đã thu hồi.")))
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(actor, "org.token_revoked", ("org.token", token.pk), after={"name": token.name})
    return token


def holder_of(secret: str) -> AccessToken | None:
    """Mã còn hiệu lực; ``None`` khi sai, hết hạn, đã thu hồi hay tài khoản đang khóa. Phân công hết hiệu lực thì quyền rỗng."""
    token = AccessToken.objects.filter(
        digest=_digest(secret), revoked_at=None, expires_at__gt=clock.now(), user__is_active=True
    ).first()
    if token is not None and token.used_on != clock.today():
        AccessToken.objects.filter(pk=token.pk).update(used_on=clock.today())
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
