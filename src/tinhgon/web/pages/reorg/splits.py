"""Chia tách cần quyết định: từng đơn vị một, các nhóm mục bên trái, nơi nhận bên phải, chọn bằng phím hay bằng chuột.

Dùng chung cho đi (đơn vị cũ -> nơi kế thừa) và cho việc mới trước khi hoàn tác (đơn vị mới -> đơn vị cũ).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.org.models import Function
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import checks, selectors, services
from tinhgon.reorg.selectors import SplitUnit
from tinhgon.reorg.selectors.receiving import ALIKE, MOST
from tinhgon.reorg.services import Case as RuleCase
from tinhgon.web.listing import Column, list_page
from tinhgon.web.pages.reorg.common import Case, State, case_for, number_in, show, told
from tinhgon.web.pages.reorg.paging import Fetched, sliced

KEYS = 9
SHOWN_PROPOSALS = 10
_WHY = {
    ALIKE: gettext_lazy("Cùng chức năng, đơn vị khác đã giao về đó %(count)s mục."),
    MOST: gettext_lazy("Đang nhận nhiều nhất của đơn vị này: %(count)s mục."),
}
NO_FUNCTION = "khong"


@dataclass
class Desk:
    """Bàn quyết định: một lần sắp xếp theo một chiều."""

    case: Case
    direction: str

    @property
    def is_undo(self) -> bool:
        return self.direction == Direction.UNDO

    def url(self, name: str, **arguments: object) -> str:
        """``name``: splits, bulk, split, split_items, withdraw."""
        return self.case.url(f"reorg_undo_{name}" if self.is_undo else f"reorg_{name}", **arguments)

    @cached_property
    def units(self) -> list[SplitUnit]:
        return selectors.split_units(self.case.reorg, self.direction)

    @property
    def total(self) -> int:
        return sum(unit.total for unit in self.units)

    @property
    def undecided(self) -> int:
        return sum(unit.undecided for unit in self.units)

    @property
    def decided(self) -> int:
        return self.total - self.undecided

    @property
    def may_decide(self) -> bool:
        states = (State.APPLIED,) if self.is_undo else (State.DRAFT, State.INVENTORY, State.DECIDED)
        return "prepare" in self.case.may and self.case.reorg.state in states

    @cached_property
    def sharing(self) -> dict[int, list[int]]:
        """Nơi nhận -> các đơn vị chia tách cùng có nơi nhận ấy và còn mục chưa quyết định; quyết định hết rồi thì mọi đơn vị."""
        found: dict[int, list[int]] = {}
        for unit, heirs in selectors.heirs_of_splits(self.case.reorg, self.direction).items():
            for heir in heirs if not self.waiting or unit in self.waiting else ():
                found.setdefault(heir, []).append(unit)
        return found

    @cached_property
    def waiting(self) -> frozenset[int]:
        """Đơn vị còn mục chưa quyết định: quyết định hàng loạt không đụng tới đơn vị đã xong."""
        return frozenset(unit.unit_id for unit in self.units if unit.undecided)

    def next_after(self, unit_id: int) -> SplitUnit | None:
        """Đơn vị kế tiếp còn mục chưa quyết định."""
        waiting = [unit for unit in self.units if unit.undecided and unit.unit_id != unit_id]
        return waiting[0] if waiting else None


def _desk(request: HttpRequest, reorg_id: int, direction: str) -> Desk:
    return Desk(case_for(request, reorg_id), direction)


def index(request: HttpRequest, reorg_id: int, direction: str) -> HttpResponse:
    """Các đơn vị chia tách với tiến độ, và lối quyết định hàng loạt."""
    desk = _desk(request, reorg_id, direction)
    columns = [
        Column("ten", _("Đơn vị"), css="main-cell"), Column("xong", _("Đã quyết định"), css="number"),
        Column("con", _("Còn lại"), css="number"), Column("tien-do", _("Tiến độ")),
    ]  # fmt: skip
    listing = Fetched(request, sliced(desk.units), columns, "web/pages/reorg/split_row.html", page_size=50)
    parents = selectors.parent_names([unit.unit_id for unit in listing.items], desk.case.reorg)
    context = {
        "case": desk.case, "reorg": desk.case.reorg, "desk": desk, "parents": parents,
        "shared": selectors.shared_heirs(desk.case.reorg, direction, among=desk.waiting)[:12] if desk.undecided and desk.may_decide else [],
        "empty": _nothing(desk), **_proposals(desk),
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/splits.html", listing, context)


def _proposals(desk: Desk) -> dict[str, object]:
    """Nơi nhận máy đề xuất cho các nhóm còn lại, tên đơn vị và chức năng của chúng."""
    found = selectors.proposed_receivers(desk.case.reorg, desk.direction) if desk.undecided and desk.may_decide else []
    shown = found[:SHOWN_PROPOSALS]
    names = checks.unit_names(sorted({unit for one in shown for unit in (one.unit_id, one.heir_id)}), desk.case.reorg) if shown else {}
    functions = dict(Function.objects.filter(pk__in={f for one in shown for f in one.functions if f}).values_list("pk", "name")) if shown else {}
    rows = [
        {
            "value": f"{one.unit_id}-{one.heir_id}-{one.why}", "unit": names[one.unit_id], "heir": names[one.heir_id], "items": one.items,
            "why": _WHY[one.why] % {"count": one.support},
            "functions": ", ".join(functions[f] if f else _("không ghi chức năng") for f in one.functions),
        }
        for one in shown
    ]  # fmt: skip
    return {"proposals": rows, "proposals_more": len(found) - len(shown)}


@require_POST
def decide_proposed(request: HttpRequest, reorg_id: int, direction: str) -> HttpResponse:
    """Quyết định theo các đề xuất đã đánh dấu."""
    desk = _desk(request, reorg_id, direction)
    keys = [value.split("-") for value in request.POST.getlist("proposal") if re.fullmatch(r"\d{1,18}-\d{1,18}-[a-z]+", value)]
    chosen = [(int(unit), int(heir), why) for unit, heir, why in keys]
    told(request, lambda: services.decide_proposed(request.actor, reorg_id, chosen=chosen), _("Đã quyết định theo đề xuất."))
    return redirect(desk.url("splits"))


def _nothing(desk: Desk) -> dict[str, str]:
    if desk.case.reorg.state == State.DRAFT:
        return {"title": _("Chưa kiểm kê."), "hint": _("Kiểm kê xong, đơn vị chia tách còn giữ mục sẽ hiện ở đây để quyết định nơi nhận.")}
    if desk.is_undo:
        return {"title": _("Không có việc mới nào cần quyết định."), "hint": _("Mọi việc phát sinh từ ngày hiệu lực đều có đúng một đơn vị cũ để về.")}
    return {"title": _("Không có đơn vị chia tách nào đang giữ mục."), "hint": _("Việc của đơn vị hợp nhất tự đi theo nơi kế thừa duy nhất.")}


def one(request: HttpRequest, reorg_id: int, unit_id: int, direction: str) -> HttpResponse:
    """Một đơn vị: nhóm theo chức năng, nơi nhận, quyết định."""
    desk = _desk(request, reorg_id, direction)
    refusals: list[str] = []
    said = ""
    if request.method == "POST":
        said, refusals = _decide(request, desk, unit_id)
        if not request.htmx and not refusals:
            return redirect(desk.url("split", unit_id=unit_id))
    unit = selectors.split_unit(desk.case.reorg, unit_id, direction)
    if not unit.heirs:
        raise NotFound(Reason("reorg.not_split", _("Đơn vị này không có trong danh sách chia tách.")))
    context = _unit_context(desk, unit) | {"refusals": refusals, "said": said}
    if request.htmx and request.htmx.target == "quyet-dinh":
        return render(request, "web/pages/reorg/split_desk.html", context)
    return show(desk.case, "split.html", context)


def _unit_context(desk: Desk, unit: SplitUnit) -> dict[str, object]:
    return {
        "case": desk.case, "reorg": desk.case.reorg, "desk": desk, "unit": unit,
        "parent": selectors.parent_names([unit.unit_id], desk.case.reorg).get(unit.unit_id, ""),
        "heirs": _choices(desk, unit),
        "heir_names": dict(unit.heirs),
        "next_unit": desk.next_after(unit.unit_id),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Một nơi nhận: phím tắt (1 đến 9), và bao nhiêu đơn vị chia tách khác cùng có nó."""

    heir_id: int
    name: str
    key: str
    shared: int


def _choices(desk: Desk, unit: SplitUnit) -> list[Choice]:
    """Nơi nhận chung của nhiều đơn vị (cơ quan tỉnh) đứng trước, để phím của chúng không đổi giữa các đơn vị."""
    shared = {heir: len(desk.sharing.get(heir, ())) for heir, _name in unit.heirs}
    ordered = sorted(unit.heirs, key=lambda pair: (-shared[pair[0]] if shared[pair[0]] > 2 else 0, pair[1]))
    return [
        Choice(heir, name, str(place) if place <= KEYS else "", shared[heir])
        for place, (heir, name) in enumerate(ordered, start=1)
    ]


def _decide(request: HttpRequest, desk: Desk, unit_id: int) -> tuple[str, list[str]]:
    """Các nhóm đã chọn -> nơi nhận. Trả về (câu đã làm, các lý do từ chối)."""
    heir = number_in(request, "heir")
    cases = _cases(request)
    if not heir or not cases:
        return "", [_("Hãy chọn ít nhất một nhóm rồi chọn nơi nhận.")]
    units = desk.sharing.get(heir, [unit_id]) if request.POST.get("same") else [unit_id]
    try:
        services.decide_cases(request.actor, desk.case.reorg.pk, unit_ids=units, heir_id=heir, cases=cases)
    except (Invalid, Refused) as error:
        return "", error.sentences
    desk.case.reorg.refresh_from_db()
    said = ngettext("Đã quyết định cho %(count)d đơn vị.", "Đã quyết định cho %(count)d đơn vị.", len(units))
    return said % {"count": len(units)}, []


def _cases(request: HttpRequest) -> list[RuleCase]:
    return [_case(value) for value in request.POST.getlist("group") if re.fullmatch(r"(\d{1,18}|khong)(/[a-z_.]+)?", value)]


def _case(value: str) -> RuleCase:
    """"12/tasks.lead" -> chức năng 12, loại tasks.lead; "khong": mục không ghi chức năng."""
    function, _slash, kind = value.partition("/")
    if function == NO_FUNCTION:
        return RuleCase(kind, no_function=True)
    return RuleCase(kind, int(function))


@require_POST
def withdraw(request: HttpRequest, reorg_id: int, rule_id: int, direction: str) -> HttpResponse:
    """Bỏ một quy tắc đã đặt."""
    desk = _desk(request, reorg_id, direction)
    told(
        request,
        lambda: services.withdraw_rule(request.actor, reorg_id, rule_id=rule_id),
        _("Đã bỏ quy tắc; các mục của nó lại chờ quyết định."),
    )
    unit_id = number_in(request, "unit")
    return redirect(desk.url("split", unit_id=unit_id) if unit_id else desk.url("splits"))


def items(request: HttpRequest, reorg_id: int, unit_id: int, direction: str) -> HttpResponse:
    """Từng mục của một nhóm, chọn bằng ô đánh dấu; nơi nhận của một mục đè lên mọi quy tắc."""
    desk = _desk(request, reorg_id, direction)
    if request.method == "POST":
        _decide_items(request, desk, unit_id)
        return redirect(request.get_full_path())
    unit = selectors.split_unit(desk.case.reorg, unit_id, direction)
    if not unit.heirs:
        raise NotFound(Reason("reorg.not_split", _("Đơn vị này không có trong danh sách chia tách.")))
    function = request.GET.get("nhom", "")
    kind = request.GET.get("loai", "")

    def fetch(offset: int, limit: int):
        return selectors.items(
            desk.case.reorg, kind=kind, unit_id=unit_id, direction=direction, within=desk.case.units_seen, offset=offset, limit=limit,
            function_id=int(function) if function.isdecimal() else None, no_function=function == NO_FUNCTION,
            undecided=bool(request.GET.get("chua")),
        )  # fmt: skip

    columns = [Column("chon", _("Chọn"), css="check-cell"), Column("muc", _("Mục"), css="main-cell"), Column("loai", _("Loại")), Column("nhan", _("Đang giao cho"))]
    listing = Fetched(request, fetch, columns, "web/pages/reorg/split_item_row.html", page_size=50)
    context = _unit_context(desk, unit) | {
        "group": next((g for g in unit.groups if str(g.function_id or NO_FUNCTION) == function), None),
        "empty": {"title": _("Nhóm này không có mục nào."), "hint": ""},
    }
    return list_page(request, "web/pages/reorg/split_items.html", listing, context)


def _decide_items(request: HttpRequest, desk: Desk, unit_id: int) -> None:
    """Ô đánh dấu mang "loại/mã"; mỗi loại một động từ, cùng một giao dịch."""
    heir = number_in(request, "heir")
    by_kind: dict[str, list[int]] = {}
    for value in request.POST.getlist("item"):
        kind, _slash, item = value.rpartition("/")
        if item.isdecimal():
            by_kind.setdefault(kind, []).append(int(item))

    def decide() -> None:
        if not heir or not by_kind:
            raise Invalid(Reason("reorg.nothing_chosen", _("Hãy đánh dấu ít nhất một mục rồi chọn nơi nhận.")))
        with transaction.atomic():
            for kind, ids in by_kind.items():
                services.decide_items(request.actor, desk.case.reorg.pk, kind=kind, item_ids=ids, unit_id=unit_id, heir_id=heir)

    count = sum(map(len, by_kind.values()))
    done = ngettext("Đã chọn nơi nhận cho %(count)d mục.", "Đã chọn nơi nhận cho %(count)d mục.", count) % {"count": count}
    told(request, decide, done)


def bulk(request: HttpRequest, reorg_id: int, direction: str) -> HttpResponse:
    """Cùng chức năng, cùng nơi nhận, cho mọi đơn vị có nơi nhận ấy."""
    desk = _desk(request, reorg_id, direction)
    heir_id = number_in(request, "noi-nhan")
    units = desk.sharing.get(heir_id or 0, [])
    if not heir_id or not units:
        return redirect(desk.url("splits"))
    if request.method == "POST":
        return _decide_bulk(request, desk, heir_id, units)
    waiting = [unit for unit in desk.units if unit.unit_id in set(units)]
    context = {
        "desk": desk,
        "heir_id": heir_id,
        "heir_name": checks.unit_names([heir_id], desk.case.reorg)[heir_id],
        "units": waiting,
        "groups": selectors.function_totals(desk.case.reorg, units, direction),
    }
    return show(desk.case, "bulk.html", context)


def _decide_bulk(request: HttpRequest, desk: Desk, heir_id: int, units: list[int]) -> HttpResponse:
    cases = _cases(request)

    def decide() -> None:
        if not cases:
            raise Invalid(Reason("reorg.nothing_chosen", _("Hãy đánh dấu ít nhất một chức năng.")))
        services.decide_cases(request.actor, desk.case.reorg.pk, unit_ids=units, heir_id=heir_id, cases=cases)

    told(request, decide, _("Đã quyết định cho %(count)d đơn vị.") % {"count": len(units)})
    return redirect(f"{desk.url('bulk')}?noi-nhan={heir_id}")
