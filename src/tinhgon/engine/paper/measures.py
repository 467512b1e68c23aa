"""Số đo của một bố cục: mi-li-mét và point. Giá trị đến từ bộ quy tắc của ngày ban hành (``documents.selectors.rules``)."""

from dataclasses import dataclass

from tinhgon.engine.paper.model import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Tên ô trùng với mã số đo trong bộ quy tắc. Lề, thụt, khoảng: mm; cỡ chữ, khoảng cách dòng: pt.

    ``country_size`` chỉ dùng cho bố cục Nhà nước. ``line_pitch``: khoảng cách dòng chính xác của thân.
    ``fonts``: thư mục tệp chữ cho PDF; rỗng thì đành dùng chữ của máy. Tệp Word chỉ ghi tên ``font``.
    """

    layout: Layout
    page_width: float = 210
    page_height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    font: str = "Times New Roman"
    country_size: float = 13
    motto_size: float = 15
    superior_size: float = 14
    organ_size: float = 14
    number_size: float = 14
    date_size: float = 14
    mark_size: float = 14
    type_size: float = 16
    summary_size: float = 14
    letter_summary_size: float = 12
    letter_summary_italic: bool = True
    addressee_size: float = 14
    body_size: float = 14
    indent: float = 10
    line_pitch: float = 18.5
    space_before: float = 6
    basis_italic: bool = False
    authority_size: float = 14
    position_size: float = 14
    position_bold: bool = False
    signer_size: float = 14
    receivers_word_size: float = 14
    receivers_size: float = 12
    typist_size: float = 10
    table_size: float = 12
    page_number_size: float = 14
    contact_size: float = 11
    signature_space: float = 24
    fonts: str = ""

    @property
    def text_width(self) -> float:
        """Bề rộng phần chữ."""
        return self.page_width - self.left - self.right
