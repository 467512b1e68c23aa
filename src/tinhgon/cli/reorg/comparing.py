"""So các phương án với hiện nay theo sáu tiêu chí, bằng lời và bằng bảng."""

import argparse
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, table_lines
from tinhgon.cli.main import report
from tinhgon.cli.reorg.naming import reorg_of, verb
from tinhgon.core import clock
from tinhgon.reorg.comparison import wording
from tinhgon.reorg.comparison.comparing import Column, Comparison, compare

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def add_verbs(verbs: "Commands") -> None:
    parser = verb(verbs, "compare", _("so các phương án với hiện nay theo sáu tiêu chí"), on_one=False)
    parser.add_argument("reorgs", nargs="+", metavar="REORG", help=_("số thứ tự, số quyết định, hoặc tên"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    actor = actor_of(args)
    ids = [reorg_of(argparse.Namespace(reorg=one, as_user=args.as_user)).pk for one in args.reorgs]
    found = compare(actor, ids, on=clock.today())
    lines = [wording.title(found)]
    for column in found.columns[1:]:
        lines += ["", wording.column_name(column), *(f"- {one}" for one in (*wording.sentences(column), *wording.caveats(column)))]
    report(args, {"units": len(found.area.units), "columns": [_data(one) for one in found.columns]}, *lines, "", *_table(found))


def _table(found: Comparison) -> list[str]:
    head = (_("thước đo"), *(wording.column_name(one) for one in found.columns))
    rows = [(measure.name, *(_cell(one, place) for one in found.columns)) for place, measure in enumerate(found.measures.measures)]
    return table_lines(head, rows)


def _cell(column: Column, place: int) -> str:
    result = column.results[place]
    return _("chưa tính được") if result.value is None else wording.figure(result.value, result.measure.decimals)


def _data(column: Column) -> dict[str, object]:
    """Cho máy đọc: con số kèm từ đâu ra, kết quả, câu."""
    figures = {
        code: {"value": float(one.value) if isinstance(one.value, Fraction) else None, "from": str(one.origin)} for code, one in column.figures.items()
    }
    results = {one.measure.code: None if one.value is None else float(one.value) for one in column.results}
    said = {"sentences": wording.sentences(column), "caveats": wording.caveats(column)}
    return {"reorganisation": column.key or None, "name": wording.column_name(column), "figures": figures, "measures": results, **said}
