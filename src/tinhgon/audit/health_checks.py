"""Kiểm tra của nhật ký: các dòng cuối còn nối nhau, và lần soát cả chuỗi gần nhất."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.audit.selectors import last_verification, oldest, verify_tail
from tinhgon.core import clock
from tinhgon.core.health import Finding, register

_TAIL = 500
_DAYS = 30


def chain_tail() -> Finding:
    """Các dòng cuối đúng băm, nối nhau, và dòng cuối là đầu chuỗi."""
    verdict = verify_tail(_TAIL)
    if not verdict.intact:
        told = {"row": verdict.broken, "why": verdict.why}
        return Finding(False, _("Nhật ký hỏng ở dòng %(row)s: %(why)s Chạy tinhgon audit verify.") % told, 1)
    return Finding(True, _("%(count)d dòng cuối của nhật ký nối nhau đúng.") % {"count": verdict.entries})


def whole_chain() -> Finding:
    """Cả chuỗi được soát trong một tháng qua."""
    last = last_verification()
    if last is None:
        first = oldest()
        if first is None or (clock.now() - first.at).days <= _DAYS:
            return Finding(True, _("Nhật ký còn mới, chưa tới hạn soát."))
        return Finding(False, _("Chưa soát cả nhật ký lần nào: chạy tinhgon audit verify."), 1)
    told = {"day": f"{last.at:%d/%m/%Y}", "row": last.after.get("broken")}
    if last.after.get("broken"):
        return Finding(False, _("Lần soát %(day)s thấy nhật ký hỏng ở dòng %(row)s.") % told, 1)
    if (clock.now() - last.at).days > _DAYS:
        return Finding(False, _("Soát cả nhật ký lần cuối %(day)s: chạy tinhgon audit verify.") % told, 1)
    return Finding(True, _("Cả nhật ký được soát ngày %(day)s, không sai dòng nào.") % told)


register("audit.chain", gettext_lazy("Nhật ký nối chuỗi"), chain_tail)
register("audit.verified", gettext_lazy("Soát cả nhật ký"), whole_chain)
