"""Nhập hồ sơ ở việc nền: quyền xét lại khi chạy, đổi giữa chừng thì không ghi gì, chạy lại vô hại, tệp và câu về từng người không nằm lại."""

import io
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.core.models import Progress
from tinhgon.documents.tests.factories import TODAY
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Appointment, Person, Post, Role
from tinhgon.org.tests.factories import make_actor, make_appointment, make_post
from tinhgon.personnel.models import ProfileImport, Skill
from tinhgon.personnel.services.importing import import_profiles, later
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.tests.sheets import book, line


def bring(staff: Staff, data: bytes) -> ProfileImport:
    made = later.read_later(staff.keeper, on=TODAY, name="ho-so.xlsx", stream=io.BytesIO(data), size=len(data))
    later.run_reading(str(made.pk))
    return later.import_for(staff.keeper, made.pk, on=TODAY)


def good(staff: Staff, level: str = "3") -> bytes:
    return book(skills=[line(staff, field="van-thu", level=level, basis="Rà soát")])


def write(staff: Staff, found: ProfileImport) -> Progress:
    found = later.write_later(staff.keeper, found.pk, on=TODAY)
    later.run_writing(str(found.pk))
    return Progress.objects.get(pk=found.writing_id)


def test_the_sentence_of_the_progress_counts_and_names_nobody(staff: Staff) -> None:
    found = bring(staff, good(staff))
    job = Progress.objects.get(pk=found.trial_id)
    assert (job.state, job.sentence) == (Progress.State.DONE, "Đã đọc thử: 1 mục của 1 người sẽ đổi, chưa ghi gì.")
    assert not Skill.objects.filter(person=staff.person()).exists()


def test_what_changed_since_the_trial_is_said_and_nothing_is_written(staff: Staff) -> None:
    staff.skill(code="van-thu", level=1)
    data = book(skills=[line(staff, field="van-thu", level="3", basis="Rà soát")], appointments=[
        line(staff, post=f"V{make_post(staff.office, 'Tổ viên').pk}", main="Kiêm nhiệm", since="01/06/2025", decree="QĐ 7")])  # fmt: skip
    found = bring(staff, data)
    make_appointment(Person.objects.get(pk=staff.person("clerk")), Post.objects.get(title="Tổ viên"), is_main=False)
    before = list(Skill.objects.values())
    job = write(staff, found)
    assert job.state == Progress.State.FAILED
    assert job.sentence == "Chưa ghi gì: hồ sơ đã đổi sau lần đọc thử, hãy đưa lại tệp."
    assert "đã đủ 1 người" in str(later.import_for(staff.keeper, found.pk, on=TODAY).found["refused"])
    assert list(Skill.objects.values()) == before


def test_rights_are_asked_again_when_the_job_runs(staff: Staff) -> None:
    found = later.write_later(staff.keeper, bring(staff, good(staff)).pk, on=TODAY)
    Appointment.objects.filter(pk=staff.keeper.appointment_id).update(valid=DateRange(date(2020, 1, 1), TODAY))
    later.run_writing(str(found.pk))
    assert Progress.objects.get(pk=found.writing_id).state == Progress.State.FAILED
    assert not Skill.objects.filter(person=staff.person()).exists()


def test_a_file_with_faults_is_not_written_and_nobody_else_may_write_or_read_it(staff: Staff) -> None:
    row = line(staff, field="van-thu", level="3", basis="Rà soát")
    found = bring(staff, book(skills=[row, row]))
    assert found.found["problems_count"] == 1
    other = make_actor(staff.board, Role.ORGANISATION_BOARD)
    with pytest.raises(Refused):
        later.write_later(staff.keeper, found.pk, on=TODAY)
    with pytest.raises(NotFound):
        later.write_later(other, found.pk, on=TODAY)
    with pytest.raises(Forbidden):
        later.import_for(staff.head, found.pk, on=TODAY)
    with pytest.raises(Forbidden):
        later.read_later(staff.head, on=TODAY, name="x", stream=io.BytesIO(b"x"), size=1)
    assert not Skill.objects.filter(person=staff.person()).exists()
    assert ProfileImport.objects.count() == 1


def test_a_written_file_leaves_neither_file_nor_sentences_and_running_again_does_nothing(staff: Staff) -> None:
    found = bring(staff, good(staff))
    assert write(staff, found).sentence == "Đã ghi 1 mục vào hồ sơ của 1 người."
    kept = ProfileImport.objects.get()
    assert (kept.file, kept.found, StoredFile.objects.count()) == (None, {}, 0)
    later.run_writing(str(found.pk))
    later.run_reading(str(found.pk))
    assert Skill.objects.filter(person=staff.person()).count() == 1
    with pytest.raises(Refused):
        later.write_later(staff.keeper, found.pk, on=TODAY)


def test_the_next_file_and_the_next_day_forget_what_was_read(staff: Staff) -> None:
    first = bring(staff, good(staff))
    second = bring(staff, good(staff, "2"))
    assert list(ProfileImport.objects.values_list("pk", flat=True)) == [second.pk]
    assert StoredFile.objects.count() == 1
    ProfileImport.objects.update(made_at=clock.now() - timedelta(hours=25))
    later.forget_old()
    assert (ProfileImport.objects.count(), StoredFile.objects.count()) == (0, 0)
    later.run_reading(str(first.pk))


def test_an_unreadable_file_is_one_sentence(staff: Staff) -> None:
    found = bring(staff, b"PK\x03\x04 not a workbook")
    assert found.trial.state == Progress.State.FAILED
    assert found.trial.sentence.startswith("Chưa ghi gì: ")
    assert found.found["problems_count"] == 1
    with pytest.raises(Invalid):
        later.read_later(staff.keeper, on=TODAY, name="x", stream=io.BytesIO(b""), size=0)


def test_every_refused_appointment_is_named_and_none_is_made(staff: Staff) -> None:
    """Dòng sai không che dòng sai sau; dòng đúng không được ghi một mình."""
    free, full = make_post(staff.office, "Tổ viên"), Appointment.objects.get(pk=staff.head.appointment_id).post
    rows = [
        line(staff, post=f"V{full.pk}", main="Kiêm nhiệm", since="01/06/2025", decree="QĐ 7"),
        line(staff, "clerk", post=f"V{free.pk}", main="Kiêm nhiệm", since="01/06/2025", decree="QĐ 7"),
        line(staff, "head", post=f"V{free.pk}", main="Kiêm nhiệm", since="01/06/2025", decree="QĐ 7"),
        line(staff, "head", post=f"V{free.pk}", main="Chính", since="02/06/2025", decree="QĐ 7"),
    ]
    count = Appointment.objects.count()
    report = import_profiles(staff.keeper, on=TODAY, data=book(appointments=rows), dry_run=True)
    assert [(p.row, p.column) for p in report.problems] == [(2, "Mã vị trí"), (4, "Mã vị trí"), (5, "Mã vị trí")]
    with pytest.raises(Invalid):
        import_profiles(staff.keeper, on=TODAY, data=book(appointments=rows), dry_run=False)
    assert Appointment.objects.count() == count
