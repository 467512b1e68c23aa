"""Ai thấy nhiệm vụ nào, ai làm gì với nó. Một bộ lọc theo tập cho danh sách, trang, tìm kiếm và kết xuất.

Người thực hiện thấy việc của mình; lãnh đạo thấy việc đơn vị mình chủ trì, giao, phối hợp, lưu. Ủy ban kiểm tra xem, không
sửa, nhiệm vụ của cấp mình và cấp dưới. Nhiệm vụ từ văn bản mật: chỉ người được xem độ mật ấy ở chính đơn vị làm họ thấy.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason, Refused
from tinhgon.documents.models import Secrecy
from tinhgon.org.access import Scope, Standing, acting, scope_of, structure_root, within_clearance
from tinhgon.org.models import Covers, Role
from tinhgon.org.moving import items_on_the_way
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import descendants
from tinhgon.org.sight import any_of
from tinhgon.tasks.models import Coordination, Task

State = Task.State


def visible_to(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Các nhiệm vụ người này được thấy ngày ``on``. Hợp của vài nhánh, mỗi nhánh đi theo một chỉ mục."""
    return _visible(actor, on, Q(), Q())


def tasks_at(actor: Actor, *, on: date, sides: Collection[str]) -> QuerySet[Task]:
    """Nhiệm vụ thấy được vì đơn vị mình (``lead``, ``assigner``) hay chính mình (``assignee``) ở một trong các vế ấy.

    Một phần của ``visible_to``, hỏi thẳng các chỉ mục: cho các khối việc đang chờ.
    """
    scope = scope_of(actor, on=on).within(Covers.TASKS)
    found = Q(pk__in=[])
    for side in sides:
        if side == "assignee":
            found |= Q(assignee__in=scope.people) & within_clearance(scope, "lead")
        else:
            found |= Q(**{f"{side}__in": scope.whole_units}) & within_clearance(scope, side)
    return Task.objects.filter(found)


def _visible(actor: Actor, on: date, task: Q, partner: Q) -> QuerySet[Task]:
    """``task``, ``partner``: thu hẹp sẵn từng nhánh (một nhiệm vụ đã biết mã), trên ``Task`` và ``Coordination``."""
    if actor.is_system:
        return Task.objects.filter(task)
    scope = scope_of(actor, on=on).within(Covers.TASKS)
    if scope.person_id is None:
        return Task.objects.none()
    own = [*_own(scope), *_inspected(scope, on), *_coming(scope)]
    branches = [Task.objects.filter(reason & task).values("pk") for reason in own]
    partners = [Coordination.objects.filter(reason & partner).values("task") for reason in _partnered(scope)]
    return any_of(Task, branches + partners).filter(task)


def _own(scope: Scope) -> Iterator[Q]:
    """Mình làm; đơn vị mình chủ trì, giao, lưu."""
    yield Q(assignee__in=scope.people) & within_clearance(scope, "lead")
    for side in ("lead", "assigner", "kept_by"):
        yield Q(**{f"{side}__in": scope.whole_units}) & within_clearance(scope, side)


def _partnered(scope: Scope) -> Iterator[Q]:
    """Đơn vị mình phối hợp, hay sẽ phối hợp sau lần chuyển giao đang chạy."""
    cleared = within_clearance(scope, "unit", secrecy="task__secrecy")
    yield Q(unit__in=scope.whole_units, joined_on__isnull=True) & cleared
    if scope.is_moving:
        coming = items_on_the_way(["tasks.coordinating"], scope.whole_units)
        yield Q(pk__in=coming.filter(within_clearance(scope, "to_unit")))


def _inspected(scope: Scope, on: date) -> Iterator[Q]:
    """Ủy ban kiểm tra: nhiệm vụ của cấp mình và cấp dưới; từ văn bản mật thì không."""
    roots = {structure_root(s) for s in scope.counted if s.role == Role.INSPECTION and not s.is_pool}
    if roots:
        units = descendants(roots, on=on)
        yield Q(lead__in=units, secrecy=Secrecy.NORMAL)
        yield Q(assigner__in=units, secrecy=Secrecy.NORMAL)


def _coming(scope: Scope) -> Iterator[Q]:
    """Trong lúc chuyển giao: nhiệm vụ sẽ tới đơn vị mình."""
    if scope.is_moving:
        coming = items_on_the_way(["tasks.lead", "tasks.assigner", "tasks.record"], scope.whole_units)
        yield Q(pk__in=coming.filter(within_clearance(scope, "to_unit")))


@dataclass(frozen=True, slots=True)
class Rule:
    """Một việc với nhiệm vụ: quyền nào, đơn vị nào của nhiệm vụ, khi nào; ``by_assignee``: người thực hiện cũng được."""

    verb: Verb
    unit: Callable[[Task], int]
    states: tuple[str, ...]
    by_assignee: bool = False

    def allows(self, task: Task, standing: Standing) -> bool:
        if not standing.may(self.verb):
            return False
        if self.by_assignee and task.assignee_id == standing.person_id:
            return True
        return standing.sees_whole_unit and self.unit(task) in standing.units


def _lead(task: Task) -> int:
    return task.lead_id


def _assigner(task: Task) -> int:
    return task.assigner_id


RULES: dict[str, Rule] = {
    "accept": Rule(Verb.MANAGE_TASK, _lead, (State.ASSIGNED,)),
    "assign_person": Rule(Verb.MANAGE_TASK, _lead, (State.ASSIGNED, *Task.DOING)),
    "report": Rule(Verb.REPORT_TASK, _lead, Task.DOING, by_assignee=True),
    "submit": Rule(Verb.REPORT_TASK, _lead, Task.DOING, by_assignee=True),
    "approve": Rule(Verb.MANAGE_TASK, _assigner, (State.SUBMITTED,)),
    "send_back": Rule(Verb.MANAGE_TASK, _assigner, (State.SUBMITTED,)),
    "extend": Rule(Verb.MANAGE_TASK, _assigner, Task.OPEN),
    "cancel": Rule(Verb.ASSIGN_TASK, _assigner, Task.OPEN),
}


def abilities(actor: Actor, task: Task, *, on: date) -> frozenset[str]:
    """Các việc người này làm được với nhiệm vụ lúc này (khóa của ``RULES``); vừa cho nút bấm, vừa cho kiểm tra."""
    standings = scope_of(actor, on=on).standings
    standing = next((s for s in standings if s.appointment_id == actor.appointment_id), None)
    return frozenset(
        name
        for name, rule in RULES.items()
        if task.state in rule.states and (actor.is_system or (standing is not None and rule.allows(task, standing)))
    )


def task_for(actor: Actor, task_id: int, *, to: str = "see", on: date, lock: bool = False) -> Task:
    """Nhiệm vụ để ``to`` ("see" hoặc khóa của ``RULES``).

    ``NotFound`` khi không được thấy, ``Forbidden`` khi không có quyền, ``Refused`` khi trạng thái chưa cho phép.
    """
    found = _visible(actor, on, Q(pk=task_id), Q(task=task_id))
    if lock:
        found = Task.objects.filter(pk__in=found.values("pk")).select_for_update(of=("self",))
    task = found.first()
    if task is None:
        raise NotFound(Reason("tasks.not_found", _("Không có nhiệm vụ này, hoặc bạn không được xem.")))
    if to != "see":
        _check(actor, task, RULES[to], on)
    return task


def _check(actor: Actor, task: Task, rule: Rule, on: date) -> None:
    if not actor.is_system and not rule.allows(task, acting(actor, on=on)):
        raise Forbidden(
            Reason(
                "tasks.not_permitted",
                _("Vị trí bạn đang dùng không có quyền làm việc này với nhiệm vụ."),
                data={"verb": str(rule.verb), "task": task.pk},
            )
        )
    if task.state not in rule.states:
        sentence = _("Nhiệm vụ %(state)s nên không làm được việc này.")
        raise Refused(Reason("tasks.state", sentence % {"state": task.get_state_display()}))
