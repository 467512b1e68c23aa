"""Lời nhắc về cấu trúc của một phương án, thành câu, mỗi câu kèm nguồn. Chỉ nhắc; điều chặn kiểm kê nằm ở ``reorg.checks``."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.engine.headcount import Rules
from tinhgon.engine.structure import Plan, Remark, deputies, functions, layers, span
from tinhgon.org.models import Kind
from tinhgon.personnel.rule_words import fraction_said
from tinhgon.personnel.selectors.rules import deputies_book
from tinhgon.reorg import structure
from tinhgon.reorg.scenario import Scenario

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Advice:
    """Một câu. ``group``: "orphan", "overlap", "deputies", "seats", "span"; ``source``: tên văn bản, hoặc ``OURS``."""

    group: str
    unit: int
    sentence: str
    source: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Advices:
    """``layers``: (số tầng trước, sau); ``lines``: điều do phương án đứng trước, rồi điều có từ trước."""

    layers: tuple[int, int]
    lines: tuple[Advice, ...]

    @property
    def fresh(self) -> list[Advice]:
        return [line for line in self.lines if line.is_new]

    @property
    def old(self) -> list[Advice]:
        return [line for line in self.lines if not line.is_new]


_PEOPLE = """
SELECT po.unit_id, count(DISTINCT a.person_id), count(DISTINCT a.person_id) FILTER (WHERE po.rank = 2)
FROM org_appointment a JOIN org_post po ON po.id = a.post_id
WHERE a.is_main AND NOT po.is_pool AND a.valid @> %s::date GROUP BY po.unit_id
"""


def people(scenario: Scenario) -> dict[int, tuple[int, int]]:
    """Đơn vị -> (số người, số cấp phó) hôm trước ngày hiệu lực, theo phân công chính. Một câu SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [scenario.reorg.effective_on - timedelta(days=1)])
        return {unit: (total, seconds) for unit, total, seconds in cursor.fetchall()}


def arriving(plan: Plan, held: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Nơi nhận -> (người, cấp phó) theo đơn vị kết thúc có đúng một nơi kế thừa; người của đơn vị chia tách chưa định về đâu."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for unit in plan.closing:
        lines = plan.out[unit]
        if len(lines) == 1:
            found[lines[0].after][0] += held.get(unit, (0, 0))[0]
            found[lines[0].after][1] += held.get(unit, (0, 0))[1]
    return {unit: (total, seconds) for unit, (total, seconds) in found.items()}


def advices(scenario: Scenario) -> Advices:
    """Mọi lời nhắc của phương án."""
    plan, after = scenario.plan, scenario.after
    held = people(scenario)
    coming = arriving(plan, held)
    now = {unit: node for unit, node in after.items() if unit not in plan.new}
    with_people = after | {unit: _with_deputies(node, held.get(unit, (0, 0))[1]) for unit, node in now.items()}
    rules = deputies_book().on(scenario.reorg.effective_on)
    first, then, deeper = layers(plan.now, after)
    remarks: list[Remark] = [
        *functions(plan, after),
        *deputies(rules, with_people, {unit: seconds for unit, (_total, seconds) in coming.items() if unit not in plan.new}, scenario.touched),
        *span(plan.now, after),
        *deeper,
    ]  # fmt: skip
    words = _Words(scenario, rules)
    lines = [*(words.advice(remark) for remark in remarks), *_seats(scenario, coming)]
    order = ("orphan", "overlap", "seats", "deputies", "span")
    return Advices((first, then), tuple(sorted(lines, key=lambda line: (not line.is_new, order.index(line.group)))))


def _with_deputies(node, count):
    """Đơn vị đang có: số cấp phó là số người đang giữ, không phải số ghế."""
    return type(node)(node.id, node.name, node.parent, node.kind, node.level, node.is_organ, node.functions, node.seats, count)


class _Words:
    def __init__(self, scenario: Scenario, rules: Rules) -> None:
        self.scenario, self.rules = scenario, rules

    def _names(self, units: Iterable[int]) -> str:
        return ", ".join(self.scenario.name(unit) for unit in units)

    def advice(self, remark: Remark) -> Advice:
        told = {
            "unit": self.scenario.name(remark.unit), "others": self._names(remark.others), "count": remark.count, "most": remark.most,
            "function": self.scenario.function_names.get(remark.function or 0, ""),
            "share": fraction_said(self.rules.share, as_percent=True), "year": self.rules.last_year,
            "functions": ", ".join(self.scenario.function_names.get(each, "…") for each in remark.others) if remark.check == "orphan" else "",
        }  # fmt: skip
        match remark.check:
            case "orphan":
                sentence, source, group = _("%(unit)s kết thúc mà không nơi nhận nào giữ: %(functions)s."), OURS, "orphan"
            case "overlap":
                sentence, group = _("“%(function)s”: %(unit)s và %(others)s cùng giữ."), "overlap"
                source = _("299-QĐ/TW: một việc chỉ giao một cơ quan chủ trì")
            case "deputies":
                sentence, source, group = self._deputies(remark), self.rules.name, "deputies"
            case "span":
                sentence, source, group = _("%(unit)s có %(count)s đơn vị trực tiếp dưới một người đứng đầu, quá %(most)s."), OURS, "span"
            case "only_child":
                sentence, source, group = _("%(unit)s chỉ có một đơn vị bên trong (%(others)s): thêm một tầng mà không chia việc."), OURS, "span"
            case _:
                sentence, source, group = _("%(unit)s nằm ở tầng %(count)s, sâu hơn mọi đơn vị trước đây (%(most)s tầng)."), OURS, "span"
        return Advice(group, remark.unit, sentence % told, source, remark.is_new)

    def _deputies(self, remark: Remark) -> str:
        return (
            _("%(unit)s: %(count)s cấp phó nếu mọi người theo việc về, nhiều nhất %(most)s (%(share)s biên chế); cơ quan hợp nhất được tạm vượt tới hết %(year)s."),
            _("%(unit)s: %(count)s cấp phó, nhiều hơn %(others)s là đơn vị chứa nó (%(most)s)."),
            _("%(unit)s: %(count)s cấp phó mà không có đơn vị bên trong, nhiều hơn %(others)s là nơi có (%(most)s)."),
        )[remark.data["rule"]]


def _seats(scenario: Scenario, coming: dict[int, tuple[int, int]]) -> Iterable[Advice]:
    """Cấp ủy mới: người theo về so với tổng số ghế của mẫu, cả cấp ủy và các cơ quan."""
    for unit, planned in scenario.planned.items():
        template = structure.template_of(planned)
        if planned.kind != Kind.COMMITTEE or template is None:
            continue
        inside = [unit, *scenario.children_after.get(unit, ())]
        people_coming = sum(coming.get(each, (0, 0))[0] for each in inside)
        seats = sum(scenario.after[each].seats for each in inside if each in scenario.after)
        if people_coming > seats:
            told = {"unit": planned.name, "seats": seats, "people": people_coming, "over": people_coming - seats}
            sentence = _("%(unit)s có %(seats)s ghế theo mẫu mà %(people)s người theo về: hơn %(over)s người, phải bố trí.")
            yield Advice("seats", unit, sentence % told, getattr(template, "source", "") or OURS)
