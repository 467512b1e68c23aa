"""Từ cái máy đọc được ra biểu mẫu vào sổ: ô nào điền sẵn, ô nào để trống chờ người, chỗ nào trên trang.

Ô dưới ngưỡng, và số, ngày viết tay trên bản quét, không bao giờ điền sẵn: chỉ là đề nghị cạnh ô.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.documents.models import Arrival, DocumentType
from tinhgon.engine.reading.model import SURE
from tinhgon.engine.vietnamese import fold
from tinhgon.web.dates import parse_day

_FIELDS = {
    "so_ky_hieu": "symbol", "loai": "type", "co_quan": "issuer_name", "dia_danh": "place", "ngay": "issued_on",
    "trich_yeu": "summary", "nguoi_ky": "signer_name", "noi_nhan": "receivers",
}  # fmt: skip
_CLEAR = 0.95
_LONGEST = {"symbol": 60, "issuer_name": 200, "place": 80, "summary": 2000, "signer_name": 120, "signer_position": 120, "authority": 120}


@dataclass(frozen=True, slots=True)
class Note:
    """Lời máy nói về một ô. ``shown``: cái đọc được; ``fill``: giá trị để điền; ``filled``: đã điền sẵn.

    ``words``: độ tin cậy bằng chữ; ``rect``: (trái, trên, rộng, cao) trên trang ``page``, phần nghìn; ``quote``: dòng chữ gốc.
    """

    field: str
    shown: str
    fill: str
    filled: bool
    words: str
    page: int | None = None
    rect: tuple[int, int, int, int] | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Hạn hay chỉ đạo thấy trong văn bản, kèm câu gốc."""

    is_deadline: bool
    sentence: str
    due: str
    unit: str


def notes_of(arrival: Arrival, types: Sequence[DocumentType]) -> dict[str, Note]:
    """Tên ô của biểu mẫu -> lời máy."""
    found: dict[str, Note] = {}
    for name, read in arrival.reading.get("fields", {}).items():
        for field, value in _values(name, str(read.get("value", "")), types):
            if value:
                found[field] = _note(field, value, read)
    return found


def initial_of(arrival: Arrival, notes: Mapping[str, Note], page_count: int | None) -> dict[str, Any]:
    """Chỉ các ô chắc chắn; nơi nhận là cơ quan của khay."""
    initial: dict[str, Any] = {name: note.fill for name, note in notes.items() if note.filled}
    initial["addressed_to"] = arrival.addressed_to_id
    if page_count:
        initial["pages"] = page_count
    return initial


def proposals_of(arrival: Arrival) -> list[Proposed]:
    return [
        Proposed(p.get("kind") == "deadline", p.get("sentence", ""), p["due"] if parse_day(p.get("due", "")) else "", p.get("unit", ""))
        for p in arrival.reading.get("proposals", [])
    ]


def _values(name: str, value: str, types: Sequence[DocumentType]) -> list[tuple[str, tuple[str, str] | None]]:
    """Các ô của biểu mẫu lấy từ một ô đọc được: (tên ô, (chữ hiện, giá trị điền))."""
    if name == "quyen_han_chuc_vu":
        return _authority_and_position(value)
    field = _FIELDS.get(name, "")
    if field == "type":
        chosen = next((t for t in types if fold(t.name) == fold(value)), None)
        return [("type", (value, str(chosen.pk) if chosen else ""))]
    if field == "issued_on":
        day = parse_day(value)
        return [("issued_on", (value, f"{day:%d/%m/%Y}" if day else ""))]
    return [(field, _plain(field, value))] if field else []


def _authority_and_position(value: str) -> list[tuple[str, tuple[str, str] | None]]:
    """Văn bản liên tịch: mỗi người ký một đoạn cách nhau bằng ";"; trong một đoạn, phần sau dấu "/" cuối cùng là chức vụ."""
    authorities, positions = [], []
    for one in value.replace("\n", " / ").split(";"):
        *authority, position = [part.strip() for part in one.split(" / ") if part.strip()] or [""]
        authorities.append(" / ".join(authority))
        positions.append(position)
    return [("authority", _plain("authority", "; ".join(filter(None, authorities)))), ("signer_position", _plain("signer_position", "; ".join(filter(None, positions))))]


def _plain(field: str, value: str) -> tuple[str, str] | None:
    """Dài hơn ô thì không điền: cắt bớt là ghi sai, người vào sổ tự rút gọn từ chữ hiện cạnh ô."""
    return (value, value if len(value) <= _LONGEST.get(field, 5000) else "") if value else None


def _note(field: str, value: tuple[str, str], read: Mapping[str, Any]) -> Note:
    shown, fill = value
    confidence, must = float(read.get("confidence") or 0), bool(read.get("must_confirm"))
    filled = bool(fill) and not must and confidence >= SURE
    box = read.get("box")
    rect = None
    if box:
        left, top, right, bottom = (round(max(0.0, min(1.0, side)) * 1000) for side in box)
        rect = (max(left - 4, 0), max(top - 4, 0), right - left + 8, bottom - top + 8)
    return Note(field, shown, fill, filled, _words(confidence, must), read.get("page"), rect, read.get("quote") or "")


def _words(confidence: float, must: bool) -> str:
    if must:
        return _("chữ viết tay hoặc bản quét: xin đối chiếu với trang rồi tự xác nhận")
    if confidence >= _CLEAR:
        return _("đọc rõ")
    return _("đọc khá chắc, xin liếc lại") if confidence >= SURE else _("chưa chắc, xin đối chiếu với trang")
