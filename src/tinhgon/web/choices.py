"""Đơn vị để chọn trong ô: quanh một đơn vị, chia nhóm, tên theo hôm nay."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.engine.formats import day_said
from tinhgon.engine.vietnamese import given_name_key, sort_key
from tinhgon.org.models import Kind
from tinhgon.org.selectors import people, succession
from tinhgon.org.selectors import units as unit_reads
from tinhgon.org.selectors.standing_in import Absence, absences

Grouped = list[tuple[str, list[tuple[int, str]]]]


def receivers(unit_id: int, *, on: date) -> Grouped:
    """Nơi có thể nhận từ ``unit_id``: cơ quan cùng cấp ủy, cấp ủy trực thuộc, phòng bên trong, cấp trên. Trừ chính nó."""
    chain = unit_reads.path(unit_id, on=on)
    organs: dict[int, str] = {}
    committees: dict[int, str] = {}
    rooms: dict[int, str] = {}
    for step in chain:
        for child in unit_reads.open_children(step.id, on=on):
            group = committees if child.kind == Kind.COMMITTEE else organs if child.is_organ else rooms
            group[child.unit_id] = child.name
    above = {step.id: step.name for step in chain}
    named = [
        (_("Cơ quan tham mưu, giúp việc"), organs),
        (_("Cấp ủy trực thuộc"), committees),
        (_("Phòng, bộ phận bên trong"), rooms),
        (_("Cấp trên"), above),
    ]
    seen: set[int] = {unit_id}
    grouped: Grouped = []
    for label, found in named:
        fresh = [(unit, name) for unit, name in found.items() if unit not in seen]
        seen |= {unit for unit, _name in fresh}
        if fresh:
            grouped.append((label, fresh))
    return grouped


def below(unit_id: int, *, on: date) -> Grouped:
    """Nơi bên dưới ``unit_id`` để chuyển xuống: phòng, cơ quan, cấp ủy trực thuộc, mọi bậc; rỗng khi không có."""
    found = unit_reads.units_at(unit_reads.descendants([unit_id], on=on) - {unit_id}, on=on)
    named = [
        (_("Phòng, bộ phận bên trong"), [u for u in found.values() if not u.is_organ]),
        (_("Cơ quan tham mưu, giúp việc"), [u for u in found.values() if u.is_organ and u.kind != Kind.COMMITTEE]),
        (_("Cấp ủy trực thuộc"), [u for u in found.values() if u.kind == Kind.COMMITTEE]),
    ]
    return [(label, sorted(((u.id, u.name) for u in units), key=lambda pair: sort_key(pair[1]))) for label, units in named if units]


def addressees(unit_ids: Iterable[int], *, on: date) -> Grouped:
    """Nơi nhận ghi trên văn bản đến: đơn vị mình giữ sổ, và các đơn vị đã kết thúc mà mình nhận thay."""
    mine = sorted(set(unit_ids))
    before = {step.predecessor_id for unit in mine for step in succession.ancestors(unit, on=on)}
    units = unit_reads.units_at({*mine, *before}, on=on)
    own = [(unit, units[unit].name) for unit in mine if unit in units and units[unit].is_organ]
    gone = sorted(((u, units[u].name) for u in before if not units[u].is_open), key=lambda pair: sort_key(pair[1]))
    grouped: Grouped = [(_("Đơn vị của tôi"), own)]
    return grouped + ([(_("Đã kết thúc, nhận thay"), gone)] if gone else [])


def colleagues(unit_ids: Iterable[int], *, on: date) -> list[tuple[int, str]]:
    """Người của các đơn vị, kèm chức danh, mỗi người một lần."""
    found = {line.person_id: line for line in reversed(people.people_of(unit_ids, on=on))}
    return people_said(sorted(found.values(), key=lambda line: given_name_key(line.full_name)), on=on)


def people_said(lines: Sequence[people.DirectoryLine], *, on: date) -> list[tuple[int, str]]:
    """Họ tên, chức danh; ai đang vắng thì nói tới ngày nào, ai làm thay, để người chọn biết trước. Thêm một câu SQL."""
    away = absences((line.person_id for line in lines), on=on)
    return [(line.person_id, _said(line, away.get(line.person_id))) for line in lines]


def _said(line: people.DirectoryLine, away: Absence | None) -> str:
    if away is None:
        return f"{line.full_name}, {line.title}"
    words = {"name": line.full_name, "title": line.title, "day": day_said(away.last_day), "stand_in": away.person}
    return _("%(name)s, %(title)s (vắng đến hết %(day)s, thay: %(stand_in)s)") % words
