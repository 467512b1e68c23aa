"""Phương án "01/7/2025" đã soạn sẵn: đơn vị mới, kế thừa, quy tắc cho hầu hết nơi chia tách; vài nơi để người dùng quyết định."""

from collections.abc import Iterator
from datetime import date

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.heirs import Heir, Inheritance, inheritances, planned_units
from tinhgon.cli.demo.world import MORNING, TODAY, Unit, World
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Kind, Succession
from tinhgon.reorg.models import DispositionOverride, DispositionRule, PlainHolding, Reorganisation
from tinhgon.reorg.services import drafting, previewing
from tinhgon.reorg.services.drafting import SuccessionDraft

NAME = "Sắp xếp bộ máy 01/7/2025"
DECREE = "2571-QĐ/TU"
DECREE_DATE = date(2025, 6, 27)

UNDECIDED = {
    "760": (Kind.OFFICE,), "769": (Kind.PROPAGANDA,), "724": (Kind.OFFICE, Kind.COMMITTEE), "750": (Kind.ORGANISATION,),
    "26737": (Kind.COMMITTEE, Kind.OFFICE), "27016": (Kind.OFFICE,), "27430": (Kind.COMMITTEE, Kind.OFFICE),
    "25798": (Kind.COMMITTEE, Kind.OFFICE), "25948": (Kind.OFFICE,),
}  # fmt: skip
"""Mã địa bàn -> các đơn vị chưa quyết định: phần chức năng chỉ chia một nửa, không có quy tắc cho mục không ghi chức năng."""


def prepare(world: World) -> Reorganisation:
    """Soạn phương án và kiểm kê, như Ban Tổ chức đã làm xong phần của mình."""
    reorg = drafting.create(SYSTEM, name=NAME, decree_number=DECREE, decree_date=DECREE_DATE, effective_on=TODAY)
    found = inheritances(world)
    ids = drafting.plan_structure(
        SYSTEM, reorg.pk, units=planned_units(world), successions=[d for i in found for d in _successions(world, i)]
    )
    _Decisions(world, reorg, ids).write(found)
    _plain_holdings(world, reorg, found, ids)
    board = world.unit("79", Kind.ORGANISATION)
    Reorganisation.objects.filter(pk=reorg.pk).update(prepared_by=board.seats[0].person_id)
    bulk.analyze()  # kiểm kê là các câu SQL lớn trên bảng vừa nạp: không có thống kê thì kế hoạch truy vấn sai
    previewing.take_inventory(SYSTEM, reorg.pk)
    reorg.refresh_from_db()
    return reorg


def is_undecided(unit: Unit) -> bool:
    return unit.kind in UNDECIDED.get(unit.committee.code, ())


def _successions(world: World, inheritance: Inheritance) -> Iterator[SuccessionDraft]:
    shares = inheritance.shares
    if is_undecided(inheritance.unit):
        shares = dict(list(shares.items())[: len(shares) // 2])
    kind = Succession.Type.SPLIT if inheritance.is_split else Succession.Type.MERGED
    for heir in inheritance.heirs:
        yield SuccessionDraft(
            predecessor_id=inheritance.unit.id, type=kind, successor_id=heir.id if isinstance(heir, Unit) else None,
            successor_key=heir if isinstance(heir, str) else "",
            functions=[world.functions[code] for code, to in shares.items() if to is heir or to == heir],
        )  # fmt: skip


class _Decisions:
    """Quy tắc và lựa chọn từng người cho các đơn vị chia tách."""

    def __init__(self, world: World, reorg: Reorganisation, ids: dict[str, int]) -> None:
        self._world, self._reorg, self._ids = world, reorg, ids
        self._by = world.unit("79", Kind.ORGANISATION).seats[0].person_id

    def write(self, found: list[Inheritance]) -> None:
        split = [i for i in found if i.is_split]
        decided = [i for i in split if not is_undecided(i.unit)]
        bulk.copy(
            DispositionRule,
            ("reorganisation_id", "unit_id", "kind", "function_id", "no_function", "heir_id", "decided_by_id", "decided_at"),
            [
                (self._reorg.pk, i.unit.id, kind, function, nothing, self.id_of(heir), self._by, MORNING)
                for i in decided
                for kind, function, nothing, heir in self._rules(i)
            ],
        )
        bulk.copy(
            DispositionOverride,
            ("reorganisation_id", "kind", "item_id", "heir_id", "decided_by_id", "decided_at"),
            [
                (self._reorg.pk, "org.appointment", seat.appointment_id, self.id_of(i.heirs[n % len(i.heirs)]), self._by, MORNING)
                for i in split
                for n, seat in enumerate(i.unit.seats)
            ],
        )

    def id_of(self, heir: Heir) -> int:
        return heir.id if isinstance(heir, Unit) else self._ids[heir]

    def _rules(self, inheritance: Inheritance) -> Iterator[tuple[str, int | None, bool, Heir]]:
        """(loại, chức năng, chỉ mục không ghi chức năng, nơi nhận)."""
        heirs = inheritance.heirs
        if inheritance.shares:  # huyện: theo chức năng; hồ sơ đã xong về thành phố; phần còn lại về nơi đặt trụ sở
            city = next(heir for heir in heirs if isinstance(heir, Unit))
            yield "documents.record", None, False, city
            yield "documents.line_record", None, False, city
            yield "", None, False, heirs[0]
            return
        functions = self._world.functions  # xã bị chia: phần chính về nơi đầu, dân vận và tuyên truyền theo địa bàn kia
        yield "", None, False, heirs[0]
        yield "", functions["dv-dan-van"], False, heirs[1]
        yield "", functions["tg-tuyen-truyen"], False, heirs[1]
        yield "", functions["cb-dang-vien"], False, heirs[-1]


_ASSETS = (
    ("asset", "Máy vi tính để bàn", "{n} bộ", "Đang sử dụng"),
    ("asset", "Máy photocopy", "01 chiếc", "Còn hoạt động, đã thay trống năm 2024"),
    ("asset", "Bàn, ghế phòng họp", "{n} bộ", "Đang sử dụng"),
    ("asset", "Xe ô tô 7 chỗ", "01 chiếc", "Đăng kiểm đến tháng 11/2025"),
    ("archive", "Hồ sơ, tài liệu giấy giai đoạn 2010 – 2020 đã chỉnh lý", "{m} mét giá", "Có mục lục hồ sơ"),
    ("archive", "Hồ sơ, tài liệu giấy giai đoạn 2021 – 2025 chưa chỉnh lý", "{m} mét giá", "Xếp hộp theo năm"),
    ("archive", "Hồ sơ đảng viên", "{h} hồ sơ", "Đã đối chiếu với cơ sở dữ liệu"),
    ("money", "Số dư tài khoản kinh phí đảng đến 30/6/2025", "{k}.000 đồng", "Đã đối chiếu với Kho bạc"),
    ("other", "Tủ hồ sơ mật (giao nhận niêm phong)", "01 tủ", "Biên bản niêm phong riêng"),
)  # fmt: skip


def _plain_holdings(world: World, reorg: Reorganisation, found: list[Inheritance], ids: dict[str, int]) -> None:
    """Con dấu của mọi cơ quan; tài sản, hồ sơ giấy, tiền của một phần các đơn vị."""
    rng = world.rng
    rows = []
    for inheritance in found:
        unit = inheritance.unit
        if not unit.is_organ:
            continue
        first = inheritance.heirs[-1] if inheritance.shares and isinstance(inheritance.heirs[-1], Unit) else inheritance.heirs[0]
        receiver = None if is_undecided(unit) else (first.id if isinstance(first, Unit) else ids[first])
        listed = [("seal", f"Con dấu {unit.name}", "01 con", "Nộp lại cơ quan công an sau bàn giao")]
        if unit.kind in ("committee", "office") and rng.random() < 0.45:
            listed += rng.sample(_ASSETS, rng.randint(2, 4))
        for category, description, quantity, note in listed:
            counted = quantity.format(
                n=f"{rng.randint(3, 28):02d}", m=f"{rng.randint(2, 60)},{rng.randint(0, 9)}", h=rng.randint(120, 940),
                k=f"{rng.randint(12, 480)}.{rng.randint(100, 999)}",
            )  # fmt: skip
            rows.append((reorg.pk, unit.id, category, description, counted, receiver, note))
    bulk.copy(
        PlainHolding,
        ("reorganisation_id", "unit_id", "category", "description", "quantity", "receiver_id", "note"),
        rows,
    )
