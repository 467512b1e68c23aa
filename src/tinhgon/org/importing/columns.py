"""Các cột của bốn bảng: tiêu đề khi xuất, các tên khác chấp nhận khi nhập, bắt buộc hay không."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    header: str
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    unclear: tuple[str, ...] = ()
    """Tên cột mà người viết có thể hiểu hai cách: không đoán, đòi đổi tên."""


_UNTIL = Column("until", "Đến hết ngày", ("đến ngày", "ngày kết thúc", "ngày cuối", "tới hết ngày"), unclear=("hết hiệu lực", "ngày hết hiệu lực"))
"""Ngày cuối còn giữ, còn hiệu lực, như mọi bảng của người viết; trong máy là ngày đầu tiên không còn."""

UNITS = (
    Column("code", "Mã đơn vị", ("mã", "ma_don_vi"), is_required=True),
    Column("name", "Tên", ("tên đơn vị",), is_required=True),
    Column("short_name", "Tên ngắn", ("tên viết tắt",)),
    Column("symbol", "Ký hiệu"),
    Column("kind", "Loại", ("loại đơn vị",), is_required=True),
    Column("level", "Cấp", is_required=True),
    Column("parent", "Mã cấp trên", ("cấp trên", "trực thuộc")),
    Column("is_organ", "Là cơ quan", ("cơ quan",)),
    Column("since", "Từ ngày", is_required=True),
    _UNTIL,
    Column("reopens", "Mở lại"),
    Column("decree", "Căn cứ", ("quyết định",)),
    Column("functions", "Chức năng", ("mã chức năng",)),
    Column("term", "Nhiệm kỳ"),
    Column("external_codes", "Mã ngoài"),
)
POSTS = (
    Column("code", "Mã vị trí", is_required=True),
    Column("unit", "Mã đơn vị", is_required=True),
    Column("title", "Chức danh", is_required=True),
    Column("role", "Vai trò", is_required=True),
    Column("rank", "Thứ bậc"),
    Column("seats", "Số người", ("số ghế", "biên chế")),
    Column("clearance", "Độ mật", ("được xem độ mật",)),
    Column("since", "Từ ngày", is_required=True),
    _UNTIL,
)
PEOPLE = (
    Column("code", "Số hiệu", ("số hiệu cán bộ", "mã cán bộ"), is_required=True),
    Column("full_name", "Họ và tên", ("họ tên",), is_required=True),
)
APPOINTMENTS = (
    Column("person", "Số hiệu", ("số hiệu cán bộ", "mã cán bộ"), is_required=True),
    Column("post", "Mã vị trí", is_required=True),
    Column("is_main", "Chính", ("phân công chính",)),
    Column("since", "Từ ngày", is_required=True),
    _UNTIL,
    Column("decree", "Căn cứ", ("quyết định",)),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "units": UNITS,
    "posts": POSTS,
    "people": PEOPLE,
    "appointments": APPOINTMENTS,
}
"""Tên bảng -> các cột; thứ tự là thứ tự nhập."""

TITLES = {"units": "Đơn vị", "posts": "Vị trí", "people": "Người", "appointments": "Phân công"}
"""Tên bảng -> tên trang tính trong tệp Excel."""
