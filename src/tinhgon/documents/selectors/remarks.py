"""Bút phê mẫu của một người."""

from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.documents.models import RemarkTemplate
from tinhgon.org.access import scope_of


def templates_of(actor: Actor, *, on: date) -> list[RemarkTemplate]:
    """Theo thứ tự đã thêm."""
    return list(RemarkTemplate.objects.filter(person=scope_of(actor, on=on).person_id))
