"""Tính với đủ luật: chọn luật, xem việc nền đang tìm tới đâu, dừng mà giữ phương án tốt nhất. Và lời của bộ kiểm tra độc lập."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.placement.model import EXPERIENCE, Problem
from tinhgon.reorg import services
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import assembly, fully, saying
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.placing.common import SWITCHES, Desk, desk_for, figure, gap_figure
from tinhgon.web.verbs import VerbPage, verb_page

_LENGTHS = (gettext_lazy("30 giây"), gettext_lazy("1 phút"), gettext_lazy("3 phút"), gettext_lazy("10 phút"))


class FullForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Tên phương án"), max_length=120)
    together = forms.BooleanField(label=gettext_lazy("Hai người cùng ghi muốn ở cùng nơi thì cùng một xã, phường"), required=False)
    unit_cover = forms.BooleanField(label=gettext_lazy("Mỗi việc của đơn vị có hai người làm được, tính cả người đang giữ việc khác"), required=False)
    unit_veteran_percent = forms.IntegerField(
        label=gettext_lazy("Người lâu năm ở các vị trí cần kinh nghiệm, ít nhất (% của từng đơn vị)"), min_value=0, max_value=100, required=False,
        help_text=gettext_lazy("Để trống hay 0: không đặt tỉ lệ."),
    )  # fmt: skip
    status_quo = forms.BooleanField(label=SWITCHES["status_quo"], required=False)
    within_area = forms.BooleanField(label=SWITCHES["within_area"], required=False)
    seconds = forms.TypedChoiceField(
        label=gettext_lazy("Tìm trong"), coerce=int, choices=list(zip(fully.SECONDS, _LENGTHS, strict=True)), initial=60,
        help_text=gettext_lazy("Dừng sớm được; dừng lúc nào cũng còn phương án tốt nhất tới lúc ấy."),
    )  # fmt: skip


def choose(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Chọn luật rồi cho việc nền tìm; phương án đang xem không đổi."""
    desk = desk_for(request, reorg_id, to="place")
    source = _placement(desk, placement_id)
    problem = assembly.problem_of(desk.reorg, source.rules | {"together": True})
    start = {"name": _("%(name)s, đủ luật") % {"name": source.name}, "together": True, "seconds": 60} | {name: bool(source.rules.get(name)) for name in SWITCHES}
    home = desk.url("reorg_placement")
    verb = VerbPage(
        title=_("Tính với đủ luật"), submit=_("Bắt đầu tính"), done=_("Việc nền đang tìm; trang này tự cập nhật."),
        back=f"{home}?pa={placement_id}", form=FullForm(request.POST or None, initial=start), consequences=_said(problem),
        about=_("Thanh kéo tính ngay nhưng chỉ giữ các luật xếp thành dòng chảy. Ở đây việc nền giữ cả các luật còn lại, và nói phương án cách mức tốt nhất có thể bao xa."),
        call=lambda data: services.plan_fully(request.actor, placement_id, name=data.pop("name"), rules=data),
        land=lambda made: f"{home}?pa={made.pk}",
    )  # fmt: skip
    return verb_page(request, verb)


def _said(problem: Problem) -> list[str]:
    """Lời của ban tổ chức, đôi cùng ghi nguyện vọng, và bao nhiêu người lâu năm: đếm được trước khi chọn."""
    rules, wanted = problem.rules, {one.id: one.veteran_years for one in problem.fields if one.kind == EXPERIENCE}
    veterans = sum(any(skill.years >= wanted.get(skill.field, 100) for skill in one.skills) for one in problem.people)
    counts = (
        (ngettext("%(count)d ghim", "%(count)d ghim", len(rules.pins)), rules.pins), (ngettext("%(count)d cấm", "%(count)d cấm", len(rules.forbidden)), rules.forbidden),
        (ngettext("%(count)d kiêm nhiệm", "%(count)d kiêm nhiệm", len(rules.also)), rules.also),
        (ngettext("%(count)d đôi cùng một xã, phường (ban tổ chức ghi hay hai người cùng ghi)", "%(count)d đôi cùng một xã, phường (ban tổ chức ghi hay hai người cùng ghi)", len(rules.together)), rules.together),
        (ngettext("%(count)d đôi không cùng một đơn vị", "%(count)d đôi không cùng một đơn vị", len(rules.apart)), rules.apart),
    )  # fmt: skip
    told_ = [words % {"count": len(found)} for words, found in counts if found]
    return [
        _("Luôn giữ: %(words)s.") % {"words": "; ".join(told_)} if told_ else _("Ban tổ chức chưa ghi lời nào về người; hai người cùng ghi nhau cũng chưa có."),
        _("%(veterans)s trên %(people)s người tính là lâu năm ở một lĩnh vực cần kinh nghiệm.") % {"veterans": figure(veterans), "people": figure(len(problem.people))},
        _("Phương án mới mang cùng thanh kéo; phương án đang xem không đổi. Không ai mất chỗ, không việc nào bỏ trống chỉ để tròn một tỉ lệ hay để một đôi ở cùng nơi."),
    ]


@require_POST
def stop(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.stop(request.actor, placement_id), _("Đã báo dừng: máy giữ phương án tốt nhất tới lúc này."))
    return redirect(f"{desk.url('reorg_placement')}?pa={placement_id}")


def live(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Phần trang hỏi lại mỗi hai giây khi việc nền đang tìm."""
    desk = desk_for(request, reorg_id)
    placement = _placement(desk, placement_id)
    return render(request, "web/pages/reorg/placing/full_live.html", {"reorg": desk.reorg, "desk": desk, "placement": placement, **live_facts(placement)})


def live_facts(placement: Placement) -> dict[str, object]:
    got = placement.figures.get("live")
    if not got:
        return {"live": None, "live_unmet": [], "live_more": 0}
    return {"live": got, "live_gap": gap_figure(got["gap"]), "live_unmet": [saying.said(fact) for fact in got["unmet"]], "live_more": got["unmet_count"] - len(got["unmet"])}


@require_POST
def check(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Kiểm tra độc lập lại lúc này."""
    desk = desk_for(request, reorg_id)
    told(request, lambda: services.check(request.actor, placement_id), _("Đã kiểm tra lại từ các bảng."))
    return redirect(f"{desk.url('reorg_placement')}?pa={placement_id}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Lời của bộ kiểm tra độc lập. ``faults``: các chỗ sai, nhiều nhất năm."""

    sentence: str
    is_sound: bool
    faults: tuple[str, ...]
    at: datetime


def verdict(placement: Placement) -> Verdict | None:
    got = placement.figures.get("checked")
    if not got:
        return None
    read = _("Bộ kiểm tra độc lập đọc lại %(people)s người và %(posts)s vị trí từ bảng đề xuất; tính lại từng điều kiện, số ghế, quy tắc, giá và cận dưới bằng số nguyên")
    head = read % {"people": figure(got["people"]), "posts": figure(got["posts"])}
    return Verdict(
        f"{head}: {_judged(placement, got)}", got["sound"], tuple(saying.said(fact) for fact in got["faults"]), datetime.fromisoformat(got["at"])
    )


def _judged(placement: Placement, got: dict[str, Any]) -> str:
    if not got["sound"]:
        return _("phương án sai %(count)s chỗ.") % {"count": figure(got["fault_count"])}
    full = placement.figures.get("full")
    if got["proven"] and full is None and got.get("beyond"):
        words = _("phương án đúng, và không cách xếp nào tốt hơn theo luật của dòng chảy; %(count)s quy tắc ngoài dòng chảy chưa giữ: tính với đủ luật thì mới kể.")
        return words % {"count": figure(got["beyond"])}
    if got["proven"] and not (full and full["short"]):
        return _("phương án đúng, và không cách xếp nào tốt hơn theo các thanh kéo này.")
    if full is None:
        return _("phương án đúng; chưa chứng minh là tốt nhất.")
    gap = 100 * (got["full_value"] - got["full_bound"]) / max(1, abs(got["full_value"]))
    words = _("phương án đúng, giữ đủ luật; phương án tốt nhất có thể hơn nhiều nhất %(gap)s %%.") if not full["short"] else _("phương án đúng, các quy tắc chưa giữ được đã kể đủ; phương án tốt nhất có thể hơn nhiều nhất %(gap)s %%.")
    return words % {"gap": gap_figure(gap)}


_TIERS = (
    gettext_lazy("vượt %(n)s luật"), gettext_lazy("trọng số người chưa có chỗ %(n)s"), gettext_lazy("các việc thiếu %(n)s người"), gettext_lazy("mất %(n)s điểm theo thanh kéo"),
)  # fmt: skip
"""Bốn bậc của chứng chỉ, bậc trước quyết định trước (``engine.placement.Certificate``)."""


def certificate(placement: Placement) -> str:
    """Chứng chỉ bằng lời: phương án được gì ở từng bậc, cách mức tốt nhất có thể bao xa; rỗng khi chưa có."""
    kept = placement.certificate
    if not kept:
        return ""
    value, bound = list(kept["value"]), list(kept["bound"])
    told = {"value": _tiers(value), "bound": _tiers(bound)}
    if value == bound:
        return _("Chứng chỉ: %(value)s; không cách xếp nào tốt hơn.") % told
    return _("Chứng chỉ: %(value)s; chứng minh được rằng không cách xếp nào tốt hơn mức %(bound)s.") % told


def _tiers(numbers: list[int]) -> str:
    return ", ".join(str(words) % {"n": figure(number)} for words, number in zip(_TIERS, numbers, strict=False))


def _placement(desk: Desk, placement_id: int) -> Placement:
    found = next((one for one in desk.variants if one.pk == placement_id), None)
    if found is None:
        raise NotFound(Reason("placement.not_found", _("Không có phương án bố trí này.")))
    found.reorganisation = desk.reorg
    return found
