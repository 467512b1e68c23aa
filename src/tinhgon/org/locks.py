"""Đơn vị phải đang hoạt động và không đang chuyển giao thì mới nhận thêm việc. Mọi động từ ghi gọi ``hold_open``.

Khóa chia sẻ trên dòng đơn vị: chuyển giao khóa độc quyền các dòng ấy khi bắt đầu, nên không việc nào lọt giữa hai bên.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason, refuse_if

_LOCK_SQL = "SELECT id FROM org_unit WHERE id = ANY(%(units)s) ORDER BY id FOR SHARE"
_STATE_SQL = """
SELECT u.id, f.unit_id IS NOT NULL AS frozen, cur.name, last.name
FROM org_unit u
LEFT JOIN org_freeze f ON f.unit_id = u.id
LEFT JOIN org_unit_version cur ON cur.unit_id = u.id AND cur.valid @> %(on)s::date
LEFT JOIN LATERAL (SELECT name FROM org_unit_version v WHERE v.unit_id = u.id ORDER BY v.id DESC LIMIT 1) last ON true
WHERE u.id = ANY(%(units)s) ORDER BY u.id
"""


def hold_open(unit_ids: Iterable[int], *, on: date, touching: Iterable[int] = ()) -> None:
    """Khóa chia sẻ các đơn vị tới hết giao dịch. ``Refused`` với mọi lý do: đang chuyển giao, không hoạt động ngày ấy.

    ``touching``: đơn vị khác của mục đang sửa (nơi giao, nơi giữ); chỉ cần không đang chuyển giao, đã kết thúc cũng được.
    Hai câu SQL: câu sau phải chụp dữ liệu sau khi khóa xong, nếu không sẽ không thấy lệnh khóa đọc vừa ghi.
    """
    open_units = set(unit_ids)
    parameters: dict[str, Any] = {"units": sorted(open_units.union(touching)), "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_SQL, parameters)
        cursor.execute(_STATE_SQL, parameters)
        rows = cursor.fetchall()
    refuse_if(reason for row in rows if row[1] or row[0] in open_units for reason in _reasons(*row))


def _reasons(unit_id: int, frozen: bool, name: str | None, last_name: str | None) -> list[Reason]:
    shown = {"unit": name or last_name or f"#{unit_id}"}
    if frozen:
        sentence = _("%(unit)s đang được chuyển giao: mọi việc của đơn vị chỉ đọc cho tới khi chuyển xong.") % shown
        return [Reason("org.unit_frozen", sentence, data={"unit": unit_id})]
    if name is None:
        sentence = _("%(unit)s không hoạt động trong ngày này: hãy chọn đơn vị kế thừa.") % shown
        return [Reason("org.unit_not_open", sentence, data={"unit": unit_id})]
    return []


_STRUCTURE_LOCK = 0x7469_6E68  # khóa tư vấn: mỗi lúc một thay đổi cấu trúc, để hai lần chuyển không khép thành vòng


def lock_structure(unit_ids: Iterable[int]) -> None:
    """Khóa độc quyền các đơn vị để đổi cấu trúc, tới hết giao dịch; mỗi lúc một thay đổi cấu trúc."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STRUCTURE_LOCK])
        cursor.execute("SELECT id FROM org_unit WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [sorted(set(unit_ids))])
