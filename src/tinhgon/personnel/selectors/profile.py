"""Trang của một người: làm được gì, bằng chứng nào, đã học gì, dự kiến luân chuyển khi nào."""

from dataclasses import dataclass
from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.engine.leave import Birth, Rules, pension_starts
from tinhgon.engine.leave import Sex as PensionSex
from tinhgon.org.models import Post
from tinhgon.personnel import access
from tinhgon.personnel.models import Grading, PastWork, Profile, Rotation, Skill, Training
from tinhgon.personnel.selectors.evidence import Closed, Served, closed_tasks, served
from tinhgon.personnel.selectors.fields import FieldAt, fields_at
from tinhgon.personnel.selectors.gradings import history
from tinhgon.personnel.selectors.rules import leave_book

PROVEN = Skill.Level.DOES
"""Từ mức này là làm được: đếm vào "biết nhiều việc", và đỡ được một việc đang treo vào người khác."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """Một lĩnh vực của một người: mức được công nhận (nếu có) và bằng chứng."""

    field: FieldAt
    skill: Skill | None
    served: Served
    posts: tuple[str, ...]
    closed: Closed
    trainings: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        return self.skill is not None and self.skill.level >= PROVEN


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """``private``: ngày sinh, giới tính; ``None`` với người không được xem. ``pension_from``: ngày đầu hưởng lương hưu theo luật."""

    lines: tuple[FieldLine, ...]
    trainings: tuple[Training, ...]
    past_works: tuple[PastWork, ...]
    rotations: tuple[Rotation, ...]
    gradings: tuple[Grading, ...]
    private: Profile | None
    pension_from: date | None
    may_see_private: bool
    abilities: frozenset[str]

    @property
    def versatility(self) -> int:
        """Số lĩnh vực làm được. Là con số đếm, không phải điểm."""
        return sum(line.is_proven for line in self.lines)

    @property
    def main(self) -> FieldLine | None:
        return next((line for line in self.lines if line.skill and line.skill.is_main), None)


def profile(actor: Actor, person_id: int, *, on: date) -> ProfilePage | None:
    """Hồ sơ năng lực ngày ``on``; ``None`` khi người này không được xem (trang còn danh bạ)."""
    if not access.visible_to(actor, on=on).filter(pk=person_id).exists():
        return None
    may_see = access.private_for(actor, on=on).filter(pk=person_id).exists()
    private = Profile.objects.filter(person=person_id).first() if may_see else None
    trainings = tuple(Training.objects.filter(person=person_id).select_related("field").order_by("-finished_on", "-pk"))
    return ProfilePage(
        lines=tuple(_lines(person_id, trainings, on)),
        trainings=trainings,
        past_works=tuple(PastWork.objects.filter(person=person_id).select_related("field").order_by("-term", "-pk")),
        rotations=tuple(Rotation.objects.filter(person=person_id).order_by("-term")),
        gradings=tuple(history(person_id)),
        private=private,
        pension_from=pension_of(leave_book().on(on), private) if private else None,
        may_see_private=may_see,
        abilities=access.abilities(actor, person_id, on=on),
    )


def pension_of(rules: Rules, private: Profile | None) -> date | None:
    """Ngày đầu hưởng lương hưu, khi đã ghi ngày sinh và giới tính."""
    if private is None or private.born_on is None or not private.sex:
        return None
    return pension_starts(rules, Birth(private.born_on.year, private.born_on.month), PensionSex(private.sex))


def _lines(person_id: int, trainings: tuple[Training, ...], on: date) -> list[FieldLine]:
    """Lĩnh vực có mức hoặc có bằng chứng: chính trước, rồi mức cao, rồi thời gian dài."""
    skills = {skill.field_id: skill for skill in Skill.objects.filter(person=person_id, valid__contains=on)}
    time = served([person_id], on=on)
    closed = closed_tasks([person_id], until=on)
    titles = dict(Post.objects.filter(appointments__person=person_id).values_list("pk", "title"))
    lines = [
        FieldLine(
            field=field, skill=skills.get(field.id), served=(held := time.get((person_id, field.id), Served())),
            posts=tuple(dict.fromkeys(titles[post] for post in held.posts)), closed=closed.get((person_id, field.id), Closed()),
            trainings=tuple(training.title for training in trainings if training.field_id == field.id),
        )
        for field in fields_at(on)
    ]  # fmt: skip
    shown = [line for line in lines if line.skill or line.served.days or line.closed.done or line.trainings]
    return sorted(shown, key=lambda line: (not (line.skill and line.skill.is_main), -(line.skill.level if line.skill else 0), -line.served.days))
