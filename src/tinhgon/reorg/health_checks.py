"""Kiểm tra của sắp xếp bộ máy: không lần chuyển giao nào đứng giữa chừng, không bản chứng minh nào không khớp."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core import clock
from tinhgon.core.health import Finding, register
from tinhgon.core.models import Progress
from tinhgon.reorg.models import Reorganisation

_State = Reorganisation.State
_SILENT = timedelta(minutes=10)


def running() -> Finding:
    """Lần chuyển giao đang chạy phải có tiến triển: trong lúc ấy các đơn vị chỉ đọc."""
    under_way = Reorganisation.objects.filter(state__in=[_State.APPLYING, _State.UNDOING])
    silent = Q(progress__isnull=True) | Q(progress__updated_at__lt=clock.now() - _SILENT)
    stuck = list(under_way.filter(silent | Q(progress__state=Progress.State.FAILED)).values_list("name", flat=True))
    if stuck:
        told = {"names": ", ".join(stuck), "minutes": _SILENT.seconds // 60}
        sentence = _("Đứng yên quá %(minutes)d phút hoặc dừng vì lỗi: %(names)s. Chạy lại lệnh reorg apply (hay undo) với --wait để tiếp.")
        return Finding(False, sentence % told, len(stuck))
    return Finding(True, _("Không lần chuyển giao nào đứng giữa chừng."))


def proofs() -> Finding:
    """Bản chứng minh cuối của mọi lần sắp xếp đều khớp."""
    broken = list(Reorganisation.objects.filter(proof__whole=False).values_list("name", flat=True))
    if broken:
        return Finding(False, _("Chứng minh không khớp: %(names)s.") % {"names": ", ".join(broken)}, len(broken))
    return Finding(True, _("Mọi bản chứng minh đều khớp."))


register("reorg.running", gettext_lazy("Chuyển giao đang chạy"), running)
register("reorg.proofs", gettext_lazy("Chứng minh của các lần sắp xếp"), proofs)
