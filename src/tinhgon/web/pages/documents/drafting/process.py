"""Các việc của quá trình soạn: lấy ý kiến và trả lời, thẩm định, trình ký, ký duyệt, trả lại."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_access import appraisal_for, opinion_for, remark_for, step_for
from tinhgon.documents.minutes_access import is_minutes
from tinhgon.documents.models import ApprovalStep, Document, DraftVersion, Opinion
from tinhgon.documents.selectors.paths import Seat, office_of, proposed_seats
from tinhgon.documents.selectors.process import process
from tinhgon.documents.services import appraisal, approval, opinions
from tinhgon.documents.services.form import mend_in_appraisal as mend_appraised
from tinhgon.files.services import open_file
from tinhgon.org.selectors import people as people_reads
from tinhgon.org.selectors.units import path, units_at
from tinhgon.web.choices import Grouped, colleagues, receivers
from tinhgon.web.forms import drafting as forms
from tinhgon.web.forms.documents import PersonForm, ReasonForm
from tinhgon.web.pages.documents.drafting import beside
from tinhgon.web.pages.documents.form import run as form_mend
from tinhgon.web.pages.documents.form import shown as form_shown
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page


def ask_opinions(request: HttpRequest, document_id: int) -> HttpResponse:
    document = _draft(request, document_id)
    units = receivers(document.holder_id, on=request.today)
    form = forms.OpinionsForm(request.POST or None, units=units, people=colleagues(_near(document, request), on=request.today))

    def ask(data: dict[str, Any]) -> Any:
        return opinions.ask_opinions(request.actor, on=request.today, document_id=document_id, **data)

    return verb_page(request, VerbPage(
        title=_("Lấy ý kiến"), submit=_("Gửi lấy ý kiến"), done=_("Đã gửi lấy ý kiến."), back=address(document), call=ask, form=form,
        about=document.summary, keep=f"y-kien-{document.pk}",
        consequences=[_("Nơi được hỏi thấy bản hiện có của dự thảo và chỉ thấy câu trả lời của chính mình.")],
    ))  # fmt: skip


def answer_opinion(request: HttpRequest, opinion_id: int) -> HttpResponse:
    opinion = _locked(lambda: opinion_for(request.actor, opinion_id, on=request.today))
    form = forms.AnswerForm(request.POST or None, request.FILES or None)

    def give(data: dict[str, Any]) -> Any:
        file = data.pop("file")
        return opinions.answer_opinion(
            request.actor, on=request.today, opinion_id=opinion_id, name=file.name if file else "", content=file, **data
        )

    document = opinion.document
    version = document.versions.filter(number=opinion.request.version).first()
    return verb_page(request, VerbPage(
        title=_("Trả lời lấy ý kiến"), submit=_("Gửi trả lời"), done=_("Đã gửi ý kiến."), back=address(document), call=give,
        form=form, about=document.summary, keep=f"tra-loi-{opinion_id}", consequences=_what_is_asked(opinion),
        template=beside.TEMPLATE, extra=beside.paper(document, version, on=request.today),
    ))  # fmt: skip


def _what_is_asked(opinion: Opinion) -> list[str]:
    """Ai hỏi, hỏi gì, tới bao giờ: người trả lời không phải quay lại trang dự thảo để tìm."""
    asked = opinion.request
    told = {"moment": f"{timezone.localtime(asked.due_at):%H:%M %d/%m/%Y}", "number": asked.version}
    asker = asked.asked_by.full_name if asked.asked_by else ""
    said = [_("Về bản %(number)d của dự thảo; trả lời trước %(moment)s.") % told]
    if asked.question:
        said.insert(0, _("%(name)s hỏi: %(question)s") % {"name": asker, "question": asked.question} if asker else asked.question)
    return said


def opinion_file(request: HttpRequest, opinion_id: int) -> HttpResponse:
    """Tệp kèm câu trả lời: người trong cuộc, hay chính nơi trả lời."""
    opinion = Opinion.objects.select_related("file", "document").filter(pk=opinion_id, file__isnull=False).first()
    if opinion is None or opinion.file is None:
        raise Http404
    document = document_for(request.actor, opinion.document_id, on=request.today)
    seen = process(request.actor, document, on=request.today)
    if all(row.pk != opinion.pk for held in seen.consultations for row in held.opinions):
        raise Http404
    return FileResponse(open_file(opinion.file), as_attachment=True, filename=opinion.file_name)


@require_POST
def remind_opinions(request: HttpRequest, document_id: int) -> HttpResponse:
    document = _draft(request, document_id)
    return verb_page(request, VerbPage(
        title=_("Nhắc"), submit=_("Nhắc"), done=_("Đã nhắc các nơi chưa trả lời."), back=address(document),
        call=lambda _data: opinions.remind_opinions(request.actor, on=request.today, document_id=document_id),
    ))  # fmt: skip


def close_opinions(request: HttpRequest, document_id: int) -> HttpResponse:
    document = _draft(request, document_id)
    left = document.opinions.filter(state="waiting").count()
    said = ngettext(
        "%(count)d nơi chưa trả lời sẽ ghi là không có ý kiến và không còn thấy dự thảo.",
        "%(count)d nơi chưa trả lời sẽ ghi là không có ý kiến và không còn thấy dự thảo.", left,
    )  # fmt: skip
    return verb_page(request, VerbPage(
        title=_("Kết thúc lấy ý kiến"), submit=_("Kết thúc"), done=_("Đã kết thúc đợt lấy ý kiến."), back=address(document),
        call=lambda _data: opinions.close_opinions(request.actor, on=request.today, document_id=document_id),
        about=document.summary, consequences=[said % {"count": left}] if left else [],
    ))  # fmt: skip


def ask_appraisal(request: HttpRequest, document_id: int) -> HttpResponse:
    document = _draft(request, document_id)
    office = office_of(document.holder_id, on=request.today)
    known = units_at([office], on=request.today) if office else {}
    usual: Grouped = [(_("Thường thẩm định"), [(unit.id, unit.name) for unit in known.values()])]
    form = forms.AppraiseForm(
        request.POST or None, units=usual + receivers(document.holder_id, on=request.today), initial={"by_unit": office}
    )

    def ask(data: dict[str, Any]) -> Any:
        return appraisal.ask_appraisal(request.actor, on=request.today, document_id=document_id, by_unit_id=data["by_unit"])

    return verb_page(request, VerbPage(
        title=_("Xin thẩm định"), submit=_("Gửi thẩm định"), done=_("Đã gửi thẩm định."), back=address(document), call=ask, form=form,
        about=document.summary,
    ))  # fmt: skip


def appraise(request: HttpRequest, appraisal_id: int) -> HttpResponse:
    """Trang thẩm định: lỗi thể thức, từng đoạn của bản với góp ý, kết luận."""
    found = _locked(lambda: appraisal_for(request.actor, appraisal_id, on=request.today))
    document = found.document
    version = document.versions.get(number=found.version)
    paragraphs = version.body.split("\n")
    seen = process(request.actor, document, on=request.today)
    remarks = [(row.row.number, remark) for row in seen.appraisals for remark in row.remarks]
    by_paragraph: dict[int, list[Any]] = {}
    for number, remark in remarks:
        by_paragraph.setdefault(remark.paragraph if number == found.number else 0, []).append((number, remark))
    return render(request, "web/pages/drafting/appraise.html", {
        **form_shown(request, document, mend_at=reverse("web:appraisal_mend", args=[appraisal_id])), "appraisal": found, "document": document, "version": version,
        "paragraphs": [(place, text, by_paragraph.get(place, [])) for place, text in enumerate(paragraphs, start=1)],
        "general": by_paragraph.get(0, []), "form": forms.RemarkForm(paragraphs=paragraphs, initial={"paragraph": request.GET.get("doan", 0)}),
        "may_assign": any(s.sees_whole_unit and found.by_unit_id in s.units for s in request.scope.standings),
    })  # fmt: skip


@require_POST
def mend_in_appraisal(request: HttpRequest, appraisal_id: int) -> HttpResponse:
    """Người thẩm định bấm "Sửa giúp"."""
    form_mend(request, partial(mend_appraised, appraisal_id=appraisal_id))
    return redirect("web:appraise", appraisal_id)


def act_on_appraisal(request: HttpRequest, appraisal_id: int, verb: str) -> HttpResponse:
    """``giao`` người, ``gop-y`` một đoạn, ``ket-luan``."""
    found = _locked(lambda: appraisal_for(request.actor, appraisal_id, on=request.today))
    back, common = reverse("web:appraise", args=[appraisal_id]), {"on": request.today, "appraisal_id": appraisal_id}
    if verb == "gop-y":
        paragraphs = found.document.versions.get(number=found.version).body.split("\n")
        page = VerbPage(
            title=_("Góp ý"), submit=_("Ghi góp ý"), done=_("Đã ghi góp ý."), back=back, about=found.document.summary,
            form=forms.RemarkForm(request.POST or None, paragraphs=paragraphs, initial={"paragraph": request.GET.get("doan", 0)}),
            call=lambda data: appraisal.add_remark(request.actor, **common, **data), keep=f"gop-y-{appraisal_id}",
        )  # fmt: skip
    elif verb == "giao":
        page = VerbPage(
            title=_("Giao người thẩm định"), submit=_("Giao"), done=_("Đã giao."), back=back, about=found.document.summary,
            form=PersonForm(request.POST or None, people=colleagues({found.by_unit_id}, on=request.today), initial={"person": found.appraiser_id}),
            call=lambda data: appraisal.assign_appraiser(request.actor, **common, person_id=data["person"]),
        )  # fmt: skip
    elif verb == "ket-luan":
        page = VerbPage(
            title=_("Kết luận thẩm định"), submit=_("Kết luận"), done=_("Đã kết luận."), back=back, about=found.document.summary,
            form=forms.ConclusionForm(request.POST or None), land=lambda _done: address(found.document), keep=f"ket-luan-{appraisal_id}",
            call=lambda data: appraisal.conclude_appraisal(request.actor, **common, **data),
        )  # fmt: skip
    else:
        raise Http404
    return verb_page(request, page)


def act_on_remark(request: HttpRequest, remark_id: int, verb: str) -> HttpResponse:
    """``giai-trinh`` của nơi soạn, ``xong`` của người thẩm định."""
    remark = _locked(lambda: remark_for(request.actor, remark_id, on=request.today))
    document = remark.appraisal.document
    if verb == "giai-trinh":
        return verb_page(request, VerbPage(
            title=_("Tiếp thu, giải trình"), submit=_("Ghi"), done=_("Đã ghi."), back=address(document), about=remark.text,
            form=forms.AnswerRemarkForm(request.POST or None, initial={"answer": remark.answer}), keep=f"giai-trinh-{remark_id}",
            call=lambda data: appraisal.answer_remark(request.actor, on=request.today, remark_id=remark_id, **data),
        ))  # fmt: skip
    if verb != "xong":
        raise Http404
    now = document.appraisals.filter(state="waiting").first()
    return verb_page(request, VerbPage(
        title=_("Góp ý đã xong"), submit=pgettext("nút", "Đã xong"), done=_("Góp ý đã xong."), about=remark.text,
        back=reverse("web:appraise", args=[now.pk]) if now else address(document),
        call=lambda _data: appraisal.resolve_remark(request.actor, on=request.today, remark_id=remark_id),
    ))  # fmt: skip


def withdraw_appraisal(request: HttpRequest, document_id: int) -> HttpResponse:
    document = _draft(request, document_id)

    def withdraw(data: dict[str, Any]) -> Any:
        return appraisal.withdraw_appraisal(request.actor, on=request.today, document_id=document_id, reason=data["reason"])

    return verb_page(request, VerbPage(
        title=_("Rút lại khỏi thẩm định"), submit=_("Rút lại"), done=_("Đã rút lại; sửa xong thì xin thẩm định lại."), back=address(document),
        call=withdraw, form=ReasonForm(request.POST or None), about=document.summary,
        consequences=[_("Nơi thẩm định thôi xem bản này; góp ý đã ghi ở lại trong lịch sử.")],
    ))  # fmt: skip


def submit(request: HttpRequest, document_id: int) -> HttpResponse:
    """Trình ký: các bước gợi sẵn theo đường của cơ quan, sửa được."""
    document = _draft(request, document_id)
    seats = _from_one(proposed_seats(document, on=request.today))
    units = {*_near(document, request), *(seat.unit_id for seat in seats)}
    lines = [line for line in people_reads.people_of(units, on=request.today) if not line.is_pool]
    names = units_at(units, on=request.today)
    grouped: dict[str, list[tuple[int, str]]] = {}
    units_of: dict[int, int] = {}
    for line in lines:
        if line.person_id not in units_of:
            units_of[line.person_id] = line.unit_id
            grouped.setdefault(names[line.unit_id].name, []).append((line.person_id, f"{line.full_name}, {line.title}"))
    units_of |= {seat.person_id: seat.unit_id for seat in seats if seat.person_id}
    form = forms.SubmitForm(
        request.POST or None, people=list(grouped.items()), seats=seats, units_of=units_of, is_minutes=is_minutes(document),
        is_joint=document.joint_organs.exists(),
    )  # fmt: skip

    def send(data: dict[str, Any]) -> Any:
        return approval.submit(request.actor, on=request.today, document_id=document_id, seats=form.seats, note=data["note"])

    return verb_page(request, VerbPage(
        title=_("Trình ký"), submit=_("Trình ký"), done=_("Đã trình ký."), back=address(document), call=send, form=form,
        about=document.summary, keep=f"trinh-ky-{document.pk}",
        consequences=[
            _("Bậc nhỏ làm trước, cùng bậc thì song song; bậc cuối là người ký văn bản. Ký xong thì dự thảo tự sang văn thư cấp số."),
            _("Từ lúc trình, bạn không sửa được nữa, trừ khi rút lại hoặc bị trả lại."),
        ],
    ))  # fmt: skip


def approve(request: HttpRequest, step_id: int) -> HttpResponse:
    step = _locked(lambda: step_for(request.actor, step_id, on=request.today))
    document = step.document
    last = document.versions.order_by("-number").first()
    is_text = last is not None and last.file_id is None
    edits = is_text and bool(request.GET.get("sua") or request.POST.get("body"))
    form = forms.ApproveForm(request.POST or None, with_body=edits, initial={"body": last.body if last else ""})

    def sign(data: dict[str, Any]) -> Any:
        return approval.approve(request.actor, on=request.today, step_id=step_id, note=data["note"], body=data.get("body"))

    word = str(step.get_kind_display())
    return verb_page(request, VerbPage(
        title=_("Duyệt có sửa") if edits else word[:1].upper() + word[1:], submit=word[:1].upper() + word[1:], done=_("Đã ký duyệt."),
        back=address(document), call=sign, form=form, about=document.summary, keep=f"duyet-{step_id}" if edits else "",
        consequences=_what_is_signed(step, last), template=beside.TEMPLATE, extra=beside.paper(document, last, on=request.today),
    ))  # fmt: skip


def _what_is_signed(step: ApprovalStep, last: DraftVersion | None) -> list[str]:
    """Đang ký bản nào, và ký xong thì dự thảo đi đâu."""
    said = [_("Bạn ký bản %(number)d, lưu %(moment)s.") % {"number": last.number, "moment": f"{timezone.localtime(last.saved_at):%H:%M %d/%m/%Y}"}] if last else []
    left = step.approval.steps.filter(state__in=ApprovalStep.OPEN).exclude(pk=step.pk).count()
    if left:
        sentence = ngettext("Sau bạn còn %(count)d bước.", "Sau bạn còn %(count)d bước.", left)
        return [*said, sentence % {"count": left}]
    return [*said, _("Đây là bước cuối: xong thì dự thảo sang văn thư cấp số.")]


def return_step(request: HttpRequest, step_id: int) -> HttpResponse:
    step = _locked(lambda: step_for(request.actor, step_id, on=request.today))
    done = step.approval.steps.filter(state__in=["approved", "changed"]).select_related("acted_by").order_by("order", "pk")
    units = units_at({found.unit_id for found in done}, on=request.today)
    steps = [(found.pk, _done_step(found, units[found.unit_id].name)) for found in done]
    form = forms.ReturnForm(request.POST or None, steps=steps)

    def give_back(data: dict[str, Any]) -> Any:
        return approval.return_step(request.actor, on=request.today, step_id=step_id, reason=data["reason"], back_to=data.get("back_to"))

    return verb_page(request, VerbPage(
        title=_("Trả lại"), submit=_("Trả lại"), done=_("Đã trả lại kèm lý do."), back=address(step.document), call=give_back, form=form,
        about=step.document.summary, keep=f"tra-lai-{step_id}", template=beside.TEMPLATE,
        extra=beside.paper(step.document, step.document.versions.order_by("-number").first(), on=request.today),
    ))  # fmt: skip


def withdraw(request: HttpRequest, document_id: int) -> HttpResponse:
    document = document_for(request.actor, document_id, to="withdraw", on=request.today)
    left = document.approval_steps.filter(state__in=ApprovalStep.OPEN).count()
    said = ngettext("%(count)d bước chưa ký sẽ thôi, các chữ ký đã có ở lại trong lịch sử.", "%(count)d bước chưa ký sẽ thôi, các chữ ký đã có ở lại trong lịch sử.", left)
    return verb_page(request, VerbPage(
        title=_("Rút lại khỏi trình ký"), submit=_("Rút lại"), done=_("Đã rút lại; sửa rồi trình ký lại từ đầu."), back=address(document),
        call=lambda _data: approval.withdraw(request.actor, on=request.today, document_id=document_id), about=document.summary,
        consequences=[said % {"count": left}],
    ))  # fmt: skip


def _from_one(seats: list[Seat]) -> list[Seat]:
    """Bậc đánh lại từ 1, không bỏ quãng, sau khi các chỗ trùng người đã bỏ."""
    ranks = {order: place for place, order in enumerate(sorted({seat.order for seat in seats}), start=1)}
    return [replace(seat, order=ranks[seat.order]) for seat in seats]


def _done_step(step: ApprovalStep, unit: str) -> str:
    return f"{step.acted_by.full_name if step.acted_by else ''}, {unit} ({step.get_kind_display()})"


def _draft(request: HttpRequest, document_id: int) -> Document:
    return document_for(request.actor, document_id, to="edit", on=request.today)


def _near(document: Document, request: HttpRequest) -> set[int]:
    """Các đơn vị mà người soạn thường hỏi, thường trình: đơn vị mình, cơ quan trên, các cơ quan cùng cấp ủy."""
    chain = {step.id for step in path(document.holder_id, on=request.today)[-3:]}
    around = receivers(document.holder_id, on=request.today)
    return chain | {unit for label, units in around[:1] for unit, _name in units}


def _locked(read: Any) -> Any:
    """Các cửa của dòng khóa hàng, nên phải nằm trong giao dịch, kể cả khi chỉ hiện biểu mẫu."""
    with transaction.atomic():
        return read()
