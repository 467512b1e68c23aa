"""Chung cho các trang của bảng: ai vào được, đơn vị đã chọn trên địa chỉ, trang một thao tác."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tinhgon.core.errors import Forbidden, Reason
from tinhgon.engine.vietnamese.sorting import sort_key
from tinhgon.org.models import Kind
from tinhgon.reorg import scenario
from tinhgon.reorg.scenario import Scenario
from tinhgon.web.choices import Grouped
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.pages.reorg.common import Case, State, case_for, show, told

CHOSEN = "chon"
EDITABLE = (State.DRAFT, State.INVENTORY, State.DECIDED)


class Desk:
    """Một phương án trên bảng. ``may_draw``: người này vẽ được lúc này."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.request, self.reorg = case.request, case.reorg

    @cached_property
    def scenario(self) -> Scenario:
        return scenario.read(self.reorg)

    @property
    def may_draw(self) -> bool:
        return "prepare" in self.case.may and self.reorg.state == State.DRAFT

    @property
    def may_prepare(self) -> bool:
        return "prepare" in self.case.may

    @cached_property
    def chosen(self) -> list[int]:
        """Đơn vị đã chọn, có trong phương án, không lặp."""
        numbers = [text for name in (CHOSEN,) for text in (self.request.POST.getlist(name) or self.request.GET.getlist(name))]
        found = [int(text) for text in numbers if text.isdecimal() and len(text) < 19]
        return [unit for unit in dict.fromkeys(found) if self.scenario.node(unit) is not None]

    def url(self, name: str = "reorg_board", **arguments: object) -> str:
        return self.case.url(name, **arguments)

    def back(self, unit: int | None = None) -> str:
        """Về bảng, đúng chỗ thẻ vừa đổi."""
        area = self.request.POST.get("khu") or self.request.GET.get("khu") or ""
        part = self.request.POST.get("phan") or self.request.GET.get("phan") or ""
        query = (f"?khu={area}" + (f"&phan={part}" if part.isdecimal() else "")) if area.isdecimal() else ""
        return f"{self.url()}{query}" + (f"#don-vi-{unit}" if unit else "")


def desk_for(request: HttpRequest, reorg_id: int, *, to: str = "see") -> Desk:
    """Bảng để xem hay để vẽ: chỉ cấp lập phương án, vì thẻ mang con số của mọi đơn vị."""
    case = case_for(request, reorg_id, to=to)
    if case.units_seen is not None:
        raise Forbidden(Reason("reorg.board_level", _("Bảng của phương án chỉ mở cho cấp lập phương án.")))
    return Desk(case)


def targets(desk: Desk, *, apart_from: Iterable[int] = (), only: Callable[[str], bool] = lambda _kind: True) -> Grouped:
    """Đơn vị của bộ máy sau này để chọn trong ô, gom theo loại; đơn vị mới đứng trước."""
    skipped = set(apart_from)
    groups: dict[str, list[tuple[int, str]]] = {}
    for unit, node in desk.scenario.after.items():
        if unit not in skipped and only(node.kind):
            label = _("Đơn vị mới") if desk.scenario.plan.new.get(unit) else str(Kind(node.kind).label).capitalize()
            groups.setdefault(label, []).append((unit, node.name))
    first = _("Đơn vị mới")
    return [(label, sorted(found, key=lambda pair: sort_key(pair[1]))) for label, found in sorted(groups.items(), key=lambda g: g[0] != first)]


def gesture_page(
    desk: Desk, form: PlainForm, template: str, verb: Callable[[dict[str, Any]], Any], *, done: str, land: Callable[[Any], str],
    context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Biểu mẫu của một thao tác: GET hỏi, POST làm rồi về bảng; từ chối thì lý do về cạnh ô, chữ đã gõ còn nguyên."""
    status = 200
    if desk.request.method == "POST":
        if form.is_valid():
            made = attempt(form, lambda: verb(form.cleaned_data) or True)
            if not form.errors:
                told(desk.request, lambda: None, done)
                return redirect(land(made))
        status = 422
    return show(desk.case, f"board/{template}", {"desk": desk, "form": form, **(context or {})}, status=status)
