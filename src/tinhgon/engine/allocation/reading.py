"""Tệp bài toán chia việc (``docs/schemas/allocation-problem.schema.json``) thành ``Problem``, phương án thành JSON."""

import json
from typing import Any

from tinhgon.engine import jsonvalues as d
from tinhgon.engine.allocation.model import (
    MOST_HOURS,
    MOST_POINTS,
    Aim,
    Option,
    Plan,
    Problem,
    Proof,
    Room,
    Task,
    Worker,
    validated,
)

FORMAT = "tinhgon-allocation-1"
PLAN_FORMAT = "tinhgon-allocation-plan-1"
_HOURS = d.whole(0, MOST_HOURS)
_ROOM = d.row(Room, {"until": d.maybe(d.day), "hours": _HOURS}, frozenset({"hours"}))


def _rooms(value: Any, where: str) -> tuple[Room, ...]:
    """Một số: giờ cả kỳ; hay danh sách các mốc."""
    return d.many(_ROOM)(value, where) if isinstance(value, list) else (Room(_HOURS(value, where)),)


_WORKER = d.row(
    lambda *, hours, **rest: Worker(rooms=hours, **rest), {"id": d.name, "name": d.text, "hours": _rooms}, frozenset({"id", "hours"})
)
_OPTION = d.row(
    Option, {"person": d.name, "hours": d.whole(1, MOST_HOURS), "points": d.whole(-MOST_POINTS, MOST_POINTS)}, frozenset({"person", "hours"})
)
_TASK = d.row(
    Task, {"id": d.name, "name": d.text, "deadline": d.maybe(d.day), "options": d.many(_OPTION)}, frozenset({"id", "options"})
)
_PROBLEM = d.row(
    lambda **given: given,
    {"format": d.one_of(FORMAT), "aim": d.one_of(*Aim), "people": d.many(_WORKER), "tasks": d.many(_TASK)},
    frozenset({"format", "people", "tasks"}),
)


def read_problem(text: str | bytes) -> Problem:
    """``Refused`` khi tệp sai dạng, hay như ``validated`` khi bài toán sai."""
    given = _PROBLEM(d.parse(text), "")
    return validated(Problem(people=given["people"], tasks=given["tasks"], aim=Aim(given.get("aim", Aim.LEAST))))


def plan_dict(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Phương án để ghi: ai làm gì, mấy giờ trên mấy giờ, điểm, cận và bộ giá tính lại được cận."""
    used = dict.fromkeys(problem.workers, 0)
    for task, person in plan.choice.items():
        used[person] += problem.by_task[task][person].hours
    return {
        "choice": dict(sorted(plan.choice.items())), "points": plan.points, "bound": plan.bound, "gap": plan.gap,
        "gap_per_million": plan.gap_per_million, "proven": plan.is_proven, "proof": plan.proof.value, "stopped": plan.stopped,
        "people": [{"id": worker.id, "used": used[worker.id], "hours": worker.rooms[-1].hours} for worker in problem.people],
        "duals": dict(plan.duals),
    }  # fmt: skip


def plans_json(plans: list[dict[str, Any]]) -> str:
    return json.dumps({"format": PLAN_FORMAT, "plans": plans}, ensure_ascii=False, indent=1) + "\n"


_NUMBER = d.whole(-(2**62), 2**62)
_TOLD = d.row(
    lambda **given: given,
    {
        "choice": d.mapping(d.name), "points": _NUMBER, "bound": _NUMBER, "gap": _NUMBER, "gap_per_million": _NUMBER, "proven": d.yes_no,
        "proof": d.one_of(*Proof), "stopped": d.text, "duals": d.mapping(_NUMBER),
        "people": d.many(d.row(lambda **given: given, {"id": d.name, "used": _NUMBER, "hours": _NUMBER}, frozenset({"id", "used", "hours"}))),
    },
    frozenset({"choice", "points", "bound", "gap", "gap_per_million", "proven", "proof", "stopped", "people", "duals"}),
)  # fmt: skip
_PLANS = d.row(lambda **given: given, {"format": d.one_of(PLAN_FORMAT), "plans": d.many(_TOLD)}, frozenset({"format", "plans"}))


def plans_of(value: Any) -> list[tuple[Plan, dict[str, Any]]]:
    """Các phương án của một tệp đã đọc thành giá trị: phần tính lại được, và mọi điều nó ghi."""
    return [
        (
            Plan(
                choice=told["choice"], points=told["points"], bound=told["bound"], proof=Proof(told["proof"]), duals=told["duals"],
                stopped=told["stopped"],
            ),
            {**told, "people": list(told["people"])},
        )
        for told in _PLANS(value, "")["plans"]
    ]  # fmt: skip
