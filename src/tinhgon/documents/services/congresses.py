"""Đại hội: mở kỳ đại hội để có dãy số riêng, đổi ngày bế mạc."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, refuse_if
from tinhgon.documents.models import Congress
from tinhgon.documents.services import checks
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Kind
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import unit_at


@transaction.atomic
def open_congress(actor: Actor, *, on: date, unit_id: int, name: str, opens_on: date, closes_on: date) -> Congress:
    """Ghi một kỳ đại hội của cấp ủy; hai kỳ của một cấp ủy không chồng ngày nhau."""
    require(actor, Verb.ISSUE, on=on, unit_id=unit_id)
    unit = unit_at(unit_id, on=on)
    reasons = checks.missing(name, "name", _("Chưa ghi tên đại hội."))
    if unit is None or unit.kind != Kind.COMMITTEE:
        reasons.append(Reason("documents.not_a_committee", _("Đại hội là của cấp ủy: hãy chọn một cấp ủy."), "unit"))
    reasons += _bad_days(opens_on, closes_on)
    if Congress.objects.filter(unit=unit_id, opens_on__lte=closes_on, closes_on__gte=opens_on).exists():
        reasons.append(Reason("documents.congress_overlaps", _("Cấp ủy này đã có đại hội trong những ngày ấy."), "opens_on"))
    if reasons:
        raise Invalid(*reasons)
    hold_open([unit_id], on=on)
    held = Congress.objects.create(unit_id=unit_id, name=name.strip(), opens_on=opens_on, closes_on=closes_on)
    record(
        actor, "documents.congress_opened", ("congress", held.pk),
        after={"name": held.name, "unit": unit_id, "opens": opens_on, "closes": closes_on},
    )  # fmt: skip
    return held


@transaction.atomic
def change_closing(actor: Actor, *, on: date, congress_id: int, closes_on: date) -> Congress:
    """Đổi ngày bế mạc; không thể trước ngày của văn bản đại hội đã ban hành."""
    held = Congress.objects.select_for_update().filter(pk=congress_id).first()
    if held is None:
        raise NotFound(Reason("documents.no_such_congress", _("Không có đại hội này.")))
    require(actor, Verb.ISSUE, on=on, unit_id=held.unit_id)
    reasons = _bad_days(held.opens_on, closes_on)
    others = Congress.objects.filter(unit=held.unit_id, opens_on__lte=closes_on, closes_on__gte=held.opens_on).exclude(pk=held.pk)
    if others.exists():
        reasons.append(Reason("documents.congress_overlaps", _("Cấp ủy này đã có đại hội trong những ngày ấy."), "closes_on"))
    if held.series.filter(documents__issued_on__gt=closes_on).exists():
        sentence = _("Đã có văn bản đại hội ban hành sau ngày ấy.")
        reasons.append(Reason("documents.congress_has_later", sentence, "closes_on"))
    refuse_if(reasons)
    before, held.closes_on = held.closes_on, closes_on
    held.save(update_fields=["closes_on"])
    record(
        actor, "documents.congress_changed", ("congress", held.pk), before={"closes": before}, after={"closes": closes_on}
    )
    return held


def _bad_days(opens_on: date, closes_on: date) -> list[Reason]:
    if closes_on >= opens_on:
        return []
    return [Reason("documents.congress_days", _("Ngày bế mạc không thể trước ngày khai mạc."), "closes_on")]
