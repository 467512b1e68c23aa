"""Bài chia việc dựng sẵn: các họ của OR-Library, và một cụm lớn như thật."""

import random
from datetime import date

from tinhgon.engine.allocation.model import Aim, Option, Problem, Room, Task, Worker


def family(kind: str, people: int, tasks: int, seed: int) -> Problem:
    """Như cách OR-Library dựng: ``gap`` (tìm nhiều nhất), ``gapa``, ``gapb``, ``gapc`` (tìm ít nhất), giờ 5-25."""
    pick = random.Random(seed)
    hours = [[pick.randint(5, 25) for _ in range(tasks)] for _ in range(people)]
    points = [[pick.randint(15, 25) if kind == "gap" else pick.randint(10, 50) for _ in range(tasks)] for _ in range(people)]
    rooms = [sum(row) * 4 // (5 * people) for row in hours]
    if kind in {"gapa", "gapb"}:
        wanted = [min(range(people), key=lambda who, task=task: points[who][task]) for task in range(tasks)]
        heaviest = max(sum(hours[who][task] for task in range(tasks) if wanted[task] == who) for who in range(people))
        loose = tasks * 9 // people + heaviest * 2 // 5
        rooms = [loose if kind == "gapa" else loose * 7 // 10] * people
    return Problem(
        people=tuple(Worker(id=f"p{who:03d}", rooms=(Room(rooms[who]),)) for who in range(people)),
        tasks=tuple(
            Task(id=f"t{task:04d}", options=tuple(Option(f"p{who:03d}", hours[who][task], points[who][task]) for who in range(people))) for task in range(tasks)
        ),
        aim=Aim.MOST if kind == "gap" else Aim.LEAST,
    )


def district(people: int, tasks: int, seed: int = 1) -> Problem:
    """Một cụm lớn: mỗi việc có tám người cùng phòng và bốn người nơi khác, ba tuần hạn."""
    pick = random.Random(seed)
    days = [date(2026, 7, 10), date(2026, 7, 17), date(2026, 7, 24)]
    made = []
    for number in range(tasks):
        room, hours = pick.randrange(people // 10) * 10, pick.randint(2, 16)
        able = dict.fromkeys([*pick.sample(range(room, room + 10), 8), *pick.sample(range(people), 4)])
        options = tuple(Option(f"p{who:04d}", max(1, hours + pick.randint(-1, 4)), pick.randint(1, 40)) for who in able)
        made.append(Task(id=f"t{number:05d}", deadline=pick.choice(days), options=options))
    week = sum(min(option.hours for option in task.options) for task in made) * 10 // (people * 5 * 3)
    return Problem(people=tuple(Worker(id=f"p{who:04d}", rooms=tuple(Room(week * (at + 1), day) for at, day in enumerate(days))) for who in range(people)), tasks=tuple(made))
