"""Xung đột với bộ máy đã đổi: mỗi xung đột một câu và các nút gỡ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.engine.structure import Conflict
from tinhgon.reorg import services
from tinhgon.reorg.baseline import Words
from tinhgon.reorg.models import Reorganisation
from tinhgon.web.pages.reorg.common import case_for, number_in, told


@dataclass(frozen=True, slots=True)
class Shown:
    """``buttons``: (mã cách gỡ, chữ trên nút)."""

    unit: int
    what: str
    sentence: str
    buttons: tuple[tuple[str, str], ...]


def listed(reorg: Reorganisation, found: Sequence[Conflict]) -> list[Shown]:
    if not found:
        return []
    words = Words(reorg, found)
    return [
        Shown(c.unit, str(c.what), words.sentence(c), tuple((str(choice), _label(words, c, str(choice))) for choice in c.choices)) for c in found
    ]


def _label(words: Words, conflict: Conflict, choice: str) -> str:
    if choice == "keep":
        return {
            "gained": _("Để chưa chia, quyết định sau"), "name": _("Giữ tên của phương án"), "parent": _("Giữ dòng của phương án"),
        }.get(conflict.what, _("Giữ dòng của phương án"))  # fmt: skip
    if choice == "take":
        if conflict.what == "closed":
            return _("Thay bằng %(heir)s") % {"heir": words.name(conflict.others[0])}
        return _("Bỏ chức năng ấy khỏi phần chia") if conflict.what == "lost" else _("Cho đi theo")
    return {"name": _("Theo tên mới, thôi đổi tên"), "parent": _("Theo cấp trên mới, bỏ dòng này")}.get(conflict.what, _("Bỏ dòng này"))


@require_POST
def resolve(request: HttpRequest, reorg_id: int) -> HttpResponse:
    case = case_for(request, reorg_id, to="prepare")
    chosen = {"unit_id": number_in(request, "don-vi") or 0, "what": request.POST.get("dieu", ""), "choice": request.POST.get("cach", "")}
    told(request, lambda: services.resolve(request.actor, reorg_id, **chosen), _("Đã gỡ một xung đột."))
    return redirect(case.url("reorg_board" if request.POST.get("ve") == "bang" else "reorg_overview"))
