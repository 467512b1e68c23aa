"""Tính chất của lĩnh vực đổi từ một ngày, có căn cứ; ngày trước giữ tính chất cũ."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.org.access import require
from tinhgon.org.models import Field
from tinhgon.org.rights import Verb
from tinhgon.personnel.models import FieldTag
from tinhgon.personnel.services.steps import required


@transaction.atomic
def tag_field(actor: Actor, *, on: date, field_id: int, nature: str, basis: str) -> FieldTag:
    """Từ ngày ``on`` lĩnh vực mang tính chất ``nature``. ``Refused`` khi đã ghi thay đổi sau ngày ấy hoặc không đổi gì."""
    require(actor, Verb.KEEP_PROFILES, on=on)
    told = required(basis, "basis", _("Hãy ghi căn cứ."))
    if nature not in Field.Nature.values:
        raise Invalid(Reason("personnel.nature", _("Chọn cần kinh nghiệm hoặc cần đổi mới."), "nature"))
    field = Field.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise NotFound(Reason("personnel.field", _("Không có lĩnh vực này."), "field"))
    if FieldTag.objects.filter(field=field, valid__startswith__gte=on).exists():
        raise Refused(Reason("personnel.later_tag", _("Đã ghi một thay đổi từ ngày này hoặc sau đó."), "field"))
    current = FieldTag.objects.filter(field=field, valid__contains=on).first()
    before = current.nature if current else field.nature
    if before == nature:
        raise Refused(Reason("personnel.same_nature", _("Lĩnh vực đang mang đúng tính chất ấy."), "nature"))
    if current:
        current.valid = DateRange(current.valid.lower, on)
        current.save(update_fields=["valid"])
    tag = FieldTag.objects.create(field=field, nature=nature, valid=DateRange(on, None), basis=told)
    after = {"field": field.name, "nature": nature, "label": str(Field.Nature(nature).label), "basis": told}
    record(actor, "personnel.field_tagged", ("personnel.field", field.pk), before={"nature": before}, after=after)
    return tag
