"""Một văn bản như sẽ in ra. Không biết cơ sở dữ liệu; nơi gọi điền đủ chữ."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """Bố cục: của Đảng (HD 36-HD/VPTW, HD 05-HD/VPTW) hay của Nhà nước (NĐ 30/2020/NĐ-CP)."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyBlock:
    """Khối bản sao dưới văn bản: sao y, trích sao, sao lục; có số riêng (BS)."""

    kind: str
    organ: str
    symbol_line: str
    place_date: str
    authority: str
    position: str
    signer: str
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Khối ký của một cơ quan: "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", họ tên."""

    authority: str = ""
    position: str = ""
    signer: str = ""


A4, A5 = "A4", "A5"
LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Các thành phần thể thức theo thứ tự trên trang.

    ``symbol_line``: "Số 15-CV/VPTU" (dự thảo: để trống số). ``place_date``: "Thành phố Hồ Chí Minh, ngày 05 tháng 3 năm 2026".
    ``type_name``: rỗng với công văn (không in tên loại). ``addressees``: Kính gửi, Kính trình. ``body``: mỗi đoạn một dòng;
    dòng bắt đầu bằng "I-", "1.", "a)", "-" là mục. ``authority``: "T/M BAN THƯỜNG VỤ". ``position``: "PHÓ BÍ THƯ".
    ``annex``: phụ lục, sang trang mới sau phần ký; ``annex_note``: "Kèm theo Quyết định số ...", in dưới tên phụ lục.
    ``receivers``: nơi nhận, dòng cuối là nơi lưu. ``marks``: MẬT, KHẨN... ``draft``: "Dự thảo lần 1".
    ``circulation``: "XEM XONG TRẢ LẠI", đóng khung dưới ngày. ``contact``: địa chỉ, điện thoại ở cuối trang đầu, mỗi phần một dòng.
    ``joint``: khối ký của các cơ quan cùng ban hành, theo thứ tự sau cơ quan chủ trì; có thì các khối đứng ngang hàng trên nơi nhận,
    nhiều nhất ``across`` khối một hàng, cơ quan chủ trì ở phía ``lead_side``.
    ``recorder_word``: có thì là biên bản hai chữ ký, người ghi bên trái, chủ trì bên phải. ``size``: khổ giấy ``A4`` hay ``A5``.
    """

    layout: Layout
    superior: str
    organ: str
    symbol_line: str
    place_date: str
    type_name: str
    summary: str
    body: tuple[str, ...]
    authority: str = ""
    position: str = ""
    signer: str = ""
    addressees: tuple[str, ...] = ()
    addressee_word: str = "Kính gửi"
    receivers: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    draft: str = ""
    typist: str = ""
    copy: CopyBlock | None = None
    circulation: str = ""
    contact: tuple[str, ...] = ()
    joint: tuple[Signing, ...] = ()
    lead_side: str = RIGHT
    across: int = 3
    recorder: str = ""
    recorder_word: str = ""
    size: str = A4
    annex: tuple[str, ...] = ()
    annex_note: str = ""

    @property
    def signings(self) -> tuple[Signing, ...]:
        """Khối ký của mọi cơ quan, chủ trì trước."""
        return (Signing(authority=self.authority, position=self.position, signer=self.signer), *self.joint)
