"""Quy tắc thể thức: các bộ theo ngày, một bộ ở một phiên bản; sửa, thêm, bỏ, đổi ngày thành phiên bản mới; lối viết của cơ quan."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.models import RuleSetVersion
from tinhgon.documents.selectors import rules as reads
from tinhgon.documents.selectors import types
from tinhgon.documents.services import rule_upgrade as upgrade
from tinhgon.documents.services import rules as verbs
from tinhgon.engine.form.parameters import parameters
from tinhgon.engine.form.rules import Certainty, Change, Rule, RuleKind, RuleSetAt, Severity
from tinhgon.org.access import acting
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.org.shared_rules import may_keep_rules
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.rules import (
    ISSUER_NAMES,
    PARAMETER_NAMES,
    NewRuleForm,
    RuleForm,
    SetDatesForm,
    StyleForm,
)
from tinhgon.web.verbs import VerbPage, verb_page

SEVERITIES = {
    Severity.BLOCKING: gettext_lazy("chặn ban hành"), Severity.WARNING: gettext_lazy("nhắc"), Severity.OFF: gettext_lazy("không kiểm tra"),
}  # fmt: skip
CERTAINTIES = {
    Certainty.SEEN: gettext_lazy("thấy trong nguồn"), Certainty.SECOND_HAND: gettext_lazy("qua nguồn khác đọc lại"),
    Certainty.MEMORY: gettext_lazy("theo hiểu biết chung, chờ đối chiếu"), Certainty.CONFLICT: gettext_lazy("các nguồn nói khác nhau"),
}  # fmt: skip
KINDS = {
    RuleKind.CHECK: gettext_lazy("Điều kiểm tra"), RuleKind.MEASURE: gettext_lazy("Số đo"), RuleKind.TYPE: gettext_lazy("Tên loại và ký hiệu"),
    RuleKind.AUTHORITY: gettext_lazy("Thẩm quyền"),
}  # fmt: skip
_FIELDS = {
    "wording": gettext_lazy("câu chữ"), "document": gettext_lazy("nguồn"), "clause": gettext_lazy("mục"), "severity": gettext_lazy("mức"),
    "certainty": gettext_lazy("chắc chắn"), "": gettext_lazy("quy tắc"), "since": gettext_lazy("ban hành từ ngày"), "until": gettext_lazy("đến ngày"),
    "note": gettext_lazy("ghi chú"), "name": gettext_lazy("tên"),
}  # fmt: skip
ADDED: dict[str, dict[str, Any]] = {RuleKind.TYPE: {"abbreviation": ""}, RuleKind.AUTHORITY: {"no": []}}
"""Loại quy tắc thêm được -> phần riêng khi còn trống."""
_DONE = gettext_lazy("Đã ghi phiên bản mới của bộ quy tắc.")


@dataclass(frozen=True, slots=True)
class Row:
    """Một quy tắc như hiện trên trang. ``details``: (tên ô, giá trị) của phần riêng: số đo, ký hiệu, nơi không được ban hành..."""

    rule: Rule
    severity: str
    certainty: str
    details: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Diff:
    rule: str
    field: str
    before: str
    after: str


def rule_sets(request: HttpRequest) -> HttpResponse:
    """Các bộ quy tắc, bộ nào đang dùng; lối viết của các cơ quan mà người xem được chọn."""
    return render(request, "web/pages/rules/sets.html", {
        "rows": reads.sets(on=request.today), "organs": _own_organs(request), "may_keep": _may_keep(request),
    })  # fmt: skip


def rule_set(request: HttpRequest, code: str) -> HttpResponse:
    """Một bộ ở phiên bản đang xem (mặc định mới nhất): từng quy tắc, nguồn, mức, độ chắc chắn, và khác bản trước ở đâu."""
    versions = reads.history(code)
    chosen = _chosen(versions, request.GET.get("phien-ban"))
    at = reads.version(chosen.pk)
    kind = request.GET.get("phan") if request.GET.get("phan") in list(RuleKind) else str(RuleKind.CHECK)
    return render(request, "web/pages/rules/set.html", {
        "at": at, "version": chosen, "versions": versions, "rule_set": chosen.rule_set, "kind": kind,
        "until": reads.last_day(chosen.rule_set), "is_newest": chosen.pk == versions[0].pk, "is_now": request.today in chosen.rule_set.valid,
        "kinds": [(name, label, len(at.of(name))) for name, label in KINDS.items()],
        "rows": [_row(rule) for rule in at.of(RuleKind(kind))], "changes": _diffs(at.rules, reads.changes_in(at)), "offered": [(each, _diffs(at.rules, each.changes)) for each in reads.offered(at.code)],
        "removed": [r for r in reads.removed_rules(at) if r.kind == kind],
        "may_add": kind in ADDED,
        "may_keep": chosen.pk == versions[0].pk and _may_keep(request),
    })  # fmt: skip


def rule_edit(request: HttpRequest, code: str, rule_code: str) -> HttpResponse:
    """Sửa một quy tắc: thành phiên bản mới của cả bộ."""
    at = reads.newest(code)
    rule = _rule(at.rule(rule_code))
    kept = _common(rule) | dict(rule.data)
    form = RuleForm(request.POST or None, initial=kept, rule=rule, severities=SEVERITIES, certainties=CERTAINTIES)

    def revise(data: dict[str, Any]) -> RuleSetVersion:
        reason = data.pop("reason")
        return verbs.revise_rule(request.actor, on=request.today, code=at.code, rule_code=rule_code, changes=data, reason=reason)

    return verb_page(request, VerbPage(
        title=_("Sửa quy tắc"), submit=_("Ghi phiên bản mới"), done=_DONE, back=_back(at, rule.kind), call=revise, form=form, about=_about(at),
        keep=f"quy-tac-{at.code}-{rule_code}",
    ))  # fmt: skip


def rule_new(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Thêm một tên loại hay một điều về thẩm quyền vào bộ."""
    at = reads.newest(code)
    if kind not in ADDED:
        raise Http404
    blank = Rule(code=f"{kind}.", kind=RuleKind(kind), wording="", document="", data={"type": ""} | ADDED[RuleKind(kind)])
    known = {rule.data["type"] for rule in at.of(RuleKind(kind))}
    form = NewRuleForm(
        request.POST or None, rule=blank, severities=SEVERITIES, certainties=CERTAINTIES, types=[(t.code, t.name) for t in types() if t.code not in known],
        initial={"severity": str(Severity.WARNING), "certainty": str(Certainty.SEEN)},
    )  # fmt: skip

    def add(data: dict[str, Any]) -> RuleSetVersion:
        reason, type_code = data.pop("reason"), data.pop("type_code")
        return verbs.add_rule(request.actor, on=request.today, code=at.code, kind=kind, type_code=type_code, values=data, reason=reason)

    title = _("Thêm tên loại") if kind == RuleKind.TYPE else _("Thêm điều về thẩm quyền")
    return verb_page(request, VerbPage(
        title=title, submit=_("Ghi phiên bản mới"), done=_DONE, back=_back(at, kind), call=add, form=form, about=_about(at),
        keep=f"quy-tac-moi-{at.code}-{kind}",
    ))  # fmt: skip


def rule_remove(request: HttpRequest, code: str, rule_code: str) -> HttpResponse:
    """Bỏ một quy tắc khỏi bộ, từ phiên bản kế tiếp."""
    at = reads.newest(code)
    rule = _rule(at.rule(rule_code))
    return verb_page(request, VerbPage(
        title=_("Bỏ quy tắc"), submit=_("Bỏ"), done=_DONE, back=_back(at, rule.kind), about=rule.wording, danger=True,
        consequences=[_("Từ phiên bản mới, văn bản không còn được kiểm tra theo quy tắc này. Đưa lại được bất cứ lúc nào.")],
        form=ReasonForm(request.POST or None),
        call=lambda data: verbs.remove_rule(request.actor, on=request.today, code=at.code, rule_code=rule_code, **data),
    ))  # fmt: skip


def rule_back(request: HttpRequest, code: str, rule_code: str) -> HttpResponse:
    """Đưa lại một quy tắc đã bỏ."""
    at = reads.newest(code)
    rule = _rule(next((rule for rule in reads.removed_rules(at) if rule.code == rule_code), None))
    return verb_page(request, VerbPage(
        title=_("Đưa lại quy tắc"), submit=_("Đưa lại"), done=_DONE, back=_back(at, rule.kind), about=rule.wording, form=ReasonForm(request.POST or None),
        call=lambda data: verbs.bring_back_rule(request.actor, on=request.today, code=at.code, rule_code=rule_code, **data),
    ))  # fmt: skip


def set_dates(request: HttpRequest, code: str) -> HttpResponse:
    """Đổi ngày áp dụng và ghi chú của một bộ."""
    at = reads.newest(code)
    found = reads.history(at.code)[0].rule_set
    form = SetDatesForm(request.POST or None, initial={"since": at.since, "until": reads.last_day(found), "note": found.note})
    return verb_page(request, VerbPage(
        title=_("Đổi ngày áp dụng"), submit=_("Ghi phiên bản mới"), done=_DONE, back=reverse("web:rule_set", args=[at.code]), form=form, about=_about(at),
        call=lambda data: verbs.redate_set(request.actor, on=request.today, code=at.code, **data),
        consequences=[_("Văn bản ban hành ngày nào kiểm tra theo bộ của ngày ấy; văn bản đã kiểm tra vẫn trỏ vào phiên bản cũ.")],
    ))  # fmt: skip


def accept_offered(request: HttpRequest, code: str, proposal_id: int) -> HttpResponse:
    """Nhận một quy tắc của bản đi kèm thay bản của cơ quan."""
    return _decide_offered(request, code, proposal_id, VerbPage(
        title=_("Nhận bản đi kèm"), submit=_("Nhận"), done=_DONE, back=reverse("web:rule_set", args=[code]), form=ReasonForm(request.POST or None),
        call=lambda data: upgrade.accept_shipped(request.actor, on=request.today, code=code, proposal_id=proposal_id, **data),
    ))  # fmt: skip


def decline_offered(request: HttpRequest, code: str, proposal_id: int) -> HttpResponse:
    """Giữ bản của cơ quan, không nhận bản đi kèm."""
    return _decide_offered(request, code, proposal_id, VerbPage(
        title=_("Giữ bản của cơ quan"), submit=_("Giữ"), done=_("Đã giữ bản của cơ quan."), back=reverse("web:rule_set", args=[code]),
        form=ReasonForm(request.POST or None),
        call=lambda data: upgrade.decline_shipped(request.actor, on=request.today, code=code, proposal_id=proposal_id, **data),
    ))  # fmt: skip


def _decide_offered(request: HttpRequest, code: str, proposal_id: int, page: VerbPage) -> HttpResponse:
    """Trang quyết định nêu từng chỗ khác: bản của cơ quan rồi bản đi kèm."""
    at = reads.newest(code)
    found = next((each for each in reads.offered(at.code) if each.proposal.pk == proposal_id), None)
    if found is None:
        raise NotFound(Reason("documents.no_proposal", _("Không có đề xuất này.")))
    sentence = _("%(field)s: của cơ quan “%(own)s”, bản đi kèm “%(shipped)s”.")
    told = [sentence % {"field": one.field, "own": one.before or "–", "shipped": one.after or "–"} for one in _diffs(at.rules, found.changes)]
    return verb_page(request, replace(page, about=found.wording or at.name, consequences=told))


def _common(rule: Rule) -> dict[str, Any]:
    return {
        "wording": rule.wording, "document": rule.document, "clause": rule.clause, "severity": str(rule.severity),
        "certainty": str(rule.certainty),
    }  # fmt: skip


def _rule(rule: Rule | None) -> Rule:
    if rule is None:
        raise NotFound(Reason("documents.no_rules", _("Không có quy tắc này.")))
    return rule


def _back(at: RuleSetAt, kind: str) -> str:
    return reverse("web:rule_set", args=[at.code]) + f"?phan={kind}"


def _about(at: RuleSetAt) -> str:
    return _("%(set)s, phiên bản %(version)d. Văn bản đã kiểm tra vẫn trỏ vào phiên bản cũ.") % {"set": at.name, "version": at.version}


def organ_style(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Chọn lối viết của một cơ quan."""
    unit = units_at([unit_id], on=request.today).get(unit_id)
    if unit is None:
        raise NotFound(Reason("org.unit_not_found", _("Đơn vị này không có.")))
    style = reads.style_of(unit_id)
    kept = {"side": style.side, "spelling": style.spelling, "letter_opening": style.letter_opening, "place": style.place, "contact": style.contact}
    form = StyleForm(request.POST or None, initial=kept)
    return verb_page(request, VerbPage(
        title=_("Lối viết văn bản"), submit=_("Lưu"), done=_("Đã lưu lối viết của cơ quan."), back=reverse("web:rule_sets"), form=form,
        call=lambda data: verbs.set_style(request.actor, on=request.today, unit_id=unit_id, **data),
        about=_("Áp dụng cho văn bản %(unit)s đứng tên.") % {"unit": unit.name},
    ))  # fmt: skip


def _may_keep(request: HttpRequest) -> bool:
    standing = acting(request.actor, on=request.today)
    return may_keep_rules(standing, on=request.today)


def _own_organs(request: HttpRequest) -> list[dict[str, Any]]:
    standing = acting(request.actor, on=request.today)
    if not standing.may(Verb.KEEP_RULES):
        return []
    organs = [unit for unit in units_at(standing.units, on=request.today).values() if unit.is_organ and unit.is_open]
    styles = reads.styles_of([unit.id for unit in organs])
    return [{"unit": unit, "style": styles[unit.id]} for unit in sorted(organs, key=lambda unit: unit.id)]


def _chosen(versions: list[RuleSetVersion], wanted: str | None) -> RuleSetVersion:
    if not versions:
        raise NotFound(Reason("documents.no_rules", _("Không có bộ quy tắc này.")))
    return next((version for version in versions if str(version.number) == wanted), versions[0])


def _row(rule: Rule) -> Row:
    return Row(rule, str(SEVERITIES[rule.severity]), str(CERTAINTIES[rule.certainty]), _details(rule))


def _details(rule: Rule) -> list[tuple[str, str]]:
    """Số đo thì chỉ giá trị dùng kèm đơn vị; còn lại mỗi ô một cặp."""
    if rule.kind == RuleKind.MEASURE:
        unit = f" {rule.data['unit']}" if rule.data["unit"] in ("mm", "pt") else ""
        return [(str(_("khi in dùng")), _shown("use", rule.data["use"]) + unit)]
    return [
        (str(PARAMETER_NAMES.get(one.name, one.name)).lower(), _shown(one.name, rule.data[one.name])) for one in parameters(rule)
    ]


def _shown(name: str, value: Any) -> str:
    """Giá trị của một ô như người đọc: có, không; số kiểu Việt; danh sách nối bằng dấu phẩy."""
    if isinstance(value, bool):
        return str(_("có")) if value else str(_("không"))
    if isinstance(value, int | float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {word}" for key, word in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(ISSUER_NAMES.get(one, one)) for one in value)
    if name == "since":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value) or "–"


def _diffs(rules: Iterable[Rule], changes: Iterable[Change]) -> list[Diff]:
    words = {str(name): str(label) for name, label in (SEVERITIES | CERTAINTIES | ISSUER_NAMES).items()}
    wordings = {rule.code: rule.wording for rule in rules}

    def told(field: str, value: str) -> str:
        if field in ("severity", "certainty", "no"):
            return ", ".join(words.get(part, part) for part in value.split(", "))
        return {"True": str(_("có")), "False": str(_("không"))}.get(value, value)

    return [
        Diff(
            wordings.get(one.code, one.before or one.code), str(_FIELDS.get(one.field) or PARAMETER_NAMES.get(one.field, one.field)).lower(),
            told(one.field, one.before), told(one.field, one.after),
        )
        for one in changes
    ]  # fmt: skip
