"""Cận dưới của lời giải đủ quy tắc, tính lại bằng số nguyên từ giá nút và giá hàng phụ: đúng với mọi bộ giá (hàng phụ không âm)."""

from dataclasses import dataclass, replace

import numpy as np

from tinhgon.engine.placement.bound import fits
from tinhgon.engine.placement.full.side import side_of
from tinhgon.engine.placement.model import FullCertificate, Weights
from tinhgon.engine.placement.network import Network
from tinhgon.engine.placement.options import Ints


@dataclass(frozen=True, slots=True)
class Parts:
    """Cận dưới tách ra từng cung, từng nút, từng hàng phụ; tổng là cận (chưa cộng phần cố định ``Network.whole``)."""

    arcs: Ints
    nodes: Ints
    rows: Ints
    reduced: Ints


def bound_and_reduced(network: Network, weights: Weights, certificate: FullCertificate) -> tuple[int, Ints]:
    """(cận dưới của tổng gộp, giá thu gọn của từng cung). Cung nào có giá thu gọn ``r`` > 0 thì phương án dùng nó từ cận + r trở lên."""
    found = parts(network, weights, certificate)
    bound = int(found.arcs.sum()) + int(found.nodes.sum()) + int(found.rows.sum())
    return bound + network.steps(weights).total(network.whole), found.reduced


def parts(network: Network, weights: Weights, certificate: FullCertificate) -> Parts:
    side, arcs, people = side_of(network), network.arrays, len(network.options.people)
    given = np.array(certificate.multipliers, dtype=np.int64)
    multipliers = np.zeros(len(side.least), dtype=np.int64)
    multipliers[: len(given)] = np.maximum(0, given[: len(side.least)])
    penalties = side.penalties(network.steps(weights))
    multipliers = np.minimum(multipliers, penalties[side.group] + 1)  # lớn hơn thì đằng nào cũng bỏ; nhân lên còn có thể tràn số
    total = np.zeros(side.groups, dtype=np.int64)
    np.add.at(total, side.group, multipliers * side.scale)
    if (total > penalties).any():  # giá phần thiếu không còn che được: bỏ hết, cận thấp đi chứ không sai
        multipliers[:] = 0
    cost = network.merged(weights) - side.matrix.T @ multipliers
    prices = np.zeros(len(arcs.supply), dtype=np.int64)
    for k, name in enumerate(network.nodes):
        prices[people + k] = certificate.prices.get(name, 0)
    used = len(network.options.person) + people
    best = np.full(people, np.iinfo(np.int64).min)
    np.maximum.at(best, arcs.tail[:used], prices[arcs.head[:used]] - cost[:used])
    prices[:people] = best
    reduced = cost + prices[arcs.tail] - prices[arcs.head]
    taken = np.minimum(reduced, 0)
    if certificate.prices and not (fits(taken, arcs.cap) and fits(prices, arcs.supply)):  # giá quá lớn: bỏ cả bộ giá nút
        return parts(network, weights, replace(certificate, prices={}))
    return Parts(taken * arcs.cap, -prices * arcs.supply, multipliers * side.least, reduced)
