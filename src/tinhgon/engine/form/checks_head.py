"""Kiểm tra phần đầu: tên cơ quan, số và ký hiệu, địa danh, ngày tháng, dấu mức độ, tên loại và trích yếu."""

import re
from collections.abc import Iterator
from datetime import date

from tinhgon.engine import numbering
from tinhgon.engine.form.model import Check, Found, Subject, mend
from tinhgon.engine.form.rules import Rule, RuleSetAt
from tinhgon.engine.formats import document_date
from tinhgon.engine.paper.model import A4, Layout
from tinhgon.engine.vietnamese import fold

LETTER = "cong-van"
_PREFIX = re.compile(r"^\s*Số\s*:?\s*", re.IGNORECASE)
_YEAR = re.compile(r"\s*[/-]\s*(?:19|20)\d\d(?=\s*[-/]|\s*$)")
_STATE = re.compile(
    r"(?:(?P<number>\d{1,5})(?P<suffix>[a-zđ]?))?\s*/\s*(?:(?P<type>[A-ZĐ][A-Za-zĐđ]{0,4})\s*[-–]\s*)?(?P<organ>[A-ZĐ][\w.-]*)"
)
_DATED = re.compile(
    r"^(?P<place>.*?)(?P<comma>\s*,)?\s*ngày\s*(?P<day>\d{1,2})?[\s.…]*tháng\s*(?P<month>\d{1,2})?[\s.…]*năm\s*(?P<year>\d{4})?[\s.…]*$"
)
_SLASHED = re.compile(r"^(?P<place>.*?)\s*,?\s*(?:ngày\s*)?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})$")
_OFFICE = re.compile(r"^VĂN PHÒNG\s+(?P<committee>(?:ĐẢNG ỦY|THÀNH ỦY|TỈNH ỦY)\b(?!.* - ).*)$")
_PROPER = ("đảng", "ban", "nhà", "quốc", "việt", "hà", "đoàn", "mặt", "bộ", "sở", "chính", "ủy", "trung")
"""Chữ đầu có thể là tên riêng: không đoán thay người."""


def _core(subject: Subject) -> str:
    return _PREFIX.sub("", subject.paper.symbol_line).strip()


def _line(subject: Subject, shown: str) -> str:
    return f"{'Số:' if subject.paper.layout == Layout.STATE else 'Số'} {shown}"


def _parsed(subject: Subject) -> numbering.Printed | None:
    """Đọc được theo thể thức của chính văn bản; năm ghi thừa bỏ qua."""
    text = _YEAR.sub("", _core(subject))
    if subject.paper.layout == Layout.PARTY:
        return numbering.parse(text)
    found = _STATE.fullmatch(text)
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    return numbering.Printed(number, found["suffix"] or "", found["type"] or "", found["organ"])


def _written(subject: Subject, printed: numbering.Printed, *, padded: bool) -> str:
    """Viết lại đúng thể thức; chưa có số thì giữ chỗ trống."""
    if printed.number is None:
        number = numbering.BLANK
    else:
        number = numbering.padded(printed.number) if padded else str(printed.number)
    number += printed.suffix
    if subject.paper.layout == Layout.STATE:
        return f"{number}/" + "-".join(part for part in (printed.abbreviation, printed.organ) if part)
    return f"{number}-{printed.abbreviation}/{printed.organ}"


def number_form(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    core, printed = _YEAR.sub("", _core(subject)), _parsed(subject)
    if not core:
        yield Found("symbol_line", subject.paper.symbol_line)
    elif printed is None:
        other = _STATE.fullmatch(core) if subject.paper.layout == Layout.PARTY else None
        if other and other["type"]:
            right = f"{other['number'] or numbering.BLANK}{other['suffix'] or ''}-{other['type']}/{other['organ']}"
            yield mend("symbol_line", subject.paper.symbol_line, _line(subject, right))
        else:
            yield Found("symbol_line", subject.paper.symbol_line)
    else:
        right = _written(subject, printed, padded=False)
        as_is = re.sub(r"^0+(?=\d)", "", core)
        if printed.number is not None and as_is != right or printed.number is None and core != right.strip():
            yield mend("symbol_line", subject.paper.symbol_line, _line(subject, right))


def number_pad(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    printed = _parsed(subject)
    if printed and printed.number is not None and printed.number < 10 and not _core(subject).startswith("0"):
        yield mend("symbol_line", subject.paper.symbol_line, _line(subject, _written(subject, printed, padded=True)))


def number_colon(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    line = subject.paper.symbol_line
    if not line.strip() or bool(re.match(r"\s*Số\s*:", line)) == rule.data["colon"]:
        return
    shown = line[_PREFIX.match(line).end() :] if _PREFIX.match(line) else line  # type: ignore[union-attr]
    blank = numbering.BLANK if not shown[:1].isdigit() and not shown.startswith(" ") else ""
    yield mend("symbol_line", line, f"{'Số:' if rule.data['colon'] else 'Số'} {blank}{shown}")


def number_year(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    line = subject.paper.symbol_line
    if _YEAR.search(line):
        yield mend("symbol_line", line, _YEAR.sub("", line))


def number_type(subject: Subject, _rule: Rule, rules: RuleSetAt) -> Iterator[Found]:
    wanted, printed = rules.abbreviation(subject.type_code), _parsed(subject)
    if printed is None or wanted is None or printed.abbreviation == wanted:
        return
    right = numbering.Printed(printed.number, printed.suffix, wanted, printed.organ)
    yield mend("symbol_line", subject.paper.symbol_line, _line(subject, _written(subject, right, padded=True)))


def draft_number(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    printed = _parsed(subject)
    if subject.is_draft and printed and printed.number is not None:
        blank = numbering.Printed(None, "", printed.abbreviation, printed.organ)
        yield mend("symbol_line", subject.paper.symbol_line, _line(subject, _written(subject, blank, padded=True)))


def date_form(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    text = subject.paper.place_date.strip()
    if slashed := _SLASHED.match(text):
        shown = _day_of(slashed)
        yield mend("place_date", text, f"{slashed['place'].rstrip(' ,')}, {document_date(shown)}") if shown else Found("place_date", text)
        return
    found = _DATED.match(text)
    if found is None or not found["place"].strip() or (not subject.is_draft and not (found["day"] and found["month"])):
        yield Found("place_date", text)
    elif not found["comma"]:
        place = found["place"].strip()
        yield mend("place_date", text, f"{place}, {text[len(found['place']) :].strip()}")


def date_pad(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    text = subject.paper.place_date.strip()
    found = _DATED.match(text)
    if found is None or not (found["day"] and found["month"] and found["year"]):
        return
    day = _day_of(found)
    if day is None:
        yield Found("place_date", text)
    elif not text.endswith(document_date(day)):
        place = found["place"].strip()
        yield mend("place_date", text, f"{place}, {document_date(day)}" if place else document_date(day))


def _day_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def mark_secret(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    yield from _unknown_marks(subject, rule, ("mat",))


def mark_urgency(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    yield from _unknown_marks(subject, rule, ("khan", "hoa"))


def _unknown_marks(subject: Subject, rule: Rule, about: tuple[str, ...]) -> Iterator[Found]:
    for place, mark in enumerate(subject.paper.marks):
        is_about = any(word in fold(mark).split() for word in about)
        if is_about and mark not in rule.data["allowed"]:
            right = next((known for known in rule.data["allowed"] if fold(known) == fold(mark.strip())), "")
            yield mend("marks", mark, right, place) if right else Found("marks", mark, ", ".join(rule.data["allowed"]), place)


def mark_circulation(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    mark, allowed = subject.paper.circulation, rule.data["allowed"]
    if mark and mark not in allowed:
        right = next((known for known in allowed if fold(known) == fold(" ".join(mark.split()))), "")
        yield mend("circulation", mark, right) if right else Found("circulation", mark, ", ".join(allowed))


def mark_draft(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    draft, word = subject.paper.draft.strip(), rule.data["word"]
    if draft and fold(draft).startswith(fold("dự thảo")) and not re.fullmatch(rf"{re.escape(word)} (?:thứ )?\w+", draft, re.IGNORECASE):
        times = re.search(r"\d+", draft)
        yield mend("draft", draft, f"{word} {times[0]}") if times else Found("draft", draft, f"{word} ...")


def paper_size(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if subject.paper.size != A4 and subject.type_code not in rule.data.get("types", ()):
        yield mend("size", subject.paper.size, A4)


def secret_content(subject: Subject, _rule: Rule, rules: RuleSetAt) -> Iterator[Found]:
    known = rules.rule("mark.secret")
    secret = [mark for mark in subject.paper.marks if known and mark.strip().upper() in known.data["allowed"]]
    if secret and subject.paper.body:
        yield Found("marks", secret[0])


def summary_missing(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    if not re.sub(r"^(?:V/v|về việc)\W*", "", subject.paper.summary.strip(), flags=re.IGNORECASE):
        yield Found("summary", subject.paper.summary)


def summary_end(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    summary = subject.paper.summary.rstrip()
    if summary.endswith((".", ";", ",")):
        yield mend("summary", summary, summary.rstrip(".;, "))


def _is_letter(subject: Subject) -> bool:
    return subject.type_code == LETTER or (not subject.type_code and not subject.paper.type_name)


def summary_lower(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    summary = subject.paper.summary
    first = summary.split(" ")[0]
    if not _is_letter(subject) and first[:1].isupper() and first[1:].islower() and first.lower() not in _PROPER:
        yield mend("summary", summary, summary[0].lower() + summary[1:])


def summary_repeats(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    summary, name = subject.paper.summary, subject.paper.type_name
    if name and summary.lower().startswith(name.lower() + " "):
        yield mend("summary", summary, summary[len(name) + 1 :].lstrip())


def summary_letter(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    summary, openings = subject.paper.summary, tuple(rule.data["opening"])
    if _is_letter(subject) and summary and not summary.startswith(openings):
        bare = re.sub(r"^(?:v/v|về việc)\s*:?\s*", "", summary, flags=re.IGNORECASE)
        yield mend("summary", summary, f"{openings[0]} {bare}")


def organ_upper(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    for name in ("superior", "organ"):
        text = getattr(subject.paper, name)
        if text != text.upper():
            yield mend(name, text, text.upper())


def organ_office(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    found = _OFFICE.match(subject.paper.organ.upper())
    if found:
        changes = (("superior", None, found["committee"]), ("organ", None, "VĂN PHÒNG"))
        yield Found("organ", subject.paper.organ, f"{found['committee']} / VĂN PHÒNG", None, changes)


CHECKS: dict[str, Check] = {
    "number.form": number_form,
    "number.pad": number_pad,
    "number.colon": number_colon,
    "number.year": number_year,
    "number.type": number_type,
    "draft.number": draft_number,
    "date.form": date_form,
    "date.pad": date_pad,
    "mark.secret": mark_secret,
    "mark.urgency": mark_urgency,
    "mark.secret-content": secret_content,
    "mark.circulation": mark_circulation,
    "mark.draft": mark_draft,
    "paper.a5": paper_size,
    "summary.missing": summary_missing,
    "summary.end": summary_end,
    "summary.lower": summary_lower,
    "summary.repeats": summary_repeats,
    "summary.letter": summary_letter,
    "organ.upper": organ_upper,
    "organ.office": organ_office,
}
