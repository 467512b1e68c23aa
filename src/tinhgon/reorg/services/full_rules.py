"""Tính với đủ luật ở việc nền: chọn luật, chạy, dừng mà giữ phương án tốt nhất. Và kiểm tra độc lập một phương án đã tính."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, refuse_if
from tinhgon.reorg.access import placement_for
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import fully, solving, weighing
from tinhgon.reorg.placing.assembly import SWITCHES, problem_of
from tinhgon.reorg.placing.drift import drift, running
from tinhgon.reorg.services.placing import keep_as, not_open, person_of, tune

TASK = "reorg.place_fully"


@transaction.atomic
def plan_fully(actor: Actor, placement_id: int, *, name: str, rules: Mapping[str, Any]) -> Placement:
    """Mở một phương án mới từ phương án này (cùng thanh kéo) và cho việc nền tìm cách giữ cả ``rules`` đã chọn.

    ``rules``: ``unit_cover``, ``unit_veteran_percent`` (0-100), ``together`` (đôi cùng ghi nguyện vọng), ``seconds``, và các công tắc thường.
    """
    source = placement_for(actor, placement_id, to="place", on=clock.today())
    refuse_if([*not_open(source.reorganisation), *drift(source)])
    chosen = _chosen(rules)
    if not name.strip():
        raise Invalid(Reason("placement.name", _("Hãy đặt tên cho phương án."), "name"))
    made = Placement.objects.create(
        reorganisation=source.reorganisation, name=name.strip(), weights=source.weights, rules=chosen,
        prepared_by_id=person_of(actor),
        progress=progress.start(TASK, total=chosen["seconds"], sentence=_("Đang chờ việc nền bắt đầu.")),
    )  # fmt: skip
    jobs.configure_task(TASK, lock=f"place-{made.pk}").defer(placement_id=made.pk)
    record(actor, "placement.full_started", ("placing", made.reorganisation_id), after={"placement": made.pk, "name": made.name, "rules": chosen})
    return made


def _chosen(rules: Mapping[str, Any]) -> dict[str, Any]:
    percent, seconds = int(rules.get("unit_veteran_percent") or 0), int(rules.get("seconds") or 0)
    found = []
    if not 0 <= percent <= 100:
        found.append(Reason("placement.percent", _("Tỉ lệ từ 0 tới 100."), "unit_veteran_percent"))
    if seconds not in fully.SECONDS:
        found.append(Reason("placement.seconds", _("Hãy chọn thời gian tìm."), "seconds"))
    if found:
        raise Invalid(*found)
    switches = {key: bool(rules.get(key)) for key in (*SWITCHES, "unit_cover", "together")}
    return {**switches, "unit_veteran_percent": percent, "seconds": seconds}


@transaction.atomic
def stop(actor: Actor, placement_id: int) -> Placement:
    """Dừng tìm: việc nền ngưng ở bước gần nhất, phương án tốt nhất tới lúc ấy được giữ và kiểm tra."""
    placement = placement_for(actor, placement_id, to="place", on=clock.today(), lock=True)
    if not running(placement):
        raise Refused(Reason("placement.not_running", _("“%(name)s” không còn đang tính.") % {"name": placement.name}))
    placement.stop_asked = True
    placement.save(update_fields=["stop_asked"])
    record(actor, "placement.full_stopped", ("placing", placement.reorganisation_id), after={"placement": placement.pk, "name": placement.name})
    return placement


def run_fully(placement_id: int) -> None:
    """Việc nền tìm phương án giữ đủ luật; đã xong thì thôi, bị dừng giữa chừng thì tìm lại từ đầu."""
    placement = Placement.objects.select_related("reorganisation", "progress").filter(pk=placement_id).first()
    if placement is None or placement.progress is None or placement.progress.is_over:
        return
    job, seconds, clock_ = placement.progress.pk, int(placement.rules["seconds"]), fully.Clock(placement.pk)
    progress.advance(job, done=0, total=seconds, sentence=_("Đang dựng bài toán."))
    try:
        for found in fully.search(placement, clock_):
            progress.advance(job, done=min(round(found.seconds), seconds), total=seconds, sentence=told(found.live))
    except Refused as refused:
        progress.finish(job, sentence=str(refused), failed=True)
        return
    done = placement.figures["full"]
    words = _("Đã dừng theo yêu cầu sau %(seconds)s giây; %(rest)s") if done["stopped"] else _("Đã tìm xong sau %(seconds)s giây; %(rest)s")
    progress.finish(job, sentence=words % {"seconds": round(done["seconds"]), "rest": _rest(done["gap"], len(placement.figures["unmet"]))})


def told(live: Mapping[str, Any]) -> str:
    """Một câu về bước đang có."""
    return _("%(placed)d người có chỗ; %(rest)s") % {"placed": live["placed"], "rest": _rest(live["gap"], live["unmet_count"])}


def _rest(gap: float, unmet: int) -> str:
    """Khoảng cách và số quy tắc chưa giữ, bằng chữ."""
    shown = number_format(round(max(gap, 0.001), 3), decimal_pos=3, use_l10n=True)
    near = _("không phương án nào tốt hơn") if gap <= 0 else _("phương án tốt nhất có thể hơn nhiều nhất %(gap)s %%") % {"gap": shown}
    rules = _("quy tắc nào cũng giữ được") if not unmet else _("%(count)d quy tắc chưa giữ được") % {"count": unmet}
    return f"{near}, {rules}."


@transaction.atomic
def check(actor: Actor, placement_id: int) -> Placement:
    """Kiểm tra độc lập, trên bài toán dựng lại từ dữ liệu lúc này. ``Refused`` khi dữ liệu gốc đã đổi: lúc ấy so không còn nghĩa."""
    placement = placement_for(actor, placement_id, to="see", on=clock.today(), lock=True)
    refuse_if(drift(placement))
    placement.figures["checked"] = solving.checked(placement, problem_of(placement.reorganisation, placement.rules))
    placement.save(update_fields=["figures"])
    record(actor, "placement.checked", ("placing", placement.reorganisation_id), after={"placement": placement.pk, "name": placement.name, "sound": placement.figures["checked"]["sound"]})
    return placement


@transaction.atomic
def lean_to_wishes(actor: Actor, placement_id: int) -> Placement:
    """Lưu thành phương án mới ở điểm đầu tiên của đường đánh đổi đạt mức nguyện vọng. ``Refused`` khi không điểm nào đạt."""
    source = placement_for(actor, placement_id, to="place", on=clock.today())
    point = weighing.leaning(source)
    if point is None:
        raise Refused(Reason("placement.no_leaning", _("Không mức thanh kéo nào đã đo đạt mức nguyện vọng ấy.")))
    made = keep_as(actor, source.pk, name=_("%(name)s, nghiêng về nguyện vọng") % {"name": source.name})
    weights = made.weights | {"mastery": point["mastery"], "wishes": point["wishes"]}
    return tune(actor, made.pk, weights=weights, switches=source.rules)
