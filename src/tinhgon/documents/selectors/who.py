"""Ai thấy được một văn bản, và vì sao. Chiều ngược của ``documents.access``; phép thử giữ hai chiều khớp nhau."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_sight import ASKED, seen
from tinhgon.documents.models import ApprovalStep, Document, RoutingLine
from tinhgon.org.models import Covers, Person
from tinhgon.org.selectors.standing_in import lent
from tinhgon.org.selectors.watchers import clearance_at, watchers

State = Document.State


@dataclass(frozen=True, slots=True)
class Sight:
    """Một người thấy được, với một lý do. ``title``, ``unit_id``: vị trí cho họ thấy; rỗng khi thấy vì việc của chính họ."""

    person_id: int
    full_name: str
    title: str
    unit_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Ground:
    """Đơn vị ``unit_id`` cho thấy văn bản; ``heads``, ``books``: lãnh đạo, văn thư của nó."""

    unit_id: int
    reason: str
    heads: bool = True
    books: bool = True


def who_sees(actor: Actor, document_id: int, *, on: date) -> list[Sight]:
    """Mọi người thấy được, mỗi người một dòng với lý do đầu tiên. ``NotFound`` khi chính người hỏi không được thấy."""
    document = document_for(actor, document_id, on=on)
    found: dict[int, Sight] = {}
    for sight in [*_own(document, on), *_through_units(document, on)]:
        found.setdefault(sight.person_id, sight)
    return list(found.values())


def _own(document: Document, on: date) -> Iterator[Sight]:
    """Người soạn, người được giao xử lý."""
    people = [(document.drafter_id, document.holder_id, _("soạn hay vào sổ văn bản này"))]
    lines = document.lines.filter(assignee__isnull=False, state__in=[*RoutingLine.OPEN, RoutingLine.State.DONE])
    people += [(line.assignee_id, line.to_unit_id, _("được giao xử lý")) for line in lines]
    people += [(person, unit, reason) for unit, person, reason in _asked(document) if person]
    names = dict(Person.objects.filter(pk__in=[person for person, _unit, _why in people if person]).values_list("pk", "full_name"))
    for person, unit, reason in people:
        if person and (not document.secrecy or clearance_at(person, unit, on=on, part=Covers.DOCUMENTS) >= document.secrecy):
            yield Sight(person, names[person], "", None, reason)
    yield from _signing_for(document, names, on)
    for found in lent(Covers.DOCUMENTS, principals=names, on=on):
        for person, unit, reason in people:
            cleared = not document.secrecy or clearance_at(found.person_id, unit, on=on, part=Covers.DOCUMENTS) >= document.secrecy
            if person == found.principal_id and cleared:
                shown = {"name": found.principal, "reason": reason}
                yield Sight(found.person_id, found.full_name, "", None, _("làm thay %(name)s: %(reason)s") % shown)


def _signing_for(document: Document, names: Mapping[int, str], on: date) -> Iterator[Sight]:
    """Người chỉ được ký thay: thấy dự thảo chờ người vắng ký duyệt."""
    signers = {person for _unit, person, _why in _asked(document, only=ApprovalStep) if person}
    for found in lent(Covers.SIGNING, principals=signers & set(names), on=on) if signers and not document.secrecy else ():
        yield Sight(found.person_id, found.full_name, "", None, _("ký thay %(name)s") % {"name": found.principal})


def _through_units(document: Document, on: date) -> Iterator[Sight]:
    grounds = list(_grounds(document))
    seen_by = watchers({ground.unit_id for ground in grounds}, on=on, part=Covers.DOCUMENTS)
    for ground in grounds:
        for watcher in seen_by:
            fits = ground.heads and watcher.whole or ground.books and not watcher.whole
            if watcher.covers == ground.unit_id and fits and watcher.clearance >= document.secrecy:
                yield Sight(watcher.person_id, watcher.full_name, watcher.title, watcher.unit_id, ground.reason)


def _grounds(document: Document) -> Iterator[_Ground]:
    yield _Ground(document.holder_id, _("đơn vị đang giữ"), books=document.state not in (State.DRAFT, State.DROPPED))
    if document.state == State.READY and document.issuer_id:
        yield _Ground(document.issuer_id, _("cơ quan sẽ đứng tên, chờ cấp số"), heads=False)
    if document.series:
        yield _Ground(document.series.keeper_id, _("giữ sổ có số này"))
    for unit, _person, reason in _asked(document):
        yield _Ground(unit, reason, books=False)
    for organ in document.joint_organs.all():
        if organ.kept_by_id:
            yield _Ground(organ.kept_by_id, _("cơ quan cùng đứng tên"))
    for line in document.lines.all():
        if line.state in RoutingLine.OPEN:
            yield _Ground(line.to_unit_id, _("đơn vị nhận: %(role)s") % {"role": line.get_role_display()})
        if line.kept_by_id:
            yield _Ground(line.kept_by_id, _("đơn vị lưu kết quả"))
        if line.state != RoutingLine.State.RECALLED:
            yield _Ground(line.from_unit_id, _("đơn vị đã chuyển"))


def _asked(document: Document, *, only: type[Model] | None = None) -> Iterator[tuple[int, int | None, str]]:
    """Đơn vị, người (nếu đích danh) được hỏi ý kiến, thẩm định, ký duyệt dự thảo này."""
    words = (_("được hỏi ý kiến"), _("thẩm định dự thảo"), _("ký duyệt dự thảo"))
    for (model, unit, person, _kind), reason in zip(ASKED, words, strict=True):
        if only not in (None, model):
            continue
        rows = model._default_manager.filter(seen(model), document=document).order_by("pk")
        yield from ((*row, reason) for row in rows.values_list(f"{unit}_id", f"{person}_id"))
