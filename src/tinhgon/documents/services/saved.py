"""Cách xem đã lưu của chính mình: đặt tên, đổi tên, đưa ra Hôm nay, bỏ."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused
from tinhgon.documents.models import SavedSearch
from tinhgon.org.access import scope_of

MOST = 50


@transaction.atomic
def save_search(actor: Actor, *, on: date, name: str, view: str, query: str, on_desk: bool = False) -> SavedSearch:
    """Lưu phần lọc đang xem. ``Invalid``: chưa có tên, trùng tên, chưa lọc gì; ``Refused``: đã lưu quá nhiều."""
    person = _person(actor, on)
    reasons = _mistakes(person, name, 0)
    if view not in SavedSearch.View:
        reasons.append(Reason("documents.no_such_view", _("Trang này không lưu cách xem được."), "view"))
    if not query or len(query) > 1500:
        reasons.append(Reason("documents.nothing_to_save", _("Chưa lọc hay tìm gì để lưu."), "query"))
    if reasons:
        raise Invalid(*reasons)
    if SavedSearch.objects.filter(person=person).count() >= MOST:
        raise Refused(Reason("documents.too_many_saved", _("Bạn đã lưu %(most)d cách xem: hãy bỏ bớt.") % {"most": MOST}))
    made = SavedSearch.objects.create(
        person_id=person, name=name.strip(), view=view, query=query, on_desk=on_desk, created_at=clock.now()
    )
    record(actor, "documents.search_saved", ("saved_search", made.pk), after={"name": made.name, "view": view})
    return made


@transaction.atomic
def change_saved(actor: Actor, *, on: date, saved_id: int, name: str, on_desk: bool) -> SavedSearch:
    """Đổi tên, đưa ra hay cất khỏi Hôm nay."""
    saved = saved_for(actor, saved_id, on=on)
    if reasons := _mistakes(saved.person_id, name, saved.pk):
        raise Invalid(*reasons)
    before = {"name": saved.name, "on_desk": saved.on_desk}
    saved.name, saved.on_desk = name.strip(), on_desk
    saved.save(update_fields=["name", "on_desk"])
    record(actor, "documents.saved_changed", ("saved_search", saved.pk), before=before, after={"name": saved.name, "on_desk": on_desk})
    return saved


@transaction.atomic
def drop_saved(actor: Actor, *, on: date, saved_id: int) -> None:
    saved = saved_for(actor, saved_id, on=on)
    record(actor, "documents.saved_dropped", ("saved_search", saved.pk), before={"name": saved.name})
    saved.delete()


def mine(actor: Actor, *, on: date) -> list[SavedSearch]:
    """Các cách xem của mình, theo tên."""
    person = scope_of(actor, on=on).person_id
    return list(SavedSearch.objects.filter(person=person)) if person else []


def saved_for(actor: Actor, saved_id: int, *, on: date) -> SavedSearch:
    """Cách xem của chính mình; của người khác thì như không có."""
    person = scope_of(actor, on=on).person_id
    saved = SavedSearch.objects.filter(pk=saved_id, person=person, person__isnull=False).first()
    if saved is None:
        raise NotFound(Reason("documents.no_saved_search", _("Không có cách xem này.")))
    return saved


def _person(actor: Actor, on: date) -> int:
    person = scope_of(actor, on=on).person_id
    if person is None:
        raise Forbidden(Reason("org.no_standing", _("Bạn không có phân công nào có hiệu lực trong ngày này để làm việc đó.")))
    return person


def _mistakes(person: int, name: str, own: int) -> list[Reason]:
    if not name.strip():
        return [Reason("documents.missing", _("Hãy đặt tên cho cách xem."), "name")]
    if SavedSearch.objects.filter(person=person, name=name.strip()).exclude(pk=own).exists():
        return [Reason("documents.saved_twice", _("Bạn đã có một cách xem mang tên này."), "name")]
    return []
