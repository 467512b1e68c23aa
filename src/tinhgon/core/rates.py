"""Hạn mức dùng chung cho mọi tiến trình, mọi máy: một dòng mỗi khóa trong cơ sở dữ liệu, đếm theo cửa sổ, cộng một và hỏi cùng một câu.

Bảng không ghi nhật ký (UNLOGGED): mỗi lần đếm không chờ đĩa; máy chủ sập thì đếm lại từ đầu, không mất gì đáng giữ.
"""

from datetime import datetime, timedelta

from django.db import connection

from tinhgon.core import clock

_COUNT_SQL = """
INSERT INTO core_rate AS r (key, since, count) VALUES (%(key)s, %(since)s, 1)
ON CONFLICT (key) DO UPDATE
SET count = CASE WHEN r.since = EXCLUDED.since THEN r.count + 1 ELSE 1 END, since = EXCLUDED.since
RETURNING count
"""
_SWEEP_SQL = "DELETE FROM core_rate WHERE since < %(before)s"
_KEPT = timedelta(days=1)


def within(key: str, *, most: int, seconds: int) -> bool:
    """Đếm thêm một lần của ``key``. Còn trong hạn mức ``most`` lần mỗi ``seconds`` giây không."""
    now = clock.now()
    since = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SQL, {"key": key, "since": since})
        (count,) = cursor.fetchone()
        if count == 1:  # cửa sổ mới của khóa này: dọn luôn các khóa đã lâu không ai gọi
            cursor.execute(_SWEEP_SQL, {"before": since - _KEPT})
    return bool(count <= most)
