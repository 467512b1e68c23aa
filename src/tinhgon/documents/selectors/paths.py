"""Đường trình ký: của tên loại nào ở cơ quan nào, và ai đứng ở từng bậc hôm nay."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tinhgon.documents.minutes_access import MINUTES
from tinhgon.documents.models import ApprovalPath, ApprovalStep, Document
from tinhgon.documents.selectors.joint import joint_of
from tinhgon.org.models import Kind
from tinhgon.org.rights import RIGHTS, SEES_WHOLE_UNIT, Verb
from tinhgon.org.selectors import people
from tinhgon.org.selectors.people import DirectoryLine
from tinhgon.org.selectors.units import UnitAt, open_children, path

Role = ApprovalPath.PathRole
Kinds = ApprovalStep.Kind

USUAL: list[list[str]] = [[Role.UNIT_HEAD], [Role.OFFICE_HEAD], [Role.SIGNER]]
"""Gợi ý khi cơ quan chưa đặt đường nào."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Một chỗ trong đường trình ký: bậc, việc, người ở đơn vị; ``person_id`` trống: lãnh đạo đơn vị. ``joint_id``: ký liên tịch cho cơ quan nào."""

    order: int
    kind: str
    unit_id: int
    person_id: int | None
    joint_id: int | None = None


def issuing_organ(document: Document, *, on: date) -> UnitAt | None:
    """Cơ quan sẽ đứng tên: đã chọn, hay cơ quan gần nhất chứa đơn vị soạn."""
    chain = path(document.issuer_id or document.holder_id, on=on)
    return next((unit for unit in reversed(chain) if unit.is_organ), chain[-1] if chain else None)


def path_for(document: Document, *, on: date) -> ApprovalPath | None:
    """Đường của cơ quan đứng tên: riêng cho tên loại thắng đường chung, bắt buộc thắng tùy chọn, mới thắng cũ."""
    organ = issuing_organ(document, on=on)
    found = ApprovalPath.objects.filter(organ=organ.id if organ else None, is_active=True)
    fitting = [row for row in found if row.type_id in (None, document.type_id)]
    return max(fitting, key=lambda row: (row.type_id is not None, row.is_required, row.pk), default=None)


def proposed_seats(document: Document, *, on: date) -> list[Seat]:
    """Các chỗ theo đường đã đặt (hay đường thường dùng), với người đang giữ vị trí hôm nay; chỗ trùng người bậc sau thì bỏ."""
    found = path_for(document, on=on)
    is_minutes = document.type.code == MINUTES
    groups = found.groups if found else ([[Role.SIGNER]] if is_minutes else USUAL)
    seats = [seat for order, group in enumerate(groups, start=1) for role in group for seat in _seat(document, role, order, on)]
    if is_minutes:
        seats = [one for seat in seats for one in _both_signatures(document, seat, on)]
    seats = _with_joint(document, seats, on)
    later: set[tuple[int, int | None]] = set()
    kept = []
    for seat in reversed(seats):
        if (seat.unit_id, seat.person_id) not in later:
            kept.append(seat)
            later.add((seat.unit_id, seat.person_id))
    return [seat for seat in reversed(kept) if seat.person_id is None or seat.person_id != document.drafter_id or seat.kind in (Kinds.SIGN, Kinds.RECORD, Kinds.JOINT)]


def leaders_of(*unit_ids: int, on: date) -> list[DirectoryLine]:
    """Người ký được cho một cơ quan cùng ban hành: lãnh đạo của chính cơ quan ấy ngày ``on``."""
    found = [line for line in people.people_of(unit_ids, on=on) if not line.is_pool]
    return [line for line in found if line.role in SEES_WHOLE_UNIT and Verb.ROUTE in RIGHTS[line.role]]


def may_stand(document: Document, kind: str, unit_id: int, *, on: date) -> list[DirectoryLine]:
    """Ai đứng được vào một bước ``kind`` đang ở ``unit_id``, theo phân công ngày ``on``; mỗi người một lần.

    Ký liên tịch: lãnh đạo của cơ quan ấy. Ký văn bản: lãnh đạo của cơ quan đứng tên, của cấp ủy của nó hay của nơi soạn, như quyền ``sign``. Duyệt: lãnh đạo, thêm đơn vị
    của bước và văn phòng. Ký nháy, ghi biên bản: mọi người của các đơn vị ấy. Người soạn không tự ký nháy, tự duyệt.
    """
    if kind == Kinds.JOINT:
        return leaders_of(unit_id, on=on)
    known = _organ_people(document, on)
    if kind != Kinds.SIGN:
        office = office_of(document.holder_id, on=on)
        known += [line for line in people.people_of([unit_id, *([office] if office else [])], on=on) if not line.is_pool]
    if kind in (Kinds.SIGN, Kinds.APPROVE):
        known = [line for line in known if line.role in SEES_WHOLE_UNIT and Verb.ROUTE in RIGHTS[line.role]]
    if kind in (Kinds.INITIAL, Kinds.APPROVE):
        known = [line for line in known if line.person_id != document.drafter_id]
    once: dict[int, DirectoryLine] = {}
    for line in known:
        if Verb.DRAFT in RIGHTS[line.role]:
            once.setdefault(line.person_id, line)
    return list(once.values())


def _seat(document: Document, role: str, order: int, on: date) -> Iterator[Seat]:
    if role == Role.UNIT_HEAD:
        yield from _headed(document.holder_id, order, Kinds.INITIAL, on)
    elif role == Role.OFFICE_HEAD:
        office = office_of(document.holder_id, on=on)
        if office is not None:
            yield from _headed(office, order, Kinds.INITIAL, on)
    else:
        signer = _signer(document, on)
        if signer is not None:
            yield Seat(order, Kinds.SIGN, signer.unit_id, signer.person_id)


def _both_signatures(document: Document, seat: Seat, on: date) -> Iterator[Seat]:
    """Biên bản: người ghi (ghi trên dự thảo, không thì người soạn) ký ngay trước người chủ trì."""
    if seat.kind != Kinds.SIGN:
        yield seat
        return
    known = _organ_people(document, on)
    named = [line for line in known if line.full_name == document.recorder_name]
    recorder = next(iter(named), None) or next((line for line in known if line.person_id == document.drafter_id), None)
    if recorder is not None:
        yield Seat(seat.order, Kinds.RECORD, recorder.unit_id, recorder.person_id)
    yield Seat(seat.order + 1, Kinds.SIGN, seat.unit_id, seat.person_id)


def _with_joint(document: Document, seats: list[Seat], on: date) -> list[Seat]:
    """Người ký của từng cơ quan cùng ban hành, lần lượt, ngay trước người ký của cơ quan chủ trì."""
    organs = [(one.row, one.unit.id) for one in joint_of(document, on=on) if one.unit]
    if not organs or not seats or seats[-1].kind != Kinds.SIGN:
        return seats
    heads = people.heads_of([unit for _row, unit in organs], on=on)
    last, joint = seats[-1], []
    for place, (row, unit) in enumerate(organs):
        known = {line.person_id for line in leaders_of(unit, on=on)}
        head = heads.get(unit)
        person = row.person_id if row.person_id in known else head.person_id if head else None
        joint.append(Seat(last.order + place, Kinds.JOINT, unit, person, row.pk))
    return [*seats[:-1], *joint, replace(last, order=last.order + len(joint))]


def _headed(unit_id: int, order: int, kind: str, on: date) -> Iterator[Seat]:
    head = people.heads_of([unit_id], on=on).get(unit_id)
    yield Seat(order, kind, unit_id, head.person_id if head else None)


def office_of(unit_id: int, *, on: date) -> int | None:
    """Văn phòng thẩm định cho một đơn vị: chính nó hay cơ quan chứa nó nếu là văn phòng, không thì văn phòng của cấp ủy gần nhất."""
    for step in reversed(path(unit_id, on=on)):
        if step.kind == Kind.OFFICE:
            return step.id
        office = next((child for child in open_children(step.id, on=on) if child.kind == Kind.OFFICE), None)
        if office is not None:
            return office.unit_id
    return None


def _signer(document: Document, on: date) -> DirectoryLine | None:
    """Người ký ghi trên dự thảo, tìm theo tên trong cơ quan đứng tên và cấp ủy của nó; không thấy thì người đứng đầu cơ quan."""
    organ = issuing_organ(document, on=on)
    if organ is None:
        return None
    named = [line for line in _organ_people(document, on) if line.full_name == document.signer_name]
    return next(iter(named), None) or people.heads_of([organ.id], on=on).get(organ.id)


def _organ_people(document: Document, on: date) -> list[DirectoryLine]:
    """Người của cơ quan đứng tên, của cấp ủy của nó, và của nơi soạn."""
    organ = issuing_organ(document, on=on)
    chain = [step.id for step in path(organ.id, on=on)][-2:] if organ else []
    return [line for line in people.people_of([*chain, document.holder_id], on=on) if not line.is_pool]
