"""Khung trang: điều hướng, vị trí đang dùng, ngày đang xem. Chỉ tính khi trang thật sự vẽ khung."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language

from tinhgon.core import clock
from tinhgon.org.access import Standing
from tinhgon.web.navigation import Group, groups_for


@dataclass
class Frame:
    request: HttpRequest

    @cached_property
    def groups(self) -> list[Group]:
        return groups_for(self.request) if self.is_signed_in else []

    @cached_property
    def is_signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def standings(self) -> tuple[Standing, ...]:
        return self.request.scope.standings

    @cached_property
    def acting(self) -> Standing | None:
        wanted = self.request.actor.appointment_id
        return next((s for s in self.standings if s.appointment_id == wanted), None)

    @property
    def on(self) -> date:
        return self.request.on

    @property
    def today(self) -> date:
        return self.request.today

    @property
    def looks_elsewhere(self) -> bool:
        """Đang xem một ngày khác hôm nay: trang chỉ đọc."""
        return self.is_signed_in and self.request.on != self.request.today

    @property
    def demo(self) -> bool:
        return settings.DEMO

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def theme(self) -> str:
        """``light``, ``dark``, hoặc rỗng: theo máy của người dùng."""
        chosen = self.request.COOKIES.get("giao_dien", "")
        return chosen if chosen in ("light", "dark") else ""

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE


def frame(request: HttpRequest) -> dict[str, object]:
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
