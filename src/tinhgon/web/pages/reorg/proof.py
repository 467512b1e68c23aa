"""Chứng minh: một câu, bảng từng loại với dấu bằng, băm, ai và lúc nào; chứng minh lại bất cứ lúc nào."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.audit.selectors import history_of
from tinhgon.org import holdings
from tinhgon.reorg import services
from tinhgon.web.pages.reorg.common import Case, case_for, show, told
from tinhgon.web.pages.reorg.overview import tell

_SIGNED = ("reorg.proved", "reorg.verified", "reorg.closed")


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của bảng chứng minh, có tên loại và câu nói chỗ không khớp."""

    kind: str
    label: str
    counts: dict[str, int]
    is_equal: bool
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """Một lần chứng minh để trình bày. ``is_latest``: chứng minh lại, chứ không phải lúc chuyển giao xong."""

    lines: tuple[Line, ...]
    total: dict[str, int]
    is_whole: bool
    hash: str
    at: object
    direction: str


_COUNTS = ("before", "moved", "joined", "closed", "reopened", "after")


def proof(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: bảng chứng minh. POST: chứng minh lại từ dữ liệu lúc này, kết quả hiện cạnh bản đầu."""
    case = case_for(request, reorg_id)
    if request.method == "POST":
        return _prove_again(request, case)
    again = request.session.get(_key(case))
    context = {
        "proof": _shown(case.reorg.proof) if case.reorg.proof else None,
        "again": _shown(again) if again and again["direction"] == case.reorg.proof["direction"] else None,
        "signed": tell(history_of("reorg", reorg_id).filter(code__in=_SIGNED)[:5]),
    }
    return show(case, "proof.html", context)


def _prove_again(request: HttpRequest, case: Case) -> HttpResponse:
    def prove() -> None:
        request.session[_key(case)] = services.verify(request.actor, case.reorg.pk)

    told(request, prove, _("Đã chứng minh lại từ dữ liệu lúc này."))
    return redirect(f"{case.url('reorg_proof')}#chung-minh-lai")


def _key(case: Case) -> str:
    return f"reorg_proof_{case.reorg.pk}"


def _shown(made: dict[str, Any]) -> Proof:
    lines = tuple(_line(row) for row in made["rows"] if row["before"] or not row["equal"])
    total = {name: sum(row[name] for row in made["rows"]) for name in _COUNTS}
    return Proof(lines, total, made["whole"], made["hash"], parse_datetime(made["at"]), made["direction"])


def _line(row: dict[str, Any]) -> Line:
    faults = (
        (row["lost"], _("thiếu %(count)d mục")), (row["changed"], _("%(count)d mục đổi nội dung")),
        (row["left"], _("%(count)d mục còn ở đơn vị đã kết thúc")),
        (row["intruders"], _("%(count)d mục mới mang tên đơn vị đã kết thúc")),
        (max(row["moved"] - row["after"], 0), _("%(count)d mục đã chuyển tiếp đi nơi khác")),
    )  # fmt: skip
    told_faults = tuple(sentence % {"count": count} for count, sentence in faults if count)
    label = str(holdings.holding(row["kind"]).label)
    return Line(row["kind"], label, {name: row[name] for name in _COUNTS}, row["equal"], told_faults)


@require_POST
def close(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Khép lại: biên bản đã ký, không hoàn tác được nữa."""
    case = case_for(request, reorg_id)
    told(request, lambda: services.close(request.actor, reorg_id), _("Đã khép lại lần sắp xếp."))
    return redirect(case.url("reorg_proof"))
