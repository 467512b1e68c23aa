"""Danh mục bàn giao ngoài hệ thống: tài sản, con dấu, hồ sơ giấy của từng đơn vị giao."""

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.reorg import checks, services
from tinhgon.reorg.models import PlainHolding
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.pages.reorg.common import Case, case_for, number_in, show, told


class PlainRowForm(PlainForm):
    category = forms.ChoiceField(label=gettext_lazy("Nhóm"), choices=PlainHolding.Category.choices)
    description = forms.CharField(
        label=gettext_lazy("Tên, mô tả"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Con dấu Văn phòng Quận ủy; Hồ sơ giấy nhiệm kỳ 2020 – 2025"),
    )  # fmt: skip
    quantity = forms.CharField(label=gettext_lazy("Số lượng"), max_length=60, required=False)
    receiver_id = forms.TypedChoiceField(label=gettext_lazy("Bên nhận"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=gettext_lazy("Tình trạng"), max_length=300, required=False)

    def __init__(self, *args: object, heirs: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver_id"].choices = [("", _("Chưa định")), *heirs]  # type: ignore[attr-defined]


def plain_list(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mọi dòng, hoặc của một đơn vị (``don-vi``)."""
    case = case_for(request, reorg_id)
    unit_id = number_in(request, "don-vi")
    rows = case.reorg.plain_holdings.all()
    if case.units_seen is not None:
        rows = rows.filter(Q(unit__in=case.units_seen) | Q(receiver__in=case.units_seen))
    if unit_id:
        rows = rows.filter(unit=unit_id)
    columns = [
        Column("mo-ta", _("Tên, mô tả"), ("description",), "main-cell"), Column("nhom", _("Nhóm"), ("category",)),
        Column("so-luong", _("Số lượng")), Column("giao", _("Đơn vị giao"), ("unit",)), Column("nhan", _("Bên nhận")),
        Column("tinh-trang", _("Tình trạng")),
    ]  # fmt: skip
    listing = Listing(request, rows, columns, "web/pages/reorg/plain_row.html", default_sort="giao")
    shown = {unit for row in listing.items for unit in (row.unit_id, row.receiver_id) if unit}
    context = {
        "case": case, "reorg": case.reorg, "view": "plain", "unit_id": unit_id,
        "names": checks.unit_names([*shown, *([unit_id] if unit_id else [])], case.reorg),
        "empty": {
            "title": _("Chưa ghi gì ngoài hệ thống."),
            "hint": _("Con dấu, tài sản, tiền, hồ sơ giấy ghi ở đây sẽ vào biên bản bàn giao của từng đơn vị. Chọn đơn vị để bắt đầu."),
            "url": case.url("reorg_inventory_units"), "action": _("Chọn đơn vị"),
        },
    }  # fmt: skip
    return list_page(request, "web/pages/reorg/plain.html", listing, context)


def add(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Ghi thêm cho một đơn vị giao."""
    case = case_for(request, reorg_id, to="prepare")
    unit_id = number_in(request, "don-vi")
    if unit_id is None:
        return redirect(case.url("reorg_inventory_units"))
    form = PlainRowForm(request.POST or None, heirs=_heirs(case, unit_id))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.list_plain_holding(request.actor, reorg_id, unit_id=unit_id, **form.cleaned_data))
        if made:
            return redirect(f"{case.url('reorg_plain')}?don-vi={unit_id}")
    return show(case, "plain_form.html", _form_context(case, form, unit_id, None))


def edit(request: HttpRequest, reorg_id: int, row_id: int) -> HttpResponse:
    """Sửa hoặc bỏ một dòng."""
    case = case_for(request, reorg_id, to="prepare")
    row = case.reorg.plain_holdings.filter(pk=row_id).first()
    if row is None:
        raise NotFound(Reason("reorg.no_plain_row", _("Dòng này không còn trong danh mục.")))
    back = redirect(f"{case.url('reorg_plain')}?don-vi={row.unit_id}")
    if request.method == "POST" and "remove" in request.POST:
        told(request, lambda: services.remove_plain_holding(request.actor, reorg_id, row_id=row_id), _("Đã bỏ khỏi danh mục."))
        return back
    initial = {name: getattr(row, name) for name in PlainRowForm.base_fields}
    form = PlainRowForm(request.POST or None, initial=initial, heirs=_heirs(case, row.unit_id))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.change_plain_holding(request.actor, reorg_id, row_id=row_id, **form.cleaned_data))
        if made:
            return back
    return show(case, "plain_form.html", _form_context(case, form, row.unit_id, row))


def _heirs(case: Case, unit_id: int) -> list[tuple[int, str]]:
    """Nơi kế thừa của đơn vị; đơn vị không có trong phương án thì không ghi gì được."""
    ids = list(case.reorg.successions.filter(predecessor=unit_id).values_list("successor_id", flat=True))
    if not ids:
        raise NotFound(Reason("reorg.unit_not_affected", _("Đơn vị này không bàn giao gì trong lần sắp xếp này.")))
    names = checks.unit_names(ids, case.reorg)
    return sorted(((unit, names[unit]) for unit in ids), key=lambda pair: pair[1])


def _form_context(case: Case, form: PlainRowForm, unit_id: int, row: PlainHolding | None) -> dict[str, object]:
    return {
        "form": form,
        "row": row,
        "unit_id": unit_id,
        "unit_name": checks.unit_names([unit_id], case.reorg)[unit_id],
        "submit": _("Lưu") if row else _("Ghi vào danh mục"),
        "keep": "" if row else f"ngoai-he-thong-{unit_id}",
    }
