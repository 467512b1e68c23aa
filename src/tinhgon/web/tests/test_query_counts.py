"""Mỗi trang hỏi cơ sở dữ liệu một số lần cố định, dù có 10, 100 hay 1.000 dòng. Con số nằm ở ``query_counts.json``."""

import json
import os
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.models import User
from tinhgon.documents.models import (
    Arrival,
    DisposalItem,
    DisposalList,
    Document,
    Dossier,
    DossierEntry,
    NumberSeries,
    RetentionPeriod,
    RoutingLine,
)
from tinhgon.documents.tests.factories import Office, document_type
from tinhgon.engine.pulse import Question, launched
from tinhgon.engine.rulebook import Book
from tinhgon.org.models import (
    Appointment,
    Field,
    Function,
    Kind,
    Level,
    Person,
    Post,
    Role,
    Succession,
    UnitFunction,
)
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.structure import NewUnit, open_units
from tinhgon.org.tests.factories import BEGINNING, make_actor
from tinhgon.personnel.models import (
    Appeal,
    Grading,
    GradingRound,
    PulseAnswer,
    PulseSurvey,
    RuleBookVersion,
    Skill,
    Training,
    WishRound,
    WishSheet,
)
from tinhgon.personnel.selectors.rules import newest
from tinhgon.reorg import services as reorganising
from tinhgon.reorg.services import SuccessionDraft, UnitDraft
from tinhgon.tasks.models import Task

BASELINE = Path(__file__).parent / "query_counts.json"
REFRESH = "TINHGON_REFRESH=1 .venv/bin/pytest src/tinhgon/web/tests/test_query_counts.py"
SIZES = (10, 100, 1000)

PAGES = {
    "head": [
        "/", "/van-ban/den/", "/van-ban/di/", "/van-ban/du-thao/", "/van-ban/so/", "/nhiem-vu/", "/nhiem-vu/giao/", "/to-chuc/",
        "/to-chuc/?cap=2", "/to-chuc/bang/", "/to-chuc/so-sanh/", "/can-bo/", "/tim/?q=phuong", "/tim/nhanh/?q=phuong",
        "{document}", "{document}chuyen/", "{document}luu-ho-so/", "{task}", "{unit}", "{person}", "/vang-mat/", "/van-ban/ho-so/",
        "{dossier}", "/van-ban/nop-luu/", "/van-ban/huy-ho-so/", "{disposal}", "/van-ban/but-phe-mau/",
        "/can-bo/ma-tran/", "/can-bo/linh-vuc/", "/can-bo/xep-loai/", "{round}", "/can-bo/giu-nguoi/", "/can-bo/cap-pho/", "/can-bo/thoi-lam/", "/can-bo/quy-dinh/thoi-lam/", "/can-bo/quy-dinh/xep-loai/", "/can-bo/nguyen-vong/", "{wishes}", "/can-bo/khao-sat/", "{pulse}",
    ],
    "clerk": ["/", "/van-ban/khay/", "/van-ban/khay/noi-lay/", "/van-ban/den/", "/van-ban/den/vao-so/", "/van-ban/so/", "{series}"],
    "specialist": ["/", "/nhiem-vu/", "/van-ban/du-thao/moi/", "/van-ban/quy-tac/", "/van-ban/quy-tac/HD36-2018/", "/bang-diem/cong-thuc/"],
    "secretary": ["/", "/nhiem-vu/", "/to-chuc/", "/sap-xep/so-sanh/"],
    "board_head": ["/", "/can-bo/"],
    "keeper": ["/can-bo/quy-dinh/thoi-lam/", "/can-bo/quy-dinh/xep-loai/", "/can-bo/quy-dinh/cap-pho/"],
    "inspector": ["/", "/nhiem-vu/?chi=qua-han"],
    "administrator": ["/", "/quan-tri/tai-khoan/", "/quan-tri/tai-khoan/?tim=nguyen"],
}  # fmt: skip
_numbers = count(1)


class Filled:
    """Văn phòng của ``Office`` với ``size`` văn bản, dự thảo, dòng chuyển, nhiệm vụ, cán bộ và phường."""

    def __init__(self, office: Office, size: int) -> None:
        self.office = office
        self.today = clock.today()
        self.person = Person.objects.get(appointments=office.specialist.appointment_id)
        self.incoming(size)
        Arrival.objects.bulk_create(
            Arrival(
                to_unit_id=self.office.office, addressed_to_id=self.office.office, channel="upload", state=("ready", "failed")[n % 2],
                subject=f"Tệp {n}", received_at=clock.now(),
            )
            for n in range(size)
        )  # fmt: skip
        self.tasks(size)
        self.units(size)
        self.skills(size)
        self.dossiers(size)
        self.rule_versions(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # như một kho đã chạy: chưa có thống kê thì bộ hoạch định đoán sai

    def incoming(self, size: int) -> None:
        series = NumberSeries.objects.create(
            organ_id=self.office.office, keeper_id=self.office.office, direction="incoming", year=self.today.year, last_number=size,
            opened_on=self.today,
        )  # fmt: skip
        common = {"type": document_type(), "holder_id": self.office.office, "created_at": clock.now(), "drafter": self.person}
        documents = Document.objects.bulk_create(
            Document(
                direction="incoming", state="registered" if number % 2 else "in_process", series=series, number=number, symbol=f"{number}-CV/TU",
                summary=f"Văn bản {number}", issuer_name="Sở Nội vụ", issued_on=self.today, arrived_on=self.today,
                due_on=self.today - timedelta(days=number % 5), **common,
            )
            for number in range(1, size + 1)
        )  # fmt: skip
        Document.objects.bulk_create(
            Document(direction="outgoing", state=("draft", "ready")[n % 2], summary=f"Dự thảo {n}", return_reason="Thiếu căn cứ", **common)
            for n in range(size)
        )
        RoutingLine.objects.bulk_create(
            RoutingLine(document=d, to_unit_id=self.office.board, from_unit_id=self.office.office, role="lead", state="unread", sent_at=clock.now())
            for d in documents if d.state == "in_process"
        )  # fmt: skip
        self.document, self.series = documents[1], series

    def tasks(self, size: int) -> None:
        states = ("assigned", "accepted", "in_progress", "submitted")
        tasks = Task.objects.bulk_create(
            Task(
                title=f"Văn bản cần làm {n}", state=states[n % 4], assigner_id=self.office.city if n % 2 else self.office.office,
                lead_id=self.office.office if n % 2 else self.office.board, assignee=self.person if n % 2 else None,
                due_on=self.today + timedelta(days=n % 9 - 4), created_at=clock.now(), source=self.document,
            )
            for n in range(size)
        )  # fmt: skip
        self.task = tasks[0]

    def dossiers(self, size: int) -> None:
        """Hồ sơ đang lập và đã hết hạn; một hồ sơ chứa mọi văn bản đến; một danh mục hủy gồm mọi hồ sơ hết hạn."""
        retention = RetentionPeriod.objects.get(code="2-nam")
        made = Dossier.objects.bulk_create(
            Dossier(
                title=f"Hồ sơ {n}", unit_id=self.office.office, holder_id=self.office.office, keeper=self.person, retention=retention,
                opened_on=date(2015, 1, 5), state="closed" if n % 2 else "open", closed_on=date(2015, 12, 30) if n % 2 else None,
                created_at=clock.now(),
            )
            for n in range(size)
        )  # fmt: skip
        documents = Document.objects.filter(direction="incoming")
        DossierEntry.objects.bulk_create(
            DossierEntry(dossier=made[0], document=document, position=n, added_on=self.today) for n, document in enumerate(documents)
        )
        self.dossier = made[0]
        self.disposal = DisposalList.objects.create(unit_id=self.office.office, title="Danh mục", made_on=self.today)
        DisposalItem.objects.bulk_create(DisposalItem(disposal=self.disposal, dossier=d) for d in made if d.state == "closed")

    def units(self, size: int) -> None:
        fresh = [
            NewUnit(f"Đảng ủy phường {n}", f"Phường {n}", Kind.COMMITTEE, Level.COMMUNE, self.office.city) for n in range(size)
        ]
        units = open_units(fresh, on=BEGINNING, decree="Đầu kỳ")
        always = DateRange(BEGINNING, None)
        posts = Post.objects.bulk_create(Post(unit_id=u, title="Bí thư", role="standing_committee", rank=1, valid=always) for u in units)
        people = Person.objects.bulk_create(Person(full_name=f"Nguyễn Văn {n}", code=f"X{next(_numbers)}") for n in range(size))
        self.scenarios(units)
        Appointment.objects.bulk_create(
            Appointment(person=person, post=post, valid=always) for person, post in zip(people, posts, strict=True)
        )

    def scenarios(self, wards: list[int]) -> None:
        """Hai phương án gộp mọi phường: về một phường mới, và về Thành ủy."""
        for name, key in (("Một phường", "Z"), ("Không phường nào", "")):
            reorg = reorganising.create(SYSTEM, name=name, decree_number="1", decree_date=self.today, effective_on=self.today)
            merged = [
                SuccessionDraft(ward, Succession.Type.MERGED, successor_key=key, successor_id=None if key else self.office.city) for ward in wards
            ]
            unit = UnitDraft("Z", "Đảng ủy phường mới", "Mới", Kind.COMMITTEE, Level.COMMUNE, parent_id=self.office.city, template="commune")
            reorganising.plan_structure(SYSTEM, reorg.pk, units=[unit] if key else [], successions=merged)

    def skills(self, size: int) -> None:
        """Văn phòng thêm ``size`` người, mỗi người một mức ở một lĩnh vực; chuyên viên có một khóa học mỗi lĩnh vực."""
        post = Post.objects.create(unit_id=self.office.office, title="Chuyên viên", role="specialist", valid=DateRange(BEGINNING, None))
        people = Person.objects.bulk_create(Person(full_name=f"Trần Thị {n}", code=f"X{next(_numbers)}") for n in range(size))
        Appointment.objects.bulk_create(Appointment(person=person, post=post, valid=DateRange(BEGINNING, None)) for person in people)
        fields = list(Field.objects.values_list("pk", flat=True))
        common = {"valid": DateRange(BEGINNING, None), "basis": "Rà soát", "recorded_at": clock.now()}
        *shared, lonely = fields  # lĩnh vực cuối luôn treo vào một người, dù bao nhiêu người
        Skill.objects.bulk_create(Skill(person=p, field_id=shared[n % len(shared)], level=n % 4 + 1, **common) for n, p in enumerate(people))
        Skill.objects.create(person=people[0], field_id=lonely, level=4, **common)
        Training.objects.bulk_create(
            Training(person=self.person, title=f"Khóa {n}", field_id=fields[n % len(fields)], finished_on=BEGINNING, recorded_at=clock.now()) for n in range(size)
        )
        UnitFunction.objects.bulk_create(
            UnitFunction(unit_id=self.office.office, function=function, valid=DateRange(BEGINNING, None)) for function in Function.objects.all()
        )

        self.round = GradingRound.objects.create(
            unit_id=self.office.office, authority_id=self.office.city, period="quarter", year=2025, quarter=4, rules="QD366-2025", opened_at=clock.now(),
            self_until=self.today,
        )  # fmt: skip
        gradings = Grading.objects.bulk_create(
            Grading(round=self.round, person=person, title="Chuyên viên", proposed_level="excellent", proposed_general=29, proposed_result=65) for person in people
        )
        self.wishes = WishRound.objects.create(root_id=self.office.city, title="Đợt", opened_at=clock.now(), closes_on=self.today)
        WishSheet.objects.bulk_create(WishSheet(round=self.wishes, person=person, updated_at=clock.now()) for person in people)
        city = str(self.office.city)
        self.pulse = PulseSurvey.objects.create(
            root_id=self.office.city, title="Tâm tư", opened_at=clock.now(), closes_on=self.today - timedelta(days=1), shuffled_at=clock.now(), tree={city: None},
            groups={}, names={city: "Thành ủy"}, questions=[["c1", "Tôi hiểu"]], least_group=5, least_comments=10,
            fingerprint=launched(f"{city}-Tâm tư", parents={city: None}, questions=[Question("c1")]).fingerprint,
        )  # fmt: skip
        PulseAnswer.objects.bulk_create(PulseAnswer(survey=self.pulse, group=city, scores={"c1": 4}) for _n in range(size))
        Appeal.objects.bulk_create(Appeal(grading=grading, text="Xin xem lại", made_on=self.today) for grading in gradings)

    def rule_versions(self, size: int) -> None:
        """Mỗi quyển quy định về cán bộ có ``size`` phiên bản; người của ban tổ chức xem."""
        self.office.keeper = make_actor(self.office.board, Role.ORGANISATION_BOARD, full_name="Hoàng Thị Tổ")
        shipped = {book: newest(book).data for book in Book}
        RuleBookVersion.objects.bulk_create(
            RuleBookVersion(book=book, number=n, data=shipped[book], is_shipped=n == 1, author=None if n == 1 else self.person, reason="Sửa", made_at=clock.now())
            for book in Book
            for n in range(1, size + 1)
        )  # fmt: skip

    def address(self, page: str) -> str:
        return page.format(
            document=f"/van-ban/{self.document.pk}/", task=f"/nhiem-vu/{self.task.pk}/", unit=f"/don-vi/{self.office.city}/",
            person=f"/can-bo/{self.person.pk}/", series=f"/van-ban/so/{self.series.pk}/",
            wishes=f"/can-bo/nguyen-vong/{self.wishes.pk}/", pulse=f"/can-bo/khao-sat/{self.pulse.pk}/", round=f"/can-bo/xep-loai/{self.round.pk}/",
            dossier=f"/van-ban/ho-so/{self.dossier.pk}/", disposal=f"/van-ban/huy-ho-so/{self.disposal.pk}/",
        )  # fmt: skip


def measure(office: Office, size: int) -> dict[str, int]:
    ensure_catalogue()
    filled = Filled(office, size)
    found = {}
    for role, pages in PAGES.items():
        client = Client()
        client.force_login(User.objects.get(pk=getattr(office, role).user_id), "django.contrib.auth.backends.ModelBackend")
        for page in pages:
            address = filled.address(page)
            client.get(address)  # lần đầu còn tạo phiên và nạp các sổ đăng ký
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            assert answer.status_code == 200, address
            found[f"{role} {page}"] = sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_page_asks_the_database_as_often_however_many_rows(office: Office, size: int) -> None:
    found = measure(office, size)
    if os.environ.get("TINHGON_REFRESH") and size == SIZES[0]:
        BASELINE.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    kept = json.loads(BASELINE.read_text())
    changed = {page: (kept.get(page), now) for page, now in found.items() if kept.get(page) != now}
    assert not changed, f"Số câu hỏi đã đổi (trước, nay) với {size} dòng: {changed}. Cố ý thì chạy: {REFRESH}"
