"""Kiểm tra thể thức: mọi điều trái quy tắc cùng một lúc, điều chặn trước, kèm nguồn và cách sửa."""

from collections.abc import Iterator
from functools import partial

from tinhgon.engine.form import checks_body, checks_head, checks_joint, checks_text
from tinhgon.engine.form.model import Check, Subject, Violation, mended
from tinhgon.engine.form.rules import Rule, RuleKind, RuleSetAt, Severity
from tinhgon.engine.paper.model import Paper

CHECKS: dict[str, Check] = checks_text.CHECKS | checks_head.CHECKS | checks_body.CHECKS | checks_joint.CHECKS
"""Mã quy tắc -> phép kiểm tra. Bộ quy tắc không có mã ấy thì không kiểm tra."""

_MOST_ROUNDS = 80
"""Mỗi vòng sửa mọi chỗ của một quy tắc rồi kiểm tra lại: sửa chỗ này có thể lộ chỗ khác (bỏ năm mới thấy thiếu số 0)."""


def check(subject: Subject, rules: RuleSetAt) -> tuple[Violation, ...]:
    """Mọi chỗ sai theo bộ quy tắc, theo thứ tự: chặn trước nhắc, rồi theo thứ tự của bộ."""
    found = [Violation(rule=rule, found=one) for rule, check_of in _running(rules) for one in check_of(subject, rule, rules)]
    return tuple(sorted(found, key=lambda violation: not violation.is_blocking))


def blocking(violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    return tuple(one for one in violations if one.severity == Severity.BLOCKING)


def mend_all(subject: Subject, rules: RuleSetAt) -> tuple[Paper, tuple[Violation, ...]]:
    """(tờ giấy đã sửa mọi chỗ máy sửa được, những chỗ đã sửa)."""
    done: list[Violation] = []
    for _round in range(_MOST_ROUNDS):
        open_ones = [one for one in check(subject, rules) if one.can_mend]
        if not open_ones:
            break
        for one in (each for each in open_ones if each.code == open_ones[0].code):
            subject = subject.with_paper(mended(subject.paper, one.found.changes))
            done.append(one)
    return subject.paper, tuple(done)


def _running(rules: RuleSetAt) -> Iterator[tuple[Rule, Check]]:
    for rule in rules.rules:
        if not rule.is_on:
            continue
        if rule.kind == RuleKind.AUTHORITY:
            yield rule, checks_body.authority
        elif rule.kind == RuleKind.CHECK and rule.code in CHECKS:
            yield rule, CHECKS[rule.code]
            if rule.code in checks_joint.EACH_BLOCK:
                yield rule, partial(checks_joint.each_block, CHECKS[rule.code])
