"""Việc soạn thảo đang dở: ba mươi dự thảo ở mọi bước, mẫu văn bản, đường trình ký. Người của tài khoản mẫu đều có việc chờ."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from tinhgon.cli.demo import rhythm
from tinhgon.cli.demo.accounts import LOGINS, seat
from tinhgon.cli.demo.letters import Letter, from_topic, speech
from tinhgon.cli.demo.text import bodies
from tinhgon.cli.demo.world import MORNING, TODAY, Seat, Unit, World
from tinhgon.documents.models import (
    Appraisal,
    AppraisalRemark,
    Approval,
    ApprovalPath,
    ApprovalStep,
    Document,
    DraftTemplate,
    DraftVersion,
    Opinion,
    OpinionRequest,
    TemplateVersion,
)

COUNT = 30
"""Thêm vào số văn bản của cỡ thế giới."""
_STAGES = (
    "composing", "consulting", "approving", "appraising", "signing", "must_fix", "consulted", "returned", "ready", "second_round",
)  # fmt: skip
_SPOILED = 4  # mấy dự thảo đầu viết sai thể thức, để thẩm định có cái mà tìm


@dataclass(slots=True)
class Work:
    """Một dự thảo: bước của nó, người soạn, các bản đã lưu."""

    letter: Letter
    stage: str
    document: Document
    drafter: Seat
    saved_at: datetime
    versions: int = 1


def letters(world: World) -> list[Letter]:
    """Dự thảo của các cơ quan cấp thành phố và Quận 1, nhiều nhất ở Phòng Tổng hợp."""
    with apart(world):
        return _letters(world)


def _letters(world: World) -> list[Letter]:
    office = world.unit("79", "office")
    boards = [unit for unit in world.unit("79").agencies if unit is not office and unit.seats]
    units = cycle([seat(world, LOGINS[2]).unit, office, seat(world, LOGINS[2]).unit, *boards[:3], world.unit("760", "office")])
    made = []
    for number, (unit, stage) in enumerate(zip(units, cycle(_STAGES), strict=False)):
        if number == COUNT:
            break
        letter = from_topic(world, unit, "outgoing", rhythm.working_day_after(TODAY, -2 - number % 9))
        letter.is_fixed, letter.state = True, "ready" if stage == "ready" else "draft"
        letter.issuer = unit.organ
        if number % 3 == 0 and unit.organ is office:
            letter.drafter = seat(world, LOGINS[2])
        leaders = heads(unit.organ)
        letter.signer = leaders[0].name if leaders else ""
        made.append(letter)
    return made


def write(world: World, drafts: list[Letter]) -> None:
    """Các bản và quá trình của ``drafts`` (đã có mã), rồi mẫu và đường trình ký."""
    with apart(world):
        _write(world, drafts)


@contextmanager
def apart(world: World) -> Iterator[None]:
    """Phần này không làm đổi những gì phần khác của thế giới bốc được."""
    kept = world.rng.getstate()
    try:
        yield
    finally:
        world.rng.setstate(kept)


def _write(world: World, drafts: list[Letter]) -> None:
    documents = Document.objects.in_bulk([letter.id for letter in drafts])
    works = []
    for number, (letter, stage) in enumerate(zip(drafts, cycle(_STAGES), strict=False)):
        drafter = letter.drafter or next(iter(letter.book.seats))
        works.append(Work(letter, stage, documents[letter.id], drafter, letter.at, 1 + number % 3))
    for number, work in enumerate(works):
        _dress(world, work, spoiled=number < _SPOILED)
        _versions(world, work)
    Document.objects.bulk_update(documents.values(), ["addressees", "receivers", "authority", "signer_position", "in_approval", "return_reason"])
    for number, work in enumerate(works):
        _STEPS[work.stage](world, work, number)
    Document.objects.bulk_update(documents.values(), ["in_approval", "return_reason"])
    _templates(world)


def _dress(world: World, work: Work, *, spoiled: bool) -> None:
    """Các ô in trên giấy; ``spoiled``: đề ký sai thể thức của Đảng."""
    document, organ = work.document, work.letter.book.organ
    leaders = heads(organ)
    document.signer_position = leaders[0].title.upper() if leaders else ""
    document.authority = "KT. TRƯỞNG BAN" if spoiled else ""
    if work.letter.type == "cong-van":
        document.addressees = f"Các cơ quan tham mưu, giúp việc {organ.committee.call}"
    document.receivers = "Như trên,\nLưu Văn phòng." if work.letter.type == "cong-van" else "Thường trực (để báo cáo),\nLưu Văn phòng."


def _versions(world: World, work: Work) -> None:
    unit, day = work.letter.book, work.letter.day
    said = speech(world, unit, day)
    opening = world.speaker.say(world.rng.choice(bodies.OPENINGS), said, day)
    pattern = bodies.BODIES.get(work.letter.type, bodies.LETTER)
    lines = [world.speaker.say(text.replace("{mo_dau}", opening), said, day) for text in pattern]
    rows = []
    for number in range(1, work.versions + 1):
        body = list(lines[: max(3, len(lines) - (work.versions - number) * 2)])
        if number > 1:
            body.insert(len(body) - 1, bodies.REWRITTEN)
        work.saved_at = min(work.letter.at + timedelta(days=number - 1, minutes=25 * number), MORNING - timedelta(minutes=90))
        note = ("", "Bổ sung phần tổ chức thực hiện", "Tiếp thu góp ý của phòng")[number - 1]
        rows.append(DraftVersion(
            document=work.document, number=number, body="\n".join(body), note=note, author_id=work.drafter.person_id, saved_at=work.saved_at,
        ))  # fmt: skip
    DraftVersion.objects.bulk_create(rows)


def _composing(world: World, work: Work, number: int) -> None:
    """Đang soạn: chỉ có các bản."""


def _consulting(world: World, work: Work, number: int) -> None:
    _ask(world, work, number, is_open=True)


def _consulted(world: World, work: Work, number: int) -> None:
    _ask(world, work, number, is_open=False)


def _ask(world: World, work: Work, number: int, *, is_open: bool) -> None:
    """Hỏi các ban cùng cấp; còn mở thì vài nơi chưa trả lời, có nơi đã quá hạn."""
    asked_at = _later(work, 2)
    due = datetime.combine(rhythm.working_day_after(TODAY, number % 4 - 1 if is_open else -1), datetime.min.time(), MORNING.tzinfo)
    request = OpinionRequest.objects.create(
        document=work.document, version=work.versions, due_at=due.replace(hour=17), asked_at=asked_at, asked_by_id=work.drafter.person_id,
        question="Đề nghị cho ý kiến về nội dung và thời hạn giao các đơn vị.", state="open" if is_open else "closed",
        closed_at=None if is_open else MORNING - timedelta(hours=2),
    )  # fmt: skip
    committee = work.letter.book.committee
    places = [unit for unit in committee.agencies if unit is not work.letter.book.organ and unit.seats][:5]
    rows = []
    for place, unit in enumerate(places):
        opinion = Opinion(request=request, document=work.document, to_unit_id=unit.id)
        stance, remark = bodies.OPINIONS[(place + number) % len(bodies.OPINIONS)]
        if not (is_open and place % 2 == 0):
            head = heads(unit)[0]
            opinion.state, opinion.remark, opinion.answered_by_id = stance, remark, head.person_id
            opinion.answered_at = min(asked_at + timedelta(hours=5 + place), MORNING - timedelta(minutes=20))
        elif number % 2:
            opinion.reminders, opinion.reminded_at = 1, MORNING - timedelta(hours=16)
        rows.append(opinion)
    if not is_open and rows:
        rows[-1].state, rows[-1].answered_at, rows[-1].answered_by_id, rows[-1].remark = "none", None, None, ""
    if is_open and committee is world.unit("79"):
        leader = seat(world, LOGINS[4])
        rows.append(Opinion(request=request, document=work.document, to_unit_id=leader.unit.id, to_person_id=leader.person_id))
    Opinion.objects.bulk_create(rows)


def _appraising(world: World, work: Work, number: int) -> None:
    _appraise(world, work, 1, "waiting")


def _must_fix(world: World, work: Work, number: int) -> None:
    _appraise(world, work, 1, "must_fix")
    work.document.return_reason = "Rà lại số liệu và bổ sung cơ quan chủ trì từng việc."


def _second_round(world: World, work: Work, number: int) -> None:
    _appraise(world, work, 1, "must_fix", answered=True)
    _appraise(world, work, 2, "waiting")


def _appraise(world: World, work: Work, number: int, state: str, *, answered: bool = False) -> None:
    office = work.letter.book.committee.agency("office") or work.letter.book.organ
    head = heads(office)[0]
    done = state != "waiting"
    asked_at = _later(work, 3 * number)
    row = Appraisal.objects.create(
        document=work.document, number=number, version=work.versions, by_unit_id=office.id, state=state, asked_at=asked_at,
        asked_by_id=work.drafter.person_id, conclusion="Rà lại số liệu và bổ sung cơ quan chủ trì từng việc." if done else "",
        concluded_by_id=head.person_id if done else None, concluded_at=asked_at + timedelta(minutes=50) if done else None,
    )  # fmt: skip
    body = DraftVersion.objects.get(document=work.document, number=work.versions).body.split("\n")
    if done:
        AppraisalRemark.objects.bulk_create(
            AppraisalRemark(
                appraisal=row, paragraph=place, quote=body[place - 1][:300], text=world.rng.choice(bodies.REMARKS), author_id=head.person_id,
                made_at=asked_at + timedelta(minutes=20 + place), state="answered" if answered else "open",
                answer="Đã tiếp thu, bổ sung tại bản mới." if answered else "", answered_by_id=work.drafter.person_id if answered else None,
                answered_at=asked_at + timedelta(hours=1) if answered else None,
            )
            for place in (2, 3) if place <= len(body)
        )  # fmt: skip


def _approving(world: World, work: Work, number: int) -> None:
    _chain(world, work, done=number % 2)


def _signing(world: World, work: Work, number: int) -> None:
    _chain(world, work, done=99)


def _returned(world: World, work: Work, number: int) -> None:
    reason = bodies.RETURNS[number % len(bodies.RETURNS)]
    _chain(world, work, done=1, ending="returned", reason=reason)
    work.document.return_reason = reason


def _ready(world: World, work: Work, number: int) -> None:
    _chain(world, work, done=99, ending="approved")


def _chain(world: World, work: Work, *, done: int, ending: str = "running", reason: str = "") -> None:
    """Lãnh đạo đơn vị, chánh văn phòng ký nháy, người đứng đầu cơ quan (hay Thường trực) ký. ``done``: mấy bậc đã qua."""
    seats = list(_signers(world, work))
    started = _later(work, 2)
    row = Approval.objects.create(
        document=work.document, number=1, version=work.versions, started_by_id=work.drafter.person_id, started_at=started, state=ending,
        ended_at=None if ending == "running" else _after(started, 5 * len(seats)), note="Kính trình các đồng chí xem xét.",
    )  # fmt: skip
    passed = len(seats) if ending == "approved" else min(done, len(seats) - 1)
    steps = []
    for order, (kind, who) in enumerate(seats, start=1):
        step = ApprovalStep(approval=row, document=work.document, order=order, kind=kind, unit_id=who.unit.id, person_id=who.person_id)
        opened = _after(started, 4 * (order - 1))
        if order <= passed:
            step.state, step.version, step.opened_at = "approved", work.versions, opened
            step.acted_by_id, step.acted_at = who.person_id, _after(opened, 3)
        elif order == passed + 1 and ending == "returned":
            step.state, step.note, step.opened_at = "returned", reason, opened
            step.acted_by_id, step.acted_at = who.person_id, _after(opened, 3)
        elif order == passed + 1:
            step.state, step.opened_at = "waiting", opened
        else:
            step.state = "cancelled" if ending == "returned" else "pending"
        steps.append(step)
    ApprovalStep.objects.bulk_create(steps)
    work.document.in_approval = ending == "running"


def _signers(world: World, work: Work) -> Iterator[tuple[str, Seat]]:
    organ = work.letter.book.organ
    office = organ.committee.agency("office")
    seen: set[int] = set()
    last = (heads(organ.committee) if work.stage == "signing" else heads(organ)) or heads(organ)
    if work.stage == "signing" and organ.committee is world.unit("79"):
        last = [seat(world, LOGINS[4])]
    for unit in (work.letter.book, office):
        for who in heads(unit)[:1] if unit else ():
            if who.person_id not in {last[0].person_id, *seen}:
                seen.add(who.person_id)
                yield "initial", who
    yield "sign", last[0]


def _templates(world: World) -> None:
    """Mẫu dùng chung của Thành ủy và của hai văn phòng; đề án phải qua đủ ba bậc."""
    for organ in (world.unit("79", "office"), world.unit("760", "office")):
        keeper = next((s for s in organ.seats if s.role == "clerk"), organ.seats[0])
        for kind, name, summary, body, receivers in bodies.TEMPLATES:
            template = DraftTemplate.objects.create(organ_id=organ.id, type_id=world.types[kind][0], name=name)
            TemplateVersion.objects.create(
                template=template, number=1, summary=summary, body=body, receivers=receivers, author_id=keeper.person_id,
                saved_at=MORNING - timedelta(days=120),
            )  # fmt: skip
        ApprovalPath.objects.create(
            organ_id=organ.id, type_id=world.types["de-an"][0], groups=[["unit_head"], ["office_head"], ["signer"]], is_required=True,
            set_at=MORNING - timedelta(days=120),
        )  # fmt: skip


def heads(unit: Unit | None) -> list[Seat]:
    return sorted((s for s in unit.seats if s.rank <= 2), key=lambda s: s.rank) or unit.seats[:1] if unit else []


def _later(work: Work, hours: int) -> datetime:
    return _after(work.saved_at, hours)


def _after(moment: datetime, hours: int) -> datetime:
    """Không bao giờ sau sáng nay: thế giới mẫu mở ra lúc 7 giờ 30."""
    return min(moment + timedelta(hours=hours), MORNING - timedelta(minutes=max(1, 60 - hours * 3)))


_STEPS = {
    "composing": _composing, "consulting": _consulting, "consulted": _consulted, "appraising": _appraising, "must_fix": _must_fix,
    "second_round": _second_round, "approving": _approving, "signing": _signing, "returned": _returned, "ready": _ready,
}  # fmt: skip
