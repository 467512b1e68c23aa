"""Nộp hồ sơ vào lưu trữ cơ quan: đóng gói, văn thư lưu trữ nhận hay trả lại kèm lý do."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.dossier_access import dossier_for, transfer_for
from tinhgon.documents.models import ArchiveTransfer, Dossier
from tinhgon.documents.packaging import packaged
from tinhgon.documents.selectors.dossiers import ContentLine, contents
from tinhgon.documents.services.dossiers import objections
from tinhgon.engine.archive import write
from tinhgon.files.models import StoredFile
from tinhgon.files.services import chunks, discard, store
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.units import organs_of, units_at

State = Dossier.State


@transaction.atomic
def hand_over(actor: Actor, *, on: date, dossier_ids: Sequence[int], note: str = "") -> ArchiveTransfer:
    """Nộp các hồ sơ đã kết thúc của một cơ quan. ``Refused`` với mọi lý do: khác cơ quan, còn thiếu, có văn bản không thấy được."""
    if not dossier_ids:
        raise Invalid(Reason("documents.missing", _("Chưa chọn hồ sơ nào để nộp."), "dossiers"))
    dossiers = [dossier_for(actor, pk, to="hand_over", on=on, lock=True) for pk in sorted(set(dossier_ids))]
    organs = organs_of({dossier.holder_id for dossier in dossiers}, on=on)
    reasons = [] if len(set(organs.values())) == 1 else [
        Reason("documents.several_organs", _("Các hồ sơ thuộc nhiều cơ quan: nộp riêng từng cơ quan."), "dossiers")
    ]  # fmt: skip
    lines = {dossier.pk: contents(actor, dossier, on=on) for dossier in dossiers}
    for dossier in dossiers:
        reasons += objections(dossier)
        hidden = sum(line.is_hidden for line in lines[dossier.pk])
        if hidden:
            sentence = _("Hồ sơ %(title)s có %(count)d văn bản bạn không được xem: để người được xem đóng gói.")
            reasons.append(Reason("documents.hidden_contents", sentence % {"title": dossier.title, "count": hidden}, "dossiers"))
    refuse_if(reasons)
    holders = {dossier.holder_id for dossier in dossiers}
    hold_open([organs[dossiers[0].holder_id]], on=on, touching=holders)
    archive = organs[dossiers[0].holder_id]
    from_unit = holders.pop() if len(holders) == 1 else archive
    stored = _packed(dossiers, lines, archive, on)
    transfer = ArchiveTransfer.objects.create(
        from_unit_id=from_unit, archive_id=archive, package=stored, made_by_id=scope_of(actor, on=on).person_id, made_on=on,
        note=note.strip(),
    )  # fmt: skip
    Dossier.objects.filter(pk__in=dossier_ids).update(state=State.OFFERED, transfer=transfer)
    for dossier in dossiers:
        record(actor, "documents.dossier_offered", ("dossier", dossier.pk), after={"transfer": transfer.pk, "sha256": stored.sha256})
    record(
        actor, "documents.transfer_made", ("archive_transfer", transfer.pk),
        after={"dossiers": len(dossiers), "sha256": stored.sha256, "archive": archive},
    )  # fmt: skip
    return transfer


def _packed(dossiers: Sequence[Dossier], lines: Mapping[int, Sequence[ContentLine]], archive: int, on: date) -> StoredFile:
    package = packaged(dossiers, lines, on=on, organ=units_at([archive], on=on)[archive].name)
    with tempfile.TemporaryFile() as made:
        write(package, made, content=lambda sha256: chunks(StoredFile.objects.get(sha256=sha256)))
        made.seek(0)
        return store(made, "goi-luu-tru.zip")


def pack_again(transfer: ArchiveTransfer, *, on: date) -> None:
    """Sau khi hủy một phần: gói chỉ còn các hồ sơ chưa hủy; hủy hết thì không còn gói. Nội dung cũ của gói bỏ hẳn."""
    left = list(transfer.dossiers.exclude(state=State.DESTROYED).select_related("retention", "function").order_by("pk"))
    lines = {dossier.pk: contents(SYSTEM, dossier, on=on) for dossier in left}
    before, transfer.package = transfer.package, _packed(left, lines, transfer.archive_id, on) if left else None
    transfer.save(update_fields=["package"])
    if before is not None and before != transfer.package:
        discard(before)


@transaction.atomic
def receive(actor: Actor, *, on: date, transfer_id: int, note: str = "") -> ArchiveTransfer:
    """Lưu trữ nhận: hồ sơ do lưu trữ cơ quan giữ."""
    transfer = _settled(actor, transfer_id, ArchiveTransfer.State.RECEIVED, note, on)
    held = list(transfer.dossiers.select_for_update())
    transfer.dossiers.update(state=State.ARCHIVED, holder=transfer.archive_id)
    for dossier in held:
        record(
            actor, "documents.dossier_archived", ("dossier", dossier.pk), before={"holder": dossier.holder_id},
            after={"transfer": transfer.pk, "holder": transfer.archive_id},
        )  # fmt: skip
    record(actor, "documents.transfer_received", ("archive_transfer", transfer.pk), after={"dossiers": len(held), "note": transfer.note})
    return transfer


@transaction.atomic
def send_back(actor: Actor, *, on: date, transfer_id: int, reason: str) -> ArchiveTransfer:
    """Lưu trữ trả lại kèm lý do: hồ sơ về trạng thái đã kết thúc, nơi nộp sửa rồi nộp lại."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "reason"))
    transfer = _settled(actor, transfer_id, ArchiveTransfer.State.REFUSED, reason, on)
    held = list(transfer.dossiers.select_for_update())
    transfer.dossiers.update(state=State.CLOSED, transfer=None)
    for dossier in held:
        record(actor, "documents.dossier_sent_back", ("dossier", dossier.pk), after={"transfer": transfer.pk, "reason": transfer.note})
    record(
        actor, "documents.transfer_refused", ("archive_transfer", transfer.pk),
        after={"dossiers": [dossier.pk for dossier in held], "reason": transfer.note},
    )  # fmt: skip
    return transfer


def _settled(actor: Actor, transfer_id: int, state: str, note: str, on: date) -> ArchiveTransfer:
    transfer = transfer_for(actor, transfer_id, on=on, settle=True)
    hold_open([transfer.archive_id], on=on, touching=[transfer.from_unit_id])
    transfer.state, transfer.settled_on, transfer.settled_by_id = state, on, scope_of(actor, on=on).person_id
    transfer.note = note.strip() or transfer.note
    transfer.save(update_fields=["state", "settled_on", "settled_by", "note"])
    return transfer
