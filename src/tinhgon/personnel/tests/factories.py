"""Văn phòng của ``documents.tests.factories`` thêm người của ban tổ chức và danh mục lĩnh vực; hồ sơ đi qua động từ thật."""

from dataclasses import dataclass, field
from datetime import date

from tinhgon.core.actor import Actor
from tinhgon.documents.tests.factories import TODAY, Office, person_of
from tinhgon.org.models import Field, Role
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.tests.factories import make_actor
from tinhgon.personnel import services
from tinhgon.personnel.models import Skill


@dataclass
class Staff(Office):
    """``keeper``: ban tổ chức Thành ủy; ``north_keeper``: ban tổ chức của một phường (không thấy Thành ủy)."""

    keeper: Actor = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        ensure_catalogue()
        self.keeper = make_actor(self.board, Role.ORGANISATION_BOARD, full_name="Hoàng Thị Tổ")

    def field(self, code: str = "tong-hop") -> int:
        return Field.objects.get(code=code).pk

    def person(self, name: str = "specialist") -> int:
        return person_of(getattr(self, name))

    def skill(self, name: str = "specialist", code: str = "tong-hop", level: int = 3, *, on: date = TODAY, main: bool = False, by: Actor | None = None) -> Skill:
        return services.recognise_skill(
            by or self.keeper, on=on, person_id=self.person(name), field_id=self.field(code), level=level, basis="Đã chủ trì báo cáo quý", is_main=main
        )
