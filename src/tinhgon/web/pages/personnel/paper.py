"""Ghi kết quả xếp loại chỉ có trên giấy: chọn kỳ và cơ quan, rồi mức của từng người theo một quyết định."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.org.access import acting, require, structure_root
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import tree
from tinhgon.personnel.periods import last_day
from tinhgon.personnel.services import paper_gradings
from tinhgon.web.forms import personnel as personnel_forms
from tinhgon.web.verbs import VerbPage, verb_page


def paper(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.KEEP_PROFILES, on=request.today)
    standing = acting(request.actor, on=request.today)
    year, quarter = _whole(request.GET.get("nam"), 2000, 2100, request.today.year - 1), _whole(request.GET.get("quy"), 0, 4, 0)
    organs = [(node.id, node.name) for node in tree(on=last_day(year, quarter), root=structure_root(standing)) if node.is_organ]
    known = dict(organs)
    wanted = _whole(request.GET.get("don_vi"), 1, 2**62, standing.organ_id)
    unit = wanted if wanted in known else None
    lines = paper_gradings.paper_lines(request.actor, on=request.today, unit_id=unit, year=year, quarter=quarter) if unit else []
    form = personnel_forms.PaperForm(request.POST or None, people=[(line.person_id, f"{line.full_name}, {line.title}", line.level) for line in lines])

    def call(data: dict[str, Any]) -> Any:
        return paper_gradings.record_paper_gradings(
            request.actor, on=request.today, unit_id=unit or 0, year=year, quarter=quarter, levels=form.levels,
            decree=data["decree"], decided=data["decided"], cap_reason=data["cap_reason"],
        )  # fmt: skip

    period = personnel_forms.PaperPeriodForm(initial={"nam": year, "quy": quarter, "don_vi": unit}, organs=organs)
    return verb_page(request, VerbPage(
        title=_("Ghi kết quả xếp loại trên giấy"), submit=_("Ghi theo quyết định"), call=call, form=form, back=reverse("web:grading_rounds"),
        done=lambda report: _("Đã ghi kết quả của %(count)d người.") % {"count": len(report.changes)},
        about=_("Kết quả đã quyết định trên giấy, thường của các năm trước khi dùng hệ thống. Mức do quyết định ghi; máy chỉ xét tỉ lệ và quy định của kỳ ấy."),
        template="web/pages/personnel/paper.html",
        extra={"period": period, "lines": lines, "unit_name": known.get(unit or 0, ""), "ends": last_day(year, quarter)},
    ))  # fmt: skip


def _whole(text: str | None, least: int, most: int, default: int) -> int:
    found = int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else default
    return found if least <= found <= most else default
