"""Lấy ý kiến về dự thảo: hỏi các đơn vị và người, có hạn; từng nơi trả lời; nhắc; kết thúc đợt."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import IO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.core.workcalendar import work_calendar
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import opinion_for
from tinhgon.documents.models import Document, Opinion, OpinionRequest
from tinhgon.documents.services import checks
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.readiness import current_version
from tinhgon.files.services import store
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Person
from tinhgon.org.selectors.people import posts_held_by

State = Opinion.State
CLOSING = time(17, 0)
"""Hạn thường ghi tới 17 giờ của một ngày."""


@transaction.atomic
def ask_opinions(
    actor: Actor, *, on: date, document_id: int, units: Sequence[int] = (), people: Sequence[int] = (), due_on: date,
    due_time: time = CLOSING, question: str = "",
) -> OpinionRequest:  # fmt: skip
    """Hỏi ý kiến về bản hiện có, hạn tới ``due_time`` ngày ``due_on`` (ngày nghỉ thì dời tới ngày làm việc kế tiếp).

    Từ đây nơi được hỏi thấy dự thảo. ``Refused`` với mọi lý do: chưa có nội dung, đang có đợt khác, đơn vị kết thúc,
    người không còn vị trí, hỏi hai lần, hạn đã qua; văn bản mật thì không bao giờ.
    """
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    if document.secrecy:
        raise Refused(secret_content())
    due = timezone.make_aware(datetime.combine(work_calendar().deadline(due_on), due_time))
    asked, reasons = _asked(units, people, on)
    refuse_if(reasons + _objections(document, asked, due))
    hold_open([document.holder_id, *(unit for unit, _person in asked)], on=on)
    request = OpinionRequest.objects.create(
        document=document, version=current_version(document), question=question.strip(), due_at=due, asked_at=clock.now(),
        asked_by_id=scope_of(actor, on=on).person_id,
    )  # fmt: skip
    Opinion.objects.bulk_create(
        Opinion(request=request, document=document, to_unit_id=unit, to_person_id=person) for unit, person in asked
    )
    record(
        actor, "documents.opinions_asked", ("document", document.pk),
        after={"version": request.version, "places": len(asked), "due": due, "units": list(units), "people": list(people)},
    )  # fmt: skip
    return request


@transaction.atomic
def answer_opinion(
    actor: Actor, *, on: date, opinion_id: int, stance: str, remark: str = "", name: str = "", content: IO[bytes] | None = None
) -> Opinion:
    """Trả lời: đồng ý, đồng ý có góp ý, không đồng ý; kèm tệp nếu cần. Quá hạn mà đợt chưa kết thúc thì vẫn nhận, ghi là muộn."""
    opinion = opinion_for(actor, opinion_id, on=on)
    reasons = []
    if stance not in Opinion.ANSWERS:
        reasons.append(Reason("documents.stance", _("Hãy chọn một ý kiến."), "stance"))
    elif stance != State.AGREE and not remark.strip() and content is None:
        reasons.append(Reason("documents.missing", _("Hãy ghi góp ý, hoặc lý do không đồng ý."), "remark"))
    if reasons:
        raise Invalid(*reasons)
    hold_open([opinion.to_unit_id], on=on, touching=[opinion.document.holder_id])
    if content is not None:
        opinion.file, opinion.file_name = store(content, name), name.strip()
    opinion.state, opinion.remark, opinion.answered_at = stance, remark.strip(), clock.now()
    opinion.answered_by_id = scope_of(actor, on=on).person_id
    opinion.save()
    record(
        actor, "documents.opinion_given", ("document", opinion.document_id),
        after={"opinion": opinion.pk, "unit": opinion.to_unit_id, "stance": stance, "said": opinion.get_state_display(), "file": opinion.file_name},
    )  # fmt: skip
    return opinion


@transaction.atomic
def remind_opinions(actor: Actor, *, on: date, document_id: int) -> int:
    """Nhắc mọi nơi chưa trả lời: lời nhắc hiện trên trang Hôm nay của họ. Trả về số nơi; mỗi ngày nhắc một lần là đủ."""
    request = _open_request(actor, document_id, on)
    waiting = request.opinions.filter(state=State.WAITING)
    today = timezone.make_aware(datetime.combine(on, time.min))
    reminded = waiting.exclude(reminded_at__gte=today).update(reminded_at=clock.now(), reminders=F("reminders") + 1)
    if not reminded:
        raise Refused(Reason("documents.nobody_to_remind", _("Không còn nơi nào để nhắc: đã trả lời hết, hoặc hôm nay đã nhắc rồi.")))
    record(actor, "documents.opinions_reminded", ("document", document_id), after={"places": reminded})
    return reminded


@transaction.atomic
def close_opinions(actor: Actor, *, on: date, document_id: int) -> OpinionRequest:
    """Kết thúc đợt: nơi chưa trả lời thành "không có ý kiến", không còn thấy dự thảo qua đợt này."""
    request = _open_request(actor, document_id, on)
    silent = request.opinions.filter(state=State.WAITING).update(state=State.NONE)
    request.state, request.closed_at = OpinionRequest.State.CLOSED, clock.now()
    request.save(update_fields=["state", "closed_at"])
    answered = request.opinions.filter(state__in=Opinion.ANSWERS).count()
    record(actor, "documents.opinions_closed", ("document", document_id), after={"answered": answered, "silent": silent})
    return request


def _open_request(actor: Actor, document_id: int, on: date) -> OpinionRequest:
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    request = document.opinion_requests.filter(state=OpinionRequest.State.OPEN).first()
    if request is None:
        raise Refused(Reason("documents.no_open_request", _("Không có đợt lấy ý kiến nào đang mở.")))
    units = request.opinions.filter(state=State.WAITING).values_list("to_unit", flat=True)
    hold_open([document.holder_id], on=on, touching=units)
    return request


def _asked(units: Sequence[int], people: Sequence[int], on: date) -> tuple[list[tuple[int, int | None]], list[Reason]]:
    """(đơn vị, người) được hỏi; người thì ở đơn vị của vị trí chính."""
    seats = {line.person_id: line for line in reversed(posts_held_by(people, on=on)) if not line.is_pool}
    main = {line.person_id: line for line in posts_held_by(people, on=on) if line.is_main and not line.is_pool}
    asked: list[tuple[int, int | None]] = [(unit, None) for unit in units]
    asked += [(found.unit_id, person) for person in people if (found := main.get(person) or seats.get(person))]
    names = Person.objects.filter(pk__in=set(people) - set(seats)).values_list("full_name", flat=True)
    sentence = _("%(name)s không còn giữ vị trí nào trong ngày này.")
    reasons = [Reason("documents.person_left", sentence % {"name": name}, "people") for name in names]
    reasons += checks.not_open(units, on=on, field="units")
    if any(times > 1 for times in Counter(asked).values()):
        reasons.append(Reason("documents.asked_twice", _("Có nơi được hỏi hai lần."), "units"))
    return asked, reasons


def _objections(document: Document, asked: Sequence[object], due: datetime) -> list[Reason]:
    reasons = []
    if not asked:
        reasons.append(Reason("documents.nobody_asked", _("Chưa chọn đơn vị hay người nào để hỏi."), "units"))
    if not current_version(document):
        reasons.append(Reason("documents.no_body", _("Dự thảo chưa có nội dung: hãy soạn hoặc nộp tệp Word.")))
    if due <= clock.now():
        reasons.append(Reason("documents.due_past", _("Hạn trả lời đã qua."), "due_on"))
    if document.opinion_requests.filter(state=OpinionRequest.State.OPEN).exists():
        reasons.append(Reason("documents.opinions_open", _("Đang có một đợt lấy ý kiến: hãy kết thúc đợt ấy trước.")))
    return reasons
