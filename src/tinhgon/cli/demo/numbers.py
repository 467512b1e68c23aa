"""Sổ và chữ ký của thế giới mẫu: nhà cấp mẫu, khóa của vài người, con dấu số, văn bản đã ký, số giữ, số chèn, bản sao, liên tịch.

Khóa và con dấu sinh ngay lúc nạp, không có giá trị gì ngoài thế giới mẫu; mật khẩu là mật khẩu của các tài khoản mẫu. Đi qua động từ thật.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings

from tinhgon.cli.demo.accounts import LOGINS, PASSWORD, seat
from tinhgon.cli.demo.world import MORNING, TODAY, Seat, Unit, World
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.models import User
from tinhgon.documents import services
from tinhgon.documents.models import ApprovalStep, CopyKind, Document, DraftVersion, NumberSeries
from tinhgon.documents.selectors.paths import proposed_seats
from tinhgon.documents.services import (
    approval,
    copying,
    drafting,
    issuing,
    joint,
    keys,
    reserving,
    sealing,
    trust,
    versions,
)
from tinhgon.documents.services.joint import JointSeat
from tinhgon.documents.services.sealing import Unlock
from tinhgon.engine.signing import authority
from tinhgon.org.models import Person

_SINCE = MORNING - timedelta(days=180)
_SIGNERS = ("chanhvanphong", "bantochuc", "thuongtruc", "bithu.bennghe")
_RECEIVERS = "- Thường trực Thành ủy (để báo cáo),\n- Các cơ quan tham mưu, giúp việc Thành ủy,\n- Lưu Văn phòng."
_PLACE = "Thành phố Hồ Chí Minh"
_BODIES = (
    "Căn cứ Chương trình công tác năm 2025, {organ} thông báo lịch làm việc và phân công chuẩn bị hội nghị tháng 7.\n"
    "1. Các đơn vị gửi báo cáo trước 16 giờ ngày 04/7/2025.\n2. Phòng Tổng hợp chủ trì, rà soát, trình duyệt trước hội nghị hai ngày.\n"
    "Đề nghị các đơn vị nghiêm túc thực hiện.",
    "Thực hiện ý kiến chỉ đạo của Thường trực, {organ} đề nghị các cơ quan rà soát hồ sơ, sổ văn bản và con dấu trước khi chuyển giao.\n"
    "- Khóa sổ ở số cuối, lập biên bản;\n- Bàn giao hồ sơ đang giải quyết kèm danh mục.\nBáo cáo kết quả trong ngày.",
    "{organ} mời đại diện các cơ quan dự họp rà soát việc ký số và gửi nhận văn bản.\nThời gian: 14 giờ ngày 03/7/2025.\n"
    "Đề nghị đến đúng giờ, mang theo thiết bị ký.",
)


def write(world: World) -> int:
    """Nạp; trả về số văn bản thêm vào."""
    before = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    ca = authority.open_authority("Nhà cấp chứng thư mẫu (không có giá trị thật)", since=_SINCE)
    trust.add_anchor(SYSTEM, on=TODAY, data=ca.pem.encode())
    _long_term(ca)
    signing = {name: _enrol(ca, *_who(world, name)) for name in _SIGNERS}
    clerk, clerk_seat = _who(world, "vanthu")
    office = clerk_seat.unit
    seals = {unit.id: _enrol_seal(ca, clerk, unit) for unit in (office, office.committee)}
    head, head_seat = _who(world, "chanhvanphong")
    desk = Desk(world, _who(world, "chuyenvien")[0], office, head, head_seat)
    for n, (kind, summary) in enumerate(_SIGNED):
        draft = desk.ready(kind, summary, _BODIES[n % len(_BODIES)])
        if n < 3:
            issued = issuing.sign_and_issue(head, on=TODAY, document_id=draft.pk, unlock=signing["chanhvanphong"])
            if n < 2:
                sealing.seal(clerk, on=TODAY, document_id=issued.pk, unlock=seals[office.id])
    _numbers(desk, clerk)
    _joint(desk, clerk, signing["chanhvanphong"])
    written = Document.objects.filter(pk__gt=before).update(created_at=MORNING)  # đồng hồ vẫn chạy lúc nạp; thế giới mẫu thì không
    _yesterday(list(DraftVersion.objects.filter(document__gt=before).values_list("document", flat=True)))
    return written


def _yesterday(documents: list[int]) -> None:
    """Dự thảo soạn, trình và ký duyệt từ chiều hôm trước."""
    Document.objects.filter(pk__in=documents).update(created_at=MORNING - timedelta(hours=18))
    DraftVersion.objects.filter(document__in=documents).update(saved_at=MORNING - timedelta(hours=17))
    steps = ApprovalStep.objects.filter(document__in=documents)
    steps.filter(opened_at__isnull=False).update(opened_at=MORNING - timedelta(hours=16))
    steps.filter(acted_at__isnull=False).update(acted_at=MORNING - timedelta(hours=15))


_SIGNED = (
    ("thong-bao", "lịch làm việc tuần và phân công chuẩn bị hội nghị tháng 7"),
    ("cong-van", "về việc khóa sổ văn bản và bàn giao con dấu trước khi sắp xếp"),
    ("giay-moi", "họp rà soát việc ký số và gửi nhận văn bản điện tử"),
    ("thong-bao", "kết luận của Chánh Văn phòng về công tác văn thư quý II"),
    ("ke-hoach", "số hóa hồ sơ lưu trữ sáu tháng cuối năm 2025"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Chỗ soạn thảo: chuyên viên soạn, Chánh Văn phòng ký, Văn phòng đứng tên."""

    world: World
    author: Actor
    office: Unit
    head: Actor
    signer: Seat

    def ready(self, kind: str, summary: str, body: str) -> Document:
        """Đã soạn, trình, ký duyệt; chờ cấp số."""
        draft = self.in_round(kind, summary, body, [])
        self.approve(draft, self.head)
        return draft

    def in_round(self, kind: str, summary: str, body: str, organs: list[JointSeat]) -> Document:
        """Đã ghi các cơ quan cùng ban hành (nếu có) và trình ký."""
        draft = drafting.create_draft(
            self.author, on=TODAY, type_id=self.world.types[kind][0], summary=summary, issuer_id=self.office.id, signer_name=self.signer.name,
            signer_position="CHÁNH VĂN PHÒNG", receivers=_RECEIVERS, place=_PLACE,
        )  # fmt: skip
        versions.save_version(self.author, on=TODAY, document_id=draft.pk, body=body.format(organ=self.office.name))
        if organs:
            joint.name_joint_organs(self.author, on=TODAY, document_id=draft.pk, organs=organs)
        asked = [seat for seat in proposed_seats(draft, on=TODAY) if seat.kind in (ApprovalStep.Kind.JOINT, ApprovalStep.Kind.SIGN)]
        seats = [replace(seat, order=order) for order, seat in enumerate(asked, start=1)]
        approval.submit(self.author, on=TODAY, document_id=draft.pk, seats=seats)
        return draft

    def approve(self, draft: Document, *signers: Actor) -> None:
        for actor in signers:
            approval.approve(actor, on=TODAY, step_id=draft.approval_steps.get(state=ApprovalStep.State.WAITING).pk)


def _numbers(desk: Desk, clerk: Actor) -> None:
    """Số giữ (một số sắp hết hạn, một số đã trả lại), số chèn, bản sao."""
    world, office = desk.world, desk.office
    held = (("cong-van", "Chờ Thường trực ký thư mời họp", 1), ("ke-hoach", "Kế hoạch đang lấy ý kiến lần cuối", 7))
    for kind, reason, days in held:
        reserving.reserve(
            clerk, on=TODAY, type_id=world.types[kind][0], reason=reason, until=TODAY + timedelta(days=days), issuer_id=office.id, unit_id=office.id,
        )  # fmt: skip
    given_back = reserving.reserve(
        clerk, on=TODAY, type_id=world.types["bao-cao"][0], reason="Báo cáo tháng 6 chờ số liệu", until=TODAY, issuer_id=office.id,
        unit_id=office.id,
    )  # fmt: skip
    reserving.release(clerk, on=TODAY, reservation_id=given_back.pk, reason="Gộp vào báo cáo sáu tháng")
    last = Document.objects.filter(
        series__organ=office.id, series__is_secret=False, series__kind=NumberSeries.Kind.ORDINARY, type=world.types["cong-van"][0],
        direction="outgoing", number_suffix="", issued_on__lt=TODAY,
    ).order_by("-number").first()  # fmt: skip
    if last is not None and last.number and last.issued_on:
        late = desk.ready("cong-van", "về việc cử cán bộ dự tập huấn công tác văn thư", _BODIES[2])
        issuing.insert_late(
            clerk, on=TODAY, document_id=late.pk, after=last.number, dated=last.issued_on, reason="Đã ký và gửi bản giấy hôm ấy, sót khi vào sổ"
        )
    guide = desk.ready("huong-dan", "phối hợp rà soát hồ sơ cán bộ khi sắp xếp bộ máy", _BODIES[1])
    made = services.issue(clerk, on=TODAY, document_id=guide.pk)
    for kind in (CopyKind.FULL, CopyKind.EXTRACT):
        copying.copy(
            clerk, on=TODAY, document_id=made.pk, kind=kind, signer_name=desk.signer.name, signer_position="CHÁNH VĂN PHÒNG",
            extract="- Bàn giao hồ sơ đang giải quyết kèm danh mục." if kind == CopyKind.EXTRACT else "",
        )  # fmt: skip


def _joint(desk: Desk, clerk: Actor, unlock: Unlock) -> None:
    """Văn bản liên tịch của Văn phòng và Ban Tổ chức: một đã ban hành, một chờ Ban ký số, một đang trình Ban ký, có cả cơ quan ngoài."""
    board, board_seat = _who(desk.world, "bantochuc")
    block = JointSeat(unit_id=board_seat.unit.id, person_id=board_seat.person_id, position="TRƯỞNG BAN TỔ CHỨC")
    outside = JointSeat(name="Ban Thường trực Ủy ban Mặt trận Tổ quốc Thành phố", symbol="MTTQ", signer_name="Tạ Thị Ngoại Vụ Mẫu", position="PHÓ CHỦ TỊCH")
    made = [desk.in_round(kind, summary, _BODIES[1], [block, *more]) for kind, summary, more in (
        ("huong-dan", "phối hợp rà soát hồ sơ cán bộ của hai cơ quan khi sắp xếp bộ máy", []),
        ("ke-hoach", "phối hợp bàn giao hồ sơ cán bộ, đảng viên trước ngày 01/7/2025", []),
        ("thong-bao", "lịch phối hợp tiếp nhận hồ sơ tổ chức cơ sở đảng", [outside]),
    )]  # fmt: skip
    for draft in made[:2]:
        desk.approve(draft, board, desk.head)
    services.issue(clerk, on=TODAY, document_id=made[0].pk)
    issuing.sign_and_issue(desk.head, on=TODAY, document_id=made[1].pk, unlock=unlock)


def _long_term(ca: authority.Authority) -> None:
    """Danh sách thu hồi (có một chứng thư đã lộ) và máy dấu thời gian của nhà cấp mẫu: chữ ký mang bằng chứng lâu dài mà không qua mạng."""
    lost = authority.issue(ca, "Khóa đã báo mất (mẫu)", "Văn phòng", since=_SINCE)
    listed = authority.revoke(ca, [lost.certificate], at=MORNING - timedelta(days=20), now=MORNING - timedelta(days=1))
    trust.load_revocations(SYSTEM, on=TODAY, data=listed)
    clock = authority.issue(ca, "Máy dấu thời gian mẫu (không có giá trị thật)", "Nhà cấp chứng thư mẫu", since=_SINCE, rsa=True, stamps=True)
    settings.DEMO_CLOCK.touch(mode=0o600)
    settings.DEMO_CLOCK.write_bytes(clock.p12(""))


def _who(world: World, username: str) -> tuple[Actor, Seat]:
    login = next(login for login in LOGINS if login.username == username)
    found = seat(world, login)
    return Actor(User.objects.get(username=username).pk, found.appointment_id), found


def _enrol(ca: authority.Authority, actor: Actor, found: Seat) -> Unlock:
    name = Person.objects.get(pk=found.person_id).full_name
    made = authority.issue(ca, name, found.unit.name, since=_SINCE)
    return Unlock(keys.enrol_file(actor, on=TODAY, data=made.p12(PASSWORD), passphrase=PASSWORD).pk, PASSWORD)


def _enrol_seal(ca: authority.Authority, clerk: Actor, unit: Unit) -> Unlock:
    made = authority.issue(ca, unit.name, unit.committee.name, since=_SINCE)
    return Unlock(keys.enrol_file(clerk, on=TODAY, data=made.p12(PASSWORD), passphrase=PASSWORD, unit_id=unit.id).pk, PASSWORD)
