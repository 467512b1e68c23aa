"""Lịch sử của dự thảo và văn bản mẫu: mỗi bước đã ghi trong bảng thành một dòng nhật ký, đúng giờ của bước ấy, do đúng người."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tinhgon.audit.services import record
from tinhgon.cli.demo.letters import Letter
from tinhgon.cli.demo.world import MORNING
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.documents.models import Appraisal, Approval, ApprovalStep, Document, DraftVersion, OpinionRequest
from tinhgon.org.models import Person


@dataclass(frozen=True, slots=True)
class _Event:
    at: datetime
    code: str
    document_id: int
    person_id: int | None
    after: dict[str, Any]


_MOST = 4_000
"""Văn bản gần đây nhất có nhật ký: đủ cho mọi trang hay mở, mà thế giới sáu mươi nghìn văn bản không nạp lâu thêm mấy phút."""


def write(document_ids: list[int], written: list[Letter]) -> None:
    """Ghi theo thứ tự giờ rồi trả đồng hồ về đầu buổi. ``document_ids``: dự thảo có quá trình soạn; ``written``: mọi văn bản, lấy những cái gần đây."""
    accounts = dict(Person.objects.filter(user__isnull=False).values_list("pk", "user_id"))
    recent = sorted((letter for letter in written if letter.id), key=lambda letter: letter.at)[-_MOST:]
    known = {*document_ids}
    ids = [*document_ids, *(one.id for one in recent if one.direction != "incoming" and one.id not in known)]
    for event in sorted([*_events(ids), *_numbers(recent)], key=lambda event: (event.at, event.document_id, event.code)):
        clock.set_demo_time(event.at)
        record(Actor(accounts.get(event.person_id or 0)), event.code, ("document", event.document_id), after=event.after)
    clock.set_demo_time(MORNING)


def _events(ids: list[int]) -> Iterator[_Event]:
    for draft in Document.objects.filter(pk__in=ids):
        yield _Event(draft.created_at, "documents.drafted", draft.pk, draft.drafter_id, {"summary": draft.summary, "holder": draft.holder_id})
    for version in DraftVersion.objects.filter(document__in=ids):
        after = {"number": version.number, "note": version.note}
        yield _Event(version.saved_at, "documents.version_saved", version.document_id, version.author_id, after)
    yield from _opinions(ids)
    yield from _appraisals(ids)
    yield from _approvals(ids)


def _numbers(issued: list[Letter]) -> Iterator[_Event]:
    for letter in issued:
        clerk = next((seat.person_id for seat in letter.book.seats if seat.role == "clerk"), None)
        if not letter.number:
            continue
        if letter.direction == "incoming":
            after = {"number": letter.number, "arrived": letter.day, "symbol": letter.outside_symbol or letter.symbol}
            yield _Event(letter.at, "documents.registered", letter.id, clerk, after)
            continue
        told = {"symbol": letter.symbol, "number": letter.number, "series": letter.series_id, "on": letter.issued_on, "issuer": letter.book.id}
        yield _Event(letter.at, "documents.issued", letter.id, clerk, told)
        if letter.state == "void":
            reason = Document.objects.values_list("void_reason", flat=True).get(pk=letter.id)
            after = {"symbol": letter.symbol, "number": letter.number, "reason": reason, "recalled": 0}
            yield _Event(letter.at + timedelta(minutes=40), "documents.voided", letter.id, clerk, after)


def _opinions(ids: list[int]) -> Iterator[_Event]:
    for asked in OpinionRequest.objects.filter(document__in=ids).prefetch_related("opinions"):
        rows = list(asked.opinions.all())
        after = {"version": asked.version, "places": len(rows), "due": asked.due_at}
        yield _Event(asked.asked_at, "documents.opinions_asked", asked.document_id, asked.asked_by_id, after)
        for row in rows:
            if row.answered_at:
                yield _Event(
                    row.answered_at, "documents.opinion_given", row.document_id, row.answered_by_id, {"said": row.get_state_display()}
                )
        if asked.closed_at:
            answered = sum(row.answered_at is not None for row in rows)
            closed = {"answered": answered, "silent": len(rows) - answered}
            yield _Event(asked.closed_at, "documents.opinions_closed", asked.document_id, asked.asked_by_id, closed)


def _appraisals(ids: list[int]) -> Iterator[_Event]:
    for row in Appraisal.objects.filter(document__in=ids):
        yield _Event(row.asked_at, "documents.appraisal_asked", row.document_id, row.asked_by_id, {"round": row.number, "version": row.version})
        if row.concluded_at:
            code = f"documents.appraisal_{row.state}"
            yield _Event(row.concluded_at, code, row.document_id, row.concluded_by_id, {"round": row.number, "conclusion": row.conclusion})


def _approvals(ids: list[int]) -> Iterator[_Event]:
    for row in Approval.objects.filter(document__in=ids).prefetch_related("steps"):
        started = {"round": row.number, "version": row.version, "steps": len(row.steps.all())}
        yield _Event(row.started_at, "documents.approval_started", row.document_id, row.started_by_id, started)
        yield from (_step(step, step.acted_at) for step in row.steps.all() if step.acted_at)


def _step(step: ApprovalStep, at: datetime) -> _Event:
    returned = step.state == ApprovalStep.State.RETURNED
    after = {"reason": step.note} if returned else {"said": step.get_kind_display(), "version": step.version, "note": step.note}
    code = "documents.step_returned" if returned else "documents.step_approved"
    return _Event(at, code, step.document_id, step.acted_by_id, after)
