"""Kiểm tra của nền: bản PostgreSQL, chỗ trống trên đĩa, việc nền."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.health import Finding, register

OLDEST_DATABASE = 15
_NEEDED_BYTES = 2 * 1024**3
_NEEDED_SHARE = 0.05
_WAITING_MINUTES = 10
_STALLED_MINUTES = 30
_FAILED_DAYS = 7

_JOBS = """
    SELECT count(*) FILTER (WHERE j.status = 'todo'
                            AND COALESCE(j.scheduled_at, e.at) < now() - make_interval(mins => %(waiting)s)),
           count(*) FILTER (WHERE j.status = 'doing' AND e.at < now() - make_interval(mins => %(stalled)s)
                            AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(mins => 2))),
           count(*) FILTER (WHERE j.status = 'failed' AND e.at > now() - make_interval(days => %(failed)s))
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    CROSS JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events v WHERE v.job_id = j.id) e
    WHERE j.status IN ('todo', 'doing', 'failed')
"""
"""Giờ của việc nền là giờ thật của máy chủ cơ sở dữ liệu, không phải ``core.clock``: thế giới mẫu dời đồng hồ."""


def database_version() -> Finding:
    """PostgreSQL đủ mới và giữ chữ bằng UTF-8."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")
        major, encoding = cursor.fetchone()
    told = {"major": major, "encoding": encoding, "oldest": OLDEST_DATABASE}
    if major < OLDEST_DATABASE:
        return Finding(False, _("PostgreSQL %(major)s quá cũ: cần từ bản %(oldest)s.") % told, 1)
    if encoding != "UTF8":
        return Finding(False, _("Cơ sở dữ liệu dùng bảng mã %(encoding)s: cần UTF8.") % told, 1)
    return Finding(True, _("PostgreSQL %(major)s, bảng mã %(encoding)s.") % told)


def disk_space() -> Finding:
    """Ổ đĩa của thư mục dữ liệu còn đủ chỗ. Máy chủ của ``DATABASE_URL`` ở nơi khác có ổ riêng, không thấy từ đây."""
    home = next(folder for folder in (Path(settings.HOME), *Path(settings.HOME).parents) if folder.exists())
    disk = shutil.disk_usage(home)
    told = {"free": round(disk.free / 1024**3, 1), "percent": round(100 * disk.free / disk.total)}
    if disk.free < _NEEDED_BYTES or disk.free < disk.total * _NEEDED_SHARE:
        return Finding(False, _("Ổ đĩa chỉ còn %(free)s GB (%(percent)s%%): hãy dọn hoặc thêm chỗ.") % told, 1)
    return Finding(True, _("Ổ đĩa còn %(free)s GB (%(percent)s%%).") % told)


def background_jobs() -> Finding:
    """Không việc nền nào chờ quá lâu, bỏ dở vì máy dừng, hay vừa hỏng."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, {"waiting": _WAITING_MINUTES, "stalled": _STALLED_MINUTES, "failed": _FAILED_DAYS})
        waiting, stalled, failed = cursor.fetchone()
    troubles = []
    if waiting:
        sentence = _("%(count)d việc chờ quá %(minutes)d phút: việc nền có đang chạy không (tinhgon up)?")
        troubles.append(sentence % {"count": waiting, "minutes": _WAITING_MINUTES})
    if stalled:
        sentence = _("%(count)d việc dở dang vì việc nền bị dừng đột ngột quá %(minutes)d phút: chạy tinhgon up để làm tiếp.")
        troubles.append(sentence % {"count": stalled, "minutes": _STALLED_MINUTES})
    if failed:
        sentence = _("%(count)d việc hỏng trong %(days)d ngày qua: xem nhật ký log/worker.log.")
        troubles.append(sentence % {"count": failed, "days": _FAILED_DAYS})
    if troubles:
        return Finding(False, " ".join(troubles), waiting + stalled + failed)
    return Finding(True, _("Không việc nào tắc hay hỏng."))


register("core.database", gettext_lazy("Cơ sở dữ liệu"), database_version)
register("core.disk", gettext_lazy("Chỗ trống trên đĩa"), disk_space)
register("core.jobs", gettext_lazy("Việc nền"), background_jobs)
