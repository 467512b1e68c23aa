"""Soạn phương án: lập, thêm đơn vị mới, thêm kế thừa. Sửa phương án thì bản xem trước cũ hết giá trị."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused, refuse_if
from tinhgon.org.access import scope_of
from tinhgon.org.models import Handover
from tinhgon.org.services import structure
from tinhgon.reorg.access import reorg_for, require_preparer
from tinhgon.reorg.models import (
    Expectation,
    PlainHolding,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
    WorkPlan,
)
from tinhgon.reorg.services.journal import gesture

State = Reorganisation.State
EDITABLE = (State.DRAFT, State.INVENTORY, State.DECIDED)


@transaction.atomic
def create(actor: Actor, *, name: str, decree_number: str, decree_date: date, effective_on: date) -> Reorganisation:
    """Lập một lần sắp xếp. ``Invalid`` khi thiếu tên, số quyết định, hay ngày hiệu lực trước ngày quyết định."""
    today = clock.today()
    require_preparer(actor, on=today)
    _check_head(name, decree_number, decree_date, effective_on)
    handover = Handover.objects.create(
        decree=_("%(number)s ngày %(day)s") % {"number": decree_number.strip(), "day": f"{decree_date:%d/%m/%Y}"},
        effective_on=effective_on,
    )
    reorg = Reorganisation.objects.create(
        name=name.strip(), decree_number=decree_number.strip(), decree_date=decree_date, effective_on=effective_on,
        handover=handover, prepared_by_id=scope_of(actor, on=today).person_id,
    )  # fmt: skip
    record(actor, "reorg.created", ("reorg", reorg.pk), after={"name": name, "decree": handover.decree, "effective_on": effective_on})
    return reorg


def _check_head(name: str, decree_number: str, decree_date: date, effective_on: date) -> None:
    reasons = []
    if not name.strip():
        reasons.append(Reason("reorg.name", _("Hãy đặt tên cho lần sắp xếp."), "name"))
    if not decree_number.strip():
        reasons.append(Reason("reorg.decree", _("Hãy ghi số quyết định."), "decree_number"))
    if effective_on < decree_date:
        reasons.append(
            Reason("reorg.dates", _("Ngày hiệu lực không thể trước ngày quyết định."), "effective_on")
        )
    if reasons:
        raise Invalid(*reasons)


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """Đơn vị sẽ mở; ``key`` là tên gọi tạm trong một lần nhập, ``parent_key`` trỏ tới đơn vị mới khác trong cùng lần."""

    key: str
    name: str
    short_name: str
    kind: str
    level: str
    symbol: str = ""
    parent_id: int | None = None
    parent_key: str = ""
    is_organ: bool = True
    code: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class SuccessionDraft:
    """Kế thừa dự kiến: nơi sau là đơn vị đang có (``successor_id``) hoặc đơn vị mới (``successor_key``)."""

    predecessor_id: int
    type: str
    successor_id: int | None = None
    successor_key: str = ""
    functions: Sequence[int] = field(default=())
    new_name: str = ""
    new_parent_id: int | None = None

    def heir(self, ids: Mapping[str, int]) -> int:
        """Mã nơi kế thừa. Không nêu nơi nào: đơn vị tiếp tục là chính nó (đổi tên, chuyển cấp trên)."""
        return ids[self.successor_key] if self.successor_key else self.successor_id or self.predecessor_id


@transaction.atomic
def plan_structure(
    actor: Actor, reorg_id: int, *, units: Iterable[UnitDraft], successions: Iterable[SuccessionDraft]
) -> dict[str, int]:
    """Thêm đơn vị mới và kế thừa vào phương án; trả về ``key`` -> mã đơn vị. Vài câu SQL cho hàng nghìn dòng."""
    reorg = editable(actor, reorg_id)
    drafts, wanted = list(units), list(successions)
    with gesture(actor, reorg, "reorg.planned", {"units": len(drafts), "successions": len(wanted)}):
        ids = add_structure(reorg, drafts, wanted)
    forget_preview(reorg)
    return ids


def add_structure(reorg: Reorganisation, drafts: Sequence[UnitDraft], wanted: Sequence[SuccessionDraft]) -> dict[str, int]:
    """Viết đơn vị mới và kế thừa; trả về ``key`` -> mã đơn vị. Gọi trong một thao tác (``journal.gesture``)."""
    ids, units = planned_rows(reorg, drafts, structure.new_identities(len(drafts)))
    PlannedUnit.objects.bulk_create(units)
    made = PlannedSuccession.objects.bulk_create(
        PlannedSuccession(
            reorganisation=reorg, predecessor_id=s.predecessor_id, type=s.type, new_name=s.new_name,
            successor_id=s.heir(ids), new_parent_id=s.new_parent_id,
        )
        for s in wanted
    )  # fmt: skip
    PlannedSuccession.functions.through.objects.bulk_create(
        PlannedSuccession.functions.through(plannedsuccession_id=row.pk, function_id=function)
        for row, s in zip(made, wanted, strict=True)
        for function in s.functions
    )
    return ids


def planned_rows(
    reorg: Reorganisation, drafts: Sequence[UnitDraft], identities: Sequence[int]
) -> tuple[dict[str, int], list[PlannedUnit]]:
    """Danh tính của các đơn vị sẽ mở, và các dòng của chúng, chưa ghi."""
    ids = dict(zip((u.key for u in drafts), identities, strict=True))
    return ids, [
        PlannedUnit(
            reorganisation=reorg, unit_id=ids[u.key], name=u.name, short_name=u.short_name, symbol=u.symbol,
            kind=u.kind, level=u.level, parent_id=ids[u.parent_key] if u.parent_key else u.parent_id,
            is_organ=u.is_organ, code=u.code, template=u.template,
        )
        for u in drafts
    ]  # fmt: skip


@transaction.atomic
def share_functions(actor: Actor, reorg_id: int, *, predecessor_id: int, successor_id: int, functions: Sequence[int]) -> None:
    """Giao phần chức năng của đơn vị chia tách cho một nơi kế thừa; mục ghi chức năng ấy đi theo."""
    reorg = editable(actor, reorg_id)
    edge = reorg.successions.filter(predecessor=predecessor_id, successor=successor_id).first()
    if edge is None:
        raise Invalid(Reason("reorg.no_succession", _("Không có dòng kế thừa này trong phương án."), "heir"))
    with gesture(actor, reorg, "reorg.functions_shared", {"unit": predecessor_id, "heir": successor_id, "functions": sorted(functions)}):
        edge.functions.set(functions)
    forget_preview(reorg)


@transaction.atomic
def list_plain_holding(
    actor: Actor, reorg_id: int, *, unit_id: int, category: str, description: str, quantity: str = "",
    receiver_id: int | None = None, note: str = "",
) -> PlainHolding:  # fmt: skip
    """Ghi một thứ ngoài hệ thống (tài sản, con dấu, hồ sơ giấy) vào danh mục bàn giao của đơn vị."""
    reorg = reorg_for(actor, reorg_id, to="prepare", on=clock.today())
    if not description.strip():
        raise Invalid(Reason("reorg.plain_description", _("Hãy ghi tên hoặc mô tả."), "description"))
    row = PlainHolding.objects.create(
        reorganisation=reorg, unit_id=unit_id, category=category, description=description.strip(),
        quantity=quantity, receiver_id=receiver_id, note=note,
    )  # fmt: skip
    record(actor, "reorg.plain_listed", ("reorg", reorg.pk), after={"unit": unit_id, "description": description})
    return row


@transaction.atomic
def change_plain_holding(
    actor: Actor, reorg_id: int, *, row_id: int, category: str, description: str, quantity: str = "",
    receiver_id: int | None = None, note: str = "",
) -> PlainHolding:  # fmt: skip
    """Sửa một dòng của danh mục bàn giao ngoài hệ thống."""
    reorg, row = _plain_row(actor, reorg_id, row_id)
    if not description.strip():
        raise Invalid(Reason("reorg.plain_description", _("Hãy ghi tên hoặc mô tả."), "description"))
    changes = {
        "category": category, "description": description.strip(), "quantity": quantity, "receiver_id": receiver_id, "note": note,
    }  # fmt: skip
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["category", "description", "quantity", "receiver", "note"])
    record(actor, "reorg.plain_changed", ("reorg", reorg.pk), before=before, after={"unit": row.unit_id, **changes})
    return row


@transaction.atomic
def remove_plain_holding(actor: Actor, reorg_id: int, *, row_id: int) -> None:
    """Bỏ một dòng khỏi danh mục bàn giao ngoài hệ thống; nhật ký giữ dòng ấy."""
    reorg, row = _plain_row(actor, reorg_id, row_id)
    before = {"unit": row.unit_id, "category": row.category, "description": row.description, "quantity": row.quantity}
    row.delete()
    record(actor, "reorg.plain_removed", ("reorg", reorg.pk), before=before)


def _plain_row(actor: Actor, reorg_id: int, row_id: int) -> tuple[Reorganisation, PlainHolding]:
    reorg = reorg_for(actor, reorg_id, to="prepare", on=clock.today())
    row = PlainHolding.objects.select_for_update().filter(pk=row_id, reorganisation=reorg).first()
    if row is None:
        raise NotFound(Reason("reorg.no_plain_row", _("Dòng này không còn trong danh mục.")))
    return reorg, row


def editable(actor: Actor, reorg_id: int, *, states: Sequence[str] = EDITABLE) -> Reorganisation:
    """Khóa lần sắp xếp để sửa; ``Refused`` khi đã chuyển giao."""
    reorg = reorg_for(actor, reorg_id, to="prepare", on=clock.today(), lock=True)
    refuse_if(
        [
            Reason(
                "reorg.not_editable",
                _("“%(name)s” %(state)s nên không sửa phương án được nữa.")
                % {"name": reorg.name, "state": reorg.get_state_display()},
            )
        ]
        if reorg.state not in states
        else []
    )
    return reorg


def forget_preview(reorg: Reorganisation) -> None:
    """Phương án đã đổi: bản xem trước và quyết định cũ hết giá trị, phải xem lại."""
    if reorg.state == State.DECIDED:
        reorg.state = State.INVENTORY
        Expectation.objects.filter(reorganisation=reorg).delete()  # dự báo của quyết định không còn; chốt lại thì tính lại
    reorg.preview_hash = ""
    reorg.is_scheduled = False
    reorg.save(update_fields=["state", "preview_hash", "is_scheduled"])


def drawable(actor: Actor, reorg_id: int) -> Reorganisation:
    """Khóa phương án để vẽ lại cấu trúc: chỉ khi đang soạn. Đã kiểm kê thì nhân bản, hoặc đưa về soạn lại trước."""
    reorg = editable(actor, reorg_id)
    if reorg.state != State.DRAFT:
        sentence = _("“%(name)s” %(state)s: hãy nhân bản thành phương án khác, hoặc đưa về soạn lại, rồi mới sửa cấu trúc.")
        raise Refused(Reason("reorg.not_a_draft", sentence % {"name": reorg.name, "state": reorg.get_state_display()}))
    return reorg


@transaction.atomic
def back_to_draft(actor: Actor, reorg_id: int) -> Reorganisation:
    """Đưa phương án đã kiểm kê hay đã quyết định về soạn lại; quyết định nơi nhận giữ nguyên, danh sách vị trí lập lại sau.

    ``Refused`` khi còn phương án bố trí cán bộ: nó tính trên cấu trúc này. Đề xuất chia việc cũng thế, nhưng không bị bỏ: giờ mỗi tuần
    là người đặt, nên chúng thành cũ và phải lập lại sau khi kiểm kê; việc đã xác nhận thôi là đã xác nhận.
    """
    reorg = editable(actor, reorg_id)
    refuse_if(
        [Reason("reorg.has_placements", _("Đã có phương án bố trí cán bộ tính trên cấu trúc này: hãy bỏ chúng trước, hoặc nhân bản phương án."))]
        if reorg.placements.exists() else []
    )  # fmt: skip
    forget_preview(reorg)
    reorg.planned_posts.all().delete()
    stale = reorg.work_plans.update(state=WorkPlan.State.STALE, confirmed_by=None, confirmed_at=None)
    reorg.state = State.DRAFT
    reorg.save(update_fields=["state"])
    record(actor, "reorg.back_to_draft", ("reorg", reorg.pk), after={"stale_work": stale})
    return reorg
