"""Hạn và chỉ đạo nói trong văn bản, kèm nguyên câu: chỉ là đề nghị, người nhận văn bản quyết định.

"trước ngày 20/02/2025", "chậm nhất ngày 05 tháng 3", "trong tháng 6", "quý III": hạn. "giao X chủ trì, phối hợp Y", "đề nghị X báo cáo": chỉ đạo.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from tinhgon.engine.reading.model import Proposal
from tinhgon.engine.vietnamese import nfc

MOST = 40
_LONGEST = 600

_BULLET = re.compile(r"^(?:[-–+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,4}[.–-])\s*")
_STARTS = re.compile(r"^(?:[-–+*•]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]{1,4}\s?[.–-]\s|Điều \d|Nơi nhận|Căn cứ|Kính gửi)")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ(\"“-])")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|TS|ThS|PGS|GS|Đ/c|đ/c|TT|Tr|tr|No|KT|TM|TL|TUQ|v\.v)|\b[A-ZĐ])\.$")

_BY = r"(?:trước|chậm nhất(?:\s+là)?(?:\s+vào)?|muộn nhất(?:\s+là)?(?:\s+vào)?|không quá|hạn cuối(?: cùng)?(?:\s+là)?|đến hết|hết|xong trước|hoàn thành trước|thời hạn(?:\s+\w+){0,3}?|về .{1,60}? trước)"
_DAY = re.compile(
    rf"\b{_BY}\s*:?\s*(?:(?:\d{{1,2}}\s*(?:giờ|h|g)\s*\d{{0,2}}(?:\s*phút)?|cuối giờ|giờ làm việc|cuối)\s*,?\s*)?(?:của\s+)?(?:ngày|thứ\s+\w+\s*,?\s*(?:ngày)?)\s*:?\s*\(?"
    r"(?P<d>\d{1,2})(?:\s*[/.-]\s*(?P<m>\d{1,2})(?:\s*[/.-]\s*(?P<y>\d{4}))?|\s+tháng\s+(?P<m2>\d{1,2})(?:\s+năm\s+(?P<y2>\d{4})|\s*/\s*(?P<y3>\d{4}))?)",
    re.I,
)
_MONTH = re.compile(rf"\b(?:{_BY}|trong|cuối|xong trong)\s+(?:cuối\s+)?tháng\s+(?P<m>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<y>\d{{4}}))?(?!\s*/)\b", re.I)
_QUARTER = re.compile(rf"\b(?:{_BY}|trong|cuối|xong trong)\s+(?:cuối\s+)?quý\s+(?P<q>IV|I{{1,3}}|[1-4])\b(?:\s*(?:/|năm)\s*(?P<y>\d{{4}}))?", re.I)
_YEAR_END = re.compile(r"\b(?:trong|trước|đến hết|hết|cuối)\s+năm\s+(?P<y>20\d\d)\b", re.I)
_WITHIN = re.compile(r"\b(?:trong (?:thời hạn|vòng)|chậm nhất(?: là)?|không quá)\s+(?P<n>\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?(?P<work>ngày làm việc|ngày)\b", re.I)
_REPORTS = re.compile(r"báo cáo|gửi|hoàn thành|triển khai|trình|nộp|tổng hợp|thực hiện|góp ý|đăng ký|phản hồi|xong|ban hành|xử lý|giải quyết|tham mưu", re.I)

_UNIT_WORDS = (
    r"(?:Ủy ban|Uỷ ban|UBND|UBKT|HĐND|Hội đồng|Ban|Văn phòng|Sở|các sở|các Sở|Các sở|Các Sở|Đảng ủy|Đảng uỷ|đảng ủy|các đảng ủy|các Đảng ủy|Thành ủy|Tỉnh ủy|Mặt trận|MTTQ|Công an|Phòng|Thanh tra"
    r"|Trung tâm|Chi bộ|các chi bộ|các Chi bộ|Cục|Chi cục|Đoàn|Hội|Trường|các ban|các Ban|các cơ quan|các đơn vị|các phường|các xã|các địa phương|Thủ trưởng|Giám đốc|Chủ tịch|Bí thư|Tổ|Bộ|các bộ|các Bộ"
    r"|Kho bạc|Viện|Tòa án|Liên đoàn|Ngân hàng|Bảo hiểm|cấp ủy)"
)
_TAIL = rf"(?P<unit>{_UNIT_WORDS}[^.;:]{{0,160}}?)"
_DO = (
    r"(?=\s*,?\s*(?:là cơ quan chủ trì|làm đầu mối|chủ trì|chịu trách nhiệm|có trách nhiệm|phối hợp|tham mưu|triển khai|báo cáo|tổ chức|khẩn trương|chỉ đạo|rà soát|hướng dẫn|theo dõi|xây dựng|nghiên cứu"
    r"|tổng hợp|thực hiện|hoàn thành|gửi|xem xét|cử|quan tâm|tiếp tục|tiếp thu|kiểm tra|đôn đốc|cung cấp|đăng ký|góp ý|bố trí|chuẩn bị|tập trung|căn cứ|theo chức năng|trên cơ sở|thông báo|lãnh đạo|quán triệt|phổ biến"
    r"|trình|ban hành|xử lý|giải quyết|tuyên truyền|đẩy mạnh|tăng cường|nghiêm túc|chủ động|phân công|cập nhật|công bố|điều chỉnh|bổ sung|sắp xếp|lập|soạn|nộp)\b)"
)
_ASSIGN = re.compile(rf"\b(?:[Gg]iao|[Pp]hân công|[Yy]êu cầu|[Đđ]ề nghị|[Cc]hỉ đạo)\s+(?:cho\s+)?{_TAIL}{_DO}")
_LEADS = re.compile(rf"^{_TAIL}\s*,?\s*(?=(?:chủ trì|là cơ quan chủ trì|làm đầu mối|có trách nhiệm|chịu trách nhiệm)\b)")
_NOT_ORDER = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|Thực hiện (?:Công văn|Kế hoạch|Chỉ thị)|Quyết định này có hiệu lực)")


def proposals(lines: Iterable[str], *, issued: date | None) -> tuple[Proposal, ...]:
    """Các đề nghị theo thứ tự trong văn bản. ``issued``: ngày văn bản, để hiểu "ngày 20/6", "trong tháng 6" thiếu năm."""
    out: list[Proposal] = []
    for sentence in sentences(lines):
        if len(out) >= MOST:
            break
        if _NOT_ORDER.match(sentence):
            continue
        due, unit = due_in(sentence, issued=issued), unit_in(sentence)
        if unit:
            out.append(Proposal("directive", sentence, f"{due:%d/%m/%Y}" if due else "", unit))
        elif due and _REPORTS.search(sentence):
            out.append(Proposal("deadline", sentence, f"{due:%d/%m/%Y}"))
    return tuple(dict.fromkeys(out))


def sentences(lines: Iterable[str]) -> list[str]:
    """Các câu: dòng xuống hàng được nối lại, mục mới (gạch đầu dòng, 1., a)) là câu mới."""
    paragraphs: list[str] = []
    for line in lines:
        text = " ".join(nfc(line).split())
        if not text:
            continue
        joins = paragraphs and not _STARTS.match(text) and not re.search(r"[.;:!?/]$", paragraphs[-1]) and len(paragraphs[-1]) < 4_000
        if joins:
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
        else:
            paragraphs.append(text)
    out: list[str] = []
    for paragraph in paragraphs:
        parts = _SENTENCE.split(paragraph)
        whole: list[str] = []
        for part in parts:
            if whole and _ABBREVIATED.search(whole[-1]):
                whole[-1] = f"{whole[-1]} {part}"
            else:
                whole.append(part)
        out += [_BULLET.sub("", part).strip()[:_LONGEST] for part in whole if part.strip()]
    return out


def due_in(sentence: str, *, issued: date | None) -> date | None:
    """Hạn nói rõ ngày, tháng hay quý trong câu; ngày cuối của tháng hay quý. Không rõ thì ``None``."""
    found = _DAY.search(sentence)
    if found:
        return _day(int(found["d"]), found["m"] or found["m2"], found["y"] or found["y2"] or found["y3"], issued)
    found = _MONTH.search(sentence)
    if found:
        return _month_end(int(found["m"]), found["y"], issued)
    found = _QUARTER.search(sentence)
    if found:
        quarter = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(found["q"].upper()) or int(found["q"])
        return _month_end(quarter * 3, found["y"], issued)
    found = _WITHIN.search(sentence)
    if found and issued and found["work"].lower() == "ngày" and re.search(r"kể từ ngày (?:ký|ban hành)", sentence):
        return issued + timedelta(days=int(found["n"]))
    found = _YEAR_END.search(sentence)
    return date(int(found["y"]), 12, 31) if found else None


def _day(day: int, month: str | None, year: str | None, issued: date | None) -> date | None:
    if month is None:
        return None
    try:
        if year or issued is None:
            return date(int(year), int(month), day) if year else None
        found = date(issued.year, int(month), day)
        return found if found >= issued else date(issued.year + 1, int(month), day)  # văn bản tháng 12 hẹn "ngày 15/01"
    except ValueError:
        return None


def _month_end(month: int, year: str | None, issued: date | None) -> date | None:
    if not 1 <= month <= 12 or (not year and issued is None):
        return None
    at = int(year) if year else issued.year if issued else 0
    if not year and issued and month < issued.month:
        at += 1
    return date(at, month, calendar.monthrange(at, month)[1]) if 1900 < at < 2200 else None


def unit_in(sentence: str) -> str:
    """Nơi được giao việc, như viết trong câu; rỗng khi câu không giao việc cho ai."""
    found = _ASSIGN.search(sentence) or _LEADS.match(sentence)
    return found["unit"].strip(" ,") if found else ""
