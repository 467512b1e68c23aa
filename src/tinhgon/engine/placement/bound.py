"""Cận dưới từ giá nút, số nguyên từ đầu tới cuối, so theo bậc: đúng với mọi bộ giá, bất kể giá ấy từ đâu ra.

Với luồng bất kỳ, giá = tổng cung x giá nút + tổng luồng x giá thu gọn, và luồng nằm giữa 0 và sức chứa: cung nào có giá thu
gọn âm (theo bậc) thì lấy hết sức chứa, cung khác lấy 0. Giá trong tệp là lời người ngoài: bộ giá lớn tới mức tổng tràn 64 bit thì
bỏ cả bộ, cận thấp đi chứ không quay vòng thành cận giả.
"""

import numpy as np

from tinhgon.engine.placement.model import Weights
from tinhgon.engine.placement.network import Network
from tinhgon.engine.placement.options import Ints

_FAR = 2.0**61


def lower_bound(network: Network, weights: Weights, prices: Ints) -> tuple[int, ...]:
    """``prices``: mỗi bậc một dòng, mỗi nút (người, rồi nút cấu trúc) một cột."""
    arcs = network.arrays
    costs = np.stack([*network.strict, network.sliders(weights)])
    left = costs + prices[:, arcs.tail] - prices[:, arcs.head]
    negative = np.zeros(len(arcs.tail), dtype=bool)
    level = np.ones(len(arcs.tail), dtype=bool)
    for row in left:
        negative |= level & (row < 0)
        level &= row == 0
    if prices.any() and not (fits(left[:, negative], arcs.cap[negative]) and fits(prices, arcs.supply)):
        return lower_bound(network, weights, np.zeros_like(prices))
    taken = (left[:, negative] * arcs.cap[negative]).sum(axis=1)
    total = taken - (prices * arcs.supply).sum(axis=1) + np.array(network.whole)
    return tuple(int(one) for one in total)


def fits(prices: Ints, amounts: Ints) -> bool:
    """Tổng các tích, từng dòng, còn xa mức tràn số nguyên 64 bit."""
    return bool((np.abs(prices.astype(np.float64)) @ np.abs(amounts.astype(np.float64)) < _FAR).all())


def people_prices(network: Network, weights: Weights, prices: Ints) -> Ints:
    """Giá của người, từ giá các nút cấu trúc: theo bậc, lựa chọn rẻ nhất của người ấy (kể cả chưa có chỗ)."""
    arcs, people = network.arrays, len(network.options.people)
    used = len(network.options.person) + people
    costs = np.stack([*network.strict, network.sliders(weights)])[:, :used]
    reach = prices[:, arcs.head[:used]] - costs
    order = np.lexsort((*(-reach[k] for k in reversed(range(len(reach)))), arcs.tail[:used]))
    first = np.searchsorted(arcs.tail[:used][order], np.arange(people))
    return reach[:, order[first]]
