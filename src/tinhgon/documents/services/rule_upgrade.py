"""Đợt quy tắc mới đi kèm sản phẩm vào nhà đã cài: phiên bản mới của bộ; quy tắc cơ quan đã sửa thì giữ, khác nhau thành đề xuất để nhận hay không."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import NotFound, Reason, Refused
from tinhgon.documents import rule_data
from tinhgon.documents.models import RuleProposal, RuleSet, RuleSetVersion, ShippedRules
from tinhgon.documents.services.rules import Opened, need_reason, opened_set, overlapping, told, write_version
from tinhgon.engine.form.upgrading import upgraded

State = RuleProposal.State
HEAD = ("name", "since", "until", "note")


def take_shipped() -> None:
    """Nhận các đợt mới hơn đợt đã nạp; không có thì không đổi gì. Cơ sở dữ liệu chưa tới bảng này, hay chưa cài bộ nào, thì thôi."""
    if ShippedRules._meta.db_table not in connection.introspection.table_names() or not RuleSet.objects.exists():
        return
    for one in rule_data.shipped():
        take(one)


@transaction.atomic
def take(one: dict[str, Any]) -> None:
    """Nhận một bộ ở một đợt."""
    rule_set = RuleSet.objects.select_for_update().filter(code=one["code"]).first() or _opened(one)
    known = rule_set.shipped.first()
    if known is not None and known.revision >= one["revision"]:
        return
    current = rule_set.versions.first()
    base = known.rules if known else []
    merge = upgraded(base, current.rules if current else [], one["rules"])
    head = {name: one[name] for name in HEAD}
    own_head = _head(rule_set)
    may_follow = known is None or own_head == known.head
    # Cơ quan đã đổi ngày bộ khác, nên ngày của đợt mới chồng lên: khi ấy để người quyết định.
    redated = may_follow and head != own_head and not overlapping(rule_set, valid_of(head)).exists()
    contested = merge.contested if redated or head in (own_head, known.head if known else own_head) else ("", *merge.contested)
    if redated:
        _redate(rule_set, head)
    shipped = ShippedRules.objects.create(
        rule_set=rule_set, revision=one["revision"], revised_on=date.fromisoformat(one["revised"]), source=one["revision_source"],
        head=head, rules=one["rules"], loaded_at=clock.now(),
    )  # fmt: skip
    changed = merge.taken or redated or current is None
    if changed:
        sentence = _("Đợt đi kèm %(revision)d, ngày %(day)s: %(source)s")
        said = sentence % {"revision": shipped.revision, "day": f"{shipped.revised_on:%d/%m/%Y}", "source": shipped.source}
        RuleSetVersion.objects.create(
            rule_set=rule_set, number=current.number + 1 if current else 1, rules=merge.rules, valid=rule_set.valid, reason=said[:500], made_at=clock.now()
        )
    _propose(shipped, contested)
    if changed or contested:
        record(
            SYSTEM, "documents.rules_shipped", ("rule_set", rule_set.pk),
            after={"set": rule_set.code, "revision": shipped.revision, "source": shipped.source, "taken": merge.taken, "contested": len(contested)},
        )  # fmt: skip


def _opened(one: dict[str, Any]) -> RuleSet:
    return RuleSet.objects.create(code=one["code"], name=one["name"], side=one["side"], note=one["note"], valid=valid_of(one))


def valid_of(head: Mapping[str, Any]) -> DateRange:
    return DateRange(date.fromisoformat(head["since"]), date.fromisoformat(head["until"]) if head["until"] else None)


def _head(rule_set: RuleSet) -> dict[str, Any]:
    valid = rule_set.valid
    return {"name": rule_set.name, "since": valid.lower.isoformat(), "until": valid.upper.isoformat() if valid.upper else None, "note": rule_set.note}


def _redate(rule_set: RuleSet, head: Mapping[str, Any]) -> None:
    rule_set.name, rule_set.note, rule_set.valid = head["name"], head["note"], valid_of(head)
    rule_set.save(update_fields=["name", "note", "valid"])


def _propose(shipped: ShippedRules, contested: tuple[str, ...]) -> None:
    """Đề xuất của đợt mới; quy tắc ấy còn đề xuất chờ của đợt trước thì đợt mới thay."""
    rows = {row["code"]: row for row in shipped.rules} | {"": shipped.head}
    RuleProposal.objects.filter(shipped__rule_set=shipped.rule_set, state=State.OPEN, rule_code__in=contested).update(state=State.REPLACED)
    RuleProposal.objects.bulk_create(RuleProposal(shipped=shipped, rule_code=code, row=rows.get(code)) for code in contested)


@transaction.atomic
def accept_shipped(actor: Actor, *, on: date, code: str, proposal_id: int, reason: str) -> RuleSetVersion:
    """Nhận quy tắc của đợt đi kèm thay bản của cơ quan: thành phiên bản kế tiếp của bộ."""
    opened = opened_set(actor, code, on)
    found = _open_proposal(opened.rule_set, proposal_id)
    need_reason(reason)
    before = own_row(opened.rule_set, opened.last.rules, found)
    if before == found.row:
        raise Refused(Reason("documents.nothing_changed", _("Bộ đang dùng đã như bản đi kèm rồi.")))
    if not found.rule_code:
        return _accept_head(actor, opened, found, reason)
    rules = [found.row if row["code"] == found.rule_code else row for row in opened.last.rules]
    rules = [row for row in rules if row is not None] + ([found.row] if before is None else [])
    version = write_version(opened, reason, rules=rules)
    _decide(found, State.ACCEPTED, version.author_id, reason)
    return told(actor, "documents.shipped_rule_accepted", version, before=before or {}, after=found.row or {})


def _accept_head(actor: Actor, opened: Opened, found: RuleProposal, reason: str) -> RuleSetVersion:
    before, head = _head(opened.rule_set), found.shipped.head
    if overlapping(opened.rule_set, valid_of(head)).exists():
        raise Refused(Reason("documents.rule_sets_overlap", _("Ngày của bản đi kèm chồng ngày với bộ khác cùng thể thức: hãy đổi ngày bộ ấy trước.")))
    _redate(opened.rule_set, head)
    version = write_version(opened, reason, rules=opened.last.rules)
    _decide(found, State.ACCEPTED, version.author_id, reason)
    after = {**head, "version": version.number, "reason": version.reason, "set": opened.rule_set.code}
    record(actor, "documents.rule_set_redated", ("rule_set", opened.rule_set.pk), before=before, after=after)
    return version


def own_row(rule_set: RuleSet, rules: Sequence[Any], found: RuleProposal) -> Any:
    """Bản của cơ quan cho điều đang đề xuất; trống: cơ quan đã bỏ quy tắc ấy."""
    if not found.rule_code:
        return _head(rule_set)
    return next((row for row in rules if row["code"] == found.rule_code), None)


@transaction.atomic
def decline_shipped(actor: Actor, *, on: date, code: str, proposal_id: int, reason: str) -> RuleProposal:
    """Giữ bản của cơ quan; đợt sau đổi quy tắc ấy nữa thì lại hỏi."""
    opened = opened_set(actor, code, on)
    found = _open_proposal(opened.rule_set, proposal_id)
    need_reason(reason)
    _decide(found, State.KEPT, opened.standing.person_id if opened.standing else None, reason)
    own = own_row(opened.rule_set, opened.last.rules, found)
    said = (own or found.row or {}).get("wording", opened.rule_set.name)
    record(
        actor, "documents.shipped_rule_declined", ("rule_set", opened.rule_set.pk),
        after={"set": code, "rule": said, "reason": found.reason, "revision": found.shipped.revision},
    )  # fmt: skip
    return found


def _open_proposal(rule_set: RuleSet, proposal_id: int) -> RuleProposal:
    found = RuleProposal.objects.select_for_update(of=("self",)).select_related("shipped").filter(pk=proposal_id, shipped__rule_set=rule_set).first()
    if found is None:
        raise NotFound(Reason("documents.no_proposal", _("Không có đề xuất này.")))
    if found.state != State.OPEN:
        raise Refused(Reason("documents.proposal_decided", _("Đề xuất này đã được quyết định: %(state)s.") % {"state": found.get_state_display()}))
    return found


def _decide(found: RuleProposal, state: str, person_id: int | None, reason: str) -> None:
    found.state, found.decided_by_id, found.decided_at, found.reason = state, person_id, clock.now(), reason.strip()
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])
