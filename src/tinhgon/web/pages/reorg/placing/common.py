"""Chung cho các trang bố trí: phương án đang xem, quyền, câu đầu trang."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.reorg import access
from tinhgon.reorg.models import Placement, Reorganisation
from tinhgon.reorg.placing.drift import drift
from tinhgon.reorg.services.placing import OPEN
from tinhgon.web.pages.reorg.common import Case, number_in, show

State = Placement.State
SWITCHES = {
    "status_quo": gettext_lazy("Ai còn vị trí cũ thì không bị chuyển nếu chưa đồng ý"),
    "within_area": gettext_lazy("Chỉ xếp trong địa bàn cũ (cùng huyện, quận)"),
}


@dataclass
class Desk:
    """Bàn bố trí: một lần sắp xếp, các phương án của nó, và phương án đang xem (``pa`` trên địa chỉ)."""

    case: Case
    may: frozenset[str]

    @property
    def reorg(self) -> Reorganisation:
        return self.case.reorg

    @cached_property
    def variants(self) -> list[Placement]:
        return list(self.reorg.placements.select_related("progress"))

    @cached_property
    def placement(self) -> Placement | None:
        """Phương án nêu trên địa chỉ; không thì phương án đang có hiệu lực, hay phương án mới nhất."""
        wanted = number_in(self.case.request, "pa")
        by_id = {one.pk: one for one in self.variants}
        in_force = next((one for one in self.variants if one.state != State.DRAFT), None)
        chosen = by_id.get(wanted or 0) or in_force or (self.variants[-1] if self.variants else None)
        if chosen is not None:
            chosen.reorganisation = self.reorg
        return chosen

    @property
    def is_open(self) -> bool:
        return self.reorg.state in OPEN

    @property
    def may_plan(self) -> bool:
        """Kéo thanh, ghim, sửa ghế lúc này."""
        return self.is_open and "place" in self.may and not (self.placement and self.placement.state == State.DECIDED)

    @cached_property
    def is_computing(self) -> bool:
        job = self.placement.progress if self.placement else None
        return bool(job and job.state in (job.State.WAITING, job.State.RUNNING))

    @cached_property
    def drift(self) -> str:
        """Câu nói dữ liệu gốc đã đổi, rỗng khi chưa; phương án đã chuyển giao thì không còn hỏi."""
        if self.placement is None or not self.is_open or self.is_computing:
            return ""
        return " ".join(map(str, drift(self.placement)))

    def url(self, name: str, **arguments: object) -> str:
        return self.case.url(name, **arguments)

    def home(self) -> str:
        return f"{self.url('reorg_placement')}?pa={self.placement.pk}" if self.placement else self.url("reorg_placement")


def desk_for(request: HttpRequest, reorg_id: int, *, to: str = "see") -> Desk:
    """Bàn bố trí để xem hay làm; ai không thuộc ban tổ chức hay thường trực cấp tỉnh thì 403."""
    reorg = access.placing_for(request.actor, reorg_id, to=to, on=request.today)
    return Desk(Case(request, reorg), access.placing_abilities(request.actor, on=request.today))


def show_desk(desk: Desk, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    return show(desk.case, f"placing/{template}", {"desk": desk, "placement": desk.placement, **(context or {})})


def summary(placement: Placement) -> str:
    """Một câu: bao nhiêu người có chỗ, bao nhiêu chưa, nguyện vọng, đã chứng minh chưa."""
    got = placement.figures
    if not got:
        return _("Chưa tính.")
    parts = [
        _("%(placed)s trên %(people)s người có chỗ") % {"placed": figure(got["placed"]), "people": figure(got["people"])},
        _("%(count)s người chưa có") % {"count": figure(got["unplaced"])},
    ]
    if got["asked"]:
        words = _("trong %(seated)s người nêu nguyện vọng mà có chỗ, %(first)s được nguyện vọng một, %(top)s được một trong ba")
        parts.append(words % {"first": figure(got["first"]), "seated": figure(got["seated"]), "top": figure(got["top"])})
    return f"{'; '.join(parts)}. {_proof(got)}"


def _proof(got: dict[str, Any]) -> str:
    full = got.get("full")
    if got["proven"] and not (full and full["short"]):
        return _("Đã chứng minh: không có cách xếp nào tốt hơn theo các thanh kéo này.")
    if full is None:
        return _("Chưa chứng minh là tốt nhất.")
    if full["gap"] <= 0:
        return _("Tính với đủ luật: máy giải tìm hết, không có cách xếp nào tốt hơn.")
    return _("Tính với đủ luật: phương án tốt nhất có thể hơn nhiều nhất %(gap)s %%.") % {"gap": gap_figure(full["gap"])}


def gap_figure(gap: float) -> str:
    """Khoảng hở, ba số lẻ; còn hở thì không bao giờ viết là 0."""
    return number_format(round(max(gap, 0.001) if gap > 0 else 0.0, 3), decimal_pos=3, use_l10n=True)


def figure(value: float) -> str:
    """1.234 hay 56,7: con số nằm trong câu."""
    return number_format(value, decimal_pos=1 if isinstance(value, float) else None, use_l10n=True, force_grouping=True)


