"""Cán bộ: danh bạ theo ngày đang xem, trang một người và các động từ trên hồ sơ năng lực của người ấy."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.org.models import Person, Role
from tinhgon.org.rights import Verb
from tinhgon.org.selectors import people as people_reads
from tinhgon.org.selectors.standing_in import arranged_for
from tinhgon.personnel import selectors, services
from tinhgon.personnel.access import person_for
from tinhgon.personnel.models import Profile
from tinhgon.web.forms import personnel as personnel_forms
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.units import shown_units
from tinhgon.web.verbs import VerbPage, verb_page


class PeopleFilters(PlainForm):
    tim = forms.CharField(
        label=gettext_lazy("Tên người, số hiệu"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    vai_tro = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), required=False, choices=[("", gettext_lazy("Mọi vai trò")), *Role.choices]
    )


def people(request: HttpRequest) -> HttpResponse:
    """Mỗi dòng một phân công trong ngày: ai, chức danh, đơn vị."""
    filters = PeopleFilters(request.GET)
    filters.is_valid()
    wanted = filters.cleaned_data
    rows = people_reads.directory(on=request.on, text=wanted.get("tim", ""), role=wanted.get("vai_tro", ""))
    listing = Listing(
        request, rows,
        columns=[
            Column("ten", _("Họ và tên"), ("person__name_key",)),
            Column("chuc-danh", _("Chức danh"), ("post__rank", "post__title")),
            Column("don-vi", _("Đơn vị"), ("post__unit",)),
        ],
        row_template="web/rows/person.html",
        default_sort="ten",
    )  # fmt: skip
    units = shown_units([row.post.unit_id for row in listing.items], on=request.on)
    empty = {"title": _("Chưa có ai giữ vị trí nào trong ngày này."), "hint": _("Danh bạ hiện khi ban tổ chức phân công cán bộ, hoặc khi xem một ngày khác.")}
    sees_units = any(standing.sees_whole_unit for standing in request.scope.standings)
    return list_page(request, "web/pages/people.html", listing, {
        "filters": filters, "units": units, "empty": empty, "sees_units": sees_units, "may_keep": request.scope.may(Verb.KEEP_PROFILES),
    })  # fmt: skip


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Người này làm gì ở đâu (ai cũng xem); làm được gì, bằng chứng nào (chính mình, lãnh đạo, ban tổ chức)."""
    page = people_reads.person_for(request.actor, person_id, on=request.on)
    unit_ids = {line.unit_id for line in page.lines} | {entry.post.unit_id for entry in page.history}
    return render(request, "web/pages/person.html", {
        "person": page, "units": shown_units(unit_ids, on=request.on), "absences": arranged_for(person_id, on=request.on),
        "profile": selectors.profile(request.actor, person_id, on=request.today),
    })  # fmt: skip


def act(request: HttpRequest, person_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/can-bo/<số>/<việc>/``."""
    if verb not in _VERBS:
        raise Http404
    to, make = _VERBS[verb]
    return verb_page(request, make(request, person_for(request.actor, person_id, to=to, on=request.today)))


def _page(request: HttpRequest, person: Person, function: Callable[..., Any], **page: Any) -> VerbPage:
    def call(data: dict[str, Any]) -> Any:
        return function(request.actor, on=request.today, person_id=person.pk, **data)

    return VerbPage(back=reverse("web:person", args=[person.pk]), call=call, about=person.full_name, **page)


def _fields(request: HttpRequest) -> list[tuple[int, str]]:
    return [(field.id, field.name) for field in selectors.fields_at(request.today)]


def _skill(request: HttpRequest, person: Person) -> VerbPage:
    chosen = request.GET.get("linh-vuc", "")
    form = personnel_forms.SkillForm(request.POST or None, fields=_fields(request), initial={"field_id": int(chosen) if chosen.isdecimal() else None, "level": 2})
    return _page(
        request, person, services.recognise_skill, title=_("Công nhận mức của lĩnh vực"), submit=_("Công nhận"), done=_("Đã công nhận."), form=form,
        consequences=[_("Mức mới có hiệu lực từ hôm nay; mức trước giữ trong lịch sử. Máy không tự chấm mức cho ai.")],
    )  # fmt: skip


def _training(request: HttpRequest, person: Person) -> VerbPage:
    form = personnel_forms.TrainingForm(request.POST or None, fields=_fields(request))
    return _page(request, person, services.add_training, title=_("Ghi khóa đã học"), submit=_("Ghi"), done=_("Đã ghi khóa học."), form=form)


def _rotation(request: HttpRequest, person: Person) -> VerbPage:
    return _page(
        request, person, services.plan_rotation, title=_("Ghi thời hạn luân chuyển"), submit=_("Ghi"), done=_("Đã ghi thời hạn."),
        form=personnel_forms.RotationForm(request.POST or None),
    )  # fmt: skip


def _past(request: HttpRequest, person: Person) -> VerbPage:
    form = personnel_forms.PastWorkForm(request.POST or None, fields=_fields(request))
    return _page(
        request, person, services.add_past_work, title=_("Ghi quá trình công tác trước đây"), submit=_("Ghi"), done=_("Đã ghi."), form=form,
        consequences=[_("Chỉ ghi quãng trước khi có trong hệ thống; phân công trong hệ thống tự đếm.")],
    )  # fmt: skip


def _withdraw(request: HttpRequest, person: Person) -> VerbPage:
    form = personnel_forms.WithdrawForm(request.POST or None, entries=selectors.withdrawable(person.pk, on=request.today))
    return _page(
        request, person, services.withdraw, title=_("Bỏ một mục ghi nhầm"), submit=_("Bỏ"), done=_("Đã bỏ."), form=form, danger=True,
        consequences=[_("Mục bỏ đi không còn trong hồ sơ; nhật ký giữ lại mục ấy và lý do. Mức của lĩnh vực thì thôi từ hôm nay.")],
    )  # fmt: skip


def _private(request: HttpRequest, person: Person) -> VerbPage:
    found = Profile.objects.filter(person=person).first()
    form = personnel_forms.PrivateForm(request.POST or None, initial={"born_on": found.born_on, "sex": found.sex} if found else {})
    return _page(
        request, person, services.set_private, title=_("Ngày sinh, giới tính"), submit=_("Lưu"), done=_("Đã lưu."), form=form,
        consequences=[_("Chỉ để tính tuổi nghỉ hưu. Chỉ chính người ấy và ban tổ chức xem được; không vào phép tính nào về năng lực.")],
    )  # fmt: skip


_VERBS: dict[str, tuple[str, Callable[[HttpRequest, Person], VerbPage]]] = {
    "linh-vuc": ("skill", _skill),
    "dao-tao": ("profile", _training),
    "luan-chuyen": ("profile", _rotation),
    "cong-tac": ("profile", _past),
    "bo": ("profile", _withdraw),
    "rieng": ("profile", _private),
}
