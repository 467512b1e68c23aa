"""Phương án tính trên dữ liệu gốc nào; dữ liệu ấy đổi thì phải tính lại trước khi lấy ý kiến, quyết định, chốt."""

from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.reorg.models import Placement, Reorganisation
from tinhgon.reorg.placing.assembly import baseline_of, movers


def drift(placement: Placement) -> list[Reason]:
    """Dữ liệu gốc đã đổi từ khi tính phương án: ai đến, ai đi, hay vị trí đổi; một câu."""
    if running(placement):
        return running(placement)
    if placement.computed_at is None:
        return [Reason("placement.not_computed", _("“%(name)s” chưa được tính.") % {"name": placement.name})]
    reorg = placement.reorganisation
    if baseline_of(reorg) == placement.baseline:
        return []
    now = {one.person_id: one.appointment_id for one in movers(reorg)}
    then = dict(placement.proposals.values_list("person_id", "appointment_id"))
    come, gone = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    moved = sum(now[person] != then[person] for person in now.keys() & then.keys())
    told = [
        words % {"count": count}
        for words, count in (
            (_("%(count)d người mới đến"), come), (_("%(count)d người không còn ở đó"), gone),
            (_("%(count)d người đổi phân công"), moved),
        )
        if count
    ] or [_("danh sách vị trí đã sửa")]  # fmt: skip
    return [
        Reason(
            "placement.drift",
            _("Dữ liệu gốc đã đổi từ khi tính “%(name)s” (%(what)s): hãy tính lại.") % {"name": placement.name, "what": ", ".join(told)},
            data={"come": come, "gone": gone, "moved": moved},
        )
    ]


def running(placement: Placement) -> list[Reason]:
    """Việc nền đang tính phương án: đợi xong, hay dừng nó, rồi mới làm việc khác."""
    job = placement.progress
    if job is None or job.is_over:
        return []
    return [Reason("placement.computing", _("“%(name)s” đang được tính: hãy đợi tính xong hoặc dừng lại.") % {"name": placement.name})]


def placement_objections(reorg: Reorganisation) -> list[Reason]:
    """Phương án bố trí đã quyết định mà dữ liệu gốc đã đổi: phải tính và quyết định lại trước khi chốt."""
    decided = reorg.placements.filter(state=Placement.State.DECIDED).first()
    return drift(decided) if decided else []
