"""Giải một phương án và ghi kết quả: đề xuất cho từng người, con số, chứng chỉ; rồi kiểm tra lại từ chính các bảng vừa ghi."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import Reason, Refused
from tinhgon.engine import refusal
from tinhgon.engine.placement.model import Certificate, Fact, FullCertificate, Plan, Problem, Weights
from tinhgon.engine.placement.points import wish_rank
from tinhgon.reorg.models import Placement, Proposal, SecondPost
from tinhgon.reorg.placing import door
from tinhgon.reorg.placing.assembly import Mover, baseline_of, number_of, person_key, post_key
from tinhgon.reorg.placing.prepared import prepared
from tinhgon.reorg.placing.saying import ByName

if TYPE_CHECKING:
    from tinhgon.engine.placement.network import Network

TOP_WISHES = 3
MOST_FAULTS = MOST_CONFLICTS = 5


def weights_of(placement: Placement) -> Weights:
    return Weights(**{name: int(placement.weights.get(name, default)) for name, default in defaults().items()})


def defaults() -> dict[str, int]:
    """Các thanh kéo và mức ban đầu."""
    return dict(zip(Weights.names(), Weights().values(), strict=True))


def compute(placement: Placement) -> None:
    """Giải bằng dòng chảy và ghi. Gọi trong giao dịch, khi đã khóa phương án."""
    with one_sentence():
        found = prepared(placement.reorganisation, placement.rules)
        solved = found.planner.plan(weights_of(placement))
    network = found.planner.network
    keep(placement, found.problem, found.waiting, solved, network)
    placement.figures |= {"conflicts": conflicting(found.problem, solved, network), "checked": checked(placement, found.problem, network)}
    placement.save(update_fields=["figures"])


def keep(
    placement: Placement, problem: Problem, waiting: Sequence[Mover], plan: Plan, network: "Network", full: FullCertificate | None = None
) -> None:
    """Ghi một phương án đã giải: con số, chứng chỉ, đề xuất của những người đổi chỗ."""
    placement.baseline = baseline_of(placement.reorganisation)
    placement.figures = figures_of(problem, plan)
    placement.certificate = _kept(plan, full)
    placement.computed_at = clock.now()
    placement.save(update_fields=["baseline", "figures", "certificate", "computed_at"])
    choices = network.options
    counted = dict(zip((one.id for one in choices.people), (choices.first[1:] - choices.first[:-1]).tolist(), strict=True))
    _write(placement, waiting, plan.places, counted)
    _write_seconds(placement, problem.rules.also)


def _write(placement: Placement, waiting: Sequence[Mover], places: Mapping[str, str], options: Mapping[str, int]) -> None:
    """Chỉ ghi lại đề xuất của ai đổi chỗ, đến hay đi; người mà đề xuất không đổi thì giữ dòng cũ, kể cả ý kiến đã nêu."""
    SecondPost.objects.filter(proposal__placement=placement).delete()
    known = {row[0]: row for row in placement.proposals.values_list("person_id", "appointment_id", "post_id", "options")}
    wanted = {}
    for one in waiting:
        place = places.get(person_key(one.person_id))
        wanted[one.person_id] = one.person_id, one.appointment_id, number_of(place) if place else None, options.get(person_key(one.person_id), 0)
    recounted = [row for person, row in wanted.items() if person in known and known[person][:3] == row[:3] and known[person] != row]
    for count in {row[3] for row in recounted}:
        placement.proposals.filter(person__in=[row[0] for row in recounted if row[3] == count]).update(options=count)
    gone = [person for person, row in known.items() if person not in wanted or wanted[person][:3] != row[:3]]
    placement.proposals.filter(person__in=gone)._raw_delete(using="default")
    Proposal.objects.bulk_create(
        (
            Proposal(placement=placement, person_id=person, appointment_id=appointment, post_id=post, options=count)
            for person, appointment, post, count in wanted.values()
            if person not in known or known[person][:3] != (person, appointment, post)
        ),
        batch_size=2000,
    )


def _write_seconds(placement: Placement, also: Sequence[tuple[str, str]]) -> None:
    """Vị trí kiêm nhiệm của những người có vị trí chính; chưa có việc chính thì chưa kiêm nhiệm gì (``unmet.also``)."""
    main = {one.person_id: one for one in placement.proposals.filter(post__isnull=False, person__in={number_of(who) for who, _post in also})}
    SecondPost.objects.bulk_create(
        SecondPost(proposal=main[number_of(who)], post_id=number_of(post)) for who, post in also if number_of(who) in main
    )


@contextmanager
def one_sentence(problem: Problem | None = None) -> Iterator[None]:
    """``Refused`` bằng câu của động cơ khi bài toán quá lớn hay tự mâu thuẫn."""
    try:
        yield
    except refusal.Refused as refused:
        raise Refused(Reason(f"placement.{refused.code}", ByName(problem, _).refusal(refused))) from refused


def figures_of(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Con số của phương án, mọi con số đếm lại được từ bảng đề xuất."""
    ranks = Counter(wish_rank(problem.person_of[who], problem.post_of[post]) for who, post in plan.places.items())
    stayed = sum(problem.person_of[who].unit == problem.post_of[post].unit for who, post in plan.places.items())
    placed = len(plan.places)
    return {
        "people": len(problem.people), "placed": placed, "unplaced": len(plan.unplaced),
        "seats": sum(one.seats for one in problem.posts), "with_own_unit": stayed,
        "asked": sum(bool(one.wishes) for one in problem.people), "seated": sum(bool(problem.person_of[who].wishes) for who in plan.places),
        "first": ranks[1], "top": sum(ranks[rank] for rank in range(1, TOP_WISHES + 1)),
        "points": {aim: round(100 - lost / placed, 1) if placed else 0 for aim, lost in plan.points.items()},
        "lost": dict(plan.points), "proven": plan.certificate.is_proven,
        "unmet": [ByName(problem).kept(fact) for fact in plan.unmet],
    }  # fmt: skip


def conflicting(problem: Problem, plan: Plan, network: "Network") -> list[dict[str, Any]]:
    """Các tập lời và luật trái nhau làm phương án không giữ được mọi quy tắc."""
    return [ByName(problem).kept_conflict(one) for one in door.conflicts(problem, plan, MOST_CONFLICTS, network)]


def checked(placement: Placement, problem: Problem, network: "Network | None" = None) -> dict[str, Any]:
    """Lời của bộ kiểm tra độc lập về phương án đọc lại từ các bảng: không tin máy giải, không tin con số đã ghi.

    ``network``: mạng của chính bài toán ấy, nếu đã dựng.
    """
    found = door.check(problem, plan_of(placement), full_of(placement), network)
    speaker = ByName(problem)
    return {
        "sound": found.is_sound, "proven": found.is_proven, "value": list(found.value), "bound": list(found.bound), "full_value": found.full_value,
        "full_bound": found.full_bound, "faults": [speaker.kept(fact) for fact in found.faults[:MOST_FAULTS]], "fault_count": len(found.faults),
        "people": len(problem.people), "posts": len(problem.posts), "unmet": len(found.unmet), "beyond": len(found.beyond), "at": clock.now().isoformat(),
    }  # fmt: skip


def _kept(plan: Plan, full: FullCertificate | None) -> dict[str, Any]:
    certificate = plan.certificate
    return {
        "value": list(certificate.value), "bound": list(certificate.bound), "prices": {node: list(price) for node, price in certificate.prices.items()},
        "unmet": [{"code": fact.code, "data": dict(fact.data)} for fact in plan.unmet],
        "full": full and {
            "value": full.value, "bound": full.bound, "prices": dict(full.prices), "multipliers": list(full.multipliers), "own_bound": full.own_bound,
        },
    }  # fmt: skip


def plan_of(placement: Placement) -> Plan:
    """Phương án đọc lại từ bảng, để giải thích và kiểm tra."""
    kept = placement.certificate or {"value": [0], "bound": [1], "prices": {}}
    rows = placement.proposals.values_list("person_id", "post_id")
    places = {person_key(person): post_key(post) for person, post in rows if post}
    return Plan(
        places=places,
        unplaced=tuple(person_key(person) for person, post in rows if not post),
        cuts={},
        weights=weights_of(placement),
        points=placement.figures.get("lost", {}),
        certificate=Certificate(
            value=tuple(kept["value"]), bound=tuple(kept["bound"]), prices={node: tuple(price) for node, price in kept["prices"].items()}
        ),
        unmet=tuple(Fact(one["code"], one["data"]) for one in kept.get("unmet", ())),
    )  # fmt: skip


def full_of(placement: Placement) -> FullCertificate | None:
    """Chứng chỉ đủ luật của phương án, khi nó được tính với đủ luật."""
    kept = (placement.certificate or {}).get("full")
    return FullCertificate(**{**kept, "multipliers": tuple(kept["multipliers"])}) if kept else None
