"""Mẫu tổ chức theo loại cấp ủy: cơ quan, vị trí, chức năng. Là dữ liệu có nguồn và ngày, sửa ở đây, không suy ra ở nơi khác.

Nguồn: cấp xã từ 01/7/2025 theo Quy định 298-QĐ/TW và 299-QĐ/TW (09/6/2025): ba cơ quan, 15-17 người; đặc khu tối đa bốn.
Cấp huyện và tỉnh: cơ cấu thường thấy trước ngày ấy (chưa có bản toàn văn để đối chiếu; con số vị trí là của chúng tôi).
"""

from dataclasses import dataclass
from datetime import date

from tinhgon.org.models import Kind, Level, Role

COMMUNE_MODEL_FROM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class PostTemplate:
    title: str
    role: str
    rank: int
    seats: int = 1
    clearance: int = 0


@dataclass(frozen=True, slots=True)
class AgencyTemplate:
    kind: str
    name: str  # "{area}" là tên địa bàn: "phường Sài Gòn"
    short_name: str
    symbol: str
    posts: tuple[PostTemplate, ...]
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitteeTemplate:
    """Mẫu của một loại cấp ủy, áp dụng trong [``since``, ``until``); ``None``: không giới hạn."""

    code: str
    level: str
    symbol: str
    posts: tuple[PostTemplate, ...]
    functions: tuple[str, ...]
    agencies: tuple[AgencyTemplate, ...]
    source: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def seats(self) -> int:
        """Tổng số người theo mẫu, cả cấp ủy và các cơ quan."""
        own = sum(post.seats for post in self.posts)
        return own + sum(post.seats for agency in self.agencies for post in agency.posts)

    def applies(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


FIELDS: tuple[tuple[str, str, str], ...] = (
    ("tong-hop", "Tham mưu tổng hợp", "experience"),
    ("van-thu", "Văn thư, lưu trữ", "experience"),
    ("tai-chinh", "Tài chính, quản trị", "experience"),
    ("to-chuc", "Tổ chức, cán bộ", "experience"),
    ("kiem-tra", "Kiểm tra, giám sát", "experience"),
    ("tuyen-giao", "Tuyên giáo, dân vận", "renewal"),
    ("noi-chinh", "Nội chính, phòng chống tham nhũng", "experience"),
    ("chuyen-doi-so", "Chuyển đổi số, công nghệ thông tin", "renewal"),
)
"""(mã, tên, tính chất) các lĩnh vực."""

FUNCTIONS: tuple[tuple[str, str, str], ...] = (
    ("th-chuong-trinh", "Chương trình công tác, tổng hợp báo cáo", "tong-hop"),
    ("th-nghi-quyet", "Theo dõi thực hiện nghị quyết, kết luận", "tong-hop"),
    ("vt-van-ban", "Quản lý văn bản, con dấu", "van-thu"),
    ("vt-luu-tru", "Lưu trữ hồ sơ, tài liệu", "van-thu"),
    ("tc-ngan-sach", "Tài chính đảng, ngân sách", "tai-chinh"),
    ("tc-tai-san", "Quản trị, tài sản công", "tai-chinh"),
    ("cb-quy-hoach", "Quy hoạch, bố trí cán bộ", "to-chuc"),
    ("cb-dang-vien", "Phát triển, quản lý đảng viên", "to-chuc"),
    ("cb-chinh-sach", "Chính sách, bảo vệ chính trị nội bộ", "to-chuc"),
    ("kt-giam-sat", "Kiểm tra, giám sát chuyên đề", "kiem-tra"),
    ("kt-don-thu", "Đơn thư tố cáo, kỷ luật đảng", "kiem-tra"),
    ("tg-tuyen-truyen", "Tuyên truyền, báo chí, văn nghệ", "tuyen-giao"),
    ("tg-khoa-giao", "Khoa giáo, lý luận chính trị", "tuyen-giao"),
    ("dv-dan-van", "Dân vận, dân tộc, tôn giáo", "tuyen-giao"),
    ("nc-noi-chinh", "Nội chính, cải cách tư pháp", "noi-chinh"),
    ("nc-tham-nhung", "Phòng chống tham nhũng, lãng phí", "noi-chinh"),
    ("cds-ung-dung", "Ứng dụng số, nền tảng dùng chung", "chuyen-doi-so"),
    ("cds-an-toan", "An toàn thông tin, cơ yếu", "chuyen-doi-so"),
)
"""(mã, tên, lĩnh vực) các chức năng."""

_OFFICE = ("th-chuong-trinh", "th-nghi-quyet", "vt-van-ban", "vt-luu-tru", "tc-ngan-sach", "tc-tai-san", "cds-ung-dung", "cds-an-toan")
_ORGANISATION = ("cb-quy-hoach", "cb-dang-vien", "cb-chinh-sach")
_PROPAGANDA = ("tg-tuyen-truyen", "tg-khoa-giao", "dv-dan-van")
_INSPECTION = ("kt-giam-sat", "kt-don-thu")
_INTERNAL = ("nc-noi-chinh", "nc-tham-nhung")


def _secretaries(deputies: int, clearance: int) -> tuple[PostTemplate, ...]:
    return (
        PostTemplate("Bí thư", Role.STANDING_COMMITTEE, 1, 1, clearance),
        PostTemplate("Phó Bí thư", Role.STANDING_COMMITTEE, 2, deputies, clearance),
    )


def _office(head: str, deputies: int, clerks: int, specialists: int, clearance: int) -> tuple[PostTemplate, ...]:
    return (
        PostTemplate(head, Role.OFFICE_HEAD, 1, 1, clearance),
        PostTemplate(f"Phó {head}", Role.OFFICE_HEAD, 2, deputies, min(clearance, 1)),
        PostTemplate("Văn thư", Role.CLERK, 5, clerks, clearance),
        PostTemplate("Chuyên viên", Role.SPECIALIST, 5, specialists),
    )


def _board(
    head: str, role: str, deputies: int, specialists: int, clearance: int
) -> tuple[PostTemplate, ...]:
    # Vai trò kiểm tra chỉ xem (bảng quyền); việc hằng ngày của cơ quan do cấp phó điều hành.
    deputy_role = Role.UNIT_HEAD if role == Role.INSPECTION else role
    return (
        PostTemplate(head, role, 1, 1, clearance),
        PostTemplate(f"Phó {head}", deputy_role, 2, deputies, min(clearance, 1)),
        PostTemplate("Chuyên viên", Role.SPECIALIST, 5, specialists),
        PostTemplate("Văn thư", Role.CLERK, 5, 1, min(clearance, 1)),
    )


_NEW_COMMUNES = "Quy định 298-QĐ/TW và 299-QĐ/TW ngày 09/6/2025"
_USUAL = "Cơ cấu thường thấy trước 01/7/2025"


PROVINCE = CommitteeTemplate(
    "province", Level.PROVINCE, "TU", _secretaries(4, 3), (),
    (
        AgencyTemplate(Kind.OFFICE, "Văn phòng {committee}", "Văn phòng", "VPTU", _office("Chánh Văn phòng", 4, 6, 40, 3), _OFFICE),
        AgencyTemplate(Kind.ORGANISATION, "Ban Tổ chức {committee}", "Ban Tổ chức", "BTCTU", _board("Trưởng Ban", Role.ORGANISATION_BOARD, 4, 30, 2), _ORGANISATION),
        AgencyTemplate(Kind.PROPAGANDA, "Ban Tuyên giáo và Dân vận {committee}", "Ban Tuyên giáo và Dân vận", "BTGDVTU", _board("Trưởng Ban", Role.UNIT_HEAD, 4, 30, 2), _PROPAGANDA),
        AgencyTemplate(Kind.INSPECTION, "Ủy ban Kiểm tra {committee}", "Ủy ban Kiểm tra", "UBKTTU", _board("Chủ nhiệm", Role.INSPECTION, 4, 24, 2), _INSPECTION),
        AgencyTemplate(Kind.INTERNAL_AFFAIRS, "Ban Nội chính {committee}", "Ban Nội chính", "BNCTU", _board("Trưởng Ban", Role.UNIT_HEAD, 3, 20, 2), _INTERNAL),
    ),
    source="298-QĐ/TW và quy định về cơ quan tham mưu giúp việc cấp tỉnh (từ 02/2025 hợp nhất tuyên giáo, dân vận)",
)  # fmt: skip

DISTRICT = CommitteeTemplate(
    "district", Level.DISTRICT, "QU", _secretaries(2, 2), (),
    (
        AgencyTemplate(Kind.OFFICE, "Văn phòng {committee}", "Văn phòng", "VPQU", _office("Chánh Văn phòng", 2, 2, 8, 2), (*_OFFICE, *_INTERNAL)),
        AgencyTemplate(Kind.ORGANISATION, "Ban Tổ chức {committee}", "Ban Tổ chức", "BTCQU", _board("Trưởng Ban", Role.ORGANISATION_BOARD, 2, 6, 2), _ORGANISATION),
        AgencyTemplate(Kind.PROPAGANDA, "Ban Tuyên giáo và Dân vận {committee}", "Ban Tuyên giáo và Dân vận", "BTGDVQU", _board("Trưởng Ban", Role.UNIT_HEAD, 2, 6, 1), _PROPAGANDA),
        AgencyTemplate(Kind.INSPECTION, "Ủy ban Kiểm tra {committee}", "Ủy ban Kiểm tra", "UBKTQU", _board("Chủ nhiệm", Role.INSPECTION, 2, 5, 2), _INSPECTION),
    ),
    source=_USUAL, until=COMMUNE_MODEL_FROM,
)  # fmt: skip

OLD_COMMUNE = CommitteeTemplate(
    "old_commune", Level.COMMUNE, "ĐU", _secretaries(1, 2), (),
    (
        AgencyTemplate(Kind.OFFICE, "Văn phòng {committee}", "Văn phòng", "VPĐU", (
            PostTemplate("Chánh Văn phòng", Role.OFFICE_HEAD, 1, 1, 2),
            PostTemplate("Văn thư", Role.CLERK, 5, 1, 2),
            PostTemplate("Chuyên viên", Role.SPECIALIST, 5, 4),
        ), tuple(code for code, _name, _field in FUNCTIONS)),
    ),
    source=_USUAL, until=COMMUNE_MODEL_FROM,
)  # fmt: skip

COMMUNE = CommitteeTemplate(
    "commune", Level.COMMUNE, "ĐU", _secretaries(1, 2), (),
    (
        AgencyTemplate(Kind.OFFICE, "Văn phòng {committee}", "Văn phòng", "VPĐU", _office("Chánh Văn phòng", 1, 1, 3, 2), (*_OFFICE, *_INTERNAL)),
        AgencyTemplate(Kind.PARTY_BUILDING, "Ban Xây dựng Đảng {committee}", "Ban Xây dựng Đảng", "BXDĐ", _board("Trưởng Ban", Role.ORGANISATION_BOARD, 1, 2, 1), (*_ORGANISATION, *_PROPAGANDA)),
        AgencyTemplate(Kind.INSPECTION, "Ủy ban Kiểm tra {committee}", "Ủy ban Kiểm tra", "UBKTĐU", _board("Chủ nhiệm", Role.INSPECTION, 1, 1, 1), _INSPECTION),
    ),
    source=_NEW_COMMUNES, since=COMMUNE_MODEL_FROM,
)  # fmt: skip

SPECIAL_ZONE = CommitteeTemplate(
    "special_zone", Level.COMMUNE, "ĐU", _secretaries(1, 2), (),
    (
        COMMUNE.agencies[0],
        AgencyTemplate(Kind.ORGANISATION, "Ban Tổ chức {committee}", "Ban Tổ chức", "BTCĐU", _board("Trưởng Ban", Role.ORGANISATION_BOARD, 1, 1, 1), _ORGANISATION),
        AgencyTemplate(Kind.PROPAGANDA, "Ban Tuyên giáo và Dân vận {committee}", "Ban Tuyên giáo và Dân vận", "BTGDVĐU", _board("Trưởng Ban", Role.UNIT_HEAD, 1, 1, 1), _PROPAGANDA),
        COMMUNE.agencies[2],
    ),
    source=_NEW_COMMUNES, since=COMMUNE_MODEL_FROM,
)  # fmt: skip

TEMPLATES = {t.code: t for t in (PROVINCE, DISTRICT, OLD_COMMUNE, COMMUNE, SPECIAL_ZONE)}


def template(code: str) -> CommitteeTemplate:
    """Mẫu theo mã; ``KeyError`` khi không có."""
    return TEMPLATES[code]


def committee_template(level: str, *, on: date, is_special_zone: bool = False) -> CommitteeTemplate:
    """Mẫu của cấp ủy mở ngày ``on``. ``KeyError`` khi ngày ấy không có mẫu nào, như cấp huyện từ 01/7/2025."""
    if is_special_zone and SPECIAL_ZONE.applies(on):
        return SPECIAL_ZONE
    for found in (PROVINCE, DISTRICT, OLD_COMMUNE, COMMUNE):
        if found.level == level and found.applies(on):
            return found
    raise KeyError(level)
