"""Kiểm tra chữ: mã Unicode, bảng mã cũ, dấu thanh, tên cơ quan cấp huyện, viện dẫn."""

import re
from collections.abc import Iterator
from datetime import date

from tinhgon.engine import citations
from tinhgon.engine.extract.legacy import convert, detect
from tinhgon.engine.form.model import Check, Found, Subject, mend
from tinhgon.engine.form.rules import Rule, RuleSetAt
from tinhgon.engine.paper.model import Layout
from tinhgon.engine.paper.words import COUNTRY, PARTY
from tinhgon.engine.vietnamese import nfc, tone_norm
from tinhgon.engine.vietnamese.fold import TONE_PLACES

_NEW_TO_OLD = {case(new): case(old) for new, old in TONE_PLACES for case in (str, str.upper, str.capitalize)}
_OLD_TO_NEW = {old: new for new, old in _NEW_TO_OLD.items()}
_LETTER = r"[^\W\d_]"
_NEW = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEW_TO_OLD)})(?!{_LETTER})")
_OLD = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD_TO_NEW)})(?!{_LETTER})")
_DISTRICT = re.compile(
    r"\b(?:Quận ủy|Huyện ủy|Thị ủy|(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Đảng bộ|Ủy ban Kiểm tra|Văn phòng)\s+"
    r"(?:quận|huyện|thị xã))(?=\s)",
    re.IGNORECASE,
)
_UPPER = "".join(letter for letter in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper())
_PLACE = re.compile(rf"(?:\s+(?:quận|huyện|thị xã)(?=\s))?(?P<name>(?:\s+(?:[{_UPPER}]\w*|\d+))+)")
_ENDS = r"(?:kết thúc|chấm dứt|thôi) hoạt động|giải thể|sáp nhập|hợp nhất|không (?:còn )?tổ chức"
_ENDED_AFTER = re.compile(r"\s+(?:đã |được |sẽ )?(?:(?:kết thúc|chấm dứt|thôi) hoạt động|giải thể)", re.IGNORECASE)
_ENDED_BEFORE = re.compile(rf"(?:{_ENDS})(?P<between>[^.;]*)$", re.IGNORECASE)
_JOINING = re.compile(r"\b(?:của|các|và|với|đối với)\b|,", re.IGNORECASE)
_TAKEN_FROM = re.compile(r"\b(?:tiếp nhận|kế thừa|nhận bàn giao|thu hồi|chỉnh lý|nộp lưu|bàn giao|chuyển giao)\b[^.;]*\b(?:của|từ)\s+(?:các\s+)?$", re.IGNORECASE)
_PAST = re.compile(r"trước đây|\bcũ\b|\bnguyên\b|nay là|trước khi|đến hết ngày 30/6/2025", re.IGNORECASE)
_NEAR = 120
_CITED = re.compile(r"(số\s+\d{1,5}[a-zđ]?-[A-ZĐ]\w{0,4}/[\w.\-]*\w)\s+(ngày\s+\d)")


def not_nfc(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for name, line, text in subject.texts():
        if nfc(text) != text:
            yield mend(name, text, nfc(text), line)


def legacy(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for name, line, text in subject.texts():
        encoding = detect(text)
        if encoding:
            yield mend(name, text, nfc(convert(text, encoding)), line)


def tone(subject: Subject, _rule: Rule, rules: RuleSetAt) -> Iterator[Found]:
    pattern, table = (_NEW, _NEW_TO_OLD) if rules.spelling == "old" else (_OLD, _OLD_TO_NEW)
    for name, line, text in subject.texts():
        right = pattern.sub(lambda found: table[found.group()], nfc(text))
        if right != nfc(text):
            yield mend(name, text, right, line)


def both_mottos(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Tiêu đề của bên kia nằm trên một dòng riêng, chữ hoa. Lời dẫn trong câu thì không phải tiêu đề."""
    other = COUNTRY if subject.paper.layout == Layout.PARTY else PARTY
    for place, text in enumerate(subject.raw or subject.paper.body):
        if text.isupper() and tone_norm(other) in tone_norm(text):
            yield Found("body", text, "", None if subject.raw else place)


def district(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Dẫn lại văn bản trước ngày ấy, nói rõ là tên cũ, chính văn bản kết thúc hay nhận bàn giao từ cơ quan ấy thì giữ nguyên tên."""
    since = date.fromisoformat(rule.data["since"])
    if subject.on < since:
        return
    texts = list(subject.texts())
    ended = {_place(text, found) for name, _line, text in texts if name != "organ" for found in _DISTRICT.finditer(text) if _is_ended(text, found)}
    for name, line, text in texts:
        old = [cited for cited in citations.read(text) if cited.issued_on and cited.issued_on < since]
        for found in _DISTRICT.finditer(text):
            is_cited = any(cited.start <= found.start() <= cited.end + _NEAR for cited in old)
            is_closing = name != "organ" and (_place(text, found) in ended - {""} or _is_ended(text, found) or _TAKEN_FROM.search(text[: found.start()]))
            if not is_cited and not is_closing and not _PAST.search(text):
                yield Found(name, text[found.start() : found.start() + 60].strip(), "", line)
                break


def _place(text: str, found: re.Match[str]) -> str:
    """Địa danh đứng ngay sau tên cơ quan: ``Huyện ủy Bến Lứt`` và ``Đảng bộ huyện Bến Lứt`` là một."""
    place = _PLACE.match(text, found.end())
    return " ".join(place["name"].split()).casefold() if place else ""


def _is_ended(text: str, found: re.Match[str]) -> bool:
    """Câu nói cơ quan ấy kết thúc: động từ đứng trước nó (giữa chỉ có những cơ quan cùng loại), hay đứng ngay sau."""
    place = _PLACE.match(text, found.end())
    if _ENDED_AFTER.match(text, place.end() if place else found.end()):
        return True
    before = _ENDED_BEFORE.search(text[: found.start()])
    if before is None:
        return False
    between = _DISTRICT.sub(" ", f"{before['between']} ")
    return not re.sub(rf"\s+(?:(?:quận|huyện|thị xã)\s+)?(?:[{_UPPER}]\w*|\d+)", " ", _JOINING.sub(" ", between)).strip()


def citation(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for place, text in enumerate(subject.paper.body):
        right = _CITED.sub(r"\1, \2", text)
        if right != text:
            yield mend("body", text, right, place)


CHECKS: dict[str, Check] = {
    "text.nfc": not_nfc,
    "text.legacy": legacy,
    "spelling.tone": tone,
    "head.both-mottos": both_mottos,
    "organ.district": district,
    "citation.form": citation,
}
