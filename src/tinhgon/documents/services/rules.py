"""Sửa quy tắc: mỗi lần một phiên bản mới, có người sửa và lý do; và chọn lối viết của một cơ quan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason
from tinhgon.documents.models import OrganStyle, RuleSet, RuleSetVersion, Side
from tinhgon.engine.form.rules import Certainty, RuleKind, Severity, rule_from
from tinhgon.org.access import Standing, require, structure_root
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import path, unit_at

EDITABLE = ("wording", "document", "clause", "severity", "certainty")
"""Các ô của mọi quy tắc sửa được; thêm các ô trong ``data`` tùy loại. Mã và loại quy tắc không bao giờ đổi."""


def may_keep_rules(standing: Standing, *, on: date) -> bool:
    """Quy tắc dùng chung cho mọi cơ quan ở đây, nên chỉ chánh văn phòng của cấp ủy trên cùng được sửa."""
    return standing.may(Verb.KEEP_RULES) and len(path(structure_root(standing), on=on)) <= 1


@transaction.atomic
def revise_rule(
    actor: Actor, *, on: date, code: str, rule_code: str, changes: Mapping[str, Any], reason: str
) -> RuleSetVersion:
    """Sửa một quy tắc của bộ ``code``: thành phiên bản kế tiếp, phiên bản cũ còn nguyên và văn bản cũ vẫn trỏ vào nó.

    ``changes``: các ô của ``EDITABLE`` và của ``data``. ``Invalid`` với mọi ô sai, hay khi không có gì đổi.
    """
    standing = require(actor, Verb.KEEP_RULES, on=on)
    if standing is not None and not may_keep_rules(standing, on=on):
        sentence = _("Bộ quy tắc dùng chung cho mọi cơ quan: chỉ văn phòng của cấp ủy cao nhất ở đây được sửa.")
        raise Forbidden(Reason("documents.rules_shared", sentence))
    rule_set = RuleSet.objects.select_for_update().filter(code=code).first()
    last = rule_set.versions.first() if rule_set else None
    place = next((at for at, row in enumerate(last.rules) if row["code"] == rule_code), None) if last else None
    if rule_set is None or last is None or place is None:
        raise NotFound(Reason("documents.no_rules", _("Không có quy tắc này.")))
    before = last.rules[place]
    after = _changed(before, changes)
    reasons = _objections(before, after, reason)
    if reasons:
        raise Invalid(*reasons)
    rules = [*last.rules[:place], after, *last.rules[place + 1 :]]
    version = RuleSetVersion.objects.create(
        rule_set=rule_set, number=last.number + 1, rules=rules, reason=reason.strip(), made_at=clock.now(),
        author_id=standing.person_id if standing else None,
    )  # fmt: skip
    record(
        actor, "documents.rule_revised", ("rule_set", rule_set.pk), before=before,
        after=after | {"version": version.number, "reason": version.reason, "set": code, "rule": after["wording"]},
    )  # fmt: skip
    return version


def _changed(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: str(changes[name]).strip() for name in EDITABLE if name in changes}
    data = {name: changes[name] for name in before["data"] if name in changes and name != "type"}
    return {**before, **named, "data": before["data"] | data}


def _objections(before: Mapping[str, Any], after: Mapping[str, Any], reason: str) -> list[Reason]:
    reasons = []
    if not reason.strip():
        reasons.append(Reason("documents.missing", _("Hãy ghi lý do sửa."), "reason"))
    for name, sentence in (("wording", _("Quy tắc phải có câu chữ.")), ("document", _("Hãy ghi nguồn: văn bản nào."))):
        if not after[name]:
            reasons.append(Reason("documents.missing", sentence, name))
    if after["severity"] not in list(Severity):
        reasons.append(Reason("documents.severity", _("Mức này không có."), "severity"))
    if after["certainty"] not in list(Certainty):
        reasons.append(Reason("documents.certainty", _("Mức chắc chắn này không có."), "certainty"))
    if after["severity"] == Severity.BLOCKING and after["certainty"] == Certainty.CONFLICT:
        sentence = _("Các nguồn còn nói khác nhau thì chỉ nhắc, không chặn.")
        reasons.append(Reason("documents.conflict_never_blocks", sentence, "severity"))
    reasons += _data_objections(after)
    if not reasons and rule_from(before) == rule_from(after):
        reasons.append(Reason("documents.nothing_changed", _("Chưa đổi ô nào.")))
    return reasons


def _data_objections(row: Mapping[str, Any]) -> list[Reason]:
    data = row["data"]
    if row["kind"] != RuleKind.MEASURE or data["unit"] not in ("mm", "pt"):
        return []
    if not 0 < data["min"] <= data["use"] <= data["max"]:
        return [Reason("documents.measure_range", _("Giá trị dùng phải nằm giữa nhỏ nhất và lớn nhất, và lớn hơn 0."), "use")]
    return []


@transaction.atomic
def set_style(
    actor: Actor, *, on: date, unit_id: int, side: str, spelling: str, letter_opening: str, place: str = ""
) -> OrganStyle:
    """Chọn lối viết của một cơ quan: thể thức Đảng hay Nhà nước, dấu thanh, cách mở đầu trích yếu công văn, địa danh."""
    require(actor, Verb.KEEP_RULES, on=on, unit_id=unit_id)
    unit = unit_at(unit_id, on=on)
    reasons = []
    if unit is None or not unit.is_open or not unit.is_organ:
        reasons.append(Reason("documents.not_an_organ", _("Hãy chọn một cơ quan đang hoạt động, có sổ và con dấu."), "unit"))
    choices = ((side, Side.values, "side"), (spelling, OrganStyle.Spelling.values, "spelling"),
               (letter_opening, OrganStyle.LetterOpening.values, "letter_opening"))  # fmt: skip
    reasons += [Reason("documents.style", _("Lựa chọn này không có."), name) for value, known, name in choices if value not in known]
    if reasons:
        raise Invalid(*reasons)
    style = OrganStyle.objects.filter(unit=unit_id).first() or OrganStyle(unit_id=unit_id)
    before = {"side": style.side, "spelling": style.spelling, "letter_opening": style.letter_opening, "place": style.place}
    after = {"side": side, "spelling": spelling, "letter_opening": letter_opening, "place": place.strip()}
    for name, value in after.items():
        setattr(style, name, value)
    style.save()
    record(actor, "documents.style_set", ("unit", unit_id), before=before, after=after)
    return style
