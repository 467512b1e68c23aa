"""Thay người ở một bước trình ký chưa xong."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.documents.access import document_for
from tinhgon.documents.models import ApprovalStep
from tinhgon.documents.selectors.paths import may_stand
from tinhgon.documents.services import replacing
from tinhgon.web.choices import people_said
from tinhgon.web.forms.drafting import ReplaceSignerForm
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page


def replace_signer(request: HttpRequest, step_id: int) -> HttpResponse:
    step = ApprovalStep.objects.select_related("person", "joint").filter(pk=step_id).first()
    if step is None:
        raise Http404
    document = document_for(request.actor, step.document_id, to="replace_signer", on=request.today)
    able = [line for line in may_stand(document, step.kind, step.unit_id, on=request.today) if line.person_id != step.person_id]
    people = people_said(able, on=request.today)
    prints = step.kind in (ApprovalStep.Kind.SIGN, ApprovalStep.Kind.JOINT)
    block = step.joint or document
    form = ReplaceSignerForm(request.POST or None, people=people, with_block=prints, initial={"authority": block.authority})

    def put(data: dict[str, Any]) -> Any:
        return replacing.replace_signer(
            request.actor, on=request.today, step_id=step_id, person_id=data["person"], reason=data["reason"],
            position=data.get("position", ""), authority=data.get("authority"),
        )  # fmt: skip

    return verb_page(request, VerbPage(
        title=_("Thay người ở bước %(kind)s") % {"kind": step.get_kind_display()}, submit=_("Thay người"), done=_("Đã thay người."),
        back=address(document), call=put, form=form, about=document.summary, keep=f"thay-nguoi-{step_id}", consequences=_follows(step),
    ))  # fmt: skip


def _follows(step: ApprovalStep) -> list[str]:
    now = step.person.full_name if step.person else _("lãnh đạo đơn vị")
    said = [_("%(name)s thôi ở bước này, và thấy ai thay, vì sao.") % {"name": now}]
    if step.opened_at is None:
        said = [_("%(name)s thôi ở bước này; bước chưa tới lượt nên người ấy chưa thấy dự thảo.") % {"name": now}]
    done = step.approval.steps.filter(state__in=["approved", "changed"]).count()
    if done:
        sentence = ngettext("%(count)d bước đã ký giữ nguyên.", "%(count)d bước đã ký giữ nguyên.", done)
        said.append(sentence % {"count": done})
    if step.kind in (ApprovalStep.Kind.SIGN, ApprovalStep.Kind.JOINT):
        said.append(_("Khối ký in trên văn bản theo người thay."))
    return said
