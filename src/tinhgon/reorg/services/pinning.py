"""Lời của ban tổ chức đứng trên mọi thanh kéo, luôn kèm lý do: ghim, cấm, kiêm nhiệm; hai người cùng nơi hay không cùng đơn vị."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, refuse_if
from tinhgon.org.models import Person
from tinhgon.reorg import concurrent
from tinhgon.reorg.models import PlacementPair, PlacementPin, Reorganisation
from tinhgon.reorg.placing import assembly
from tinhgon.reorg.services.placing import open_reorg, person_of


@transaction.atomic
def pin(actor: Actor, reorg_id: int, *, kind: str, person_id: int, post_id: int, reason: str) -> PlacementPin:
    """Ghim một người vào một vị trí, không cho xếp vào, hay cho kiêm nhiệm nó. Lời cũ về đúng cặp ấy, và ghim cũ của người ấy, bị thay."""
    reorg = open_reorg(actor, reorg_id)
    _check_pin(reorg, kind, person_id, post_id, reason)
    replaced = reorg.pins.filter(person=person_id, post=post_id)
    if kind == PlacementPin.Kind.PIN:
        replaced |= reorg.pins.filter(person=person_id, kind=kind)
    before = list(replaced.values("kind", "person_id", "post_id"))
    replaced.delete()
    made = PlacementPin.objects.create(
        reorganisation=reorg, kind=kind, person_id=person_id, post_id=post_id, reason=reason.strip(), made_by_id=person_of(actor), made_at=clock.now()
    )
    record(actor, "placement.pinned", ("placing", reorg.pk), before={"replaced": before}, after={"kind": kind, "person": person_id, "post": post_id, "reason": made.reason})
    return made


def _check_pin(reorg: Reorganisation, kind: str, person_id: int, post_id: int, reason: str) -> None:
    found: list[Reason] = []
    post = reorg.planned_posts.filter(pk=post_id).first()
    if kind not in PlacementPin.Kind.values or post is None:
        found.append(Reason("placement.no_post", _("Không có vị trí này trong danh sách vị trí nhận người."), "post_id"))
    if person_id not in _waiting(reorg):
        found.append(_stranger("person_id"))
    found += _no_reason(reason)
    if found:
        raise Invalid(*found)
    if kind == PlacementPin.Kind.ALSO and post is not None:
        refuse_if(concurrent.held_already(reorg, [(Person.objects.get(pk=person_id), post)]))
    taking = (PlacementPin.Kind.PIN, PlacementPin.Kind.ALSO)
    others = reorg.pins.filter(kind__in=taking, post=post_id).exclude(person=person_id).count()
    if kind in taking and post is not None and others >= post.seats:
        refuse_if([Reason("placement.pins_over_seats", _("%(title)s có %(seats)d ghế và đã ghim, đã giao kiêm nhiệm đủ.") % {"title": post.title, "seats": post.seats}, "post_id")])


@transaction.atomic
def unpin(actor: Actor, reorg_id: int, *, pin_id: int) -> None:
    """Bỏ một lời ghim hay cấm."""
    reorg = open_reorg(actor, reorg_id)
    found = reorg.pins.filter(pk=pin_id).first()
    if found is None:
        raise NotFound(Reason("placement.no_pin", _("Dòng này không còn nữa.")))
    before = {"kind": found.kind, "person": found.person_id, "post": found.post_id, "reason": found.reason}
    found.delete()
    record(actor, "placement.unpinned", ("placing", reorg.pk), before=before)


@transaction.atomic
def pair(actor: Actor, reorg_id: int, *, kind: str, person_id: int, other_id: int, reason: str) -> PlacementPair:
    """Hai người cùng một xã, phường, hay không cùng một đơn vị. Lời cũ về đúng hai người ấy bị thay."""
    reorg = open_reorg(actor, reorg_id)
    _check_pair(reorg, kind, person_id, other_id, reason)
    one, other = sorted((person_id, other_id))
    replaced = reorg.pairs.filter(person=one, other=other)
    before = list(replaced.values("kind", "person_id", "other_id"))
    replaced.delete()
    made = PlacementPair.objects.create(
        reorganisation=reorg, kind=kind, person_id=one, other_id=other, reason=reason.strip(), made_by_id=person_of(actor), made_at=clock.now()
    )
    record(actor, "placement.paired", ("placing", reorg.pk), before={"replaced": before}, after={"kind": kind, "person": one, "other": other, "reason": made.reason})
    return made


def _check_pair(reorg: Reorganisation, kind: str, person_id: int, other_id: int, reason: str) -> None:
    found: list[Reason] = []
    if kind not in PlacementPair.Kind.values:
        found.append(Reason("placement.pair_kind", _("Hãy chọn điều gì về hai người."), "kind"))
    waiting = _waiting(reorg)
    found += [_stranger(field) for field, person in (("person_id", person_id), ("other_id", other_id)) if person not in waiting]
    if person_id == other_id:
        found.append(Reason("placement.with_oneself", _("Hãy chọn hai người khác nhau."), "other_id"))
    found += _no_reason(reason)
    if found:
        raise Invalid(*found)


@transaction.atomic
def unpair(actor: Actor, reorg_id: int, *, pair_id: int) -> None:
    """Bỏ một lời về hai người."""
    reorg = open_reorg(actor, reorg_id)
    found = reorg.pairs.filter(pk=pair_id).first()
    if found is None:
        raise NotFound(Reason("placement.no_pin", _("Dòng này không còn nữa.")))
    before = {"kind": found.kind, "person": found.person_id, "other": found.other_id, "reason": found.reason}
    found.delete()
    record(actor, "placement.unpaired", ("placing", reorg.pk), before=before)


def _waiting(reorg: Reorganisation) -> set[int]:
    return {one.person_id for one in assembly.movers(reorg)}


def _stranger(field: str) -> Reason:
    return Reason("placement.no_person", _("Người này không thuộc các đơn vị đang sắp xếp."), field)


def _no_reason(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason("placement.reason", _("Hãy ghi lý do."), "reason")]
