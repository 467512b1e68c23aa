"""Đơn vị phải đang hoạt động và không đang chuyển giao thì mới nhận thêm việc. Mọi động từ ghi gọi ``hold_open``.

Khóa chia sẻ trên dòng đơn vị: chuyển giao khóa độc quyền các dòng ấy khi bắt đầu, nên không việc nào lọt giữa hai bên.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason, refuse_if

_HOLD_SQL = """
SELECT u.id, f.unit_id IS NOT NULL AS frozen, cur.name, last.name
FROM (SELECT id FROM org_unit WHERE id = ANY(%(units)s) ORDER BY id FOR SHARE) u
LEFT JOIN org_freeze f ON f.unit_id = u.id
LEFT JOIN org_unit_version cur ON cur.unit_id = u.id AND cur.valid @> %(on)s::date
LEFT JOIN LATERAL (SELECT name FROM org_unit_version v WHERE v.unit_id = u.id ORDER BY v.id DESC LIMIT 1) last ON true
"""


def hold_open(unit_ids: Iterable[int], *, on: date) -> None:
    """Khóa chia sẻ các đơn vị tới hết giao dịch. ``Refused`` với mọi lý do: đang chuyển giao, không hoạt động ngày ấy."""
    wanted = sorted(set(unit_ids))
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_SQL, {"units": wanted, "on": on})
        rows = cursor.fetchall()
    refuse_if(reason for row in rows for reason in _reasons(*row))


def _reasons(unit_id: int, frozen: bool, name: str | None, last_name: str | None) -> list[Reason]:
    shown = {"unit": name or last_name or f"#{unit_id}"}
    if frozen:
        sentence = _("%(unit)s đang được chuyển giao: mọi việc của đơn vị chỉ đọc cho tới khi chuyển xong.") % shown
        return [Reason("org.unit_frozen", sentence, data={"unit": unit_id})]
    if name is None:
        sentence = _("%(unit)s không hoạt động trong ngày này: hãy chọn đơn vị kế thừa.") % shown
        return [Reason("org.unit_not_open", sentence, data={"unit": unit_id})]
    return []
