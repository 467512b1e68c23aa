"""Hôm nay: việc cần người này ngay bây giờ, theo vai trò ở vị trí đang dùng. Nhiều nhất vài dòng mỗi phần, kèm số còn lại."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors as documents
from tinhgon.documents.selectors import signatures, stages, tray
from tinhgon.documents.services import saved as saved_searches
from tinhgon.org.models import Role
from tinhgon.tasks import selectors as tasks
from tinhgon.web.pages.documents.lists import count_of
from tinhgon.web.saved import open_address

_SHOWN = 8
MOST_ON_DESK = 6
_RESULT_DAYS = 90
_EXPIRING_DAYS = 2


@dataclass(frozen=True)
class Part:
    """Một phần của trang. ``rows``: vài dòng đầu; ``more``: còn bao nhiêu; ``template``: mẫu của một dòng.

    ``link``: chữ của đường tới ``url``, luôn hiện; bỏ trống thì "Xem tất cả", chỉ khi còn dòng chưa hiện.
    """

    title: str
    empty: str
    rows: list[Any]
    more: int
    template: str
    url: str = ""
    note: str = ""
    link: str = ""


def today(request: HttpRequest) -> HttpResponse:
    standing = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
    if standing is None:
        return render(request, "web/pages/today_nobody.html")
    build = _BY_ROLE.get(standing.role, _unit_head)
    context = build(request)
    return render(request, "web/pages/today.html", {"standing": standing, "saved": desk_searches(request), **context})


def desk_searches(request: HttpRequest) -> list[tuple[str, str, int | None]]:
    """(tên, địa chỉ, số văn bản) của các cách xem đưa ra Hôm nay; đếm tới một nghìn. Trang tìm kiếm thì không đếm."""
    return [
        (each.name, open_address(each), count_of(request, each))
        for each in saved_searches.mine(request.actor, on=request.today)
        if each.on_desk
    ][:MOST_ON_DESK]


def _part(rows: QuerySet[Any], prepare: Callable[[Any], list[Any]], template: str, **words: str) -> Part:
    """Một câu SQL: vài dòng đầu, mỗi dòng mang tổng số."""
    found = list(rows.annotate(in_all=Window(Count("*")))[:_SHOWN])
    in_all = found[0].in_all if found else 0
    return Part(rows=prepare(found), more=in_all - len(found), template=template, **words)


def _tasks(request: HttpRequest, rows: QuerySet[Any], title: str, empty: str, url: str = "") -> Part:
    return _part(
        rows, lambda found: tasks.rows_of(found, on=request.today), "web/parts/task_line.html", title=title, empty=empty, url=url
    )


def _lines(request: HttpRequest, rows: QuerySet[Any], title: str, empty: str) -> Part:
    return _part(
        rows, lambda found: documents.line_rows(found, on=request.today), "web/parts/line_line.html", title=title, empty=empty
    )


def _documents(rows: QuerySet[Any], title: str, empty: str) -> Part:
    return _part(rows, list, "web/parts/document_line.html", title=title, empty=empty)


def _opinions(who: dict[str, Any]) -> Part:
    found = stages.opinions_for_me(**who)
    return _part(found, list, "web/parts/opinion_line.html", title=_("Xin ý kiến của bạn"), empty=_("Không có dự thảo nào xin ý kiến bạn."))


def _signing(who: dict[str, Any]) -> Part:
    found = stages.steps_for_me(**who)
    return _part(found, list, "web/parts/waiting_line.html", title=_("Chờ bạn ký duyệt"), empty=_("Không có dự thảo nào chờ bạn ký duyệt."))


def _replaced(who: dict[str, Any]) -> Part:
    found = stages.replaced_for_me(**who)
    return _part(found, list, "web/parts/replaced_line.html", title=_("Người khác ký thay chỗ bạn"), empty="")


def _appraising(who: dict[str, Any]) -> Part:
    found = stages.appraisals_for_me(**who)
    return _part(found, list, "web/parts/waiting_line.html", title=_("Chờ bạn thẩm định"), empty=_("Không có dự thảo nào chờ thẩm định."))


def _to_issue(who: dict[str, Any]) -> list[Part]:
    """Văn bản chờ chính mình ký số; người chưa có khóa ký thì văn thư cấp số, không hỏi gì ở đây."""
    if not signatures.usable_keys(**who):
        return []
    joint = _documents(signatures.awaiting_joint_signature(**who), _("Chờ bạn ký liên tịch"), "")
    found = signatures.awaiting_signature(**who)
    words = {"title": _("Chờ bạn ký và ban hành"), "empty": "", "link": _("Ký nhiều văn bản"), "url": reverse("web:sign_many")}
    part = _part(found, list, "web/parts/document_line.html", **words)
    return [one for one in (part, joint) if one.rows]


def _asked(who: dict[str, Any]) -> list[Part]:
    """Việc với dự thảo của người khác; phần nào rỗng thì không hiện, để trang chỉ nói cái cần."""
    return [part for part in (_signing(who), _replaced(who), _appraising(who), _opinions(who)) if part.rows]


def _orphaned(who: dict[str, Any]) -> list[Part]:
    part = _documents(stages.orphaned_drafts(**who), _("Dự thảo bị trả lại, người soạn không còn ở đơn vị"), "")
    return [part] if part.rows else []


def _overdue(request: HttpRequest) -> str:
    return f"{reverse('web:tasks')}?chi=mo"


def _specialist(request: HttpRequest) -> dict[str, Any]:
    who = {"actor": request.actor, "on": request.today}
    return {
        "lead": _("Việc cần bạn bây giờ."),
        "parts": [
            _tasks(request, tasks.urgent(**who), _("Tới hạn và quá hạn"), _("Không có việc nào tới hạn trong ba ngày làm việc."), _overdue(request)),
            _lines(request, documents.my_lines(**who), _("Văn bản giao cho bạn"), _("Không có văn bản nào đang giao cho bạn.")),
            _documents(documents.returned_drafts(**who), _("Dự thảo bị trả lại"), _("Không có dự thảo nào bị trả lại.")),
            *_asked(who),
        ],
        "side": [_tasks(request, tasks.sent_back(**who), _("Việc phải làm lại"), _("Không có."))],
    }  # fmt: skip


def _expiring(request: HttpRequest) -> list[Part]:
    """Số giữ sắp hết hạn: dùng, hay trả lại, trước khi thành "hủy số". Không có thì không nói gì."""
    kept = documents.held_numbers(request.actor, on=request.today, within=_EXPIRING_DAYS)
    part = Part(
        title=_("Số sắp hết hạn giữ"), empty="", rows=kept[:_SHOWN], more=max(len(kept) - _SHOWN, 0),
        template="web/parts/kept_line.html", url=reverse("web:reservations"),
    )  # fmt: skip
    return [part] if part.rows else []


def _channels(who: dict[str, Any]) -> str:
    return ", ".join(f"{one.label} {one.waiting}" for one in tray.by_channel(**who))


def _clerk(request: HttpRequest) -> dict[str, Any]:
    who = {"actor": request.actor, "on": request.today}
    books = documents.registers(**who)
    return {
        "lead": _("Cái gì cần vào sổ, cấp số, gửi đi."),
        "action": (_("Mở khay, bắt đầu vào sổ"), reverse("web:tray_begin")),
        "totals": [
            (_("Vào sổ hôm nay"), sum(b.today for b in books if b.series.direction == "incoming")),
            (_("Cấp số hôm nay"), sum(b.today for b in books if b.series.direction != "incoming")),
            (_("Quá ngày chưa tiếp nhận"), documents.unacknowledged(**who).count()),
            (_("Số đã hủy"), sum(b.voided for b in books)),
            (_("Số chưa giải thích"), sum(b.unexplained for b in books)),
        ],
        "parts": [
            _part(
                tray.with_read(tray.waiting(**who)), list, "web/parts/arrival_line.html", title=_("Vừa tới, chờ vào sổ"), url=reverse("web:tray"),
                empty=_("Khay trống: không có gì chờ vào sổ."), note=_channels(who),
            ),
            _documents(documents.ready_to_issue(**who), _("Chờ cấp số"), _("Không có dự thảo nào chờ cấp số.")),
            _documents(signatures.awaiting_seal(**who), _("Đã ký số, chờ đóng dấu"), _("Không có văn bản nào chờ đóng dấu số.")),
            _lines(request, documents.arrivals(**who), _("Chờ tiếp nhận"), _("Không có văn bản nào chờ tiếp nhận.")),
        ],
        "side": [*_expiring(request), _lines(request, documents.unread_by_others(**who), _("Nơi nhận chưa tiếp nhận"), _("Mọi nơi đã tiếp nhận."))],
    }  # fmt: skip


def _unit_head(request: HttpRequest) -> dict[str, Any]:
    who = {"actor": request.actor, "on": request.today}
    return {
        "lead": _("Việc của đơn vị: tới hạn, mới đến, chờ bạn nghiệm thu."),
        "parts": [
            *_to_issue(who),
            *_asked(who),
            _tasks(request, tasks.urgent(**who), _("Tới hạn và quá hạn"), _("Không có việc nào tới hạn trong ba ngày làm việc."), _overdue(request)),
            _tasks(request, tasks.awaiting_approval(**who), _("Chờ nghiệm thu"), _("Không có kết quả nào chờ nghiệm thu.")),
            _tasks(request, tasks.arrivals(**who), _("Mới giao, chờ nhận"), _("Không có việc mới.")),
            _lines(request, documents.arrivals(**who), _("Văn bản chờ tiếp nhận"), _("Không có văn bản nào chờ tiếp nhận.")),
            _lines(
                request, documents.awaiting_assignment(**who), _("Chờ giao người, chờ kết luận"),
                _("Mọi văn bản đã tiếp nhận đều có người làm."),
            ),
            *_orphaned(who),
        ],
        "loads": tasks.loads(**who),
    }  # fmt: skip


def _office_head(request: HttpRequest) -> dict[str, Any]:
    who = {"actor": request.actor, "on": request.today}
    return {
        "lead": _("Cái gì sắp đỏ, ai đang quá tải, cái gì chờ bạn."),
        "risks": tasks.risks(**who),
        "parts": [
            *_to_issue(who),
            *_asked(who),
            _documents(documents.unrouted(**who), _("Chờ bạn bút phê"), _("Mọi văn bản đến đã có bút phê.")),
            _lines(request, documents.arrivals(**who), _("Văn bản chờ tiếp nhận"), _("Không có văn bản nào chờ tiếp nhận.")),
            _lines(
                request, documents.awaiting_assignment(**who), _("Chờ giao người, chờ kết luận"),
                _("Mọi văn bản đã tiếp nhận đều có người làm."),
            ),
            _tasks(request, tasks.awaiting_approval(**who), _("Chờ nghiệm thu"), _("Không có kết quả nào chờ nghiệm thu.")),
        ],
        "loads": tasks.loads(**who),
    }  # fmt: skip


def _standing_committee(request: HttpRequest) -> dict[str, Any]:
    who = {"actor": request.actor, "on": request.today}
    results = tasks.results(**who, since=request.today - timedelta(days=_RESULT_DAYS))
    return {
        "lead": _("Chỉ đạo của cấp ủy được làm tới đâu."),
        "totals_note": _("Nhiệm vụ giao trong %(days)d ngày qua") % {"days": _RESULT_DAYS},
        "totals": [
            (_("Đang làm, còn hạn"), results.doing),
            (_("Quá hạn chưa xong"), results.overdue),
            (_("Xong đúng hạn"), results.in_time),
            (_("Xong trễ"), results.late),
        ],
        "risks": tasks.risks(**who),
        "parts": [
            *_to_issue(who),
            *_asked(who),
            _tasks(request, tasks.awaiting_approval(**who), _("Chờ nghiệm thu"), _("Không có kết quả nào chờ nghiệm thu.")),
            _documents(documents.unrouted(**who), _("Văn bản đến chờ ý kiến"), _("Mọi văn bản đến đã có bút phê.")),
        ],
        "side": [_tasks(request, tasks.waiting_on_others(**who), _("Đang chờ các đơn vị"), _("Không chờ ai."))],
    }  # fmt: skip


def _inspection(request: HttpRequest) -> dict[str, Any]:
    late = tasks.tasks(request.actor, on=request.today, filters=tasks.Filters(overdue=True))
    return {
        "lead": _("Nhiệm vụ quá hạn của cấp mình và cấp dưới, chỉ xem."),
        "parts": [_tasks(request, late, _("Quá hạn"), _("Không có nhiệm vụ nào quá hạn."), f"{reverse('web:tasks')}?chi=qua-han")],
    }


def _administrator(request: HttpRequest) -> dict[str, Any]:
    return {
        "lead": _("Tài khoản và tình trạng hệ thống. Quản trị không xem nội dung công việc."),
        "parts": [],
        "links": [
            (_("Tài khoản"), _("Mời, khóa, đặt lại mật khẩu."), reverse("web:accounts")),
            (_("Tình trạng hệ thống"), _("Các kiểm tra thường trực."), reverse("web:health")),
        ],
    }  # fmt: skip


_BY_ROLE: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    Role.SPECIALIST: _specialist,
    Role.CLERK: _clerk,
    Role.OFFICE_HEAD: _office_head,
    Role.STANDING_COMMITTEE: _standing_committee,
    Role.INSPECTION: _inspection,
    Role.ADMINISTRATOR: _administrator,
}
