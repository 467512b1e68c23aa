"""Bút phê mẫu: của riêng mỗi người lãnh đạo, chèn nhanh khi chuyển xử lý."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason, refuse_if
from tinhgon.documents.models import RemarkTemplate
from tinhgon.org.access import require, scope_of
from tinhgon.org.rights import Verb

MOST = 50


@transaction.atomic
def add_template(actor: Actor, *, on: date, text: str) -> RemarkTemplate:
    """Thêm một mẫu cho chính mình."""
    require(actor, Verb.ROUTE, on=on)
    person_id = _own(actor, on)
    said = " ".join(text.split())
    held = RemarkTemplate.objects.filter(person=person_id)
    reasons = []
    if not said:
        reasons.append(Reason("documents.missing", _("Chưa ghi bút phê."), "text"))
    if held.filter(text=said).exists():
        reasons.append(Reason("documents.template_known", _("Bạn đã có mẫu này."), "text"))
    if held.count() >= MOST:
        reasons.append(Reason("documents.templates_full", _("Mỗi người giữ nhiều nhất %(most)d mẫu: hãy bỏ bớt.") % {"most": MOST}, "text"))
    refuse_if(reasons)
    template = RemarkTemplate.objects.create(person_id=person_id, text=said)
    record(actor, "documents.remark_template_added", ("documents.remark_template", template.pk), after={"text": said})
    return template


@transaction.atomic
def remove_template(actor: Actor, *, on: date, template_id: int) -> None:
    """Bỏ một mẫu của chính mình."""
    template = RemarkTemplate.objects.filter(pk=template_id, person=_own(actor, on)).first()
    if template is None:
        raise NotFound(Reason("documents.no_such_template", _("Không có mẫu này.")))
    text, template_id = template.text, template.pk
    template.delete()
    record(actor, "documents.remark_template_removed", ("documents.remark_template", template_id), before={"text": text})


def _own(actor: Actor, on: date) -> int:
    person_id = scope_of(actor, on=on).person_id
    if person_id is None:
        raise Forbidden(Reason("org.no_standing", _("Bạn không có phân công nào có hiệu lực trong ngày này để làm việc đó.")))
    return person_id
