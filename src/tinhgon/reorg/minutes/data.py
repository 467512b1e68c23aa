"""Dữ liệu của một biên bản bàn giao, chưa có hình thức. Mỗi phần vài câu SQL, không phụ thuộc số mục."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason, Refused
from tinhgon.engine.formats import format_date
from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org import holdings
from tinhgon.org.heading import organ_lines, place_and_date
from tinhgon.org.holdings import ledger_hash_sql
from tinhgon.org.models import Appointment, Kind, LedgerRow, PlanRow
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.org.selectors.units import UnitAt, unit_at, units_at
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.selectors.inventory import titles_of

_PEOPLE = "org.appointment"
_State = Reorganisation.State
_HANDED_OVER = (_State.APPLIED, _State.UNDOING, _State.UNDONE, _State.CLOSED)
_MARK = " · "  # tên mục viết "số, ký hiệu · trích yếu" (title_sql của từng loại)


@dataclass(frozen=True, slots=True)
class Party:
    """Một bên: tên đơn vị, người đứng đầu và chức vụ (rỗng khi không có trong hệ thống: chừa chỗ ghi tay)."""

    unit_id: int
    name: str
    head: str
    post: str


@dataclass(frozen=True, slots=True)
class Total:
    """Một dòng tổng hợp: loại mục, bên nhận, số mục chuyển, gộp, khóa."""

    kind: str
    receiver: str
    moved: int
    joined: int
    closed: int


@dataclass(frozen=True, slots=True)
class Line:
    """Một mục. ``mark``: số, ký hiệu (có thể rỗng). ``note``: gộp, đã trả lại..."""

    mark: str
    title: str
    receiver: str
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """Các mục cùng loại của một bên nhận; ``first``: số thứ tự của mục đầu trong loại."""

    receiver: str
    first: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Một loại trong phụ lục."""

    label: str
    items: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Một người: chức danh cũ, nơi nhận, chức danh mới."""

    name: str
    post: str
    receiver: str
    new_post: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Một thứ ngoài hệ thống: nhóm, tên, số lượng, bên nhận, tình trạng."""

    category: str
    description: str
    quantity: str
    receiver: str
    note: str


@dataclass(frozen=True)
class Minutes:
    """Biên bản của một đơn vị giao. ``seal``: mã đối chiếu, băm các dòng sổ cái của đơn vị này; ``undone``: câu nói đã hoàn tác."""

    superior: str
    organ: str
    symbol: str
    place_and_date: str
    subject: str
    decree: str
    reorganisation: str
    effective: str
    giver: Party
    receivers: tuple[Party, ...]
    totals: tuple[Total, ...]
    items: int
    sections: tuple[Section, ...]
    books: tuple[Line, ...]
    people: tuple[Transfer, ...]
    outside: tuple[Outside, ...]
    seal: str
    undone: str


def minutes_data(reorg: Reorganisation, unit_id: int, *, on: date) -> Minutes:
    """Biên bản của đơn vị ``unit_id``, ghi ngày ``on``. Tên đơn vị giao lấy ở ngày trước hiệu lực, bên nhận ở ngày hiệu lực.

    Mục mật chỉ ghi là có, không bao giờ ghi tên: biên bản đi qua nhiều tay hơn sổ mật.
    """
    if reorg.state not in _HANDED_OVER:
        raise Refused(Reason("reorg.no_minutes", _("Chưa chuyển giao nên chưa có biên bản bàn giao.")))
    eve = reorg.effective_on - timedelta(days=1)
    giver = unit_at(unit_id, on=eve)
    rows = _rows(reorg, unit_id)
    outside = list(reorg.plain_holdings.filter(unit=unit_id).select_related("receiver").order_by("category", "pk"))
    if giver is None or not (rows or outside or reorg.successions.filter(predecessor=unit_id).exists()):
        raise NotFound(Reason("reorg.not_giver", _("Đơn vị này không bàn giao gì trong lần sắp xếp.")))
    receiver_ids = [row.to_unit_id for row in rows if row.to_unit_id] + [p.receiver_id for p in outside if p.receiver_id]
    receivers = units_at(receiver_ids, on=reorg.effective_on)
    names = {unit: found.name for unit, found in receivers.items()}
    above = units_at([giver.parent_id], on=eve).get(giver.parent_id) if giver.parent_id else None
    committee = giver if giver.kind == Kind.COMMITTEE or above is None else above
    superior, organ = organ_lines(giver, above)
    work = [row for row in rows if row.kind != _PEOPLE]
    lines = _lines(reorg, unit_id, work, names)
    return Minutes(
        superior=superior,
        organ=organ,
        symbol=giver.symbol,
        place_and_date=place_and_date(committee, on),
        subject=_("bàn giao công việc, hồ sơ, tài liệu của %(unit)s") % {"unit": giver.name},
        decree=reorg.handover.decree,
        reorganisation=reorg.name,
        effective=format_date(reorg.effective_on),
        giver=_parties([giver], eve)[0],
        receivers=tuple(_parties(sorted(receivers.values(), key=lambda u: _place(u.name)), reorg.effective_on)),
        totals=_totals(rows, names),
        items=len(rows),
        sections=_sections(work, lines),
        books=tuple(lines[row.pk] for row in work if row.outcome == Outcome.CLOSE),
        people=_people([row for row in rows if row.kind == _PEOPLE], names),
        outside=tuple(
            Outside(p.get_category_display(), p.description, p.quantity, names.get(p.receiver_id or 0, ""), p.note)
            for p in outside
        ),
        seal=_seal(reorg, unit_id),
        undone=_undone(reorg),
    )


def _rows(reorg: Reorganisation, unit_id: int) -> list[LedgerRow]:
    return list(
        LedgerRow.objects.filter(handover=reorg.handover_id, direction=Direction.APPLY, from_unit=unit_id).order_by("pk")
    )


def _parties(units: Iterable[UnitAt], on: date) -> list[Party]:
    """Người đứng đầu: giữ vị trí thứ bậc 1 của đơn vị ngày ``on``; nhiều người thì phân công chính, có trước."""
    chosen = list(units)
    heads = (
        Appointment.objects.filter(post__unit__in=[u.id for u in chosen], post__rank=1, post__is_pool=False, valid__contains=on)
        .select_related("person", "post").order_by("is_main", "-pk")
    )  # fmt: skip
    by_unit = {head.post.unit_id: head for head in heads}
    return [
        Party(u.id, u.name, by_unit[u.id].person.full_name, by_unit[u.id].post.title) if u.id in by_unit else Party(u.id, u.name, "", "")
        for u in chosen
    ]


def _totals(rows: list[LedgerRow], names: dict[int, str]) -> tuple[Total, ...]:
    counted: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counted[row.kind, row.to_unit_id or 0][row.outcome] += 1
    ordered = sorted(counted, key=lambda key: (holdings.holding(key[0]).order, key[0], _place(names.get(key[1], ""))))
    return tuple(
        Total(
            str(holdings.holding(kind).label), names.get(unit, ""), counted[kind, unit][Outcome.MOVE] + counted[kind, unit][Outcome.OPEN],
            counted[kind, unit][Outcome.JOIN], counted[kind, unit][Outcome.CLOSE],
        )
        for kind, unit in ordered
    )  # fmt: skip


def _lines(reorg: Reorganisation, unit_id: int, rows: list[LedgerRow], names: dict[int, str]) -> dict[int, Line]:
    """Dòng sổ cái -> dòng in."""
    titles = titles_of([(row.kind, row.item_id) for row in rows])
    secret = set(
        PlanRow.objects.filter(handover=reorg.handover_id, direction=Direction.APPLY, from_unit=unit_id, secrecy__gt=0)
        .values_list("kind", "item_id")
    )  # fmt: skip
    later = _moved_later(reorg)
    found = {}
    for row in rows:
        key = (row.kind, row.item_id)
        title = _("Tài liệu mật (theo danh mục riêng)") if key in secret else titles.get(key, "")
        mark, _dot, rest = title.partition(_MARK)
        notes = [_("gộp")] if row.outcome == Outcome.JOIN else []
        notes += [later[key]] if key in later else []
        found[row.pk] = Line(mark if rest else "", rest or mark, names.get(row.to_unit_id or 0, ""), ", ".join(notes))
    return found


def _moved_later(reorg: Reorganisation) -> dict[tuple[str, int], str]:
    """(loại, mục) -> lời ghi cho các mục được trả lại riêng sau chuyển giao (``reorg.services.give_back``, đợt số âm)."""
    rows = list(LedgerRow.objects.filter(handover=reorg.handover_id, direction=Direction.UNDO, batch__lt=0).order_by("pk"))
    names = units_at([row.to_unit_id for row in rows if row.to_unit_id], on=reorg.effective_on)
    return {
        (row.kind, row.item_id): _("sau đó chuyển %(unit)s") % {"unit": names[row.to_unit_id].name}
        for row in rows
        if row.to_unit_id in names
    }


def _sections(rows: list[LedgerRow], lines: dict[int, Line]) -> tuple[Section, ...]:
    """Phụ lục: mỗi loại một phần, trong phần theo bên nhận rồi số, ký hiệu. Sổ khóa có bảng riêng trong thân."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        if row.outcome != Outcome.CLOSE:
            grouped[row.kind].append(lines[row.pk])
    kinds = sorted(grouped, key=lambda kind: (holdings.holding(kind).order, kind))
    return tuple(Section(str(holdings.holding(kind).label), len(grouped[kind]), _groups(grouped[kind])) for kind in kinds)


def _groups(lines: list[Line]) -> tuple[Group, ...]:
    by_receiver: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_receiver[line.receiver].append(line)
    groups, first = [], 1
    for receiver in sorted(by_receiver, key=_place):
        ordered = sorted(by_receiver[receiver], key=lambda line: (_place(line.mark), line.title))
        groups.append(Group(receiver, first, tuple(ordered)))
        first += len(ordered)
    return tuple(groups)


def _people(rows: list[LedgerRow], names: dict[int, str]) -> tuple[Transfer, ...]:
    ids = [row.item_id for row in rows]
    before = Appointment.objects.select_related("person", "post").in_bulk(ids)
    after = {a.moved_from_id: a for a in Appointment.objects.filter(moved_from__in=ids).select_related("post").order_by("-pk")}
    found = [
        (
            before[row.item_id].person.name_key,
            Transfer(
                before[row.item_id].person.full_name, before[row.item_id].post.title, names.get(row.to_unit_id or 0, ""),
                _("gộp vào phân công chính") if row.outcome == Outcome.JOIN else after[row.item_id].post.title if row.item_id in after else "",
            ),
        )
        for row in rows
        if row.item_id in before
    ]  # fmt: skip
    return tuple(transfer for _key, transfer in sorted(found, key=lambda pair: pair[0]))


def _seal(reorg: Reorganisation, unit_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ledger_hash_sql('l')} FROM org_ledger_row l WHERE handover_id = %s AND direction = 'apply' AND from_unit_id = %s",
            [reorg.handover_id, unit_id],
        )
        return str(cursor.fetchone()[0])


def _undone(reorg: Reorganisation) -> str:
    if reorg.state != Reorganisation.State.UNDONE or reorg.undo_on is None:
        return ""
    return _("Lần sắp xếp này đã hoàn tác từ ngày %(day)s; biên bản chỉ để lưu.") % {"day": format_date(reorg.undo_on)}


def _place(text: str) -> str:
    """Khóa xếp: bảng chữ cái tiếng Việt, số theo độ lớn ("09-CV" trước "12-CV", "Phường 2" trước "Phường 10")."""
    return sort_key(re.sub(r"\d+", lambda number: number.group().zfill(6), text))
