"""Ai thấy khay đến của cơ quan nào: văn thư giữ sổ và lãnh đạo cơ quan ấy. Chỉ văn thư (``REGISTER``) vào sổ hay từ chối.

Thứ trong khay chưa là văn bản: không tìm kiếm nào, không cơ quan nào khác thấy nó.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused
from tinhgon.documents.models import Arrival, WatchedPlace
from tinhgon.org.access import require, scope_of
from tinhgon.org.models import Covers
from tinhgon.org.moving import items_on_the_way
from tinhgon.org.rights import Verb

KIND = "documents.arrival"


def arrivals_visible_to(actor: Actor, *, on: date) -> QuerySet[Arrival]:
    """Mọi thứ đã tới các cơ quan của người này, đang chờ hay đã xong."""
    if actor.is_system:
        return Arrival.objects.all()
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    mine = scope.whole_units | scope.clerk_units
    seen = Q(to_unit__in=mine)
    if scope.is_moving:
        seen |= Q(pk__in=items_on_the_way([KIND], mine))
    return Arrival.objects.filter(seen)


def arrival_for(actor: Actor, arrival_id: int, *, on: date, to: str = "see", lock: bool = False) -> Arrival:
    """Một thứ trong khay để ``see``, hay để ``handle`` (vào sổ, từ chối, đọc lại) khi còn chờ.

    ``NotFound`` khi không được thấy, ``Forbidden`` khi không giữ sổ cơ quan ấy, ``Refused`` khi đã xong.
    """
    found = arrivals_visible_to(actor, on=on).filter(pk=arrival_id)
    if lock:
        found = found.select_for_update(of=("self",))
    arrival = found.first()
    if arrival is None:
        raise NotFound(Reason("documents.no_such_arrival", _("Không có văn bản này trong khay, hoặc bạn không được xem.")))
    if to == "see":
        return arrival
    require(actor, Verb.REGISTER, on=on, unit_id=arrival.to_unit_id)
    if arrival.state not in Arrival.WAITING:
        sentence = _("Văn bản này %(state)s, không còn chờ trong khay.")
        raise Refused(Reason("documents.arrival_done", sentence % {"state": arrival.get_state_display()}))
    return arrival


def places_for(actor: Actor, *, on: date) -> QuerySet[WatchedPlace]:
    """Các nơi máy tự lấy về khay mà người này trông coi: của cơ quan mình giữ sổ."""
    if actor.is_system:
        return WatchedPlace.objects.all()
    return WatchedPlace.objects.filter(unit__in=scope_of(actor, on=on).within(Covers.DOCUMENTS).clerk_units)
