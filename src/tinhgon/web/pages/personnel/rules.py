"""Quy định về cán bộ: từng dòng, nguồn, chắc tới đâu; các phiên bản và khác nhau; sửa, thêm, bỏ, đặt bộ kế tiếp."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine import rulebook
from tinhgon.engine.rulebook import Book, Difference, Line
from tinhgon.org.access import acting
from tinhgon.personnel.models import RuleBookVersion
from tinhgon.personnel.rule_words import (
    CERTAINTIES,
    OURS,
    cell_label,
    cell_said,
    day_said,
    difference_label,
    difference_values,
    is_in_title,
    title_of,
)
from tinhgon.personnel.selectors import rules as reads
from tinhgon.personnel.services import rule_upgrade
from tinhgon.personnel.services import rules as verbs
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.forms.personnel_rules import FollowForm, RuleLineForm
from tinhgon.web.verbs import VerbPage, verb_page

SLUGS: Mapping[str, Book] = {"thoi-lam": Book.LEAVE, "xep-loai": Book.GRADING, "cap-pho": Book.DEPUTIES}
_ADDED = {
    "base_wage": gettext_lazy("Thêm mức lương cơ sở"), "insurance": gettext_lazy("Thêm cách tính theo thời gian đóng bảo hiểm"),
    "title": gettext_lazy("Thêm danh hiệu"),
}  # fmt: skip
_STATES = ("now", "coming", "ended", "")
_SIDES = {"party": gettext_lazy("khối Đảng"), "state": gettext_lazy("khối Nhà nước")}
_SHOWN = 20
"""Số phiên bản kể ngay; muốn xem hết thì bấm."""
_DONE = gettext_lazy("Đã ghi phiên bản mới của quy định.")


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng như hiện trên trang. ``values``: (ô, giá trị) của những ô quy định có nêu."""

    line: Line
    title: str
    values: list[tuple[str, str]]
    source: str
    certainty: str

    @property
    def may_go(self) -> bool:
        return self.line.provision.grows


@dataclass(frozen=True, slots=True)
class Section:
    """Một bộ, hoặc phần dùng chung (``number`` trống). ``adds``: (loại dòng, chữ của nút) thêm được vào phần này."""

    title: str
    number: int | None
    state: str
    since: str
    dates: str
    rows: list[Row]
    adds: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Một dòng của bản đi kèm mới mà cơ quan đã sửa khác đi."""

    id: int
    title: str
    own: str
    shipped: str


def book_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Một quyển ở phiên bản đang xem, mặc định phiên bản đang dùng. Ai đã đăng nhập cũng đọc được."""
    book = _book(slug)
    current = reads.newest(book)
    wanted = request.GET.get("phien-ban", "")
    shown = reads.version(book, int(wanted)) if wanted.isascii() and wanted.isdigit() and int(wanted) != current.number else current
    wants_all = "moi-phien-ban" in request.GET
    versions = reads.history(book, most=None if wants_all else _SHOWN + 1)
    has_older = not wants_all and len(versions) > _SHOWN
    return render(request, "web/pages/personnel/rules.html", {
        "slug": slug, "books": [(each, RuleBookVersion.Book(one).label) for each, one in SLUGS.items()], "shown": shown,
        "is_newest": shown is current, "current": current, "sections": _sections(book, shown.data, request), "versions": versions[:_SHOWN] if has_older else versions, "has_older": has_older,
        "changes": [(difference_label(each), *difference_values(each)) for each in _differences(shown)], "ours": OURS[book],
        "offers": _offers(book, current.data) if shown is current else [],
        "may_keep": shown is current and verbs.may_keep_rules(acting(request.actor, on=request.today), on=request.today),
    })  # fmt: skip


def offer(request: HttpRequest, slug: str, proposal_id: int, verb: str) -> HttpResponse:
    """Nhận dòng của bản đi kèm, hay giữ dòng của cơ quan."""
    book = _book(slug)
    verbs.require_keeper(request.actor, on=request.today)
    found = next((one for one in _offers(book, reads.newest(book).data) if one.id == proposal_id), None)
    if found is None or verb not in ("nhan", "giu"):
        raise Http404
    takes = verb == "nhan"
    function = rule_upgrade.accept_line if takes else rule_upgrade.decline_line
    return verb_page(request, VerbPage(
        title=_("Nhận dòng của bản đi kèm") if takes else _("Giữ dòng của cơ quan"), submit=_("Nhận") if takes else _("Giữ"),
        done=str(_DONE) if takes else _("Đã giữ dòng của cơ quan."), back=reverse("web:personnel_rules", args=[slug]), about=f"{found.title}: {found.own} → {found.shipped}",
        form=ReasonForm(request.POST or None),
        call=lambda data: function(request.actor, on=request.today, book=str(book), proposal_id=proposal_id, reason=data["reason"]),
    ))  # fmt: skip


def _offers(book: Book, own: Mapping[str, Any]) -> list[Offer]:
    found = []
    for one in reads.open_proposals(book):
        mine, came = rulebook.line_of(book, own, one.line), rulebook.line_of(book, one.shipped.data, one.line)
        line = came or mine
        if line is not None:
            found.append(Offer(one.pk, title_of(line), _told(mine), _told(came)))
    return found


def _told(line: Line | None) -> str:
    if line is None:
        return _("không có dòng này")
    row = _row(line)
    return "; ".join([*(f"{label}: {value}" for label, value in row.values), row.source])


def edit(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Sửa một dòng."""
    book, base = _opened(request, slug, number)
    line = _line(book, base, key)
    form = RuleLineForm(request.POST or None, line=line, shared=_sharing(book, base, line), initial={**line.values, **line.source})
    return _form_page(request, slug, base, form, title=_("Sửa quy định: %(line)s") % {"line": title_of(line)},
                      made=lambda: rulebook.with_line(base.data, line, form.values, form.source), keep=f"quy-dinh-{slug}-{key}")  # fmt: skip


def add(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Thêm một dòng vào danh sách thêm được: lương cơ sở, cách tính theo bảo hiểm, danh hiệu."""
    book, base = _opened(request, slug, number)
    line = _blank(book, base, key)
    found = dict(next(row.source for row in rulebook.lines_of(book, base.data) if row.provision.code == line.provision.code))
    own = line.provision.has_own_source
    form = RuleLineForm(request.POST or None, line=line, shared=1 if own else _sharing(book, base, line), initial={"certainty": "second_hand"} if own else found)
    return _form_page(request, slug, base, form, title=str(_ADDED[line.provision.code]),
                      made=lambda: rulebook.with_added(base.data, line, form.values, form.source), keep=f"quy-dinh-{slug}-{key}")  # fmt: skip


def remove(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Bỏ một dòng, từ phiên bản kế tiếp."""
    book, base = _opened(request, slug, number)
    line = _line(book, base, key)
    if not line.provision.grows:
        raise Http404
    return verb_page(request, VerbPage(
        title=_("Bỏ dòng quy định"), submit=_("Bỏ"), done=str(_DONE), back=reverse("web:personnel_rules", args=[slug]), about=title_of(line), danger=True,
        consequences=[_("Từ phiên bản mới, phép tính không còn dùng dòng này; các phiên bản trước vẫn còn.")], form=ReasonForm(request.POST or None),
        call=_changed(request, base, lambda _data: rulebook.without_line(base.data, line)),
    ))  # fmt: skip


def follow(request: HttpRequest, slug: str, number: int, set_number: int) -> HttpResponse:
    """Đặt bộ kế tiếp: chép mọi dòng của một bộ, rồi sửa từng dòng."""
    _book_, base = _opened(request, slug, number)
    sets = base.data["sets"]
    if set_number >= len(sets):
        raise _no_line()
    return verb_page(request, VerbPage(
        title=_("Đặt bộ kế tiếp"), submit=_("Ghi phiên bản mới"), done=str(_DONE), back=reverse("web:personnel_rules", args=[slug]),
        about=_("Chép mọi dòng của “%(name)s”; rồi sửa từng dòng theo văn bản mới.") % {"name": sets[set_number]["name"]},
        form=FollowForm(request.POST or None),
        call=_changed(request, base, lambda data: rulebook.followed(base.data, set_number, name=data["name"].strip(), since=data["since"])),
    ))  # fmt: skip


def _form_page(request: HttpRequest, slug: str, base: RuleBookVersion, form: RuleLineForm, *, title: str, made: Callable[[], dict[str, Any]], keep: str) -> HttpResponse:
    return verb_page(request, VerbPage(
        title=title, submit=_("Ghi phiên bản mới"), done=str(_DONE), back=reverse("web:personnel_rules", args=[slug]), form=form, keep=keep,
        about=_("Phiên bản cũ không đổi; việc đã quyết định theo nó vẫn giữ nguyên."), call=_changed(request, base, lambda _data: made()),
    ))  # fmt: skip


def _changed(request: HttpRequest, base: RuleBookVersion, made: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[dict[str, Any]], RuleBookVersion]:
    def call(data: dict[str, Any]) -> RuleBookVersion:
        return verbs.change_rules(
            request.actor, on=request.today, book=base.book, data=made(data), based_on=base.number, reason=data["reason"]
        )

    return call


def _opened(request: HttpRequest, slug: str, number: int) -> tuple[Book, RuleBookVersion]:
    book = _book(slug)
    verbs.require_keeper(request.actor, on=request.today)
    return book, reads.version(book, number)


def _book(slug: str) -> Book:
    if slug not in SLUGS:
        raise NotFound(Reason("personnel.no_rule_book", _("Không có quyển quy định này.")))
    return SLUGS[slug]


def _line(book: Book, base: RuleBookVersion, key: str) -> Line:
    try:
        return rulebook.line_at(book, base.data, key)
    except KeyError as error:
        raise _no_line() from error


def _blank(book: Book, base: RuleBookVersion, key: str) -> Line:
    """Dòng trống cuối danh sách; ``key``: loại dòng, và số của bộ khi danh sách nằm trong bộ (``insurance@0``)."""
    code, _at, number = key.partition("@")
    sets = base.data["sets"]
    if code not in _ADDED or code not in {each.code for each in rulebook.LAYOUTS[book]} or (number and not (number.isascii() and number.isdigit() and int(number) < len(sets))):
        raise _no_line()
    path = rulebook.provision(book, code).path
    if ("sets" in path) != bool(number):
        raise _no_line()
    inner = [int(number)] if number else []
    listed: Any = base.data
    filled: list[str | int] = []
    for step in path[:-1]:
        filled.append(inner.pop() if step == "*" else step)
        listed = listed[filled[-1]]
    return rulebook.blank(book, code, (*filled, len(listed)))


def _no_line() -> NotFound:
    return NotFound(Reason("personnel.no_rule_line", _("Phiên bản này không có dòng quy định ấy.")))


def _sharing(book: Book, base: RuleBookVersion, line: Line) -> int:
    return sum(each.source_path == line.source_path for each in rulebook.lines_of(book, base.data))


def _differences(shown: RuleBookVersion) -> tuple[Difference, ...]:
    return reads.changes_in(shown) if shown.pk else ()


def _sections(book: Book, data: Mapping[str, Any], request: HttpRequest) -> list[Section]:
    """Mỗi bộ một phần: bộ đang áp dụng trước, rồi bộ sắp tới, bộ đã thôi; cuối cùng là phần dùng chung."""
    lines = rulebook.lines_of(book, data)
    grown = [each.code for each in rulebook.LAYOUTS[book] if each.grows]
    found = []
    for number in [*range(len(data["sets"])), None]:
        inside = [line for line in lines if line.set_number == number]
        codes = {line.provision.code for line in inside}
        adds = [(code if number is None else f"{code}@{number}", str(_ADDED[code])) for code in grown if code in codes]
        if inside:
            found.append(_section(data, number, [_row(line) for line in inside], adds, str(request.today)))
    found.sort(key=lambda section: section.since, reverse=True)
    return sorted(found, key=lambda section: _STATES.index(section.state))


def _section(data: Mapping[str, Any], number: int | None, rows: list[Row], adds: list[tuple[str, str]], today: str) -> Section:
    if number is None:
        return Section(_("Dùng chung cho mọi bộ"), None, "", "", "", rows, adds)
    one = data["sets"][number]
    since, until = one["since"], one["until"]
    dates = _("từ %(since)s") % {"since": day_said(since)}
    if until:
        dates = _("từ %(since)s đến hết %(until)s") % {"since": day_said(since), "until": day_said(until)}
    state = "coming" if today < since else "ended" if until and until < today else "now"
    said = f"{_SIDES[one['side']]}, {dates}" if one.get("side") in _SIDES else dates
    return Section(str(one["name"]), number, state, str(since), said, rows, adds)


def _row(line: Line) -> Row:
    told = [cell for cell in line.provision.cells if not is_in_title(line, cell.name)]
    values = [(cell_label(line, cell.name), text) for cell in told if (text := cell_said(cell, line.values[cell.name]))]
    source = ", ".join(part for part in (line.source["document"], line.source["clause"]) if part)
    return Row(line, title_of(line), values, source, "" if line.is_absent else str(CERTAINTIES[line.source["certainty"]]))
