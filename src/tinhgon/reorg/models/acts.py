"""Bảng của việc soạn văn bản cho từng người: lời đặt soạn của một lần sắp xếp, và mỗi người có văn bản nào."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.core.actor import Actor
from tinhgon.core.models import Progress
from tinhgon.documents.models import Document, DraftTemplate
from tinhgon.org.models import Person, Unit
from tinhgon.reorg.models.plan import Reorganisation


class ActOrder(models.Model):
    """Cách soạn quyết định và thông báo của một lần sắp xếp: hình thức, cơ quan đứng tên, người ký, căn cứ, hạn nêu ý kiến.

    ``holder``: đơn vị soạn. Mẫu trống: chữ có sẵn của chương trình. ``acting_*``: người đặt, để việc nền soạn đúng tên và quyền.
    """

    class Form(models.TextChoices):
        EACH = "each", _("mỗi người một quyết định")
        LIST = "list", _("một quyết định cho mỗi nơi nhận, kèm danh sách")

    reorganisation = models.OneToOneField(Reorganisation, on_delete=models.CASCADE, related_name="act_order")
    form = models.CharField(_("hình thức quyết định"), max_length=4, choices=Form)
    issuer = models.ForeignKey(Unit, verbose_name=_("cơ quan đứng tên"), on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, verbose_name=_("đơn vị soạn"), on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("người ký"), max_length=120)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120)
    authority = models.CharField(_("quyền hạn ký"), max_length=120, blank=True)
    bases = models.TextField(_("căn cứ khác"), blank=True)
    object_by = models.DateField(_("hạn nêu ý kiến"))
    decision_template = models.ForeignKey(DraftTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    notice_template = models.ForeignKey(DraftTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    acting_user_id = models.BigIntegerField(null=True)
    acting_appointment_id = models.BigIntegerField(null=True)
    ordered_at = models.DateTimeField()
    progress = models.ForeignKey(Progress, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "reorg_act_order"

    @property
    def actor(self) -> Actor:
        return Actor(self.acting_user_id, self.acting_appointment_id)


class PersonalAct(models.Model):
    """Một người và một văn bản về người ấy. Quyết định kèm danh sách: nhiều người chung một văn bản (``listed_for``: nơi nhận).

    ``fingerprint``: băm của mọi điều viết trong văn bản; khác đi là dữ liệu đã đổi. ``ended_at``: không còn đúng nữa, vì ``ended_why``;
    dự thảo thì đã bỏ, đã ban hành thì phải thu hồi. ``problem``: câu nói vì sao lần gần nhất chưa trình ký được.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("quyết định")
        NOTICE = "notice", _("thông báo")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="acts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind)
    listed_for = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "reorg_personal_act"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "person", "kind"], condition=Q(ended_at=None), name="reorg_one_act_of_a_kind_for_a_person"
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="reorg_acts_of_a_person")]
