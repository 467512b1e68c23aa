"""Cửa vào máy chia việc và máy dự báo. Chúng kéo theo OR-tools, NumPy, SciPy, mà phần lớn lệnh và trang không giải gì: nạp khi gọi."""

from typing import TYPE_CHECKING

from tinhgon.engine.allocation.model import Plan
from tinhgon.engine.allocation.model import Problem as Work
from tinhgon.engine.transition.model import Problem as Queues
from tinhgon.engine.transition.model import Result

if TYPE_CHECKING:
    from tinhgon.engine.allocation.conflict import Conflict


def give_out(problem: Work, *, seconds: float) -> Plan:
    from tinhgon.engine.allocation.solving import Limits, solve  # noqa: PLC0415

    return solve(problem, Limits(seconds=seconds))


def conflict(problem: Work) -> "Conflict":
    from tinhgon.engine.allocation.arcs import arcs_of  # noqa: PLC0415
    from tinhgon.engine.allocation.conflict import smallest_conflict  # noqa: PLC0415

    return smallest_conflict(problem, arcs_of(problem))


def simulate(problem: Queues) -> Result:
    from tinhgon.engine.transition.simulate import simulate  # noqa: PLC0415

    return simulate(problem)
