"""Tài khoản: mời, nhận lời, đặt lại mật khẩu, khóa, mở. Chỉ quản trị; quản trị không thấy nội dung nào.

Lời mời là một mã dùng một lần, hạn 72 giờ; cơ sở dữ liệu chỉ giữ băm của mã, nên không ai đọc lại được.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, refuse_if
from tinhgon.core.models import User
from tinhgon.org.access import require
from tinhgon.org.models import Invitation, Person
from tinhgon.org.rights import Verb

VALID_FOR = timedelta(hours=72)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@transaction.atomic
def invite(actor: Actor, *, person_id: int, username: str, email: str = "") -> str:
    """Mời một người mở tài khoản; trả về mã dùng một lần để đưa vào liên kết. Lời mời cũ chưa dùng thôi có hiệu lực."""
    require(actor, Verb.KEEP_ACCOUNTS, on=clock.today())
    person = _person(person_id)
    refuse_if(_username_reasons(person, username))
    if person.user is None:
        person.user = User.objects.create(
            username=username, email=email, display_name=person.full_name, is_active=False, created_at=clock.now(),
            password="!",
        )  # fmt: skip
        person.save(update_fields=["user"])
    token = _new_token(person)
    record(
        actor, "org.account.invited", ("core.user", person.user.pk),
        after={"username": person.user.username, "full_name": person.full_name},
    )  # fmt: skip
    return token


def _username_reasons(person: Person, username: str) -> list[Reason]:
    if person.user is not None:
        if person.user.is_active:
            return [Reason("org.account_exists", _("%(person)s đã có tài khoản đang mở.") % {"person": person.full_name}, "person_id")]  # fmt: skip
        if person.user.has_usable_password():
            return [Reason("org.account_locked", _("Tài khoản của %(person)s đang khóa: hãy mở khóa.") % {"person": person.full_name}, "person_id")]  # fmt: skip
        return []
    reasons: list[Reason] = []
    if not _USERNAME.fullmatch(username):
        sentence = _("Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ hoặc số.")
        reasons.append(Reason("org.username_form", sentence, "username"))
    if User.objects.filter(username__iexact=username).exists():
        reasons.append(Reason("org.username_taken", _("Tên đăng nhập này đã có người dùng."), "username"))
    return reasons


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Người được mời đặt mật khẩu; tài khoản mở ra. ``NotFound`` khi mã sai, đã dùng hay quá hạn; ``Invalid`` khi mật khẩu yếu."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person__user")
        .filter(token_sha256=_digest(token), used_at=None, expires_at__gt=clock.now()).first()
    )  # fmt: skip
    if invitation is None or invitation.person.user is None:
        sentence = _("Liên kết này đã dùng, đã quá hạn hoặc không đúng: xin quản trị gửi liên kết mới.")
        raise NotFound(Reason("org.invitation_gone", sentence))
    user = invitation.person.user
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Invalid(*(Reason("org.password_weak", sentence, "password") for sentence in weak.messages)) from weak
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    Invitation.objects.filter(person=invitation.person, used_at=None).update(used_at=clock.now())
    record(Actor(user.pk), "org.account.accepted", ("core.user", user.pk), after={"username": user.username})
    return user


@transaction.atomic
def reset(actor: Actor, *, person_id: int) -> str:
    """Mã dùng một lần để đặt lại mật khẩu. Mật khẩu cũ còn dùng được tới khi người ấy đặt mật khẩu mới."""
    user = _keeping(actor, person_id)
    refuse_if([] if user.is_active else [Reason("org.account_locked", _("Tài khoản đang khóa: hãy mở khóa."))])
    token = _new_token(_person(person_id))
    record(actor, "org.account.reset", ("core.user", user.pk), after={"username": user.username})
    return token


@transaction.atomic
def lock(actor: Actor, *, person_id: int, reason: str) -> None:
    """Khóa tài khoản ngay: không đăng nhập được, các lời mời chưa dùng thôi có hiệu lực. Phân công không đổi."""
    user = _keeping(actor, person_id)
    reasons: list[Reason] = []
    if not reason.strip():
        reasons.append(Reason("org.lock_reason_missing", _("Hãy ghi lý do khóa."), "reason"))
    if user.pk == actor.user_id:
        reasons.append(Reason("org.lock_self", _("Không tự khóa tài khoản của chính mình.")))
    refuse_if(reasons)
    user.is_active = False
    user.save(update_fields=["is_active"])
    Invitation.objects.filter(person_id=person_id, used_at=None).update(used_at=clock.now())
    record(
        actor, "org.account.locked", ("core.user", user.pk),
        before={"is_active": True}, after={"username": user.username, "is_active": False, "reason": reason},
    )  # fmt: skip


@transaction.atomic
def unlock(actor: Actor, *, person_id: int) -> None:
    """Mở khóa tài khoản đã từng có mật khẩu; chưa từng có thì phải mời lại."""
    user = _keeping(actor, person_id)
    if not user.has_usable_password():
        refuse_if([Reason("org.account_never_accepted", _("Người này chưa nhận lời mời: hãy mời lại."))])
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(
        actor, "org.account.unlocked", ("core.user", user.pk),
        before={"is_active": False}, after={"username": user.username, "is_active": True},
    )  # fmt: skip


def _keeping(actor: Actor, person_id: int) -> User:
    require(actor, Verb.KEEP_ACCOUNTS, on=clock.today())
    user = _person(person_id).user
    if user is None:
        raise NotFound(Reason("org.account_not_found", _("Người này chưa có tài khoản.")))
    return user


def _person(person_id: int) -> Person:
    person = Person.objects.select_for_update(of=("self",)).select_related("user").filter(pk=person_id).first()
    if person is None:
        raise NotFound(Reason("org.person_not_found", _("Không tìm thấy người này.")))
    return person


def _new_token(person: Person) -> str:
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    Invitation.objects.filter(person=person, used_at=None).update(used_at=moment)
    Invitation.objects.create(
        person=person, token_sha256=_digest(token), created_at=moment, expires_at=moment + VALID_FOR
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
