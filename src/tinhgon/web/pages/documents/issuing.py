"""Cấp số, chèn số, ký và ban hành, đóng dấu số, sao: các động từ của con đường ra khỏi cơ quan."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.core.errors import Reason, Refused
from tinhgon.documents import joint_access, minutes_access, selectors, services
from tinhgon.documents.models import Document, SigningKey
from tinhgon.documents.selectors import signatures
from tinhgon.documents.services import copying, issuing, joint, minutes, sealing
from tinhgon.documents.services.books import congress_at, organ_of
from tinhgon.documents.services.exchange.sending import NOWHERE
from tinhgon.documents.services.finals import Upload
from tinhgon.documents.services.sealing import Unlock
from tinhgon.web.forms.base import PlainForm
from tinhgon.web.forms.issuing import (
    CopyForm,
    IssueForm,
    LateForm,
    SealForm,
    SecretIssueForm,
    SignForm,
    SignManyForm,
    SignNextForm,
)
from tinhgon.web.pages.documents.exchange import chosen_receivers, receivers_of
from tinhgon.web.pages.documents.writing import address, issuers
from tinhgon.web.verbs import VerbPage, verb_page

Make = Callable[[HttpRequest, Document], VerbPage]


def _issue(request: HttpRequest, document: Document) -> VerbPage:
    if document.secrecy:
        return _issue_secret(request, document)
    sealing_offers = _sealing_offers(request, document)
    form = IssueForm(request.POST or None, request.FILES or None, **_offers(request, document), **sealing_offers)

    def number(data: dict[str, Any]) -> Document:
        return services.issue(request.actor, on=request.today, document_id=document.pk, **_numbered(data), **_published(data))

    return VerbPage(
        title=_("Cấp số và ban hành"), submit=_("Cấp số và ban hành"), done=_("Đã cấp số và ban hành."), back=address(document),
        call=number, form=form, about=document.summary,
        consequences=[
            _("Số, ngày, bản ban hành, con dấu, gửi đi: tất cả trong một lần; một bước hỏng thì số chưa rút."),
            _("Số đã rút không trả lại được; muốn bỏ thì hủy số kèm lý do."), *sealing_offers["receivers"].said,
        ],
    )  # fmt: skip


def _issue_secret(request: HttpRequest, document: Document) -> VerbPage:
    form = SecretIssueForm(request.POST or None, **_offers(request, document))

    def number(data: dict[str, Any]) -> Document:
        return services.issue(request.actor, on=request.today, document_id=document.pk, **_numbered(data))

    return VerbPage(
        title=_("Cấp số vào sổ mật"), submit=_("Cấp số"), done=_("Đã cấp số."), back=address(document), call=number, form=form,
        about=document.summary, consequences=[_("Văn bản mật: chỉ ghi dòng sổ ở đây; ký, đóng dấu và gửi bản giấy theo quy định bảo mật.")],
    )  # fmt: skip


def _late(request: HttpRequest, document: Document) -> VerbPage:
    sealing_offers = _sealing_offers(request, document)
    form = LateForm(request.POST or None, request.FILES or None, **_offers(request, document), **sealing_offers)

    def insert(data: dict[str, Any]) -> Document:
        chosen = {name: value for name, value in _numbered(data).items() if name != "reservation_id"}
        late = {name: data[name] for name in ("after", "dated", "reason")}
        return issuing.insert_late(request.actor, on=request.today, document_id=document.pk, **chosen, **late, **_published(data))

    return VerbPage(
        title=_("Chèn số"), submit=_("Chèn số và ban hành"), done=_("Đã chèn số và ban hành."), back=address(document), call=insert,
        form=form, about=document.summary, danger=True,
        consequences=[
            _("Chỉ dùng khi văn bản lẽ ra đã vào sổ: số chèn được đánh dấu trong sổ, kèm lý do, mãi mãi."), *sealing_offers["receivers"].said,
        ],
    )  # fmt: skip


def _sign(request: HttpRequest, document: Document) -> VerbPage:
    keys = _named(signatures.usable_keys(request.actor, on=request.today))
    form = SignForm(request.POST or None, keys=keys, **_offers(request, document))
    said = [_("Số kế tiếp được rút ngay và nằm trong bản bạn ký; văn thư chỉ còn đóng dấu và gửi đi.")]
    if not keys:
        said = [_("Bạn chưa có khóa ký nào dùng được: đưa khóa vào ở trang “Khóa ký”, hoặc để văn thư cấp số cho bản giấy đã ký.")]

    def sign(data: dict[str, Any]) -> Document:
        chosen = {name: value for name, value in _numbered(data).items() if name != "signer_name"}
        unlock = Unlock(data["key"], data["passphrase"])
        return issuing.sign_and_issue(request.actor, on=request.today, document_id=document.pk, unlock=unlock, **chosen)

    return VerbPage(
        title=_("Ký và ban hành"), submit=_("Ký và ban hành"), done=_("Đã ký và ban hành."), back=address(document), call=sign,
        form=form, about=document.summary, consequences=said,
    )  # fmt: skip


def sign_many(request: HttpRequest) -> HttpResponse:
    """Ký và ban hành các văn bản chờ mình ký, một lượt, một mật khẩu."""
    drafts = list(signatures.awaiting_signature(request.actor, on=request.today)[: issuing.MOST_AT_ONCE])
    keys = _named(signatures.usable_keys(request.actor, on=request.today))
    form = SignManyForm(request.POST or None, keys=keys, drafts=drafts)
    said = [
        _("Mỗi văn bản được kiểm, rút số, ký và cất riêng: văn bản nào chưa ký được thì còn nguyên và nói vì sao."),
        _("Hãy đọc từng văn bản trước khi chọn: số đã rút không trả lại được."),
    ]
    if not drafts:
        said = [_("Không có văn bản nào chờ bạn ký.")]
    elif not keys:
        said = [_("Bạn chưa có khóa ký nào dùng được: đưa khóa vào ở trang “Khóa ký”, hoặc để văn thư cấp số cho bản giấy đã ký.")]

    def sign(data: dict[str, Any]) -> list[issuing.Signed]:
        unlock = Unlock(data["key"], data["passphrase"])
        done = issuing.sign_and_issue_many(request.actor, on=request.today, document_ids=data["documents"], unlock=unlock)
        named = {draft.pk: draft.summary for draft in drafts}
        left = [_unsigned(named[one.document_id], reason) for one in done for reason in one.reasons]
        if not any(one.document for one in done):
            raise Refused(*left)
        for reason in left:
            messages.error(request, str(reason))
        return done

    return verb_page(request, VerbPage(
        title=_("Ký và ban hành nhiều văn bản"), submit=_("Ký và ban hành"), done=_signed_in_all, back=reverse("web:today"), call=sign,
        form=form, consequences=said,
    ))  # fmt: skip


def _unsigned(summary: str, reason: Reason) -> Reason:
    sentence = _("Chưa ký “%(summary)s”: %(why)s") % {"summary": summary, "why": reason.sentence}
    return Reason(reason.code, sentence, "documents")


def _signed_in_all(done: list[issuing.Signed]) -> str:
    made = [one.document.symbol for one in done if one.document]
    sentence = ngettext("Đã ký và ban hành %(count)d văn bản: %(symbols)s.", "Đã ký và ban hành %(count)d văn bản: %(symbols)s.", len(made))
    return sentence % {"count": len(made), "symbols": ", ".join(made)}


def record_minutes(request: HttpRequest, document_id: int) -> HttpResponse:
    """Người ghi biên bản ký số và rút số."""
    document = minutes_access.for_recorder(request.actor, document_id, on=request.today)
    said = [_("Số kế tiếp được rút ngay và nằm trong bản bạn ký; người chủ trì ký sau bạn, rồi văn thư đóng dấu.")]
    return _signed_minutes(request, document, minutes.sign_as_recorder, said)


def chair_minutes(request: HttpRequest, document_id: int) -> HttpResponse:
    """Người chủ trì ký số sau người ghi."""
    with transaction.atomic():
        document = minutes_access.for_chair(request.actor, document_id, on=request.today)
    said = [_("%(name)s đã ký ghi biên bản; chữ ký của bạn đặt sau, lên chính bản ấy.") % {"name": document.recorder_name}]
    return _signed_minutes(request, document, minutes.sign_as_chair, said)


def sign_joint(request: HttpRequest, document_id: int) -> HttpResponse:
    """Người ký của cơ quan cùng ban hành ký số sau cơ quan chủ trì."""
    with transaction.atomic():
        document, row = joint_access.for_joint_signer(request.actor, document_id, on=request.today)
    said = [_("%(name)s đã ký và rút số; chữ ký của bạn cho %(organ)s đặt sau, lên chính bản ấy.") % {"name": document.signer_name, "organ": row.name}]
    words = {"title": _("Ký liên tịch"), "done": _("Đã ký liên tịch.")}
    return _signed_next(request, document, joint.sign_joint, said, words)


def _signed_minutes(request: HttpRequest, document: Document, verb: Callable[..., Document], said: list[str]) -> HttpResponse:
    return _signed_next(request, document, verb, said, {"title": _("Ký biên bản"), "done": _("Đã ký biên bản.")})


def _signed_next(request: HttpRequest, document: Document, verb: Callable[..., Document], said: list[str], words: dict[str, str]) -> HttpResponse:
    keys = _named(signatures.usable_keys(request.actor, on=request.today))
    form = SignNextForm(request.POST or None, keys=keys)
    if not keys:
        said = [_("Bạn chưa có khóa ký nào dùng được: đưa khóa vào ở trang “Khóa ký”, hoặc để văn thư cấp số cho bản giấy đã ký.")]
    return verb_page(request, VerbPage(
        title=words["title"], submit=words["title"], done=words["done"], back=address(document), form=form,
        call=lambda data: verb(request.actor, on=request.today, document_id=document.pk, unlock=Unlock(data["key"], data["passphrase"])),
        about=document.summary, consequences=said,
    ))  # fmt: skip


def _seal(request: HttpRequest, document: Document) -> VerbPage:
    """Văn thư của cơ quan chủ trì đóng dấu và gửi đi; của cơ quan cùng ban hành thì chỉ đóng dấu của mình."""
    standing = next(s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id)
    if document.series and document.series.keeper_id in standing.units:
        assert document.issuer_id
        offered = receivers_of(document, document.issuer_id, request)
        form: PlainForm = SealForm(request.POST or None, seals=_seals(request, [document.issuer_id]), receivers=offered)
        said = [_("Đóng dấu và gửi đi trong một lần; một nơi không nhận được thì dấu cũng chưa đóng."), *offered.said]
    else:
        mine = set(document.joint_organs.values_list("kept_by", flat=True)) & standing.units
        form = SignNextForm(request.POST or None, keys=_seals(request, mine), label=_("Con dấu số"))
        said = [_("Bạn đóng dấu của cơ quan mình; gửi đi là việc của cơ quan chủ trì.")]

    def seal(data: dict[str, Any]) -> Document:
        unlock, send_to = Unlock(data["key"], data["passphrase"]), chosen_receivers(data) if "units" in data else NOWHERE
        return sealing.seal(request.actor, on=request.today, document_id=document.pk, unlock=unlock, send_to=send_to)

    return VerbPage(
        title=_("Đóng dấu số"), submit=_("Đóng dấu"), done=_("Đã đóng dấu số."), back=address(document), call=seal, form=form,
        about=document.summary, land=lambda made: reverse("web:document_signatures", args=[made.pk]),
        consequences=[_("Con dấu là chữ ký số đặt sau chữ ký của mọi người ký; chữ ký trước vẫn nguyên."), *said],
    )  # fmt: skip


def _copy(request: HttpRequest, document: Document) -> VerbPage:
    standing = next(s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id)
    form = CopyForm(request.POST or None, issuers=issuers(standing.unit_id, request), initial={"issuer": standing.organ_id})

    def copy(data: dict[str, Any]) -> Document:
        values = {("issuer_id" if name == "issuer" else name): value for name, value in data.items()}
        return copying.copy(request.actor, on=request.today, document_id=document.pk, **values)

    return VerbPage(
        title=_("Ban hành bản sao"), submit=_("Cấp số bản sao"), done=_("Đã cấp số bản sao."), back=address(document), call=copy, form=form,
        about=document.summary, land=address, keep=f"ban-sao-{document.pk}",
        consequences=[_("Bản sao lấy số ở sổ bản sao (BS) của cơ quan, gắn với văn bản gốc.")],
    )  # fmt: skip


VERBS: dict[str, tuple[str, Make]] = {
    "cap-so": ("issue", _issue),
    "chen-so": ("issue", _late),
    "ky-ban-hanh": ("sign", _sign),
    "dong-dau": ("seal", _seal),
    "sao": ("copy", _copy),
}


def _offers(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Các lựa chọn chung của mọi lần cấp số."""
    organ = organ_of(document.holder_id, document.issuer_id, on=request.today)
    kept = selectors.usable_numbers(
        request.actor, on=request.today, unit_ids={document.holder_id, organ.id}, type_id=document.type_id
    )
    return {
        "issuers": issuers(document.issuer_id or document.holder_id, request), "kept": kept,
        "has_congress": congress_at(organ.id, on=request.today) is not None,
        "initial": {"issuer": document.issuer_id, "signer_name": document.signer_name},
    }  # fmt: skip


def _sealing_offers(request: HttpRequest, document: Document) -> dict[str, Any]:
    organ = organ_of(document.holder_id, document.issuer_id, on=request.today)
    return {"seals": _seals(request, {organ.id}), "receivers": receivers_of(document, organ.id, request)}


def _seals(request: HttpRequest, unit_ids: Iterable[int | None]) -> list[tuple[int, str]]:
    known = [unit for unit in unit_ids if unit]
    return _named(signatures.usable_keys(request.actor, on=request.today, unit_ids=known)) if known else []


def _named(keys: list[SigningKey]) -> list[tuple[int, str]]:
    return [(key.pk, f"{key.common_name}, {key.issuer}") for key in keys]


def _numbered(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "issuer_id": data["issuer"], "signer_name": data.get("signer_name", ""), "congress": data.get("congress", False),
        "reservation_id": data.get("reservation"),
    }  # fmt: skip


def _published(data: dict[str, Any]) -> dict[str, Any]:
    final = data.get("final")
    return {
        "final": Upload(final.name, final.read()) if final else None, "send_to": chosen_receivers(data),
        "seal": Unlock(data["key"], data["passphrase"]) if data.get("key") else None,
    }  # fmt: skip
