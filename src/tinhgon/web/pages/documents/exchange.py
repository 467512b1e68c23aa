"""Gửi đi và nhận về: phần trên trang văn bản, các động từ, trang theo dõi, lời xin chờ trả lời, nhập xuất tệp edXML."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhgon.documents import selectors
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Delivery, Document, ExchangeRequest, PartnerOrgan
from tinhgon.documents.selectors import exchange as reads
from tinhgon.documents.services import answering
from tinhgon.documents.services.exchange import asking, filing, sending
from tinhgon.documents.services.exchange.identity import organ_code
from tinhgon.engine import receivers as receiver_names
from tinhgon.engine.edxml.model import MOST_BYTES
from tinhgon.org.rights import Verb
from tinhgon.web.choices import Grouped, receivers
from tinhgon.web.forms import exchange as forms
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page

_TRUST = {
    "verified": gettext_lazy("Chữ ký đúng của đối tác đã đăng ký."),
    "legacy": gettext_lazy("Chữ ký kiểu cũ (SHA-1), không kiểm tra được: hãy đối chiếu với nơi gửi."),
    "unchecked": gettext_lazy("Có chữ ký nhưng nơi gửi chưa đăng ký, chưa kiểm tra được."),
    "none": gettext_lazy("Thông điệp không có chữ ký: hãy đối chiếu với nơi gửi."),
}


def panel(request: HttpRequest, page: selectors.Page) -> dict[str, Any]:
    """Phần “Gửi đi” của văn bản đi, hay “Nhận từ” của văn bản đến qua trao đổi."""
    document = page.document
    if document.direction == "incoming":
        found = reads.receipt_of(document)
        return {"receipt": found[0], "request_waiting": found[1]} if found else {}
    if document.state in Document.NEVER_NUMBERED:
        return {}
    lines = reads.of_document(document, on=request.today)
    return {"deliveries": lines, "may_ask": any(line.can_ask for line in lines)}


def send_out(request: HttpRequest, document: Document) -> VerbPage:
    assert document.issuer_id
    offered = receivers_of(document, document.issuer_id, request)
    form = forms.SendForm(request.POST or None, receivers=offered)

    def call(data: dict[str, Any]) -> Any:
        chosen = chosen_receivers(data)
        return sending.send(
            request.actor, on=request.today, document_id=document.pk, unit_ids=chosen.unit_ids, organ_ids=chosen.organ_ids,
            paper=chosen.paper, note=data["note"],
        )  # fmt: skip

    said = [*offered.said, _("Nơi nhận trong hệ thống thấy ngay ở khay đến; trạng thái của họ hiện ở trang văn bản.")]
    if document.secrecy:
        said = [_("Văn bản mật không gửi qua hệ thống: chỉ ghi nơi nhận bản giấy.")]
    return VerbPage(
        title=_("Gửi văn bản"), submit=_("Gửi"), done=_("Đã gửi."), back=address(document), call=call, form=form,
        about=f"{document.symbol} · {document.summary}", keep=f"gui-{document.pk}", consequences=said,
    )  # fmt: skip


def recall(request: HttpRequest, document: Document) -> VerbPage:
    return _ask(request, document, "recall", _("Xin lấy lại"), _("Gửi lời xin"), _("Nơi nhận đồng ý thì văn bản thôi hiệu lực ở đó; số đến của họ vẫn ở lại trong sổ với lý do."), danger=True)


def update(request: HttpRequest, document: Document) -> VerbPage:
    return _ask(request, document, "update", _("Gửi bản cập nhật"), _("Gửi"), _("Các ô và tệp đang có của văn bản được gửi lại; nơi nhận xem và đồng ý thì mới thay."))


def replace(request: HttpRequest, document: Document) -> VerbPage:
    return _ask(request, document, "replace", _("Thay bằng văn bản khác"), _("Gửi"), _("Văn bản mới tới khay của từng nơi nhận; họ đồng ý thì văn bản cũ thôi hiệu lực ở đó."), danger=True)


VERBS = {"gui-di": ("send", send_out), "lay-lai": ("send", recall), "cap-nhat": ("send", update), "thay-the": ("send", replace)}


def _ask(request: HttpRequest, document: Document, kind: str, title: str, submit: str, follows: str, *, danger: bool = False) -> VerbPage:
    lines = [line for line in reads.of_document(document, on=request.today) if line.can_ask]
    form = forms.AskForm(
        request.POST or None, deliveries=[(line.delivery.pk, line.delivery.to_name) for line in lines],
        replacements=_replacements(request, document) if kind == "replace" else None,
    )  # fmt: skip

    def call(data: dict[str, Any]) -> Any:
        return asking.ask(
            request.actor, on=request.today, document_id=document.pk, kind=kind, reason=data["reason"],
            delivery_ids=data["deliveries"], replacement_id=data.get("replacement"),
        )  # fmt: skip

    count = ngettext("%(count)d nơi nhận còn xin được.", "%(count)d nơi nhận còn xin được.", len(lines)) % {"count": len(lines)}
    return VerbPage(
        title=title, submit=submit, done=_("Đã gửi lời xin; chờ nơi nhận trả lời."), back=address(document), call=call, form=form,
        about=f"{document.symbol} · {document.summary}", consequences=[follows, count], danger=danger,
    )  # fmt: skip


def act_on_delivery(request: HttpRequest, delivery_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/van-ban/gui/<số>/<việc>/``."""
    if verb not in ("gui-lai", "ghi-nhan", "xuat"):
        raise Http404
    if verb == "xuat":
        return _file(*filing.export(request.actor, on=request.today, delivery_id=delivery_id))
    delivery = _delivery(request, delivery_id)
    common = {"back": address(delivery.document), "about": f"{delivery.document.symbol} → {delivery.to_name}"}
    if verb == "gui-lai":
        return verb_page(request, VerbPage(
            title=_("Gửi lại"), submit=_("Gửi lại"), done=_("Đã xếp hàng gửi lại."),
            call=lambda _data: sending.resend(request.actor, on=request.today, delivery_id=delivery_id), **common,
        ))  # fmt: skip
    return verb_page(request, VerbPage(
        title=_("Ghi hồi âm của nơi nhận"), submit=_("Ghi"), done=_("Đã ghi hồi âm."), form=forms.PaperForm(request.POST or None),
        call=lambda data: sending.record_paper(request.actor, on=request.today, delivery_id=delivery_id, **data), **common,
    ))  # fmt: skip


def answer(request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/van-ban/xin/<số>/dong-y|tu-choi/``."""
    if verb not in ("dong-y", "tu-choi"):
        raise Http404
    asked = reads.requests_waiting(request.actor, on=request.today).filter(pk=request_id).first()
    if asked is None:
        raise Http404
    agree, receipt = verb == "dong-y", asked.receipt
    back = reverse("web:document", args=[receipt.arrival.document_id]) if receipt.arrival.document_id else reverse("web:tray")
    form = forms.AgreeForm(request.POST or None) if agree else forms.AnswerForm(request.POST or None)

    def call(data: dict[str, Any]) -> Any:
        return answering.answer(request.actor, on=request.today, request_id=request_id, agree=agree, said=data["said"])

    said = [_("%(organ)s đề nghị %(kind)s: %(reason)s") % {"organ": receipt.from_name, "kind": asked.get_kind_display(), "reason": asked.reason}]
    if agree:
        said.append(_what_follows(asked))
    return verb_page(request, VerbPage(
        title=_("Đồng ý") if agree else _("Từ chối"), submit=_("Đồng ý") if agree else _("Từ chối"), done=_("Đã trả lời nơi gửi."), back=back,
        call=call, form=form, about=receipt.arrival.subject, consequences=said, danger=agree and asked.kind in ExchangeRequest.TAKES_AWAY,
    ))  # fmt: skip


def _what_follows(asked: ExchangeRequest) -> str:
    document = asked.receipt.arrival.document
    if asked.kind == ExchangeRequest.Kind.UPDATE:
        return _("Các ô và tệp mới của nơi gửi vào văn bản này; số đến, ngày đến và tệp cũ ở lại.")
    if document is None:
        return _("Văn bản rời khay, không vào sổ.")
    return _("Số đến %(number)s ở lại trong sổ với lý do; các dòng chuyển đang mở bị thu hồi.") % {"number": document.number}


def followed(request: HttpRequest) -> HttpResponse:
    """Theo dõi gửi, nhận: mọi dòng gửi, và lời xin chờ cơ quan mình trả lời."""
    filters = forms.DeliveryFilters(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    rows = reads.deliveries(request.actor, on=request.today, state=chosen.get("trang_thai", ""), text=chosen.get("tim", ""))
    listing = Listing(
        request, rows,
        columns=[
            Column("van-ban", _("Văn bản"), ("document__symbol",)),
            Column("noi-nhan", _("Nơi nhận"), ("to_name",)),
            Column("cach", _("Cách gửi"), ("way",)),
            Column("gui", _("Gửi lúc"), ("sent_at",), "nowrap"),
            Column("trang-thai", _("Trạng thái"), ("code",)),
        ],
        row_template="web/rows/delivery.html",
        default_sort="-gui",
        prepare=lambda found: reads.lines_of(found, on=request.today),
    )  # fmt: skip
    return list_page(request, "web/pages/deliveries.html", listing, {
        "filters": filters,
        "requests_waiting": list(reads.requests_waiting(request.actor, on=request.today)[:50]),
        "may_import": _may_register(request),
        "empty": {"title": _("Chưa gửi văn bản nào."), "hint": _("Mở một văn bản đi đã cấp số, đính kèm bản đã ký rồi bấm Gửi đi.")},
    })  # fmt: skip


def import_file(request: HttpRequest) -> HttpResponse:
    form = forms.ImportForm(request.POST or None, request.FILES or None)

    def call(data: dict[str, Any]) -> filing.Imported:
        return filing.import_message(request.actor, on=request.today, data=data["file"].read(MOST_BYTES + 1))

    def land(done: filing.Imported) -> str:
        messages.info(request, _("Thông điệp này đã nhận từ trước, không làm gì thêm.") if done.again else _TRUST[done.trust])
        return reverse("web:arrival", args=[done.arrivals[0]]) if len(done.arrivals) == 1 else reverse("web:exchange")

    return verb_page(request, VerbPage(
        title=_("Nhập tệp edXML"), submit=_("Nhận"), done=_("Đã nhận thông điệp."), back=reverse("web:exchange"), call=call, form=form, land=land,
        consequences=[_("Văn bản vào khay đến của cơ quan ghi trong thông điệp; trạng thái vào dòng gửi của mình. Chữ ký được kiểm và báo kết quả.")],
    ))  # fmt: skip


def export_status(request: HttpRequest, receipt_id: int) -> HttpResponse:
    return _file(*filing.export_status(request.actor, on=request.today, receipt_id=receipt_id))


def _file(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    return response


def _delivery(request: HttpRequest, delivery_id: int) -> Delivery:
    seen = visible_to(request.actor, on=request.today).values("pk")
    found = Delivery.objects.select_related("document").filter(pk=delivery_id, document__in=seen).first()
    if found is None:
        raise Http404
    return found


def chosen_receivers(data: dict[str, Any]) -> sending.SendTo:
    return sending.SendTo(unit_ids=data["units"], organ_ids=data.get("organs", []), paper=data["paper"].splitlines())


def receivers_of(document: Document, issuer_id: int, request: HttpRequest) -> forms.Receivers:
    """Nơi gửi được từ cơ quan ban hành; chọn sẵn nơi có tên ở "Kính gửi", "Nơi nhận" mà chưa gửi. Văn bản mật: chỉ ghi bản giấy."""
    units, organs = _units(issuer_id, request), _organs()
    wanted = receiver_names.names(document.receivers.splitlines(), document.addressees.splitlines())
    places: list[tuple[tuple[str, int], str]] = []
    if not document.secrecy:
        places = [(("units", key), name) for _label, found in units for key, name in found if key != issuer_id]
        if organ_code(issuer_id):
            places += [(("organs", organ.pk), organ.name) for organ in reads.connected_organs()]
    known = receiver_names.matched(wanted, places)
    sent = reads.sent_to(document) if document.pk else frozenset()
    fresh = [key for key in known.found if key not in sent]
    paper = [name for name in known.left if ("paper", name) not in sent]
    named = dict(places)
    said = []
    if fresh:
        shown = ", ".join(named[key] for key in fresh)
        said.append(_("Gửi ngay qua máy, theo “Nơi nhận”: %(names)s. Bỏ chọn ở dưới nếu chưa gửi.") % {"names": shown})
    if paper:
        said.append(_("Phải gửi bản giấy, chưa có ở đây: %(names)s.") % {"names": ", ".join(paper)})
    initial = {kind: [key for way, key in fresh if way == kind] for kind in ("units", "organs")}
    return forms.Receivers(units, organs, initial | {"paper": "\n".join(paper)}, said)


def _units(issuer_id: int, request: HttpRequest) -> Grouped:
    """Nơi có sổ đến quanh cơ quan ban hành; phòng bên trong thì không nhận thư."""
    rooms = _("Phòng, bộ phận bên trong")
    return [(label, found) for label, found in receivers(issuer_id, on=request.today) if label != rooms]


def _organs() -> Grouped:
    grouped: dict[str, list[tuple[int, str]]] = {}
    for organ in PartnerOrgan.objects.select_related("partner").order_by("partner__name", "code"):
        label = organ.partner.name if organ.partner.is_active else _("%(name)s (xuất tệp, chưa nối)") % {"name": organ.partner.name}
        grouped.setdefault(label, []).append((organ.pk, f"{organ.name} ({organ.code})"))
    return list(grouped.items())


def _replacements(request: HttpRequest, document: Document) -> list[tuple[int, str]]:
    same = visible_to(request.actor, on=request.today).filter(
        issuer=document.issuer_id, direction=document.direction, secrecy=0, state__in=[*Document.OPEN, Document.State.DONE]
    )
    return [(one.pk, f"{one.symbol} · {one.summary[:80]}") for one in same.exclude(pk=document.pk).order_by("-pk")[:50]]


def _may_register(request: HttpRequest) -> bool:
    standing = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    return bool(standing and standing.may(Verb.REGISTER))
