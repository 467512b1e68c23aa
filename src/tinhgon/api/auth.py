"""Mã truy cập trong ``Authorization: Bearer``; hạn mức theo mã và theo địa chỉ, chung cho mọi tiến trình (``core.rates``)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.core.rates import within
from tinhgon.org.models import TokenScope
from tinhgon.org.services.tokens import holder_of


@dataclass(frozen=True, slots=True)
class Caller:
    token_id: int
    actor: Actor
    scopes: frozenset[str]

    def may(self, scope: str) -> None:
        if scope not in self.scopes:
            named = TokenScope(scope).label
            raise Forbidden(Reason("api.scope", _("Mã truy cập này không có phạm vi “%(scope)s”.") % {"scope": named}))


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        found = holder_of(token)
        return Caller(found.pk, Actor(found.user_id, found.appointment_id), frozenset(found.scopes)) if found else None


class _Shared(BaseThrottle):
    """``most`` lần mỗi phút; mỗi khóa đếm chung ở cơ sở dữ liệu, nên thêm tiến trình không thêm hạn mức."""

    def __init__(self, most: int) -> None:
        self.most = most

    def key(self, request: HttpRequest) -> str | None:
        raise NotImplementedError

    def allow_request(self, request: HttpRequest) -> bool:
        key = self.key(request)
        return key is None or within(key, most=self.most, seconds=_MINUTE)

    def wait(self) -> float:
        """Một đối tượng phục vụ mọi luồng nên không nhớ gì của lần gọi: bảo chờ trọn một phút."""
        return _MINUTE


class _PerToken(_Shared):
    def key(self, request: HttpRequest) -> str | None:
        caller = getattr(request, "auth", None)
        return f"api-token-{caller.token_id}" if isinstance(caller, Caller) else None


class _PerAddress(_Shared):
    def key(self, request: HttpRequest) -> str | None:
        return f"api-address-{request.META.get('REMOTE_ADDR', '')}"


_MINUTE = 60
bearer = Bearer()
per_token = _PerToken(600)
per_address = _PerAddress(6000)


def needs(scope: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Thao tác cần phạm vi ``scope`` của mã."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            request.auth.may(scope)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return checked

    return wrap
