"""Biên bản bàn giao: đúng những gì sổ cái đã ghi, theo thể thức, in được bằng một bộ chữ có đủ dấu tiếng Việt."""

import ctypes
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from pypdfium2 import raw

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import NotFound, Refused
from tinhgon.documents.models import Document, DocumentType, NumberSeries
from tinhgon.org.heading import place_and_date, place_of
from tinhgon.org.models import Term
from tinhgon.reorg import services
from tinhgon.reorg.minutes import minutes_data, minutes_pdf
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small
from tinhgon.tasks.models import Task

pytestmark = pytest.mark.django_db
SIGNED = date(2025, 7, 5)
MOMENT = datetime(2025, 6, 20, 8, tzinfo=UTC)
EVERY_LETTER = "Ắ ằ ẳ ẵ ặ Ấ ầ ẩ ẫ ậ Ế ề ể ễ ệ Ố ồ ổ ỗ ộ Ớ ờ ở ỡ ợ Ứ ừ ử ữ ự Ỷ ỳ ỹ ỵ đ Đ ủy hòa"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    return small.build()


def applied(world):
    services.apply(SYSTEM, world.reorg.pk, preview_hash=small.decided(world))
    assert running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    return world.reorg


def document(world, unit, number, summary, **extra):
    """Một văn bản đi của đơn vị, trong sổ công văn nhiệm kỳ của nó."""
    kind = DocumentType.objects.get(code="cong-van")
    book, _made = NumberSeries.objects.get_or_create(
        organ_id=world[unit], keeper_id=world[unit], direction="outgoing", type=kind, is_secret=bool(extra.get("secrecy")),
        term=Term.objects.filter(unit=world[unit]).first(), defaults={"opened_on": small.BEFORE},
    )  # fmt: skip
    NumberSeries.objects.filter(pk=book.pk).update(last_number=number)
    return Document.objects.create(
        direction="outgoing", state="registered", type=kind, holder_id=world[unit], issuer_id=world[unit], series=book,
        number=number, symbol=f"{number:02d}-CV/ĐU", summary=summary, issued_on=date(2025, 6, 1), created_at=MOMENT, **extra,
    )  # fmt: skip


def lines(minutes, label):
    section = next(s for s in minutes.sections if s.label == label)
    return [(line.mark, line.title, group.receiver, line.note) for group in section.groups for line in group.lines]


def text_of(pdf):
    document_ = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document_)


def families(pdf):
    """Họ của mọi chữ trên giấy, hỏi từng chữ."""
    found = set()
    for page in pypdfium2.PdfDocument(pdf):
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            name = ctypes.create_string_buffer(128)
            raw.FPDFText_GetFontInfo(textpage, index, name, 128, None)
            found.add(name.value.decode().partition("+")[2].partition("-")[0] or name.value.decode())
    return found - {""}


def test_minutes_name_both_sides_and_count_by_kind_and_receiver(world):
    small.person(world, "C", "Bí thư", "Nguyễn Thị Hồng Hạnh")
    small.task(world, "C", assigner="A")
    small.task(world, "C", with_="A")
    minutes = minutes_data(applied(world), world["C"], on=SIGNED)
    assert (minutes.superior, minutes.organ) == ("ĐẢNG ỦY H", "ĐẢNG ỦY C")
    assert minutes.place_and_date == "C, ngày 05 tháng 7 năm 2025"
    assert (minutes.giver.name, minutes.giver.head, minutes.giver.post) == ("Đảng ủy C", "Nguyễn Thị Hồng Hạnh", "Bí thư")
    assert [party.name for party in minutes.receivers] == ["Đảng ủy phường Y"]
    assert [(t.kind, t.receiver, t.moved, t.joined, t.closed) for t in minutes.totals] == [
        ("Phân công", "Đảng ủy phường Y", 1, 0, 0),
        ("Nhiệm vụ chủ trì", "Đảng ủy phường Y", 2, 0, 0),
    ]
    assert minutes.items == 3
    assert minutes.decree == "10-QĐ/TU ngày 16/06/2025"


def test_each_receiver_has_its_own_items_and_own_counts(world):
    to_x, to_y = small.task(world, "C"), small.task(world, "C")
    services.decide_items(SYSTEM, world.reorg.pk, kind="tasks.lead", item_ids=[to_x.pk], unit_id=world["C"], heir_id=world["X"])
    Task.objects.filter(pk=to_x.pk).update(title="Việc sang X")
    Task.objects.filter(pk=to_y.pk).update(title="Việc sang Y")
    minutes = minutes_data(applied(world), world["C"], on=SIGNED)
    assert lines(minutes, "Nhiệm vụ chủ trì") == [
        ("", "Việc sang X", "Đảng ủy phường X", ""),
        ("", "Việc sang Y", "Đảng ủy phường Y", ""),
    ]
    assert [group.first for section in minutes.sections for group in section.groups] == [1, 2]
    assert [party.name for party in minutes.receivers] == ["Đảng ủy phường X", "Đảng ủy phường Y"]


def test_documents_stand_by_symbol_and_books_at_their_last_number(world):
    document(world, "A", 9, "về việc báo cáo quý II")
    document(world, "A", 12, "về việc chuẩn bị đại hội")
    minutes = minutes_data(applied(world), world["A"], on=SIGNED)
    assert lines(minutes, "Văn bản đang xử lý") == [
        ("09-CV/ĐU", "về việc báo cáo quý II", "Đảng ủy phường X", ""),
        ("12-CV/ĐU", "về việc chuẩn bị đại hội", "Đảng ủy phường X", ""),
    ]
    (book,) = minutes.books
    assert book.mark == "Sổ đi"
    assert "số cuối 12" in book.title


def test_a_secret_document_is_counted_and_never_named(world):
    document(world, "A", 3, "tên mật không được lộ", secrecy=1)
    minutes = minutes_data(applied(world), world["A"], on=SIGNED)
    assert lines(minutes, "Văn bản đang xử lý") == [("", "Tài liệu mật (theo danh mục riêng)", "Đảng ủy phường X", "")]
    printed = text_of(minutes_pdf(world.reorg, world["A"], on=SIGNED))
    assert "không được lộ" not in printed
    assert "03-CV" not in printed


def test_people_stand_with_their_old_and_new_posts(world):
    small.person(world, "A", "Bí thư", "Trần Văn Ưng")
    minutes = minutes_data(applied(world), world["A"], on=SIGNED)
    (transfer,) = minutes.people
    assert (transfer.name, transfer.post, transfer.receiver) == ("Trần Văn Ưng", "Bí thư", "Đảng ủy phường X")
    assert transfer.new_post == "Bí thư"


def test_what_is_not_in_the_system_comes_from_the_plain_list(world):
    services.list_plain_holding(
        SYSTEM, world.reorg.pk, unit_id=world["A"], category="seal", description="Con dấu Đảng ủy A", quantity="01",
        receiver_id=world["T"], note="nộp theo quy định",
    )  # fmt: skip
    minutes = minutes_data(applied(world), world["A"], on=SIGNED)
    (thing,) = minutes.outside
    assert (thing.category, thing.description, thing.receiver) == ("con dấu", "Con dấu Đảng ủy A", "Đảng ủy T")
    assert [party.name for party in minutes.receivers] == ["Đảng ủy T"]
    assert "Con dấu Đảng ủy A" in text_of(minutes_pdf(world.reorg, world["A"], on=SIGNED))


def test_an_item_sent_on_after_the_hand_over_says_where(world):
    task = small.task(world, "C")
    reorg = applied(world)
    services.give_back(SYSTEM, reorg.pk, kind="tasks.lead", item_id=task.pk, to_unit_id=world["X"], reason="giao nhầm")
    ((*_item, note),) = lines(minutes_data(reorg, world["C"], on=SIGNED), "Nhiệm vụ chủ trì")
    assert note == "sau đó chuyển Đảng ủy phường X"


def test_minutes_of_an_undone_reorganisation_say_so(world):
    small.task(world, "C")
    reorg = applied(world)
    services.undo(SYSTEM, reorg.pk, on=small.DAY, reason="sai quyết định")
    assert running.run(reorg.pk)
    reorg.refresh_from_db()
    minutes = minutes_data(reorg, world["C"], on=SIGNED)
    assert "đã hoàn tác từ ngày 01/07/2025" in minutes.undone
    assert "đã hoàn tác" in text_of(minutes_pdf(reorg, world["C"], on=SIGNED))


def test_there_are_no_minutes_before_the_hand_over_nor_for_a_bystander(world):
    small.task(world, "A")
    with pytest.raises(Refused) as refused:
        minutes_data(world.reorg, world["A"], on=SIGNED)
    assert refused.value.code == "reorg.no_minutes"
    reorg = applied(world)
    with pytest.raises(NotFound):
        minutes_data(reorg, world["VT"], on=SIGNED)


def test_a_unit_that_held_nothing_still_hands_over_on_paper(world):
    small.task(world, "A")
    reorg = applied(world)
    minutes = minutes_data(reorg, world["B"], on=SIGNED)
    assert (minutes.items, minutes.totals, minutes.sections) == (0, (), ())
    assert "Không có." in text_of(minutes_pdf(reorg, world["B"], on=SIGNED))


def test_the_paper_reads_as_the_rules_of_party_documents_say(world):
    small.person(world, "C", "Bí thư", "Nguyễn Thị Hồng Hạnh")
    task = small.task(world, "C")
    Task.objects.filter(pk=task.pk).update(title=EVERY_LETTER)
    pdf = minutes_pdf(applied(world), world["C"], on=SIGNED)
    document_ = pypdfium2.PdfDocument(pdf)
    assert [round(side) for side in document_[0].get_size()] == [595, 842]
    first = document_[0].get_textpage().get_text_range()
    for wanted in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY H", "ĐẢNG ỦY C", "-BB/ĐU", "BIÊN BẢN", "BÊN GIAO: Đảng ủy C", "I- Tổng hợp"):
        assert wanted in first
    whole = text_of(pdf)
    for wanted in ("ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN", "NGƯỜI GHI BIÊN BẢN", "CHỨNG KIẾN", "PHỤ LỤC", "Nguyễn Thị Hồng Hạnh"):
        assert wanted in whole
    assert " ".join(whole.split()).find(EVERY_LETTER) > 0
    assert document_[1].get_textpage().get_text_range().lstrip().startswith("2")


def test_one_family_of_letters_serves_every_page(world):
    task = small.task(world, "C")
    Task.objects.filter(pk=task.pk).update(title=EVERY_LETTER)
    assert families(minutes_pdf(applied(world), world["C"], on=SIGNED)) == {"Tinos"}


def test_a_district_with_three_thousand_items_is_printed_on_fewer_than_150_pages(world):
    Task.objects.bulk_create(
        Task(title=f"Việc số {n}", lead_id=world["H"], assigner_id=world["T"], created_at=MOMENT) for n in range(3_000)
    )
    pdf = minutes_pdf(applied(world), world["H"], on=SIGNED)
    assert len(pypdfium2.PdfDocument(pdf)) < 150


def test_the_number_of_queries_does_not_grow_with_the_items(world, django_assert_max_num_queries):
    small.many_tasks(world, 300)
    reorg = applied(world)
    with django_assert_max_num_queries(20):
        assert minutes_data(reorg, world["C"], on=SIGNED).items > 100


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Đảng ủy phường Bến Nghé", "Bến Nghé"), ("Quận ủy Quận 1", "Quận 1"), ("Đảng ủy phường 14", "Phường 14"),
        ("Huyện ủy Côn Đảo", "Côn Đảo"), ("Thành ủy Thành phố Hồ Chí Minh", "Hồ Chí Minh"), ("Đảng ủy xã Bà Điểm", "Bà Điểm"),
    ],
)  # fmt: skip
def test_the_place_is_the_proper_name_or_the_number_with_its_kind(name, place):
    class Unit:
        pass

    unit = Unit()
    unit.name = name
    assert place_of(unit) == place
    assert place_and_date(unit, date(2025, 2, 3)) == f"{place}, ngày 03 tháng 02 năm 2025"
