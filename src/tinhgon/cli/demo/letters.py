"""Văn bản trong bộ nhớ: cơ quan nào viết gì, gửi ai; nơi nhận trong hệ thống có văn bản đến cùng ký hiệu."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from tinhgon.cli.demo import rhythm
from tinhgon.cli.demo.text import context
from tinhgon.cli.demo.text.grammar import Piece, tails
from tinhgon.cli.demo.text.outside import SECRET_LINES, SENDERS, Sender
from tinhgon.cli.demo.text.works import HEAVIER, WORKS
from tinhgon.cli.demo.world import TODAY, Seat, Unit, World

_SHARES = {"outgoing": 0.36, "copies": 0.30, "outside": 0.16, "internal": 0.11, "drafts": 0.07}
_BUSY = {"province": {"office": 25, "": 15}, "district": {"office": 8, "": 3}, "commune": {"office": 2, "": 1}}
_OF_COMMITTEE = {"nghi-quyet", "chi-thi", "quyet-dinh", "ket-luan", "chuong-trinh"}
_NOT_BY_COMMUNE = {"chi-thi"}
_NO_FUNCTION = 0.12
_SECRET = 0.006
_COMMUNES_OF = {"Quận ủy": "các đảng ủy phường", "Huyện ủy": "các đảng ủy xã, thị trấn"}
_BOARD_OF = {"cb": "organisation", "tg": "propaganda", "dv": "propaganda", "kt": "inspection", "nc": "internal_affairs"}


@dataclass(slots=True, eq=False)
class Letter:
    """Một văn bản. ``book``: cơ quan vào sổ hoặc ban hành; ``at``: lúc vào sổ, ban hành, hoặc soạn."""

    direction: str
    book: Unit
    type: str
    function: str | None
    summary: str
    at: datetime
    audience: str = ""
    issued_on: date | None = None
    source: "Letter | None" = None
    issuer: Unit | None = None
    outsider: str = ""
    outside_symbol: str = ""
    secrecy: int = 0
    urgency: int = 0
    state: str = "done"
    drafter: Seat | None = None
    signer: str = ""
    due_on: date | None = None
    is_fixed: bool = False  # trạng thái đã định, không theo tuổi
    assignee: Seat | None = None
    lead: Unit | None = None
    return_reason: str = ""
    receivers: list[Unit] = field(default_factory=list)
    symbol: str = ""
    number: int | None = None
    series_id: int | None = None
    id: int = 0

    @property
    def day(self) -> date:
        return self.at.date()


def write_all(world: World, extra: list[Letter]) -> list[Letter]:
    """Mọi văn bản của nửa năm, theo thứ tự thời gian; ``extra`` đã có sẵn, tính vào tổng số."""
    total = world.sizes.documents - len(extra)
    writers = [u for u in world.units if u.is_organ and u.kind not in ("committee", "centre")]
    weights = [_BUSY[u.level].get(u.kind, _BUSY[u.level][""]) for u in writers]
    share = {name: round(total * part) for name, part in _SHARES.items()}
    outgoing = list(_outgoing(world, writers, weights, share["outgoing"]))
    letters = [
        *outgoing,
        *_copies(world, outgoing, share["copies"]),
        *_from_outside(world, writers, weights, share["outside"]),
        *_internal(world, writers, weights, share["internal"]),
        *_drafts(world, writers, weights, share["drafts"]),
    ]
    letters += _outgoing(world, writers, weights, max(0, total - len(letters)))
    letters += extra
    letters.sort(key=lambda letter: letter.at)
    return letters


def speech(world: World, unit: Unit, on: date) -> dict[str, str]:
    """Ngữ cảnh để nói thay đơn vị vào một ngày."""
    committee = unit.committee
    lower = committee.lower
    under = world.rng.choice(lower).short_name if lower else f"Chi bộ Khu phố {world.rng.randint(1, 12)}"
    return {
        "cap_uy": "Thành ủy" if committee.symbol == "TU" and committee is world.city else committee.short_name,
        "cap_uy_goi": committee.call,
        "cap_duoi_goi": _called_below(committee),
        "cap_tren": committee.parent.call if committee.parent else "Trung ương",
        "dia_ban": committee.area,
        "cap_chinh_quyen": committee.place or committee.area,
        "ben_duoi": under,
    } | context.moment(world.rng, on)  # fmt: skip


def _called_below(committee: Unit) -> str:
    if committee.level == "province":
        return "các cấp ủy trực thuộc"
    if committee.level == "commune" or not committee.lower:
        return "các chi bộ trực thuộc"
    return _COMMUNES_OF.get(committee.call, "các đảng ủy phường, xã")


def _outgoing(world: World, writers: list[Unit], weights: list[int], count: int) -> Iterator[Letter]:
    chosen = world.rng.choices(writers, weights, k=count)
    for unit, day in zip(chosen, rhythm.some_days(world.rng, count), strict=True):
        function, piece, kind = _topic(world, unit, day, ("down", "up", "side"))
        book = _signing_organ(world, unit, kind)
        secret = world.rng.random() < _SECRET and book.level != "commune"
        yield Letter(
            "outgoing", book, "cong-van" if secret else kind, _blurred(world, function),
            _secret(world) if secret else _summary(world, unit, piece, day),
            rhythm.at(world.rng, day), audience=piece.audience, issued_on=day, issuer=book,
            secrecy=1 if secret else 0, urgency=_urgency(world), drafter=drafter(world, unit), signer=signer(world, book),
        )  # fmt: skip


def _copies(world: World, outgoing: list[Letter], count: int) -> list[Letter]:
    """Văn bản đến trong hệ thống: cùng ký hiệu, trích yếu với văn bản đi của nơi gửi."""
    sent = [letter for letter in outgoing if letter.audience in ("up", "down") and not letter.secrecy]
    made: list[Letter] = []
    taken: set[tuple[int, int]] = set()
    tries = 0
    while sent and len(made) < count and tries < count * 4:
        letter = sent[tries % len(sent)]
        tries += 1
        receiver = _receiver(world, letter)
        key = (id(letter), id(receiver))
        if receiver is None or receiver is letter.book or key in taken:
            continue
        arrived = rhythm.working_day_after(letter.day, world.rng.choice((0, 0, 1, 1, 1, 2, 3)))
        if arrived > TODAY or (arrived == TODAY and world.rng.random() < 0.7):
            continue
        taken.add(key)
        made.append(
            Letter(
                "incoming", receiver, letter.type, letter.function, letter.summary, _morning_or(world, arrived, letter),
                issued_on=letter.issued_on, source=letter, issuer=letter.book, urgency=letter.urgency,
                signer=letter.signer, due_on=_due(world, arrived),
            )
        )  # fmt: skip
    return made


def _receiver(world: World, letter: Letter) -> Unit | None:
    """Nơi vào sổ của nơi nhận: cấp ủy, hoặc cơ quan cùng loại của cấp ủy ấy."""
    committee = letter.book.committee
    if letter.audience == "up":
        target = committee.parent
    else:
        target = world.rng.choice(committee.lower) if committee.lower else None
    if target is None:
        return None
    if letter.book.kind == "committee":
        return target
    board = _BOARD_OF.get((letter.function or "th").split("-")[0], "office")
    agency = target.agency(board if letter.book.level == "commune" else letter.book.kind)
    return agency or (target if world.rng.random() < 0.6 else target.agency("office"))


def _from_outside(
    world: World, writers: list[Unit], weights: list[int], count: int, day: date | None = None
) -> Iterator[Letter]:
    receivers = [u for u in writers if u.kind == "office"]
    chosen = world.rng.choices(receivers, [w for u, w in zip(writers, weights, strict=True) if u.kind == "office"], k=count)
    for office, some_day in zip(chosen, rhythm.some_days(world.rng, count), strict=True):
        arrived = day or some_day
        sender = world.rng.choice(SENDERS[office.level])
        written = max(arrived - timedelta(days=world.rng.choice((0, 1, 1, 2, 3))), date(2025, 1, 2))
        said = speech(world, office, written)
        secret = office.level != "commune" and world.rng.random() < _SECRET * 2
        kind, function, summary = _outside_letter(world, sender, said, written)
        yield Letter(
            "incoming", office.committee if world.rng.random() < 0.6 else office, kind, _blurred(world, function),
            _secret(world) if secret else summary, _in_time(world, arrived), issued_on=written,
            outsider=world.speaker.say(sender.name, said, written),
            outside_symbol=sender.symbols[kind].replace("#", f"{world.rng.randint(1, 45 if 'Chi bộ' in sender.name else 900):02d}"),
            secrecy=1 if secret else 0, urgency=_urgency(world), due_on=_due(world, arrived),
        )  # fmt: skip


def _outside_letter(world: World, sender: Sender, said: dict[str, str], on: date) -> tuple[str, str, str]:
    fitting = [letter for letter in sender.letters if Piece("", (), letter[2]).fits(on)] or list(sender.letters)
    kind, function, pattern = world.rng.choice(fitting)
    return kind, function, world.speaker.say(pattern, said, on)


def _internal(world: World, writers: list[Unit], weights: list[int], count: int) -> Iterator[Letter]:
    chosen = world.rng.choices(writers, weights, k=count)
    for unit, day in zip(chosen, rhythm.some_days(world.rng, count), strict=True):
        function, piece, kind = _topic(world, unit, day, ("inside",))
        yield Letter(
            "internal", unit, kind, _blurred(world, function), _summary(world, unit, piece, day),
            rhythm.at(world.rng, day), issued_on=day, issuer=unit, drafter=drafter(world, unit), signer=signer(world, unit),
        )  # fmt: skip


def _drafts(world: World, writers: list[Unit], weights: list[int], count: int) -> Iterator[Letter]:
    """Dự thảo của những tuần gần đây; một phần đã trình, chờ văn thư cấp số."""
    for unit in world.rng.choices(writers, weights, k=count):
        day = TODAY - timedelta(days=min(int(world.rng.expovariate(1 / 9)), 60))
        day = rhythm.working_day_after(day, -1) if day == TODAY or not rhythm.is_working(day) else day
        function, piece, kind = _topic(world, unit, day, ("down", "up", "side"))
        ready = world.rng.random() < 0.15 and (TODAY - day).days < 6
        writer = drafter(world, unit)
        yield Letter(
            "outgoing", writer.unit if writer else unit, kind, _blurred(world, function), _summary(world, unit, piece, day),
            rhythm.at(world.rng, day), state="ready" if ready else "draft", drafter=writer,
            issuer=unit if ready else None, signer=signer(world, unit) if ready else "", urgency=_urgency(world),
        )  # fmt: skip


def from_topic(world: World, unit: Unit, direction: str, day: date) -> Letter:
    """Một văn bản của riêng một đơn vị, để đặt vào đúng chỗ: đến từ ngoài, hoặc dự thảo đi."""
    if direction == "incoming":
        office = unit if unit.kind == "office" else unit.agency("office") or unit
        letter = next(_from_outside(world, [office], [1], 1, day=day))
        letter.book, letter.secrecy = unit, 0
        return letter
    function, piece, kind = _topic(world, unit, day, ("up", "side"))
    return Letter(
        "outgoing", unit, kind, function, _summary(world, unit, piece, day),
        rhythm.at(world.rng, day), state="draft", drafter=drafter(world, unit),
    )  # fmt: skip


def _topic(world: World, unit: Unit, on: date, audiences: tuple[str, ...]) -> tuple[str, Piece, str]:
    """Một chức năng của đơn vị, một mẫu câu hợp thời, một tên loại mà cấp ấy được ban hành."""
    codes, heavy = _functions_of(unit)
    while True:
        function = world.rng.choices(codes, cum_weights=heavy)[0]
        fitting = _pieces(function, audiences, on)
        if not fitting:
            continue
        piece = world.rng.choice(fitting)
        types = [t for t in piece.types if unit.level != "commune" or t not in _NOT_BY_COMMUNE]
        if types:
            return function, piece, world.rng.choice(types)


_codes: dict[tuple[str, ...], list[int]] = {}


def _functions_of(unit: Unit) -> tuple[tuple[str, ...], list[int]]:
    found = _codes.get(unit.functions)
    if found is None:
        found = _codes[unit.functions] = list(accumulate(HEAVIER.get(code, 1) for code in unit.functions))
    return unit.functions, found


_fitting: dict[tuple[str, tuple[str, ...], date], list[Piece]] = {}


def _pieces(function: str, audiences: tuple[str, ...], on: date) -> list[Piece]:
    key = (function, audiences, on)
    found = _fitting.get(key)
    if found is None:
        found = _fitting[key] = [p for p in WORKS[function].pieces if p.audience in audiences and p.fits(on)]
    return found


def _summary(world: World, unit: Unit, piece: Piece, day: date) -> str:
    pattern = piece.pattern + world.rng.choice(tails(piece))
    return world.speaker.say(pattern, speech(world, unit, day), day)


def _signing_organ(world: World, unit: Unit, kind: str) -> Unit:
    """Nghị quyết, quyết định... là của cấp ủy; ở cấp xã phần lớn văn bản ký danh nghĩa đảng ủy."""
    if kind in _OF_COMMITTEE or (unit.level == "commune" and world.rng.random() < 0.5):
        return unit.committee
    return unit


def drafter(world: World, unit: Unit) -> Seat | None:
    """Người soạn: chuyên viên của cơ quan, kể cả các phòng bên trong."""
    seats = [s for u in (unit, *(c for c in unit.children if not c.is_organ)) for s in u.seats]
    able = [s for s in seats if s.role == "specialist"] or [s for s in seats if s.role != "administrator"]
    return world.rng.choice(able) if able else None


def signer(world: World, organ: Unit) -> str:
    heads = [s.name for s in organ.seats if s.rank <= 2] or [s.name for s in organ.seats]
    return world.rng.choice(heads[:3]) if heads else ""


def _blurred(world: World, function: str) -> str | None:
    return None if world.rng.random() < _NO_FUNCTION else function


def _secret(world: World) -> str:
    return world.rng.choice(SECRET_LINES)


def _urgency(world: World) -> int:
    return world.rng.choices((0, 1, 2, 3), (91, 6, 2, 1))[0]


def _due(world: World, arrived: date) -> date | None:
    if world.rng.random() < 0.45:
        return None
    return rhythm.working_day_after(arrived, world.rng.choice((3, 5, 7, 10, 15, 20)))


def _in_time(world: World, day: date) -> datetime:
    """Lúc vào sổ; hôm nay thì đầu giờ sáng."""
    moment = rhythm.at(world.rng, day)
    return moment.replace(hour=7, minute=world.rng.randrange(5, 29)) if day == TODAY else moment


def _morning_or(world: World, day: date, source: Letter) -> datetime:
    """Lúc vào sổ, sau lúc ban hành khi cùng ngày."""
    moment = _in_time(world, day)
    return moment if moment > source.at else source.at + timedelta(minutes=world.rng.randint(10, 90))
