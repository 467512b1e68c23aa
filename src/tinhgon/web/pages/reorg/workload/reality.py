"""Trang "Dự báo và thực tế": nói bằng lời trước, rồi hình có khoảng dự báo và đường đo được, rồi bảng từng đơn vị nhận."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.vietnamese import fold
from tinhgon.reorg import checks
from tinhgon.reorg.workload.reality import Compared, Reality, reality
from tinhgon.web.pages.reorg.common import Case, case_for, show
from tinhgon.web.pages.reorg.workload import saying
from tinhgon.web.pages.reorg.workload.picture import Picture, draw

PER_PAGE = 12
_VERDICTS = {
    "above": gettext_lazy("cao hơn dự báo"), "below": gettext_lazy("thấp hơn dự báo"), "within": gettext_lazy("trong khoảng dự báo"),
    "early": gettext_lazy("chưa hết tuần đầu"),
}  # fmt: skip
_ORDER = ("above", "within", "below", "early")


@dataclass(frozen=True)
class Shown:
    unit_id: int | None
    name: str
    one: Compared
    verdict: str
    picture: Picture

    @property
    def on_time_before(self) -> float | None:
        return _share(*self.one.on_time_before)

    @property
    def on_time_since(self) -> float | None:
        return _share(*self.one.on_time_since)


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    case = case_for(request, reorg_id)
    found = reality(case.reorg, today=request.today) if case.has_ledger else None
    if found is None:
        return show(case, "workload/reality_empty.html")
    heirs = _seen(case, [one.unit_id for one in found.units if one.unit_id])
    names = checks.unit_names(sorted(heirs), case.reorg)
    text = request.GET.get("tim", "").strip()
    rows = [one for one in found.units if one.unit_id in heirs and (not text or fold(text) in fold(names[one.unit_id]))]
    rows.sort(key=lambda one: (_ORDER.index(one.verdict), -_over(one), names[one.unit_id or 0]))
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "found": found, "whole": _shown(found, found.whole, "", width=880, height=300), "sentences": _sentences(found, case), "text": text, "page": pages,
        "weekly": [(day, count, found.whole.weekly[found.weeks.index(day)]) for day, count in found.whole.real],
        "units": [_shown(found, one, names[one.unit_id or 0]) for one in pages.object_list],
    }  # fmt: skip
    return show(case, "workload/reality.html", context)


def _seen(case: Case, heirs: list[int]) -> set[int]:
    if case.units_seen is None:
        return set(heirs)
    edges = case.reorg.successions.values_list("predecessor_id", "successor_id")
    near = {after for before, after in edges if before in case.units_seen or after in case.units_seen}
    return set(heirs) & near


def _shown(found: Reality, one: Compared, name: str, *, width: int = 280, height: int = 130) -> Shown:
    past = list(zip(found.past_days, one.past, strict=True))
    picture = draw(found.weeks, one.weekly, normal=one.normal, cuts=[found.cut_over], past=past, real=one.real, width=width, height=height)
    return Shown(one.unit_id, name, one, str(_VERDICTS[one.verdict]), picture)


def _over(one: Compared) -> float:
    """Đo được hơn đường giữa bao nhiêu việc."""
    return one.last[1] - one.last[2][1] if one.last else 0.0


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole >= 1 else None


def _sentences(found: Reality, case: Case) -> list[str]:
    whole = found.whole
    said = [_backlog(found)]
    outside = sum(one.verdict == "above" for one in found.units)
    if whole.last is not None:
        said.append(_("%(above)s trên %(units)s đơn vị nhận có việc tồn cao hơn khoảng dự báo.") % {"above": outside, "units": len(found.units)})
        said.append(
            _("Việc xong mỗi tuần: %(since)s, trước sắp xếp %(before)s; việc đến mỗi tuần: %(come)s, trước sắp xếp %(came)s.")
            % {
                "since": saying.number(whole.finished_since), "before": saying.number(whole.finished_before),
                "come": saying.number(whole.arrived_since), "came": saying.number(whole.arrived_before),
            }
        )  # fmt: skip
    said.append(_on_time(whole))
    said.append(_("Từ ngày chuyển giao, trong những người được chuyển: %(left)s người không còn giữ vị trí nào, %(waiting)s người đang chờ bố trí.") % {"left": found.left, "waiting": found.waiting})
    return [sentence for sentence in said if sentence]


def _backlog(found: Reality) -> str:
    whole = found.whole
    if whole.last is None:
        following = next((day for day in found.weeks if day >= found.until), found.weeks[-1])
        return _("Mới chuyển giao ngày %(day)s, chưa hết tuần đầu: đang mở %(now)s việc, lần so đầu tiên là %(next)s.") % {
            "day": f"{found.cut_over:%d/%m/%Y}", "now": saying.number(whole.now), "next": f"{following:%d/%m/%Y}"
        }
    day, count, (low, middle, high) = whole.last
    return _("Tới %(day)s, việc tồn %(count)s, %(verdict)s (%(low)s tới %(high)s, giữa %(middle)s).") % {
        "day": f"{day:%d/%m/%Y}", "count": saying.number(count), "verdict": _VERDICTS[whole.verdict],
        "low": saying.number(low), "high": saying.number(high), "middle": saying.number(middle),
    }  # fmt: skip


def _on_time(whole: Compared) -> str:
    before, since = _share(*whole.on_time_before), _share(*whole.on_time_since)
    if since is None:
        return _("Chưa có việc có hạn nào xong từ ngày chuyển giao.") if before is None else _("Trước sắp xếp %(before)s%% việc có hạn xong đúng hạn; từ ngày chuyển giao chưa có việc nào xong.") % {"before": saying.number(before)}
    if before is None:
        return _("%(since)s%% việc có hạn xong đúng hạn từ ngày chuyển giao.") % {"since": saying.number(since)}
    return _("%(since)s%% việc có hạn xong đúng hạn từ ngày chuyển giao, trước sắp xếp %(before)s%%.") % {"since": saying.number(since), "before": saying.number(before)}
