"""Việc nền của văn bản cho từng người: làm cho các dự thảo khớp với quyết định bố trí, rồi trình ký. Dừng giữa chừng thì chạy tiếp.

Mỗi văn bản một giao dịch, qua đúng động từ của ứng dụng văn bản, bằng quyền của người đã đặt soạn.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.errors import Invalid, TinhGonError, refuse_if
from tinhgon.documents import services as documents
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.paths import proposed_seats
from tinhgon.documents.selectors.templates import bad_template, usable_version
from tinhgon.documents.services import approval, versions
from tinhgon.engine.filling import BadTemplate, fill
from tinhgon.engine.formats import format_number
from tinhgon.org.models import Kind
from tinhgon.org.selectors.units import unit_at
from tinhgon.reorg.acts import wording
from tinhgon.reorg.acts.wanted import Key, Wanted, key_of, wanted
from tinhgon.reorg.models import ActOrder, PersonalAct, Placement
from tinhgon.reorg.services.acting import DECISION, NOTICE, carried_out, type_id

_EVERY = 20
_LIVE = Document.UNNUMBERED


def run_drafting(reorg_id: int) -> None:
    """Bỏ cái không còn đúng, sửa cái đã đổi, soạn cái còn thiếu."""
    order = ActOrder.objects.select_related("reorganisation__handover", "progress").get(reorganisation=reorg_id)
    with override("vi"):
        try:
            refuse_if(carried_out(order.reorganisation))
            made, changed, dropped = _Desk(order).bring_in_line()
        except TinhGonError as refused:
            progress.finish(_progress(order), sentence=str(refused), failed=True)
            return
    with transaction.atomic():
        record(order.actor, "acts.in_line", ("placing", reorg_id), after={"made": made, "changed": changed, "dropped": dropped})
    told = _("Đã xong: soạn %(made)s văn bản, sửa %(changed)s, bỏ hoặc đánh dấu thu hồi %(dropped)s.")
    progress.finish(_progress(order), sentence=told % {"made": format_number(made), "changed": format_number(changed), "dropped": format_number(dropped)})


def run_submitting(reorg_id: int) -> None:
    """Trình ký mọi dự thảo đang soạn; từ chối bản nào thì ghi câu vì sao cạnh bản ấy."""
    order = ActOrder.objects.select_related("progress").get(reorganisation=reorg_id)
    live = PersonalAct.objects.filter(reorganisation=reorg_id, ended_at=None, document__state=Document.State.DRAFT, document__in_approval=False)
    waiting = list(dict.fromkeys(live.order_by("pk").values_list("document_id", flat=True)))
    failed = 0
    for place, document_id in enumerate(waiting):
        failed += not _submitted(order, document_id)
        _tell(order, place, len(waiting), _("Đang trình ký %(done)s trên %(total)s văn bản."))
    told = _("Đã trình ký %(done)s văn bản, %(failed)s chưa trình được.")
    progress.finish(_progress(order), sentence=told % {"done": format_number(len(waiting) - failed), "failed": format_number(failed)})


def _submitted(order: ActOrder, document_id: int) -> bool:
    on = clock.today()
    problem = ""
    try:
        document = Document.objects.get(pk=document_id)
        approval.submit(order.actor, on=on, document_id=document_id, seats=proposed_seats(document, on=on))
    except TinhGonError as refused:
        problem = str(refused)[:500]
    PersonalAct.objects.filter(document=document_id).update(problem=problem)
    return not problem


def _progress(order: ActOrder) -> UUID:
    """Tiến độ được mở cùng giao dịch đặt soạn, nên luôn có khi đang chạy."""
    assert order.progress_id
    return order.progress_id


def _tell(order: ActOrder, place: int, total: int, sentence: str) -> None:
    if place % _EVERY == 0:
        progress.advance(_progress(order), done=place, total=total, sentence=sentence % {"done": format_number(place), "total": format_number(total)})


class _Desk:
    """Một lượt làm cho khớp: điều cần có, điều đang có, chữ của mẫu."""

    def __init__(self, order: ActOrder) -> None:
        self.order, self.reorg, self.actor = order, order.reorganisation, order.actor
        self.placement = self.reorg.placements.filter(state=Placement.State.DECIDED).first()
        self.types = {PersonalAct.Kind.DECISION: type_id(DECISION), PersonalAct.Kind.NOTICE: type_id(NOTICE)}
        self.shared: dict[str, Any] = {}
        self.templates: dict[int, tuple[wording.Text, dict[str, Any]]] = {}
        if self.placement is not None:
            self.placement.reorganisation = self.reorg
            self.shared = wording.common(order, self.placement, self._names())

    def _names(self) -> wording.Names:
        issuer, holder = (unit_at(unit, on=clock.today()) for unit in (self.order.issuer_id, self.order.holder_id))
        assert issuer is not None
        assert holder is not None
        collective = issuer.kind == Kind.COMMITTEE
        return wording.Names(deciding=f"Ban Thường vụ {issuer.name}" if collective else issuer.name, drafting=holder.name)

    def bring_in_line(self) -> tuple[int, int, int]:
        needed = {one.key: one for one in wanted(self.order, self.placement, self.shared)} if self.placement else {}
        live = self._live()
        gone = [acts for key, acts in live.items() if key not in needed]
        dropped = sum(self._end(acts, _("Bố trí hay dữ liệu về người này đã đổi: không còn cần văn bản này.")) for acts in gone)
        dropped += self._drop_ended()
        made = changed = 0
        for place, one in enumerate(needed.values()):
            had = live.get(one.key, [])
            if not had or _is_dead(had):
                self._make(one, had)
                made += 1
            elif had[0].fingerprint != one.fingerprint:
                self._change(one, had)
                changed += 1
            _tell(self.order, place, len(needed), _("Đang soạn %(done)s trên %(total)s văn bản."))
        return made, changed, dropped

    def _live(self) -> dict[Key, list[PersonalAct]]:
        found: dict[Key, list[PersonalAct]] = defaultdict(list)
        for act in self.reorg.acts.filter(ended_at=None).select_related("document").order_by("pk"):
            found[key_of(act)].append(act)
        return found

    def _drop_ended(self) -> int:
        """Dự thảo của những dòng đã kết thúc mà chưa bỏ: khi quyết định bị rút, hay lượt trước dừng giữa chừng."""
        rows = self.reorg.acts.filter(ended_at__isnull=False, document__state__in=_LIVE).order_by("pk").values_list("document_id", "ended_why")
        waiting = {document: why for document, why in rows if not self.reorg.acts.filter(document=document, ended_at=None).exists()}
        for document, why in waiting.items():
            documents.drop_draft(self.actor, on=clock.today(), document_id=document, reason=why)
        return len(waiting)

    @transaction.atomic
    def _end(self, acts: Iterable[PersonalAct], why: str) -> int:
        """Các dòng của một văn bản không còn đúng: dự thảo thì bỏ, đã ban hành thì thành cần thu hồi."""
        listed = list(acts)
        PersonalAct.objects.filter(pk__in=[act.pk for act in listed]).update(ended_at=clock.now(), ended_why=why)
        for document in {act.document_id: act.document for act in listed}.values():
            if document.state in _LIVE:
                documents.drop_draft(self.actor, on=clock.today(), document_id=document.pk, reason=why)
        return 1

    @transaction.atomic
    def _make(self, one: Wanted, had: Iterable[PersonalAct] = ()) -> None:
        """Soạn mới; ``had``: các dòng cũ mà văn bản đã bị bỏ hay hủy số."""
        PersonalAct.objects.filter(pk__in=[act.pk for act in had]).update(ended_at=clock.now(), ended_why=_("Văn bản đã bỏ hoặc hủy số."))
        summary, body, receivers = self._said(one)
        document = versions.start_draft(
            self.actor, on=clock.today(), type_id=self.types[PersonalAct.Kind(one.kind)], summary=summary, body=body, holder_id=self.order.holder_id,
            issuer_id=self.order.issuer_id, signer_name=self.order.signer_name, signer_position=self.order.signer_position,
            authority=self.order.authority, receivers=receivers,
        )  # fmt: skip
        self._keep(one, document)

    @transaction.atomic
    def _change(self, one: Wanted, had: list[PersonalAct]) -> None:
        """Dữ liệu đã đổi. Dự thảo đang soạn thì thành bản mới; đã trình, chờ số thì bỏ và soạn lại; đã ban hành thì thu hồi và soạn lại."""
        document = had[0].document
        if document.state != Document.State.DRAFT or document.in_approval:
            self._end(had, _("Dữ liệu đã đổi sau khi trình hoặc ban hành: đã soạn văn bản khác."))
            self._make(one)
            return
        summary, body, receivers = self._said(one)
        changes = {
            "summary": summary, "receivers": receivers, "signer_name": self.order.signer_name,
            "signer_position": self.order.signer_position, "authority": self.order.authority, "issuer_id": self.order.issuer_id,
        }  # fmt: skip
        documents.edit_draft(self.actor, on=clock.today(), document_id=document.pk, changes=changes)
        versions.save_version(self.actor, on=clock.today(), document_id=document.pk, body=body, note=_("Dữ liệu đã đổi, soạn lại cho khớp"))
        PersonalAct.objects.filter(pk__in=[act.pk for act in had]).delete()  # vẫn văn bản ấy: ghi lại ai có trong nó
        self._keep(one, document)

    def _keep(self, one: Wanted, document: Document) -> None:
        PersonalAct.objects.bulk_create(
            PersonalAct(
                reorganisation=self.reorg, person_id=case.person_id, kind=one.kind, listed_for_id=one.listed_for, document=document,
                fingerprint=one.fingerprint, made_at=clock.now(),
            )
            for case in one.people
        )  # fmt: skip

    def _said(self, one: Wanted) -> tuple[str, str, str]:
        """Trích yếu, thân, nơi nhận đã điền; chữ của mẫu cơ quan chọn, không thì chữ có sẵn."""
        text, own = self._text(one)
        fields = own | self.shared | one.fields()
        try:
            summary = fill(text.summary, fields)
            return summary, fill(text.body, fields | {"trich_yeu": summary}), fill(text.receivers, fields)
        except BadTemplate as bad:
            raise Invalid(bad_template(bad)) from bad

    def _text(self, one: Wanted) -> tuple[wording.Text, dict[str, Any]]:
        chosen = self.order.notice_template_id if one.kind == PersonalAct.Kind.NOTICE else self.order.decision_template_id
        if chosen is None:
            return one.text, {}
        if chosen not in self.templates:
            self.templates[chosen] = self._read(chosen, one.text)
        return self.templates[chosen]

    def _read(self, template_id: int, usual: wording.Text) -> tuple[wording.Text, dict[str, Any]]:
        _template, version, fields = usable_version(self.actor, template_id, on=clock.today())
        text = wording.Text(version.summary or usual.summary, version.body or usual.body, version.receivers or usual.receivers)
        return text, fields


def _is_dead(acts: list[PersonalAct]) -> bool:
    return acts[0].document.state in (Document.State.DROPPED, Document.State.VOID)
