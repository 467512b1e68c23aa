"""Dự báo việc tồn: đúng công thức dòng chảy, khớp SimPy khi tải cao, khoảng, ngày trở lại bình thường, chuyển theo đợt, ngày nghỉ."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.refusal import Refused
from tinhgon.engine.transition.model import Group, Move, Post, Problem, Queue, in_waves, shifted, validated
from tinhgon.engine.transition.simulate import flow_of, path, sakasegawa, simulate
from tinhgon.engine.transition.tests.oracle import Worker, mean_path
from tinhgon.engine.workdays import WorkCalendar

START = date(2026, 7, 1)


def room(*, load: float, people: int, moved: int, arrivals: float, start: float = 0.5, days: int = 130, day: int = 10) -> Problem:
    """Một hàng chờ; ``moved`` người bị thay bằng người chưa quen ở ngày làm việc thứ ``day``."""
    rate = arrivals / load / people
    posts = tuple(Post(person=f"p{number}", queue="q", rate=rate) for number in range(people - moved))
    plain = Problem(start=START, days=days, queues=(Queue(id="q", backlog=20, arrivals=arrivals),), posts=posts)
    on = plain.dates()[day]
    moves = tuple(Move(person=f"m{number}", on=on, source="q", target="q", rate=rate, start=start) for number in range(moved))
    return replace(plain, moves=moves)


@settings(deadline=None)
@given(st.lists(st.floats(0, 30), min_size=1, max_size=4), st.floats(0, 40), st.floats(0, 1), st.integers(0, 12))
def test_without_noise_it_is_the_formula_day_by_day(rates: list[float], backlog: float, start: float, day: int) -> None:
    arrivals = 17.0
    problem = Problem(
        start=START, days=20, queues=(Queue(id="q", backlog=backlog, arrivals=arrivals, spread=0, service_spread=0),),
        posts=tuple(Post(person=str(number), queue="q", rate=rate, share=0.5) for number, rate in enumerate(rates)),
    )  # fmt: skip
    problem = replace(problem, moves=(Move(person="mới", on=problem.dates()[day], target="q", rate=9, start=start),))
    zero = np.zeros(1)
    found = path(flow_of(problem), zero, zero).mean[0]
    now = backlog
    for step in range(20):
        ready = 1 - (1 - start) * math.exp(-(step - day) / 26) if step >= day else 0
        now = max(0.0, now + arrivals - sum(rates) / 2 - 9 * ready)
        assert found[step] == pytest.approx(now, abs=1e-6)


@pytest.mark.slow
def test_the_peak_is_within_five_percent_of_simpy_at_high_load() -> None:
    problem = room(load=0.9, people=5, moved=3, arrivals=60, days=60)
    rate = problem.posts[0].rate
    workers = [Worker(rate)] * 2 + [Worker(rate, last=10)] * 3 + [Worker(rate, first=10, start=0.5)] * 3
    truth = max(mean_path(60, workers, backlog=20, days=60, runs=60, seed=1))
    assert simulate(problem).forecasts[0].peak == pytest.approx(truth, rel=0.05)


def test_below_the_light_load_it_is_sakasegawa_which_for_one_server_is_the_textbook_queue() -> None:
    one = np.array([1.0])
    assert sakasegawa(np.array([0.8]), one, one)[0] == pytest.approx(0.8**2 / 0.2)
    light = Problem(start=START, days=60, queues=(Queue(id="q", arrivals=8),), posts=(Post(person="p", queue="q", rate=10),))
    assert simulate(light).forecasts[0].weekly[-1][1] == pytest.approx(3.2, rel=0.05)


def test_people_who_move_cost_about_half_their_tau_in_days() -> None:
    problem = room(load=0.9, people=5, moved=1, arrivals=20)
    assert simulate(problem).lost_days == pytest.approx(0.5 * 26, rel=0.05)


def test_it_tells_when_it_is_normal_again_and_that_the_range_holds_the_middle() -> None:
    found = simulate(room(load=0.9, people=5, moved=3, arrivals=60))
    one = found.forecasts[0]
    assert one.back_on is not None
    assert one.peak_on < one.back_on == found.back_on
    assert all(low <= middle <= high for low, middle, high in (*one.weekly, *found.total_weekly))
    assert [warning.code for warning in one.warnings] == []
    assert len(found.weeks) == len(one.weekly) == 26


def test_piling_up_and_never_coming_back_are_warned_by_name() -> None:
    heavy = simulate(room(load=0.99, people=4, moved=4, arrivals=20)).forecasts[0]
    assert {warning.code for warning in heavy.warnings} == {"pile_up", "never_back"}
    nobody = simulate(Problem(start=START, days=10, queues=(Queue(id="q", arrivals=3),))).forecasts[0]
    assert {warning.code for warning in nobody.warnings} == {"nobody", "pile_up", "never_back"}
    over = Problem(start=START, days=30, queues=(Queue(id="q", arrivals=12),), posts=(Post(person="p", queue="q", rate=10),))
    assert "overloaded" in {warning.code for warning in simulate(over).forecasts[0].warnings}


def test_waves_lower_the_peak_and_another_date_moves_it() -> None:
    at_once = room(load=0.92, people=6, moved=6, arrivals=60)
    waves = in_waves(at_once, waves=3, every=20)
    assert sorted({move.on for move in waves.moves}) == [at_once.dates()[10], at_once.dates()[30], at_once.dates()[50]]
    assert simulate(waves).forecasts[0].peak < simulate(at_once).forecasts[0].peak
    later = shifted(at_once, 15)
    assert {move.on for move in later.moves} == {at_once.dates()[25]}
    assert simulate(later).forecasts[0].peak_on > simulate(at_once).forecasts[0].peak_on


def test_only_working_days_are_counted() -> None:
    calendar = WorkCalendar(holidays=frozenset({date(2026, 7, 2)}), working_weekends=frozenset({date(2026, 7, 4)}))
    problem = Problem(start=START, days=4, queues=(Queue(id="q"),), calendar=calendar)
    assert problem.dates() == [date(2026, 7, 1), date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)]


def test_work_follows_the_people_who_bring_it_and_none_is_lost() -> None:
    queues = (Queue(id="cũ", backlog=30, arrivals=10, spread=0, service_spread=0), Queue(id="mới", spread=0, service_spread=0))
    moves = tuple(Move(person=str(number), on=date(2026, 7, 3 + 3 * number), source="cũ", target="mới", brings=0.5) for number in range(2))
    zero = np.zeros(2)
    found = path(flow_of(Problem(start=START, days=6, queues=queues, moves=moves)), zero, zero).mean
    assert found.sum(axis=0) == pytest.approx([40, 50, 60, 70, 80, 90])
    assert found[0, -1] == pytest.approx(0, abs=1e-6)
    assert found[1, 2] == pytest.approx(30)


def queue(**more: float) -> tuple[Queue, ...]:
    return (Queue(id="q", **more),)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Problem(start=START, days=5, queues=()), "no_queues"), (Problem(start=START, days=5, queues=queue() * 2), "repeated_queue"),
        (Problem(start=START, days=0, queues=queue()), "bad_number"), (Problem(start=START, days=5000, queues=queue()), "too_many"),
        (Problem(start=START, days=5, queues=queue(arrivals=-1)), "bad_number"), (Problem(start=START, days=5, queues=queue(backlog=math.nan)), "bad_number"),
        (Problem(start=START, days=5, queues=queue(), posts=(Post(person="p", queue="x", rate=1),)), "unknown_queue"),
        (Problem(start=START, days=5, queues=queue(), posts=(Post(person="p", queue="q", rate=1, share=2),)), "bad_number"),
        (Problem(start=START, days=5, queues=queue(), moves=(Move(person="m", on=START),)), "move_nowhere"),
        (Problem(start=START, days=5, queues=queue(), moves=(Move(person="m", on=START, target="q"),) * 2), "repeated_move"),
        (Problem(start=START, days=5, queues=queue(), moves=(Move(person="m", on=START, target="q", brings=0.5),)), "brings_too_much"),
    ],
)  # fmt: skip
def test_a_wrong_problem_is_refused_with_its_reason(problem: Problem, code: str) -> None:
    with pytest.raises(Refused) as caught:
        validated(problem)
    assert caught.value.code == code
    with pytest.raises(Refused):
        in_waves(problem, waves=0, every=1)


def moving(groups: tuple[Group, ...] = (), **more: float) -> Problem:
    """Bốn người của hàng cũ mang hết việc sang hàng mới ở ngày đầu."""
    queues = (Queue(id="cũ", arrivals=3.4), Queue(id="mới"))
    people = Move(person="p", on=START, source="cũ", target="mới", rate=1, start=0.8, count=4)
    return Problem(start=START, days=130, queues=queues, moves=(people, Move(person="v", on=START, source="cũ", target="mới", share=0, brings=1)), groups=groups, **more)


WHOLE = Group(id="x", parts=(("cũ", 1.0), ("mới", 1.0)), base=40)


def test_a_group_starts_at_what_is_open_and_shows_only_what_the_move_adds() -> None:
    (one,) = simulate(moving((WHOLE,))).forecasts
    assert one.weekly[0][1] == pytest.approx(40, abs=4)
    assert 40 < one.peak < 55
    assert one.weekly[-1][1] == pytest.approx(40, abs=3)
    still = Problem(start=START, days=130, queues=(Queue(id="cũ", arrivals=3.4), Queue(id="mới")), posts=(Post(person="p", queue="cũ", rate=1, count=4),), groups=(WHOLE,))
    assert [round(middle, 6) for _low, middle, _high in simulate(still).forecasts[0].weekly] == [40] * 26


def test_a_group_that_was_overloaded_before_goes_on_piling_up() -> None:
    problem = Problem(start=START, days=50, queues=(Queue(id="q", arrivals=5),), posts=(Post(person="p", queue="q", rate=1, count=4),), groups=(Group(id="x", parts=(("q", 1.0),), base=10),))
    one = simulate(problem).forecasts[0]
    assert one.weekly[-1][1] == pytest.approx(60, rel=0.1)
    assert "overloaded" in {warning.code for warning in one.warnings}


def test_a_few_items_more_are_within_the_slack() -> None:
    tiny = Group(id="x", parts=(("cũ", 1.0), ("mới", 1.0)))
    assert simulate(moving((tiny,), slack=100)).forecasts[0].back_on == START
    assert simulate(moving((tiny,))).forecasts[0].back_on != START


@pytest.mark.parametrize(("groups", "code"), [((WHOLE, WHOLE), "repeated_group"), ((Group(id="x", parts=(("lạ", 1.0),)),), "unknown_queue"), ((Group(id="x", parts=(("cũ", 2.0),)),), "bad_number")])
def test_a_wrong_group_is_refused(groups: tuple[Group, ...], code: str) -> None:
    with pytest.raises(Refused) as caught:
        validated(moving(groups))
    assert caught.value.code == code
