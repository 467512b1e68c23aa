"""Ai thấy được một nhiệm vụ, và vì sao. Chiều ngược của ``tasks.access``; phép thử giữ hai chiều khớp nhau."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.documents.selectors.who import Sight
from tinhgon.org.models import Covers
from tinhgon.org.selectors.standing_in import lent
from tinhgon.org.selectors.watchers import clearance_at, inspectors, watchers
from tinhgon.tasks.access import task_for
from tinhgon.tasks.models import Task


def who_sees(actor: Actor, task_id: int, *, on: date) -> list[Sight]:
    """Mọi người thấy được, mỗi người một dòng với lý do đầu tiên. ``NotFound`` khi chính người hỏi không được thấy."""
    task = task_for(actor, task_id, on=on)
    found: dict[int, Sight] = {}
    for sight in [*_assignee(task, on), *_through_units(task, on), *_inspectors(task, on)]:
        found.setdefault(sight.person_id, sight)
    return list(found.values())


def _assignee(task: Task, on: date) -> Iterator[Sight]:
    person = task.assignee
    if person is None:
        return
    shown = [(person.pk, person.full_name, _("người thực hiện"))]
    shown += [
        (found.person_id, found.full_name, _("làm thay %(name)s: %(reason)s") % {"name": person.full_name, "reason": _("người thực hiện")})
        for found in lent(Covers.TASKS, principals=[person.pk], on=on)
    ]  # fmt: skip
    for person_id, name, reason in shown:
        if not task.secrecy or clearance_at(person_id, task.lead_id, on=on, part=Covers.TASKS) >= task.secrecy:
            yield Sight(person_id, name, "", None, reason)


def _through_units(task: Task, on: date) -> Iterator[Sight]:
    partners = task.coordinations.filter(joined_on__isnull=True).values_list("unit", flat=True)
    grounds = [(task.lead_id, _("đơn vị chủ trì")), (task.assigner_id, _("đơn vị giao"))]
    grounds += [(task.kept_by_id, _("đơn vị lưu kết quả"))] if task.kept_by_id else []
    grounds += [(unit, _("đơn vị phối hợp")) for unit in partners]
    seen_by = [watcher for watcher in watchers({unit for unit, _why in grounds}, on=on, part=Covers.TASKS) if watcher.whole]
    for unit, reason in grounds:
        for watcher in seen_by:
            if watcher.covers == unit and watcher.clearance >= task.secrecy:
                yield Sight(watcher.person_id, watcher.full_name, watcher.title, watcher.unit_id, reason)


def _inspectors(task: Task, on: date) -> Iterator[Sight]:
    """Ủy ban kiểm tra của cấp chứa đơn vị chủ trì hay đơn vị giao, và của các cấp trên; nhiệm vụ mật thì không."""
    if not task.secrecy:
        for watcher in inspectors([task.lead_id, task.assigner_id], on=on, part=Covers.TASKS):
            reason = _("ủy ban kiểm tra của cấp này hay cấp trên")
            yield Sight(watcher.person_id, watcher.full_name, watcher.title, watcher.unit_id, reason)
