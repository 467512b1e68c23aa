"""``tinhgon simulate``: dự báo việc tồn sau sắp xếp, từ tệp ra tệp; so các ngày chuyển, các đợt chuyển. NumPy chỉ nhập khi chạy."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.cli.common import read_problem_file, sentence_of, write_file
from tinhgon.cli.main import report
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.refusal import Refused
from tinhgon.engine.transition.model import Forecast, Result
from tinhgon.engine.transition.reading import changed, read_problem, result_dict, results_json

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_FEW = 10

SENTENCES = {
    "not_day": gettext_lazy("%(where)s phải là ngày viết như 2026-07-01."),
    "not_number": gettext_lazy("%(where)s phải là số."),
    "no_queues": gettext_lazy("Bài toán không có hàng chờ nào."),
    "repeated_queue": gettext_lazy("Có hàng chờ ghi hai lần: %(ids)s."),
    "repeated_move": gettext_lazy("Có lần chuyển ghi hai lần: %(ids)s."),
    "move_nowhere": gettext_lazy("%(id)s chuyển mà không nói từ hàng chờ nào (source) hay tới hàng chờ nào (target)."),
    "unknown_queue": gettext_lazy("%(id)s nhắc tới hàng chờ “%(queue)s” không có trong bài toán."),
    "bad_number": gettext_lazy("%(field)s của %(id)s là %(value)s, phải từ %(least)s tới %(most)s."),
    "too_many": gettext_lazy("%(field)s là %(value)s, nhiều hơn %(most)s."),
    "brings_too_much": gettext_lazy("Người chuyển khỏi hàng chờ %(queue)s mang theo hơn toàn bộ việc của nó, hoặc mang việc mà không có nơi đến."),
    "no_shift": gettext_lazy("Số đợt phải từ 1, khoảng cách giữa các đợt không âm."),
}
WARNINGS = {
    "pile_up": gettext_lazy("%(queue)s: dồn việc từ %(from)s tới %(until)s, cao nhất %(peak)s việc, bằng %(days)s ngày việc đến."),
    "never_back": gettext_lazy("%(queue)s: tới cuối kỳ còn %(last)s việc, chưa trở lại mức bình thường %(normal)s."),
    "overloaded": gettext_lazy("%(queue)s: cuối kỳ mỗi ngày đến %(arrivals)s việc mà chỉ làm được %(capacity)s, việc tồn sẽ tăng mãi."),
    "nobody": gettext_lazy("%(queue)s: không có ai làm %(days)s ngày, từ %(from)s."),
}


def register(commands: "Commands") -> None:
    parser = commands.add_parser("simulate", help=_("dự báo việc tồn theo tuần sau sắp xếp, bao giờ trở lại bình thường"))
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help=_("tệp bài toán"))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="RESULT.json", help=_("tệp kết quả sẽ ghi"))
    parser.set_defaults(run=run, database=False)


def run(args: argparse.Namespace) -> None:
    from tinhgon.engine.transition.simulate import simulate  # noqa: PLC0415

    try:
        problem, variants = read_problem(read_problem_file(args.problem))
        runs = [(_("như đã định"), problem), *((variant.name, changed(problem, variant)) for variant in variants)]
        found = [(name, each, simulate(each)) for name, each in runs]
    except Refused as refused:
        raise Invalid(Reason(f"transition.{refused.code}", sentence_of(refused, SENTENCES), "problem")) from refused
    write_file(args.output, results_json([result_dict(name, each, result) for name, each, result in found]).encode())
    data = [
        {"name": name, "back_on": result.back_on, "peak": max(row[1] for row in result.total_weekly), "warnings": sum(len(one.warnings) for one in result.forecasts)}
        for name, _each, result in found
    ]  # fmt: skip
    report(args, {"variants": data}, *(line for name, _each, result in found for line in _lines(name, result)))


def _lines(name: str, result: Result) -> list[str]:
    peak = max(result.total_weekly, key=lambda row: row[1])
    data = {"name": name, "low": round(peak[0]), "middle": round(peak[1]), "high": round(peak[2]), "lost": round(result.lost_days), "day": result.back_on and f"{result.back_on:%d/%m/%Y}"}
    if result.back_on:
        first = _("%(name)s: tuần cao nhất tồn %(middle)s việc (%(low)s–%(high)s), bình thường lại từ %(day)s, mất %(lost)s ngày công làm quen.")
    else:
        first = _("%(name)s: tuần cao nhất tồn %(middle)s việc (%(low)s–%(high)s), chưa bình thường lại trong kỳ, mất %(lost)s ngày công làm quen.")
    warnings = [line for one in result.forecasts for line in _warnings(one)]
    more = len(warnings) - _FEW
    return [first % data, *(f"- {line}" for line in warnings[:_FEW]), *([_("… và %(count)d điều nữa.") % {"count": more}] if more > 0 else [])]


def _warnings(one: Forecast) -> list[str]:
    return [
        WARNINGS[each.code] % {"queue": one.queue, **{key: _told(value) for key, value in each.data.items()}}
        for each in one.warnings
    ]


def _told(value: object) -> object:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else value
