"""Phương án bố trí ra Excel: một dòng một người, cả vị trí chính và kiêm nhiệm; một trang theo vị trí."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.tables import Sheet, write_workbook
from tinhgon.reorg import checks
from tinhgon.reorg.models import Placement, Proposal
from tinhgon.web.pages.reorg.placing.common import desk_for

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Đúng cái trang phương án cho xem, cho đúng những người xem được nó."""
    desk = desk_for(request, reorg_id)
    placement = next((one for one in desk.variants if one.pk == placement_id), None)
    if placement is None:
        raise NotFound(Reason("placement.not_found", _("Không có phương án này, hoặc bạn không được xem.")))
    placement.reorganisation = desk.reorg
    rows = list(
        placement.proposals.select_related("person", "post", "appointment__post").prefetch_related("seconds__post").order_by("person__name_key", "pk")
    )
    data = write_workbook([_people(placement, rows), _posts(placement, rows)])
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="bo-tri-{placement.pk}.xlsx"'
    return response


def _people(placement: Placement, rows: Iterable[Proposal]) -> Sheet:
    titles = (_("Họ và tên"), _("Vị trí đang giữ"), _("Đơn vị đang công tác"), _("Vị trí chính"), _("Đơn vị"), _("Kiêm nhiệm"), _("Ý kiến"))
    return Sheet(_("Theo người"), titles, list(_lines(placement, list(rows))))


def _lines(placement: Placement, rows: list[Proposal]) -> Iterator[tuple[object, ...]]:
    units = {one.appointment.post.unit_id for one in rows} | {one.post.unit_id for one in rows if one.post}
    units |= {second.post.unit_id for one in rows for second in one.seconds.all()}
    names = checks.unit_names(sorted(units), placement.reorganisation)
    for one in rows:
        seconds = "; ".join(f"{second.post.title}, {names[second.post.unit_id]}" for second in one.seconds.all())
        place = (one.post.title, names[one.post.unit_id]) if one.post else (_("chưa có chỗ"), "")
        yield (one.person.full_name, one.appointment.post.title, names[one.appointment.post.unit_id], *place, seconds, one.get_state_display())


def _posts(placement: Placement, rows: Iterable[Proposal]) -> Sheet:
    held: dict[int, list[str]] = defaultdict(list)
    also: dict[int, list[str]] = defaultdict(list)
    for one in rows:
        if one.post_id:
            held[one.post_id].append(one.person.full_name)
        for second in one.seconds.all():
            also[second.post_id].append(one.person.full_name)
    posts = list(placement.reorganisation.planned_posts.order_by("unit", "rank", "pk"))
    names = checks.unit_names(sorted({post.unit_id for post in posts}), placement.reorganisation)
    titles = (_("Đơn vị"), _("Vị trí"), _("Số ghế"), _("Người giữ vị trí chính"), _("Người kiêm nhiệm"))
    lines = [(names[post.unit_id], post.title, post.seats, "; ".join(held[post.pk]), "; ".join(also[post.pk])) for post in posts]
    return Sheet(_("Theo vị trí"), titles, lines)
