"""Bố trí cán bộ: danh sách vị trí, tính và kéo thanh, lưu thành phương án khác. Ban tổ chức làm; không gì tự quyết."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.core.models import Progress
from tinhgon.engine.formats import format_number
from tinhgon.org.access import scope_of
from tinhgon.reorg.access import placement_for, placing_for
from tinhgon.reorg.models import Placement, PlannedPost, Proposal, Reorganisation, SecondPost
from tinhgon.reorg.placing import assembly, posts, solving, weighing
from tinhgon.reorg.placing.drift import drift, running

State = Reorganisation.State
OPEN = (State.INVENTORY, State.DECIDED)
IN_REQUEST = 2_000
"""Nhiều người hơn thế thì tính ở việc nền."""
MOST_SEATS = 500


@transaction.atomic
def list_posts(actor: Actor, reorg_id: int) -> int:
    """Lập (lại) danh sách vị trí nhận người. Ghim và kết quả tính cũ mất hiệu lực. Trả về số ghế."""
    reorg = open_reorg(actor, reorg_id)
    refuse_if(_in_force(reorg))
    Proposal.objects.filter(placement__reorganisation=reorg).delete()
    reorg.placements.update(baseline="", figures={}, certificate=None, computed_at=None)
    before = reorg.pins.count()
    reorg.planned_posts.all().delete()
    made = posts.draft(reorg)
    seats = sum(one.seats for one in made)
    record(actor, "placement.posts_listed", ("placing", reorg.pk), before={"pins": before}, after={"posts": len(made), "seats": seats})
    return seats


@transaction.atomic
def set_seats(actor: Actor, reorg_id: int, *, seats: Mapping[int, int]) -> int:
    """Sửa số ghế của các vị trí nhận người; trả về số vị trí đã đổi. Phương án đã tính phải tính lại."""
    reorg = open_reorg(actor, reorg_id)
    refuse_if(_in_force(reorg))
    rows = {row.pk: row for row in reorg.planned_posts.filter(pk__in=list(seats))}
    wrong = [row for pk, row in rows.items() if not 0 <= seats[pk] <= MOST_SEATS]
    if wrong:
        raise Invalid(*(
            Reason("placement.seats", _("%(title)s: số ghế từ 0 tới %(most)d.") % {"title": row.title, "most": MOST_SEATS}, f"ghe-{row.pk}")
            for row in wrong
        ))  # fmt: skip
    changed = [row for pk, row in rows.items() if row.seats != seats[pk]]
    before = {str(row.pk): row.seats for row in changed}
    for row in changed:
        row.seats = seats[row.pk]
    PlannedPost.objects.bulk_update(changed, ["seats"], batch_size=2000)
    if changed:
        record(actor, "placement.seats_set", ("placing", reorg.pk), before=before, after={str(row.pk): row.seats for row in changed})
    return len(changed)


@transaction.atomic
def start(actor: Actor, reorg_id: int, *, name: str = "") -> Placement:
    """Mở một phương án bố trí và tính lần đầu; chưa có danh sách vị trí thì lập luôn.

    Đông người thì mở với luật "trong địa bàn cũ": cả tỉnh một lúc là hàng triệu cặp người và vị trí, mà người cũng ít phải đi xa.
    """
    reorg = open_reorg(actor, reorg_id)
    if not reorg.planned_posts.exists():
        list_posts(actor, reorg_id)
    made = Placement.objects.create(
        reorganisation=reorg, name=name.strip() or _("Phương án %(number)d") % {"number": reorg.placements.count() + 1},
        weights=solving.defaults(), prepared_by_id=person_of(actor), rules={"within_area": len(assembly.movers(reorg)) > IN_REQUEST},
    )  # fmt: skip
    _compute(made)
    record(actor, "placement.started", ("placing", reorg.pk), after={"placement": made.pk, "name": made.name})
    return made


@transaction.atomic
def tune(actor: Actor, placement_id: int, *, weights: Mapping[str, int], switches: Mapping[str, bool]) -> Placement:
    """Kéo thanh, bật tắt luật, và tính lại ngay. ``Refused`` khi phương án đã quyết định."""
    placement = _draft(actor, placement_id)
    known = solving.defaults()
    wrong = [name for name, value in weights.items() if name not in known or not 0 <= value <= 100]
    if wrong or not any(weights.values()):
        raise Invalid(Reason("placement.weights", _("Mỗi thanh kéo từ 0 tới 100, và ít nhất một thanh khác 0.")))
    before = {"weights": placement.weights, "rules": placement.rules}
    placement.weights = known | dict(weights)
    placement.rules = {name: bool(switches.get(name)) for name in assembly.SWITCHES}
    placement.save(update_fields=["weights", "rules"])
    _compute(placement)
    record(actor, "placement.tuned", ("placing", placement.reorganisation_id), before=before, after={"placement": placement.pk, "weights": placement.weights, "rules": placement.rules})
    return placement


@transaction.atomic
def keep_as(actor: Actor, placement_id: int, *, name: str) -> Placement:
    """Lưu thành một phương án khác, để so sánh cạnh nhau; phương án mới mang đúng kết quả đang có."""
    source = placement_for(actor, placement_id, to="place", on=clock.today())
    if not name.strip():
        raise Invalid(Reason("placement.name", _("Hãy đặt tên cho phương án."), "name"))
    proposals = list(source.proposals.order_by("pk"))
    copy: dict[str, Any] = {key: getattr(source, key) for key in ("weights", "rules", "baseline", "figures", "certificate", "computed_at")}
    made = Placement.objects.create(reorganisation=source.reorganisation, name=name.strip(), prepared_by_id=person_of(actor), **copy)
    copies = Proposal.objects.bulk_create(
        (Proposal(placement=made, person_id=one.person_id, appointment_id=one.appointment_id, post_id=one.post_id, options=one.options) for one in proposals),
        batch_size=2000,
    )
    copied = {one.pk: copy for one, copy in zip(proposals, copies, strict=True)}
    SecondPost.objects.bulk_create(
        SecondPost(proposal=copied[one.proposal_id], post_id=one.post_id) for one in SecondPost.objects.filter(proposal__placement=source)
    )
    record(actor, "placement.kept_as", ("placing", source.reorganisation_id), after={"from": source.name, "placement": made.pk, "name": made.name})
    return made


@transaction.atomic
def drop(actor: Actor, placement_id: int) -> None:
    """Bỏ một phương án đang soạn."""
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    refuse_if([*_not_draft(placement), *running(placement)])
    name, reorg_id = placement.name, placement.reorganisation_id
    placement.delete()
    record(actor, "placement.dropped", ("placing", reorg_id), before={"name": name})


@transaction.atomic
def weigh(actor: Actor, placement_id: int) -> Placement:
    """Đo công bằng và vẽ đường đánh đổi của phương án đã tính; chỉ đo, không đổi chỗ của ai."""
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    refuse_if([*not_open(placement.reorganisation), *drift(placement)])
    if placement.figures["people"] > IN_REQUEST:
        _in_background(placement, "reorg.weigh")
    else:
        weighing.weigh(placement)
    record(actor, "placement.weighed", ("placing", placement.reorganisation_id), after={"placement": placement.pk, "name": placement.name})
    return placement


def run_weighing(placement_id: int) -> None:
    """Việc nền đo một phương án đông người."""
    placement = Placement.objects.select_related("reorganisation", "progress").get(pk=placement_id)
    if placement.progress is None or placement.progress.state == Progress.State.DONE:
        return
    progress.advance(placement.progress.pk, done=0, total=placement.figures["people"], sentence=_("Đang đo công bằng và vẽ đường đánh đổi."))
    with transaction.atomic():
        weighing.weigh(Placement.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=placement_id))
    progress.finish(placement.progress.pk, sentence=_("Đã đo xong."))


def run(placement_id: int) -> None:
    """Việc nền tính một phương án đông người; đã tính xong thì thôi."""
    placement = Placement.objects.select_related("reorganisation", "progress").get(pk=placement_id)
    if placement.progress is None or placement.progress.state == Progress.State.DONE or placement.state == Placement.State.DECIDED:
        return
    job, people = placement.progress.pk, len(assembly.movers(placement.reorganisation))
    progress.advance(job, done=0, total=people, sentence=_("Đang tính chỗ cho %(people)s người.") % {"people": format_number(people)})
    try:
        with transaction.atomic():
            locked = Placement.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=placement_id)
            solving.compute(locked)
    except Refused as refused:
        progress.finish(job, sentence=str(refused), failed=True)
        return
    told = _("Đã tính xong: %(placed)s người có chỗ, %(rest)s người chưa có.")
    progress.finish(job, sentence=told % {"placed": format_number(locked.figures["placed"]), "rest": format_number(locked.figures["unplaced"])})


def _compute(placement: Placement) -> None:
    """Tính ngay, hay xếp việc nền khi đông người."""
    if len(assembly.movers(placement.reorganisation)) <= IN_REQUEST:
        solving.compute(placement)
        return
    _in_background(placement, "reorg.place")


def _in_background(placement: Placement, task: str) -> None:
    people = len(assembly.movers(placement.reorganisation))
    placement.progress = progress.start(task, total=people, sentence=_("Đang chờ việc nền bắt đầu."))
    placement.save(update_fields=["progress"])
    jobs.configure_task(task, lock=f"place-{placement.pk}").defer(placement_id=placement.pk)


def open_reorg(actor: Actor, reorg_id: int) -> Reorganisation:
    """Lần sắp xếp còn bố trí được: đã kiểm kê, chưa chuyển giao."""
    reorg = placing_for(actor, reorg_id, to="place", on=clock.today(), lock=True)
    refuse_if(not_open(reorg))
    return reorg


def _draft(actor: Actor, placement_id: int) -> Placement:
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    refuse_if([*not_open(placement.reorganisation), *_already_decided(placement), *running(placement)])
    return placement


def not_open(reorg: Reorganisation) -> list[Reason]:
    if reorg.state in OPEN:
        return []
    return [
        Reason(
            "placement.not_open",
            _("“%(name)s” %(state)s: bố trí cán bộ sau khi kiểm kê và trước khi chuyển giao.")
            % {"name": reorg.name, "state": reorg.get_state_display()},
        )
    ]


def _already_decided(placement: Placement) -> list[Reason]:
    if placement.state != Placement.State.DECIDED:
        return []
    return [Reason("placement.decided", _("“%(name)s” đã quyết định: muốn đổi thì thường trực rút quyết định trước.") % {"name": placement.name})]


def _not_draft(placement: Placement) -> list[Reason]:
    if placement.state == Placement.State.DRAFT:
        return []
    return [Reason("placement.not_draft", _("“%(name)s” %(state)s nên không bỏ được.") % {"name": placement.name, "state": placement.get_state_display()})]


def _in_force(reorg: Reorganisation) -> list[Reason]:
    """Đang lấy ý kiến hay đã quyết định thì danh sách vị trí đứng yên: mọi người đang đọc nó."""
    held = reorg.placements.exclude(state=Placement.State.DRAFT).first()
    if held is None:
        return []
    return [Reason("placement.in_force", _("“%(name)s” %(state)s: danh sách vị trí không sửa được lúc này.") % {"name": held.name, "state": held.get_state_display()})]


def person_of(actor: Actor) -> int | None:
    return scope_of(actor, on=clock.today()).person_id
