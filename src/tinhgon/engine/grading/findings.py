"""Mức đề nghị có khớp điểm và bằng chứng không: mỗi chỗ lệch một ``Finding``, để người quyết định biết, không để chặn."""

from dataclasses import dataclass
from fractions import Fraction

from tinhgon.engine.grading.rules import Level, Rules
from tinhgon.engine.leave.rules import Source


@dataclass(frozen=True, slots=True)
class Facts:
    """Việc trong kỳ: được giao, đã xong, trong đó đúng hạn, chậm; ``exceeded``: vượt yêu cầu, ``None`` khi chưa ai ghi."""

    assigned: int
    done: int
    on_time: int
    late: int
    exceeded: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """``code``: points_below, no_tasks, not_all_on_time, exceeded_unknown, exceeded_too_few, too_many_late, not_all_done. ``share``, ``bar``: con số và mức quy định."""

    code: str
    source: Source
    share: Fraction | None = None
    bar: Fraction | None = None


def findings(rules: Rules, level: Level, points: Fraction | None, facts: Facts) -> tuple[Finding, ...]:
    """Những chỗ mức ``level`` chưa khớp điểm hoặc bằng chứng theo bộ ``rules``. Mức không hoàn thành không cần bằng chứng nào."""
    bar = rules.bars[level]
    found: list[Finding] = []
    if bar.points and points is not None and points < bar.points:
        found.append(Finding("points_below", rules.source, points, Fraction(bar.points)))
    if bar.on_time is None and bar.late is None and bar.exceeded is None:
        return tuple(found)
    if facts.assigned == 0:
        return (*found, Finding("no_tasks", rules.source))
    on_time, late, done = (Fraction(count, facts.assigned) for count in (facts.on_time, facts.late, facts.done))
    if bar.on_time is not None and on_time < bar.on_time:
        found.append(Finding("not_all_on_time", rules.source, on_time, bar.on_time))
    if bar.late is not None and late > bar.late:
        found.append(Finding("too_many_late", rules.source, late, bar.late))
    if bar.late is not None and done < 1:
        found.append(Finding("not_all_done", rules.source, done, Fraction(1)))
    if bar.exceeded is not None:
        found += _exceeded(rules, facts, bar.exceeded)
    return tuple(found)


def _exceeded(rules: Rules, facts: Facts, bar: Fraction) -> list[Finding]:
    if facts.exceeded is None:
        return [Finding("exceeded_unknown", rules.source, None, bar)]
    share = Fraction(facts.exceeded, facts.assigned)
    return [] if share >= bar else [Finding("exceeded_too_few", rules.source, share, bar)]
