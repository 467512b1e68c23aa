"""Nhập hồ sơ ở việc nền, hai bước: đọc thử rồi người nhập cho ghi. Quyền xét lúc xếp hàng và xét lại lúc chạy; chạy lại bao nhiêu lần cũng được."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused, TinhGonError
from tinhgon.core.models import Progress
from tinhgon.engine.tables import MOST_BYTES
from tinhgon.files.services import chunks, discard, store
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.personnel.models import ProfileImport
from tinhgon.personnel.services.importing import ImportReport, Kind, import_profiles
from tinhgon.personnel.workbook import MATTERS

READ, WRITE = "personnel.read_profiles", "personnel.write_profiles"
SHOWN = 200
KEPT = timedelta(days=1)


@transaction.atomic
def read_later(actor: Actor, *, on: date, name: str, stream: IO[bytes], size: int) -> ProfileImport:
    """Cất tệp và xếp hàng đọc thử; tệp đưa trước đó của tài khoản này thì bỏ. ``Invalid`` khi tệp rỗng hay lớn quá."""
    require(actor, Verb.KEEP_PROFILES, on=on)
    assert actor.user_id is not None, "máy chủ nhập bằng lệnh, không qua việc nền"
    if size > MOST_BYTES:
        raise Invalid(Reason("table.too_big", _("Tệp lớn quá %(most)d MB: chia thành nhiều tệp.") % {"most": MOST_BYTES // 1024**2}, "file"))
    _forget(ProfileImport.objects.filter(user=actor.user_id))
    made = ProfileImport.objects.create(
        user_id=actor.user_id, appointment_id=actor.appointment_id, on=on, file=store(io.BytesIO(stream.read()), name), made_at=clock.now(),
        trial=progress.start(READ, total=1, sentence=_("Đang chờ việc nền bắt đầu.")),
    )  # fmt: skip
    jobs.configure_task(READ).defer(import_id=str(made.pk))
    return made


def import_for(actor: Actor, import_id: UUID, *, on: date, lock: bool = False) -> ProfileImport:
    """Lần nhập của chính tài khoản này. ``NotFound`` khi của người khác, hoặc đã bỏ."""
    require(actor, Verb.KEEP_PROFILES, on=on)
    rows = ProfileImport.objects.select_for_update(of=("self",)) if lock else ProfileImport.objects.all()
    found = rows.select_related("trial", "writing").filter(pk=import_id, user=actor.user_id).first()
    if found is None:
        raise NotFound(Reason("personnel.no_import", _("Không còn lần nhập này: hãy đưa lại tệp.")))
    return found


@transaction.atomic
def write_later(actor: Actor, import_id: UUID, *, on: date) -> ProfileImport:
    """Cho ghi đúng tệp đã đọc thử. ``Refused`` khi chưa đọc xong, còn chỗ sai, không có gì để ghi, hoặc đã cho ghi."""
    found = import_for(actor, import_id, on=on, lock=True)
    if found.writing_id or found.file_id is None or not found.found.get("changes_count") or found.found["problems_count"]:
        raise Refused(Reason("personnel.import_not_ready", _("Tệp này chưa đọc thử xong, còn chỗ sai, hoặc đã cho ghi.")))
    found.on, found.appointment_id = on, actor.appointment_id
    found.writing = progress.start(WRITE, total=1, sentence=_("Đang chờ việc nền bắt đầu."))
    found.save(update_fields=["on", "appointment_id", "writing"])
    jobs.configure_task(WRITE).defer(import_id=str(found.pk))
    return found


def run_reading(import_id: str) -> None:
    """Việc nền đọc thử; kết quả nằm ở ``found``, câu tiến độ chỉ có con số."""
    one = ProfileImport.objects.select_related("trial").filter(pk=import_id).first()
    if one is None or one.trial.is_over:
        return
    report = _run(one, one.trial, dry_run=True)
    if report is None:
        return
    ProfileImport.objects.filter(pk=one.pk).update(found=_kept(report))
    if report.problems:
        progress.finish(one.trial_id, sentence=_("Đã đọc thử: %(count)d chỗ phải sửa, chưa ghi gì.") % {"count": len(report.problems)})
    else:
        told = {"entries": len(report.changes), "people": report.people}
        progress.finish(one.trial_id, sentence=_("Đã đọc thử: %(entries)d mục của %(people)d người sẽ đổi, chưa ghi gì.") % told)


def run_writing(import_id: str) -> None:
    """Việc nền ghi: cả tệp hoặc không gì. Ghi xong thì bỏ tệp và các câu về từng người."""
    one = ProfileImport.objects.select_related("writing", "file").filter(pk=import_id).first()
    if one is None or one.writing is None or one.writing.is_over:
        return
    job = one.writing
    report = _run(one, job, dry_run=False)
    if report is None:
        return
    told = {"entries": len(report.changes), "people": report.people}
    _empty(one)
    progress.finish(job.pk, sentence=_("Đã ghi %(entries)d mục vào hồ sơ của %(people)d người.") % told)


def forget_old() -> None:
    """Lần nhập quá một ngày: bỏ tệp và mọi câu đã đọc từ nó."""
    _forget(ProfileImport.objects.filter(made_at__lt=clock.now() - KEPT))


def _run(one: ProfileImport, job: Progress, *, dry_run: bool) -> ImportReport | None:
    """``None`` khi bị từ chối: các lý do ở ``found``, câu tiến độ nêu lý do của tệp (không bao giờ tên người)."""
    assert one.file is not None
    tell: Callable[[int, int, str], None] = partial(_tell, job.pk)
    try:
        return import_profiles(Actor(one.user_id, one.appointment_id), on=one.on, data=b"".join(chunks(one.file)), dry_run=dry_run, tell=tell)
    except TinhGonError as refused:
        rows = [str(reason) for reason in refused.reasons]
        is_of_rows = any(reason.code == "personnel.import_problem" for reason in refused.reasons)
        why = _("hồ sơ đã đổi sau lần đọc thử, hãy đưa lại tệp.") if is_of_rows else rows[0]
        ProfileImport.objects.filter(pk=one.pk).update(found={"refused": rows[:SHOWN], "changes_count": 0, "problems_count": len(rows)})
        progress.finish(job.pk, sentence=_("Chưa ghi gì: %(why)s") % {"why": why}, failed=True)
        return None


def _tell(job: UUID, done: int, total: int, sentence: str) -> None:
    progress.advance_apart(job, done=done, total=total, sentence=sentence)


def _kept(report: ImportReport) -> dict[str, Any]:
    """Điều trang cần: số theo từng trang của tệp, và ít dòng đầu mỗi loại."""
    read = {effect.sheet for effect in report.effects}
    kinds = {"new": Kind.NEW, "changed": Kind.CHANGED, "removed": Kind.REMOVED, "same": Kind.SAME}
    return {
        "sheets": [{"title": m.title} | {key: report.count(m.title, kind) for key, kind in kinds.items()} for m in MATTERS.values() if m.title in read],
        "changes": [{"sheet": e.sheet, "row": e.row, "person": e.person, "sentence": e.sentence} for e in report.changes[:SHOWN]],
        "changes_count": len(report.changes), "people": report.people,
        "problems": [{"sheet": p.sheet, "row": p.row, "column": p.column, "sentence": p.sentence} for p in report.problems[:SHOWN]],
        "problems_count": len(report.problems), "notes": list(report.notes),
    }  # fmt: skip


def _forget(rows: Any) -> None:
    for one in rows.select_related("file", "trial", "writing").exclude(writing__state__in=Progress.UNFINISHED):
        _empty(one)
        one.delete()


@transaction.atomic
def _empty(one: ProfileImport) -> None:
    file = one.file
    one.file, one.found = None, {}
    one.save(update_fields=["file", "found"])
    if file is not None:
        discard(file)
