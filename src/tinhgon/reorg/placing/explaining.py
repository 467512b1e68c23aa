"""Vì sao người này ở đó, vì sao không ở kia: hỏi động cơ trên đúng bài toán và phương án đã lưu, nói bằng tên chứ không bằng mã."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.engine.placement.model import Fact, Plan, Problem
from tinhgon.engine.placement.sentences import LEVELS
from tinhgon.reorg.models import Placement, PlannedPost
from tinhgon.reorg.placing import door
from tinhgon.reorg.placing.assembly import number_of, person_key, post_key
from tinhgon.reorg.placing.prepared import prepared
from tinhgon.reorg.placing.saying import ByName
from tinhgon.reorg.placing.solving import full_of, plan_of

if TYPE_CHECKING:
    from tinhgon.engine.placement.pricing import Pricing

MOST_POSTS = 12


@dataclass(frozen=True, slots=True)
class KnownField:
    """Một lĩnh vực của người ấy, bằng chữ."""

    name: str
    level: str
    years: int


@dataclass(frozen=True, slots=True)
class Explained:
    """``reasons``: nhiều nhất năm câu. ``why_not``: trả lời câu hỏi về vị trí đã chọn. ``also_good``: nơi khác cũng tốt bằng.

    ``options``: với người chưa có chỗ, các vị trí người ấy vào được, gần được nhất trước, mỗi nơi một câu nói giá: giá đúng hay cận.
    """

    reasons: tuple[str, ...]
    why_not: tuple[str, ...]
    also_good: tuple[PlannedPost, ...]
    options: tuple[str, ...]
    skills: tuple[KnownField, ...]


def explained(placement: Placement, person_id: int, asked_post: int | None) -> Explained:
    """Bài toán và phương án một lần, hỏi mọi câu về một người."""
    problem, plan, pricing = _priced(placement)
    person = person_key(person_id)
    speaker = ByName(problem, _)
    asked = post_key(asked_post) if asked_post else ""
    against = door.why_not(problem, plan, person, asked, pricing).facts if asked in problem.post_of else ()
    good = [number_of(post) for post in door.good_posts(problem, plan, person, pricing) if post != plan.places.get(person)]
    options = door.options(problem, plan, person, pricing, MOST_POSTS) if person not in plan.places else ()
    return Explained(
        reasons=tuple(speaker.fact(_told(problem, person, fact)) for fact in door.explain(problem, plan, person, pricing)),
        why_not=tuple(speaker.fact(fact) for fact in against),
        also_good=tuple(PlannedPost.objects.filter(pk__in=good[:MOST_POSTS]).order_by("unit", "rank", "pk")),
        options=tuple(speaker.fact(fact) for fact in options),
        skills=tuple(_skills(problem, person)),
    )


def own_reasons(placement: Placement, person_id: int) -> tuple[str, ...]:
    """Vì sao, cho trang của chính người ấy: không nêu tên, chỗ của người khác."""
    problem, plan, pricing = _priced(placement)
    speaker, person = ByName(problem, _), person_key(person_id)
    return tuple(speaker.fact(_told(problem, person, fact)) for fact in door.explain(problem, plan, person, pricing))


def _priced(placement: Placement) -> tuple[Problem, Plan, "Pricing"]:
    found, plan = prepared(placement.reorganisation, placement.rules), plan_of(placement)
    return found.problem, plan, door.pricing(found.problem, plan, full_of(placement), found.planner.network)


def _told(problem: Problem, person: str, fact: Fact) -> Fact:
    """Nói như người ấy biết: câu đã nói tên đơn vị thì vị trí chỉ nói chức danh; đơn vị mình là đơn vị đang làm, không phải nơi
    bài toán coi là của mình (nơi nhận việc của đơn vị ấy).
    """
    if fact.code in ("moved", "same_unit"):
        return _from_home(problem, person, fact)
    if fact.code != "placed":
        return fact
    post, unit = problem.post_of[str(fact.data["post"])], problem.unit_of[str(fact.data["unit"])]
    return replace(fact, data={**fact.data, "post": post.name.removesuffix(f", {unit.name}")})


def _from_home(problem: Problem, person: str, fact: Fact) -> Fact:
    home = problem.person_of[person].origin
    if fact.code == "moved":
        return replace(fact, data={**fact.data, "origin": home or fact.data["origin"]})
    unit = problem.unit_of[str(fact.data["unit"])]
    return fact if home in ("", unit.name) else Fact("followed", {"origin": home, "unit": unit.id})


def _skills(problem: Problem, person: str) -> list[KnownField]:
    known = sorted(problem.person_of[person].skills, key=lambda one: (-one.level, -one.years))
    named = {one.id: one.name for one in problem.fields}
    return [KnownField(named[one.field], _(LEVELS[one.level]), one.years) for one in known if one.level]
