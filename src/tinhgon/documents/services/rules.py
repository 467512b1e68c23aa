"""Sửa, thêm, bỏ quy tắc và đổi ngày của bộ: mỗi lần một phiên bản mới, có người sửa và lý do; chọn lối viết của một cơ quan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason
from tinhgon.documents.models import DocumentType, OrganStyle, RuleSet, RuleSetVersion, Side
from tinhgon.documents.selectors.rules import last_day
from tinhgon.engine.form.parameters import Parameter, fits, parameters
from tinhgon.engine.form.rules import Certainty, RuleKind, Severity, rule_from
from tinhgon.org.access import Standing, require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import unit_at
from tinhgon.org.shared_rules import may_keep_rules

EDITABLE = ("wording", "document", "clause", "severity", "certainty")
"""Các ô của mọi quy tắc sửa được; thêm các ô trong ``data`` tùy loại. Mã và loại quy tắc không bao giờ đổi."""
_ADDABLE = (RuleKind.TYPE, RuleKind.AUTHORITY)
"""Điều kiểm tra và số đo gắn với chương trình: chỉ sửa, tắt, bỏ đi hay đưa lại, không đặt ra được."""


MOST_CONTACT, LONGEST_CONTACT = 3, 110
"""Vừa bề ngang phần chữ ở cỡ 11, và không lấn hết trang."""
_PLAIN = {"severity": Severity.WARNING, "certainty": Certainty.SEEN}  # để đọc hình của một dòng mới dù mức còn sai


@dataclass(frozen=True, slots=True)
class Opened:
    """Một bộ đang mở để sửa, dòng của nó đã khóa."""

    standing: Standing | None
    rule_set: RuleSet
    last: RuleSetVersion


@transaction.atomic
def revise_rule(
    actor: Actor, *, on: date, code: str, rule_code: str, changes: Mapping[str, Any], reason: str
) -> RuleSetVersion:
    """Sửa một quy tắc của bộ ``code``: thành phiên bản kế tiếp, phiên bản cũ còn nguyên và văn bản cũ vẫn trỏ vào nó.

    ``changes``: các ô của ``EDITABLE`` và của ``data``. ``Invalid`` với mọi ô sai, hay khi không có gì đổi.
    """
    opened = opened_set(actor, code, on)
    place = _place(opened.last, rule_code)
    before = opened.last.rules[place]
    after = _changed(before, changes)
    reasons = _objections(after, reason, shapes=parameters(rule_from(before)))
    if not reasons and rule_from(before) == rule_from(after):
        reasons = [Reason("documents.nothing_changed", _("Chưa đổi ô nào."))]
    if reasons:
        raise Invalid(*reasons)
    rules = [*opened.last.rules[:place], after, *opened.last.rules[place + 1 :]]
    version = write_version(opened, reason, rules=rules)
    return told(actor, "documents.rule_revised", version, before=before, after=after)


@transaction.atomic
def add_rule(actor: Actor, *, on: date, code: str, kind: str, type_code: str, values: Mapping[str, Any], reason: str) -> RuleSetVersion:
    """Thêm một tên loại kèm ký hiệu, hay một điều về thẩm quyền, cho tên loại ``type_code`` của danh mục."""
    opened = opened_set(actor, code, on)
    if kind not in _ADDABLE:
        raise Invalid(Reason("documents.rule_kind", _("Chỉ thêm được tên loại và thẩm quyền."), "kind"))
    data = {"abbreviation": values.get("abbreviation", "")} if kind == RuleKind.TYPE else {"no": list(values.get("no", ()))}
    row = {"code": f"{kind}.{type_code}", "kind": kind, "data": {"type": type_code} | data}
    row |= {name: str(values.get(name, "")).strip() for name in EDITABLE}
    reasons = _objections(row, reason, shapes=parameters(rule_from(row | _PLAIN)))
    if not DocumentType.objects.filter(code=type_code).exists():
        reasons.append(Reason("documents.type", _("Danh mục không có tên loại này."), "type"))
    if any(one["code"] == row["code"] for one in opened.last.rules):
        reasons.append(Reason("documents.rule_known", _("Bộ đã có quy tắc ấy cho tên loại này: hãy sửa nó."), "type"))
    if reasons:
        raise Invalid(*reasons)
    version = write_version(opened, reason, rules=[*opened.last.rules, row])
    return told(actor, "documents.rule_added", version, before={}, after=row)


@transaction.atomic
def remove_rule(actor: Actor, *, on: date, code: str, rule_code: str, reason: str) -> RuleSetVersion:
    """Bỏ một quy tắc khỏi bộ từ phiên bản kế tiếp; các phiên bản trước vẫn có nó, đưa lại được."""
    opened = opened_set(actor, code, on)
    place = _place(opened.last, rule_code)
    need_reason(reason)
    version = write_version(opened, reason, rules=[*opened.last.rules[:place], *opened.last.rules[place + 1 :]])
    return told(actor, "documents.rule_removed", version, before=opened.last.rules[place], after={})


@transaction.atomic
def bring_back_rule(actor: Actor, *, on: date, code: str, rule_code: str, reason: str) -> RuleSetVersion:
    """Đưa lại một quy tắc đã bỏ, như ở phiên bản cuối cùng còn nó."""
    opened = opened_set(actor, code, on)
    need_reason(reason)
    if any(row["code"] == rule_code for row in opened.last.rules):
        raise Invalid(Reason("documents.rule_known", _("Quy tắc này đang có trong bộ.")))
    olds = opened.rule_set.versions.values_list("rules", flat=True)
    row = next((row for rules in olds for row in rules if row["code"] == rule_code), None)
    if row is None:
        raise _no_rule()
    version = write_version(opened, reason, rules=[*opened.last.rules, row])
    return told(actor, "documents.rule_added", version, before={}, after=row)


@transaction.atomic
def redate_set(actor: Actor, *, on: date, code: str, since: date, until: date | None, note: str, reason: str) -> RuleSetVersion:
    """Đổi ngày áp dụng (cả hai ngày đều tính) và ghi chú của một bộ: cũng thành phiên bản mới.

    ``Invalid`` khi chồng ngày với bộ khác cùng thể thức: một ngày chỉ có một bộ.
    """
    opened = opened_set(actor, code, on)
    rule_set = opened.rule_set
    before = {"since": rule_set.valid.lower, "until": last_day(rule_set), "note": rule_set.note}
    after = {"since": since, "until": until, "note": note.strip()}
    reasons = [] if reason.strip() else [_missing_reason()]
    if until is not None and until < since:
        reasons.append(Reason("documents.rule_dates", _("Ngày cuối phải từ ngày đầu trở đi."), "until"))
    else:
        reasons += _overlaps(rule_set, since, until)
    if not reasons and before == after:
        reasons = [Reason("documents.nothing_changed", _("Chưa đổi ô nào."))]
    if reasons:
        raise Invalid(*reasons)
    rule_set.valid = DateRange(since, until + timedelta(days=1) if until else None)
    rule_set.note = note.strip()
    rule_set.save(update_fields=["valid", "note"])
    version = write_version(opened, reason, rules=opened.last.rules)
    record(
        actor, "documents.rule_set_redated", ("rule_set", rule_set.pk), before=before,
        after=after | {"version": version.number, "reason": version.reason, "set": code},
    )  # fmt: skip
    return version


def opened_set(actor: Actor, code: str, on: date) -> Opened:
    standing = require(actor, Verb.KEEP_RULES, on=on)
    if standing is not None and not may_keep_rules(standing, on=on):
        sentence = _("Bộ quy tắc dùng chung cho mọi cơ quan: chỉ văn phòng của cấp ủy cao nhất ở đây được sửa.")
        raise Forbidden(Reason("documents.rules_shared", sentence))
    rule_set = RuleSet.objects.select_for_update().filter(code=code).first()
    last = rule_set.versions.first() if rule_set else None
    if rule_set is None or last is None:
        raise _no_rule()
    return Opened(standing, rule_set, last)


def write_version(opened: Opened, reason: str, *, rules: list[Any]) -> RuleSetVersion:
    return RuleSetVersion.objects.create(
        rule_set=opened.rule_set, number=opened.last.number + 1, rules=rules, valid=opened.rule_set.valid, reason=reason.strip(),
        made_at=clock.now(), author_id=opened.standing.person_id if opened.standing else None,
    )  # fmt: skip


def told(actor: Actor, code: str, version: RuleSetVersion, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> RuleSetVersion:
    said = {"version": version.number, "reason": version.reason, "set": version.rule_set.code, "rule": (after or before)["wording"]}
    record(actor, code, ("rule_set", version.rule_set_id), before=before, after={**after, **said})
    return version


def _place(last: RuleSetVersion, rule_code: str) -> int:
    place = next((at for at, row in enumerate(last.rules) if row["code"] == rule_code), None)
    if place is None:
        raise _no_rule()
    return place


def _no_rule() -> NotFound:
    return NotFound(Reason("documents.no_rules", _("Không có quy tắc này.")))


def _missing_reason() -> Reason:
    return Reason("documents.missing", _("Hãy ghi lý do sửa."), "reason")


def need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_missing_reason())


def overlapping(rule_set: RuleSet, valid: DateRange) -> QuerySet[RuleSet]:
    """Các bộ khác cùng thể thức mà ngày áp dụng chồng lên ``valid``: một ngày chỉ có một bộ."""
    return RuleSet.objects.filter(side=rule_set.side, valid__overlap=valid).exclude(pk=rule_set.pk).order_by("valid")


def _overlaps(rule_set: RuleSet, since: date, until: date | None) -> list[Reason]:
    others = overlapping(rule_set, DateRange(since, until + timedelta(days=1) if until else None))
    sentence = _("Chồng ngày với %(set)s (từ %(since)s): một ngày chỉ có một bộ, hãy đổi bộ ấy trước.")
    return [
        Reason("documents.rule_sets_overlap", sentence % {"set": one.name, "since": f"{one.valid.lower:%d/%m/%Y}"}, "since") for one in others
    ]


def _changed(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: str(changes[name]).strip() for name in EDITABLE if name in changes}
    known = {parameter.name for parameter in parameters(rule_from(before))}
    data = {name: value for name, value in changes.items() if name in known}
    return {**before, **named, "data": before["data"] | data}


def _objections(row: Mapping[str, Any], reason: str, *, shapes: tuple[Parameter, ...]) -> list[Reason]:
    reasons = [] if reason.strip() else [_missing_reason()]
    for name, sentence in (("wording", _("Quy tắc phải có câu chữ.")), ("document", _("Hãy ghi nguồn: văn bản nào."))):
        if not row[name]:
            reasons.append(Reason("documents.missing", sentence, name))
    if row["severity"] not in list(Severity):
        reasons.append(Reason("documents.severity", _("Mức này không có."), "severity"))
    if row["certainty"] not in list(Certainty):
        reasons.append(Reason("documents.certainty", _("Mức chắc chắn này không có."), "certainty"))
    if row["severity"] == Severity.BLOCKING and row["certainty"] == Certainty.CONFLICT:
        sentence = _("Các nguồn còn nói khác nhau thì chỉ nhắc, không chặn.")
        reasons.append(Reason("documents.conflict_never_blocks", sentence, "severity"))
    return reasons + _data_objections(row, shapes)


def _data_objections(row: Mapping[str, Any], shapes: tuple[Parameter, ...]) -> list[Reason]:
    """Hình của từng ô trong ``data`` (hình là của quy tắc trước khi sửa), rồi thứ tự nhỏ nhất, dùng, lớn nhất của số đo."""
    data = row["data"]
    wrong = [one.name for one in shapes if not fits(one, data[one.name])]
    if wrong:
        return [Reason("documents.rule_value", _("Giá trị này chưa đúng, hoặc còn trống."), name) for name in wrong]
    is_measure = row["kind"] == RuleKind.MEASURE and data["unit"] in ("mm", "pt")
    if is_measure and not 0 < data["min"] <= data["use"] <= data["max"]:
        return [Reason("documents.measure_range", _("Giá trị dùng phải nằm giữa nhỏ nhất và lớn nhất, và lớn hơn 0."), "use")]
    return []


@transaction.atomic
def set_style(
    actor: Actor, *, on: date, unit_id: int, side: str, spelling: str, letter_opening: str, place: str = "", contact: str = "",
) -> OrganStyle:
    """Chọn lối viết của một cơ quan: thể thức Đảng hay Nhà nước, dấu thanh, cách mở đầu trích yếu công văn, địa danh, thông tin liên hệ."""
    require(actor, Verb.KEEP_RULES, on=on, unit_id=unit_id)
    unit = unit_at(unit_id, on=on)
    reasons = []
    if unit is None or not unit.is_open or not unit.is_organ:
        reasons.append(Reason("documents.not_an_organ", _("Hãy chọn một cơ quan đang hoạt động, có sổ và con dấu."), "unit"))
    choices = ((side, Side.values, "side"), (spelling, OrganStyle.Spelling.values, "spelling"),
               (letter_opening, OrganStyle.LetterOpening.values, "letter_opening"))  # fmt: skip
    reasons += [Reason("documents.style", _("Lựa chọn này không có."), name) for value, known, name in choices if value not in known]
    lines = [" ".join(line.split()) for line in contact.splitlines() if line.strip()]
    if len(lines) > MOST_CONTACT or any(len(line) > LONGEST_CONTACT for line in lines):
        sentence = _("Thông tin liên hệ in ở cuối trang đầu: nhiều nhất 3 dòng, mỗi dòng 110 ký tự.")
        reasons.append(Reason("documents.contact_too_long", sentence, "contact"))
    if reasons:
        raise Invalid(*reasons)
    style = OrganStyle.objects.filter(unit=unit_id).first() or OrganStyle(unit_id=unit_id)
    before = {"side": style.side, "spelling": style.spelling, "letter_opening": style.letter_opening, "place": style.place, "contact": style.contact}
    after = {"side": side, "spelling": spelling, "letter_opening": letter_opening, "place": place.strip(), "contact": "\n".join(lines)}
    for name, value in after.items():
        setattr(style, name, value)
    style.save()
    record(actor, "documents.style_set", ("unit", unit_id), before=before, after=after)
    return style
