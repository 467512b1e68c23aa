"""So sánh các phương án cạnh nhau và với hiện nay, theo sáu tiêu chí; in được."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.engine.criteria.compare import Result, Verdict
from tinhgon.engine.criteria.measures import Criterion
from tinhgon.org.figures import Absent, Figure, all_figures
from tinhgon.reorg.comparison import wording
from tinhgon.reorg.comparison.comparing import MOST, Column, Comparison, candidates, compare
from tinhgon.web.forms.scorecard import CompareForm

SHOWN_FIRST = 3
"""Chưa chọn gì thì so chừng này phương án đầu danh sách."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô: ``text`` số viết ra hay rỗng; ``why``: vì sao chưa tính được; ``verdict``: hơn, kém so với cột gốc (trống ở cột gốc)."""

    text: str
    why: str = ""
    verdict: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    name: str
    unit: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return any(cell.tone for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Một con số; ô là (số, từ đâu ra, vì sao không có)."""

    figure: Figure
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Một phương án nói bằng lời."""

    name: str
    key: int
    sentences: list[str]
    caveats: list[str]


@dataclass(frozen=True, slots=True)
class Working:
    """Một thước đo tính ra thế nào ở từng cột."""

    name: str
    words: str
    cells: tuple[str, ...]


def page(request: HttpRequest) -> HttpResponse:
    options = [(one.pk, one.name) for one in candidates(request.actor, on=request.today)]
    known = {str(key) for key, _name in options}
    chosen = [int(one) for one in request.GET.getlist("pa") if one in known] or [key for key, _name in options[:SHOWN_FIRST]]
    base = request.GET.get("goc", "0")
    base_key = int(base) if base in known and int(base) in chosen else 0
    form = CompareForm({"pa": [str(key) for key in chosen], "goc": str(base_key)}, options=options)
    context: dict[str, object] = {"form": form, "options": options, "chosen": chosen, "most": MOST}
    if chosen:
        context |= _shown(compare(request.actor, chosen, on=request.today, base=base_key))
    return render(request, "web/pages/reorg/scenarios.html", context)


def _shown(found: Comparison) -> dict[str, object]:
    root = next(one for one in found.columns if one.key == found.base)
    return {
        "found": found, "title": wording.title(found), "base_name": wording.column_name(root),
        "heads": [(wording.column_name(one), one.key) for one in found.columns],
        "told": [
            Told(wording.column_name(one), one.key, wording.sentences(one), wording.caveats(one)) for one in found.columns if one is not root
        ],
        "root_caveats": wording.caveats(root), **_told_and_rest(found),
        "figures": _figures(found.columns), "workings": _workings(found.columns),
    }  # fmt: skip


def _told_and_rest(found: Comparison) -> dict[str, object]:
    """Thước đo có phương án hơn hay kém đứng trước; như cũ ở mọi phương án, hay chưa tính được, thì gấp lại."""
    by_criterion = [(wording.NAMES[one], _rows(found, one)) for one in Criterion]
    differs = [(name, [row for row in rows if row.differs]) for name, rows in by_criterion]
    rest = [(name, [row for row in rows if not row.differs]) for name, rows in by_criterion]
    return {
        "criteria": [(name, rows) for name, rows in differs if rows], "rest": [(name, rows) for name, rows in rest if rows],
        "rest_count": sum(len(rows) for _name, rows in rest),
    }  # fmt: skip


def _rows(found: Comparison, criterion: Criterion) -> list[MeasureRow]:
    rows = []
    for place, measure in enumerate(found.measures.measures):
        if measure.criterion == criterion:
            cells = tuple(_cell(one.results[place], _verdict(one, place)) for one in found.columns)
            rows.append(MeasureRow(measure.name, measure.unit, cells))
    return rows


def _verdict(column: Column, place: int) -> Verdict | None:
    pairs = [pair for one in column.differences for pair in one.pairs]
    return next((pair[2] for pair in pairs if pair[1] is column.results[place]), None)


_TONES = {Verdict.BETTER: "is-better", Verdict.WORSE: "is-worse"}


def _cell(result: Result, verdict: Verdict | None) -> Cell:
    if result.value is None:
        return Cell("", " ".join(wording.why_not(result)))
    word = str(wording.VERDICTS[verdict]) if verdict and verdict != Verdict.UNKNOWN else ""
    return Cell(wording.figure(result.value, result.measure.decimals), "", word, _TONES.get(verdict, "") if verdict else "")


def _figures(columns: Sequence[Column]) -> list[FigureRow]:
    known = all_figures()
    return [FigureRow(known[code], tuple(_figure_cell(one, code) for one in columns)) for code in columns[0].figures]


def _figure_cell(column: Column, code: str) -> tuple[str, str, str]:
    found = column.figures[code]
    if isinstance(found.value, Absent):
        return "", "", found.value.reason
    assert isinstance(found.value, Fraction)
    return wording.plain(found.value), str(wording.ORIGINS[found.origin]), ""


def _workings(columns: Sequence[Column]) -> list[Working]:
    return [
        Working(first.measure.name, wording.in_words(first.measure.formula), tuple(wording.working(one.results[place]) if one.results[place].value is not None else "" for one in columns))
        for place, first in enumerate(columns[0].results)
    ]
