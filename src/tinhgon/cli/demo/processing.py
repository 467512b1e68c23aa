"""Một văn phòng đang sống: người vắng có người làm thay, nhánh đã chuyển xuống phòng, hồ sơ ở nhiều trạng thái, gói nộp lưu,
danh mục hủy chờ xét giá trị. Đi qua động từ thật, nên mọi quy tắc và nhật ký đều thật.
"""

import random
from datetime import date, timedelta

from tinhgon.cli.demo.world import MORNING, SEED, TODAY, Unit, World
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document, Dossier, RetentionPeriod, RoutingLine
from tinhgon.documents.services import archiving, disposing, dossiers, forwarding, lines, remarks
from tinhgon.org.models import Appointment, Covers
from tinhgon.org.services.standing_in import stand_in

_REMARKS = (
    "Giao phòng chủ trì tham mưu, báo cáo trước ngày làm việc cuối tuần.", "Kính chuyển Thường trực cho ý kiến.",
    "Văn phòng tổng hợp, trình tại phiên họp gần nhất.", "Để biết, lưu hồ sơ.",
)  # fmt: skip
_TITLES = (
    "Hồ sơ tổng kết công tác văn phòng cấp ủy sáu tháng đầu năm", "Hồ sơ chuẩn bị hội nghị Ban Chấp hành lần thứ hai mươi",
    "Hồ sơ chuyển đổi số trong cơ quan Đảng", "Hồ sơ kiểm kê con dấu và thiết bị lưu khóa bí mật",
    "Hồ sơ phục vụ đại hội đảng bộ cơ sở",
)  # fmt: skip
_OLD_TITLES = ("Hồ sơ lịch công tác tuần năm 2021", "Hồ sơ mời họp, giấy giới thiệu năm 2021", "Hồ sơ đăng ký xe đi công tác năm 2021")
_PAPERS = ("Biên bản họp viết tay", "Danh sách ký nhận tài liệu", "Phiếu lấy ý kiến đã thu về")


def write(world: World) -> None:
    rng = random.Random(SEED + 9)
    _absences()
    _branches(world, rng)
    for text in _REMARKS:
        remarks.add_template(_actor("chanhvanphong"), on=TODAY, text=text)
    _dossiers(world, rng)


def _appointment(username: str) -> Appointment:
    return Appointment.objects.get(person__user__username=username, is_main=True, valid__contains=TODAY)


def _actor(username: str) -> Actor:
    row = Appointment.objects.select_related("person").get(pk=_appointment(username).pk)
    return Actor(row.person.user_id, row.pk)


def _absences() -> None:
    """Phó Chánh Văn phòng đi công tác, Chánh Văn phòng làm thay; tuần sau văn thư nghỉ phép, chuyên viên làm thay phần văn bản."""
    away, deputy = _appointment("kiemnhiem"), _appointment("chanhvanphong")
    stand_in(
        SYSTEM, on=TODAY, appointment_id=away.pk, person_id=deputy.person_id, first_day=TODAY, last_day=TODAY + timedelta(days=3),
        reason="Đi công tác tại các phường mới",
    )  # fmt: skip
    away, deputy = _appointment("vanthu"), _appointment("chuyenvien")
    stand_in(
        SYSTEM, on=TODAY, appointment_id=away.pk, person_id=deputy.person_id, first_day=TODAY + timedelta(days=6),
        last_day=TODAY + timedelta(days=10), reason="Nghỉ phép năm", covers=Covers.DOCUMENTS,
    )  # fmt: skip


def _branches(world: World, rng: random.Random) -> None:
    """Vài dòng chủ trì của cơ quan có phòng: chuyển xuống phòng, một phòng đã tiếp nhận, một phòng trả lại, có nơi phối hợp."""
    rooms = {unit.id: [child for child in unit.children if not child.is_organ] for unit in world.units if unit.is_organ}
    roomy = [unit for unit, inside in rooms.items() if inside]
    found = RoutingLine.objects.filter(
        to_unit__in=roomy, role=RoutingLine.Role.LEAD, state__in=RoutingLine.OPEN, document__secrecy=0
    ).order_by("pk")[:12]
    units = {unit.id: unit for unit in world.units}
    for number, line in enumerate(found):
        inside = rooms[line.to_unit_id]
        people = [seat.person_id for seat in units[line.to_unit_id].seats if seat.person_id != line.assignee_id][:2]
        lead, *helping = forwarding.forward(
            SYSTEM, on=TODAY, line_id=line.pk, lead_id=inside[0].id, coordinating=[room.id for room in inside[1:2]], persons=people,
            remark=rng.choice(_REMARKS[:3]),
        )  # fmt: skip
        if number % 2 == 0:
            lines.accept_line(SYSTEM, on=TODAY, line_id=lead.pk)
            _give(lead, inside[0])
        for child, what in zip(helping, ("done", "returned"), strict=False):
            if what == "done":
                lines.finish_line(SYSTEM, on=TODAY, line_id=child.pk, note="Đã góp ý, thống nhất với dự thảo báo cáo.")
            else:
                lines.return_line(SYSTEM, on=TODAY, line_id=child.pk, reason="Không thuộc lĩnh vực được phân công")
    # Một sáng làm việc, không phải giờ máy lúc nạp: thế giới mẫu nạp lại phải giống hệt.
    forwarded = RoutingLine.objects.filter(parent__isnull=False)
    forwarded.update(sent_at=MORNING - timedelta(minutes=20))
    forwarded.filter(accepted_at__isnull=False).update(accepted_at=MORNING - timedelta(minutes=10))
    forwarded.filter(finished_at__isnull=False).update(finished_at=MORNING - timedelta(minutes=5))


def _give(line: RoutingLine, room: Unit) -> None:
    seat = next((seat for seat in room.seats if seat.role == "specialist"), None)
    if seat is not None:
        lines.assign_line(SYSTEM, on=TODAY, line_id=line.pk, person_id=seat.person_id)


def _dossiers(world: World, rng: random.Random) -> None:
    office = world.unit("79", "office")
    keeper, mine = _appointment("chuyenvien").person_id, visible_to(_actor("chuyenvien"), on=TODAY)
    periods = {period.code: period.pk for period in RetentionPeriod.objects.all()}
    done = list(
        mine.filter(state=Document.State.DONE, secrecy=0, attachments__isnull=False, issued_on__lt=TODAY - timedelta(days=25))
        .distinct().order_by("pk").values_list("pk", flat=True)[:20]
    )  # fmt: skip
    busy = list(
        mine.filter(state__in=Document.OPEN, secrecy=0).order_by("-pk").values_list("pk", flat=True)[:6]
    )
    made = [
        _dossier(office, keeper, title, periods[code], date(2025, 1, 6 + number), rng.sample(done, k=min(4, len(done))), rng)
        for number, (title, code) in enumerate(zip(_TITLES, ("70-nam", "vinh-vien", "20-nam", "10-nam", "10-nam"), strict=True))
    ]
    for document in busy:
        dossiers.file_document(SYSTEM, on=TODAY, dossier_id=made[0].pk, document_id=document)
    for dossier in made[2:]:
        dossiers.close_dossier(SYSTEM, on=TODAY - timedelta(days=20), dossier_id=dossier.pk)
    received = archiving.hand_over(SYSTEM, on=TODAY - timedelta(days=10), dossier_ids=[made[3].pk], note="Nộp lưu quý II")
    archiving.receive(_actor("vanthu"), on=TODAY, transfer_id=received.pk, note="Đủ mục lục, đã đối chiếu bản giấy")
    archiving.hand_over(SYSTEM, on=TODAY, dossier_ids=[made[4].pk])
    old = [_dossier(office, keeper, title, periods["2-nam"], date(2021, 1, 4), [], rng) for title in _OLD_TITLES]
    for dossier in old:
        dossiers.close_dossier(SYSTEM, on=date(2021, 12, 30), dossier_id=dossier.pk)
    dossiers.hold_dossier(SYSTEM, on=TODAY, dossier_id=old[2].pk, reason="Đang phục vụ kiểm tra tài chính đảng")
    disposing.make_disposal(
        _actor("vanthu"), on=TODAY, unit_id=office.id, title="Danh mục hồ sơ hết giá trị năm 2025",
        dossier_ids=[dossier.pk for dossier in old[:2]],
    )  # fmt: skip


def _dossier(office: Unit, keeper: int, title: str, period: int, opened: date, documents: list[int], rng: random.Random) -> Dossier:
    dossier = dossiers.open_dossier(SYSTEM, on=opened, title=title, retention_id=period, unit_id=office.id)
    Dossier.objects.filter(pk=dossier.pk).update(keeper=keeper)
    for document in documents:
        dossiers.file_document(SYSTEM, on=max(opened, TODAY - timedelta(days=25)), dossier_id=dossier.pk, document_id=document)
    dossiers.add_paper(
        SYSTEM, on=max(opened, date(2021, 6, 1)), dossier_id=dossier.pk, title=rng.choice(_PAPERS), pages=rng.randint(1, 12),
        note="Bản giấy ở tủ hồ sơ phòng",
    )  # fmt: skip
    return dossier
