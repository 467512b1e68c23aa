"""Kiểm tra của việc vận hành: bản sao lưu gần nhất, bảng đúng bản của phần mềm."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.audit.models import Entry
from tinhgon.audit.selectors import oldest
from tinhgon.cli.safety.saving import BACKED_UP
from tinhgon.core import clock, health
from tinhgon.core.health import Finding

_DAYS = 7


def backups() -> Finding:
    """Có bản sao lưu trong tuần. Thế giới mẫu thì không cần."""
    if settings.DEMO:
        return Finding(True, _("Thế giới mẫu không cần sao lưu."))
    last = Entry.objects.filter(code=BACKED_UP).order_by("-sequence").first()
    first = oldest()
    if last is None:
        if first is None or (clock.now() - first.at).days <= _DAYS:
            return Finding(True, _("Dữ liệu còn mới; hãy sao lưu lần đầu: tinhgon backup FILE."))
        return Finding(False, _("Chưa sao lưu lần nào: chạy tinhgon backup FILE."), 1)
    days = (clock.now() - last.at).days
    told = {"file": last.after.get("file", "?"), "days": days, "day": f"{last.at:%d/%m/%Y}"}
    if days > _DAYS:
        return Finding(False, _("Bản sao lưu cuối đã %(days)d ngày (%(file)s): chạy tinhgon backup FILE.") % told, 1)
    return Finding(True, _("Sao lưu gần nhất ngày %(day)s (%(file)s).") % told)


def migrations() -> Finding:
    """Mọi migration đã chạy: phần mềm và bảng cùng một bản."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding(False, _("Còn %(count)d bước nâng cấp bảng chưa chạy: tinhgon upgrade.") % {"count": waiting}, waiting)
    return Finding(True, _("Bảng đúng bản của phần mềm."))


health.register("cli.backups", gettext_lazy("Bản sao lưu"), backups)
health.register("cli.migrations", gettext_lazy("Bản của các bảng"), migrations)
