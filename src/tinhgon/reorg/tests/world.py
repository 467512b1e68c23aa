"""Một tỉnh nhỏ để thử: một cấp ủy tỉnh có văn phòng, một huyện, ba xã cũ; phương án gộp hai xã, tách một xã và huyện."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import ModuleType

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.org.models import Appointment, Field, Function, Person, Post, Succession
from tinhgon.org.services import structure
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.templates import COMMUNE, DISTRICT, OLD_COMMUNE, PROVINCE
from tinhgon.reorg import services
from tinhgon.reorg.models import Placement, Reorganisation
from tinhgon.reorg.services import SuccessionDraft, UnitDraft, running
from tinhgon.tasks.models import Coordination, Task

BEFORE = date(2020, 1, 1)
DAY = date(2025, 7, 1)
MOMENT = datetime(2025, 6, 20, 8, tzinfo=UTC)
LEADERS = (
    ("A", "Bí thư", "Trần Văn An"), ("A", "Phó Bí thư", "Lê Thị Bình"), ("B", "Bí thư", "Phạm Văn Chung"),
    ("B", "Phó Bí thư", "Đỗ Thị Dung"), ("C", "Bí thư", "Vũ Văn Em"),
)  # fmt: skip


@dataclass
class World:
    units: dict[str, int]
    functions: dict[str, int]
    reorg: Reorganisation
    heirs: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.units.get(name) or self.heirs[name]


def build() -> World:
    """Tỉnh T (văn phòng VT), huyện H, xã A và B gộp thành X, xã C tách thành X và Y, huyện H tách thành X, Y và tỉnh."""
    functions = _functions()
    units: dict[str, int] = {}
    rows = [
        ("T", None, PROVINCE, "committee"), ("VT", "T", PROVINCE.agencies[0], "office"), ("H", "T", DISTRICT, "committee"),
        ("A", "H", OLD_COMMUNE, "committee"), ("B", "H", OLD_COMMUNE, "committee"), ("C", "H", OLD_COMMUNE, "committee"),
    ]  # fmt: skip
    for name, parent, template, kind in rows:
        level = getattr(template, "level", "province")
        (units[name],) = structure.open_units(
            [NewUnit(f"Đảng ủy {name}", name, kind, level, units.get(parent or ""), template.symbol, posts=template.posts, term="khóa XI" if kind == "committee" else "")],
            on=BEFORE, decree="01-QĐ/TU",
        )  # fmt: skip
    structure.give_functions([(units[u], f) for u in "HABC" for f in functions.values()], on=BEFORE)
    reorg = services.create(SYSTEM, name="Sắp xếp 01/7/2025", decree_number="10-QĐ/TU", decree_date=date(2025, 6, 16), effective_on=DAY)
    heirs = services.plan_structure(SYSTEM, reorg.pk, units=_new_units(units), successions=_successions(units))
    reorg.refresh_from_db()
    return World(units, functions, reorg, heirs)


def _functions() -> dict[str, int]:
    field = Field.objects.create(code="f", name="Tổng hợp", nature="experience")
    made = [Function.objects.create(code=code, name=f"Chức năng {code}", field=field) for code in ("f1", "f2")]
    return {function.code: function.pk for function in made}


def _new_units(units: dict[str, int]) -> list[UnitDraft]:
    return [
        UnitDraft(name, f"Đảng ủy phường {name}", name, "committee", "commune", "ĐU", parent_id=units["T"], code=f"0000{name}", template=COMMUNE.code)
        for name in "XY"
    ]  # fmt: skip


def _successions(units: dict[str, int]) -> list[SuccessionDraft]:
    merged, split = Succession.Type.MERGED, Succession.Type.SPLIT
    edges = [("A", merged, "X"), ("B", merged, "X"), ("C", split, "X"), ("C", split, "Y"), ("H", split, "X"), ("H", split, "Y")]
    drafts = [SuccessionDraft(units[old], type_, successor_key=new) for old, type_, new in edges]
    return [*drafts, SuccessionDraft(units["H"], split, successor_id=units["T"])]


def person(world: World, unit: str, title: str, name: str = "Trần Văn An") -> Appointment:
    """Một người giữ vị trí ``title`` ở đơn vị, từ trước."""
    made = Person.objects.create(full_name=name, code=f"CB{Person.objects.count() + 1:05}")
    post = Post.objects.get(unit=world[unit], title=title)
    return Appointment.objects.create(person=made, post=post, valid=(BEFORE, None))


def task(world: World, lead: str, *, assigner: str = "T", function: str = "", with_: str = "", **extra: object) -> Task:
    """Một nhiệm vụ đang mở; ``with_``: các đơn vị phối hợp."""
    made = Task.objects.create(
        title=f"Việc của {lead}", lead_id=world[lead], assigner_id=world[assigner], created_at=MOMENT,
        function_id=world.functions.get(function), **extra,
    )  # fmt: skip
    Coordination.objects.bulk_create(Coordination(task=made, unit_id=world[unit]) for unit in with_)
    return made


def with_leaders() -> World:
    """Năm lãnh đạo ở ba xã, mọi mục đã có nơi nhận và đã kiểm kê: sẵn sàng để bố trí."""
    made = build()
    for unit, title, name in LEADERS:
        person(made, unit, title, name)
    services.decide_by_rule(SYSTEM, made.reorg.pk, unit_ids=[made["C"], made["H"]], heir_id=made["Y"])
    services.take_inventory(SYSTEM, made.reorg.pk)
    return made


def decided(world: World) -> str:
    """Mọi mục của huyện và xã tách về Y; chốt phương án; trả về băm bản xem trước."""
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"], world["H"]], heir_id=world["Y"])
    found = services.preview(SYSTEM, world.reorg.pk)
    services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    return found.hash


def carried_out(world: World) -> None:
    """Xem trước, chốt, chuyển giao tới khi xong; mọi mục đã có nơi nhận."""
    found = services.preview(SYSTEM, world.reorg.pk)
    services.decide(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    services.apply(SYSTEM, world.reorg.pk, preview_hash=found.hash)
    running.run(world.reorg.pk)
    world.reorg.refresh_from_db()
    assert world.reorg.proof["whole"], world.reorg.proof


def placement_decided(placement: Placement) -> Placement:
    services.consult(SYSTEM, placement.pk)
    return services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU")


def many_tasks(world: World, count: int) -> None:
    """``count`` nhiệm vụ chia đều cho các xã, mỗi việc có một đơn vị phối hợp."""
    leads = ["A", "B", "C"]
    made = Task.objects.bulk_create(
        Task(title=f"Việc số {n}", lead_id=world[leads[n % 3]], assigner_id=world["H"], created_at=MOMENT) for n in range(count)
    )
    Coordination.objects.bulk_create(
        Coordination(task=task, unit_id=world[leads[(n + 1) % 3]]) for n, task in enumerate(made)
    )


def again(world: World, actor: Actor, verbs: ModuleType) -> World:
    """Một phương án mới trên cùng các đơn vị, sau khi phương án trước đã hoàn tác."""
    reorg = verbs.create(actor, name="Sắp xếp lại", decree_number="11-QĐ/TU", decree_date=date(2025, 6, 30), effective_on=DAY)
    heirs = verbs.plan_structure(actor, reorg.pk, units=_new_units(world.units), successions=_successions(world.units))
    reorg.refresh_from_db()
    return World(world.units, world.functions, reorg, heirs)
