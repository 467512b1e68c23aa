"""Điều hướng bên trái: nhóm theo việc người ta làm, chỉ hiện cái người này dùng được, số chỉ hiện khi có việc chờ."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors as documents
from tinhgon.documents.selectors import exchange, stages, tray
from tinhgon.org.models import Role
from tinhgon.org.rights import Verb
from tinhgon.reorg.selectors import placement
from tinhgon.tasks import selectors as tasks


@dataclass
class Item:
    label: str
    url: str
    active: bool = False
    waiting: int = 0


@dataclass
class Group:
    """``label`` rỗng: các mục đứng riêng, không tiêu đề nhóm."""

    label: str
    items: list[Item] = field(default_factory=list)


_UNDER = {"web:documents_drafts": ("web:templates",), "web:dossiers": ("web:archive_transfers", "web:disposals")}
"""Trang không nằm dưới địa chỉ của mục mà vẫn thuộc mục ấy."""

_NOT_UNDER = {"web:people": ("web:grading_rounds", "web:wish_rounds", "web:pulse_list")}
"""Trang nằm dưới địa chỉ của mục mà là một mục riêng."""


def groups_for(request: HttpRequest) -> list[Group]:
    scope = request.scope
    has_content = any(standing.role != Role.ADMINISTRATOR for standing in scope.standings)
    here = request.path
    who = {"actor": request.actor, "on": request.today}

    def item(label: str, name: str, waiting: int = 0) -> Item | None:
        try:
            url = reverse(name)
        except NoReverseMatch:
            return None
        active = here == url if url == "/" else here.startswith((url, *(reverse(other) for other in _UNDER.get(name, ()))))
        active = active and not here.startswith(tuple(reverse(other) for other in _NOT_UNDER.get(name, ())))
        return Item(label, url, active, waiting)

    wanted: list[tuple[str, list[Item | None]]] = [("", [item(_("Hôm nay"), "web:today")])]
    if has_content:
        wanted.append((_("Văn bản"), [
            item(_("Khay đến"), "web:tray", tray.waiting(**who).count()) if scope.may(Verb.REGISTER) else None,
            item(_("Văn bản đến"), "web:documents_incoming", documents.arrivals(**who).count()),
            item(_("Văn bản đi"), "web:documents_outgoing"),
            item(_("Gửi, nhận"), "web:exchange", exchange.requests_waiting(**who).count()) if scope.may(Verb.REGISTER) else None,
            item(_("Dự thảo"), "web:documents_drafts", documents.ready_to_issue(**who).count() + stages.waiting_count(**who)),
            item(_("Hồ sơ"), "web:dossiers"),
            item(_("Sổ"), "web:registers") if scope.clerk_units | scope.whole_units else None,
            item(_("Quy tắc thể thức"), "web:rule_sets"),
        ]))  # fmt: skip
        wanted.append((_("Công việc"), [item(_("Nhiệm vụ"), "web:tasks", tasks.arrivals(**who).count() + tasks.awaiting_approval(**who).count())]))
    own = placement.own_waiting(**who)
    wanted.append((_("Bộ máy"), [
        item(_("Tổ chức"), "web:organisation"),
        item(_("Cán bộ"), "web:people"),
        item(_("Xếp loại"), "web:grading_rounds"),
        item(_("Nguyện vọng"), "web:wish_rounds"),
        item(_("Khảo sát"), "web:pulse_list"),
        item(_("Sắp xếp bộ máy"), "web:reorg") if scope.may(Verb.SEE_REORG) else None,
        item(_("Sáu tiêu chí"), "web:measures"),
        item(_("Đề xuất cho tôi"), "web:own_placement", own) if own is not None else None,
    ]))  # fmt: skip
    wanted.append((_("Quản trị"), [
        item(_("Tài khoản"), "web:accounts") if scope.may(Verb.KEEP_ACCOUNTS) else None,
        item(_("Nhà cấp chứng thư"), "web:trust") if scope.may(Verb.KEEP_TRUST) else None,
        item(_("Liên thông"), "web:exchange_admin") if scope.may(Verb.KEEP_EXCHANGE) else None,
        item(_("Tình trạng hệ thống"), "web:health") if scope.may(Verb.SEE_HEALTH) else None,
    ]))  # fmt: skip
    groups = [Group(label, [found for found in items if found]) for label, items in wanted]
    return [group for group in groups if group.items]
