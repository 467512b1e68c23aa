"""Hồ sơ công việc: mở, sửa, đưa văn bản và tài liệu giấy vào, kết thúc với mọi điều còn thiếu nói cùng lúc, mở lại, giữ lại."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.dossier_access import dossier_for
from tinhgon.documents.models import Document, Dossier, DossierEntry
from tinhgon.documents.selectors.dossiers import is_unfinished, retention_periods, rooms_of
from tinhgon.documents.services import checks
from tinhgon.org.access import require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.people import people_of

State = Dossier.State
EDITABLE = ("title", "notation", "function_id", "retention_id")


@transaction.atomic
def open_dossier(
    actor: Actor, *, on: date, title: str, retention_id: int | None, notation: str = "", function_id: int | None = None,
    unit_id: int | None = None,
) -> Dossier:  # fmt: skip
    """Mở hồ sơ ở đơn vị của người lập (``unit_id``: đơn vị khác trong phạm vi của vị trí). ``Invalid`` với mọi ô sai."""
    standing = require(actor, Verb.DRAFT, on=on, unit_id=unit_id)
    holder = unit_id or (standing.unit_id if standing else None)
    if holder is None:
        raise Invalid(Reason("documents.missing", _("Chưa chọn đơn vị lập hồ sơ."), "unit"))
    reasons = _mistakes(title, retention_id, function_id, on)
    if reasons or retention_id is None:
        raise Invalid(*reasons)
    hold_open([holder], on=on)
    dossier = Dossier.objects.create(
        title=title.strip(), notation=notation.strip(), unit_id=holder, holder_id=holder, function_id=function_id,
        keeper_id=scope_of(actor, on=on).person_id, retention_id=retention_id, opened_on=on, created_at=clock.now(),
    )  # fmt: skip
    record(
        actor, "documents.dossier_opened", ("dossier", dossier.pk),
        after={"title": dossier.title, "unit": holder, "retention": dossier.retention.name},
    )  # fmt: skip
    return dossier


@transaction.atomic
def edit_dossier(actor: Actor, *, on: date, dossier_id: int, changes: Mapping[str, Any]) -> Dossier:
    """Sửa tiêu đề, ký hiệu, lĩnh vực, thời hạn của hồ sơ đang lập."""
    dossier = _held(actor, dossier_id, "edit", on)
    wanted = {name: changes[name] for name in EDITABLE if name in changes}
    before = {name: getattr(dossier, name) for name in wanted}
    for name, value in wanted.items():
        setattr(dossier, name, value.strip() if isinstance(value, str) else value)
    reasons = _mistakes(dossier.title, dossier.retention_id, dossier.function_id, dossier.opened_on)
    if reasons:
        raise Invalid(*reasons)
    dossier.save(update_fields=list(wanted))
    record(actor, "documents.dossier_edited", ("dossier", dossier.pk), before=before, after=wanted)
    return dossier


@transaction.atomic
def file_document(actor: Actor, *, on: date, dossier_id: int, document_id: int) -> DossierEntry:
    """Đưa một văn bản mình thấy vào hồ sơ; một văn bản nằm được trong nhiều hồ sơ, mỗi hồ sơ một lần."""
    dossier = _held(actor, dossier_id, "file", on)
    document = document_for(actor, document_id, on=on)
    if dossier.entries.filter(document=document).exists():
        raise Refused(Reason("documents.already_filed", _("Văn bản này đã có trong hồ sơ."), "dossier"))
    entry = _add(actor, dossier, on, document=document)
    record(
        actor, "documents.filed", ("document", document.pk),
        after={"title": dossier.title, "dossier": dossier.pk, "entry": entry.pk},
    )  # fmt: skip
    return entry


@transaction.atomic
def add_paper(
    actor: Actor, *, on: date, dossier_id: int, title: str, symbol: str = "", author: str = "", issued_on: date | None = None,
    pages: int | None = None, note: str = "",
) -> DossierEntry:  # fmt: skip
    """Ghi vào mục lục một tài liệu chỉ có bản giấy."""
    dossier = _held(actor, dossier_id, "file", on)
    reasons = checks.missing(title, "title", _("Chưa ghi tên loại và trích yếu."))
    if issued_on and issued_on > on:
        reasons.append(Reason("documents.issued_later", _("Ngày văn bản không thể sau hôm nay."), "issued_on"))
    if reasons:
        raise Invalid(*reasons)
    entry = _add(
        actor, dossier, on, title=title.strip(), symbol=symbol.strip(), author=author.strip(), issued_on=issued_on, pages=pages,
        note=note.strip(),
    )  # fmt: skip
    record(actor, "documents.paper_filed", ("dossier", dossier.pk), after={"title": entry.title, "entry": entry.pk})
    return entry


@transaction.atomic
def take_out(actor: Actor, *, on: date, entry_id: int) -> None:
    """Rút một dòng khỏi mục lục của hồ sơ đang lập; văn bản không mất gì."""
    entry = DossierEntry.objects.filter(pk=entry_id).select_related("document").first()
    if entry is None:
        raise NotFound(Reason("documents.no_such_entry", _("Không có dòng mục lục này.")))
    dossier = _held(actor, entry.dossier_id, "file", on)
    said = {"document": entry.document_id, "title": entry.title or str(entry.document), "entry": entry.pk}
    entry.delete()
    record(actor, "documents.taken_out", ("dossier", dossier.pk), before=said)


@transaction.atomic
def close_dossier(actor: Actor, *, on: date, dossier_id: int) -> Dossier:
    """Kết thúc hồ sơ. ``Refused`` nêu cùng lúc mọi điều còn thiếu: chưa có tài liệu, văn bản chưa xử lý xong, dự thảo chưa có số,
    văn bản không có tệp (văn bản mật chỉ cần dòng sổ), chưa có người lập.
    """
    dossier = _held(actor, dossier_id, "close", on)
    refuse_if(objections(dossier))
    dossier.state, dossier.closed_on = State.CLOSED, on
    dossier.save(update_fields=["state", "closed_on"])
    record(actor, "documents.dossier_closed", ("dossier", dossier.pk), after={"on": on, "entries": dossier.entries.count()})
    return dossier


def objections(dossier: Dossier) -> list[Reason]:
    """Mọi điều còn thiếu để kết thúc hồ sơ."""
    reasons = []
    entries = list(dossier.entries.select_related("document").prefetch_related("document__attachments"))
    if not entries:
        reasons.append(Reason("documents.dossier_empty", _("Hồ sơ chưa có tài liệu nào.")))
    if dossier.keeper_id is None:
        reasons.append(Reason("documents.no_keeper", _("Hồ sơ chưa có người lập: giao cho một người trong đơn vị trước."), "keeper"))
    for entry in entries:
        if entry.document is not None:
            reasons += _unready(entry.document)
    return reasons


def _unready(document: Document) -> list[Reason]:
    name = _("Văn bản mật số %(number)s") % {"number": document.number} if document.secrecy else str(document)
    shown, data = {"document": name}, {"document": document.pk}
    if document.state in Document.NEVER_NUMBERED:
        return [Reason("documents.filed_draft", _("%(document)s còn là dự thảo, chưa có số.") % shown, data=data)]
    reasons = []
    if is_unfinished(document):
        reasons.append(Reason("documents.filed_open", _("%(document)s chưa xử lý xong.") % shown, data=data))
    if not document.secrecy and document.state != Document.State.VOID and not document.attachments.all():
        reasons.append(Reason("documents.filed_without_file", _("%(document)s chưa có tệp nào.") % shown, data=data))
    return reasons


@transaction.atomic
def reopen_dossier(actor: Actor, *, on: date, dossier_id: int, reason: str) -> Dossier:
    """Mở lại hồ sơ đã kết thúc mà chưa nộp lưu, kèm lý do."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do mở lại."), "reason"))
    dossier = _held(actor, dossier_id, "reopen", on)
    before = {"closed_on": dossier.closed_on}
    dossier.state, dossier.closed_on, dossier.reopen_reason = State.OPEN, None, reason.strip()
    dossier.save(update_fields=["state", "closed_on", "reopen_reason"])
    record(actor, "documents.dossier_reopened", ("dossier", dossier.pk), before=before, after={"reason": dossier.reopen_reason})
    return dossier


@transaction.atomic
def hold_dossier(actor: Actor, *, on: date, dossier_id: int, reason: str) -> Dossier:
    """Giữ lại hồ sơ vì kiểm tra, khiếu nại, tố tụng: không hủy được cho tới khi bỏ (``reason`` rỗng là bỏ giữ lại)."""
    dossier = _held(actor, dossier_id, "hold", on)
    before = {"reason": dossier.hold_reason}
    dossier.hold_reason = reason.strip()
    dossier.save(update_fields=["hold_reason"])
    code = "documents.dossier_held" if dossier.hold_reason else "documents.dossier_released"
    record(actor, code, ("dossier", dossier.pk), before=before, after={"reason": dossier.hold_reason})
    return dossier


@transaction.atomic
def name_keeper(actor: Actor, *, on: date, dossier_id: int, person_id: int) -> Dossier:
    """Giao hồ sơ cho người khác lập tiếp: một người đang làm việc ở đơn vị giữ hồ sơ, hay ở phòng bên trong đơn vị ấy."""
    dossier = _held(actor, dossier_id, "keeper", on)
    inside = people_of(rooms_of(dossier.holder_id, on=on), on=on)
    if person_id not in {line.person_id for line in inside}:
        raise Invalid(Reason("documents.not_in_unit", _("Hãy chọn một người đang làm việc ở đơn vị giữ hồ sơ."), "person"))
    if person_id == dossier.keeper_id:
        raise Invalid(Reason("documents.nothing_changed", _("Người này đang lập hồ sơ rồi."), "person"))
    before = {"keeper": dossier.keeper_id}
    dossier.keeper_id = person_id
    dossier.save(update_fields=["keeper"])
    name = Person.objects.values_list("full_name", flat=True).get(pk=person_id)
    record(actor, "documents.dossier_keeper_named", ("dossier", dossier.pk), before=before, after={"keeper": person_id, "name": name})
    return dossier


def _held(actor: Actor, dossier_id: int, to: str, on: date) -> Dossier:
    dossier = dossier_for(actor, dossier_id, to=to, on=on, lock=True)
    hold_open([], on=on, touching=[dossier.holder_id])
    return dossier


def _add(actor: Actor, dossier: Dossier, on: date, **values: Any) -> DossierEntry:
    last = dossier.entries.aggregate(last=Max("position"))["last"] or 0
    person_id = scope_of(actor, on=on).person_id
    return DossierEntry.objects.create(dossier=dossier, position=last + 1, added_by_id=person_id, added_on=on, **values)


def _mistakes(title: str, retention_id: int | None, function_id: int | None, on: date) -> list[Reason]:
    reasons = checks.missing(title, "title", _("Chưa ghi tiêu đề hồ sơ."))
    if retention_id not in {period.pk for period in retention_periods(on=on)}:
        reasons.append(Reason("documents.no_retention", _("Chưa chọn thời hạn bảo quản đang có hiệu lực."), "retention"))
    return reasons + checks.unknown_function(function_id)
