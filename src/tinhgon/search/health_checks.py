"""Kiểm tra của tìm kiếm: cột tìm được đúng với nội dung, chỉ mục dùng được.

Cột tìm được sinh cùng dòng nên không thiếu được; nhưng chúng không tự tính lại khi các hàm ``vi_*`` đổi (nâng cấp quên
dựng lại cột, phục hồi bản cũ). Vì vậy kiểm tra tính lại biểu thức của cột trên các dòng mới nhất và so với cái đang lưu.
"""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.health import Finding, register
from tinhgon.search.registry import sources

_SAMPLE = 1_000
_EXPRESSIONS = """
    SELECT a.attname, pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = to_regclass(%s) AND a.attgenerated = 's'
"""
_BROKEN_INDEXES = "SELECT count(*) FROM pg_index WHERE NOT indisvalid OR NOT indisready"


def columns() -> Finding:
    """Cột tìm của các dòng mới nhất đúng bằng biểu thức của cột; cột sắp xếp cũng vậy."""
    tables = sorted({source.model._meta.db_table for source in sources()})
    stale = {table: found for table in tables if (found := _stale_rows(table))}
    if stale:
        count = sum(stale.values())
        told = {"count": count, "tables": ", ".join(stale)}
        return Finding(
            False, _("%(count)d dòng có cột tìm kiếm cũ (%(tables)s): chạy tinhgon upgrade.") % told, count
        )
    return Finding(True, _("Cột tìm kiếm của %(count)d bảng khớp với nội dung.") % {"count": len(tables)})


def indexes() -> Finding:
    """Không chỉ mục nào hỏng: chỉ mục dựng dở bị bỏ qua lặng lẽ và tìm kiếm chậm hẳn."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN_INDEXES)
        broken = cursor.fetchone()[0]
    if broken:
        return Finding(
            False, _("%(count)d chỉ mục hỏng: cần dựng lại (REINDEX).") % {"count": broken}, broken
        )
    return Finding(True, _("Mọi chỉ mục dùng được."))


def _stale_rows(table: str) -> int:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(_EXPRESSIONS, [name])
        wrong = " OR ".join(
            f'"{column}" IS DISTINCT FROM ({expression})' for column, expression in cursor.fetchall()
        )
        if not wrong:
            return 0
        # Biểu thức lấy từ danh mục của cơ sở dữ liệu, không từ người dùng.
        cursor.execute(
            f"SELECT count(*) FROM (SELECT * FROM {name} ORDER BY id DESC LIMIT {_SAMPLE}) t WHERE {wrong}"
        )
        return int(cursor.fetchone()[0])


register("search.columns", gettext_lazy("Tìm kiếm đầy đủ"), columns)
register("search.indexes", gettext_lazy("Chỉ mục"), indexes)
