"""``tinhgon account invite`` và ``reset``: liên kết mở tài khoản đầu tiên của một nhà mới, hay của quản trị quên mật khẩu."""

import argparse
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.cli.main import report
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.models import Person
from tinhgon.org.services import accounts

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands, Parser


def register(commands: "Commands") -> None:
    parser = commands.add_parser("account", help=_("tài khoản: liên kết mời, đặt lại mật khẩu"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    invite = verbs.add_parser("invite", help=_("mời một người mở tài khoản"))
    _add_person(invite)
    invite.add_argument("username", metavar="USERNAME")
    invite.set_defaults(run=run_invite)
    reset = verbs.add_parser("reset", help=_("liên kết đặt lại mật khẩu"))
    _add_person(reset)
    reset.set_defaults(run=run_reset)


def _add_person(parser: "Parser") -> None:
    parser.add_argument("person", metavar="CODE", help=_("số hiệu cán bộ"))
    parser.add_argument("--address", default="http://127.0.0.1:8000", help=_("địa chỉ của trang, để viết liên kết"))


def run_invite(args: argparse.Namespace) -> None:
    token = accounts.invite(SYSTEM, person_id=_person(args.person), username=args.username)
    _say_link(args, token)


def run_reset(args: argparse.Namespace) -> None:
    _say_link(args, accounts.reset(SYSTEM, person_id=_person(args.person)))


def _person(code: str) -> int:
    person = Person.objects.filter(code__iexact=code).first()
    if person is None:
        raise NotFound(Reason("no_person", _("Không có cán bộ mang số hiệu %(code)s.") % {"code": code}, "person"))
    return person.pk


def _say_link(args: argparse.Namespace, token: str) -> None:
    link = args.address.rstrip("/") + reverse("invitation", args=[token])
    sentence = _("Liên kết dùng một lần, hạn %(hours)d giờ: %(link)s")
    hours = int(accounts.VALID_FOR.total_seconds() // 3600)
    report(args, {"link": link, "hours": hours}, sentence % {"link": link, "hours": hours})
