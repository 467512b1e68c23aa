"""Mẫu văn bản và đường trình ký của cơ quan: danh sách, thêm, sửa thành bản mới, thôi dùng."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.documents.models import ApprovalPath, DraftTemplate
from tinhgon.documents.selectors import rules
from tinhgon.documents.selectors.templates import FIELDS, kept_templates, template_of
from tinhgon.documents.services import templates as keeping
from tinhgon.org.access import Standing, require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.forms.drafting import PathForm, TemplateForm
from tinhgon.web.verbs import VerbPage, verb_page

_TEXTS = keeping.TEXTS


def templates(request: HttpRequest) -> HttpResponse:
    """``/van-ban/mau/``: các mẫu và đường trình ký mình giữ."""
    standing = _keeper(request)
    paths = ApprovalPath.objects.filter(organ__in=standing.units, is_active=True).select_related("type").order_by("type__order", "pk")
    labels = dict(ApprovalPath.PathRole.choices)
    return render(request, "web/pages/drafting/templates.html", {
        "templates": list(kept_templates(standing.units)), "units": units_at(standing.units, on=request.today),
        "paths": [(path, [" + ".join(str(labels[role]) for role in group) for group in path.groups]) for path in paths],
    })  # fmt: skip


def new_template(request: HttpRequest) -> HttpResponse:
    standing = _keeper(request)
    form = TemplateForm(request.POST or None, request.FILES or None, organs=_organs(request, standing), types=_types(), initial={"organ": standing.organ_id})

    def create(data: dict[str, Any]) -> DraftTemplate:
        return keeping.create_template(
            request.actor, on=request.today, organ_id=data["organ"], type_id=data["type"], name=data["name"], note=data["note"],
            word=_word(data), **_texts(data),
        )  # fmt: skip

    return _form_page(request, VerbPage(
        title=_("Thêm mẫu"), submit=_("Lưu mẫu"), done=_("Đã lưu mẫu."), back=reverse("web:templates"), call=create, form=form,
        keep="mau-moi",
    ))  # fmt: skip


def edit_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Sửa mẫu thành bản kế tiếp; các bản cũ ở dưới trang."""
    standing = _keeper(request)
    template = template_of(template_id, units=standing.units)
    last = template.versions.latest("number")
    form = TemplateForm(
        request.POST or None, request.FILES or None, organs=[], types=[], is_new=False, initial={name: getattr(last, name) for name in _TEXTS}
    )

    def save(data: dict[str, Any]) -> Any:
        return keeping.save_template(
            request.actor, on=request.today, template_id=template_id, note=data["note"], word=_word(data),
            keep_file=bool(last.file_id) and not data["body"].strip(), **_texts(data),
        )  # fmt: skip

    return _form_page(request, VerbPage(
        title=template.name, submit=_("Lưu thành bản kế tiếp"), done=_("Đã lưu bản mới của mẫu."), back=reverse("web:templates"),
        call=save, form=form, about=_("%(type)s, bản %(number)d.") % {"type": template.type.name, "number": last.number},
        keep=f"mau-{template_id}",
    ), template)  # fmt: skip


@require_POST
def switch_template(request: HttpRequest, template_id: int) -> HttpResponse:
    template = template_of(template_id, units=_keeper(request).units)
    active = not template.is_active
    return verb_page(request, VerbPage(
        title=template.name, submit=_("Đổi"), done=_("Mẫu dùng lại được.") if active else _("Đã thôi dùng mẫu; dự thảo đã lập không đổi."),
        back=reverse("web:templates"),
        call=lambda _data: keeping.switch_template(request.actor, on=request.today, template_id=template_id, is_active=active),
    ))  # fmt: skip


def set_path(request: HttpRequest) -> HttpResponse:
    """Đặt, đổi hay bỏ đường trình ký của một cơ quan cho một tên loại."""
    standing = _keeper(request)
    form = PathForm(request.POST or None, organs=_organs(request, standing), types=_types(), initial={"organ": standing.organ_id})

    def save(data: dict[str, Any]) -> Any:
        return keeping.set_path(
            request.actor, on=request.today, organ_id=data["organ"], type_id=data["type"], groups=form.groups, is_required=data["is_required"]
        )

    return verb_page(request, VerbPage(
        title=_("Đặt đường trình ký"), submit=_("Lưu"), done=_("Đã đặt đường trình ký."), back=reverse("web:templates"), call=save, form=form,
        consequences=[_("Để trống mọi bậc là bỏ đường đã đặt. Bậc cuối phải là người ký văn bản.")],
    ))  # fmt: skip


def _form_page(request: HttpRequest, verb: VerbPage, template: DraftTemplate | None = None) -> HttpResponse:
    answer = verb_page(request, verb)
    if answer.status_code == 302:
        return answer
    versions = template.versions.select_related("author").order_by("-number") if template else ()
    return render(request, "web/pages/drafting/template_form.html", {
        "verb": verb, "form": verb.form, "fields": FIELDS.items(), "template": template, "versions": versions,
    }, status=answer.status_code)  # fmt: skip


def _keeper(request: HttpRequest) -> Standing:
    standing = require(request.actor, Verb.KEEP_TEMPLATES, on=request.today)
    assert standing is not None
    return standing


def _organs(request: HttpRequest, standing: Standing) -> list[tuple[int, str]]:
    found = units_at(standing.units, on=request.today).values()
    return [(unit.id, unit.name) for unit in found if unit.is_organ and unit.is_open]


def _types() -> list[tuple[int, str]]:
    return [(kind.pk, kind.name) for kind in rules.draftable_types()]


def _word(data: dict[str, Any]) -> tuple[str, bytes] | None:
    file = data["file"]
    return (file.name, file.read()) if file else None


def _texts(data: dict[str, Any]) -> dict[str, str]:
    return {name: data[name] for name in _TEXTS}
