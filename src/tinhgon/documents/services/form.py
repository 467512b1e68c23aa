"""Sửa giúp thể thức của dự thảo, và nhớ phiên bản quy tắc đã kiểm tra."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.form import FIELDS, FormCheck, checked, sentence
from tinhgon.documents.services.drafting import edit_draft
from tinhgon.documents.services.versions import save_version
from tinhgon.engine.form.model import Violation, mended
from tinhgon.engine.paper import Paper
from tinhgon.engine.paper.tables import joined

_ROUNDS = 40


@transaction.atomic
def mend_form(actor: Actor, *, on: date, document_id: int, keys: Collection[str] | None = None) -> list[Violation]:
    """Sửa những chỗ máy sửa được (``keys``: chỉ những chỗ này); thân sửa thành một bản mới, bản cũ còn nguyên.

    ``Refused`` khi không có gì để sửa: văn bản đã đổi từ lúc xem, hay chỗ ấy người phải tự sửa.
    """
    draft = document_for(actor, document_id, to="edit", on=on, lock=True)
    before = checked(draft, on=on)
    if before is None:
        raise Refused(_nothing())
    paper, done = _mended(before, keys)
    if not done:
        raise Refused(_nothing())
    changes = _changes(before.subject.paper, paper)
    if changes:
        edit_draft(actor, on=on, document_id=document_id, changes=changes)
    if paper.body != before.subject.paper.body:
        note = _("Sửa thể thức: %(count)d chỗ") % {"count": len(done)}
        save_version(actor, on=on, document_id=document_id, body=joined(paper.body, paper.annex), note=note)
    Document.objects.filter(pk=document_id).update(checked_by=before.rules.version_id)
    record(
        actor, "documents.form_mended", ("document", document_id),
        after={"count": len(done), "rules": before.rules.label, "codes": sorted({one.code for one in done})},
    )  # fmt: skip
    return done


def form_objections(document: Document, *, on: date) -> list[Reason]:
    """Lý do thể thức chặn ban hành; nhớ luôn phiên bản đã kiểm vào ``document`` (nơi gọi lưu)."""
    found = checked(document, on=on)
    if found is None:
        return []
    document.checked_by_id = found.rules.version_id
    told = [one for one in found.blocking if one.code != "sign.missing"]  # thiếu người ký: nơi cấp số tự hỏi
    return [Reason(f"documents.form.{one.code}", sentence(one)) for one in told]


def _mended(check: FormCheck, keys: Collection[str] | None) -> tuple[Paper, list[Violation]]:
    """Không nêu chỗ nào: sửa hết, từng quy tắc một. Nêu chỗ: chỉ những chỗ ấy, trên đúng bản đang xem."""
    paper, done = check.subject.paper, []
    if keys is not None:
        for one in check.mendable:
            if one.key in keys:
                paper = mended(paper, one.found.changes)
                done.append(one)
        return paper, done
    for _round in range(_ROUNDS):
        open_ones = check.mendable
        if not open_ones:
            break
        for one in (each for each in open_ones if each.code == open_ones[0].code):
            paper = mended(paper, one.found.changes)
            done.append(one)
        check = check.again(paper)
    return paper, done


def _changes(before: Paper, after: Paper) -> dict[str, str]:
    found = {}
    for name, column in FIELDS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found[column] = new if isinstance(new, str) else "\n".join(new)
    return found


def _nothing() -> Reason:
    return Reason("documents.nothing_to_mend", _("Không còn chỗ nào máy sửa giúp được: văn bản có thể vừa đổi, hãy xem lại danh sách."))
