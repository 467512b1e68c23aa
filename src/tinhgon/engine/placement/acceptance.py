"""Ý kiến thứ hai theo nguyện vọng: người đề nghị, vị trí giữ tạm những người hợp nhất (Gale và Shapley 1962).

Kết quả ổn định: không có ai và vị trí nào cùng muốn nhau hơn điều mình đang có; và trong mọi cách ổn định, đây là cách tốt nhất cho
từng người, nên khai thật nguyện vọng không bao giờ thiệt. Người và vị trí đánh số từ 0; ai bằng điểm thì người đứng trước được.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tinhgon.engine.refusal import Refused


@dataclass(frozen=True, slots=True)
class Proposals:
    """``wishes[p]``: các vị trí người ``p`` chịu nhận, thích nhất trước. ``scores[p][k]``: vị trí ``wishes[p][k]`` cần ``p`` tới đâu,
    số nguyên, lớn là cần. ``seats[v]``: số ghế, từ 0. Không có mặt trong ``wishes`` là không nhận, dù bỏ trống.
    """

    wishes: Sequence[Sequence[int]]
    scores: Sequence[Sequence[int]]
    seats: Sequence[int]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """``choice[p]``: người ``p`` được nguyện vọng thứ mấy (từ 0), ``None`` khi chưa có chỗ. ``proposals``: số lần đề nghị đã xét."""

    choice: tuple[int | None, ...]
    proposals: int

    def post_of(self, problem: Proposals, person: int) -> int | None:
        chosen = self.choice[person]
        return None if chosen is None else problem.wishes[person][chosen]


def accepted(problem: Proposals) -> Acceptance:
    """Xếp tới khi không còn ai đề nghị. ``Refused``: unknown_post, repeated_wish, negative_seats, uneven_scores.

    Mỗi nguyện vọng xét nhiều nhất một lần; thứ tự đề nghị không đổi kết quả.
    """
    _check(problem)
    wishes, scores, seats = problem.wishes, problem.scores, problem.seats
    held: list[list[tuple[int, int]]] = [[] for _ in seats]  # đống theo người kém nhất: (điểm, -số thứ tự)
    following = [0] * len(wishes)
    for first in range(len(wishes)):
        person = first
        ranked, number = wishes[person], 0
        while number < len(ranked):
            post = ranked[number]
            pile, entry = held[post], (scores[person][number], -person)
            number += 1
            following[person] = number
            if len(pile) < seats[post]:
                heapq.heappush(pile, entry)
                break
            if pile:
                refused = -heapq.heappushpop(pile, entry)[1]
                if refused != person:
                    person = refused
                    ranked, number = wishes[person], following[person]
    choice: list[int | None] = [None] * len(wishes)
    for pile in held:
        for _, negative in pile:
            choice[-negative] = following[-negative] - 1
    return Acceptance(tuple(choice), sum(following))


def blocking_pairs(problem: Proposals, found: Acceptance) -> Iterator[tuple[int, int]]:
    """Mọi cặp (người, vị trí) cùng muốn nhau hơn điều đang có; cách xếp ổn định thì không có cặp nào. Đếm lại từ đầu, không tin phép xếp."""
    weakest: dict[int, tuple[int, int]] = {}
    taken = [0] * len(problem.seats)
    for person, chosen in enumerate(found.choice):
        if chosen is not None:
            post = problem.wishes[person][chosen]
            taken[post] += 1
            entry = (problem.scores[person][chosen], -person)
            weakest[post] = min(entry, weakest.get(post, entry))
    for person, chosen in enumerate(found.choice):
        for number, post in enumerate(problem.wishes[person][: len(problem.wishes[person]) if chosen is None else chosen]):
            is_free = taken[post] < problem.seats[post]
            if is_free or (post in weakest and (problem.scores[person][number], -person) > weakest[post]):
                yield person, post


def _check(problem: Proposals) -> None:
    posts = len(problem.seats)
    for post, seats in enumerate(problem.seats):
        if seats < 0:
            raise Refused("negative_seats", post=post, seats=seats)
    if len(problem.scores) != len(problem.wishes):
        raise Refused("uneven_scores", people=len(problem.wishes), scores=len(problem.scores))
    for person, (wishes, scores) in enumerate(zip(problem.wishes, problem.scores, strict=True)):
        if len(wishes) != len(scores):
            raise Refused("uneven_scores", person=person)
        if wishes and (min(wishes) < 0 or max(wishes) >= posts):
            raise Refused("unknown_post", person=person)
        if len(set(wishes)) < len(wishes):
            raise Refused("repeated_wish", person=person)
