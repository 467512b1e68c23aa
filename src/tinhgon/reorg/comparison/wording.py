"""Sự khác nhau bằng lời: một câu mỗi tiêu chí, từ câu của chính thước đo; và điều chưa biết, điều giả định của từng phương án."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.criteria.compare import Difference, Missing, Result, Verdict, shown
from tinhgon.engine.criteria.formula import Formula, told
from tinhgon.engine.criteria.measures import PLACES, Criterion
from tinhgon.org.figures import all_figures
from tinhgon.reorg.comparison.comparing import Column, Comparison, Origin

NAMES = {
    Criterion.FINE: gettext_lazy("Tinh"), Criterion.LEAN: gettext_lazy("Gọn"), Criterion.STRONG: gettext_lazy("Mạnh"),
    Criterion.PRODUCTIVE: gettext_lazy("Hiệu năng"), Criterion.EFFECTUAL: gettext_lazy("Hiệu lực"), Criterion.EFFECTIVE: gettext_lazy("Hiệu quả"),
}  # fmt: skip
_BETTER = {
    Criterion.FINE: gettext_lazy("Tinh hơn"), Criterion.LEAN: gettext_lazy("Gọn hơn"), Criterion.STRONG: gettext_lazy("Mạnh hơn"),
    Criterion.PRODUCTIVE: gettext_lazy("Hiệu năng cao hơn"), Criterion.EFFECTUAL: gettext_lazy("Hiệu lực cao hơn"), Criterion.EFFECTIVE: gettext_lazy("Hiệu quả cao hơn"),
}  # fmt: skip
_WORSE = {
    Criterion.FINE: gettext_lazy("Kém tinh hơn"), Criterion.LEAN: gettext_lazy("Kém gọn hơn"), Criterion.STRONG: gettext_lazy("Yếu hơn"),
    Criterion.PRODUCTIVE: gettext_lazy("Hiệu năng thấp hơn"), Criterion.EFFECTUAL: gettext_lazy("Hiệu lực thấp hơn"), Criterion.EFFECTIVE: gettext_lazy("Hiệu quả thấp hơn"),
}  # fmt: skip
ORIGINS = {
    Origin.MEASURED: "", Origin.PLAN: gettext_lazy("theo phương án"), Origin.AT_MOST: gettext_lazy("nhiều nhất bằng số ghế"),
    Origin.SAME_PEOPLE: gettext_lazy("vẫn những người ấy"), Origin.FOLLOWING: gettext_lazy("người theo đơn vị mình"),
    Origin.CARRIED: gettext_lazy("việc đi theo nguyên vẹn"), Origin.UNKNOWN: gettext_lazy("chưa biết"),
}  # fmt: skip
VERDICTS = {
    Verdict.BETTER: gettext_lazy("hơn"), Verdict.WORSE: gettext_lazy("kém"), Verdict.SAME: gettext_lazy("như cũ"), Verdict.MIXED: gettext_lazy("có hơn, có kém"),
    Verdict.UNKNOWN: gettext_lazy("chưa biết"),
}  # fmt: skip


def figure(value: Fraction, decimals: int = 0) -> str:
    """1.044 hay 78,3."""
    rounded = shown(value, decimals)
    return str(number_format(Decimal(rounded.numerator) / Decimal(rounded.denominator), decimal_pos=decimals, force_grouping=True))


def plain(value: Fraction) -> str:
    """Con số như đã đếm: số nguyên thì không có phần thập phân."""
    return figure(value, 0 if value.denominator == 1 else 1)


_IF = {
    Origin.AT_MOST: gettext_lazy("nếu ghế nào cũng có người"), Origin.SAME_PEOPLE: gettext_lazy("nếu vẫn những người ấy"),
    Origin.FOLLOWING: gettext_lazy("nếu ai cũng theo đơn vị mình"),
}  # fmt: skip


def sentences(column: Column) -> list[str]:
    """Mỗi tiêu chí một câu; kết luận dựa trên giả định về người thì nói giả định ấy."""
    return [sentence(one, _condition(one, column)) for one in column.differences]


def _condition(difference: Difference, column: Column) -> str:
    """"nếu ai cũng theo đơn vị mình", khi chưa quyết định bố trí mà công thức đã tính được dùng con số về người."""
    if column.projection is None or column.projection.is_placed:
        return ""
    codes = {code for _before, after, verdict in difference.pairs if verdict != Verdict.UNKNOWN for code in after.used}
    found = {column.figures[code].origin for code in codes if code in column.figures}
    return next((str(words) for origin, words in _IF.items() if origin in found and not (origin == Origin.SAME_PEOPLE and Origin.FOLLOWING in found)), "")


def sentence(difference: Difference, condition: str = "") -> str:
    """"Gọn hơn: 12 đơn vị còn 5; mỗi người đứng đầu phụ trách 4,0 người thay vì 2,0." ``condition``: điều phải đúng thì câu mới đúng."""
    by = {wanted: [pair for pair in difference.pairs if pair[2] == wanted] for wanted in Verdict}
    unknown = [pair[1].measure.name for pair in by[Verdict.UNKNOWN]]
    name = str(NAMES[difference.criterion])
    if difference.verdict == Verdict.UNKNOWN:
        return _("%(criterion)s: chưa nói trước được. %(why)s") % {"criterion": name, "why": " ".join(_reasons(difference))}
    supposed = f" ({condition})" if condition else ""
    if difference.verdict == Verdict.SAME:
        return _("%(criterion)s như cũ%(supposed)s.") % {"criterion": name, "supposed": supposed}
    tail = " " + _("Chưa biết: %(measures)s.") % {"measures": _listed(unknown)} if unknown else ""
    better, worse = (_told(by[wanted]) for wanted in (Verdict.BETTER, Verdict.WORSE))
    if difference.verdict == Verdict.MIXED:
        said = {"criterion": name + supposed, "better": better, "worse": worse}
        return _("%(criterion)s: hơn ở chỗ %(better)s; kém ở chỗ %(worse)s.") % said + tail
    heads = _BETTER if difference.verdict == Verdict.BETTER else _WORSE
    head = _("%(head)s ở phần đã biết") % {"head": heads[difference.criterion]} if unknown else str(heads[difference.criterion])
    return f"{head}{supposed}: {better or worse}.{tail}"


def _told(pairs: Sequence[tuple[Result, Result, Verdict]]) -> str:
    return "; ".join(_pair(before, after) for before, after, _verdict in pairs)


def _pair(before: Result, after: Result) -> str:
    decimals = after.measure.decimals
    assert before.value is not None
    assert after.value is not None
    to = _("còn") if after.value < before.value else _("lên")
    said = after.measure.sentence
    for place, word in zip(PLACES, (figure(before.value, decimals), figure(after.value, decimals), to), strict=True):
        said = said.replace(place, word)
    return said


def _listed(names: Iterable[str]) -> str:
    return "; ".join(f"{name[:1].lower()}{name[1:]}" for name in names)


def _reasons(difference: Difference) -> list[str]:
    """Các lý do chưa nói được, mỗi lý do một lần; cột gốc không tính được cũng là lý do."""
    found: dict[str, None] = {}
    for before, after, verdict in difference.pairs:
        if verdict == Verdict.UNKNOWN:
            found |= dict.fromkeys(why_not(before if before.value is None else after))
    return list(found)


def why_not(result: Result) -> list[str]:
    """Vì sao một thước đo chưa tính được."""
    if result.zero is not None:
        return [_("Không chia được: %(divisor)s bằng 0.") % {"divisor": told(result.zero, _namer())}]
    reasons = [found.reason for found in result.used.values() if isinstance(found, Missing)]
    return list(dict.fromkeys(reasons))


def _namer() -> Callable[[str], str]:
    names = {code: str(found.label) for code, found in all_figures().items()}
    return lambda code: f"{names[code][:1].lower()}{names[code][1:]}" if code in names else code


def in_words(formula: Formula) -> str:
    """Công thức đọc bằng tên các con số."""
    return formula.told(_namer())


def working(result: Result) -> str:
    """Con số × công thức = kết quả, để ai cũng tính lại được."""
    values = {code: plain(found) for code, found in result.used.items() if isinstance(found, Fraction)}
    written = result.measure.formula.told(lambda code: values.get(code, "?"))
    return f"{written} = {figure(result.value, result.measure.decimals)}" if result.value is not None else written


def caveats(column: Column) -> list[str]:
    """Điều giả định và điều chưa biết của một phương án, câu nào cũng kèm con số."""
    made = column.projection
    if made is None:
        return []
    found = []
    if column.gone:
        found.append(_("%(units)d đơn vị của phương án không hoạt động hôm nay nên không có trong vùng so.") % {"units": column.gone})
    if made.bare_units:
        found.append(_("%(units)d đơn vị mới chưa chọn mẫu vị trí: chưa biết số ghế.") % {"units": made.bare_units})
    if made.undecided:
        found.append(_("%(people)d người của đơn vị chia tách chưa biết về đâu.") % {"people": made.undecided})
    if made.unseated:
        found.append(_("%(people)d người chưa có chỗ theo phương án bố trí đã quyết định.") % {"people": made.unseated})
    elif not made.bare_units and made.staff > made.seats.seats:
        counted = {"people": plain(Fraction(made.staff)), "seats": plain(Fraction(made.seats.seats)), "over": plain(Fraction(made.staff - made.seats.seats))}
        found.append(_("%(people)s người mà %(seats)s ghế: ít nhất %(over)s người chưa có ghế ở vùng này; ai ở lại do phương án bố trí quyết định.") % counted)
    if not made.is_placed:
        found.append(_("Chưa quyết định bố trí: coi như ai cũng theo đơn vị mình, chưa trừ người không có ghế."))
    if not made.is_inventoried:
        found.append(_("Chưa kiểm kê: người theo nơi kế thừa duy nhất của đơn vị mình."))
    return found


def column_name(column: Column) -> str:
    return column.reorg.name if column.reorg else _("Hiện nay")


def title(comparison: Comparison) -> str:
    """"24 đơn vị, từ 02/07/2024 đến 01/07/2025"."""
    period = comparison.period
    said = {"units": plain(Fraction(len(comparison.area.units))), "since": f"{period.since:%d/%m/%Y}", "until": f"{period.until:%d/%m/%Y}"}
    return _("Vùng so: %(units)s đơn vị giao và nhận của các phương án. Việc làm xong tính từ %(since)s đến %(until)s.") % said
