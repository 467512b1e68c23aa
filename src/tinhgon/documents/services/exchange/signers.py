"""Người ký trên đường trao đổi: văn bản liên tịch mang mọi người ký, cơ quan chủ trì trước, mỗi người một chức vụ."""

from collections.abc import Sequence

from tinhgon.documents.models import Document
from tinhgon.documents.selectors.joint import signer_of
from tinhgon.engine.edxml.model import Signer

_COLUMN = 120  # như các cột của ``Document``


def signers_of(document: Document) -> tuple[Signer, ...]:
    lead = Signer(authority=document.authority, position=document.signer_position, name=document.signer_name)
    joint = (Signer(authority=row.authority, position=row.signer_position, name=signer_of(row)) for row in document.joint_organs.all())
    return tuple(one for one in (lead, *joint) if one != Signer())


def read_as(signers: Sequence[Signer]) -> dict[str, str]:
    """Các ô như máy đọc tệp ghi: người ký cách nhau bằng "; ", quyền hạn và chức vụ của một người bằng " / "."""
    return {
        "nguoi_ky": "; ".join(one.name for one in signers if one.name),
        "quyen_han_chuc_vu": "; ".join(" / ".join(filter(None, (one.authority, one.position))) for one in signers if one.authority or one.position),
    }


def columns_of(signers: Sequence[Signer]) -> dict[str, str]:
    """Các cột của văn bản ở nơi nhận, không dài hơn cột: thông điệp lạ dài mấy cũng không làm hỏng việc cập nhật."""
    said = {
        "signer_name": [one.name for one in signers], "signer_position": [one.position for one in signers],
        "authority": [one.authority for one in signers],
    }  # fmt: skip
    return {name: "; ".join(filter(None, values))[:_COLUMN] for name, values in said.items()}
