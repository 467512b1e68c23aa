"""Sửa giúp thể thức của dự thảo, và nhớ phiên bản quy tắc đã kiểm tra."""

from collections.abc import Collection
from datetime import date
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import appraisal_for
from tinhgon.documents.models import Appraisal, Document
from tinhgon.documents.selectors.form import FIELDS, FormCheck, checked, sentence
from tinhgon.documents.services.drafting import change_draft
from tinhgon.documents.services.readiness import current_version
from tinhgon.documents.services.versions import change_text
from tinhgon.engine.form.model import Violation, mended
from tinhgon.engine.paper import Paper
from tinhgon.engine.paper.tables import joined

_ROUNDS = 40


@transaction.atomic
def mend_form(actor: Actor, *, on: date, document_id: int, keys: Collection[str] | None = None) -> list[Violation]:
    """Sửa những chỗ máy sửa được (``keys``: chỉ những chỗ này); thân sửa thành một bản mới, bản cũ còn nguyên.

    ``Refused`` khi không có gì để sửa: văn bản đã đổi từ lúc xem, hay chỗ ấy người phải tự sửa.
    """
    return _mend(actor, document_for(actor, document_id, to="edit", on=on, lock=True), keys, on)


@transaction.atomic
def mend_in_appraisal(actor: Actor, *, on: date, appraisal_id: int, keys: Collection[str] | None = None) -> list[Violation]:
    """Người thẩm định sửa giúp như người soạn sửa: thành bản mới mang tên mình, vòng thẩm định chuyển sang bản ấy, góp ý đi theo đoạn của nó.

    ``Refused`` khi nơi soạn đã có bản mới hơn bản đang thẩm định.
    """
    appraisal = appraisal_for(actor, appraisal_id, on=on)
    draft = appraisal.document
    if current_version(draft) != appraisal.version:
        sentence = _("Nơi soạn đã lưu bản mới hơn bản đang thẩm định: hãy đề nghị rút lại rồi xin thẩm định bản mới.")
        raise Refused(Reason("documents.appraised_version_passed", sentence))
    before = draft.versions.get(number=appraisal.version)
    done = _mend(actor, draft, keys, on)
    after = draft.versions.order_by("-number").first()
    if after is not None and after.number != before.number:
        _move_remarks(appraisal, before.body.split("\n"), after.body.split("\n"))
        appraisal.version = after.number
        appraisal.save(update_fields=["version"])
    return done


def _mend(actor: Actor, draft: Document, keys: Collection[str] | None, on: date) -> list[Violation]:
    """Trên dự thảo mà nơi gọi đã xét quyền và đang khóa."""
    before = checked(draft, on=on)
    if before is None:
        raise Refused(_nothing())
    paper, done = _mended(before, keys)
    if not done:
        raise Refused(_nothing())
    changes = _changes(before.subject.paper, paper)
    told = [_told(draft, column, value) for column, value in changes.items()]
    if changes:
        change_draft(actor, draft, on=on, changes=changes)
    if paper.body != before.subject.paper.body:
        note = _("Sửa thể thức: %(count)d chỗ") % {"count": len(done)}
        change_text(actor, draft, on=on, body=joined(paper.body, paper.annex), note=note)
    Document.objects.filter(pk=draft.pk).update(checked_by=before.rules.version_id)
    record(
        actor, "documents.form_mended", ("document", draft.pk),
        after={"count": len(done), "rules": before.rules.label, "codes": sorted({one.code for one in done}), "changes": "; ".join(told)[:2000]},
    )  # fmt: skip
    return done


def _told(draft: Document, column: str, value: str) -> str:
    """Ô ngoài thân không có bản để so sánh: nhật ký nói chữ cũ, chữ mới."""
    label = str(Document._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
    return f"{label}: “{getattr(draft, column)}” → “{value}”"


def _move_remarks(appraisal: Appraisal, before: list[str], after: list[str]) -> None:
    """Góp ý trỏ tới đoạn: bản sửa bỏ dòng trống và có thể bỏ đoạn, nên tìm đoạn nào nay ở đâu; đoạn đã bỏ thì thành góp ý cả văn bản."""
    now: dict[int, int] = {}
    for mark, old, _old_end, new, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if mark in ("equal", "replace"):
            now |= {old + step + 1: new + step + 1 for step in range(new_end - new)}
    for remark in appraisal.remarks.filter(paragraph__gt=0):
        remark.paragraph = now.get(remark.paragraph, 0)
        remark.save(update_fields=["paragraph"])


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
