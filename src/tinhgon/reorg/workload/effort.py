"""Số giờ còn phải làm của một việc, giờ mỗi người có, mức thạo: các con số ở đây là của chúng tôi, nói rõ trên trang và sửa được."""

import math
from collections.abc import Mapping
from datetime import date

from tinhgon.org import work
from tinhgon.org.work import Item
from tinhgon.reorg.workload.staff import Worker

WEEKS = 8
"""Kỳ chia việc: tám tuần đầu sau ngày hiệu lực."""
GRACE_WEEKS = 2
"""Việc quá hạn hay tới hạn ngay: coi như phải xong trong hai tuần đầu."""
OLD_DAYS, OLD_MORE = 60, 1.25
"""Việc mở đã quá sáu mươi ngày thường là việc vướng: thêm một phần tư số giờ."""
HOURS_BY_LEVEL: Mapping[int, float] = {0: 2.0, 1: 1.5, 2: 1.25, 3: 1.0, 4: 1.0}
"""Chưa làm lĩnh vực ấy bao giờ thì lâu gấp đôi."""
HOURS, LEAD_HOURS = 30, 12
FEWEST_HOURS, MOST_HOURS = 0, 60


def effort(item: Item, *, on: date) -> int:
    """Số giờ nguyên, ít nhất 1."""
    return effort_of(item.kind, item.progress, item.arrived_on, on=on)


def effort_of(kind: str, progress: int, arrived_on: date, *, on: date) -> int:
    whole = work.source(kind).hours * (100 - progress) / 100
    return max(1, math.ceil(whole * (OLD_MORE if (on - arrived_on).days > OLD_DAYS else 1)))


def hours_at(level: int, needed: int) -> int:
    """Số giờ của người ở mức ấy."""
    return math.ceil(needed * HOURS_BY_LEVEL[min(max(level, 0), 4)])


def weekly_hours(one: Worker, *, hours: int, lead_hours: int, own: Mapping[str, int]) -> int:
    return int(own.get(str(one.person_id), (lead_hours if one.leads else hours) // one.units))
