"""Vị trí nhận người: của đơn vị mới theo mẫu, của đơn vị đang có theo số ghế trống sau khi người đi. Mở chúng: ``reorg.placed``."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from tinhgon.org.models import Field, Function, Kind, Role, UnitVersion
from tinhgon.org.templates import PostTemplate
from tinhgon.reorg import plan, structure
from tinhgon.reorg.models import PlannedPost, Reorganisation

CLERICAL = "van-thu"
FREE_RANK = 5
"""Từ thứ bậc này là chuyên môn: nhiều ghế của một vị trí thì chia cho các lĩnh vực của đơn vị."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Lĩnh vực: mã số, tên, và chức năng nào thuộc lĩnh vực nào."""

    ids: dict[str, int]
    names: dict[int, str]
    of_function: dict[str, int]

    @classmethod
    def read(cls) -> "Fields":
        fields = list(Field.objects.order_by("pk"))
        return cls({f.code: f.pk for f in fields}, {f.pk: f.name for f in fields}, dict(Function.objects.values_list("code", "field_id")))


def draft(reorg: Reorganisation) -> list[PlannedPost]:
    """Danh sách vị trí nhận người từ mẫu và từ ghế trống của đơn vị đang có; thay danh sách cũ."""
    fields = Fields.read()
    return PlannedPost.objects.bulk_create([*_of_new_units(reorg, fields), *_of_open_units(reorg, fields)])


def _of_new_units(reorg: Reorganisation, fields: Fields) -> Iterator[PlannedPost]:
    for unit in reorg.planned_units.order_by("pk"):
        template = structure.template_of(unit)
        if template is None:
            continue
        held = [fields.of_function[code] for code in template.functions if code in fields.of_function]
        for post in template.posts:
            for title, field, seats in _shares(post, unit.kind, _by_weight(held), fields):
                yield PlannedPost(
                    reorganisation=reorg, unit_id=unit.unit_id, title=title, role=post.role, rank=post.rank,
                    clearance=post.clearance, seats=seats, field_id=field,
                )  # fmt: skip


def _shares(post: PostTemplate, kind: str, held: Sequence[int], fields: Fields) -> Iterator[tuple[str, int | None, int]]:
    """(chức danh, lĩnh vực, số ghế). Ghế chuyên viên chia lần lượt cho các lĩnh vực của đơn vị, trừ văn thư đã có ghế riêng."""
    if post.role != Role.SPECIALIST or post.seats < 2:
        yield post.title, field_of(kind, post.role, held, fields.ids), post.seats
        return
    open_to: list[int | None] = [field for field in held if field != fields.ids.get(CLERICAL)]
    chosen = open_to[: post.seats] or [None]
    for place, field in enumerate(chosen):
        seats = len(range(place, post.seats, len(chosen)))
        name = fields.names.get(field or 0, "")
        yield f"{post.title} {name[:1].lower()}{name[1:]}".strip(), field, seats


def field_of(kind: str, role: str, held: Sequence[int], ids: dict[str, int]) -> int | None:
    """Lĩnh vực của một vị trí. Lãnh đạo cấp ủy, và đơn vị không ghi chức năng: không thuộc lĩnh vực nào."""
    if kind == Kind.COMMITTEE or not held:
        return None
    clerical = ids.get(CLERICAL)
    return clerical if role == Role.CLERK and clerical in held else held[0]


def _by_weight(held: Sequence[int]) -> list[int]:
    """Lĩnh vực có nhiều chức năng đứng trước."""
    return sorted(dict.fromkeys(held), key=lambda field: (-held.count(field), field))


_FREE_SEATS = """
SELECT po.id, po.unit_id, po.title, po.role, po.rank, po.clearance,
       po.seats - count(a.id) FILTER (WHERE a.id IS NOT NULL AND NOT m.moving) AS free
FROM org_post po
LEFT JOIN org_appointment a ON a.post_id = po.id AND a.valid && daterange(%(on)s, NULL)
LEFT JOIN LATERAL (SELECT po.unit_id = ANY(%(giving)s) AND a.is_main AS moving) m ON true
WHERE po.unit_id = ANY(%(units)s) AND NOT po.is_pool AND upper_inf(po.valid) AND po.role <> 'administrator'
GROUP BY po.id ORDER BY po.unit_id, po.rank, po.id
"""


def _of_open_units(reorg: Reorganisation, fields: Fields) -> Iterator[PlannedPost]:
    units = receiving_open_units(reorg)
    kinds = dict(UnitVersion.objects.filter(unit__in=units, valid__contains=reorg.effective_on).values_list("unit_id", "kind"))
    held = fields_of_units(units, reorg)
    with connection.cursor() as cursor:
        cursor.execute(_FREE_SEATS, {"on": reorg.effective_on, "giving": plan.affected_units(reorg), "units": units})
        for post, unit, title, role, rank, clearance, free in cursor.fetchall():
            if free > 0:
                yield PlannedPost(
                    reorganisation=reorg, unit_id=unit, title=title, role=role, rank=rank, clearance=clearance, seats=free,
                    field_id=field_of(kinds.get(unit, ""), role, held.get(unit, ()), fields.ids), post_id=post, is_new=False,
                )  # fmt: skip


def receiving_open_units(reorg: Reorganisation) -> list[int]:
    """Đơn vị đang có mà nhận người: nơi kế thừa không phải đơn vị mới, và không kết thúc."""
    gone = {*structure.opened_units(reorg), *structure.closing_units(reorg)}
    edges = reorg.successions.exclude(type__in=["renamed", "moved"])
    return sorted(set(edges.values_list("successor_id", flat=True)) - gone)


def fields_of_units(units: Sequence[int], reorg: Reorganisation) -> dict[int, list[int]]:
    """Đơn vị -> các lĩnh vực theo chức năng đang giữ; phòng không ghi chức năng thì theo cơ quan của nó, cấp ủy thì thêm
    của các cơ quan giúp việc: người lãnh đạo cấp ủy chỉ đạo cả các lĩnh vực ấy.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIELDS_OF_UNITS, {"units": list(units), "on": reorg.effective_on})
        found: dict[int, list[int]] = defaultdict(list)
        for unit, field in cursor.fetchall():
            found[unit].append(field)
    return {unit: _by_weight(held) for unit, held in found.items()}


_FIELDS_OF_UNITS = """
SELECT u.id, f.field_id FROM unnest(%(units)s::bigint[]) AS u(id)
JOIN LATERAL (SELECT parent_id, is_organ, kind FROM org_unit_version v WHERE v.unit_id = u.id
              ORDER BY v.valid @> (%(on)s::date - 1) DESC, v.id DESC LIMIT 1) v ON true
JOIN LATERAL (
    SELECT uf.function_id FROM org_unit_function uf WHERE uf.unit_id = u.id AND uf.valid && daterange(%(on)s::date - 1, NULL)
    UNION ALL
    SELECT uf.function_id FROM org_unit_function uf
    WHERE NOT v.is_organ AND uf.unit_id = v.parent_id AND uf.valid && daterange(%(on)s::date - 1, NULL)
      AND NOT EXISTS (SELECT 1 FROM org_unit_function own WHERE own.unit_id = u.id)
    UNION ALL
    SELECT uf.function_id FROM org_unit_version c JOIN org_unit_function uf ON uf.unit_id = c.unit_id
    WHERE v.kind = 'committee' AND c.parent_id = u.id AND c.kind <> 'committee' AND c.valid @> (%(on)s::date - 1)
      AND uf.valid @> (%(on)s::date - 1)
) held ON true
JOIN org_function f ON f.id = held.function_id
ORDER BY u.id, f.field_id
"""

