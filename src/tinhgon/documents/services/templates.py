"""Giữ mẫu văn bản và đường trình ký của cơ quan: văn thư, lãnh đạo văn phòng. Sửa mẫu là thêm bản; bản cũ còn nguyên."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.documents.models import ApprovalPath, DraftTemplate, TemplateVersion
from tinhgon.documents.selectors.templates import bad_template, sample_fields
from tinhgon.documents.services import checks
from tinhgon.engine.filling import BadTemplate, fill, fill_word
from tinhgon.engine.vietnamese import nfc
from tinhgon.files.services import store
from tinhgon.org.access import require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

TEXTS = ("summary", "body", "addressees", "receivers", "authority", "signer_position")


@transaction.atomic
def create_template(
    actor: Actor, *, on: date, organ_id: int, type_id: int, name: str, word: tuple[str, bytes] | None = None, note: str = "",
    **texts: str,
) -> DraftTemplate:  # fmt: skip
    """Thêm một mẫu cùng bản đầu. ``word``: (tên, nội dung) tệp Word. ``Invalid`` với mọi chỗ sai của mẫu."""
    _allowed(actor, organ_id, on)
    reasons = [
        *checks.missing(name, "name", _("Chưa đặt tên mẫu.")),
        *checks.unknown_type(type_id),
        *checks.not_open([organ_id], on=on, field="organ"),
        *_faults(on, word, texts),
    ]
    if reasons:
        raise Invalid(*reasons)
    hold_open([organ_id], on=on)
    template = DraftTemplate.objects.create(organ_id=organ_id, type_id=type_id, name=nfc(name.strip()))
    _write(actor, template, on, word, note, texts)
    record(actor, "documents.template_created", ("template", template.pk), after={"name": template.name, "organ": organ_id})
    return template


@transaction.atomic
def save_template(
    actor: Actor, *, on: date, template_id: int, word: tuple[str, bytes] | None = None, keep_file: bool = False, note: str = "",
    **texts: str,
) -> TemplateVersion:  # fmt: skip
    """Bản kế tiếp của mẫu. ``keep_file``: giữ tệp Word của bản trước khi không nộp tệp mới."""
    template = _template(actor, template_id, on)
    reasons = _faults(on, word, texts, has_file=keep_file)
    if reasons:
        raise Invalid(*reasons)
    hold_open([template.organ_id], on=on)
    version = _write(actor, template, on, word, note, texts, keep_file=keep_file)
    record(actor, "documents.template_saved", ("template", template.pk), after={"number": version.number, "note": version.note})
    return version


@transaction.atomic
def switch_template(actor: Actor, *, on: date, template_id: int, is_active: bool) -> DraftTemplate:
    """Thôi dùng hay dùng lại một mẫu."""
    template = _template(actor, template_id, on)
    hold_open([template.organ_id], on=on)
    before, template.is_active = template.is_active, is_active
    template.save(update_fields=["is_active"])
    code = "documents.template_used_again" if is_active else "documents.template_retired"
    record(actor, code, ("template", template.pk), before={"is_active": before}, after={"is_active": is_active})
    return template


@transaction.atomic
def set_path(
    actor: Actor, *, on: date, organ_id: int, type_id: int | None, groups: Sequence[Sequence[str]], is_required: bool
) -> ApprovalPath | None:
    """Đặt đường trình ký của cơ quan cho một tên loại (``None``: mọi tên loại). ``groups`` rỗng: bỏ đường đã đặt."""
    _allowed(actor, organ_id, on)
    kept = [list(dict.fromkeys(group)) for group in groups if group]
    reasons = checks.not_open([organ_id], on=on, field="organ") + _path_faults(kept)
    if reasons:
        raise Invalid(*reasons)
    hold_open([organ_id], on=on)
    ApprovalPath.objects.filter(organ=organ_id, type=type_id, is_active=True).update(is_active=False)
    made = None
    if kept:
        made = ApprovalPath.objects.create(organ_id=organ_id, type_id=type_id, groups=kept, is_required=is_required, set_at=clock.now())
    record(
        actor, "documents.path_set", ("unit", organ_id), after={"type": type_id, "groups": kept, "required": is_required and bool(kept)}
    )
    return made


def _allowed(actor: Actor, organ_id: int, on: date) -> None:
    require(actor, Verb.KEEP_TEMPLATES, on=on, unit_id=organ_id)


def _template(actor: Actor, template_id: int, on: date) -> DraftTemplate:
    template = DraftTemplate.objects.select_for_update().filter(pk=template_id).first()
    if template is None:
        raise NotFound(Reason("documents.no_such_template", _("Không có mẫu này.")))
    _allowed(actor, template.organ_id, on)
    return template


def _faults(on: date, word: tuple[str, bytes] | None, texts: dict[str, str], *, has_file: bool = False) -> list[Reason]:
    """Thử điền mẫu bằng dữ liệu giả: mẫu lưu được là mẫu dùng được."""
    reasons = []
    fields = sample_fields(on)
    for name, text in texts.items():
        try:
            fill(text, fields)
        except BadTemplate as bad:
            reasons.append(bad_template(bad, name))
    if word is not None:
        try:
            fill_word(word[1], fields)
        except BadTemplate as bad:
            reasons.append(bad_template(bad, "file"))
    if word is None and not has_file and not texts.get("body", "").strip():
        reasons.append(Reason("documents.missing", _("Mẫu chưa có nội dung: hãy gõ chữ hoặc nộp tệp Word."), "body"))
    return reasons


def _write(
    actor: Actor, template: DraftTemplate, on: date, word: tuple[str, bytes] | None, note: str, texts: dict[str, str],
    *, keep_file: bool = False,
) -> TemplateVersion:  # fmt: skip
    last = template.versions.order_by("-number").first()
    file, file_name = (last.file, last.file_name) if last and keep_file else (None, "")
    if word is not None:
        file, file_name = store(BytesIO(word[1]), word[0]), word[0]
    return TemplateVersion.objects.create(
        template=template, number=last.number + 1 if last else 1, file=file, file_name=file_name, note=note.strip(),
        author_id=scope_of(actor, on=on).person_id, saved_at=clock.now(),
        **{name: nfc(texts.get(name, "").replace("\r\n", "\n").strip()) for name in TEXTS},
    )  # fmt: skip


def _path_faults(groups: Sequence[Sequence[str]]) -> list[Reason]:
    roles = [role for group in groups for role in group]
    if any(role not in ApprovalPath.PathRole.values for role in roles):
        return [Reason("documents.path_role", _("Đường trình ký có vai không biết."), "groups")]
    if groups and list(groups[-1]) != [ApprovalPath.PathRole.SIGNER]:
        return [Reason("documents.path_signer_last", _("Bậc cuối của đường trình ký phải là người ký văn bản, một mình."), "groups")]
    if len(roles) != len(set(roles)):
        return [Reason("documents.path_repeated", _("Mỗi vai chỉ đứng ở một bậc."), "groups")]
    return []
