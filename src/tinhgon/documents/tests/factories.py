"""Dựng một Thành ủy nhỏ có văn phòng, ban, phòng và hai phường, cùng người của từng vai trò; văn bản đi qua động từ thật."""

from dataclasses import dataclass, field
from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.documents import services
from tinhgon.documents.models import Document, DocumentType
from tinhgon.documents.services.form import form_objections
from tinhgon.documents.services.versions import save_version
from tinhgon.org.models import Appointment, Kind, Level, Role, Term, UnitVersion
from tinhgon.org.tests.factories import make_actor, make_unit

TODAY = date(2025, 6, 20)


def person_of(actor: Actor) -> int:
    return Appointment.objects.get(pk=actor.appointment_id).person_id


def document_type(code: str = "cong-van") -> DocumentType:
    return DocumentType.objects.get(code=code)


@dataclass
class Office:
    """Thành ủy (TU), Văn phòng (VPTU) có một phòng, Ban Tổ chức (BTCTU), hai phường (ĐU)."""

    city: int = field(init=False)
    office: int = field(init=False)
    room: int = field(init=False)
    board: int = field(init=False)
    north: int = field(init=False)
    south: int = field(init=False)

    def __post_init__(self) -> None:
        province = {"level": Level.PROVINCE}
        self.city = make_unit("Thành ủy", term="Nhiệm kỳ XI", **province)
        self.office = make_unit("Văn phòng Thành ủy", self.city, kind=Kind.OFFICE, **province)
        self.room = make_unit("Phòng Tổng hợp", self.office, kind=Kind.ROOM, is_organ=False, **province)
        self.board = make_unit("Ban Tổ chức Thành ủy", self.city, kind=Kind.ORGANISATION, **province)
        self.north = make_unit("Đảng ủy phường Bắc", self.city, term="khóa I")
        self.south = make_unit("Đảng ủy phường Nam", self.city, term="khóa I")
        symbols = {self.city: "TU", self.office: "VPTU", self.board: "BTCTU", self.north: "ĐU", self.south: "ĐU"}
        for unit, symbol in symbols.items():
            UnitVersion.objects.filter(unit=unit).update(symbol=symbol)
        self.head = make_actor(self.office, Role.OFFICE_HEAD, full_name="Lê Văn Chánh")
        self.clerk = make_actor(self.office, Role.CLERK, full_name="Phạm Thị Thư")
        self.specialist = make_actor(self.office, Role.SPECIALIST, full_name="Ngô Văn Viên")
        self.colleague = make_actor(self.office, Role.SPECIALIST, full_name="Đỗ Thị Bạn")
        self.board_head = make_actor(self.board, Role.UNIT_HEAD, full_name="Trần Văn Ban")
        self.secretary = make_actor(self.city, Role.STANDING_COMMITTEE, full_name="Nguyễn Văn Bí")
        self.north_head = make_actor(self.north, Role.STANDING_COMMITTEE, full_name="Võ Thị Bắc")
        self.north_clerk = make_actor(self.north, Role.CLERK, full_name="Bùi Văn Sổ")
        self.inspector = make_actor(self.office, Role.INSPECTION, full_name="Hồ Thị Kiểm")
        self.administrator = make_actor(self.office, Role.ADMINISTRATOR, full_name="Lý Văn Máy")

    def draft(self, actor: Actor | None = None, *, on: date = TODAY, **extra: object) -> Document:
        values = {"type_id": document_type().pk, "summary": "Về việc chuẩn bị hội nghị", "signer_name": "Lê Văn Chánh"}
        return services.create_draft(actor or self.specialist, on=on, **(values | extra))

    def checked_draft(self) -> Document:
        """Dự thảo đã soát thể thức, nhớ phiên bản quy tắc đã soát nó."""
        save_version(self.specialist, on=TODAY, document_id=self.draft().pk, body="Kính gửi: các đơn vị.")
        document = Document.objects.latest("pk")
        form_objections(document, on=TODAY)
        document.save(update_fields=["checked_by"])
        return document

    def issued(self, *, on: date = TODAY, **extra: object) -> Document:
        return services.issue(self.clerk, on=on, document_id=self.sent(**extra).pk)

    def sent(self, actor: Actor | None = None, *, on: date = TODAY, **extra: object) -> Document:
        draft = self.draft(actor, on=on, **extra)
        return services.send_to_issue(actor or self.specialist, on=on, document_id=draft.pk)

    def incoming(self, actor: Actor | None = None, *, to: int | None = None, on: date = TODAY, **extra: object) -> Document:
        values = {
            "addressed_to_id": to or self.office, "type_id": document_type().pk, "symbol": "12-CV/VPTW",
            "summary": "Báo cáo tình hình", "issued_on": TODAY, "issuer_name": "Văn phòng Trung ương",
        }  # fmt: skip
        return services.register_incoming(actor or self.clerk, on=on, **(values | extra))

    def end_term(self, *, on: date) -> None:
        Term.objects.filter(unit=self.city).update(valid=(date(2020, 1, 1), on))
