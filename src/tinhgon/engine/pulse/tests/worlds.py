"""Cây nhóm và phiếu ngẫu nhiên, nhiều nhóm nhỏ: chỗ khó của việc giấu."""

import random

from tinhgon.engine.pulse import Launch, Question, Response, Results, closed, launched


def tree(pick: random.Random, groups: int) -> dict[str, str | None]:
    """``n0`` là gốc; mỗi nhóm nằm dưới một nhóm có trước, nên cây khi rộng khi sâu."""
    return {"n0": None} | {f"n{number}": f"n{pick.randrange(max(0, number - 12), number)}" for number in range(1, groups)}


def responses(pick: random.Random, launch: Launch, most: int) -> list[Response]:
    """Mỗi nhóm 0 tới ``most`` phiếu, thiên về ít; có phiếu bỏ câu."""
    return [
        Response(group, {code: pick.randint(1, 5) for code in launch.questions if pick.random() < 0.9}, "ý kiến" if pick.random() < 0.4 else "")
        for group in launch.parents
        for _ in range(pick.choice((0, 1, 2, 3, 4, 5, 6, most)))
    ]


def world(seed: int, *, groups: int = 150, most: int = 9) -> tuple[Results, dict[str, int]]:
    """Kết quả đã đóng và số người trả lời câu ``q1`` thật của từng nhóm, để kiểm tra từ bên ngoài."""
    pick = random.Random(seed)
    launch = launched("đợt", parents=tree(pick, groups), questions=[Question("q1"), Question("q2")])
    given = responses(pick, launch, most)
    counts: dict[str, int] = dict.fromkeys(launch.parents, 0)
    for response in given:
        counts[response.group] += "q1" in response.answers
    return closed(launch, given), counts


def random_query(pick: random.Random, results: Results) -> frozenset[str]:
    """Một nhóm, một nhóm trừ vài nhóm con cháu, hay vài nhóm gộp lại: cách người tò mò hỏi."""
    names = list(results.under)
    chosen = set(results.under[pick.choice(names)])
    for _ in range(pick.choice((0, 0, 1, 1, 2, 3))):
        other = results.under[pick.choice(names)]
        chosen = chosen - other if pick.random() < 0.6 else chosen | other
    return frozenset(chosen)
