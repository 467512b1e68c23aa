"""Viện dẫn: tên loại, "số", ký hiệu, ngày, cơ quan.

Đảng: "Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của Đảng ủy xã" (domain §1.4). Nhà nước: "Nghị định số 30/2020/NĐ-CP ngày 05
tháng 3 năm 2020 của Chính phủ" (NĐ 30/2020 Phụ lục I). Không đủ ký hiệu thì không phải viện dẫn: thà sót còn hơn nối nhầm.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tinhgon.engine.vietnamese import fold, nfc, words

MOST = 200
"""Văn bản dẫn nhiều hơn chừng này là danh mục; phần sau bị bỏ."""

_KINDS = (
    "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Kết luận", "Quy chế", "Quy định", "Thông tri",
    "Hướng dẫn", "Thông báo", "Thông cáo", "Báo cáo", "Kế hoạch", "Quy hoạch", "Chương trình", "Chiến lược", "Đề án", "Phương án",
    "Dự án", "Tờ trình", "Công văn", "Công điện", "Biên bản", "Giấy mời", "Thông tư liên tịch", "Thông tư", "Pháp lệnh",
    "Luật", "Bộ luật", "Lệnh", "Văn bản", "Phiếu chuyển", "Giấy giới thiệu",
)  # fmt: skip
_UPPER = "A-ZĐÂĂÊÔƠƯ"
_ORGAN_SYMBOL = rf"[{_UPPER}][\w.]*(?:\s?[-–]\s?[{_UPPER}][\w.]*)*"
_SYMBOL = (
    rf"\d{{1,5}}[a-zđ]?\s?[-–—]\s?[{_UPPER}][\wĐđ]{{0,4}}\s?/\s?{_ORGAN_SYMBOL}"  # 12-NQ/ĐU
    rf"|\d{{1,5}}\s?/\s?(?:\d{{4}}\s?/\s?)?{_ORGAN_SYMBOL}"  # 30/2020/NĐ-CP, 1726/QĐ-BTTTT
)
_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_KIND = "|".join(kind.replace(" ", r"\s+") for kind in sorted(_KINDS, key=len, reverse=True))
_CITED = re.compile(
    rf"(?:(?<!\w)(?P<kind>(?i:{_KIND}))(?P<name>(?:(?<=[Ll]uật)|(?<=lệnh))[ ](?:(?![Ll]uật)[^\d;:.()\n]){{1,80}}?)??\s+(?:số\s*:?\s*)?|(?P<again>(?:,|;|\svà)\s+(?:số\s+)?))"
    rf"(?P<symbol>{_SYMBOL})(?:\s?,?\s+ngày\s+(?P<day>{_DAY}))?(?P<of>\s+của\s+(?P<organ>[{_UPPER}][^;:.()\n]*))?"
)
_ENDS_ORGAN = re.compile(
    rf",|\s[-–]\s|\svà\s(?:(?i:{_KIND})|(?![{_UPPER}]))"
    r"|\s(?:về|khóa|khoá|công bố|hướng dẫn|quy định|ban hành|sửa đổi|đã|có|được|tại|nhiệm kỳ|yêu cầu|đề nghị|trong|ngày|thì|theo)(?=\W)"
)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Citation:
    """Một viện dẫn. ``written``: như trong văn bản; ``symbol``: viết liền; ``key``: để so; ``issued_on``, ``organ``: nếu có nêu."""

    written: str
    kind: str
    symbol: str
    key: str
    issued_on: date | None
    organ: str
    start: int
    end: int


def key(symbol: str) -> str:
    """Khóa so ký hiệu: "Số 09 - CV/VPTU", "9-cv/vptu" cùng thành "9 cv vptu". Cùng luật với cột ``symbol_key``."""
    return " ".join(fold(words(symbol)).split())[:80].rstrip()


def read(text: str) -> list[Citation]:
    """Mọi viện dẫn theo thứ tự, mỗi văn bản một lần. ``start``, ``end``: chỗ trong ``nfc(text)``."""
    found: dict[tuple[str, date | None], Citation] = {}
    for citation in _read(nfc(text)):
        same = (citation.key, citation.issued_on)
        if (citation.key, None) in found and citation.issued_on:
            found.pop((citation.key, None))  # lần sau nói rõ ngày
        elif citation.issued_on is None and any(known == citation.key for known, _day in found):
            continue
        found.setdefault(same, citation)
        if len(found) == MOST:
            break
    return list(found.values())


def _read(text: str) -> Iterator[Citation]:
    kind, end = "", -1
    for match in _CITED.finditer(text):
        if match["kind"]:
            kind = " ".join(match["kind"].split())
        elif not kind or match.start() != end:
            continue  # "..., 12-NQ/ĐU" chỉ là viện dẫn khi nối tiếp một viện dẫn
        organ = _organ(match["organ"] or "")
        end = match.start("organ") + len(organ) if organ else match.end("day") if match["day"] else match.end("symbol")
        start = match.start("kind") if match["kind"] else match.start("symbol")
        symbol = re.sub(r"\s+", "", match["symbol"]).replace("–", "-").replace("—", "-").rstrip(".")
        yield Citation(
            written=" ".join(text[start:end].split())[:400], kind=kind[:1].upper() + kind[1:].lower(), symbol=symbol,
            key=key(symbol), issued_on=_day(match["day"]), organ=" ".join(organ.split())[:200], start=start, end=end,
        )  # fmt: skip


def _organ(text: str) -> str:
    """Tên cơ quan tới chỗ câu nói sang việc khác."""
    ended = _ENDS_ORGAN.search(f"{text} ")
    return text[: ended.start()].rstrip() if ended else text.rstrip()


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day, month, year = (int(part) for part in _NUMBERS.findall(text))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def same_organ(written: str, name: str) -> bool:
    """Tên viết trong viện dẫn và tên cơ quan ban hành là một: bằng nhau, hoặc tên này nằm trọn trong tên kia."""
    left, right = (f" {' '.join(fold(words(text)).split())} " for text in (written, name))
    return bool(left.strip() and right.strip()) and (left in right or right in left)
