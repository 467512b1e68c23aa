"""Tài khoản, cho quản trị hệ thống: ai có tài khoản, đang mở, chờ nhận lời mời hay đã khóa. Không đọc nội dung công việc."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.engine.vietnamese import parse
from tinhgon.org.access import require
from tinhgon.org.models import Invitation, Person
from tinhgon.org.rights import Verb


class AccountState(StrEnum):
    NONE = "none"  # chưa có tài khoản
    INVITED = "invited"  # đã mời, chưa đặt mật khẩu
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class AccountRow:
    person_id: int
    full_name: str
    code: str
    username: str
    state: AccountState
    last_login: datetime | None


def accounts(actor: Actor, *, on: date, text: str = "", state: str = "") -> QuerySet[Person]:
    """Người và tài khoản, lọc theo tên, tên đăng nhập và tình trạng. ``Forbidden`` khi không phải quản trị."""
    require(actor, Verb.KEEP_ACCOUNTS, on=on)
    waiting = Invitation.objects.filter(person=OuterRef("pk"), used_at=None, expires_at__gt=clock.now())
    rows = Person.objects.select_related("user").annotate(is_invited=Exists(waiting)).defer("search_folded", "search_exact")
    query = parse(text, prefix=True)
    if query:
        named = SearchQuery(query.folded(), config="vi", search_type="raw")
        rows = rows.filter(Q(search_folded=named) | Q(user__username__istartswith=text.strip()))
    return rows.filter(_STATES[AccountState(state)]) if state in set(AccountState) else rows


_STATES = {
    AccountState.NONE: Q(user__isnull=True),
    AccountState.OPEN: Q(user__is_active=True),
    AccountState.INVITED: Q(user__is_active=False, is_invited=True),
    AccountState.LOCKED: Q(user__is_active=False, is_invited=False),
}


def account_rows(people: list[Person]) -> list[AccountRow]:
    """Một trang của ``accounts`` thành các dòng để hiện; không thêm câu SQL nào."""
    return [
        AccountRow(p.pk, p.full_name, p.code, p.user.username if p.user else "", _state(p), p.user.last_login if p.user else None)
        for p in people
    ]


def _state(person: Person) -> AccountState:
    if person.user is None:
        return AccountState.NONE
    if person.user.is_active:
        return AccountState.OPEN
    return AccountState.INVITED if getattr(person, "is_invited", False) else AccountState.LOCKED

