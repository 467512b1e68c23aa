"""Tệp gán tổng quát của OR-Library: số bài; mỗi bài m người, n việc, bảng điểm m×n, bảng giờ m×n, giờ của từng người."""

from collections.abc import Iterator

from tinhgon.engine.allocation.model import Aim, Option, Problem, Room, Task, Worker
from tinhgon.engine.refusal import Refused


def read_orlib(text: str, aim: Aim) -> tuple[Problem, ...]:
    """Các bài trong tệp. ``Refused("bad_orlib")`` khi không phải số nguyên, thiếu hay thừa số."""
    try:
        numbers = iter([int(word) for word in text.split()])
        problems = tuple(_one(numbers, aim) for _ in range(next(numbers)))
    except (ValueError, StopIteration, RuntimeError) as error:
        raise Refused("bad_orlib") from error
    if not problems or next(numbers, None) is not None:
        raise Refused("bad_orlib")
    return problems


def aim_of(name: str) -> Aim:
    """Theo tên tệp: gap1..gap12 là tìm nhiều nhất, gapa..gapf là tìm ít nhất."""
    return Aim.LEAST if name.lower()[:4] in {f"gap{letter}" for letter in "abcdef"} else Aim.MOST


def _one(numbers: Iterator[int], aim: Aim) -> Problem:
    people, tasks = next(numbers), next(numbers)
    points = [[next(numbers) for _ in range(tasks)] for _ in range(people)]
    hours = [[next(numbers) for _ in range(tasks)] for _ in range(people)]
    return Problem(
        people=tuple(Worker(id=f"p{who + 1:03d}", rooms=(Room(next(numbers)),)) for who in range(people)),
        tasks=tuple(
            Task(id=f"t{task + 1:04d}", options=tuple(Option(f"p{who + 1:03d}", hours[who][task], points[who][task]) for who in range(people)))
            for task in range(tasks)
        ),
        aim=aim,
    )
