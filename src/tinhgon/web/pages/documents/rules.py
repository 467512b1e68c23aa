"""Quy tắc thể thức: các bộ theo ngày, một bộ ở một phiên bản, sửa thành phiên bản mới; lối viết của cơ quan."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.models import RuleSetVersion
from tinhgon.documents.selectors import rules as reads
from tinhgon.documents.services import rules as verbs
from tinhgon.engine.form.rules import Certainty, Rule, RuleKind, RuleSetAt, Severity
from tinhgon.org.access import acting
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.forms.rules import RuleForm, StyleForm
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
_ISSUERS = {
    "committee.commune": gettext_lazy("ban chấp hành đảng bộ cơ sở"), "standing.commune": gettext_lazy("ban thường vụ đảng ủy cơ sở"),
    "committee.province": gettext_lazy("ban chấp hành đảng bộ tỉnh, thành phố"), "standing.province": gettext_lazy("ban thường vụ tỉnh ủy, thành ủy"),
    "cell": gettext_lazy("chi bộ"), "office": gettext_lazy("văn phòng"), "board": gettext_lazy("ban đảng"),
    "inspection": gettext_lazy("cơ quan ủy ban kiểm tra"), "room": gettext_lazy("phòng, bộ phận bên trong"),
}  # fmt: skip
_FIELDS = {
    "wording": gettext_lazy("câu chữ"), "document": gettext_lazy("nguồn"), "clause": gettext_lazy("mục"), "severity": gettext_lazy("mức"),
    "certainty": gettext_lazy("chắc chắn"), "min": gettext_lazy("nhỏ nhất"), "max": gettext_lazy("lớn nhất"), "use": gettext_lazy("giá trị dùng"),
    "abbreviation": gettext_lazy("ký hiệu"), "": gettext_lazy("quy tắc"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Một quy tắc như hiện trên trang. ``detail``: số đo dùng, ký hiệu, hay nơi không được ban hành."""

    rule: Rule
    severity: str
    certainty: str
    detail: str


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
        "rows": [_row(rule) for rule in at.of(RuleKind(kind))], "changes": _diffs(at),
        "may_keep": chosen.pk == versions[0].pk and _may_keep(request),
    })  # fmt: skip


def rule_edit(request: HttpRequest, code: str, rule_code: str) -> HttpResponse:
    """Sửa một quy tắc: thành phiên bản mới của cả bộ."""
    at = reads.newest(code)
    rule = at.rule(rule_code)
    if rule is None:
        raise NotFound(Reason("documents.no_rules", _("Không có quy tắc này.")))
    kept = {
        "wording": rule.wording, "document": rule.document, "clause": rule.clause, "severity": str(rule.severity),
        "certainty": str(rule.certainty), **rule.data,
    }  # fmt: skip
    form = RuleForm(request.POST or None, initial=kept, rule=rule, severities=SEVERITIES, certainties=CERTAINTIES)
    back = reverse("web:rule_set", args=[at.code]) + f"?phan={rule.kind}"

    def revise(data: dict[str, Any]) -> RuleSetVersion:
        reason = data.pop("reason")
        return verbs.revise_rule(request.actor, on=request.today, code=at.code, rule_code=rule_code, changes=data, reason=reason)

    return verb_page(request, VerbPage(
        title=_("Sửa quy tắc"), submit=_("Ghi phiên bản mới"), done=_("Đã ghi phiên bản mới của bộ quy tắc."), back=back, call=revise, form=form,
        about=_("%(set)s, phiên bản %(version)d. Văn bản đã kiểm tra vẫn trỏ vào phiên bản cũ.") % {"set": at.name, "version": at.version},
    ))  # fmt: skip


def organ_style(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Chọn lối viết của một cơ quan."""
    unit = units_at([unit_id], on=request.today).get(unit_id)
    if unit is None:
        raise NotFound(Reason("org.unit_not_found", _("Đơn vị này không có.")))
    style = reads.style_of(unit_id)
    kept = {"side": style.side, "spelling": style.spelling, "letter_opening": style.letter_opening, "place": style.place}
    form = StyleForm(request.POST or None, initial=kept)
    return verb_page(request, VerbPage(
        title=_("Lối viết văn bản"), submit=_("Lưu"), done=_("Đã lưu lối viết của cơ quan."), back=reverse("web:rule_sets"), form=form,
        call=lambda data: verbs.set_style(request.actor, on=request.today, unit_id=unit_id, **data),
        about=_("Áp dụng cho văn bản %(unit)s đứng tên.") % {"unit": unit.name},
    ))  # fmt: skip


def _may_keep(request: HttpRequest) -> bool:
    standing = acting(request.actor, on=request.today)
    return verbs.may_keep_rules(standing, on=request.today)


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
    return Row(rule, str(SEVERITIES[rule.severity]), str(CERTAINTIES[rule.certainty]), _detail(rule))


def _detail(rule: Rule) -> str:
    if rule.kind == RuleKind.MEASURE:
        if rule.data["unit"] in ("mm", "pt"):
            return f"{rule.data['use']:g} {rule.data['unit']}".replace(".", ",")
        return {True: str(_("có")), False: str(_("không"))}.get(rule.data["use"], str(rule.data["use"]))
    if rule.kind == RuleKind.TYPE:
        return str(rule.data["abbreviation"] or "–")
    if rule.kind == RuleKind.AUTHORITY:
        return ", ".join(str(_ISSUERS.get(one, one)) for one in rule.data["no"])
    return ""


def _diffs(at: RuleSetAt) -> list[Diff]:
    words = {str(name): str(label) for name, label in (SEVERITIES | CERTAINTIES).items()}
    wordings = {rule.code: rule.wording for rule in at.rules}
    return [
        Diff(
            wordings.get(one.code, one.code), str(_FIELDS.get(one.field, one.field)), words.get(one.before, one.before),
            words.get(one.after, one.after),
        )
        for one in reads.changes_in(at)
    ]  # fmt: skip


