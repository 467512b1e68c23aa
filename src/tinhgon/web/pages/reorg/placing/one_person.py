"""Một người trong phương án: đề xuất, vì sao, "vì sao không phải vị trí kia", lựa chọn khác cũng tốt như vậy."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.reorg import checks
from tinhgon.reorg.placing import explaining
from tinhgon.web.pages.reorg.common import number_in
from tinhgon.web.pages.reorg.placing.common import desk_for, show_desk
from tinhgon.web.pages.reorg.placing.words import post_choices


def page(request: HttpRequest, reorg_id: int, placement_id: int, person_id: int) -> HttpResponse:
    """``vi-tri``: vị trí mà người xem hỏi "vì sao không"."""
    desk = desk_for(request, reorg_id)
    placement = next((one for one in desk.variants if one.pk == placement_id), None)
    rows = placement.proposals.select_related("person", "post__field", "appointment__post", "answered_by").prefetch_related("seconds__post") if placement else None
    one = rows.filter(person=person_id).first() if rows is not None else None
    if placement is None or one is None:
        raise NotFound(Reason("placement.no_proposal", _("Không có đề xuất này, hoặc bạn không được xem.")))
    placement.reorganisation = desk.reorg
    desk.placement = placement
    asked = number_in(request, "vi-tri")
    context: dict[str, object] = {"one": one, "asked": asked, "choices": post_choices(desk), "pins": desk.reorg.pins.filter(person=person_id).select_related("post")}
    units = [one.appointment.post.unit_id, *([one.post.unit_id] if one.post else []), *(second.post.unit_id for second in one.seconds.all())]
    if not desk.drift:
        told = explaining.explained(placement, person_id, asked)
        context |= {"reasons": told.reasons, "why_not": told.why_not, "also_good": told.also_good, "options": told.options, "skills": told.skills}
        units += [post.unit_id for post in told.also_good]
    return show_desk(desk, "person.html", context | {"names": checks.unit_names(sorted(set(units)), desk.reorg)})
