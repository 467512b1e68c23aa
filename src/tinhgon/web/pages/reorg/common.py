"""Chung cho mọi trang của một lần sắp xếp: đọc theo quyền, thanh các chặng, lời báo sau một động từ."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid, Refused
from tinhgon.reorg import access, selectors
from tinhgon.reorg.models import Reorganisation

State = Reorganisation.State
RUNNING = (State.APPLYING, State.UNDOING)
AFTER = (State.APPLIED, State.UNDOING, State.UNDONE, State.CLOSED)
"""Đã có sổ cái: xem được chứng minh, biên bản."""


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    here: bool
    count: int = 0


@dataclass
class Case:
    """Một lần sắp xếp trên một trang. ``may``: tên các việc người này làm được lúc này.

    ``is_guest``: chỉ được vào đúng trang này, không thấy cả lần sắp xếp, nên không có thanh các chặng.
    """

    request: HttpRequest
    reorg: Reorganisation
    is_guest: bool = False

    @cached_property
    def may(self) -> frozenset[str]:
        return access.abilities(self.request.actor, self.reorg, on=self.request.today)

    @cached_property
    def units_seen(self) -> frozenset[int] | None:
        """Đơn vị mà người này được đọc từng mục; ``None``: mọi đơn vị."""
        return access.units_seen(self.request.actor, on=self.request.today)

    def sees(self, *unit_ids: int | None) -> bool:
        """Được đọc từng mục của ít nhất một trong các đơn vị ấy."""
        return self.units_seen is None or bool(self.units_seen.intersection(unit_ids))

    @property
    def has_ledger(self) -> bool:
        return self.reorg.state in AFTER

    @property
    def has_board(self) -> bool:
        """Còn là phương án, và người xem thuộc cấp lập phương án."""
        return self.reorg.state in (State.DRAFT, State.INVENTORY, State.DECIDED) and self.units_seen is None

    @property
    def is_running(self) -> bool:
        return self.reorg.state in RUNNING

    @property
    def is_early(self) -> bool:
        """Chưa tới ngày hiệu lực."""
        return self.request.today < self.reorg.effective_on

    @cached_property
    def undecided(self) -> int:
        return selectors.undecided_count(self.reorg) if self.reorg.state in (State.INVENTORY, State.DECIDED) else 0

    @cached_property
    def tabs(self) -> list[Tab]:
        """Các chặng theo thứ tự làm; sau khi chuyển giao thêm sổ cái và những gì đi với nó."""
        if self.is_guest:
            return []
        wanted = [(_("Phương án"), "reorg_overview")]
        if self.has_board:
            wanted.append((_("Bảng"), "reorg_board"))
        wanted += [(_("Kiểm kê"), "reorg_inventory"), (_("Nơi nhận"), "reorg_splits")]
        if access.placing_abilities(self.request.actor, on=self.request.today):
            wanted.append((_("Bố trí cán bộ"), "reorg_placement"))
        if self.units_seen is None:
            wanted.append((_("Chia việc"), "reorg_work"))
        if not self.has_ledger:
            wanted.append((_("Dự báo"), "reorg_forecast"))
        wanted += [(_("Xem trước, chốt"), "reorg_preview"), (_("Chuyển giao"), "reorg_apply")]
        if self.has_ledger:
            wanted += [
                (_("Chứng minh"), "reorg_proof"), (_("Sổ cái"), "reorg_ledger"), (_("Biên bản"), "reorg_minutes"),
                (_("Thực tế"), "reorg_reality"), (_("Hoàn tác"), "reorg_undo"),
            ]  # fmt: skip
        return [self._tab(label, name) for label, name in wanted]

    def _tab(self, label: str, name: str) -> Tab:
        url = self.url(name)
        root = name == "reorg_overview"
        here = self.request.path == url if root else self.request.path.startswith(url)
        return Tab(label, url, here, self.undecided if name == "reorg_splits" else 0)

    def url(self, name: str, **arguments: object) -> str:
        return reverse(f"web:{name}", kwargs={"reorg_id": self.reorg.pk, **arguments})


def case_for(request: HttpRequest, reorg_id: int, *, to: str = "see") -> Case:
    """Lần sắp xếp để xem hay để làm; không được thấy thì 404, không được làm thì 403 (trang lỗi chung nói)."""
    return Case(request, access.reorg_for(request.actor, reorg_id, to=to, on=request.today))


def show(case: Case, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Vẽ một trang của lần sắp xếp."""
    shown = {"case": case, "reorg": case.reorg, **(context or {})}
    return render(case.request, f"web/pages/reorg/{template}", shown, status=status)


def told(request: HttpRequest, verb: Callable[[], Any], done: str) -> bool:
    """Gọi động từ; được thì báo ``done``, bị từ chối thì báo mọi lý do. Thiếu quyền thì để trang lỗi nói."""
    try:
        verb()
    except (Invalid, Refused) as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
        return False
    messages.success(request, done)
    return True


def number_in(request: HttpRequest, name: str) -> int | None:
    """Một mã trên địa chỉ hay trong biểu mẫu; không phải số thì như không có."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isdecimal() and len(text) < 19 else None
