"""Bài toán bố trí cán bộ, phương án và chứng chỉ của nó: giá trị thuần, không cơ sở dữ liệu.

Giới tính và năm sinh chỉ có mặt cho báo cáo công bằng: không hàm nào tính điểm đọc tới chúng.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

EXPERIENCE, RENEWAL, PLAIN = "experience", "renewal", "plain"
KINDS = (EXPERIENCE, RENEWAL, PLAIN)
TOP_LEVEL = 4
"""Mức của lĩnh vực; lời của từng mức ở ``sentences.LEVELS``."""
PROVEN = 2
"""Từ mức này là làm được việc: "giỏi một việc, biết nhiều việc" đếm từ đây."""
MAX_PAIRS = 4_000_000
TOP_GRADE = 4
"""Xếp loại năm: 4 hoàn thành xuất sắc, 3 tốt, 2 hoàn thành, 1 không hoàn thành (366-QĐ/TW)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Một điều tính lại được: mã câu và các con số của nó."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Con số ghi ở ``key``."""
        value = self.data[key]
        if not isinstance(value, int):
            raise TypeError(f"{self.code}.{key}: {value!r}")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Lĩnh vực. ``kind``: cần kinh nghiệm, cần đổi mới, hay không riêng."""

    id: str
    name: str = ""
    kind: str = PLAIN
    veteran_years: int = 5
    newcomer_years: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Đơn vị cũ hay mới. ``cut_max`` None: không chặn trên số ghế cắt."""

    id: str
    name: str = ""
    area: str = ""
    commune: str = ""
    at: tuple[float, float] | None = None
    cut_min: int = 0
    cut_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Một vị trí việc làm với số ghế. ``cut``: số ghế phương án được phép cắt. ``floor``: số người lâu năm (hay người mới) ít nhất."""

    id: str
    unit: str
    field: str
    seats: int
    name: str = ""
    min_level: int = 1
    kind: str = ""
    ranks: tuple[str, ...] = ()
    cut: int = 0
    floor: int = 0
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    field: str
    level: int
    years: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Một người. ``wishes``, ``agrees``: mã vị trí hay đơn vị, theo thứ tự ưa thích. ``at`` None: lấy chỗ của đơn vị gốc.

    ``ranked``: bậc của từng nguyện vọng, từ 1, không giảm; rỗng là 1, 2, 3... Một lời có thể chỉ nhiều nơi cùng bậc. ``agrees_anywhere``:
    đồng ý điều động, nên giữ nguyên trạng không giữ người ấy. ``origin``: đơn vị gốc, chỉ cho báo cáo công bằng (rỗng: ``unit``).
    """

    id: str
    unit: str
    skills: tuple[Skill, ...] = ()
    name: str = ""
    post: str = ""
    rank: str = ""
    grades: tuple[int, ...] = ()
    wishes: tuple[str, ...] = ()
    ranked: tuple[int, ...] = ()
    agrees: tuple[str, ...] = ()
    agrees_anywhere: bool = False
    commune: str = ""
    at: tuple[float, float] | None = None
    sex: str = ""
    born: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Quy tắc của cả phương án. Bốn dòng cuối phá dòng chảy: chỉ lời giải đủ quy tắc giữ chúng.

    ``together``: hai người cùng một xã, phường. ``apart``: hai người không cùng một đơn vị.
    """

    cut: int = 0
    cover: int = 2
    status_quo: bool = False
    within_area: bool = False
    deputy_percent: int | None = None
    pins: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    unit_veteran_percent: int = 0
    unit_cover: bool = False

    @property
    def beyond_flow(self) -> bool:
        """Có quy tắc phá dòng chảy: lời của riêng dòng chảy chưa phải lời về cả bài toán."""
        return bool(self.together or self.apart or self.unit_veteran_percent or self.unit_cover)


@dataclass(frozen=True, kw_only=True)
class Problem:
    fields: tuple[Field, ...]
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    people: tuple[Person, ...]
    rules: Rules = Rules()
    costs: Mapping[tuple[str, str], int] | None = None
    """Giá cho sẵn của từng cặp (người, vị trí), như tệp OR-Library; None: tính từ điểm."""

    @cached_property
    def field_of(self) -> dict[str, Field]:
        return {one.id: one for one in self.fields}

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        return {one.id: one for one in self.units}

    @cached_property
    def post_of(self) -> dict[str, Post]:
        return {one.id: one for one in self.posts}

    @cached_property
    def person_of(self) -> dict[str, Person]:
        return {one.id: one for one in self.people}

    @cached_property
    def pin_of(self) -> dict[str, str]:
        return dict(self.rules.pins)

    @cached_property
    def barred(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.rules.forbidden)

    def kind_of(self, post: Post) -> str:
        return post.kind or self.field_of[post.field].kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Các thanh kéo, 0-100. Giữ người giỏi và đủ hai người mỗi việc luôn đứng trước, không có thanh kéo."""

    mastery: int = 60
    kind: int = 25
    wishes: int = 20
    moves: int = 10

    def values(self) -> tuple[int, int, int, int]:
        return self.mastery, self.kind, self.wishes, self.moves

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(one.name for one in fields(cls))


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Chứng chỉ: giá từng nút dòng chảy, mỗi bậc một số. Ai cũng tính lại được cận dưới từ chúng, không tin máy giải.

    Các bậc: luật bị vượt, giá trị người chưa có chỗ, người còn thiếu cho các việc, mất điểm theo thanh kéo. Nút là ``post:``,
    ``counted:``, ``seat:`` + mã vị trí, ``cut:``, ``cut-deputies:`` + mã đơn vị, ``cuts``; nút đích ``end`` giá 0.
    """

    value: tuple[int, ...]
    bound: tuple[int, ...]
    prices: Mapping[str, tuple[int, ...]]

    @property
    def is_proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCertificate:
    """Chứng chỉ của lời giải đủ quy tắc, tổng gộp một số: giá từng nút và giá từng hàng phụ (số nguyên, không âm), theo thứ tự của ``side``.

    ``own_bound`` sai: cận lấy lời máy giải số nguyên (HiGHS), chỉ phần tính lại được từ các giá này là chắc.
    """

    value: int
    bound: int
    prices: Mapping[str, int]
    multipliers: tuple[int, ...]
    own_bound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Ai vào đâu; ai chưa có chỗ; ghế nào cắt. ``unmet``: quy tắc chưa giữ được, gọi tên."""

    places: Mapping[str, str]
    unplaced: tuple[str, ...]
    cuts: Mapping[str, int]
    weights: Weights
    points: Mapping[str, int]
    certificate: Certificate
    unmet: tuple[Fact, ...] = ()
