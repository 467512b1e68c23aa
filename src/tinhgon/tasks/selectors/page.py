"""Trang của một nhiệm vụ: sáu rõ, tiến độ, việc làm được tiếp theo. Số câu SQL không theo số dòng."""

from dataclasses import dataclass
from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.core.workcalendar import work_calendar
from tinhgon.documents.access import visible_to as visible_documents
from tinhgon.documents.models import Document
from tinhgon.org.selectors.moves import Move, moves_of
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.tasks.access import abilities, task_for
from tinhgon.tasks.models import ProgressEntry, Task
from tinhgon.tasks.selectors.status import Status, status_of

HELD_KINDS = ("tasks.lead", "tasks.assigner", "tasks.record")


@dataclass(frozen=True, slots=True)
class Page:
    """``coordinating``: các đơn vị phối hợp còn riêng, mỗi đơn vị một lần, không kể bên chủ trì.

    ``source``: văn bản giao, ``None`` khi không có hoặc người xem không được thấy nó. ``units``: mọi đơn vị nhắc tới.
    """

    task: Task
    lead: UnitAt
    assigner: UnitAt
    assignee: str
    coordinating: tuple[UnitAt, ...]
    source: Document | None
    status: Status
    entries: tuple[ProgressEntry, ...]
    moves: tuple[Move, ...]
    units: dict[int, UnitAt]
    abilities: frozenset[str]


def page(actor: Actor, task_id: int, *, on: date) -> Page:
    """``NotFound`` khi không có hoặc không được thấy."""
    task = task_for(actor, task_id, on=on)
    partners = list(task.coordinations.filter(joined_on__isnull=True).order_by("pk").values_list("unit", flat=True))
    moves = moves_of(HELD_KINDS, [task.pk])
    mentioned = {task.lead_id, task.assigner_id, *partners}
    mentioned |= {unit for move in moves for unit in (move.from_unit_id, move.to_unit_id) if unit is not None}
    units = units_at(mentioned, on=on)
    return Page(
        task=task,
        lead=units[task.lead_id],
        assigner=units[task.assigner_id],
        assignee=task.assignee.full_name if task.assignee else "",
        coordinating=tuple(units[unit] for unit in dict.fromkeys(partners) if unit != task.lead_id),
        source=_source(actor, task, on),
        status=status_of(task, on=on, calendar=work_calendar()),
        entries=tuple(task.entries.select_related("person")),
        moves=tuple(moves),
        units=units,
        abilities=abilities(actor, task, on=on),
    )


def _source(actor: Actor, task: Task, on: date) -> Document | None:
    if task.source_id is None:
        return None
    return visible_documents(actor, on=on).filter(pk=task.source_id).defer("search_folded", "search_exact").first()
