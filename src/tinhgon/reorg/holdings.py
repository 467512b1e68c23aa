"""Phương án sắp xếp nói về đơn vị chứ không phải cái đơn vị giữ, nên ở lại; chỉ phân công kiêm nhiệm của phương án được mở khi chuyển giao."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.holdings import keeps_its_holder, register
from tinhgon.org.models.handover import Outcome
from tinhgon.reorg.concurrent import KIND, ConcurrentHolding

register(ConcurrentHolding(kind=KIND, label=_("Phân công kiêm nhiệm"), order=11, needs_receiver=False, outcome=Outcome.OPEN, opens=True))

_PLAN = _("Phương án: nói đơn vị nào đi đâu, giữ nguyên để đối chiếu về sau.")
_DECISION = _("Quyết định trong phương án: ai quyết, cho đơn vị nào nhận, giữ nguyên làm bằng chứng.")
_PLAIN = _("Danh mục ngoài hệ thống: in vào biên bản bàn giao, có bên giao và bên nhận riêng.")

keeps_its_holder(
    reorg__Reorganisation__prepared_by=_PLAN,
    reorg__Gesture__made_by=_PLAN,
    reorg__PlannedUnit__unit=_PLAN,
    reorg__PlannedUnit__parent=_PLAN,
    reorg__PlannedSuccession__predecessor=_PLAN,
    reorg__PlannedSuccession__successor=_PLAN,
    reorg__PlannedSuccession__new_parent=_PLAN,
    reorg__DispositionRule__unit=_DECISION,
    reorg__DispositionRule__heir=_DECISION,
    reorg__DispositionRule__decided_by=_DECISION,
    reorg__DispositionOverride__heir=_DECISION,
    reorg__DispositionOverride__decided_by=_DECISION,
    reorg__PlainHolding__unit=_PLAIN,
    reorg__PlainHolding__receiver=_PLAIN,
)

_PLACING = _("Bố trí cán bộ: đề xuất và quyết định cho từng người; người ấy theo phân công, hồ sơ này giữ làm bằng chứng.")

keeps_its_holder(
    reorg__PlannedPost__unit=_PLAN,
    reorg__PlannedPost__post=_PLAN,
    reorg__Placement__prepared_by=_PLACING,
    reorg__Placement__decided_by=_PLACING,
    reorg__PlacementPin__person=_PLACING,
    reorg__PlacementPin__made_by=_PLACING,
    reorg__PlacementPair__person=_PLACING,
    reorg__PlacementPair__other=_PLACING,
    reorg__PlacementPair__made_by=_PLACING,
    reorg__Proposal__person=_PLACING,
    reorg__Proposal__answered_by=_PLACING,
)

_ACTS = _("Văn bản cho từng người: cơ quan đứng tên, nơi soạn, nơi nhận lúc đặt soạn; chính văn bản đi theo nơi giữ nó.")

keeps_its_holder(
    reorg__ActOrder__issuer=_ACTS,
    reorg__ActOrder__holder=_ACTS,
    reorg__PersonalAct__person=_ACTS,
    reorg__PersonalAct__listed_for=_ACTS,
)

_GIVING = _("Chia việc trong phương án: ai được giao việc gì, ai xác nhận; việc đã giao thì theo chính nhiệm vụ ấy, hồ sơ này giữ làm bằng chứng.")

keeps_its_holder(
    reorg__WorkPlan__unit=_PLAN,
    reorg__WorkPlan__confirmed_by=_GIVING,
    reorg__WorkLine__person=_GIVING,
)
