"""Nạp thế giới mẫu: các bước theo thứ tự, trong một giao dịch, một dòng nhật ký."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.cli.demo import (
    accounts,
    attachments,
    documents,
    drafted,
    drafting,
    exchange,
    finding,
    history,
    intake,
    letters,
    numbers,
    people,
    personnel,
    placing,
    processing,
    reorganisation,
    scenarios,
    structure,
    tasks,
    wishes,
)
from tinhgon.cli.demo.geography import geography
from tinhgon.cli.demo.world import MORNING, SIZES, World
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.core.models import User


@transaction.atomic
def load(variant: str = "full", say: Callable[[str], None] = print) -> World:
    """Nạp vào cơ sở dữ liệu còn trống. ``variant``: "full", "small", hay "map" (xem ``world.SIZES``).

    ``Invalid`` khi không có cỡ ấy; ``Refused`` khi đã có tài khoản: không bao giờ trộn vào dữ liệu thật.
    """
    if variant not in SIZES:
        raise Invalid(Reason("demo.variant", _("Thế giới mẫu chỉ có ba cỡ: full, map và small."), "variant"))
    if User.objects.exists():
        raise Refused(Reason("demo.not_empty", _("Cơ sở dữ liệu đã có tài khoản: thế giới mẫu chỉ nạp vào nơi còn trống.")))
    clock.set_demo_time(MORNING)
    world = World(variant, geography(variant), say)
    say(_("Tổ chức: cấp ủy, cơ quan, vị trí"))
    structure.build(world)
    say(_("Cán bộ và phân công"))
    people.staff(world)
    accounts.open_all(world)
    say(_("Văn bản, sổ và luân chuyển"))
    documents.catalogue(world)
    half_done = drafting.letters(world)
    written = letters.write_all(world, list(accounts.letters(world))) + half_done
    documents.write(world, written)
    attachments.write(world, written)
    drafting.write(world, half_done)
    issued = drafted.write(world, written)
    history.write([letter.id for letter in [*half_done, *issued]], written)
    finding.write()
    exchange.write(world)
    intake.write(world)
    say(_("Số giữ, bản sao, chữ ký số"))
    numbers.write(world)
    say(_("Nhiệm vụ"))
    duties = tasks.write(world, written, list(accounts.duties(world)))
    say(_("Hồ sơ năng lực"))
    personnel.write(world)
    personnel.grade(world)
    wishes.write(world)
    personnel.ask(world)
    say(_("Ủy quyền, nhánh luân chuyển, hồ sơ, nộp lưu"))
    processing.write(world)
    counts = {"units": len(world.units), "documents": len(written), "tasks": len(duties)}
    if variant != "map":
        say(_("Phương án sắp xếp bộ máy"))
        reorg = reorganisation.prepare(world)
        say(_("Bố trí cán bộ"))
        placing.write(world, reorg)
        scenarios.draw(world)
        counts["reorganisation"] = reorg.pk
    record(SYSTEM, "demo.loaded", ("demo", variant), after=counts)
    return world
