"""Từ các dòng chữ của một tệp ra tờ giấy để kiểm tra: tìm từng thành phần theo chỗ đứng và cách viết, chữ giữ nguyên văn.

Khác ``engine.reading``: ở đây không đoán và không chuẩn hóa giá trị, vì chỗ viết sai chính là điều cần thấy.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tinhgon.engine.form.joint_text import blocks_of, in_order, opens_block, organs_in
from tinhgon.engine.form.model import Subject
from tinhgon.engine.paper.model import Layout, Paper
from tinhgon.engine.paper.words import COUNTRY, MOTTO, PARTY
from tinhgon.engine.vietnamese import nfc, tone_norm

_HEAD = 30
_NUMBER = re.compile(r"^\s*Số\s*:?\s*[\d\s.…_]*[a-zđ]?\s*[-–/]\s*\S", re.IGNORECASE)
_DATE = re.compile(r"\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b", re.IGNORECASE)
_BOTH = re.compile(r"^(?P<number>\s*Số.*?\S)(?:\s{2,}|\t+)(?P<date>.*\bngày\b.*)$")
_ORNAMENT = re.compile(r"^[\s*_\-–—=.]+$")
_ADDRESS = re.compile(r"^\s*(Kính (?:gửi|trình))\s*:?\s*(.*)$", re.IGNORECASE)
_RECEIVERS = re.compile(r"^\s*Nơi nhận\s*:?\s*$", re.IGNORECASE)
_AUTHORITY = re.compile(r"^\s*(?:T/M|K/T|T/L|T/UQ|T/U|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*\S")
_LETTER = re.compile(r"^\s*(?:V/v|Về việc)\b", re.IGNORECASE)
_RECORDER = re.compile(r"^\s*(?:NGƯỜI GHI BIÊN BẢN|THƯ KÝ(?: HỘI NGHỊ| CUỘC HỌP)?)\s*$")
_CHAIR = re.compile(r"^\s*CHỦ (?:TRÌ|TỌA|TOẠ)\b")
_DRAFT = re.compile(r"^\s*dự thảo\b.{0,20}$", re.IGNORECASE)
_CIRCULATION = (
    "TÀI LIỆU HỘI NGHỊ", "TÀI LIỆU HỌP", "TÀI LIỆU THU HỒI", "XONG HỘI NGHỊ TRẢ LẠI", "XEM XONG TRẢ LẠI", "TRẢ LẠI SAU KHI HỌP",
    "LƯU HÀNH NỘI BỘ", "KHÔNG PHỔ BIẾN TRÊN CÁC PHƯƠNG TIỆN THÔNG TIN ĐẠI CHÚNG", "KHÔNG PHỔ BIẾN",
)  # fmt: skip
"""Các chỉ dẫn thường gặp, để nhận ra dòng nào là chỉ dẫn; câu nào được dùng thì theo bộ quy tắc."""
_KNOWN_CIRCULATION = frozenset(map(tone_norm, _CIRCULATION))
_MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")


def subject_of(lines: Sequence[str], type_names: Mapping[str, str], *, on: date) -> Subject:
    """``type_names``: tên loại (như trong danh mục) -> mã. Ngày: theo chính văn bản khi đọc được, không thì ``on``."""
    raw = tuple(line for line in (part for text in lines for part in _split(text)) if line.strip())
    circulation, raw = _circulation(raw)
    draft = next((line.strip() for line in raw[:_HEAD] if _DRAFT.match(line)), "")
    raw = tuple(line for place, line in enumerate(raw) if place >= _HEAD or line.strip() != draft)
    layout = Layout.STATE if _has(raw[:_HEAD], COUNTRY) and not _has(raw[:3], PARTY) else Layout.PARTY
    number = next((place for place, line in enumerate(raw[:_HEAD]) if _NUMBER.match(line)), None)
    dated = next((place for place, line in enumerate(raw[:_HEAD]) if _DATE.search(line) and len(line) < 90), None)
    named = {name.upper(): code for name, code in type_names.items()}
    titled = next((place for place, line in enumerate(raw[:_HEAD]) if nfc(line.strip()) in named and place > (number or 0)), None)
    letter = next((place for place, line in enumerate(raw[:_HEAD]) if _LETTER.match(line)), None) if titled is None else None
    summary, begin = _summary(raw, number, dated, titled, letter)
    superior, organ = _organ(raw[: number if number is not None else 0])
    organs = organs_in(organ)
    is_joint = len(organs) > 1
    end = next((place for place in range(begin, len(raw)) if _ends(raw, place) or (is_joint and opens_block(raw, place))), len(raw))
    body, word, addressees = _addressed(raw[begin:end])
    authority, position, signer, receivers = _ending(raw[end:])
    lead_side, blocks = in_order(blocks_of(raw[end:]) if is_joint else (), organs)
    if blocks:
        authority, position, signer = blocks[0].authority, blocks[0].position, blocks[0].signer
    recorder_word, recorder = _recorder(raw[end:])
    type_name = raw[titled].strip() if titled is not None else ""
    paper = Paper(
        layout=layout, superior=superior, organ=organ, symbol_line=raw[number].strip() if number is not None else "",
        place_date=raw[dated].strip() if dated is not None else "", type_name=type_name.capitalize(), summary=summary,
        body=body, joint=blocks[1:], lead_side=lead_side, authority=authority, position=position, signer=signer, receivers=receivers, addressees=addressees,
        addressee_word=word or "Kính gửi", marks=tuple(line.strip() for line in raw[:_HEAD] if line.strip() in _MARKS),
        circulation=circulation, draft=draft, recorder_word=recorder_word, recorder=recorder,
    )  # fmt: skip
    code = named.get(nfc(type_name), "cong-van" if letter is not None else "")
    return Subject(paper=paper, on=_day(paper.place_date) or on, type_code=code, is_draft=False, raw=raw)


def _circulation(raw: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """(chỉ dẫn phạm vi lưu hành, các dòng còn lại). Chỉ dẫn dài đứng trong khung có thể ngắt thành nhiều dòng."""
    for place in range(min(_HEAD, len(raw))):
        for end in range(min(place + 5, len(raw)), place, -1):
            said = " ".join(" ".join(raw[place:end]).split())
            if said.isupper() and tone_norm(said) in _KNOWN_CIRCULATION:
                return said, raw[:place] + raw[end:]
    return "", raw


def _ends(raw: Sequence[str], place: int) -> bool:
    """Dòng mở phần cuối: nơi nhận, đề ký, hay chữ ký của người ghi biên bản."""
    return bool(_RECEIVERS.match(raw[place]) or _RECORDER.match(raw[place])) or _is_authority(raw, place)


def _recorder(lines: Sequence[str]) -> tuple[str, str]:
    """(chữ trên chữ ký bên trái của biên bản, họ tên người ghi)."""
    found = next((place for place, line in enumerate(lines) if _RECORDER.match(line)), None)
    if found is None:
        return "", ""
    name = next((line.strip() for line in lines[found + 1 :] if line != line.upper()), "")
    return lines[found].strip(), name


def _split(text: str) -> list[str]:
    """Dòng ghép hai cột "Số ...    Địa danh, ngày ..." thành hai."""
    found = _BOTH.match(text)
    return [found["number"], found["date"]] if found else [text]


def _has(lines: Sequence[str], wanted: str) -> bool:
    return any(tone_norm(wanted) in tone_norm(line) for line in lines)


def _organ(head: Sequence[str]) -> tuple[str, str]:
    """Dòng cuối trước số là cơ quan ban hành, các dòng trên là cấp trên; bỏ tiêu đề, tiêu ngữ và dấu trang trí."""
    mottos = [tone_norm(one) for one in (PARTY, COUNTRY, MOTTO)]
    kept = [
        line.strip() for line in head
        if not _ORNAMENT.match(line) and not _DATE.search(line) and not any(one in tone_norm(line) for one in mottos)
    ]  # fmt: skip
    if not kept:
        return "", ""
    first = len(kept) - 1
    while first and kept[first - 1].endswith((" -", " –")):  # văn bản liên tịch: mỗi cơ quan một dòng, giữa hai tên có gạch nối
        first -= 1
    return "\n".join(kept[:first]), " ".join(kept[first:]).replace(" – ", " - ")


def _summary(
    raw: Sequence[str], number: int | None, dated: int | None, titled: int | None, letter: int | None
) -> tuple[str, int]:
    """(trích yếu, dòng bắt đầu của thân)."""
    if titled is not None:
        rule = next((place for place in range(titled + 1, min(titled + 6, len(raw))) if _ORNAMENT.match(raw[place])), None)
        end = rule if rule is not None else min(titled + 2, len(raw))
        after = end + 1 if rule is not None else end
        return " ".join(line.strip() for line in raw[titled + 1 : end]), after
    start = max(place for place in (number, dated, letter, -1) if place is not None) + 1
    return (raw[letter].strip() if letter is not None else ""), start


def _is_authority(raw: Sequence[str], place: int) -> bool:
    line = raw[place].strip()
    return bool(_AUTHORITY.match(line)) and line == line.upper() and place > len(raw) // 3


def _addressed(lines: Sequence[str]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """(thân, chữ "Kính gửi", các nơi)."""
    found = next((place for place, line in enumerate(lines[:12]) if _ADDRESS.match(line)), None)
    if found is None:
        return tuple(line.strip() for line in lines), "", ()
    match = _ADDRESS.match(lines[found])
    assert match is not None
    names = [match[2].strip()] if match[2].strip() else []
    after = found + 1
    while not names[:1] or (after < len(lines) and lines[after].lstrip().startswith(("-", "–")) and not match[2].strip()):
        if after >= len(lines):
            break
        names.append(lines[after].strip(" -–,;.\t"))
        after += 1
    body = [*lines[:found], *lines[after:]]
    return tuple(line.strip() for line in body), match[1].capitalize(), tuple(names)


def _ending(lines: Sequence[str]) -> tuple[str, str, str, tuple[str, ...]]:
    """(quyền hạn, chức vụ, họ tên, nơi nhận)."""
    receivers = tuple(line.strip() for line in lines if line.strip().startswith(("-", "–")))
    rest = [line.strip() for line in lines if not line.strip().startswith(("-", "–")) and not _RECEIVERS.match(line)]
    rest = [line for line in rest if not _RECORDER.match(line)]
    authority = next((line for line in rest if _AUTHORITY.match(line) or _CHAIR.match(line)), "")
    posts = [line for line in rest if line != authority and line == line.upper() and len(line.split()) >= 2]
    names = [line for line in rest if line != line.upper() and 2 <= len(line.split()) <= 8 and not line.endswith((".", ";", ","))]
    return authority, posts[0] if posts else "", names[-1] if names else "", receivers


def _day(place_date: str) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", place_date.rpartition(",")[2] or place_date)]
    try:
        return date(numbers[-1], numbers[-2], numbers[-3])
    except (IndexError, ValueError):
        return None
