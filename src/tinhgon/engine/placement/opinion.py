"""Ý kiến thứ hai của cả phương án: ai cũng đề nghị nơi mình thích nhất trước, vị trí giữ người hợp nhất; không nhìn tổng chung.

Người xếp nơi của mình theo điểm nguyện vọng, bằng nhau thì theo giá của các thanh kéo; vị trí xếp người theo mức thạo lĩnh vực ấy, bằng nhau
thì theo trọng số giữ người: đúng thước của so bì có lý. Ghim, cấm, kiêm nhiệm, giữ nguyên trạng vẫn giữ; sàn và ghế cắt thì không xét.
"""

from dataclasses import dataclass

import numpy as np

from tinhgon.engine.placement.acceptance import Proposals, accepted, blocking_pairs
from tinhgon.engine.placement.model import Certificate, Plan, Weights
from tinhgon.engine.placement.network import Network
from tinhgon.engine.placement.points import AIMS, FULL

_WISHES, _MASTERY = AIMS.index("wishes"), AIMS.index("mastery")


@dataclass(frozen=True, slots=True)
class Opinion:
    """``plan``: chỉ ``places`` và ``unplaced`` có nghĩa, không chứng chỉ. ``blocking``: số cặp cùng muốn nhau hơn, đếm lại; ổn định là 0."""

    plan: Plan
    blocking: int


def second_opinion(network: Network, weights: Weights) -> Opinion:
    problem, found = _proposals(network, weights)
    choice = accepted(problem)
    people, posts = network.options.people, network.problem.posts
    places = {one.id: posts[post].id for i, one in enumerate(people) if (post := choice.post_of(problem, i)) is not None}
    plan = Plan(
        places=places, unplaced=tuple(one.id for one in people if one.id not in places), cuts={}, weights=weights,
        points={aim: int(found[k][_chosen(network, places)].sum()) for k, aim in enumerate(AIMS)}, certificate=Certificate(value=(), bound=(), prices={}),
    )  # fmt: skip
    return Opinion(plan, sum(1 for _pair in blocking_pairs(problem, choice)))


def _proposals(network: Network, weights: Weights) -> tuple[Proposals, np.ndarray]:
    options = network.options
    order = np.lexsort((options.post, options.costs(weights), options.losses[_WISHES], options.person))
    heaviest = int(options.goodness.max(initial=0)) + 1
    score = (FULL - options.losses[_MASTERY]) * heaviest + options.goodness[options.person]
    cuts = options.first[1:-1]
    wishes = [part.tolist() for part in np.split(options.post[order], cuts)]
    scores = [part.tolist() for part in np.split(score[order], cuts)]
    return Proposals(wishes, scores, network.seats.tolist()), options.losses


def _chosen(network: Network, places: dict[str, str]) -> list[int]:
    """Chỉ số của các cặp đã chọn."""
    at = {one.id: j for j, one in enumerate(network.problem.posts)}
    found = (network.options.find(i, at[places[one.id]]) for i, one in enumerate(network.options.people) if one.id in places)
    return [k for k in found if k is not None]
