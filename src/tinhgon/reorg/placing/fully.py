"""Tìm phương án giữ cả các quy tắc ngoài dòng chảy, từng bước một; bước nào hơn thì ghi lại, nên dừng lúc nào cũng còn phương án tốt nhất."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import door
from tinhgon.reorg.placing.assembly import Assembled, assembled
from tinhgon.reorg.placing.saying import ByName
from tinhgon.reorg.placing.solving import checked, conflicting, keep, one_sentence, weights_of

if TYPE_CHECKING:
    from tinhgon.engine.placement.full.searching import Progress as Step
    from tinhgon.engine.placement.network import Network

SECONDS = (30, 60, 180, 600)
"""Thời gian tìm người dùng chọn được."""
MOST_NAMED = 12
"""Quy tắc chưa giữ nêu tên khi đang tìm; tìm xong thì nêu hết."""
_ASK_EVERY, _WRITE_EVERY = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """Một bước đã ghi. ``seconds``: đã tìm bao lâu."""

    seconds: float
    live: dict[str, Any]


class Clock:
    """Đồng hồ trao cho máy giải: khi có người bấm dừng thì nó báo hết giờ, máy giải ngưng ở chỗ gần nhất."""

    def __init__(self, placement_id: int) -> None:
        self._placement_id = placement_id
        self._began, self._asked, self.is_stopped = time.monotonic(), 0.0, False

    def __call__(self) -> float:
        moment = time.monotonic()
        if not self.is_stopped and moment - self._asked >= _ASK_EVERY:
            self._asked = moment
            self.is_stopped = not Placement.objects.filter(pk=self._placement_id, stop_asked=False).exists()
        return math.inf if self.is_stopped else moment

    @property
    def spent(self) -> float:
        return time.monotonic() - self._began


def search(placement: Placement, clock: Clock) -> Iterator[Found]:
    """Tìm tới hết giờ hay tới khi có người bấm dừng; mỗi bước ghi con số đang có, cứ mười giây và ở bước cuối ghi cả phương án."""
    found = assembled(placement.reorganisation, placement.rules)
    last: Step | None = None
    with one_sentence(found.problem):
        network, steps = _steps(placement, found, clock)
        written = -math.inf
        for number, step in enumerate(steps):
            is_better = last is None or step.value < last.value
            last = step
            live = _live(found, step, clock, number)
            if is_better and clock.spent - written >= _WRITE_EVERY:
                _write(placement, found, step, network, live)
                written = clock.spent
            else:
                Placement.objects.filter(pk=placement.pk).update(figures=placement.figures | {"live": live})
            yield Found(clock.spent, live)
        if last is not None:
            _write(placement, found, last, network, {}, done=_done(last, clock))


def _steps(placement: Placement, found: Assembled, clock: Callable[[], float]) -> "tuple[Network, Iterator[Step]]":
    planner = door.planner(found.problem)
    return planner.network, door.search(found.problem, weights_of(placement), seconds=float(placement.rules["seconds"]), now=clock)


def _live(found: Assembled, step: "Step", clock: Clock, number: int) -> dict[str, Any]:
    speaker = ByName(found.problem)
    return {
        "phase": step.phase, "step": number + 1, "seconds": round(clock.spent), "placed": len(step.plan.places), "unplaced": len(step.plan.unplaced),
        "value": step.value, "bound": step.bound, "gap": step.gap, "short": step.short,
        "unmet": [speaker.kept(fact) for fact in step.plan.unmet[:MOST_NAMED]], "unmet_count": len(step.plan.unmet),
    }  # fmt: skip


def _done(step: "Step", clock: Clock) -> dict[str, Any]:
    return {
        "value": step.value, "bound": step.bound, "gap": step.gap, "short": step.short, "own_bound": step.own_bound, "seconds": round(clock.spent, 1),
        "stopped": clock.is_stopped,
    }  # fmt: skip


@transaction.atomic
def _write(
    placement: Placement, found: Assembled, step: "Step", network: "Network", live: dict[str, Any], done: dict[str, Any] | None = None
) -> None:
    """Ghi phương án của bước này; bước cuối (``done``) thì kiểm tra lại luôn. Phương án đã bị bỏ thì thôi."""
    if not Placement.objects.select_for_update().filter(pk=placement.pk).exists():
        return
    keep(placement, found.problem, found.waiting, step.plan, network, step.certificate)
    if done is None:
        placement.figures["live"] = live
    else:
        placement.figures |= {"full": done, "conflicts": conflicting(found.problem, step.plan, network), "checked": checked(placement, found.problem)}
    placement.save(update_fields=["figures"])
