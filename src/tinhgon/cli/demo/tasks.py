"""Nhiệm vụ: ai giao, ai chủ trì, ai phối hợp, tới đâu, hạn nào; phần lớn có chức năng và văn bản giao."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tinhgon.cli.demo import bulk, rhythm
from tinhgon.cli.demo.letters import Letter, speech
from tinhgon.cli.demo.text.context import written
from tinhgon.cli.demo.text.grammar import Job
from tinhgon.cli.demo.text.works import HEAVIER, PROGRESS_NOTES, WORKS
from tinhgon.cli.demo.world import MORNING, TODAY, Seat, Unit, World
from tinhgon.tasks.models import Coordination, ProgressEntry, Task

_LEVELS = {"commune": 50, "district": 35, "province": 15}
_STATES = {"assigned": 12, "accepted": 15, "in_progress": 60, "submitted": 13}
_DUES = {"none": 8, "late": 15, "today": 2, "week": 14, "month": 35, "later": 26}
_STEPS = ("assigned", "accepted", "in_progress", "submitted", "done")
_NO_FUNCTION = 0.1
_WITH_SOURCE = 0.8


@dataclass(slots=True, eq=False)
class Duty:
    """Một nhiệm vụ trong bộ nhớ."""

    assigner: Unit
    lead: Unit
    function: str
    job: Job
    state: str
    created: datetime
    due: date | None
    first_due: date | None
    assignee: Seat | None
    source: Letter | None
    shows_function: bool
    id: int = 0

    @property
    def is_done(self) -> bool:
        return self.state == "done"


def write(world: World, letters: list[Letter], extra: list["Duty"]) -> list[Duty]:
    """Sinh và ghi nhiệm vụ; ``extra`` là các nhiệm vụ dành cho tài khoản mẫu, tính vào tổng số."""
    sources = _sources(letters)
    wanted_open = world.sizes.tasks_open - len(extra)
    duties = [
        *extra,
        *_duties(world, sources, wanted_open, finished=False),
        *_duties(world, sources, world.sizes.tasks_done, finished=True),
    ]
    duties.sort(key=lambda duty: duty.created)
    for duty, pk in zip(duties, bulk.reserve(Task, len(duties)), strict=True):
        duty.id = pk
    entries: list[tuple] = []
    bulk.copy(Task, _COLUMNS, [_row(world, duty, entries) for duty in duties])
    bulk.copy(Coordination, ("task_id", "unit_id"), _coordinations(world, duties))
    bulk.copy(ProgressEntry, ("task_id", "person_id", "at", "progress", "state", "note"), entries)
    return duties


def duty(
    world: World, assigner: Unit, lead: Unit, *, state: str, due: date | None, assignee: Seat | None = None, function: str = ""
) -> Duty:
    """Một nhiệm vụ nêu rõ ai giao, ai nhận, hạn nào."""
    function = function or world.rng.choice(lead.functions or tuple(world.functions))
    created = _created(world, due, finished=False)
    return Duty(assigner, lead, function, _job(world, function, created.date()), state, created, due, due, assignee, None, True)


def _sources(letters: list[Letter]) -> dict[Unit, list[Letter]]:
    found: dict[Unit, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.audience == "down" and letter.state not in ("draft", "ready", "void") and not letter.secrecy:
            found[letter.book].append(letter)
    return found


def _duties(world: World, sources: dict[Unit, list[Letter]], count: int, *, finished: bool) -> Iterator[Duty]:
    rng = world.rng
    leads: dict[str, list[Unit]] = defaultdict(list)
    for unit in world.units:
        if unit.functions and unit.kind not in ("centre",):
            leads[unit.level].append(unit)
    levels = rng.choices(tuple(_LEVELS), tuple(_LEVELS.values()), k=count)
    for level in levels:
        lead = rng.choice(leads[level])
        function = rng.choices(lead.functions, [HEAVIER.get(code, 1) for code in lead.functions])[0]
        state = "done" if finished else rng.choices(tuple(_STATES), tuple(_STATES.values()))[0]
        due = _some_due(world, finished)
        created = _created(world, due, finished=finished)
        lead = _lead(world, lead)
        assigner = _assigner(world, lead, function)
        yield Duty(
            assigner, lead, function, _job(world, function, created.date()), state, created, due,
            _first_due(world, due, created.date()), _assignee(world, lead, state),
            _source(world, sources.get(assigner, ()), function, created), rng.random() >= _NO_FUNCTION,
        )  # fmt: skip


def _lead(world: World, unit: Unit) -> Unit:
    """Ở cấp xã, một phần nhiệm vụ giao cho đảng ủy chứ không giao thẳng văn phòng."""
    if unit.level == "commune" and unit.kind == "office" and world.rng.random() < 0.35:
        return unit.committee
    return unit


def _assigner(world: World, lead: Unit, function: str) -> Unit:
    """Ai giao: cấp ủy của mình, cấp trên, hoặc cơ quan cấp trên phụ trách đúng chức năng ấy."""
    chance = world.rng.random()
    committee = lead.committee
    if lead.kind == "room":
        return lead.organ
    if lead.level == "commune":
        above = committee.parent
        if above is None or (chance < 0.3 and lead is not committee):
            return committee
        responsible = next((u for u in above.agencies if function in u.functions), above)
        return responsible if chance < 0.85 else above
    if lead.level == "district" and chance < 0.35 and committee.parent:
        return committee.parent.agency(lead.kind) or committee.parent
    office = committee.agency("office")
    return office if chance > 0.8 and office is not None and office is not lead else committee


def _job(world: World, function: str, on: date) -> Job:
    jobs = WORKS[function].jobs
    return world.rng.choice([job for job in jobs if job.fits(on)] or list(jobs))


def _some_due(world: World, finished: bool) -> date | None:
    rng = world.rng
    if finished:
        return rhythm.working_day_after(TODAY, -rng.randint(3, 110))
    kind = rng.choices(tuple(_DUES), tuple(_DUES.values()))[0]
    if kind == "none":
        return None
    if kind == "late":
        return rhythm.working_day_after(TODAY, -min(int(rng.expovariate(1 / 7)) + 1, 45))
    if kind == "today":
        return TODAY
    since, until = {"week": (1, 5), "month": (6, 22), "later": (23, 110)}[kind]
    return rhythm.working_day_after(TODAY, rng.randint(since, until))


def _created(world: World, due: date | None, *, finished: bool) -> datetime:
    rng = world.rng
    latest = TODAY - timedelta(days=1)
    day = (due or TODAY + timedelta(days=20)) - timedelta(days=rng.randint(8, 60))
    if not finished and day > latest:
        day = TODAY - timedelta(days=rng.randint(1, 25))
    return rhythm.at(rng, rhythm.working_day_after(max(day, date(2025, 1, 2)), 0))


def _first_due(world: World, due: date | None, created: date) -> date | None:
    """Hạn ban đầu; một phần nhỏ đã được gia hạn."""
    if due is None or world.rng.random() > 0.08:
        return due
    return max(rhythm.working_day_after(due, -world.rng.randint(3, 15)), created)


def _assignee(world: World, unit: Unit, state: str) -> Seat | None:
    if state == "assigned" or (state != "done" and world.rng.random() < 0.08):
        return None
    able = [s for s in unit.seats if s.role == "specialist"] or [s for s in unit.seats if s.role != "administrator"]
    return world.rng.choice(able) if able else None


def _source(world: World, letters: "list[Letter] | tuple[()]", function: str, created: datetime) -> Letter | None:
    if not letters or world.rng.random() > _WITH_SOURCE:
        return None
    before = [x for x in world.rng.sample(letters, min(len(letters), 80)) if x.at <= created]
    return next((x for x in before if x.function == function), None)


_COLUMNS = (
    "id", "title", "detail", "product", "state", "assigner_id", "lead_id", "assignee_id", "function_id", "source_id",
    "original_due_on", "due_on", "progress", "created_at", "accepted_at", "finished_on", "kept_by_id",
)  # fmt: skip


def _row(world: World, duty: Duty, entries: list[tuple]) -> tuple:
    said = speech(world, duty.lead, duty.created.date())
    say = world.speaker.say
    steps = _history(world, duty, said)
    entries.extend((duty.id, *step) for step in steps)
    accepted = next((step[1] for step in steps if step[3] == "accepted"), None)
    finished = steps[-1][1].date() if duty.is_done else None
    source = duty.source
    detail = f"Thực hiện {source.symbol} ngày {written(source.day)}: {source.summary}." if source else ""
    return (
        duty.id, say(duty.job.title, said, duty.created.date())[:500], detail, say(duty.job.product, said, duty.created.date())[:300],
        duty.state, duty.assigner.id, duty.lead.id, duty.assignee.person_id if duty.assignee else None,
        world.functions[duty.function] if duty.shows_function else None, source.id if source else None, duty.first_due,
        duty.due, steps[-1][2] if steps else 0, duty.created, accepted, finished, duty.lead.id if duty.is_done else None,
    )  # fmt: skip


def _history(world: World, duty: Duty, said: dict[str, str]) -> list[tuple]:
    """Các lần báo: (người, lúc, tiến độ, trạng thái sau, nội dung), từ lúc nhận tới trạng thái hiện thời."""
    rng = world.rng
    states = list(_STEPS[1 : _STEPS.index(duty.state) + 1])
    if "in_progress" in states:
        at = states.index("in_progress")
        states[at:at] = ["in_progress"] * rng.choice((0, 0, 1, 2))
    gap = _finished(world, duty, duty.due) / len(states) if duty.is_done and duty.due else (MORNING - duty.created) / (len(states) + 1)
    gap = max(gap, timedelta(minutes=20))
    person = duty.assignee.person_id if duty.assignee else None
    head = next((s.person_id for s in duty.lead.seats if s.rank == 1), person)
    made: list[tuple] = []
    progress = 0
    for n, state in enumerate(states, start=1):
        progress = {"accepted": 0, "submitted": 100, "done": 100}.get(state) or (
            0 if state == "accepted" else min(progress + rng.randint(10, 40), 95)
        )
        note = world.speaker.say(rng.choice(PROGRESS_NOTES[state]), said, duty.created.date())
        made.append((head if state in ("accepted", "done") else person, min(duty.created + gap * n, MORNING), progress, state, note))
    return made


def _finished(world: World, duty: Duty, due: date) -> timedelta:
    """Từ lúc giao tới lúc xong: khoảng tám phần mười trước hạn vài ngày, số còn lại trễ."""
    rng = world.rng
    days = rng.randint(1, 9) if rng.random() < 0.18 else -rng.randint(0, 6)
    moment = datetime.combine(due + timedelta(days=days), duty.created.timetz())
    return max(min(moment, MORNING) - duty.created, timedelta(hours=2))


def _coordinations(world: World, duties: list[Duty]) -> Iterator[tuple[int, int]]:
    rng = world.rng
    for duty in duties:
        others = _neighbours(duty)
        count = rng.choices((0, 1, 2, 3), (0.4, 0.35, 0.17, 0.08))[0]
        for unit in rng.sample(others, min(count, len(others))):
            yield duty.id, unit.id


def _neighbours(duty: Duty) -> list[Unit]:
    """Ai có thể phối hợp: cơ quan cùng cấp ủy; ở cấp xã thì đơn vị cùng loại của xã bên cạnh."""
    committee = duty.lead.committee
    if duty.lead.level == "commune" and committee.parent:
        around = committee.parent.lower
        near = around if duty.lead.kind == "committee" else [u for c in around if (u := c.agency(duty.lead.kind))]
    else:
        near = committee.agencies
    return [unit for unit in near if unit not in (duty.lead, duty.assigner)]
