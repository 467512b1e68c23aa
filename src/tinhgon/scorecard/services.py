"""Sửa, thêm, bỏ một thước đo: mỗi lần một phiên bản mới của cả bộ, có người sửa, lý do và ngày; các phiên bản cũ còn nguyên."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.engine.criteria.formula import LONGEST
from tinhgon.engine.criteria.measures import Measure, measure_from
from tinhgon.engine.refusal import Refused
from tinhgon.org import figures
from tinhgon.org.access import Standing
from tinhgon.scorecard.access import require_keeper
from tinhgon.scorecard.models import MeasureSet

EDITABLE = ("name", "formula", "unit", "better", "decimals", "sentence", "basis", "source")
"""Các ô sửa được; mã và tiêu chí của một thước đo không bao giờ đổi."""
Rows = list[dict[str, Any]]


@transaction.atomic
def revise_measure(actor: Actor, *, on: date, code: str, changes: Mapping[str, Any], reason: str) -> MeasureSet:
    """Sửa thước đo ``code``: áp dụng từ ngày ``on``. ``Invalid`` với ô sai, thiếu lý do, hay khi không có gì đổi."""
    standing, last = _opened(actor, on)
    place = _place(last.measures, code)
    before = _read(last.measures[place], None)
    after = _read(last.measures[place] | {name: changes[name] for name in EDITABLE if name in changes}, reason)
    if before == after:
        raise Invalid(Reason("scorecard.nothing_changed", _("Chưa đổi ô nào.")))
    rows = [*last.measures[:place], after.as_row(), *last.measures[place + 1 :]]
    return _written(actor, standing, last, rows, on, reason, "scorecard.measure_revised", before, after)


@transaction.atomic
def add_measure(actor: Actor, *, on: date, values: Mapping[str, Any], reason: str) -> MeasureSet:
    """Thêm một thước đo cho một tiêu chí, sau các thước đo đang có."""
    standing, last = _opened(actor, on)
    made = _read(values, reason)
    if any(row["code"] == made.code for row in last.measures):
        raise Invalid(Reason("scorecard.code_known", _("Mã này đã có thước đo khác."), "code"))
    return _written(actor, standing, last, [*last.measures, made.as_row()], on, reason, "scorecard.measure_added", None, made)


@transaction.atomic
def remove_measure(actor: Actor, *, on: date, code: str, reason: str) -> MeasureSet:
    """Bỏ một thước đo từ phiên bản kế; bản cũ vẫn có nó. Tiêu chí nào cũng phải còn ít nhất một thước đo."""
    standing, last = _opened(actor, on)
    place = _place(last.measures, code)
    gone = _read(last.measures[place], None)
    _need_reason(reason)
    rows = [*last.measures[:place], *last.measures[place + 1 :]]
    if all(row["criterion"] != gone.criterion for row in rows):
        raise Invalid(Reason("scorecard.last_measure", _("Tiêu chí này chỉ còn một thước đo: hãy sửa nó, hoặc thêm thước đo khác trước.")))
    return _written(actor, standing, last, rows, on, reason, "scorecard.measure_removed", gone, None)


def _opened(actor: Actor, on: date) -> tuple[Standing | None, MeasureSet]:
    standing = require_keeper(actor, on=on)
    last = MeasureSet.objects.select_for_update().first()
    if last is None:
        raise _no_measure()
    return standing, last


def _written(
    actor: Actor, standing: Standing | None, last: MeasureSet, rows: Rows, on: date, reason: str, code: str, before: Measure | None, after: Measure | None,
) -> MeasureSet:  # fmt: skip
    made = MeasureSet.objects.create(
        number=last.number + 1, measures=rows, since=on, author_id=standing.person_id if standing else None, reason=reason.strip(),
        made_at=clock.now(),
    )  # fmt: skip
    said = {"version": made.number, "reason": made.reason}
    record(actor, code, ("measures", made.number), before=before.as_row() if before else {}, after=(after.as_row() if after else {}) | said)
    return made


def _place(rows: Sequence[Mapping[str, Any]], code: str) -> int:
    place = next((at for at, row in enumerate(rows) if row["code"] == code), None)
    if place is None:
        raise _no_measure()
    return place


def _no_measure() -> NotFound:
    return NotFound(Reason("scorecard.no_measure", _("Không có thước đo này.")))


def _read(row: Mapping[str, Any], reason: str | None) -> Measure:
    """Đọc và kiểm tra một dòng; ``reason`` là ``None`` với dòng đã cất. Mọi điều sai nêu cùng lúc với lý do còn thiếu."""
    try:
        found = measure_from(row, known=figures.all_figures() if reason is not None else None)
    except Refused as refused:
        missing = [] if reason is None or reason.strip() else [_missing_reason()]
        raise Invalid(*missing, Reason(f"scorecard.{refused.code}", _sentence(refused), str(refused.data.get("field", "formula")))) from refused
    if reason is not None:
        _need_reason(reason)
    return found


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_missing_reason())


def _missing_reason() -> Reason:
    return Reason("scorecard.missing", _("Hãy ghi lý do sửa."), "reason")


def _sentence(refused: Refused) -> str:
    sentences = {
        "formula_empty": _("Hãy viết công thức."),
        "formula_long": _("Công thức dài quá: nhiều nhất %(most)d ký tự.") % {"most": LONGEST},
        "formula_syntax": _("Công thức viết chưa xong hoặc thừa dấu, quanh chỗ “%(near)s”."),
        "formula_part": _("Công thức chỉ có con số, bốn phép tính, dấu ngoặc, min và max; “%(part)s” không dùng được."),
        "formula_number": _("“%(part)s” không phải số viết thường: nhiều nhất 12 chữ số, 6 chữ số thập phân."),
        "formula_unknown": _("Không có con số nào mang mã %(codes)s: xem danh sách các con số."),
        "formula_constant": _("Công thức phải dùng ít nhất một con số đếm được."),
        "measure_code": _("Mã chỉ gồm chữ thường không dấu, số và gạch nối, từ 2 đến 40 ký tự."),
        "measure_empty": _("Ô này không để trống."),
        "measure_choice": _("Lựa chọn này không có."),
        "measure_decimals": _("Số chữ số thập phân từ 0 đến 3."),
        "measure_sentence": _("Câu so sánh phải có [trước] và [sau], có thể thêm [còn]; ngoài ra không có dấu ngoặc vuông."),
    }
    return sentences[refused.code] % refused.data if refused.code != "formula_long" else sentences[refused.code]
