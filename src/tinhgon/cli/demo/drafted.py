"""Văn bản đi đã ban hành cũng có quá trình soạn: các bản, thẩm định, trình ký, rồi mới có số. Đi ngược từ lúc ban hành."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tinhgon.cli.demo import rhythm
from tinhgon.cli.demo.drafting import apart, heads
from tinhgon.cli.demo.letters import Letter, speech
from tinhgon.cli.demo.text import bodies
from tinhgon.cli.demo.world import Seat, World
from tinhgon.documents.models import (
    Appraisal,
    AppraisalRemark,
    Approval,
    ApprovalStep,
    Document,
    DraftVersion,
)

MOST = 300
"""Mấy văn bản mới nhất của cả thế giới mẫu: đủ để mở văn bản nào gần đây cũng thấy, mà nạp không lâu."""
_KINDS = ("outgoing", "internal")


def write(world: World, letters: list[Letter]) -> list[Letter]:
    """Trả về các văn bản đã có quá trình, để ghi nhật ký."""
    with apart(world):
        chosen = _chosen(letters)
        documents = Document.objects.in_bulk([letter.id for letter in chosen])
        for letter in chosen:
            _one(world, letter, documents[letter.id])
        Document.objects.bulk_update(documents.values(), ["created_at"])
        return chosen


def _chosen(letters: list[Letter]) -> list[Letter]:
    able = [
        one for one in letters
        if one.direction in _KINDS and one.number and not one.secrecy and one.drafter and one.signer and _signer(one) is not None
    ]  # fmt: skip
    return sorted(able, key=lambda one: (one.at, one.id))[-MOST:]


def _signer(letter: Letter) -> Seat | None:
    return next((seat for seat in letter.book.seats if seat.name == letter.signer), None)


def _one(world: World, letter: Letter, document: Document) -> None:
    """Các lúc theo thứ tự: lập, lưu bản cuối, xin thẩm định, góp ý, tiếp thu, xong, kết luận, trình, ký từng bước."""
    assert letter.drafter is not None
    seats = list(_seats(letter))
    began = _working(letter.at - timedelta(days=world.rng.randint(2, 6), hours=world.rng.randint(0, 3)))
    moments = _moments(began, letter.at, 9 + len(seats))
    document.created_at = moments[0]
    count = 1 + (letter.number or 0) % 2
    _versions(world, letter, document, moments[1], moments[2], count)
    appraiser = _appraiser(letter)
    if appraiser is not None:
        _appraisal(world, letter, document, appraiser, moments[3:8], count)
    _round(letter, document, seats, moments[8:], count)


def _versions(world: World, letter: Letter, document: Document, first: datetime, last: datetime, count: int) -> None:
    said = speech(world, letter.book, letter.day)
    opening = world.speaker.say(world.rng.choice(bodies.OPENINGS), said, letter.day)
    lines = [
        world.speaker.say(text.replace("{mo_dau}", opening), said, letter.day) for text in bodies.BODIES.get(letter.type, bodies.LETTER)
    ]
    assert letter.drafter is not None
    for number in range(1, count + 1):
        body = lines if number == count else lines[: max(3, len(lines) - 2)]
        DraftVersion.objects.create(
            document=document, number=number, body="\n".join(body), author_id=letter.drafter.person_id,
            note="" if number == 1 else "Tiếp thu góp ý của phòng", saved_at=first if number == 1 else last,
        )  # fmt: skip


def _appraiser(letter: Letter) -> Seat | None:
    """Văn phòng của cấp ủy thẩm định; người soạn không tự thẩm định."""
    office = letter.book.committee.agency("office")
    return next((head for head in heads(office) if letter.drafter and head.person_id != letter.drafter.person_id), None)


def _appraisal(world: World, letter: Letter, document: Document, who: Seat, moments: list[datetime], version: int) -> None:
    assert letter.drafter is not None
    asked, made, answered, resolved, concluded = moments
    row = Appraisal.objects.create(
        document=document, number=1, version=version, by_unit_id=who.unit.id, state="passed", asked_at=asked,
        asked_by_id=letter.drafter.person_id, concluded_by_id=who.person_id, concluded_at=concluded, conclusion="Đủ điều kiện trình ký.",
    )  # fmt: skip
    if (letter.number or 0) % 3:
        return
    body = document.versions.get(number=version).body.split("\n")
    AppraisalRemark.objects.create(
        appraisal=row, paragraph=2, quote=body[1][:300], text=world.rng.choice(bodies.REMARKS), author_id=who.person_id, made_at=made,
        state="resolved", answer="Đã tiếp thu, chỉnh tại bản này.", answered_by_id=letter.drafter.person_id, answered_at=answered,
        resolved_at=resolved,
    )  # fmt: skip


def _round(letter: Letter, document: Document, seats: list[tuple[str, Seat]], moments: list[datetime], version: int) -> None:
    assert letter.drafter is not None
    approval = Approval.objects.create(
        document=document, number=1, version=version, started_by_id=letter.drafter.person_id, started_at=moments[0], state="approved",
        ended_at=moments[len(seats)], note="Kính trình các đồng chí xem xét.",
    )  # fmt: skip
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            approval=approval, document=document, order=order, kind=kind, unit_id=who.unit.id, person_id=who.person_id, state="approved",
            version=version, opened_at=moments[order - 1], acted_by_id=who.person_id, acted_at=moments[order],
        )
        for order, (kind, who) in enumerate(seats, start=1)
    )  # fmt: skip


def _seats(letter: Letter) -> Iterator[tuple[str, Seat]]:
    """Lãnh đạo nơi soạn và chánh văn phòng ký nháy, rồi người ký; không ai đứng hai bước, người soạn không tự ký nháy."""
    last = _signer(letter)
    assert last is not None
    assert letter.drafter is not None
    seen = {last.person_id, letter.drafter.person_id}
    for unit in (letter.drafter.unit, letter.book.committee.agency("office")):
        for who in heads(unit)[:1] if unit else ():
            if who.person_id not in seen:
                seen.add(who.person_id)
                yield "initial", who
    yield "sign", last


def _moments(first: datetime, last: datetime, count: int) -> list[datetime]:
    """``count`` lúc tăng dần trong giờ làm việc từ ``first``, lúc cuối vẫn trước ``last``."""
    found = [first]
    for place in range(1, count):
        moment = max(_working(first + (last - first) * place / count), found[-1] + timedelta(minutes=15))
        found.append(min(moment, last - timedelta(minutes=9 * (count - place))))
    return found


def _working(moment: datetime) -> datetime:
    """Đưa vào giờ làm việc của chính ngày ấy, hay của ngày làm việc ngay trước."""
    while not rhythm.is_working(moment.date()):
        moment -= timedelta(days=1)
    return moment if 7 <= moment.hour < 17 else moment.replace(hour=8 + moment.minute % 9)
