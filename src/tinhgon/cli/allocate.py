"""``tinhgon allocate``: chia việc cho người có giờ và hạn, từ tệp ra tệp. Không cần cơ sở dữ liệu; SciPy chỉ nhập khi chạy."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.cli.common import orlib_text, read_problem_file, sentence_of, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.allocation.model import Aim, Problem
from tinhgon.engine.allocation.orlib import aim_of, read_orlib
from tinhgon.engine.allocation.reading import plan_dict, plans_json, plans_of, read_problem
from tinhgon.engine.refusal import Refused

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands
    from tinhgon.engine.allocation.checking import Report
    from tinhgon.engine.allocation.conflict import Conflict

_FEW = 10

SENTENCES = {
    "not_day": gettext_lazy("%(where)s phải là ngày viết như 2026-07-01."),
    "not_number": gettext_lazy("%(where)s phải là số."),
    "no_people": gettext_lazy("Bài toán không có người nào."),
    "no_tasks": gettext_lazy("Bài toán không có việc nào."),
    "repeated_person": gettext_lazy("Có người ghi hai lần: %(ids)s."),
    "repeated_task": gettext_lazy("Có việc ghi hai lần: %(ids)s."),
    "repeated_option": gettext_lazy("Việc %(task)s ghi người %(person)s hai lần."),
    "unknown_person": gettext_lazy("Việc %(task)s nhắc tới người %(person)s không có trong bài toán."),
    "bad_hours": gettext_lazy("Số giờ của %(id)s không dùng được: phải là số nguyên từ 0 (việc: từ 1) tới %(most)s."),
    "bad_points": gettext_lazy("Điểm của %(id)s không dùng được: phải là số nguyên từ -%(most)s tới %(most)s."),
    "bad_calendar": gettext_lazy("Các mốc giờ của %(id)s phải theo ngày tăng dần, giờ cộng dồn không giảm, mốc không ngày đứng cuối."),
    "too_many_options": gettext_lazy("Bài toán có %(options)s lựa chọn, nhiều hơn %(most)s: hãy chia theo đơn vị."),
    "bad_orlib": gettext_lazy("Tệp không đúng dạng bài gán tổng quát của OR-Library."),
    "other_count": gettext_lazy("Tệp phương án có %(plans)s phương án, tệp bài toán có %(problems)s bài."),
    "not_found": gettext_lazy("Hết giới hạn mà chưa tìm được cách chia nào, cũng chưa chứng minh là không có: tăng --seconds hoặc nới giờ."),
}

FAULTS = {
    "unknown_task": gettext_lazy("Phương án nhắc tới việc %(task)s không có trong bài toán."),
    "not_given": gettext_lazy("Việc %(task)s chưa giao cho ai."),
    "not_an_option": gettext_lazy("Việc %(task)s giao cho %(person)s, người không có trong các lựa chọn của nó."),
    "over_hours": gettext_lazy("%(person)s nhận %(hours)s giờ trên %(room)s giờ."),
    "points": gettext_lazy("Phương án ghi %(told)s điểm, tính lại là %(found)s."),
    "bound": gettext_lazy("Phương án ghi cận %(told)s, tính lại từ bộ giá là %(found)s."),
    "beyond": gettext_lazy("Cận %(told)s vượt quá chính phương án, %(found)s điểm."),
    "duals": gettext_lazy("Bộ giá ghi trong phương án không phải của bài toán này."),
    "figure": gettext_lazy("Con số “%(key)s” không khớp với tính lại."),
}


def register(commands: "Commands") -> None:
    parser = commands.add_parser("allocate", help=_("chia việc đang mở cho người có giờ và hạn; phương án kèm cận"))
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help=_("tệp bài toán"))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN.json", help=_("tệp phương án sẽ ghi"))
    parser.add_argument("--format", choices=("json", "orlib"), default="json", help=_("dạng tệp bài toán (mặc định json)"))
    aim_argument(parser)
    parser.add_argument("--seconds", type=_seconds, default=60.0, metavar=_("GIÂY"), help=_("nhiều nhất chừng ấy giây bộ xử lý cho mỗi bài (mặc định 60)"))
    parser.set_defaults(run=run, database=False)


def aim_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--aim", choices=[aim.value for aim in Aim], help=_("orlib: ít điểm nhất hay nhiều điểm nhất; bỏ trống thì theo tên tệp"))


def run(args: argparse.Namespace) -> None:
    from tinhgon.engine.allocation.solving import Limits, solve  # noqa: PLC0415

    try:
        problems = _read(args)
        plans = [(problem, solve(problem, Limits(seconds=args.seconds))) for problem in problems]
    except Refused as refused:
        raise Invalid(Reason(f"allocation.{refused.code}", _sentence(refused), "problem")) from refused
    told = [plan_dict(problem, plan) for problem, plan in plans]
    write_file(args.output, plans_json(told).encode())
    lines = []
    for problem, plan in plans:
        proven = _("đã chứng minh tốt nhất") if plan.is_proven else _("cách cận %(gap)d điểm (%(part)s phần triệu)") % {"gap": plan.gap, "part": plan.gap_per_million}
        lines.append(_("%(tasks)d việc, %(people)d người: %(points)d điểm, cận %(bound)d, %(proven)s.") % {
            "tasks": len(problem.tasks), "people": len(problem.people), "points": plan.points, "bound": plan.bound, "proven": proven,
        })  # fmt: skip
    short = [{key: each[key] for key in ("points", "bound", "gap", "proven", "proof", "stopped")} for each in told]
    report(args, {"plans": short}, *lines)


def run_check(args: argparse.Namespace, given: Any) -> int:
    """Phương án chia việc của ``tinhgon check``; ``given``: tệp phương án đã đọc."""
    from tinhgon.engine.allocation.checking import check  # noqa: PLC0415

    try:
        problems, plans = _read(args), plans_of(given)
        if len(problems) != len(plans):
            raise Refused("other_count", plans=len(plans), problems=len(problems))
        found = [check(problem, plan, told) for problem, (plan, told) in zip(problems, plans, strict=True)]
    except Refused as refused:
        raise Invalid(Reason(f"allocation.{refused.code}", _sentence(refused), "problem")) from refused
    lines = [f"- {FAULTS[code] % data}" for one in found for code, data in one.faults]
    told = [
        {"sound": one.is_sound, "proven": one.is_proven, "points": one.points, "bound": one.bound, "faults": [code for code, _data in one.faults]}
        for one in found
    ]
    report(args, {"sound": not lines, "plans": told}, *lines[:_FEW], *(_checked(one) for one in found))
    return REFUSED if lines else DONE


def _checked(found: "Report") -> str:
    if not found.is_sound:
        return _("Phương án sai %(count)d chỗ.") % {"count": len(found.faults)}
    if found.is_proven:
        return _("Phương án đúng và tốt nhất: %(points)s điểm, bằng cận tính lại.") % {"points": found.points}
    if found.bound is None:
        return _("Phương án đúng, %(points)s điểm; cận là lời của HiGHS, không tính lại được.") % {"points": found.points}
    return _("Phương án đúng: %(points)s điểm, cận tính lại %(bound)s.") % {"points": found.points, "bound": found.bound}


def _read(args: argparse.Namespace) -> tuple[Problem, ...]:
    content = read_problem_file(args.problem)
    if args.format == "json":
        return (read_problem(content),)
    return read_orlib(orlib_text(content), Aim(args.aim) if args.aim else aim_of(args.problem.name))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(_("số giây “%(text)s” phải từ 1 tới 86400") % {"text": text})
    return seconds


def _sentence(refused: Refused) -> str:
    if refused.code == "infeasible":
        return _conflict(refused.data["conflict"])  # type: ignore[arg-type]
    return sentence_of(refused, SENTENCES)


def _conflict(found: "Conflict") -> str:
    tasks, people = _shown(found.tasks), _shown(found.people)
    last = "" if found.is_smallest else " " + _("(Có thể còn bộ việc nhỏ hơn.)")
    if not found.people:
        return _("Không chia được: không ai nhận được việc %(tasks)s.") % {"tasks": tasks}
    data = {"count": len(found.tasks), "tasks": tasks, "people": people, "need": found.need, "room": found.room}
    if found.need > found.room:
        return _("Không chia được: %(count)d việc (%(tasks)s) cần ít nhất %(need)d giờ, mà chỉ %(people)s nhận được, còn %(room)d giờ kịp hạn.") % data + last
    return _("Không chia được: %(count)d việc (%(tasks)s) không xếp vừa giờ của %(people)s, dù cộng lại đủ (%(need)d trên %(room)d giờ).") % data + last


def _shown(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_FEW]) + (" …" if len(names) > _FEW else "")
