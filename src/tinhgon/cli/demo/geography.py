"""Địa bàn: ba tỉnh, 38 huyện, 441 xã cũ và 168 xã mới, đọc từ ``data/communes.csv`` (nguồn: ``data/NOTICE.txt``)."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "communes.csv"
CITY = "79"

_SMALL_COMMUNES = {
    "26734", "26737", "26740", "26743", "26746",  # Quận 1: năm phường về ba phường, hai phường bị chia
    "27643", "27646", "27649", "27652", "27655", "27658", "27661",  # Nhà Bè: bảy xã về hai xã
}  # fmt: skip
_SMALL_DISTRICTS = {"760", "786", "755"}


@dataclass(slots=True)
class Commune:
    """Một xã cũ; ``heirs``: mã các xã mới nhận địa bàn (từ hai trở lên là bị chia)."""

    code: str
    name: str
    district: "District"
    heirs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class District:
    code: str
    name: str
    province: "Province"
    communes: list[Commune] = field(default_factory=list)
    heirs: list[str] = field(default_factory=list)  # mã các xã mới hình thành từ địa bàn huyện, theo thứ tự mã


@dataclass(slots=True)
class Province:
    code: str
    name: str
    districts: list[District] = field(default_factory=list)


@dataclass(slots=True)
class Geography:
    provinces: list[Province]
    new_communes: dict[str, str]  # mã -> tên, theo thứ tự mã

    @property
    def districts(self) -> list[District]:
        return [district for province in self.provinces for district in province.districts]

    @property
    def communes(self) -> list[Commune]:
        return [commune for district in self.districts for commune in district.communes]


def geography(variant: str) -> Geography:
    """``full``, ``map``: cả ba tỉnh; ``small``: một phần Quận 1, huyện Nhà Bè và huyện Côn Đảo."""
    rows = _rows()
    if variant == "small":
        rows = [row for row in rows if _in_small(row)]
    provinces: dict[str, Province] = {}
    districts: dict[str, District] = {}
    communes: dict[str, Commune] = {}
    new: dict[str, str] = {}
    for row in rows:
        province = provinces.setdefault(
            row["old_province_code"], Province(row["old_province_code"], row["old_province"])
        )
        district = districts.get(row["old_district_code"])
        if district is None:
            district = District(row["old_district_code"], row["old_district"], province)
            districts[district.code] = district
            province.districts.append(district)
        new[row["new_ward_code"]] = row["new_ward"]
        _append_once(district.heirs, row["new_ward_code"])
        if not row["old_ward_code"]:
            continue  # Côn Đảo: huyện không có cấp xã
        commune = communes.get(row["old_ward_code"])
        if commune is None:
            commune = Commune(row["old_ward_code"], row["old_ward"], district)
            communes[commune.code] = commune
            district.communes.append(commune)
        _append_once(commune.heirs, row["new_ward_code"])
    ordered = sorted(provinces.values(), key=lambda p: (p.code != CITY, p.code))
    return Geography(ordered, dict(sorted(new.items())))


def lower_type(name: str) -> str:
    """"Phường Bến Nghé" -> "phường Bến Nghé"; "Phường 1", "Quận 4" giữ chữ hoa vì là tên bằng số."""
    kind = next(k for k in _TYPES if name.startswith(k + " "))
    rest = name[len(kind) + 1 :]
    return name if rest.isdigit() else f"{kind.lower()} {rest}"


def bare(name: str) -> str:
    """"Huyện Củ Chi" -> "Củ Chi"; "Quận 4" -> "Quận 4"."""
    kind = next(k for k in _TYPES if name.startswith(k + " "))
    rest = name[len(kind) + 1 :]
    return name if rest.isdigit() else rest


_TYPES = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu")


def _append_once(where: list[str], code: str) -> None:
    if code not in where:
        where.append(code)


def _in_small(row: dict[str, str]) -> bool:
    return row["old_district_code"] in _SMALL_DISTRICTS and (
        not row["old_ward_code"] or row["old_ward_code"] in _SMALL_COMMUNES
    )


@cache
def _rows() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
