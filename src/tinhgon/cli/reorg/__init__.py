"""``tinhgon reorg ...``: cả hành trình của một lần sắp xếp bằng dòng lệnh, mỗi lệnh một động từ của ``reorg.services``."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.reorg import carrying, comparing, planning, showing

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("reorg", help=_("sắp xếp bộ máy: nhập, kiểm kê, xem trước, chuyển giao, chứng minh, hoàn tác"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    for module in (showing, comparing, planning, carrying):
        module.add_verbs(verbs)
