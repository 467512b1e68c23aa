"""Thời hạn bảo quản: thêm và kết thúc, có ngày. Hồ sơ đã chọn thời hạn nào thì giữ thời hạn ấy."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason
from tinhgon.documents.models import RetentionPeriod
from tinhgon.documents.services import checks
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.shared_rules import may_keep_rules


@transaction.atomic
def add_period(actor: Actor, *, on: date, name: str, years: int | None, since: date, source: str, is_certain: bool = False) -> RetentionPeriod:
    """Thêm một thời hạn dùng từ ngày ``since``. ``years`` trống: vĩnh viễn. ``Invalid`` với mọi ô sai."""
    _require(actor, on)
    reasons = checks.missing(name, "name", _("Chưa ghi tên thời hạn.")) + checks.missing(source, "source", _("Hãy ghi nguồn: văn bản nào quy định."))
    if years is not None and years < 1:
        reasons.append(Reason("documents.retention_years", _("Số năm phải từ 1 trở lên; vĩnh viễn thì bỏ trống."), "years"))
    code = slugify(fold(name))[:20]
    rivals = RetentionPeriod.objects.filter(code=code)
    if any(one.valid_until is None or one.valid_until > since for one in rivals):
        reasons.append(Reason("documents.retention_known", _("Đang có thời hạn mang tên này: kết thúc nó trước."), "name"))
    if reasons:
        raise Invalid(*reasons)
    period = RetentionPeriod.objects.create(
        code=code, name=name.strip(), years=years, source=source.strip(), is_certain=is_certain, valid_from=since
    )
    record(
        actor, "documents.retention_added", ("retention", period.pk),
        after={"name": period.name, "years": years, "since": since, "source": period.source},
    )  # fmt: skip
    return period


@transaction.atomic
def end_period(actor: Actor, *, on: date, period_id: int, until: date, reason: str) -> RetentionPeriod:
    """Thôi dùng từ ngày ``until``: hồ sơ mở từ ngày ấy không chọn được nữa, hồ sơ đã chọn thì giữ nguyên."""
    _require(actor, on)
    period = RetentionPeriod.objects.select_for_update().filter(pk=period_id).first()
    if period is None:
        raise NotFound(Reason("documents.no_retention", _("Không có thời hạn này.")))
    reasons = checks.missing(reason, "reason", _("Hãy ghi lý do."))
    if until <= period.valid_from:
        reasons.append(Reason("documents.retention_dates", _("Ngày thôi dùng phải sau ngày bắt đầu."), "until"))
    if period.valid_until is not None and period.valid_until <= on:
        reasons.append(Reason("documents.retention_ended", _("Thời hạn này đã thôi dùng.")))
    if reasons:
        raise Invalid(*reasons)
    before = {"until": period.valid_until}
    period.valid_until = until
    period.save(update_fields=["valid_until"])
    record(
        actor, "documents.retention_ended", ("retention", period.pk), before=before,
        after={"name": period.name, "until": until, "reason": reason.strip()},
    )  # fmt: skip
    return period


def _require(actor: Actor, on: date) -> None:
    """Dùng chung cho mọi cơ quan, nên cùng quyền với bộ quy tắc thể thức: văn phòng của cấp ủy cao nhất ở đây."""
    standing = require(actor, Verb.KEEP_RULES, on=on)
    if standing is not None and not may_keep_rules(standing, on=on):
        sentence = _("Thời hạn bảo quản dùng chung cho mọi cơ quan: chỉ văn phòng của cấp ủy cao nhất ở đây được sửa.")
        raise Forbidden(Reason("documents.rules_shared", sentence))
