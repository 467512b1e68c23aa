"""Cơ quan cùng ban hành của một dự thảo, và bản đã ký mà văn thư nhận từ cơ quan ấy."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, JointOrgan
from tinhgon.documents.selectors.joint import joint_of
from tinhgon.documents.selectors.paper import ground_of
from tinhgon.documents.selectors.paths import leaders_of
from tinhgon.documents.services import joint
from tinhgon.documents.services.joint import JointSeat
from tinhgon.org.selectors.units import units_at
from tinhgon.web.choices import Grouped, receivers
from tinhgon.web.forms.joint import JointForm, ReceivedForm
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page

_MANY = 30
"""Nhóm cơ quan đông hơn thế (các phường, xã) thì không gợi sẵn người ký: bỏ trống, người đứng đầu ký."""


def organs(request: HttpRequest, document_id: int) -> HttpResponse:
    """Đặt các cơ quan cùng ban hành và người ký của mỗi cơ quan."""
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    named = joint_of(document, on=request.today)
    offered = _organs(document, request)
    near = {unit for label, units in offered if len(units) <= _MANY for unit, _name in units} | {one.unit.id for one in named if one.unit}
    seats = [
        JointSeat(
            unit_id=one.unit.id if one.unit else None, name="" if one.unit else one.name, symbol="" if one.unit else one.symbol,
            person_id=one.row.person_id, signer_name="" if one.unit else one.row.signer_name, position=one.row.signer_position,
            authority=one.row.authority,
        )
        for one in named
    ]  # fmt: skip
    form = JointForm(request.POST or None, organs=offered, leaders=_leaders(near, request), seats=seats)
    return verb_page(request, VerbPage(
        title=_("Cơ quan cùng ban hành"), submit=_("Lưu"), done=_("Đã lưu các cơ quan cùng ban hành."), back=address(document), form=form,
        call=lambda _data: joint.name_joint_organs(request.actor, on=request.today, document_id=document_id, organs=form.seats),
        about=document.summary, keep=f"lien-tich-{document_id}", consequences=_said(document, request), template="web/pages/drafting/joint.html",
    ))  # fmt: skip


def received(request: HttpRequest, joint_id: int) -> HttpResponse:
    """Văn thư ghi nhận bản đã ký của một cơ quan cùng ban hành."""
    row = JointOrgan.objects.filter(pk=joint_id).first()
    if row is None:
        raise Http404
    document = document_for(request.actor, row.document_id, to="receive_signature", on=request.today)
    name = next(one.name for one in joint_of(document, on=request.today) if one.row.pk == joint_id)
    return verb_page(request, VerbPage(
        title=_("Đã nhận bản ký của %(organ)s") % {"organ": name}, submit=_("Ghi nhận"), done=_("Đã ghi nhận bản đã ký."), back=address(document),
        form=ReceivedForm(request.POST or None, today=request.today), about=document.summary,
        call=lambda data: joint.receive_signature(request.actor, on=request.today, joint_id=joint_id, **data),
        consequences=[
            _("Bạn đã thấy chữ ký của %(name)s trên bản giấy hay bản của cơ quan ấy.") % {"name": row.signer_name or _("người ký")},
            _("Bản quét đủ chữ ký đưa lên lúc cấp số; văn bản bị sửa thì phải nhận lại."),
        ],
    ))  # fmt: skip


def _said(document: Document, request: HttpRequest) -> list[str]:
    """Cơ quan chủ trì, thứ tự, và chỗ đứng của khối ký theo quy tắc nào: các nguồn nói khác nhau thì nói ra."""
    known = ground_of(document, on=request.today)
    said = [
        _("%(organ)s chủ trì, đứng trước và cho số; dưới đây là các cơ quan cùng ban hành, theo thứ tự in trên văn bản.")
        % {"organ": known.organ.name if known.organ else _("Cơ quan đứng tên")},
        _("Người ký của từng cơ quan được mời lần lượt khi trình ký; cơ quan ngoài hệ thống thì văn thư ghi nhận bản đã ký."),
    ]
    rule = known.rules.rule("joint.signatures")
    if rule is not None and rule.certainty == "conflict":
        said.append(_("%(rule)s (%(source)s): các nguồn nói khác nhau, cơ quan đối chiếu rồi sửa ở trang Quy tắc.") % {"rule": rule.wording, "source": rule.source})
    return said


def _organs(document: Document, request: HttpRequest) -> Grouped:
    """Cơ quan có thể cùng đứng tên: cơ quan và cấp ủy quanh nơi soạn, không có phòng bên trong."""
    rooms = _("Phòng, bộ phận bên trong")
    return [(label, found) for label, found in receivers(document.holder_id, on=request.today) if label != rooms]


def _leaders(unit_ids: Iterable[int], request: HttpRequest) -> Grouped:
    names = units_at(unit_ids, on=request.today)
    lines: dict[int, list[Any]] = {}
    for line in leaders_of(*names, on=request.today) if names else ():
        lines.setdefault(line.unit_id, []).append((line.person_id, f"{line.full_name}, {line.title}"))
    return [(unit.name, lines[unit.id]) for unit in names.values() if unit.id in lines]
