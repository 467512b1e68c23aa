"""Sổ cái: từng mục đã chuyển, từ đâu tới đâu, theo quy tắc nào; trả lại riêng một mục."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.models import LedgerRow
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.org.selectors.units import unit_at
from tinhgon.reorg import checks, selectors, services
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.listing import Column, list_page
from tinhgon.web.pages.reorg.common import Case, State, case_for, number_in, show
from tinhgon.web.pages.reorg.inventory import kind_choices
from tinhgon.web.pages.reorg.links import item_urls
from tinhgon.web.pages.reorg.paging import Fetched


class LedgerFilter(PlainForm):
    chieu = forms.ChoiceField(
        label=gettext_lazy("Chiều"), required=False,
        choices=[("", gettext_lazy("Chuyển giao")), (Direction.UNDO, gettext_lazy("Hoàn tác, trả lại"))],
    )  # fmt: skip
    loai = forms.ChoiceField(label=gettext_lazy("Loại"), required=False)
    ket_cuc = forms.ChoiceField(
        label=gettext_lazy("Kết cục"), required=False,
        choices=[("", gettext_lazy("Tất cả")), *((o, o.label) for o in Outcome if o != Outcome.STAY)],
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = kind_choices()  # type: ignore[attr-defined]


def ledger(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Các dòng sổ cái; lọc theo loại, kết cục, đơn vị."""
    case = case_for(request, reorg_id)
    form = LedgerFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    unit_id = number_in(request, "don-vi")
    direction = chosen.get("chieu") or Direction.APPLY

    def fetch(offset: int, limit: int):
        return selectors.ledger(
            case.reorg, kind=chosen.get("loai", ""), outcome=chosen.get("ket_cuc", ""), unit_id=unit_id,
            direction=direction, within=case.units_seen, offset=offset, limit=limit,
        )  # fmt: skip

    columns = [
        Column("muc", _("Mục"), css="main-cell"), Column("loai", _("Loại")), Column("tu", _("Từ")), Column("toi", _("Tới, theo")),
        Column("viec", _("Trả lại")),
    ]  # fmt: skip
    listing = Fetched(request, fetch, columns, "web/pages/reorg/ledger_row.html", page_size=50)
    context = {
        "case": case, "reorg": case.reorg, "filters": form, "urls": item_urls(request, listing.items),
        "unit_name": checks.unit_names([unit_id], case.reorg)[unit_id] if unit_id else "",
        "may_give_back": direction == Direction.APPLY and case.reorg.state == State.APPLIED and "apply" in case.may,
        "empty": {"title": _("Sổ cái chưa có dòng nào."), "hint": _("Mỗi mục chuyển đi được ghi một dòng ở đây, không ai sửa được.")},
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/ledger.html", listing, context)


class GiveBackForm(PlainForm):
    to_unit_id = forms.TypedChoiceField(label=gettext_lazy("Chuyển sang"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300,
        help_text=gettext_lazy("Ghi vào nhật ký cùng dòng sổ cái mới; dòng cũ vẫn còn."),
    )  # fmt: skip

    def __init__(self, *args: object, units: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit_id"].choices = units  # type: ignore[attr-defined]


def give_back(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Trả lại một mục: về đơn vị cũ nếu còn hoạt động, hoặc sang nơi kế thừa khác của đơn vị cũ."""
    case = case_for(request, reorg_id, to="apply")
    kind, item_id = request.GET.get("loai", ""), number_in(request, "muc")
    row = _last_row(case, kind, item_id)
    form = GiveBackForm(request.POST or None, units=_targets(case, row))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data

        def give() -> bool:
            services.give_back(request.actor, reorg_id, kind=row.kind, item_id=row.item_id, **chosen)
            return True

        if attempt(form, give):
            messages.success(request, _("Đã trả lại; sổ cái có thêm một dòng."))
            return redirect(f"{case.url('reorg_ledger')}?chieu=undo&loai={kind}")
    (found,) = selectors.ledger_items(case.reorg, [row])
    return show(case, "give_back.html", {"form": form, "row": found})


def _last_row(case: Case, kind: str, item_id: int | None) -> LedgerRow:
    rows = LedgerRow.objects.filter(handover=case.reorg.handover_id, kind=kind, item_id=item_id or 0)
    row = rows.order_by("-pk").first()
    if row is None:
        raise NotFound(Reason("reorg.not_in_ledger", _("Mục này không có trong sổ cái.")))
    return row


def _targets(case: Case, row: LedgerRow) -> list[tuple[int, str]]:
    """Nơi kế thừa khác của đơn vị cũ, và chính đơn vị cũ khi nó còn hoạt động."""
    if row.outcome == Outcome.OPEN:
        return [(row.from_unit_id, _("Thôi phân công kiêm nhiệm này"))]
    old = unit_at(row.from_unit_id, on=case.request.today)
    heirs = list(case.reorg.successions.filter(predecessor=row.from_unit_id).values_list("successor_id", flat=True))
    names = checks.unit_names([row.from_unit_id, *heirs], case.reorg)
    others = sorted(((unit, names[unit]) for unit in heirs if unit != row.to_unit_id), key=lambda pair: pair[1])
    back = _("Trả về %(unit)s") % {"unit": names[row.from_unit_id]}
    return [*([(row.from_unit_id, back)] if old and old.is_open else []), *others]
