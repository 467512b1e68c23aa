"""Bảng của bố trí cán bộ: vị trí nhận người, các phương án bố trí, ghim và cấm, đề xuất cho từng người."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.core.models import Progress
from tinhgon.org.models import Appointment, Field, Person, Post, Role, Unit
from tinhgon.reorg.models.plan import Reorganisation


class PlannedPost(models.Model):
    """Vị trí nhận người của một đơn vị sau sắp xếp.

    ``is_new``: vị trí sẽ mở khi chuyển giao (``post`` có từ lúc ấy). Không thì là vị trí đang có của đơn vị nhận, và
    ``seats`` là số ghế dành cho lần sắp xếp này. ``field`` trống: lãnh đạo cấp ủy, hay việc chung không ghi lĩnh vực.
    """

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="planned_posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("chức danh"), max_length=120)
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    rank = models.PositiveSmallIntegerField(_("thứ bậc"))
    clearance = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(_("số ghế"))
    field = models.ForeignKey(Field, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField(default=True)

    class Meta:
        db_table = "reorg_planned_post"
        constraints = [
            models.CheckConstraint(condition=Q(is_new=True) | Q(post__isnull=False), name="reorg_an_old_post_is_named")
        ]

    def __str__(self):
        return self.title


class Placement(models.Model):
    """Một phương án bố trí: thanh kéo, luật, kết quả và chứng chỉ. Nhiều nhất một phương án được lấy ý kiến hay quyết định.

    ``baseline``: băm của phân công và vị trí lúc tính; khác đi thì phải tính lại mới lấy ý kiến, quyết định được.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        CONSULTING = "consulting", _("đang lấy ý kiến")
        DECIDED = "decided", _("đã quyết định")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="placements")
    name = models.CharField(_("tên"), max_length=120)
    weights = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    baseline = models.CharField(max_length=32, blank=True)
    figures = models.JSONField(default=dict)
    certificate = models.JSONField(null=True)
    computed_at = models.DateTimeField(null=True)
    progress = models.ForeignKey(Progress, null=True, on_delete=models.SET_NULL, related_name="+")
    stop_asked = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    consulted_at = models.DateTimeField(null=True)
    decree = models.CharField(_("quyết định"), max_length=120, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reorg_placement"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation"], condition=Q(state__in=["consulting", "decided"]), name="reorg_one_placement_in_force"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_full(self) -> bool:
        """Tính với đủ luật (``engine.placement.full``), không chỉ các luật của dòng chảy."""
        return bool(self.rules.get("seconds"))


class PlacementPin(models.Model):
    """Ban tổ chức ghim một người vào một vị trí, không cho người ấy vào vị trí ấy, hay cho kiêm nhiệm nó; có lý do. Chung cho mọi phương án."""

    class Kind(models.TextChoices):
        PIN = "pin", _("ghim vào")
        FORBID = "forbid", _("không xếp vào")
        ALSO = "also", _("kiêm nhiệm")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="pins")
    kind = models.CharField(max_length=6, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(PlannedPost, on_delete=models.CASCADE, related_name="pins")
    reason = models.CharField(_("lý do"), max_length=300)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "reorg_placement_pin"
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "person", "post"], name="reorg_one_word_on_a_person_and_post"),
            models.UniqueConstraint(
                fields=["reorganisation", "person"], condition=Q(kind="pin"), name="reorg_a_person_is_pinned_once"
            ),
        ]


class PlacementPair(models.Model):
    """Lời của ban tổ chức về hai người, có lý do. Chung cho mọi phương án; chỉ lần tính với đủ luật tìm cách giữ."""

    class Kind(models.TextChoices):
        TOGETHER = "together", _("cùng một xã, phường")
        APART = "apart", _("không cùng một đơn vị")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="pairs")
    kind = models.CharField(max_length=8, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("lý do"), max_length=300)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "reorg_placement_pair"
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "person", "other"], name="reorg_one_word_on_two_people"),
            models.CheckConstraint(condition=Q(person__lt=models.F("other")), name="reorg_a_pair_has_one_order"),
        ]


class Proposal(models.Model):
    """Đề xuất cho một người trong một phương án. ``post`` trống: chưa có chỗ. Ý kiến và trả lời nằm cùng dòng."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chưa cho ý kiến")
        AGREED = "agreed", _("đồng ý")
        OBJECTED = "objected", _("chưa đồng ý")
        ANSWERED = "answered", _("đã trả lời ý kiến")

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(PlannedPost, null=True, on_delete=models.PROTECT, related_name="proposals")
    options = models.PositiveIntegerField(default=0)  # số vị trí người ấy đủ điều kiện, kể cả vị trí đã có người
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    opinion = models.TextField(_("ý kiến"), blank=True)
    opinion_at = models.DateTimeField(null=True)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reorg_proposal"
        constraints = [models.UniqueConstraint(fields=["placement", "person"], name="reorg_one_proposal_for_a_person")]
        indexes = [models.Index(fields=["placement", "state"], name="reorg_proposal_state")]


class SecondPost(models.Model):
    """Vị trí kiêm nhiệm của một đề xuất, chép từ lời của ban tổ chức lúc tính: lời đổi sau đó thì phải tính lại mới theo.

    ``appointment``: phân công kiêm nhiệm mà chuyển giao đã mở.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="seconds")
    post = models.ForeignKey(PlannedPost, on_delete=models.PROTECT, related_name="seconds")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "reorg_second_post"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "post"], name="reorg_a_second_post_once")]
