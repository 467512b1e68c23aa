"""Ghi hồ sơ năng lực: công nhận mức của lĩnh vực, khóa đã học, quá trình công tác trước đây, thời hạn luân chuyển, dữ liệu riêng.

Mục ghi nhầm thì bỏ (``withdraw``), không sửa đè: nhật ký giữ cả hai. Nhập từ Excel (``services.importing``) theo đúng các luật ở đây.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.org.models import Field, Person
from tinhgon.personnel.access import person_for
from tinhgon.personnel.entries import WITHDRAWN, Entry, entry_said
from tinhgon.personnel.models import PastWork, Profile, Rotation, Sex, Skill, Training
from tinhgon.personnel.services.steps import required

_YOUNGEST, _OLDEST = 18, 80


@transaction.atomic
def recognise_skill(
    actor: Actor, *, on: date, person_id: int, field_id: int, level: int, basis: str, is_main: bool = False
) -> Skill:
    """Công nhận từ ngày ``on`` một mức của một lĩnh vực; mức trước dừng ở ngày ấy. Lĩnh vực chính mới thay lĩnh vực chính cũ.

    ``Refused`` khi đã ghi một mức sau ngày ấy, hay không đổi gì.
    """
    told = required(basis, "basis", _("Hãy ghi căn cứ công nhận: việc đã làm, khóa đã học, quyết định."))
    if level not in Skill.Level.values:
        raise Invalid(Reason("personnel.level", _("Mức từ 1 tới 4."), "level"))
    person = _locked(person_for(actor, person_id, to="skill", on=on))
    field = _field(field_id)
    rows = list(Skill.objects.filter(person=person, valid__endswith__isnull=True))
    current = next((skill for skill in rows if skill.field_id == field_id), None)
    if Skill.objects.filter(person=person, field=field_id, valid__startswith__gt=on).exists():
        raise Refused(Reason("personnel.later_level", _("Đã ghi một mức của lĩnh vực này sau ngày ấy."), "field_id"))
    if current and (current.level, current.is_main) == (level, is_main):
        raise Refused(Reason("personnel.same_level", _("Lĩnh vực này đang ở đúng mức ấy."), "level"))
    for main in [skill for skill in rows if is_main and skill.is_main and skill.field_id != field_id]:
        _replace(main, on, main.level, is_main=False, basis=main.basis, by=main.recorded_by_id)
    if current:
        _end(current, on)
    skill = Skill.objects.create(
        person=person, field=field, level=level, is_main=is_main, valid=DateRange(on, None), basis=told,
        recorded_by=Person.objects.filter(user=actor.user_id).first() if actor.user_id else None, recorded_at=clock.now(),
    )  # fmt: skip
    record(
        actor, "personnel.skill_recognised", ("person", person.pk), before={"level_before": current.level if current else 0},
        after={"person": person.full_name, "field": field.name, "level": level, "main": is_main, "basis": told},
    )  # fmt: skip
    return skill


@transaction.atomic
def add_training(
    actor: Actor, *, on: date, person_id: int, title: str, finished_on: date, field_id: int | None = None, place: str = ""
) -> Training:
    """Ghi một khóa đã học xong. ``Refused`` khi ngày xong còn ở phía trước, hay khóa ấy đã ghi."""
    named = required(title, "title", _("Hãy ghi tên khóa học."))
    person = _locked(person_for(actor, person_id, to="profile", on=on))
    if finished_on > on:
        raise Refused(Reason("personnel.not_finished", _("Khóa học chưa xong: chỉ ghi khóa đã học xong."), "finished_on"))
    if Training.objects.filter(person=person, title=named, finished_on=finished_on).exists():
        raise Refused(Reason("personnel.same_training", _("Khóa học này đã ghi."), "title"))
    field = _field(field_id) if field_id else None
    training = Training.objects.create(
        person=person, title=named, field=field, place=place.strip(), finished_on=finished_on, recorded_at=clock.now()
    )
    record(
        actor, "personnel.training_added", ("person", person.pk),
        after={"person": person.full_name, "title": named, "finished": finished_on, "field": field.name if field else ""},
    )  # fmt: skip
    return training


@transaction.atomic
def plan_rotation(
    actor: Actor, *, on: date, person_id: int, kind: str, since: date, due: date, basis: str, note: str = ""
) -> Rotation:
    """Ghi thời hạn luân chuyển hoặc chuyển đổi vị trí: từ ngày, tới hạn ngày. ``Refused`` khi chồng một thời hạn cùng hình thức."""
    told = required(basis, "basis", _("Hãy ghi căn cứ."))
    if kind not in Rotation.Kind.values:
        raise Invalid(Reason("personnel.rotation_kind", _("Chọn luân chuyển hoặc chuyển đổi vị trí công tác."), "kind"))
    if due <= since:
        raise Invalid(Reason("personnel.rotation_order", _("Ngày tới hạn phải sau ngày bắt đầu."), "due"))
    person = _locked(person_for(actor, person_id, to="profile", on=on))
    term = DateRange(since, due)
    if Rotation.objects.filter(person=person, kind=kind, term__overlap=term).exists():
        raise Refused(Reason("personnel.rotation_overlaps", _("Đã có một thời hạn cùng hình thức trong khoảng ngày này."), "since"))
    rotation = Rotation.objects.create(person=person, kind=kind, term=term, note=note.strip(), basis=told, recorded_at=clock.now())
    record(
        actor, "personnel.rotation_planned", ("person", person.pk),
        after={"person": person.full_name, "kind": rotation.get_kind_display(), "since": since, "due": due, "basis": told},
    )  # fmt: skip
    return rotation


@transaction.atomic
def add_past_work(
    actor: Actor, *, on: date, person_id: int, title: str, place: str, since: date, until: date, basis: str, field_id: int | None = None
) -> PastWork:
    """Ghi một quãng công tác trước khi có trong hệ thống, tới hết ngày ``until``; có lĩnh vực thì tính vào số năm của lĩnh vực ấy.

    ``Refused`` khi quãng ấy chưa qua, hay đã ghi.
    """
    told = required(basis, "basis", _("Hãy ghi căn cứ."))
    named, where = required(title, "title", _("Hãy ghi chức danh.")), required(place, "place", _("Hãy ghi nơi công tác."))
    if until < since:
        raise Invalid(Reason("personnel.past_work_order", _("Ngày cuối phải từ ngày đầu trở đi."), "until"))
    person = _locked(person_for(actor, person_id, to="profile", on=on))
    if until >= on:
        raise Refused(Reason("personnel.past_work_runs", _("Chỉ ghi quãng đã qua: việc đang giữ là phân công."), "until"))
    if PastWork.objects.filter(person=person, title=named, place=where, term__startswith=since).exists():
        raise Refused(Reason("personnel.same_past_work", _("Quãng công tác này đã ghi."), "since"))
    field = _field(field_id) if field_id else None
    work = PastWork.objects.create(
        person=person, title=named, place=where, field=field, term=DateRange(since, until + timedelta(days=1)), basis=told, recorded_at=clock.now()
    )
    record(
        actor, "personnel.past_work_added", ("person", person.pk),
        after={"person": person.full_name, "title": named, "place": where, "since": since, "until": until, "field": field.name if field else "", "basis": told},
    )  # fmt: skip
    return work


@transaction.atomic
def withdraw(actor: Actor, *, on: date, person_id: int, entry: str, reason: str) -> None:
    """Bỏ một mục ghi nhầm: ``entry`` là "training-<mã>", "past-<mã>", "rotation-<mã>" hay "skill-<mã>" (mức thì thôi từ ngày ``on``)."""
    told = required(reason, "reason", _("Hãy ghi vì sao bỏ."))
    kind, _dash, number = entry.partition("-")
    person = _locked(person_for(actor, person_id, to="skill" if kind == "skill" else "profile", on=on))
    row: Entry | None = None
    if kind in WITHDRAWN and number.isdecimal():
        row = WITHDRAWN[kind].objects.filter(person=person, pk=int(number)).first()
    if row is None:
        raise NotFound(Reason("personnel.no_entry", _("Không có mục này trong hồ sơ, hoặc đã bỏ."), "entry"))
    what = entry_said(row)
    if not isinstance(row, Skill):
        row.delete()
    elif row.valid.upper is not None or row.valid.lower > on:
        raise Refused(Reason("personnel.skill_over", _("Chỉ thôi công nhận một mức đang có hiệu lực."), "entry"))
    else:
        _end(row, on)
    record(actor, "personnel.entry_withdrawn", ("person", person.pk), before={"what": what}, after={"person": person.full_name, "entry": what, "reason": told})


@transaction.atomic
def set_private(actor: Actor, *, on: date, person_id: int, born_on: date | None, sex: str) -> Profile:
    """Ghi ngày sinh, giới tính: để tính tuổi nghỉ hưu, không vào phép tính nào về năng lực. Nhật ký chỉ nói đã sửa, không chép giá trị."""
    if sex not in ("", *Sex.values):
        raise Invalid(Reason("personnel.sex", _("Chọn nam hoặc nữ."), "sex"))
    if born_on and not born_between(born_on, on):
        sentence = _("Ngày sinh phải cho tuổi từ %(youngest)d tới %(oldest)d.")
        raise Invalid(Reason("personnel.birth", sentence % {"youngest": _YOUNGEST, "oldest": _OLDEST}, "born_on"))
    person = _locked(person_for(actor, person_id, to="profile", on=on))
    profile, _made = Profile.objects.update_or_create(person=person, defaults={"born_on": born_on, "sex": sex})
    record(actor, "personnel.private_set", ("person", person.pk), after={"person": person.full_name})
    return profile


def born_between(born_on: date, on: date) -> bool:
    """Tuổi ngày ``on`` hợp lẽ với một cán bộ đang làm việc."""
    return _YOUNGEST * 365.25 <= (on - born_on) / timedelta(days=1) <= (_OLDEST + 1) * 365.25


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _field(field_id: int) -> Field:
    field = Field.objects.filter(pk=field_id).first()
    if field is None:
        raise NotFound(Reason("personnel.field", _("Không có lĩnh vực này."), "field_id"))
    return field


def _end(skill: Skill, on: date) -> None:
    """Dừng một mức ở ngày ``on``; mức ghi đúng ngày ấy thì bị thay luôn, vì chưa có hiệu lực ngày nào."""
    if skill.valid.lower == on:
        skill.delete()
        return
    skill.valid = DateRange(skill.valid.lower, on)
    skill.save(update_fields=["valid"])


def _replace(skill: Skill, on: date, level: int, *, is_main: bool, basis: str, by: int | None) -> None:
    _end(skill, on)
    Skill.objects.create(
        person_id=skill.person_id, field_id=skill.field_id, level=level, is_main=is_main, valid=DateRange(on, None), basis=basis,
        recorded_by_id=by, recorded_at=clock.now(),
    )  # fmt: skip
