"""Hai phương án soạn dở trên cùng bộ máy: tinh gọn khối cơ quan Thành ủy từ 01/9/2025, phương án hai nhân bản từ phương án một."""

from datetime import date

from tinhgon.cli.demo.world import World
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Kind
from tinhgon.reorg import services
from tinhgon.reorg.models import Gesture, Reorganisation
from tinhgon.reorg.services import NewUnit, Part

FIRST = "Tinh gọn cơ quan Thành ủy: giữ phòng, chia lại chức năng"
SECOND = "Tinh gọn cơ quan Thành ủy: ít phòng hơn"
EFFECTIVE = date(2025, 9, 1)


def draw(world: World) -> None:
    """Phương án một: một phòng mới tách ra, chống lãng phí về kiểm tra. Phương án hai: bớt phòng, trường về Ban Tổ chức."""
    office, inspection = world.unit("79", Kind.OFFICE), world.unit("79", Kind.INSPECTION)
    internal, organisation = world.unit("79", Kind.INTERNAL_AFFAIRS), world.unit("79", Kind.ORGANISATION)
    room = office.children[0]
    centre = next(unit for unit in world.city.children if unit.kind == Kind.CENTRE)
    first = services.create(SYSTEM, name=FIRST, decree_number="31-ĐA/TU", decree_date=date(2025, 6, 20), effective_on=EFFECTIVE)
    programme, resolutions = world.functions["th-chuong-trinh"], world.functions["th-nghi-quyet"]
    services.split_unit(
        SYSTEM, first.pk, unit_id=room.id,
        parts=[
            Part(unit_id=room.id, functions=[programme]),
            Part(new=NewUnit("Phòng Theo dõi nghị quyết, Văn phòng Thành ủy", office.id, Kind.ROOM), functions=[resolutions]),
        ],
    )  # fmt: skip
    second = services.copy(SYSTEM, first.pk, name=SECOND)
    services.move_function(SYSTEM, first.pk, function_id=world.functions["nc-tham-nhung"], from_id=internal.id, to_id=inspection.id)
    new_room = second.planned_units.get().unit_id
    services.drop_unit(SYSTEM, second.pk, unit_id=new_room)
    services.close_units(SYSTEM, second.pk, units=[room.id], receiver_id=office.id)
    services.move_units(SYSTEM, second.pk, units=[centre.id], parent_id=organisation.id)
    board = organisation.seats[0].person_id
    Reorganisation.objects.filter(pk__in=[first.pk, second.pk]).update(prepared_by=board)
    Gesture.objects.filter(reorganisation__in=[first, second]).update(made_by=board)
