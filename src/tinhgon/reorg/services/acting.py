"""Đặt soạn quyết định và thông báo cho từng người sau quyết định bố trí, trình ký chúng, và bỏ chúng khi quyết định bị rút.

Việc nền làm cho khớp (``services.act_drafting``): chạy lại bao nhiêu lần cũng không soạn hai lần.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.documents.models import DocumentType
from tinhgon.documents.selectors.templates import templates_for
from tinhgon.org.access import acting
from tinhgon.org.models import Kind
from tinhgon.org.selectors import people
from tinhgon.org.selectors.units import UnitAt, path, unit_at
from tinhgon.reorg.access import placing_for
from tinhgon.reorg.models import ActOrder, Placement, Reorganisation

DRAFT_JOB, SUBMIT_JOB = "reorg.draft_acts", "reorg.submit_acts"
DECISION, NOTICE = "quyet-dinh", "thong-bao"
_BEFORE = (Reorganisation.State.INVENTORY, Reorganisation.State.DECIDED)
"""Soạn trước chuyển giao: sau đó người đã ở vị trí mới, không còn "vị trí đang giữ" để nói."""


@transaction.atomic
def order_acts(
    actor: Actor, reorg_id: int, *, form: str, issuer_id: int, signer_id: int, object_by: date, bases: str = "",
    decision_template_id: int | None = None, notice_template_id: int | None = None, holder_id: int | None = None,
) -> ActOrder:  # fmt: skip
    """Đặt soạn, hay đặt soạn lại cho khớp. ``signer_id``: lãnh đạo của cơ quan đứng tên. ``holder_id``: đơn vị soạn khi máy chủ làm."""
    reorg = placing_for(actor, reorg_id, to="place", on=clock.today(), lock=True)
    refuse_if(not_decided(reorg))
    holder = holder_id if actor.is_system else acting(actor, on=clock.today()).unit_id
    assert holder is not None
    templates = {DECISION: decision_template_id, NOTICE: notice_template_id}
    faults = [*_form_faults(form, object_by), *_issuer_faults(actor, issuer_id), *_template_faults(templates, holder)]
    line = next((one for one in leaders(issuer_id) if one.person_id == signer_id), None)
    if line is None:
        faults.append(Reason("acts.signer", _("Chọn người ký trong lãnh đạo của cơ quan đứng tên."), "signer_id"))
    if faults or line is None:
        raise Invalid(*faults)
    order, _made = ActOrder.objects.update_or_create(reorganisation=reorg, defaults={
        "form": form, "issuer_id": issuer_id, "holder_id": holder, "signer_name": line.full_name, "signer_position": line.title.upper(),
        "authority": _authority(issuer_id), "bases": bases.strip(), "object_by": object_by, "decision_template_id": decision_template_id,
        "notice_template_id": notice_template_id, "acting_user_id": actor.user_id, "acting_appointment_id": actor.appointment_id,
        "ordered_at": clock.now(),
    })  # fmt: skip
    _in_background(order, DRAFT_JOB, _("Đang chờ việc nền bắt đầu soạn."))
    record(actor, "acts.ordered", ("placing", reorg.pk), after={"form": form, "issuer": issuer_id, "signer": line.full_name})
    return order


@transaction.atomic
def submit_acts(actor: Actor, reorg_id: int) -> ActOrder:
    """Trình ký mọi dự thảo đã soạn, theo đường trình ký của cơ quan; bản nào chưa trình được thì câu vì sao nằm cạnh người ấy."""
    reorg = placing_for(actor, reorg_id, to="place", on=clock.today(), lock=True)
    refuse_if(not_decided(reorg, after_too=True))
    order = ActOrder.objects.filter(reorganisation=reorg).first()
    if order is None:
        raise Refused(Reason("acts.none", _("Chưa soạn văn bản nào.")))
    order.acting_user_id, order.acting_appointment_id = actor.user_id, actor.appointment_id
    order.save(update_fields=["acting_user_id", "acting_appointment_id"])
    _in_background(order, SUBMIT_JOB, _("Đang chờ việc nền bắt đầu trình ký."))
    record(actor, "acts.submitted", ("placing", reorg.pk), after={})
    return order


def end_acts(reorg: Reorganisation, *, reason: str) -> None:
    """Quyết định bố trí bị rút: mọi văn bản đã soạn không còn đúng; việc nền bỏ từng dự thảo. Trong giao dịch của nơi gọi."""
    order = ActOrder.objects.filter(reorganisation=reorg).first()
    if order is None:
        return
    sentence = _("Quyết định bố trí đã rút: %(reason)s") % {"reason": reason}
    reorg.acts.filter(ended_at=None).update(ended_at=clock.now(), ended_why=sentence[:300])
    _in_background(order, DRAFT_JOB, _("Đang bỏ các dự thảo của quyết định đã rút."))


def not_decided(reorg: Reorganisation, *, after_too: bool = False) -> list[Reason]:
    """``after_too``: cả khi đã chuyển giao (trình ký các dự thảo đã soạn)."""
    if reorg.state not in (*_BEFORE, *((Reorganisation.State.APPLIED,) if after_too else ())):
        return [Reason("acts.state", _("“%(name)s” %(state)s nên không soạn văn bản được.") % {"name": reorg.name, "state": reorg.get_state_display()})]
    if not reorg.placements.filter(state=Placement.State.DECIDED).exists():
        return [Reason("acts.not_decided", _("Chưa có phương án bố trí nào được quyết định: quyết định trước, soạn văn bản sau."))]
    return []


def carried_out(reorg: Reorganisation) -> list[Reason]:
    """Việc nền tới lượt thì lần sắp xếp đã chuyển giao: không làm cho khớp nữa, kẻo bỏ nhầm mọi văn bản."""
    if reorg.state in _BEFORE:
        return []
    return [Reason("acts.carried_out", _("“%(name)s” %(state)s: văn bản giữ nguyên như lúc ấy.") % {"name": reorg.name, "state": reorg.get_state_display()})]


def issuers(actor: Actor) -> list[UnitAt]:
    """Cơ quan có thể đứng tên: cấp ủy mà cơ quan mình giúp việc, rồi cơ quan mình."""
    if actor.is_system:
        return []
    chain = path(acting(actor, on=clock.today()).organ_id, on=clock.today())
    return [unit for unit in chain[-2:] if unit.is_organ]


def leaders(unit_id: int) -> list[people.DirectoryLine]:
    """Lãnh đạo ký được thay mặt một cơ quan: cấp trưởng, cấp phó."""
    return [line for line in people.people_of([unit_id], on=clock.today()) if line.rank <= 2 and not line.is_pool]


def type_id(code: str) -> int:
    return DocumentType.objects.values_list("pk", flat=True).get(code=code)


def _form_faults(form: str, object_by: date) -> Iterable[Reason]:
    if form not in ActOrder.Form.values:
        yield Reason("acts.form", _("Chọn một hình thức quyết định."), "form")
    if object_by < clock.today():
        yield Reason("acts.object_by", _("Hạn nêu ý kiến không thể trước hôm nay."), "object_by")


def _issuer_faults(actor: Actor, issuer_id: int) -> Iterable[Reason]:
    known = actor.is_system or issuer_id in {unit.id for unit in issuers(actor)}
    if not known:
        yield Reason("acts.issuer", _("Cơ quan đứng tên là cấp ủy cấp mình hoặc cơ quan mình."), "issuer_id")


def _template_faults(chosen: dict[str, int | None], holder: int) -> Iterable[Reason]:
    usable: Any = templates_for(holder, on=clock.today())
    for code, template in chosen.items():
        if template is not None and not usable.filter(pk=template, type__code=code).exists():
            field = "decision_template_id" if code == DECISION else "notice_template_id"
            yield Reason("acts.template", _("Mẫu này không dùng được cho tên loại ấy."), field)


def _authority(issuer_id: int) -> str:
    """Cấp ủy là tập thể: luôn ký thay mặt; cơ quan một thủ trưởng thì không ghi gì trước chức vụ."""
    unit = unit_at(issuer_id, on=clock.today())
    return "T/M BAN THƯỜNG VỤ" if unit is not None and unit.kind == Kind.COMMITTEE else ""


def _in_background(order: ActOrder, task: str, sentence: str) -> None:
    total = scope_total(order.reorganisation)
    order.progress = progress.start(task, total=total, sentence=sentence)
    order.save(update_fields=["progress"])
    jobs.configure_task(task, lock=f"acts-{order.reorganisation_id}").defer(reorg_id=order.reorganisation_id)


def scope_total(reorg: Reorganisation) -> int:
    """Số phần việc ước trước cho thanh tiến độ: số người của phương án."""
    return reorg.placements.filter(state=Placement.State.DECIDED).values_list("proposals", flat=True).count() or reorg.acts.count()

