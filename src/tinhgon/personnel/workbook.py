"""Tệp Excel của hồ sơ cán bộ: mỗi loại một trang. Tiêu đề khi xuất, các cách viết khác nhận ra khi nhập, cách ghi từng cột.

Xuất ở ``selectors.workbook``, nhập ở ``services.importing``; xuất rồi nhập lại không đổi gì.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.tables import header_key


@dataclass(frozen=True, slots=True)
class Column:
    """``how``: cách ghi. ``is_shown_only``: máy tính ra để người đọc, nhập thì bỏ qua."""

    key: str
    header: str
    aliases: tuple[str, ...] = ()
    how: Promise | str = ""
    is_required: bool = False
    is_shown_only: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """Một trang: ``needed`` là các cột nhận ra trang này khi tên trang tính đã bị đổi."""

    key: str
    title: str
    aliases: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]

    @property
    def needed(self) -> list[Column]:
        return [column for column in self.columns if column.is_required]


_DAY = _("ngày/tháng/năm, như 01/07/2025")
_CODE = Column(
    "code", "Số hiệu cán bộ", ("số hiệu", "mã cán bộ", "mã số cán bộ", "mã số", "mã cb", "số hiệu cb", "mã nhân viên", "mã hồ sơ"),
    _("Số hiệu trong danh sách cán bộ."), is_required=True,
)  # fmt: skip
_NAME = Column(
    "name", "Họ và tên", ("họ tên", "họ và tên cán bộ", "họ tên cán bộ", "họ và tên khai sinh", "tên cán bộ"),
    _("Phải đúng người mang số hiệu ấy, để dòng gõ nhầm số bị nhận ra."), is_required=True,
)  # fmt: skip
_FIELD_ALIASES = ("tên lĩnh vực", "mã lĩnh vực", "lĩnh vực phụ trách", "lĩnh vực công tác", "mảng việc")
_BASIS = Column("basis", "Căn cứ", ("căn cứ ghi", "văn bản", "quyết định", "theo văn bản"), _("Văn bản hay hồ sơ nói điều này."), is_required=True)
_DROP = Column("drop", "Bỏ", ("xóa", "bỏ dòng này", "ghi nhầm"), _("Ghi x để bỏ mục đã ghi nhầm. Sửa: ghi x ở dòng cũ, thêm một dòng mới."))

PEOPLE = Matter("people", "Hồ sơ", ("cán bộ", "danh sách", "danh sách cán bộ", "sơ yếu lý lịch", "thông tin chung"), (
    _CODE, _NAME,
    Column("born", "Ngày sinh", ("ngày tháng năm sinh", "sinh ngày", "ngày, tháng, năm sinh"), _DAY),
    Column("sex", "Giới tính", ("giới", "nam nữ", "nam/nữ"), _("Nam hoặc Nữ.")),
    Column("pension", "Hưởng lương hưu từ (chỉ xem)", ("ngày nghỉ hưu", "nghỉ hưu từ", "hưởng lương hưu từ", "thời điểm nghỉ hưu"), _("Máy tính theo năm sinh, giới tính và luật; không nhập."), is_shown_only=True),
))  # fmt: skip
APPOINTMENTS = Matter("appointments", "Phân công", ("bổ nhiệm", "vị trí", "chức vụ", "vị trí công tác", "bổ nhiệm, phân công"), (
    _CODE, _NAME,
    Column("post", "Mã vị trí", ("vị trí", "mã vị trí việc làm"), _("Mã ở trang Danh mục vị trí; bỏ trống thì tìm theo đơn vị và chức danh.")),
    Column("unit", "Đơn vị", ("tên đơn vị", "đơn vị công tác", "cơ quan", "phòng ban"), _("Tên đơn vị vào ngày bắt đầu.")),
    Column("title", "Chức danh", ("chức vụ", "vị trí việc làm", "chức danh, chức vụ"), _("Chức danh của vị trí ở đơn vị ấy.")),
    Column("main", "Chính hay kiêm nhiệm", ("chính", "hình thức", "loại phân công", "kiêm nhiệm"), _("Chính hoặc Kiêm nhiệm; bỏ trống là chính.")),
    Column("since", "Từ ngày", ("ngày bắt đầu", "ngày bổ nhiệm", "ngày giữ chức", "bắt đầu"), _DAY, is_required=True),
    Column("until", "Đến hết ngày", ("đến ngày", "ngày kết thúc", "ngày cuối", "tới hết ngày"), _("Ngày cuối còn giữ; bỏ trống khi còn giữ. Phân công đang có mà ghi ngày này là thôi giữ.")),
    Column("decree", "Quyết định", ("căn cứ", "số quyết định", "quyết định số"), _("Số, ngày quyết định; bắt buộc với phân công mới hoặc thôi giữ.")),
    _DROP,
))  # fmt: skip
SKILLS = Matter("skills", "Lĩnh vực", ("năng lực", "lĩnh vực làm được", "lĩnh vực phụ trách"), (
    _CODE, _NAME,
    Column("field", "Lĩnh vực", _FIELD_ALIASES, _("Tên hay mã ở trang Danh mục; mỗi người mỗi lĩnh vực một dòng."), is_required=True),
    Column("level", "Mức", ("mức độ", "cấp độ", "mức công nhận", "mức được công nhận"), _("1 tới 4, hoặc tên mức."), is_required=True),
    Column("main", "Lĩnh vực chính", ("chính", "là lĩnh vực chính", "chính hay khác", "vai trò"), _("Ghi x; mỗi người nhiều nhất một.")),
    Column("basis", "Căn cứ công nhận", ("căn cứ", "minh chứng", "bằng chứng"), _("Văn bản hay cuộc họp công nhận mức ấy."), is_required=True),
    _DROP,
    Column("years", "Số năm (chỉ xem)", ("số năm", "số năm công tác", "thâm niên"), _("Máy đếm từ phân công và quá trình công tác; không nhập."), is_shown_only=True),
    Column("closed", "Nhiệm vụ đã xong (chỉ xem)", ("nhiệm vụ đã xong", "số nhiệm vụ"), _("Máy đếm; không nhập."), is_shown_only=True),
    Column("posts", "Vị trí đã giữ (chỉ xem)", ("vị trí đã giữ",), _("Máy lấy từ phân công; không nhập."), is_shown_only=True),
))  # fmt: skip
PAST = Matter("past", "Quá trình công tác", ("công tác trước", "quá trình", "công tác trước đây"), (
    _CODE, _NAME,
    Column("since", "Từ ngày", ("ngày bắt đầu", "từ"), _DAY, is_required=True),
    Column("until", "Đến hết ngày", ("đến ngày", "ngày kết thúc", "đến"), _("Ngày cuối, đã qua. Việc đang giữ thì ghi ở trang Phân công."), is_required=True),
    Column("title", "Chức danh", ("chức vụ", "công việc", "chức danh, chức vụ"), "", is_required=True),
    Column("place", "Nơi công tác", ("đơn vị", "cơ quan", "đơn vị công tác", "nơi làm việc"), "", is_required=True),
    Column("field", "Lĩnh vực", _FIELD_ALIASES, _("Có thì quãng này tính vào số năm của lĩnh vực.")),
    _BASIS, _DROP,
))  # fmt: skip
GRADINGS = Matter("gradings", "Xếp loại", ("đánh giá", "đánh giá, xếp loại", "đánh giá xếp loại", "xếp loại chất lượng"), (
    _CODE, _NAME,
    Column("period", "Kỳ", ("năm", "kỳ xếp loại", "năm đánh giá", "quý"), _("Năm 2024, hoặc Quý 3/2025."), is_required=True),
    Column("unit", "Cơ quan", ("đơn vị", "tên cơ quan", "cơ quan xếp loại"), _("Bỏ trống: cơ quan của vị trí chính vào ngày cuối kỳ.")),
    Column("title", "Chức danh", ("chức vụ",), _("Bỏ trống: chức danh của vị trí chính vào ngày cuối kỳ.")),
    Column("general", "Điểm phần chung", ("điểm chung", "tiêu chí chung"), _("Khi quy định của kỳ chấm điểm; không quá điểm tối đa.")),
    Column("result", "Điểm kết quả", ("điểm kết quả nhiệm vụ", "kết quả nhiệm vụ"), ""),
    Column("level", "Mức", ("xếp loại", "mức xếp loại", "kết quả xếp loại", "mức chất lượng"), _("Một trong bốn mức ở trang Danh mục."), is_required=True),
    Column("decree", "Quyết định", ("số quyết định", "căn cứ", "quyết định số"), _("Số, ngày quyết định xếp loại; cả đợt cùng một quyết định."), is_required=True),
    Column("decided", "Ngày quyết định", ("ngày ký", "ngày ban hành"), _DAY, is_required=True),
    Column("cap_reason", "Lý do vượt tỉ lệ", ("lý do", "lý do vượt tỉ lệ xuất sắc"), _("Khi số người xuất sắc quá tỉ lệ chung mà còn nguồn cho phép.")),
    _DROP,
))  # fmt: skip
TRAININGS = Matter("trainings", "Đào tạo", ("bồi dưỡng", "đào tạo, bồi dưỡng", "khóa học"), (
    _CODE, _NAME,
    Column("title", "Khóa học", ("tên khóa học", "nội dung", "lớp", "tên lớp", "chứng chỉ"), "", is_required=True),
    Column("finished", "Học xong ngày", ("ngày xong", "ngày hoàn thành", "ngày tốt nghiệp", "ngày cấp"), _DAY, is_required=True),
    Column("field", "Lĩnh vực", _FIELD_ALIASES, _("Có thì khóa này hiện ở bằng chứng của lĩnh vực.")),
    Column("place", "Nơi học", ("cơ sở đào tạo", "nơi đào tạo", "trường"), ""),
    _DROP,
))  # fmt: skip
ROTATIONS = Matter("rotations", "Luân chuyển", ("chuyển đổi vị trí", "luân chuyển, chuyển đổi vị trí", "chuyển đổi vị trí công tác"), (
    _CODE, _NAME,
    Column("kind", "Hình thức", ("loại", "loại hình"), _("Luân chuyển, hoặc Chuyển đổi vị trí công tác."), is_required=True),
    Column("since", "Từ ngày", ("ngày bắt đầu",), _DAY, is_required=True),
    Column("due", "Tới hạn ngày", ("tới hạn", "đến hạn", "ngày tới hạn", "hạn"), _DAY, is_required=True),
    Column("note", "Dự kiến", ("ghi chú dự kiến", "nơi đến", "dự kiến nơi đến"), _("Đi đâu, làm gì, nếu đã có.")),
    _BASIS, _DROP,
))  # fmt: skip

MATTERS: Mapping[str, Matter] = {one.key: one for one in (PEOPLE, APPOINTMENTS, SKILLS, PAST, GRADINGS, TRAININGS, ROTATIONS)}
"""Thứ tự là thứ tự các trang trong tệp."""

HOW_TITLE, LISTS_TITLE, POSTS_TITLE = "Cách ghi", "Danh mục", "Danh mục vị trí"
UNREAD = (HOW_TITLE, LISTS_TITLE, POSTS_TITLE)
"""Các trang để người đọc; nhập thì bỏ qua."""

IGNORED = frozenset(header_key(name) for name in ("STT", "TT", "Số TT", "Số thứ tự", "Ghi chú"))
"""Cột hay có trong bảng của cơ quan, không mang dữ liệu hồ sơ."""
KNOWN = sorted({name for matter in MATTERS.values() for column in matter.columns for name in (column.header, *column.aliases)})
