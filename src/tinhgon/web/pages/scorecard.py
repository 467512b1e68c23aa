"""Công thức của sáu tiêu chí: công bố ở đây, ai đã đăng nhập cũng đọc; sửa, thêm, bỏ thành phiên bản mới."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.criteria.measures import Criterion, Measure
from tinhgon.org.figures import Figure, Foreseen, all_figures
from tinhgon.reorg.comparison.wording import NAMES, in_words
from tinhgon.scorecard import access, selectors, services
from tinhgon.scorecard.models import MeasureSet
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.scorecard import BETTER_NAMES, MeasureForm, NewMeasureForm
from tinhgon.web.verbs import VerbPage, verb_page

FORESEEN = {
    Foreseen.PLAN: gettext_lazy("biết trước, phương án viết ra"), Foreseen.PEOPLE: gettext_lazy("biết trước nếu vẫn những người ấy"),
    Foreseen.COVER: gettext_lazy("biết trước nếu người theo đơn vị mình"), Foreseen.CARRIED: gettext_lazy("biết trước, việc đi theo nguyên vẹn"),
    Foreseen.AFTERWARDS: gettext_lazy("chỉ biết sau khi làm"),
}  # fmt: skip
_FIELDS = {
    "": gettext_lazy("thước đo"), "name": gettext_lazy("tên"), "formula": gettext_lazy("công thức"), "unit": gettext_lazy("đơn vị đo"),
    "better": gettext_lazy("khá lên khi"), "decimals": gettext_lazy("chữ số thập phân"), "sentence": gettext_lazy("câu so sánh"),
    "basis": gettext_lazy("vì sao"), "source": gettext_lazy("văn bản"), "criterion": gettext_lazy("tiêu chí"), "code": gettext_lazy("mã"),
}  # fmt: skip
_DONE = gettext_lazy("Đã ghi phiên bản mới của công thức.")


@dataclass(frozen=True, slots=True)
class Row:
    """Một thước đo như hiện trên trang; ``words``: công thức đọc bằng tên các con số."""

    measure: Measure
    words: str
    better: str


@dataclass(frozen=True, slots=True)
class Diff:
    measure: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    figure: Figure
    foreseen: str


def measures(request: HttpRequest) -> HttpResponse:
    """Một phiên bản (mặc định bản đang áp dụng hôm nay): mọi thước đo, con số dùng được, các phiên bản và khác nhau ở đâu."""
    versions = selectors.history()
    asked = request.GET.get("phien-ban", "")
    current = selectors.measures_on(request.today)
    at = selectors.version(int(asked)) if asked.isdecimal() and len(asked) < 9 else current
    return render(request, "web/pages/scorecard/measures.html", {
        "at": at, "version": next(one for one in versions if one.number == at.number), "versions": versions, "is_current": at.number == current.number,
        "criteria": [(NAMES[criterion], [_row(one) for one in at.of(criterion)]) for criterion in Criterion],
        "figures": _figure_rows(), "changes": _diffs(at), "may_keep": at.number == versions[0].number and access.may_keep(request.actor, on=request.today),
    })  # fmt: skip


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Sửa một thước đo."""
    found = _newest(code)
    form = MeasureForm(request.POST or None, initial=found.as_row())

    def revise(data: dict[str, Any]) -> MeasureSet:
        reason = data.pop("reason")
        return services.revise_measure(request.actor, on=request.today, code=code, changes=data, reason=reason)

    return _verb(request, form, revise, title=_("Sửa thước đo"), about=f"{NAMES[found.criterion]}: {found.name}", keep=f"thuoc-do-{code}")


def new(request: HttpRequest) -> HttpResponse:
    """Thêm một thước đo."""
    form = NewMeasureForm(request.POST or None, initial={"decimals": 1, "criterion": request.GET.get("tieu-chi")})

    def add(data: dict[str, Any]) -> MeasureSet:
        reason = data.pop("reason")
        return services.add_measure(request.actor, on=request.today, values=data, reason=reason)

    about = _("Một tiêu chí có thể có nhiều thước đo; không có tổng điểm, nên không có trọng số.")
    return _verb(request, form, add, title=_("Thêm thước đo"), about=about, keep="thuoc-do-moi")


def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Bỏ một thước đo từ phiên bản kế."""
    found = _newest(code)
    return verb_page(request, VerbPage(
        title=_("Bỏ thước đo"), submit=_("Bỏ"), done=_DONE, back=reverse("web:measures"), about=f"{NAMES[found.criterion]}: {found.name}", danger=True,
        form=ReasonForm(request.POST or None), consequences=[_("Từ hôm nay không còn đo theo thước này; các ngày trước vẫn đo theo phiên bản của ngày ấy.")],
        call=lambda data: services.remove_measure(request.actor, on=request.today, code=code, **data),
    ))  # fmt: skip


def _verb(request: HttpRequest, form: PlainForm, call: Any, *, title: str, about: str, keep: str) -> HttpResponse:
    access.require_keeper(request.actor, on=request.today)
    return verb_page(request, VerbPage(
        title=title, submit=_("Ghi phiên bản mới"), done=_DONE, back=reverse("web:measures"), about=about, form=form, call=call, keep=keep,
        template="web/pages/scorecard/measure_form.html", extra={"figures": _figure_rows()},
        consequences=[_("Áp dụng từ hôm nay. Các ngày trước vẫn đo theo phiên bản của ngày ấy.")],
    ))  # fmt: skip


def _newest(code: str) -> Measure:
    found = selectors.version(selectors.history()[0].number).measure(code)
    if found is None:
        raise NotFound(Reason("scorecard.no_measure", _("Không có thước đo này.")))
    return found


def _row(measure: Measure) -> Row:
    return Row(measure, in_words(measure.formula), str(BETTER_NAMES[measure.better]))


def _figure_rows() -> list[FigureRow]:
    return [FigureRow(one, str(FORESEEN[one.foreseen])) for one in all_figures().values()]


def _diffs(at: selectors.Measures) -> list[Diff]:
    words = {str(name): str(label) for name, label in BETTER_NAMES.items()}
    names = {one.code: one.name for one in at.measures}
    return [
        Diff(names.get(one.code, one.before or one.code), str(_FIELDS[one.field]), words.get(one.before, one.before), words.get(one.after, one.after))
        for one in selectors.changes_in(at.number)
    ]
