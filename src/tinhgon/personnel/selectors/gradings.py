"""Đợt xếp loại để xem: từng người với bằng chứng của kỳ, chỗ chưa khớp quy định, tỉ lệ xuất sắc; đề nghị thi đua của cả năm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from tinhgon.core.actor import Actor
from tinhgon.engine.grading import (
    Cap,
    EmulationTitle,
    Facts,
    Finding,
    Level,
    Rules,
    cap_of,
    findings,
)
from tinhgon.personnel import grading_access
from tinhgon.personnel.models import Appeal, Grading, GradingRound
from tinhgon.personnel.periods import first_day, last_day
from tinhgon.personnel.selectors.rules import judging, rules_of, version_of
from tinhgon.tasks.models import Task

NO_WORK = Facts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Việc trong kỳ của một người, do hệ thống đếm; ``returns``: số lần bị trả lại."""

    facts: Facts = NO_WORK
    returns: int = 0


@dataclass(frozen=True, slots=True)
class GradingLine:
    """Một người trong đợt: bằng chứng, chỗ mức đề nghị chưa khớp, khiếu nại."""

    grading: Grading
    evidence: Evidence
    findings: tuple[Finding, ...]
    appeals: tuple[Appeal, ...]
    is_own: bool

    @property
    def is_appealed(self) -> bool:
        return any(appeal.answered_on is None for appeal in self.appeals)

    @property
    def self_points(self) -> Decimal | None:
        return _sum(self.grading.self_general, self.grading.self_result)

    @property
    def proposed_points(self) -> Decimal | None:
        return _sum(self.grading.proposed_general, self.grading.proposed_result)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """``lines``: những dòng người xem được thấy; ``version``: phiên bản quy định đã nhớ; ``cap``: của mức đã quyết định, hoặc mức tập thể đề nghị; ``None`` khi không thấy cả đợt."""

    round: GradingRound
    rules: Rules
    version: int | None
    lines: tuple[GradingLine, ...]
    people: int
    self_done: int
    proposed: int
    cap: Cap | None
    abilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Danh hiệu và những người đủ điều kiện để đề nghị; ``most``: tối đa, ``None`` khi không giới hạn."""

    title: EmulationTitle
    gradings: tuple[Grading, ...]
    most: int | None


def rounds(actor: Actor, *, on: date) -> QuerySet[GradingRound]:
    """Các đợt người này được thấy, mới trước, kèm số người và số đã qua từng vòng (đếm cả đợt)."""
    counted = grading_access.rounds_visible_to(actor, on=on).annotate(
        people=Count("gradings"), proposed=Count("gradings", filter=~Q(gradings__proposed_level="")),
    )  # fmt: skip
    return counted.order_by("-year", "-quarter", "-pk")


def round_page(actor: Actor, round_id: int, *, on: date) -> RoundPage:
    """Trang của một đợt. ``NotFound`` khi người này không thấy dòng nào."""
    round_ = grading_access.round_for(actor, round_id, on=on)
    rules = rules_of(round_)
    everyone = list(Grading.objects.filter(round=round_).values_list("self_level", "proposed_level", "level"))
    seen = list(
        grading_access.gradings_visible_to(actor, on=on).filter(round=round_).select_related("person").order_by("person__name_key", "pk")
    )
    evidence = work_of([row.person_id for row in seen], since=first_day(round_.year, round_.quarter), until=last_day(round_.year, round_.quarter))
    appeals: dict[int, list[Appeal]] = {}
    for row in Appeal.objects.filter(grading__in=seen).select_related("answered_by"):
        appeals.setdefault(row.grading_id, []).append(row)
    lines = tuple(_line(rules, row, evidence.get(row.person_id, Evidence()), tuple(appeals.get(row.pk, ())), actor) for row in seen)
    chosen = [Level(level or proposed) for _self, proposed, level in everyone if level or proposed]
    return RoundPage(
        round=round_, rules=rules, version=version_of(round_), lines=lines, people=len(everyone), self_done=sum(bool(own) for own, _p, _l in everyone),
        proposed=sum(bool(proposed) for _o, proposed, _l in everyone), cap=cap_of(rules, chosen) if len(seen) == len(everyone) else None,
        abilities=grading_access.abilities(actor, round_, on=on),
    )  # fmt: skip


def work_of(people: Iterable[int], *, since: date, until: date) -> dict[int, Evidence]:
    """Người -> việc có hạn hoặc đã xong trong kỳ. Chậm: xong sau hạn, hoặc tới cuối kỳ vẫn chưa xong. Chỉ đếm, không lộ nội dung."""
    within = Q(finished_on__range=(since, until)) | Q(due_on__range=(since, until))
    done, late = Q(finished_on__lte=until), Q(due_on__lte=until) & (Q(finished_on__isnull=True) | Q(finished_on__gt=F("due_on")))
    tasks = Task.objects.filter(within, assignee__in=set(people)).exclude(state=Task.State.CANCELLED)
    rows = tasks.values_list("assignee").annotate(
        assigned=Count("pk"), done=Count("pk", filter=done), on_time=Count("pk", filter=done & ~late), late=Count("pk", filter=late), again=Sum("returns"),
        judged=Count("pk", filter=done & Q(exceeded__isnull=False)), beyond=Count("pk", filter=done & Q(exceeded=True)),
    )  # fmt: skip
    return {
        person: Evidence(Facts(assigned, finished, on_time, overdue, beyond if judged else None), again)
        for person, assigned, finished, on_time, overdue, again, judged, beyond in rows
    }


def mine(actor: Actor) -> list[Grading]:
    """Các dòng xếp loại của chính người đứng tên tài khoản, mới trước; ``is_appealed``: có khiếu nại chưa trả lời; ``answer``: lời trả lời sau cùng."""
    rows = Grading.objects.filter(person__user=actor.user_id).select_related("round", "person") if actor.user_id else Grading.objects.none()
    waiting = Appeal.objects.filter(grading=OuterRef("pk"), answered_on__isnull=True)
    answered = Appeal.objects.filter(grading=OuterRef("pk"), answered_on__isnull=False).order_by("-answered_on", "-pk").values("answer")[:1]
    return list(rows.annotate(is_appealed=Exists(waiting), answer=Subquery(answered)).order_by("-round__year", "-round__quarter", "-pk"))


def waiting_appeals(actor: Actor, *, on: date) -> list[Appeal]:
    """Khiếu nại chưa trả lời mà vị trí đang dùng có quyền trả lời, cũ trước; không kể của chính mình."""
    units = grading_access.deciding_units(actor, on=on)
    rows = Appeal.objects.filter(answered_on__isnull=True, grading__round__authority__in=units).exclude(grading__person__user=actor.user_id)
    return list(rows.select_related("grading__person", "grading__round").order_by("made_on", "pk"))


def history(person_id: int) -> list[Grading]:
    """Kết quả đã quyết định của một người, mới trước; nơi gọi đã kiểm quyền xem hồ sơ."""
    return list(Grading.objects.filter(person=person_id, round__state=GradingRound.State.DECIDED).select_related("round").order_by("-round__year", "-round__quarter", "-pk")[:12])


def proposals(actor: Actor, round_: GradingRound, *, on: date) -> list[Proposal]:
    """Đề nghị thi đua từ kết quả năm: danh sách người đủ điều kiện theo từng danh hiệu. Chỉ cho người thấy cả đợt: tỉ lệ tính trên cả đợt."""
    if round_.period != GradingRound.Period.YEAR or round_.state != GradingRound.State.DECIDED:
        return []
    rows = list(grading_access.gradings_visible_to(actor, on=on).filter(round=round_).select_related("person").order_by("person__name_key", "pk"))
    if len(rows) < Grading.objects.filter(round=round_).count():
        return []
    order = list(Level)
    found: list[Proposal] = []
    for title in judging(round_).titles:
        able = tuple(row for row in rows if order.index(Level(row.level)) <= order.index(title.least))
        before = len(found[-1].gradings) if found else len(rows)
        found.append(Proposal(title, able, None if title.share is None else int(title.share * before)))
    return found


def _line(rules: Rules, grading: Grading, evidence: Evidence, appeals: tuple[Appeal, ...], actor: Actor) -> GradingLine:
    level = grading.level or grading.proposed_level
    points = _sum(grading.proposed_general, grading.proposed_result)
    gaps = findings(rules, Level(level), None if points is None else Fraction(points), evidence.facts) if level else ()
    return GradingLine(grading, evidence, gaps, appeals, bool(actor.user_id) and grading.person.user_id == actor.user_id)


def _sum(general: Decimal | None, result: Decimal | None) -> Decimal | None:
    return None if general is None or result is None else general + result
