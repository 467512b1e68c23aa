"""Ghi văn bản: số liền mạch trong từng dãy, trạng thái theo tuổi, dòng luân chuyển ở mọi trạng thái."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.letters import Letter
from tinhgon.cli.demo.text import context
from tinhgon.cli.demo.world import FIRST_DAY, MORNING, TODAY, Seat, Unit, World
from tinhgon.documents.models import Document, DocumentType, NumberSeries, RoutingLine
from tinhgon.documents.type_data import load as load_types
from tinhgon.engine import numbering

_OPEN_BY_AGE = ((1, 0.95), (4, 0.85), (10, 0.6), (20, 0.3), (40, 0.12), (999, 0.02))
_VOID = 0.004
_VOID_REASONS = (
    "Cấp nhầm số, văn bản ban hành bằng số kế tiếp", "Lãnh đạo không ký, rút lại dự thảo",
    "Trùng nội dung với văn bản đã ban hành", "Sai tên loại, ban hành lại đúng tên loại",
)  # fmt: skip
_RETURNED = 0.02
_SENT_WITHIN = 12  # ngày: văn bản đi còn theo dõi nơi nhận trên hệ thống


def catalogue(world: World) -> None:
    """Danh mục tên loại; đã có thì dùng lại."""
    if not DocumentType.objects.exists():
        load_types(DocumentType)
    for kind in DocumentType.objects.all():
        world.types[kind.code] = (kind.pk, kind.abbreviation)
        world.type_names[kind.code] = kind.name


def write(world: World, letters: list[Letter]) -> None:
    """Đánh số, ghi dãy số, văn bản, dòng luân chuyển."""
    _settle_states(world, letters)
    _number(world, letters)
    for letter, pk in zip(letters, bulk.reserve(Document, len(letters)), strict=True):
        letter.id = pk
    bulk.copy(Document, _COLUMNS, (_row(world, letter) for letter in letters))
    bulk.copy(RoutingLine, _LINE_COLUMNS, _lines(world, letters))


def _settle_states(world: World, letters: list[Letter]) -> None:
    rng = world.rng
    for letter in letters:
        if letter.is_fixed or letter.state in ("draft", "ready"):
            continue
        age = (TODAY - letter.day).days
        if letter.direction == "incoming":
            chance = next(chance for most, chance in _OPEN_BY_AGE if age <= most)
            letter.state = "in_process" if rng.random() < chance else "done"
        elif letter.direction == "outgoing" and rng.random() < _VOID:
            letter.state = "void"
        else:
            letter.state = "registered" if age <= 3 and rng.random() < 0.6 else "done"
            if letter.audience == "down" and age <= _SENT_WITHIN and not letter.secrecy and letter.book.committee.lower:
                _send_down(world, letter)
        if letter.state == "in_process" and (not _desks(letter.book) or (age <= 1 and rng.random() < 0.4)):
            letter.state = "registered"  # chờ bút phê, hoặc cơ quan không có nơi để chuyển


def _send_down(world: World, letter: Letter) -> None:
    lower = letter.book.committee.lower
    letter.receivers = world.rng.sample(lower, min(len(lower), world.rng.randint(2, 6)))
    letter.state = "in_process"


def _number(world: World, letters: list[Letter]) -> None:
    """Số theo thứ tự thời gian trong từng dãy, bắt đầu từ 1, không trống; rồi ghi các dãy."""
    books: dict[tuple[Unit, str, str, bool], list[Letter]] = defaultdict(list)
    numbered = [letter for letter in letters if letter.state not in ("draft", "ready")]
    for letter in sorted(numbered, key=lambda letter: letter.direction == "incoming"):
        kind = "" if letter.direction == "incoming" else letter.type
        book = books[letter.book, letter.direction, kind, bool(letter.secrecy)]
        book.append(letter)
        letter.number = len(book)
        letter.symbol = _symbol(world, letter)
    series = bulk.reserve(NumberSeries, len(books))
    for pk, members in zip(series, books.values(), strict=True):
        for letter in members:
            letter.series_id = pk
    bulk.copy(
        NumberSeries,
        ("id", "organ_id", "keeper_id", "direction", "type_id", "term_id", "year", "is_secret", "last_number", "opened_on"),
        (
            (
                pk, organ.id, organ.id, direction, world.types[kind][0] if kind else None,
                organ.committee.term_id if kind else None, None if kind else FIRST_DAY.year, secret, len(members), FIRST_DAY,
            )
            for pk, ((organ, direction, kind, secret), members) in zip(series, books.items(), strict=True)
        ),
    )  # fmt: skip


def _symbol(world: World, letter: Letter) -> str:
    if letter.source is not None:
        return letter.source.symbol
    if letter.direction == "incoming":
        return letter.outside_symbol
    return numbering.symbol(letter.number or 0, world.types[letter.type][1], letter.book.symbol)


_COLUMNS = (
    "id", "direction", "state", "type_id", "holder_id", "function_id", "issuer_id", "issuer_name", "series_id", "number",
    "symbol", "issued_on", "arrived_on", "summary", "signer_name", "urgency", "secrecy", "due_on", "drafter_id",
    "return_reason", "void_reason", "finished_on", "created_at",
)  # fmt: skip


def _row(world: World, letter: Letter) -> tuple:
    incoming = letter.direction == "incoming"
    return (
        letter.id, letter.direction, letter.state, world.types[letter.type][0], letter.book.id,
        world.functions[letter.function] if letter.function else None, letter.issuer.id if letter.issuer else None,
        letter.issuer.name if letter.issuer else letter.outsider, letter.series_id, letter.number, letter.symbol,
        letter.issued_on, letter.day if incoming else None, letter.summary, letter.signer, letter.urgency, letter.secrecy,
        letter.due_on, letter.drafter.person_id if letter.drafter else None,
        letter.return_reason, world.rng.choice(_VOID_REASONS) if letter.state == "void" else "", _finished(letter), letter.at,
    )  # fmt: skip


def _finished(letter: Letter) -> date | None:
    if letter.state not in ("done", "void"):
        return None
    return min(letter.day + timedelta(days=(letter.number or 0) % 6), TODAY) if letter.direction == "incoming" else letter.day


_LINE_COLUMNS = (
    "document_id", "to_unit_id", "from_unit_id", "role", "state", "remark", "due_on", "assignee_id", "sent_at",
    "accepted_at", "finished_at", "kept_by_id", "return_reason",
)  # fmt: skip


def _desks(book: Unit) -> list[Unit]:
    """Nơi một cơ quan chuyển văn bản tới: các cơ quan của cấp ủy, các phòng của cơ quan."""
    return book.agencies if book.kind == "committee" else [u for u in book.children if not u.is_organ]


def _lines(world: World, letters: list[Letter]) -> Iterator[tuple]:
    for letter in letters:
        if letter.direction == "incoming" and letter.state in ("in_process", "done"):
            desks = _desks(letter.book)
            if desks:
                yield from _routed(world, letter, desks)
        elif letter.receivers:
            yield from _distributed(world, letter)


def _distributed(world: World, letter: Letter) -> Iterator[tuple]:
    """Văn bản đi gửi các cấp ủy trực thuộc: nơi nhận nào đã tiếp nhận, nơi nào chưa mở."""
    sent = min(letter.at + timedelta(minutes=world.rng.randint(5, 60)), MORNING)
    age = (TODAY - letter.day).days
    weights = (0.8, 0.15, 0.05) if age <= 2 else (0.3, 0.3, 0.4)
    for receiver in letter.receivers:
        state = world.rng.choices(("unread", "accepted", "done"), weights)[0]
        role = world.rng.choices(("coordinating", "for_information"), (0.2, 0.8))[0]
        yield _line(world, letter, receiver, role, state, sent)


def _routed(world: World, letter: Letter, desks: list[Unit]) -> Iterator[tuple]:
    rng = world.rng
    wanted = letter.lead or (letter.assignee.unit if letter.assignee else None)
    lead = wanted or next((desk for desk in desks if letter.function in desk.functions), desks[0])
    sent = min(letter.at + timedelta(minutes=rng.randint(5, 60)), MORNING)
    others = [desk for desk in desks if desk is not lead]
    if others and not wanted and rng.random() < _RETURNED:
        yield _line(world, letter, others[0], "lead", "returned", sent, _said(world, letter, "tra_lai"))
        sent = min(sent + timedelta(hours=2), MORNING)
    done = letter.state == "done"
    state = "done" if done else _lead_state(world, letter)
    yield _line(world, letter, lead, "lead", state, sent)
    for desk in rng.sample(others, k=min(len(others), rng.choices((0, 1, 2), (0.6, 0.3, 0.1))[0])):
        role = rng.choice(("coordinating", "for_information"))
        open_state = rng.choices(("unread", "accepted", "done", "recalled"), (0.4, 0.3, 0.28, 0.02))[0]
        yield _line(world, letter, desk, role, "done" if done else open_state, sent)


def _lead_state(world: World, letter: Letter) -> str:
    if letter.is_fixed:
        return "accepted" if letter.assignee else "unread"
    return world.rng.choices(("unread", "accepted"), (0.35, 0.65))[0]


def _said(world: World, letter: Letter, slot: str) -> str:
    return world.speaker.say("{" + slot + "}", context.moment(world.rng, letter.day), letter.day)


def _line(world: World, letter: Letter, desk: Unit, role: str, state: str, sent: datetime, reason: str = "") -> tuple:
    rng = world.rng
    accepted = min(sent + timedelta(hours=rng.randint(1, 20)), MORNING) if state in ("accepted", "done") else None
    finished = None
    if state in ("done", "returned", "recalled"):
        finished = min((accepted or sent) + timedelta(hours=rng.randint(2, 120)), MORNING)
    assignee = letter.assignee if role == "lead" and letter.assignee else None
    if assignee is None and state in ("accepted", "done") and rng.random() < 0.8:
        assignee = _assignee(world, desk)
    remark = _said(world, letter, "but_phe") if role == "lead" and rng.random() < 0.7 else ""
    return (
        letter.id, desk.id, letter.book.id, role, state, remark, letter.due_on if role == "lead" else None,
        assignee.person_id if assignee else None, sent, accepted, finished, desk.id if state == "done" else None, reason,
    )  # fmt: skip


def _assignee(world: World, unit: Unit) -> Seat | None:
    able = [s for s in unit.seats if s.role in ("specialist", "clerk")] or unit.seats
    return world.rng.choice(able) if able else None
