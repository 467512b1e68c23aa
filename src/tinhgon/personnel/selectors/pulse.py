"""Khảo sát tâm tư: đợt của mình, kết quả của đợt đã khép. Được hiện gì là do ``engine.pulse``; ở đây không có phép đếm nào khác."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.pulse import Launch, Response, Results, Shown, closed
from tinhgon.org.access import scope_of
from tinhgon.org.models import Appointment
from tinhgon.org.selectors.units import path
from tinhgon.personnel.models import PulseAnswer, PulseSurvey


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Một nhóm của bảng màu: ``cells`` theo thứ tự câu hỏi; ``None``: không hiện."""

    group: str
    name: str
    depth: int
    people: Shown | None
    cells: tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class PulsePage:
    """``rows``: nhóm có số để xem; ``hidden``: tên các nhóm không hiện gì, để nói vì sao một lần thay cho hàng dài dấu gạch."""

    survey: PulseSurvey
    rows: tuple[GroupRow, ...]
    hidden: tuple[str, ...]
    comments: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Trung bình cả cấp ủy của một câu hỏi ở một đợt đã khép; ``None``: không hiện."""

    title: str
    closed_on: date
    mean: float | None


def surveys(actor: Actor, *, on: date) -> QuerySet[PulseSurvey]:
    """Đợt của các cấp ủy mà đơn vị mình trực thuộc, mới trước."""
    roots: set[int] = set()
    for standing in scope_of(actor, on=on).standings:
        if not standing.is_lent:
            roots |= {step.id for step in path(standing.unit_id, on=on)}
    return PulseSurvey.objects.filter(root__in=roots).order_by("-closes_on", "-pk")


def survey_for(actor: Actor, survey_id: int, *, on: date) -> PulseSurvey:
    found = surveys(actor, on=on).filter(pk=survey_id).first()
    if found is None:
        raise NotFound(Reason("personnel.no_pulse", _("Không có đợt khảo sát này, hoặc đợt không dành cho đơn vị của bạn.")))
    return found


def group_of(survey: PulseSurvey, person_id: int, *, on: date) -> str | None:
    """Nhóm của người ấy theo vị trí chính hôm nay; đơn vị mở sau khi đợt mở thì không có."""
    unit = Appointment.objects.filter(person=person_id, is_main=True, valid__contains=on).values_list("post__unit", flat=True).first()
    groups: Mapping[str, str] = survey.groups
    return groups.get(str(unit))


def results(survey: PulseSurvey, launch: Launch) -> Results:
    """Kết quả của đợt đã khép; nơi gọi đã kiểm ngày."""
    rows = PulseAnswer.objects.filter(survey=survey).values_list("group", "scores", "comment")
    return closed(launch, (Response(group, scores, comment) for group, scores, comment in rows))


def page(survey: PulseSurvey, found: Results, *, with_comments: bool) -> PulsePage:
    """Bảng màu theo đơn vị: nhóm trên trước nhóm dưới; ý kiến viết của cả cấp ủy."""
    root = str(survey.root_id)
    people = found.table("")
    tables = [found.table(code) for code, _text in survey.questions]
    rows = tuple(
        GroupRow(group, survey.names[group], found.launch.depth[group], people[group], tuple(table[group] for table in tables))
        for group in _ordered(found.launch, root)
    )
    shown = tuple(row for row in rows if row.people or any(row.cells))
    hidden = tuple(row.name for row in rows if row not in shown)
    return PulsePage(survey, shown, hidden, found.comments(root) if with_comments else None)


def _ordered(launch: Launch, root: str) -> list[str]:
    children: dict[str | None, list[str]] = {}
    for group in sorted(launch.parents):
        children.setdefault(launch.parents[group], []).append(group)
    ordered: list[str] = []
    waiting = [root]
    while waiting:
        group = waiting.pop()
        ordered.append(group)
        waiting += reversed(children.get(group, []))
    return ordered


def trend(text: str, found: Mapping[int, Results], *, past: list[PulseSurvey]) -> list[TrendPoint]:
    """Cùng một câu hỏi (cùng chữ) qua các đợt đã khép của cấp ủy, cũ trước. ``found``: kết quả theo đợt."""
    points = []
    for each in sorted(past, key=lambda one: (one.closes_on, one.pk)):
        code = next((code for code, asked in each.questions if asked == text), None)
        if code is None:
            continue
        shown = found[each.pk].of(code, str(each.root_id))
        points.append(TrendPoint(each.title, each.closes_on, float(shown.mean) if shown and shown.mean is not None else None))
    return points
