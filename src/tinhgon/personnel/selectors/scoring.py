"""Điểm kết quả nhiệm vụ theo công thức của NĐ 335/2025: ba phần cho chuyên viên, sáu phần cho lãnh đạo. Chỉ tính và nêu từ đâu, không ghi gì.

Cách đọc của chúng tôi, vì nguồn chỉ là tóm tắt: việc của lãnh đạo là việc đơn vị người ấy chủ trì; mỗi việc hệ số 1 (hệ số quy đổi do địa
phương đặt); phần đ, e nguồn không nêu cách tính nên cơ quan tự ghi.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.grading import Product, followers_part, leader_points, parts, specialist_points
from tinhgon.org.models import Appointment, UnitVersion
from tinhgon.personnel import grading_access
from tinhgon.personnel.models import Grade, Grading
from tinhgon.personnel.periods import first_day, last_day
from tinhgon.tasks.models import Task

LEADS = 2
"""Tới thứ bậc này là lãnh đạo (đứng đầu, cấp phó)."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """``abc``: ba phần từ việc trong kỳ. ``followers``: phần d; ``people``, ``failed``, ``ungraded``: người dưới quyền trong đợt này.

    ``points``: điểm kết quả; ``None`` khi thiếu một phần.
    """

    grading: Grading
    is_leader: bool
    tasks: int
    abc: tuple[Fraction | None, Fraction | None, Fraction | None]
    followers: Fraction | None
    people: int
    failed: int
    ungraded: int
    points: Fraction | None


def scoring(actor: Actor, grading_id: int, *, on: date, own: tuple[Fraction | None, Fraction | None] = (None, None)) -> Scoring:
    """``own``: phần đ và e do cơ quan ghi. ``NotFound`` khi người hỏi không được thấy dòng xếp loại này."""
    grading = grading_access.gradings_visible_to(actor, on=on).select_related("round", "person").filter(pk=grading_id).first()
    if grading is None:
        raise NotFound(Reason("personnel.no_grading", _("Không có dòng xếp loại này, hoặc bạn không được xem.")))
    since, until = first_day(grading.round.year, grading.round.quarter), last_day(grading.round.year, grading.round.quarter)
    held = Appointment.objects.filter(person=grading.person_id, is_main=True, valid__contains=until).select_related("post").first()
    is_leader = held is not None and held.post.rank <= LEADS and not held.post.is_pool
    units = _led(held.post.unit_id, until) if held is not None and is_leader else set()
    made = _products(Q(lead__in=units) if is_leader else Q(assignee=grading.person_id), since, until)
    abc = parts(made)
    people, failed, ungraded = _followers(grading, held.post.rank, units, until) if held is not None and is_leader else (0, 0, 0)
    followers = None if ungraded and not failed else followers_part(failed, people)
    points = leader_points((*abc, followers, *own)) if is_leader else specialist_points(abc)
    return Scoring(grading, is_leader, len(made), abc, followers, people, failed, ungraded, points)


def _led(unit_id: int, on: date) -> set[int]:
    """Đơn vị ấy và các phòng ngay dưới nó; cơ quan có con dấu riêng thì có lãnh đạo riêng."""
    rooms = UnitVersion.objects.filter(parent=unit_id, is_organ=False, valid__contains=on).values_list("unit_id", flat=True)
    return {unit_id, *rooms}


def _products(whose: Q, since: date, until: date) -> list[Product]:
    """Việc có hạn hoặc đã xong trong kỳ, như cột "Việc trong kỳ" của đợt."""
    within = Q(finished_on__range=(since, until)) | Q(due_on__range=(since, until))
    rows = Task.objects.filter(whose, within).exclude(state=Task.State.CANCELLED).values_list("finished_on", "due_on", "returns")
    return [
        Product(
            is_done=finished is not None and finished <= until, redos=returns,
            delays=int(finished is not None and due is not None and finished > due),
        )
        for finished, due, returns in rows
    ]  # fmt: skip


def _followers(grading: Grading, rank: int, units: Collection[int], on: date) -> tuple[int, int, int]:
    """(người dưới quyền trong cùng đợt, số không hoàn thành, số chưa có mức)."""
    under = Appointment.objects.filter(post__unit__in=units, post__rank__gt=rank, post__is_pool=False, is_main=True, valid__contains=on)
    rows = Grading.objects.filter(round=grading.round_id, person__in=under.values("person")).exclude(pk=grading.pk)
    levels = [decided or proposed for decided, proposed in rows.values_list("level", "proposed_level")]
    return len(levels), levels.count(Grade.FAILED), levels.count("")
