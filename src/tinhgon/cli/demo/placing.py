"""Bố trí cán bộ trong phương án mẫu: hai phương án đã tính, ghim và cấm, vài người đã cho ý kiến, một ý kiến đã được trả lời."""

from tinhgon.cli.demo.world import MORNING, World
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Kind
from tinhgon.reorg.models import Placement, PlacementPin, Proposal, Reorganisation
from tinhgon.reorg.services import consulting, placing

_AGREED = 12
_OPINIONS = (
    "Nhà ở xa nơi làm việc mới, con nhỏ, xin được xem xét vị trí gần hơn.",
    "Đề nghị giữ đúng lĩnh vực đã làm nhiều năm.",
    "Xin được ở cùng đơn vị với đồng chí đang cùng theo dõi hồ sơ tồn đọng.",
)
_ANSWER = "Ban Tổ chức đã xem xét; vị trí này gần nhất trong các vị trí đúng chuyên môn, sau sáu tháng sẽ rà soát lại."


def write(world: World, reorg: Reorganisation) -> None:
    """Hai phương án, rồi đưa phương án đầu ra lấy ý kiến."""
    first = _computed(placing.start(SYSTEM, reorg.pk, name="Giữ chuyên môn"))
    _pins(world, reorg, first)
    first = _computed(placing.tune(SYSTEM, first.pk, weights=first.weights, switches=first.rules))
    _measured(first)
    second = placing.keep_as(SYSTEM, first.pk, name="Nghiêng về theo đơn vị")
    _computed(placing.tune(SYSTEM, second.pk, weights={"mastery": 30, "kind": 10, "wishes": 40, "moves": 80}, switches=first.rules))
    consulting.consult(SYSTEM, first.pk)
    _opinions(world, first)


def _computed(placement: Placement) -> Placement:
    """Đông người thì việc tính nằm ở việc nền; thế giới mẫu tính luôn để mở ra là có."""
    placing.run(placement.pk)
    placement.refresh_from_db()
    return placement


def _measured(placement: Placement) -> None:
    placing.weigh(SYSTEM, placement.pk)
    placing.run_weighing(placement.pk)


def _pins(world: World, reorg: Reorganisation, placement: Placement) -> None:
    """Ghim một người vào đúng chỗ máy đã đề xuất; cấm một người khác ở chỗ máy đề xuất, để lần tính sau phải xếp lại."""
    board = world.unit("79", Kind.ORGANISATION).seats[0].person_id
    heads = placement.proposals.filter(post__rank=1, post__is_new=True, options__gt=1, person__user=None).order_by("pk")[:2]
    words = (("pin", "Tiếp tục phụ trách địa bàn đang bàn giao"), ("forbid", "Đã giữ chức danh này đủ hai nhiệm kỳ liên tiếp"))
    PlacementPin.objects.bulk_create(
        PlacementPin(reorganisation=reorg, kind=kind, person_id=one.person_id, post_id=one.post_id, reason=reason, made_by_id=board, made_at=MORNING)
        for one, (kind, reason) in zip(heads, words, strict=False) if one.post_id is not None
    )


def _opinions(world: World, placement: Placement) -> None:
    """Vài người không có tài khoản mẫu đã cho ý kiến; người có tài khoản còn để ngỏ, để thử."""
    board = world.unit("79", Kind.ORGANISATION).seats[0].person_id
    rows = list(placement.proposals.filter(person__user=None, post__isnull=False).order_by("pk")[: _AGREED + len(_OPINIONS)])
    for one, opinion in zip(rows, _OPINIONS, strict=False):
        one.state, one.opinion, one.opinion_at = Proposal.State.OBJECTED, opinion, MORNING
    for one in rows[len(_OPINIONS):]:
        one.state, one.opinion_at = Proposal.State.AGREED, MORNING
    if rows:
        rows[0].state, rows[0].answer, rows[0].answered_by_id, rows[0].answered_at = Proposal.State.ANSWERED, _ANSWER, board, MORNING
    Proposal.objects.bulk_update(rows, ["state", "opinion", "opinion_at", "answer", "answered_by", "answered_at"])
