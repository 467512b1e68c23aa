"""Kiểm tra của kho tệp: nội dung có trong sổ thì có trong kho, đúng kích thước."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.health import Finding, register
from tinhgon.files.models import StoredFile
from tinhgon.files.services import is_kept

_SAMPLE = 500


def present() -> Finding:
    """Các tệp mới nhất và một phần ngẫu nhiên các tệp cũ có mặt trong kho. Cả kho thì bản sao lưu đọc lại từng tệp."""
    newest = StoredFile.objects.order_by("-pk")[:_SAMPLE]
    scattered = StoredFile.objects.order_by("sha256")[:_SAMPLE]  # thứ tự của băm là ngẫu nhiên đối với thời gian
    checked = {file.pk: file for file in (*newest, *scattered)}
    missing = [file for file in checked.values() if not is_kept(file)]
    if missing:
        told = {"count": len(missing), "checked": len(checked), "first": missing[0].path}
        sentence = _("%(count)d trên %(checked)d tệp thiếu hoặc sai kích thước, ví dụ %(first)s: phục hồi từ bản sao lưu.")
        return Finding(False, sentence % told, len(missing))
    return Finding(True, _("%(count)d tệp được xem đều có trong kho.") % {"count": len(checked)})


register("files.present", gettext_lazy("Kho tệp"), present)
