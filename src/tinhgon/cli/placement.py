"""``tinhgon place|check|explain``: lập phương án bố trí từ tệp, kiểm tra lại, giải thích. Không cần cơ sở dữ liệu.

Động cơ kéo theo OR-tools và SciPy, nên chỉ nhập khi chạy.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tinhgon.cli import allocate
from tinhgon.cli.common import orlib_text, read_problem_file, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.allocation.reading import PLAN_FORMAT
from tinhgon.engine.jsonvalues import parse
from tinhgon.engine.placement.model import Fact, FullCertificate, Plan, Problem, Weights
from tinhgon.engine.placement.orlib import read_assignment
from tinhgon.engine.placement.reading import read_problem
from tinhgon.engine.placement.sentences import Speaker
from tinhgon.engine.placement.writing import plan_json, plan_of, read_plan, read_weights
from tinhgon.engine.refusal import Refused

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands
    from tinhgon.engine.placement.checking import Report
    from tinhgon.engine.placement.conflict.searching import Conflict
    from tinhgon.engine.placement.full.exchanging import Exchange
    from tinhgon.engine.placement.full.searching import Progress

_FEW = 10


def register(commands: "Commands") -> None:
    place = commands.add_parser("place", help=_("lập phương án bố trí cán bộ từ tệp bài toán; phương án kèm chứng chỉ"))
    _problem_argument(place)
    place.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN.json", help=_("tệp phương án sẽ ghi"))
    place.add_argument(
        "--weight", action="append", default=[], metavar=_("TÊN=SỐ"), help=_("thanh kéo 0-100: mastery, kind, wishes, moves; lặp lại được")
    )
    place.add_argument(
        "--full", type=float, default=0, metavar=_("GIÂY"), help=_("giữ cả các quy tắc trên cả đơn vị và cặp cùng xã, tìm trong ngần ấy giây")
    )
    place.set_defaults(run=run_place, database=False)
    check = commands.add_parser("check", help=_("kiểm tra một phương án bố trí hay chia việc bằng số nguyên; mã thoát 1 khi có chỗ sai"))
    _problem_argument(check)
    allocate.aim_argument(check)
    check.add_argument("plan", type=Path, metavar="PLAN.json", help=_("tệp phương án"))
    check.set_defaults(run=run_check, database=False)
    explain = commands.add_parser("explain", help=_("vì sao người này ở chỗ này, vì sao không phải vị trí kia"))
    explain.add_argument("plan", type=Path, metavar="PLAN.json", help=_("tệp phương án do tinhgon place ghi"))
    explain.add_argument("--person", required=True, metavar=_("MÃ"), help=_("mã người"))
    explain.add_argument("--post", default="", metavar=_("MÃ"), help=_("vì sao không phải vị trí này"))
    explain.set_defaults(run=run_explain, database=False)


def _problem_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help=_("tệp bài toán"))
    parser.add_argument("--format", choices=("json", "orlib"), default="json", help=_("dạng tệp bài toán (mặc định json)"))


def run_place(args: argparse.Namespace) -> None:
    from tinhgon.engine.placement.conflict.searching import conflict, conflicts  # noqa: PLC0415
    from tinhgon.engine.placement.solving import Planner  # noqa: PLC0415

    with _one_sentence():
        problem = _read(args)
        weights = _weights(args.weight)
        planner = Planner(problem)
        plan = planner.plan(weights)
        found = conflict(problem, plan, planner.network.options)
        if found:
            raise Invalid(Reason("placement.conflict", _conflict(problem, found), "problem"))
        progress = _search(problem, weights, args.full) if args.full > 0 else None
        plan = progress.plan if progress else plan
        wishes = [_conflict(problem, one) for one in conflicts(problem, plan, _FEW, planner.network.options)]
    write_file(args.output, plan_json(plan, problem, progress.certificate if progress else None).encode())
    speaker = Speaker(problem, _)
    last = _("%(placed)d người có chỗ, %(unplaced)d người chưa có, cắt %(cut)d ghế. %(proof)s") % {
        "placed": len(plan.places), "unplaced": len(plan.unplaced), "cut": sum(plan.cuts.values()), "proof": _proof(problem, plan, progress),
    }  # fmt: skip
    data = {
        "placed": len(plan.places), "unplaced": len(plan.unplaced), "cut": sum(plan.cuts.values()), "points": dict(plan.points),
        "value": plan.certificate.value, "bound": plan.certificate.bound, "proven": plan.certificate.is_proven,
        "unmet": [speaker.fact(one) for one in plan.unmet], "conflicts": wishes, "gap": progress.gap if progress else None,
    }  # fmt: skip
    report(args, data, *_shortened(speaker, plan.unmet), *wishes, last)


def run_check(args: argparse.Namespace) -> int:
    from tinhgon.engine.placement.checking import check  # noqa: PLC0415

    with _one_sentence():
        given = parse(read_problem_file(args.plan))
        if isinstance(given, dict) and given.get("format") == PLAN_FORMAT:
            return allocate.run_check(args, given)
        problem = _read(args)
        file = plan_of(given)
        found = check(problem, file.plan, file.full)
    speaker = Speaker(problem, _)
    proven = found.is_proven and not found.beyond if file.full is None else found.is_fully_proven
    data = {
        "sound": found.is_sound, "proven": proven, "value": found.value, "bound": found.bound, "full": _full_data(found, file.full),
        "faults": [speaker.fact(one) for one in found.faults], "unmet": [speaker.fact(one) for one in found.unmet],
    }  # fmt: skip
    report(args, data, *_shortened(speaker, (*found.faults, *found.unmet)), *_verdict(found, file.full))
    return DONE if found.is_sound else REFUSED


def _full_data(found: "Report", full: FullCertificate | None) -> dict[str, Any] | None:
    if full is None or not found.is_sound:
        return None
    return {"value": found.full_value, "bound": found.full_bound, "gap": found.gap, "told_bound": full.bound, "own_bound": full.own_bound}


def _verdict(found: "Report", full: FullCertificate | None) -> Iterator[str]:
    """Điều tính lại được, và điều không: không bao giờ lấy lời máy giải làm lời của bộ kiểm tra."""
    if not found.is_sound:
        yield _("Phương án sai %(count)d chỗ.") % {"count": len(found.faults)}
        return
    if full is None:
        if not found.is_proven:
            yield _("Phương án đúng; giá trị %(value)s, cận dưới %(bound)s.") % {"value": found.value, "bound": found.bound}
        elif found.beyond:
            yield _("Phương án đúng, và tốt nhất theo luật của dòng chảy: giá trị bằng cận dưới, %(value)s.") % {"value": found.value}
        else:
            yield _("Phương án đúng và tốt nhất: giá trị bằng cận dưới, %(value)s.") % {"value": found.value}
        if found.beyond:
            told = _("Không chứng minh được gì về %(count)d quy tắc ngoài dòng chảy còn thiếu: tệp không có chứng chỉ đủ luật (lập với --full).")
            yield told % {"count": len(found.beyond)}
        return
    if found.is_fully_proven:
        yield _("Phương án đúng và tốt nhất dưới mọi quy tắc: giá trị gộp bằng cận dưới tính lại từ chứng chỉ, %(value)s.") % {"value": found.full_value}
        return
    yield _("Phương án đúng, mọi quy tắc đã đếm lại; giá trị gộp %(value)s, cận dưới tính lại từ chứng chỉ %(bound)s: phương án tốt nhất có thể hơn nhiều nhất %(gap)s %%.") % {
        "value": found.full_value, "bound": found.full_bound, "gap": _decimal(found.gap),
    }  # fmt: skip
    if full.bound > found.full_bound:
        yield _("Chứng chỉ còn ghi cận %(bound)s theo lời máy giải số nguyên (HiGHS): điều ấy không tính lại được từ chứng chỉ.") % {"bound": full.bound}


def run_explain(args: argparse.Namespace) -> None:
    from tinhgon.engine.placement.checking import check  # noqa: PLC0415
    from tinhgon.engine.placement.explaining import explain, why_not  # noqa: PLC0415
    from tinhgon.engine.placement.full.exchanging import pricing_of  # noqa: PLC0415

    with _one_sentence():
        file = read_plan(read_problem_file(args.plan))
        plan, problem = file.plan, file.problem
        if problem is None:
            raise Refused("no_problem")
        speaker = Speaker(problem, _)
        faults = check(problem, plan, file.full).faults
        if faults:
            raise Refused("broken_plan", why=speaker.fact(faults[0]))
        pricing, price, between = pricing_of(problem, plan, file.full), None, None
        if args.post:
            asked = why_not(problem, plan, args.person, args.post, pricing)
            facts, price, between = asked.facts, asked.answer and asked.answer.price, asked.exchange and _between(asked.exchange)
        else:
            facts = explain(problem, plan, args.person, pricing)
    lines = [speaker.fact(one) for one in facts]
    report(args, {"lines": lines, "facts": [{"code": one.code, **one.data} for one in facts], "price": price, "between": between}, *lines)


def _between(asked: "Exchange") -> dict[str, Any]:
    """Hai cận của giá gộp dưới mọi quy tắc; ``most`` trống khi chưa tìm được cách xếp nào."""
    return {"least": asked.least, "most": asked.found and asked.found.most, "exact": asked.is_exact}


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise Invalid(Reason(f"placement.{refused.code}", Speaker(translate=_).refusal(refused), data=refused.data)) from refused


def _read(args: argparse.Namespace) -> Problem:
    content = read_problem_file(args.problem)
    if args.format == "json":
        return read_problem(content)
    return read_assignment(orlib_text(content))


def _weights(texts: list[str]) -> Weights:
    given: dict[str, int] = {}
    for text in texts:
        name, _sep, value = text.partition("=")
        if name not in Weights.names() or not value.isascii() or not value.isdigit():
            raise Refused("bad_weight", text=text, known=", ".join(Weights.names()))
        given[name] = int(value)
    return read_weights(given)


def _conflict(problem: Problem, found: "Conflict") -> str:
    speaker = Speaker(problem, _)
    names = [speaker.rule(one.kind, one.data) for one in found.rules]
    return speaker.conflict([*names[:_FEW], *(["…"] if len(names) > _FEW else [])], [speaker.fact(one) for one in found.because])


def _search(problem: Problem, weights: Weights, seconds: float) -> "Progress":
    """Tiến độ ra lỗi chuẩn: kết quả ở đầu ra chuẩn vẫn là của máy đọc."""
    from tinhgon.engine.placement.full.searching import search  # noqa: PLC0415

    for step in search(problem, weights, seconds=seconds, now=time.monotonic):
        line = _("%(phase)s: khoảng cách %(gap)s %%, còn thiếu %(short)d người cho các quy tắc.")
        print(line % {"phase": step.phase, "gap": _decimal(step.gap), "short": step.short}, file=sys.stderr)
    return step


def _proof(problem: Problem, plan: Plan, progress: "Progress | None") -> str:
    if progress is not None:
        return _("Khoảng cách tới cận dưới %(gap)s %%.") % {"gap": _decimal(progress.gap)}
    if plan.certificate.is_proven and problem.rules.beyond_flow and plan.unmet:
        return _("Đã chứng minh tốt nhất theo luật của dòng chảy.")
    return _("Đã chứng minh tốt nhất.") if plan.certificate.is_proven else _("Chưa chứng minh tốt nhất.")


def _decimal(value: float) -> str:
    return number_format(value, 4)


def _shortened(speaker: Speaker, facts: tuple[Fact, ...]) -> list[str]:
    lines = [f"- {speaker.fact(one)}" for one in facts[:_FEW]]
    more = len(facts) - _FEW
    return lines if more <= 0 else [*lines, _("… và %(count)d điều nữa.") % {"count": more}]
