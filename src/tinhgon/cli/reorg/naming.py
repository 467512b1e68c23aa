"""Gọi tên một lần sắp xếp và các đơn vị của nó trên dòng lệnh."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, add_actor, unit_named
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.reorg.access import visible_to
from tinhgon.reorg.models import Reorganisation

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands, Parser


def verb(verbs: "Commands", name: str, text: str, *, on_one: bool = True) -> "Parser":
    """Một lệnh con; ``on_one``: làm trên một lần sắp xếp đã có."""
    parser = verbs.add_parser(name, help=text)
    add_actor(parser)
    if on_one:
        parser.add_argument("reorg", metavar="REORG", help=_("số thứ tự, số quyết định, hoặc tên"))
    return parser


def reorg_of(args: argparse.Namespace) -> Reorganisation:
    """Lần sắp xếp nêu trên dòng lệnh, trong những lần người hành động được thấy."""
    text = args.reorg
    seen = visible_to(actor_of(args), on=clock.today()).select_related("handover", "progress")
    found = list(seen.filter(pk=int(text)) if text.isdigit() else seen.filter(Q(decree_number__iexact=text) | Q(name__iexact=text)))
    if not found and not text.isdigit():
        found = list(seen.filter(name__icontains=text))
    if not found:
        raise NotFound(Reason("reorg.not_found", _("Không có lần sắp xếp “%(text)s”: xem tinhgon reorg list.") % {"text": text}))
    if len(found) > 1:
        raise Invalid(Reason("reorg.many", _("Có %(n)d lần sắp xếp tên như “%(text)s”: dùng số.") % {"n": len(found), "text": text}))
    return found[0]


def predecessor(reorg: Reorganisation, text: str) -> int:
    """Đơn vị giao, theo mã hay tên ngày trước hiệu lực."""
    eve = reorg.effective_on - timedelta(days=1)
    return unit_named(text, on=eve, among=set(reorg.successions.values_list("predecessor_id", flat=True)))


def heir(reorg: Reorganisation, text: str) -> int:
    """Nơi kế thừa: đơn vị mới của phương án theo mã, ``#danh-tính`` hay tên, hoặc đơn vị đang có."""
    among = set(reorg.successions.values_list("successor_id", flat=True))
    if text.startswith("#") and text[1:].isdigit() and int(text[1:]) in among:
        return int(text[1:])
    planned = reorg.planned_units.filter(Q(code=text, template__regex=r"^[^/]*$") | Q(name__iexact=text))
    ids = list(planned.values_list("unit_id", flat=True)[:2])
    if len(ids) == 1:
        return ids[0]
    return unit_named(text, on=reorg.effective_on, among=among)
