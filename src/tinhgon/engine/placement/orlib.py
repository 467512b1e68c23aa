"""Bài toán gán của OR-Library: ``n`` rồi ``n x n`` giá, hay ``n`` rồi các dòng ``người việc giá`` (tệp thưa, đánh số từ 1)."""

from tinhgon.engine.placement.model import Field, Person, Post, Problem, Rules, Unit
from tinhgon.engine.refusal import Refused

MOST_SPARSE = 20_000


def read_assignment(text: str) -> Problem:
    try:
        numbers = [int(word) for word in text.split()]
    except ValueError as error:
        raise Refused("orlib_number") from error
    size, costs = (numbers[0], numbers[1:]) if numbers else (0, [])
    if not 1 <= size <= MOST_SPARSE:
        raise Refused("orlib_size", size=size, most=MOST_SPARSE)
    if len(costs) == size * size:
        pairs = {(str(k // size + 1), f"v{k % size + 1}"): cost for k, cost in enumerate(costs)}
    elif costs and len(costs) % 3 == 0:
        pairs = {(str(one), f"v{post}"): cost for one, post, cost in zip(costs[::3], costs[1::3], costs[2::3], strict=True)}
    else:
        raise Refused("orlib_count", count=len(costs), size=size)
    names = [str(k + 1) for k in range(size)]
    known = set(names)
    if any(one not in known or post[1:] not in known for one, post in pairs):
        raise Refused("orlib_number")
    return Problem(
        fields=(Field(id="f"),),
        units=(Unit(id="u"),),
        posts=tuple(Post(id=f"v{k}", unit="u", field="f", seats=1, min_level=0) for k in names),
        people=tuple(Person(id=k, unit="u") for k in names),
        rules=Rules(cover=0),
        costs=pairs,
    )
