"""Luật của ô tìm: không dấu thì không phân biệt dấu; có dấu thì đúng dấu đứng trước; chỉ trong tầm được thấy."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.search import matching, registry
from tinhgon.search.selectors import Results, search
from tinhgon.search.tests.world import NOTES, THINGS, Note

ME, OTHER = Actor(1), Actor(2)
DAY = date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _table(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_discovered", True)
    monkeypatch.setattr(registry, "_sources", {"note": NOTES})
    with connection.schema_editor() as editor:
        editor.create_model(Note)


def put(*texts: str, **fields: object) -> list[Note]:
    return [Note.objects.create(text=text, **fields) for text in texts]


def find(text: str, actor: Actor = ME, **options: object) -> Results:
    return search(actor, on=DAY, text=text, **options)


def found(text: str, **options: object) -> list[str]:
    return [str(Note.objects.get(pk=hit.id).text) for hit in find(text, **options).hits]


def test_typed_without_marks_finds_every_marking() -> None:
    put("Chuyển đổi số", "chuyên đội sỏ", "Việc khác")
    assert set(found("chuyen doi so")) == {"Chuyển đổi số", "chuyên đội sỏ"}
    assert not any(hit.differs_in_marks for hit in find("chuyen doi so").hits)


def test_typed_with_marks_puts_the_exact_first_and_says_which_only_differ_in_marks() -> None:
    put("Bản báo cáo", "ban bao cao", "bạn báo cáo")
    hits = find("bản báo cáo").hits
    assert [hit.differs_in_marks for hit in hits] == [False, True, True]
    assert str(hits[0].snippet) == "Bản báo cáo"


def test_an_old_exact_hit_stands_before_thousands_of_newer_near_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_RANKED", 20)
    put("má")
    Note.objects.bulk_create(Note(text="ma") for _ in range(50))
    assert found("má", limit=2) == ["má", "ma"]


def test_a_quoted_phrase_typed_with_marks_is_exact_only() -> None:
    put("chuyển đổi số quốc gia", "chuyen doi so quoc gia", "đổi số chuyển")
    assert found('"chuyển đổi số"') == ["chuyển đổi số quốc gia"]
    assert set(found('"chuyen doi so"')) == {"chuyển đổi số quốc gia", "chuyen doi so quoc gia"}
    assert found("“đổi số”") == ["đổi số chuyển", "chuyển đổi số quốc gia"]


@pytest.mark.parametrize("typed", ["Đảng uỷ", "đảng ủy", "ĐẢNG ỦY", "dang uy"])
def test_both_tone_styles_and_both_unicode_forms_find_each_other(typed: str) -> None:
    put("Đảng ủy phường Sài Gòn", unicodedata.normalize("NFD", "Đảng uỷ xã"))
    for form in ("NFC", "NFD"):
        hits = find(unicodedata.normalize(form, typed)).hits
        assert len(hits) == 2
        assert not any(hit.differs_in_marks for hit in hits)


@pytest.mark.parametrize("typed", ["09-CV/VPTU", "9-cv/vptu", "số 09-CV/VPTU", "Số 9 - CV/VPTU"])
def test_a_symbol_is_found_as_written_or_without_its_zero(typed: str) -> None:
    put("Công văn số 09", symbol="09-CV/VPTU")
    put("Công văn số 19", symbol="19-CV/VPTU")
    assert found(typed) == ["Công văn số 09"]


def test_a_symbol_is_one_run_of_words_not_words_anywhere() -> None:
    put("9 việc của VPTU, một CV", "CV 9 VPTU")
    assert found("9-CV/VPTU") == []


def test_the_last_word_may_be_unfinished_while_typing() -> None:
    put("Chuyển đổi số")
    assert found("chuyen d", prefix=True) == []  # một chữ cái thì còn quá rộng
    assert found("chuyen do", prefix=True) == ["Chuyển đổi số"]
    assert found("chuyen do ", prefix=True) == []
    assert found("chuyen do") == []


def test_only_what_the_asker_may_see_is_found_and_counted() -> None:
    put("Nghị quyết", owner=1)
    put("Nghị quyết", owner=2)
    assert find("nghi quyet").total == find("nghi quyet", OTHER).total == 1
    assert find("nghi quyet", SYSTEM).total == 0


def test_what_is_found_is_marked_and_its_text_is_escaped() -> None:
    put("<b>Đảng ủy</b> & uỷ ban", symbol="<i>")
    hit = find("ủy").hits[0]
    assert hit.snippet.html == "&lt;b&gt;Đảng <mark>ủy</mark>&lt;/b&gt; &amp; <mark>uỷ</mark> ban"
    assert hit.title.html.startswith("&lt;i&gt; · ")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "-/.",
        '""',
        "'",
        "\\",
        "a & | ! <-> :*",
        "😀",
        "\0",
        "a\0b",
        "\u0301",
        "(" * 300,
        "ab " * 300,
    ],
)
def test_nothing_typed_into_the_box_breaks_the_search(typed: str) -> None:
    put("Đảng ủy")
    assert find(typed, prefix=True).total == 0


def test_pages_follow_on_from_each_other_across_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sources", {"note": NOTES, "thing": THINGS})
    for thing in range(7):
        put("nhiệm vụ", "nhiệm vụ cũ", thing=thing)
    everything = find("nhiệm vụ", limit=100)
    assert [(count.kind, count.total) for count in everything.counts] == [("note", 14), ("thing", 7)]
    pages = [hit for offset in range(0, 21, 5) for hit in find("nhiệm vụ", limit=5, offset=offset).hits]
    assert [(hit.kind, hit.id) for hit in pages] == [(hit.kind, hit.id) for hit in everything.hits]
    assert len({(hit.kind, hit.id) for hit in pages}) == 21
    assert {hit.kind for hit in find("nhiệm vụ", kinds=["thing"]).hits} == {"thing"}


def test_many_hits_are_counted_to_two_thousand_and_said_to_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_RANKED", 10)
    put(*["văn bản"] * 9)
    assert (find("van ban").total, find("van ban").capped) == (9, False)
    put(*["văn bản"] * 9)
    assert (find("van ban").total, find("van ban").capped) == (10, True)


def test_hits_older_than_the_near_stretch_are_found_when_the_near_ones_are_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "NEAR", 5)
    old = put("kế hoạch cũ", "kế hoạch cũ hơn")
    put(*["việc khác"] * 8)
    new = put("kế hoạch mới")
    for typed in ("ke hoach", "kế hoạch"):
        assert {hit.id for hit in find(typed).hits} == {note.pk for note in (*old, *new)}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_takes_two_statements_per_kind_however_many_rows(rows: int) -> None:
    put(*["Kế hoạch"] * rows)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        find("kế hoạch")
    assert len(queries) == 2


def test_a_long_text_is_cut_around_what_was_found() -> None:
    put("mở đầu " * 100 + "Sài Gòn" + " kết thúc" * 100)
    shown = str(find("sai gon").hits[0].snippet)
    assert len(shown) < 200
    assert "Sài Gòn" in shown
    assert shown.startswith("… mở")
    assert shown.endswith("kết thúc …") or shown.endswith("kết …")


def test_the_given_name_key_is_kept_by_the_database() -> None:
    put("Nguyễn Văn Ân", "Trần Thị An", "Lê An")
    assert list(Note.objects.order_by("name_key").values_list("text", flat=True)) == [
        "Lê An",
        "Trần Thị An",
        "Nguyễn Văn Ân",
    ]
