"""Khảo sát tâm tư: 100.000 cặp câu hỏi ngẫu nhiên có cặp nào tách ra một nhóm dưới năm người không; bên cạnh là quy tắc thường dùng.

    python benchmarks/pulse.py [số cặp]

Quy tắc thường dùng ("nhóm đủ năm người thì hiện") được hỏi đúng những cặp ấy, trên đúng những phiếu ấy.
"""

import random
import sys
import time
from collections.abc import Callable

from tinhgon.engine.pulse.tests.worlds import random_query, world

PAIRS, WORLDS, LEAST = 100_000, 20, 5


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    begun = time.perf_counter()
    worlds = [world(seed) for seed in range(WORLDS)]
    ready = time.perf_counter() - begun
    ours, plain = [0, 0, 0.0], [0, 0, 0.0]
    pick = random.Random(178)
    for number in range(pairs):
        found, counts = worlds[number % WORLDS]
        pair = random_query(pick, found), random_query(pick, found)
        _try(ours, pair, counts, lambda query, found=found: found.ask("q1", query) is not None)
        _try(plain, pair, counts, lambda query, counts=counts: sum(counts[group] for group in query) >= LEAST)
    print(f"{pairs} cặp trên {WORLDS} đợt, mỗi đợt 150 nhóm; đóng {WORLDS} đợt mất {ready:.2f} s")
    print(f"{'':36}{'cặp được trả lời':>18}{'cặp lộ nhóm < 5':>18}{'µs một câu':>12}")
    for label, (answered, isolating, seconds) in (("Khối nguyên vẹn (của ta)", ours), ("Đủ năm người thì hiện", plain)):
        print(f"{label:36}{answered:>18}{isolating:>18}{seconds / pairs / 2 * 1e6:>12.1f}")
    shown = [one is not None for found, _ in worlds for one in found.table("q1").values()]
    enough = [sum(counts[each] for each in found.under[group]) >= LEAST for found, counts in worlds for group in found.under]
    print(f"Nhóm của cây được hiện: {sum(shown)} trên {sum(enough)} nhóm đủ năm người ({sum(shown) / sum(enough):.0%}); còn lại che bổ sung.")


def _try(
    tally: list[float], pair: tuple[frozenset[str], frozenset[str]], counts: dict[str, int], answered: Callable[[frozenset[str]], bool]
) -> None:
    begun = time.perf_counter()
    both = answered(pair[0]), answered(pair[1])
    tally[2] += time.perf_counter() - begun
    if all(both):
        tally[0] += 1
        parts = (pair[0] - pair[1], pair[1] - pair[0], pair[0] & pair[1])
        tally[1] += any(0 < sum(counts[group] for group in part) < LEAST for part in parts)


if __name__ == "__main__":
    main()
