"""Kiểm tra của tổ chức: không việc đang mở nào nằm ở đơn vị đã kết thúc."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core import clock
from tinhgon.core.health import Finding, register
from tinhgon.org import holdings

_CLOSED = """
    SELECT u.id FROM org_unit u
    WHERE NOT EXISTS (SELECT 1 FROM org_unit_version v WHERE v.unit_id = u.id AND v.valid @> %(on)s::date)
      AND NOT EXISTS (SELECT 1 FROM org_unit_version v WHERE v.unit_id = u.id AND lower(v.valid) > %(on)s::date)
      AND NOT EXISTS (SELECT 1 FROM org_freeze f WHERE f.unit_id = u.id)
"""
"""Đơn vị không mở hôm nay và sẽ không mở: đã kết thúc, hoặc mới dự kiến. Đơn vị đang chuyển giao thì chưa tính."""


def orphans() -> Finding:
    """Việc, sổ, phân công còn đứng tên đơn vị không hoạt động: ai giữ cũng không mở ra được."""
    on = clock.today()
    found = []
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, {"on": on})
        closed = [row[0] for row in cursor.fetchall()]
        for holding in holdings.all_holdings():
            cursor.execute(f"SELECT count(*) FROM ({holding.inventory_sql()}) i", {"units": closed, "on": on})
            count = cursor.fetchone()[0]
            if count:
                total += count
                found.append(f"{holding.label} {count}")
    if found:
        told = {"count": total, "kinds": ", ".join(found)}
        return Finding(False, _("%(count)d mục đang mở ở đơn vị không hoạt động: %(kinds)s.") % told, total)
    return Finding(True, _("Không mục nào nằm ở %(count)d đơn vị đã kết thúc hoặc mới dự kiến.") % {"count": len(closed)})


register("org.orphans", gettext_lazy("Việc không có nơi giữ"), orphans)
