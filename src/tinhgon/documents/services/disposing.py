"""Hủy tài liệu hết thời hạn bảo quản: lập danh mục, xét giá trị từng hồ sơ, người đứng đầu duyệt, rồi hủy. Không quay lại được.

Dòng sổ, mục lục hồ sơ và danh mục ở lại mãi. Văn bản còn nằm trong hồ sơ khác chưa hủy, hay còn việc, thì không đụng tới.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.documents.dossier_access import disposal_for
from tinhgon.documents.models import ArchiveTransfer, DisposalItem, DisposalList, Document, Dossier
from tinhgon.documents.selectors.dossiers import destroyable, past_retention
from tinhgon.documents.services.archiving import pack_again
from tinhgon.documents.services.wiping import stored_of, wipe
from tinhgon.org.access import require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

State = DisposalList.State
Verdict = DisposalItem.Verdict


@dataclass(frozen=True, slots=True)
class Damage:
    """Sẽ hủy bao nhiêu: hồ sơ, văn bản, tệp; và bao nhiêu văn bản phải giữ vì còn ở hồ sơ khác hay còn việc."""

    dossiers: int
    documents: int
    files: int
    spared: int


@transaction.atomic
def make_disposal(actor: Actor, *, on: date, unit_id: int, title: str, dossier_ids: Sequence[int]) -> DisposalList:
    """Văn thư lưu trữ lập danh mục từ các hồ sơ hết thời hạn của cơ quan."""
    standing = require(actor, Verb.REGISTER, on=on, unit_id=unit_id)
    if not title.strip():
        raise Invalid(Reason("documents.missing", _("Chưa ghi tên danh mục."), "title"))
    hold_open([unit_id], on=on)
    units = set(standing.units) if standing else {unit_id}
    wanted = sorted(set(dossier_ids))
    list(Dossier.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    able = {dossier.pk for dossier in past_retention(units, on=on)}
    if not wanted:
        raise Invalid(Reason("documents.missing", _("Chưa chọn hồ sơ nào."), "dossiers"))
    if set(wanted) - able:
        sentence = _("%(count)d hồ sơ chưa hết thời hạn, đang bị giữ lại, hoặc đã ở trong một danh mục khác.")
        raise Refused(Reason("documents.not_past_retention", sentence % {"count": len(set(wanted) - able)}, "dossiers"))
    disposal = DisposalList.objects.create(
        unit_id=unit_id, title=title.strip(), made_by_id=scope_of(actor, on=on).person_id, made_on=on
    )
    DisposalItem.objects.bulk_create(DisposalItem(disposal=disposal, dossier_id=pk) for pk in wanted)
    record(actor, "documents.disposal_made", ("disposal", disposal.pk), after={"dossiers": len(wanted), "unit": unit_id, "ids": wanted})
    return disposal


@transaction.atomic
def appraise(actor: Actor, *, on: date, disposal_id: int, verdicts: Mapping[int, tuple[str, str]]) -> DisposalList:
    """Xét giá trị: mỗi dòng hủy hay giữ lại (kèm lý do). ``verdicts``: mã dòng -> (ý kiến, lý do)."""
    disposal = disposal_for(actor, disposal_id, to="appraise", on=on)
    items = list(disposal.items.select_related("dossier"))
    reasons = []
    for item in items:
        item.verdict, item.note = verdicts.get(item.pk, ("", ""))
        shown = {"title": item.dossier.title}
        if item.verdict not in (Verdict.DESTROY, Verdict.KEEP):
            reasons.append(Reason("documents.no_verdict", _("Chưa có ý kiến với hồ sơ %(title)s.") % shown, f"item-{item.pk}"))
        if item.verdict == Verdict.KEEP and not item.note.strip():
            reasons.append(Reason("documents.no_verdict_reason", _("Ghi lý do giữ lại hồ sơ %(title)s.") % shown, f"note-{item.pk}"))
    if reasons:
        raise Invalid(*reasons)
    DisposalItem.objects.bulk_update(items, ["verdict", "note"])
    _step(disposal, State.APPRAISED, appraised_by_id=scope_of(actor, on=on).person_id, appraised_on=on)
    destroy = sum(item.verdict == Verdict.DESTROY for item in items)
    record(actor, "documents.disposal_appraised", ("disposal", disposal.pk), after={"destroy": destroy, "keep": len(items) - destroy})
    return disposal


@transaction.atomic
def approve(actor: Actor, *, on: date, disposal_id: int) -> DisposalList:
    """Người đứng đầu duyệt danh mục đã xét giá trị; chưa hủy gì."""
    disposal = disposal_for(actor, disposal_id, to="approve", on=on)
    _step(disposal, State.APPROVED, approved_by_id=scope_of(actor, on=on).person_id, approved_on=on)
    record(actor, "documents.disposal_approved", ("disposal", disposal.pk), after={"on": on})
    return disposal


@transaction.atomic
def reject(actor: Actor, *, on: date, disposal_id: int, reason: str) -> DisposalList:
    """Không duyệt, kèm lý do: danh mục dừng ở đây, hồ sơ ở lại."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do không duyệt."), "reason"))
    disposal = disposal_for(actor, disposal_id, to="approve", on=on)
    _step(disposal, State.REJECTED, approved_by_id=scope_of(actor, on=on).person_id, approved_on=on, note=reason.strip())
    record(actor, "documents.disposal_rejected", ("disposal", disposal.pk), after={"reason": reason.strip()})
    return disposal


def damage(disposal: DisposalList) -> Damage:
    """Những con số để hỏi trước khi hủy."""
    dossiers = _condemned(disposal)
    free, kept = destroyable(dossiers)
    files = stored_of([document.pk for document in free])
    return Damage(len(dossiers), len(free), sum(map(len, files.values())), len(kept))


@transaction.atomic
def destroy(actor: Actor, *, on: date, disposal_id: int, confirmed: int) -> Damage:
    """Hủy theo danh mục đã duyệt. ``confirmed``: số văn bản sẽ hủy mà người làm gõ lại, sai thì không hủy gì.

    ``Refused`` khi một hồ sơ vừa bị giữ lại hay vừa mở lại sau lúc duyệt.
    """
    disposal = disposal_for(actor, disposal_id, to="destroy", on=on)
    hold_open([disposal.unit_id], on=on)
    condemned = _condemned(disposal)
    locked = list(Dossier.objects.select_for_update().filter(pk__in=condemned).order_by("pk"))
    refuse_if(_stopped(locked))
    free, kept = destroyable(condemned)
    documents = list(Document.objects.select_for_update(of=("self",)).filter(pk__in=[d.pk for d in free]).order_by("pk"))
    if confirmed != len(documents):
        sentence = _("Số gõ lại chưa đúng: danh mục này hủy nội dung %(count)d văn bản.") % {"count": len(documents)}
        raise Invalid(Reason("documents.not_confirmed", sentence, "confirmed", {"documents": len(documents)}))
    gone = {document.pk: _wiped(actor, document, disposal) for document in documents}
    for item in disposal.items.filter(verdict=Verdict.DESTROY).select_related("dossier"):
        held = item.dossier.entries.filter(document__in=gone).values_list("document", flat=True)
        item.destroyed = [file for document in held for file in gone[document]]
        item.save(update_fields=["destroyed"])
        record(actor, "documents.dossier_destroyed", ("dossier", item.dossier_id), after={"disposal": disposal.pk})
    Dossier.objects.filter(pk__in=condemned).update(state=Dossier.State.DESTROYED)
    for transfer in ArchiveTransfer.objects.filter(dossiers__in=condemned).distinct().select_related("package"):
        pack_again(transfer, on=on)
    _step(disposal, State.DESTROYED, destroyed_on=on)
    done = Damage(len(condemned), len(documents), sum(len(files) for files in gone.values()), len(kept))
    record(
        actor, "documents.disposal_done", ("disposal", disposal.pk),
        after={"dossiers": done.dossiers, "documents": done.documents, "files": done.files, "spared": done.spared},
    )  # fmt: skip
    return done


def _condemned(disposal: DisposalList) -> list[int]:
    return sorted(disposal.items.filter(verdict=Verdict.DESTROY).values_list("dossier", flat=True))


def _stopped(dossiers: Sequence[Dossier]) -> list[Reason]:
    sentence = _("Hồ sơ %(title)s đang %(why)s: bỏ khỏi danh mục trước.")
    wrong = {
        dossier.pk: _("bị giữ lại") if dossier.hold_reason else dossier.get_state_display()
        for dossier in dossiers
        if dossier.hold_reason or dossier.state not in (Dossier.State.CLOSED, Dossier.State.ARCHIVED)
    }
    return [
        Reason("documents.disposal_stopped", sentence % {"title": d.title, "why": wrong[d.pk]}, data={"dossier": d.pk})
        for d in dossiers if d.pk in wrong
    ]  # fmt: skip


def _wiped(actor: Actor, document: Document, disposal: DisposalList) -> list[dict[str, str]]:
    gone = wipe(document)
    record(
        actor, "documents.content_destroyed", ("document", document.pk), before={"files": gone},
        after={"files": len(gone), "disposal": disposal.pk},
    )  # fmt: skip
    return gone


def _step(disposal: DisposalList, state: str, **changes: object) -> None:
    disposal.state = state
    for name, value in changes.items():
        setattr(disposal, name, value)
    disposal.save(update_fields=["state", *(name.removesuffix("_id") for name in changes)])
