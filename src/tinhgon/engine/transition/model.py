"""Bài toán dự báo và kết quả: giá trị thuần. Số việc và năng suất là số thực; ngày là ngày làm việc của lịch đưa vào."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from tinhgon.engine.refusal import Refused
from tinhgon.engine.workdays import WorkCalendar

NEW_FUNCTION, SAME_FUNCTION = 0.5, 0.8
"""Độ thạo lúc mới sang chức năng khác, và lúc làm chức năng cũ ở đơn vị mới."""
TAU_DAYS = 26.0
"""5,2 tuần, năm ngày làm việc một tuần."""
MOST_DAYS, MOST_QUEUES = 1_000, 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Một hàng chờ. ``backlog``: việc đang tồn. ``arrivals``: việc đến mỗi ngày làm việc. ``spread``, ``service_spread``: độ
    thất thường của việc đến và của thời gian làm một việc (phương sai so với trung bình; 1 là ngẫu nhiên thuần, 0 là đều như máy).
    """

    id: str
    unit: str = ""
    function: str = ""
    backlog: float = 0.0
    arrivals: float = 0.0
    spread: float = 1.0
    service_spread: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Một người làm ở một hàng chờ, suốt kỳ. ``share``: phần thời gian (0 tới 1). ``rate``: số việc mỗi ngày khi làm trọn và đã thạo.

    ``count``: bao nhiêu người như nhau.
    """

    person: str
    queue: str
    rate: float
    share: float = 1.0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Từ ngày ``on`` người ấy thôi hàng ``source`` (trống: mới vào) sang hàng ``target`` (trống: rời hẳn).

    ``start``: độ thạo lúc sang; ``tau``: số ngày làm việc để hụt giảm e lần; ``rate``: năng suất ở hàng mới. ``brings``: phần việc đến và
    việc tồn lúc đầu của hàng cũ đi theo sang hàng mới, của cả dòng này. ``count``: bao nhiêu người chuyển như nhau.
    """

    person: str
    on: date
    source: str = ""
    target: str = ""
    rate: float = 0.0
    share: float = 1.0
    source_rate: float = 0.0
    start: float = NEW_FUNCTION
    tau: float = TAU_DAYS
    brings: float = 0.0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Nhiều hàng chờ đọc làm một: ``parts`` là (hàng chờ, phần của hàng ấy). ``base``: việc đang mở lúc đầu.

    Việc đang mở phần lớn là việc đang làm trong hạn, không phải hàng chờ sẽ vơi hết. Nên tồn của nhóm là ``base`` cộng phần hơn so với khi
    không ai chuyển, cộng đà dồn sẵn có nếu việc đến đã hơn sức làm. Người trong nhóm đỡ việc cho nhau.
    """

    id: str
    parts: tuple[tuple[str, float], ...]
    base: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """``days``: số ngày làm việc của kỳ, từ ngày làm việc đầu tiên không trước ``start``. ``groups``: có thì kết quả kể theo nhóm."""

    start: date
    days: int
    queues: tuple[Queue, ...]
    posts: tuple[Post, ...] = ()
    moves: tuple[Move, ...] = ()
    groups: tuple[Group, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    normal: float = 1.1
    """Tồn không quá chừng ấy lần mức bình thường là đã trở lại bình thường."""
    slack: float = 0.0
    """Tồn hơn lúc đầu chưa tới chừng ấy việc thì vẫn là bình thường: nơi chỉ có vài việc thì một phần mười không nói lên gì."""
    pile_days: float = 5.0
    """Tồn hơn bình thường quá chừng ấy ngày việc đến thì báo dồn việc."""

    def dates(self) -> list[date]:
        """Ngày làm việc của từng bước."""
        return list(islice(self._working(), self.days))

    def _working(self) -> Iterator[date]:
        day = self.calendar.deadline(self.start)
        while True:
            yield day
            day = self.calendar.next_working_day(day)


@dataclass(frozen=True, slots=True)
class Warned:
    """``code``: pile_up (dồn việc), never_back (tới cuối kỳ chưa trở lại), overloaded (việc đến hơn sức làm ở cuối kỳ), nobody (không ai làm)."""

    code: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Một hàng chờ (hay một nhóm). ``weekly``: cuối mỗi tuần (năm bước) là (thấp, giữa, cao): phân vị 10, trung bình, phân vị 90. ``peak``: tồn cao nhất
    của đường giữa, vào ngày ``peak_on``. ``normal``: mức coi là bình thường. ``back_on``: ngày từ đó không còn vượt; ``None``: chưa trong kỳ.
    ``load``: tải (việc đến chia sức làm) cao nhất và cuối kỳ; vô cùng khi không ai làm.
    """

    queue: str
    weekly: tuple[tuple[float, float, float], ...]
    peak: float
    peak_on: date
    normal: float
    back_on: date | None
    top_load: float
    last_load: float
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``weeks``: ngày cuối của từng tuần. ``back_on``: ngày mọi hàng chờ đã bình thường, ``None`` khi còn hàng chưa. ``lost_days``: tổng ngày
    công mất vì chưa thạo, trong kỳ.
    """

    weeks: tuple[date, ...]
    forecasts: tuple[Forecast, ...]
    total_weekly: tuple[tuple[float, float, float], ...]
    back_on: date | None
    lost_days: float


def validated(problem: Problem) -> Problem:
    """Chính bài toán ấy, hay ``Refused`` với điều sai đầu tiên.

    no_queues, repeated_queue, repeated_move, repeated_group, unknown_queue, move_nowhere, bad_number, bad_dates, too_many, brings_too_much, no_shift.
    """
    if not problem.queues:
        raise Refused("no_queues")
    for name, value, most in (("days", problem.days, MOST_DAYS), ("queues", len(problem.queues), MOST_QUEUES)):
        if value > most:
            raise Refused("too_many", field=name, value=value, most=most)
    _number("problem", "days", problem.days, 1)
    _number("problem", "normal", problem.normal, 1)
    _number("problem", "pile_days", problem.pile_days, 0)
    _number("problem", "slack", problem.slack, 0)
    known = {queue.id for queue in problem.queues}
    _once("repeated_queue", [queue.id for queue in problem.queues])
    times = Counter((move.person, move.on, move.source, move.target) for move in problem.moves)
    if repeated := sorted({move[0] for move, many in times.items() if many > 1}):
        raise Refused("repeated_move", ids=repeated)
    for queue in problem.queues:
        for name in ("backlog", "arrivals", "spread", "service_spread"):
            _number(queue.id, name, getattr(queue, name), 0)
    works = [(post.person, post.share, post.rate, post.count) for post in problem.posts] + [(move.person, move.share, move.rate, move.count) for move in problem.moves]
    for person, share, rate, count in works:
        _number(person, "share", share, 0, 1)
        _number(person, "rate", rate, 0)
        _number(person, "count", count, 0)
    for post in problem.posts:
        _known(known, post.person, post.queue)
    for move in problem.moves:
        _check_move(known, move)
    _check_brings(problem)
    _once("repeated_group", [group.id for group in problem.groups])
    for group in problem.groups:
        _number(group.id, "base", group.base, 0)
        for part_of, part in group.parts:
            _known(known, group.id, part_of)
            _number(group.id, "part", part, 0, 1)
    return problem


def shifted(problem: Problem, days: int) -> Problem:
    """Cùng các lần chuyển, sớm hay muộn hơn chừng ấy ngày làm việc."""
    return replace(problem, moves=tuple(replace(move, on=problem.calendar.add_working_days(move.on, days)) for move in problem.moves))


def in_waves(problem: Problem, *, waves: int, every: int) -> Problem:
    """Các lần chuyển chia thành ``waves`` đợt, đợt sau cách đợt trước ``every`` ngày làm việc.

    Người của từng hàng chờ cũ được chia đều cho các đợt (theo mã), để không hàng nào mất hết người một lúc.
    """
    if waves < 1 or every < 0:
        raise Refused("no_shift", waves=waves, every=every)
    sizes = Counter(move.source for move in problem.moves)
    seen: Counter[str] = Counter()
    moved: dict[Move, Move] = {}
    for move in sorted(problem.moves, key=lambda each: (each.source, each.person, each.on)):
        wave = seen[move.source] * waves // sizes[move.source]
        seen[move.source] += 1
        moved[move] = replace(move, on=problem.calendar.add_working_days(move.on, wave * every))
    return replace(problem, moves=tuple(moved[move] for move in problem.moves))


def _check_move(known: set[str], move: Move) -> None:
    if not move.source and not move.target:
        raise Refused("move_nowhere", id=move.person)
    for queue in (move.source, move.target):
        if queue:
            _known(known, move.person, queue)
    _number(move.person, "source_rate", move.source_rate, 0)
    _number(move.person, "start", move.start, 0, 1)
    _number(move.person, "tau", move.tau, 0.001)
    _number(move.person, "brings", move.brings, 0, 1)


def _check_brings(problem: Problem) -> None:
    carried: dict[str, float] = defaultdict(float)
    for move in problem.moves:
        if move.brings and not (move.source and move.target):
            raise Refused("brings_too_much", queue=move.source or move.target)
        carried[move.source] += move.brings
    for queue, part in carried.items():
        if part > 1 + 1e-9:
            raise Refused("brings_too_much", queue=queue)


def _number(owner: str, name: str, value: float, least: float, most: float = 1e9) -> None:
    if not least <= value <= most:  # NaN cũng rơi vào đây
        raise Refused("bad_number", id=owner, field=name, value=str(value), least=least, most=most)


def _known(known: set[str], person: str, queue: str) -> None:
    if queue not in known:
        raise Refused("unknown_queue", id=person, queue=queue)


def _once(code: str, ids: list[str]) -> None:
    if repeated := sorted(name for name, times in Counter(ids).items() if times > 1):
        raise Refused(code, ids=repeated)
