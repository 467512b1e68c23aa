"""Vùng: những phần của bài toán không chung người, vị trí hay quy tắc phụ nào, nên giải riêng và định giá riêng được."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tinhgon.engine.placement.flow import Arcs
from tinhgon.engine.placement.full.side import Side
from tinhgon.engine.placement.options import Ints


def regions(arcs: Arcs, side: Side) -> tuple[Ints, Ints]:
    """(vùng của từng nút, vùng của từng hàng phụ). Nút đích chung của mọi vùng là vùng riêng."""
    nodes, rows = len(arcs.supply), len(side.least)
    inner = arcs.head != arcs.people
    table = side.matrix.tocoo()
    one = np.concatenate([arcs.tail[inner], nodes + table.row])
    other = np.concatenate([arcs.head[inner], arcs.tail[table.col]])
    graph = sparse.coo_matrix((np.ones(len(one)), (one, other)), shape=(nodes + rows, nodes + rows))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    return label[:nodes], label[nodes:]
