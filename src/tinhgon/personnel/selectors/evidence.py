"""Bằng chứng hệ thống tự có: đã công tác ở đơn vị được giao lĩnh vực nào, bao lâu; đã xong bao nhiêu nhiệm vụ, có đúng hạn không."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, F, Q, Sum

from tinhgon.tasks.models import Task

_SERVED_SQL = """
WITH spans AS (
    SELECT a.person_id, f.field_id, a.post_id, a.valid * uf.valid * daterange(NULL, %(on)s) AS span
    FROM org_appointment a
    JOIN org_post po ON po.id = a.post_id AND NOT po.is_pool
    JOIN org_unit_function uf ON uf.unit_id = po.unit_id AND uf.valid && a.valid
    JOIN org_function f ON f.id = uf.function_id
    WHERE a.person_id = ANY(%(people)s)
    UNION ALL
    SELECT w.person_id, w.field_id, NULL, w.term * daterange(NULL, %(on)s)
    FROM personnel_past_work w
    WHERE w.person_id = ANY(%(people)s) AND w.field_id IS NOT NULL
), merged AS (
    SELECT person_id, field_id, range_agg(span) AS spans, COALESCE(array_agg(DISTINCT post_id) FILTER (WHERE post_id IS NOT NULL), '{}') AS posts
    FROM spans WHERE NOT isempty(span) GROUP BY person_id, field_id
)
SELECT person_id, field_id, posts, (SELECT sum(upper(r) - lower(r)) FROM unnest(spans) r) FROM merged
"""


@dataclass(frozen=True, slots=True)
class Served:
    """Thời gian ở các đơn vị được giao lĩnh vực ấy và ở các quãng đã ghi trước đó (không tính trùng), qua các vị trí ``posts``."""

    posts: tuple[int, ...] = ()
    days: int = 0

    @property
    def years(self) -> float:
        return self.days / 365.25


@dataclass(frozen=True, slots=True)
class Closed:
    """Nhiệm vụ đã nghiệm thu; ``dated``: có hạn, ``on_time``: trong đó đúng hạn; ``returns``: số lần bị trả lại."""

    done: int = 0
    dated: int = 0
    on_time: int = 0
    returns: int = 0


def served(people: Iterable[int], *, on: date) -> dict[tuple[int, int], Served]:
    """(người, lĩnh vực) -> thời gian đã công tác tới ngày ``on``. Một câu SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED_SQL, {"people": sorted(set(people)), "on": on})
        return {(person, field): Served(tuple(posts), days) for person, field, posts, days in cursor.fetchall()}


def closed_tasks(people: Iterable[int], *, since: date | None = None, until: date) -> dict[tuple[int, int], Closed]:
    """(người, lĩnh vực) -> nhiệm vụ đã xong trong [``since``, ``until``]. Chỉ đếm: không lộ nội dung nhiệm vụ nào."""
    done = Task.objects.filter(
        assignee__in=set(people), state=Task.State.DONE, function__isnull=False, finished_on__lte=until, **({"finished_on__gte": since} if since else {}),
    )  # fmt: skip
    rows = done.values_list("assignee", "function__field").annotate(
        done=Count("pk"), dated=Count("pk", filter=Q(due_on__isnull=False)), on_time=Count("pk", filter=Q(finished_on__lte=F("due_on"))), again=Sum("returns"),
    )  # fmt: skip
    return {(person, field): Closed(*counts) for person, field, *counts in rows}
