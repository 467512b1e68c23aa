"""Đợt xếp loại: mở, tự xếp loại, vòng tập thể, quyết định cả đợt, khiếu nại và trả lời.

Chương trình nêu bằng chứng và chỗ chưa khớp quy định; mức do người có thẩm quyền ghi. Chỉ tỉ lệ xuất sắc mà không nguồn nào cho phép
mới bị chặn; chỗ các nguồn khác nhau thì phải ghi lý do.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused, refuse_if
from tinhgon.engine.grading import Level, cap_of
from tinhgon.engine.rulebook import Book
from tinhgon.org.access import require
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.people import people_of
from tinhgon.org.selectors.units import path, unit_at
from tinhgon.personnel.access import self_of
from tinhgon.personnel.grading_access import gradings_visible_to, round_for
from tinhgon.personnel.models import Appeal, Grade, Grading, GradingRound
from tinhgon.personnel.periods import last_day, period_name
from tinhgon.personnel.selectors.matrix import rooms_inside
from tinhgon.personnel.selectors.rules import grading_book, rules_of
from tinhgon.personnel.services.rules import keep_shipped
from tinhgon.personnel.services.steps import required

State = GradingRound.State


@transaction.atomic
def open_round(
    actor: Actor, *, on: date, unit_id: int, authority_id: int, year: int, quarter: int, self_until: date
) -> GradingRound:
    """Mở đợt cho mọi người giữ vị trí chính ở cơ quan (và phòng bên trong) hôm nay. ``quarter`` 0: cả năm.

    ``Refused`` khi kỳ chưa kết thúc, đã mở, không có quy định cho kỳ ấy, cấp quyết định không phải cơ quan mình hay cấp trên của nó.
    """
    require(actor, Verb.KEEP_GRADING, on=on, unit_id=unit_id)
    if not 0 <= quarter <= 4 or not 2000 <= year <= 2100:
        raise Invalid(Reason("personnel.period", _("Chọn quý 1 tới 4, hoặc cả năm."), "quarter"))
    ends = last_day(year, quarter)
    period = GradingRound.Period.QUARTER if quarter else GradingRound.Period.YEAR
    rules = grading_book().on(ends, period=period)
    people = [line for line in people_of(rooms_inside(unit_id, on=on), on=on) if line.is_main and not line.is_pool]
    unit = unit_at(unit_id, on=on)
    refuse_if(_objections(unit_id, authority_id, year, quarter, ends, self_until, on, has_rules=rules is not None, people=len(people)))
    assert rules is not None
    assert unit is not None
    opened = GradingRound.objects.create(
        unit_id=unit_id, authority_id=authority_id, period=period, year=year, quarter=quarter, rules=rules.code, opened_at=clock.now(), self_until=self_until,
    )  # fmt: skip
    Grading.objects.bulk_create(Grading(round=opened, person_id=line.person_id, title=line.title) for line in people)
    record(
        actor, "personnel.round_opened", ("grading_round", opened.pk),
        after={"unit": unit.name, "period": period_name(opened), "people": len(people), "rules": rules.name, "authority": authority_id},
    )  # fmt: skip
    return opened


def _objections(
    unit_id: int, authority_id: int, year: int, quarter: int, ends: date, self_until: date, on: date, *, has_rules: bool, people: int
) -> list[Reason]:
    reasons = []
    if ends > on:
        sentence = _("Kỳ này tới %(day)s mới hết: chưa xếp loại được.")
        reasons.append(Reason("personnel.period_runs", sentence % {"day": f"{ends:%d/%m/%Y}"}, "quarter"))
    elif not has_rules:
        reasons.append(Reason("personnel.no_rules", no_rules_said(ends), "quarter"))
    if self_until < on:
        reasons.append(Reason("personnel.self_past", _("Hạn tự xếp loại đã qua."), "self_until"))
    if GradingRound.objects.filter(unit=unit_id, year=year, quarter=quarter).exists():
        reasons.append(Reason("personnel.round_twice", _("Cơ quan này đã có đợt xếp loại của kỳ ấy."), "quarter"))
    if authority_id not in {step.id for step in path(unit_id, on=on)}:
        reasons.append(Reason("personnel.authority", _("Cấp quyết định phải là chính cơ quan hoặc cấp trên của nó."), "authority_id"))
    if not people:
        reasons.append(Reason("personnel.no_people", _("Cơ quan này không có ai giữ vị trí chính hôm nay."), "unit_id"))
    return reasons


def no_rules_said(ends: date) -> str:
    """Không bộ nào xếp loại kỳ ấy: ngày cuối kỳ có những bộ nào, xếp theo kỳ nào."""
    known = [each for each in grading_book().sets if each.applies(ends)]
    if not known:
        return _("Ngày %(day)s chưa có quy định xếp loại nào.") % {"day": f"{ends:%d/%m/%Y}"}
    names = dict(GradingRound.Period.choices)
    told = "; ".join(f"{each.name} ({', '.join(str(names[period]) for period in sorted(each.periods))})" for each in known)
    return _("Quy định ngày %(day)s không xếp loại theo kỳ này; có: %(rules)s.") % {"day": f"{ends:%d/%m/%Y}", "rules": told}


@transaction.atomic
def self_grade(
    actor: Actor, *, on: date, grading_id: int, level: str, note: str, general: Decimal | None = None, result: Decimal | None = None
) -> Grading:
    """Tự xếp loại: luôn là của chính người đứng tên tài khoản. ``Refused`` khi đợt đã quyết định hay quá hạn."""
    person = self_of(actor)
    require(actor, Verb.OWN_FILE, on=on)
    told = required(note, "note", _("Hãy ghi việc đã làm được và chưa làm được trong kỳ."))
    grading = Grading.objects.select_for_update(of=("self",)).select_related("round").filter(pk=grading_id, person=person).first()
    if grading is None:
        raise NotFound(Reason("personnel.no_grading", _("Không có dòng xếp loại này của bạn.")))
    _open(grading.round)
    if on > grading.round.self_until:
        sentence = _("Hạn tự xếp loại là %(day)s: hãy báo tập thể.")
        raise Refused(Reason("personnel.self_late", sentence % {"day": f"{grading.round.self_until:%d/%m/%Y}"}))
    _check(grading.round, level, general, result)
    grading.self_level, grading.self_general, grading.self_result, grading.self_note, grading.self_at = level, general, result, told, clock.now()
    grading.save(update_fields=["self_level", "self_general", "self_result", "self_note", "self_at"])
    record(actor, "personnel.self_graded", ("grading", grading.pk), after={"person": person.full_name, "level": str(Grade(level).label)})
    return grading


@transaction.atomic
def propose(
    actor: Actor, *, on: date, grading_id: int, level: str, note: str, general: Decimal | None = None, result: Decimal | None = None
) -> Grading:
    """Ghi kết quả vòng tập thể cho một người (không phải chính mình)."""
    told = required(note, "note", _("Hãy ghi nhận xét của tập thể."))
    grading = _grading(actor, grading_id, "propose", on)
    _open(grading.round)
    _not_oneself(actor, grading)
    _check(grading.round, level, general, result)
    before = {"level_before": grading.proposed_level}
    grading.proposed_level, grading.proposed_general, grading.proposed_result = level, general, result
    grading.proposed_note, grading.proposed_at = told, clock.now()
    grading.save(update_fields=["proposed_level", "proposed_general", "proposed_result", "proposed_note", "proposed_at"])
    record(
        actor, "personnel.grade_proposed", ("grading", grading.pk), before=before,
        after={"person": grading.person.full_name, "level": str(Grade(level).label), "note": told},
    )  # fmt: skip
    return grading


@transaction.atomic
def decide(
    actor: Actor, *, on: date, round_id: int, levels: Mapping[int, str], decree: str, cap_reason: str = ""
) -> GradingRound:
    """Quyết định cả đợt một lần: ``levels`` là mức của từng dòng. ``Refused`` nêu mọi lý do, và không dòng nào được ghi.

    Người đang quyết định mà cũng có tên trong đợt thì cấp khác phải quyết định đợt ấy.
    """
    told = required(decree, "decree", _("Hãy ghi số, ngày quyết định."))
    round_ = round_for(actor, round_id, to="decide", on=on, lock=True)
    _open(round_)
    rows = list(Grading.objects.select_for_update(of=("self",)).filter(round=round_).select_related("person").order_by("pk"))
    if any(row.person.user_id == actor.user_id for row in rows if actor.user_id):
        raise Forbidden(Reason("personnel.own_grade", _("Trong đợt có chính bạn: không ai quyết định mức của mình, phải do cấp khác quyết định.")))
    judged_by = keep_shipped(Book.GRADING)  # khóa quyển trước khi xét: phiên bản được nhớ đúng là phiên bản đã xét
    refuse_if(_undecidable(round_, rows, levels, cap_reason.strip()))
    for row in rows:
        row.level = levels[row.pk]
    Grading.objects.bulk_update(rows, ["level"])
    round_.state, round_.decree, round_.decided_on, round_.cap_reason = State.DECIDED, told, on, cap_reason.strip()
    round_.rules_version = judged_by
    round_.save(update_fields=["state", "decree", "decided_on", "cap_reason", "rules_version"])
    record(
        actor, "personnel.round_decided", ("grading_round", round_.pk),
        after={"period": period_name(round_), "decree": told, "people": len(rows), "levels": {row.person_id: row.level for row in rows}, "cap_reason": cap_reason,
               "rules_version": judged_by.number},
    )  # fmt: skip
    return round_


def _undecidable(round_: GradingRound, rows: list[Grading], levels: Mapping[int, str], cap_reason: str) -> list[Reason]:
    reasons = []
    missing = [row.person.full_name for row in rows if levels.get(row.pk) not in Grade.values]
    unproposed = [row.person.full_name for row in rows if not row.proposed_level]
    if missing:
        reasons.append(Reason("personnel.level_missing", _("Chưa có mức cho %(people)s.") % {"people": ", ".join(missing)}))
    if unproposed:
        reasons.append(Reason("personnel.not_proposed", _("Tập thể chưa xếp loại %(people)s.") % {"people": ", ".join(unproposed)}))
    return reasons or over_cap(round_, [levels[row.pk] for row in rows], cap_reason)


def over_cap(round_: GradingRound, levels: list[str], reason: str) -> list[Reason]:
    """Tỉ lệ xuất sắc: không nguồn nào cho phép thì chặn; có nguồn cho phép thì phải ghi lý do."""
    cap = cap_of(rules_of(round_), [Level(level) for level in levels])
    told = {"excellent": cap.excellent, "better": cap.good_or_better, "most": cap.most, "anywhere": cap.most_anywhere}
    if cap.is_over_everywhere:
        sentence = _("%(excellent)d người xuất sắc trong %(better)d người từ mức tốt: tối đa %(most)d, nguồn rộng nhất cũng chỉ cho %(anywhere)d.")
        return [Reason("personnel.over_cap", sentence % told)]
    if cap.is_over and not reason:
        sentence = _("%(excellent)d người xuất sắc trong %(better)d người từ mức tốt, quá %(most)d theo quy định; có nguồn cho tới %(anywhere)d: hãy ghi lý do.")
        return [Reason("personnel.over_cap_unexplained", sentence % told, "cap_reason")]
    return []


@transaction.atomic
def appeal(actor: Actor, *, on: date, grading_id: int, text: str) -> Appeal:
    """Khiếu nại kết quả của chính mình. ``Refused`` khi chưa có quyết định hay khiếu nại trước chưa được trả lời."""
    person = self_of(actor)
    require(actor, Verb.OWN_FILE, on=on)
    told = required(text, "text", _("Hãy ghi điều bạn thấy chưa đúng và bằng chứng."))
    grading = Grading.objects.select_for_update(of=("self",)).select_related("round").filter(pk=grading_id, person=person).first()
    if grading is None:
        raise NotFound(Reason("personnel.no_grading", _("Không có dòng xếp loại này của bạn.")))
    if grading.round.state != State.DECIDED:
        raise Refused(Reason("personnel.not_decided", _("Chưa có quyết định nên chưa khiếu nại được.")))
    if grading.appeals.filter(answered_on__isnull=True).exists():
        raise Refused(Reason("personnel.appeal_open", _("Khiếu nại trước của bạn đang chờ trả lời.")))
    made = Appeal.objects.create(grading=grading, text=told, made_on=on)
    record(actor, "personnel.appealed", ("grading", grading.pk), after={"person": person.full_name, "text": told})
    return made


@transaction.atomic
def answer_appeal(actor: Actor, *, on: date, appeal_id: int, answer: str, level: str = "") -> Appeal:
    """Trả lời; ``level``: mức mới khi chấp nhận, rỗng khi giữ nguyên. Đổi mức mà vượt tỉ lệ thì theo đúng phép kiểm tra lúc quyết định."""
    told = required(answer, "answer", _("Hãy ghi câu trả lời và căn cứ."))
    row = Appeal.objects.select_for_update(of=("self",)).filter(pk=appeal_id).first()
    if row is None:
        raise NotFound(Reason("personnel.no_appeal", _("Không có khiếu nại này.")))
    grading = _grading(actor, row.grading_id, "decide", on)
    _not_oneself(actor, grading)
    if row.answered_on:
        raise Refused(Reason("personnel.appeal_answered", _("Khiếu nại này đã được trả lời.")))
    if level:
        if level not in Grade.values:
            raise Invalid(Reason("personnel.grade", _("Chọn một trong bốn mức."), "level"))
        others = list(Grading.objects.filter(round=grading.round).exclude(pk=grading.pk).values_list("level", flat=True))
        refuse_if(over_cap(grading.round, [*others, level], grading.round.cap_reason))
        grading.level = level
        grading.save(update_fields=["level"])
    row.answer, row.answered_on, row.changed_to = told, on, level
    row.answered_by = Person.objects.filter(user=actor.user_id).first() if actor.user_id else None
    row.save(update_fields=["answer", "answered_on", "changed_to", "answered_by"])
    record(
        actor, "personnel.appeal_answered", ("grading", grading.pk),
        after={"person": grading.person.full_name, "answer": told, "level": str(Grade(grading.level).label)},
    )  # fmt: skip
    return row


def _grading(actor: Actor, grading_id: int, to: str, on: date) -> Grading:
    seen = gradings_visible_to(actor, on=on).filter(pk=grading_id).values("pk")
    grading = Grading.objects.select_for_update(of=("self",)).select_related("round", "person").filter(pk__in=seen).first()
    if grading is None:
        raise NotFound(Reason("personnel.no_grading", _("Không có dòng xếp loại này, hoặc bạn không được xem.")))
    round_for(actor, grading.round_id, to=to, on=on)
    return grading


def _open(round_: GradingRound) -> None:
    if round_.state != State.OPEN:
        raise Refused(Reason("personnel.round_closed", _("Đợt xếp loại đã quyết định: muốn đổi thì qua khiếu nại.")))


def _not_oneself(actor: Actor, grading: Grading) -> None:
    if actor.user_id and grading.person.user_id == actor.user_id:
        raise Forbidden(Reason("personnel.own_grade", _("Không ai xếp loại hay trả lời khiếu nại của chính mình ở vòng này.")))


def _check(round_: GradingRound, level: str, general: Decimal | None, result: Decimal | None) -> None:
    rules = rules_of(round_)
    if level not in Grade.values:
        raise Invalid(Reason("personnel.grade", _("Chọn một trong bốn mức."), "level"))
    for name, points, most in (("general", general, rules.general), ("result", result, rules.result)):
        if most is None and points is not None:
            raise Invalid(Reason("personnel.no_points", _("Quy định của kỳ này không chấm điểm."), name))
        if most is not None and (points is None or not 0 <= points <= most):
            raise Invalid(Reason("personnel.points", _("Điểm từ 0 tới %(most)d.") % {"most": most}, name))
