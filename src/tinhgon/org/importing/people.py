"""Kiểm tra bảng vị trí, người, phân công: mã, ngày nằm trong ngày, không quá số ghế, mỗi ngày một vị trí chính."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tinhgon.engine.intervals import Span, covers, merged, overlaps
from tinhgon.org.importing.rows import Row, Sheet, read_count, read_yes
from tinhgon.org.models import Appointment, Person, Post

_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_CODE = 120, 120, 30


@dataclass
class KnownPeople:
    """Cái đã có: vị trí (mã trong bảng), người (số hiệu), và các phân công còn tính tới."""

    posts: dict[str, int] = field(default_factory=dict)
    post_spans: dict[str, Span] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    in_post: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    main_of: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))


def known_people() -> KnownPeople:
    """Đọc một lần, ba câu SQL. Mã vị trí đã có là "V" và số danh tính."""
    known = KnownPeople(people=dict(Person.objects.values_list("code", "pk")))
    for post_id, valid, seats in Post.objects.filter(is_pool=False).values_list("pk", "valid", "seats"):
        if not valid.isempty:
            code = f"V{post_id}"
            known.posts[code], known.post_spans[code], known.seats[code] = post_id, Span(valid.lower, valid.upper), seats
    for code, post_id, valid, is_main in Appointment.objects.values_list("person__code", "post_id", "valid", "is_main"):
        if not valid.isempty:
            span = Span(valid.lower, valid.upper)
            known.in_post[f"V{post_id}"].append(span)
            if is_main:
                known.main_of[code].append(span)
    return known


def check_posts(sheet: Sheet, units: Mapping[str, list[Span]], known: KnownPeople) -> None:
    """``units``: mã đơn vị -> các khoảng hoạt động, cả trong bảng lẫn đã có."""
    seen: dict[str, int] = {}
    for row in sheet.rows:
        row.values["rank"] = read_count(sheet, row, "rank", default=5, least=1, most=99)
        row.values["seats"] = read_count(sheet, row, "seats", default=1, least=1, most=10_000)
        row.values["clearance"] = read_count(sheet, row, "clearance", default=0, least=0, most=3)
        if len(row["title"]) > _LONGEST_TITLE:
            sheet.fault(row.number, "title", _("Dài quá %(longest)d ký tự.") % {"longest": _LONGEST_TITLE})
        _once(sheet, row, "code", seen, known.posts)
        _inside(sheet, row, "unit", units, _("Không có đơn vị mang mã “%(code)s”."), _("Đơn vị “%(code)s” không hoạt động suốt thời gian ấy."))  # fmt: skip


def check_people(sheet: Sheet, known: KnownPeople) -> None:
    seen: dict[str, int] = {}
    for row in sheet.rows:
        _once(sheet, row, "code", seen, known.people)
        if row["full_name"] and len(row["full_name"].split()) < 2:
            sheet.fault(row.number, "full_name", _("Hãy ghi đủ họ và tên."))
        for key, longest in (("full_name", _LONGEST_NAME), ("code", _LONGEST_CODE)):
            if len(row[key]) > longest:
                sheet.fault(row.number, key, _("Dài quá %(longest)d ký tự.") % {"longest": longest})


def check_appointments(sheet: Sheet, posts: Iterable[Row], people: Iterable[Row], known: KnownPeople) -> None:
    posts = list(posts)
    spans = {code: [span] for code, span in known.post_spans.items()} | {p["code"]: [p.span] for p in posts if p.span}
    seats = known.seats | {post["code"]: post["seats"] for post in reversed(posts)}  # mã lặp: dòng đầu
    persons = set(known.people) | {person["code"] for person in people}
    for row in sheet.rows:
        row.values["is_main"] = read_yes(sheet, row, "is_main", True)
        if row["person"] and row["person"] not in persons:
            sheet.fault(row.number, "person", _("Không có người mang số hiệu “%(code)s”.") % {"code": row["person"]})
        _inside(sheet, row, "post", spans, _("Không có vị trí mang mã “%(code)s”."), _("Vị trí “%(code)s” không có hiệu lực suốt thời gian ấy."))  # fmt: skip
    _one_main_post(sheet, known)
    _not_twice_in_a_post(sheet)
    _seats(sheet, seats, known)


def _once(sheet: Sheet, row: Row, key: str, seen: dict[str, int], existing: Mapping[str, int]) -> None:
    code = row[key]
    if not code:
        return
    if code in existing:
        sheet.fault(row.number, key, _("Mã “%(code)s” đã có trong hệ thống.") % {"code": code})
    elif code in seen:
        sheet.fault(row.number, key, _("Mã “%(code)s” lặp lại mã ở dòng %(row)d.") % {"code": code, "row": seen[code]})
    seen.setdefault(code, row.number)


def _inside(sheet: Sheet, row: Row, key: str, spans: Mapping[str, list[Span]], unknown: str, outside: str) -> None:
    """Mã ở cột ``key`` phải có, và khoảng ngày của dòng phải nằm trong các khoảng của nó."""
    code, own = row[key], row.span
    if not code:
        return
    if code not in spans:
        sheet.fault(row.number, key, unknown % {"code": code})
    elif own is not None and not covers(merged(spans[code]), own):
        sheet.fault(row.number, key, outside % {"code": code})


def _one_main_post(sheet: Sheet, known: KnownPeople) -> None:
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        if row["is_main"] and row.span:
            by_person[row["person"]].append(row)
    for person, rows in by_person.items():
        for place, row in enumerate(rows):
            assert row.span is not None
            before = [*known.main_of.get(person, []), *(other.span for other in rows[:place] if other.span)]
            if any(row.span.overlaps(span) for span in before):
                sheet.fault(row.number, "is_main", _("Người “%(code)s” đã có một vị trí chính trong thời gian ấy: ghi 0 ở cột “Chính” nếu kiêm nhiệm.") % {"code": person})  # fmt: skip


def _not_twice_in_a_post(sheet: Sheet) -> None:
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sheet.rows:
        if row.span:
            pairs[row["person"], row["post"]].append(row)
    for rows in pairs.values():
        for later in rows[1:]:
            if any(overlaps([earlier.span, later.span]) for earlier in rows[: rows.index(later)] if earlier.span and later.span):
                sheet.fault(later.number, "since", _("Chồng ngày với dòng %(row)d: cùng người, cùng vị trí.") % {"row": rows[0].number})


def _seats(sheet: Sheet, seats: Mapping[str, int], known: KnownPeople) -> None:
    """Số người của một vị trí không vượt số ghế vào ngày bắt đầu của bất cứ phân công nào."""
    held: dict[str, list[Span]] = defaultdict(list)
    for row in sheet.rows:
        if row.span and row["post"] in seats:
            if not held[row["post"]]:
                held[row["post"]] += known.in_post.get(row["post"], [])
            held[row["post"]].append(row.span)
    for row in sheet.rows:
        if row.span and row["post"] in seats:
            together = sum(row.span.start in span for span in held[row["post"]])
            if together > seats[row["post"]]:
                shown = {"code": row["post"], "seats": seats[row["post"]], "people": together}
                sheet.fault(row.number, "post", _("Vị trí “%(code)s” có %(seats)d ghế mà ngày ấy có %(people)d người.") % shown)
