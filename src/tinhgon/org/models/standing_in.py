"""Ủy quyền khi vắng: ai làm thay ở một phân công, những ngày nào, phần việc nào."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models.people import Appointment, Person


class Covers(models.TextChoices):
    """Phần việc được làm thay."""

    ALL = "all", _("mọi việc của vị trí")
    DOCUMENTS = "documents", _("văn bản, kể cả duyệt và ký")
    TASKS = "tasks", _("nhiệm vụ")
    SIGNING = "signing", _("chỉ duyệt và ký")


class StandIn(models.Model):
    """``person`` làm thay người giữ ``appointment`` trong ``valid``. Không ủy quyền lại; phân công dừng thì thôi hiệu lực.

    Phân công được chuyển giao sang đơn vị khác thì việc làm thay đi theo phân công mới (``Appointment.moved_from``), về lại
    khi hoàn tác, không phải ghi gì: xem ``org.access``. ``revoked_at``: kết thúc sớm.
    """

    appointment = models.ForeignKey(
        Appointment, verbose_name=_("phân công của người vắng"), on_delete=models.PROTECT, related_name="stand_ins"
    )
    person = models.ForeignKey(Person, verbose_name=_("người làm thay"), on_delete=models.PROTECT, related_name="+")
    covers = models.CharField(_("làm thay"), max_length=10, choices=Covers, default=Covers.ALL)
    valid = DateRangeField(_("thời gian"))
    reason = models.CharField(_("lý do"), max_length=300)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "org_stand_in"
        constraints = [
            ExclusionConstraint(
                name="org_one_stand_in_for_a_part",
                expressions=[
                    ("appointment", RangeOperators.EQUAL), ("covers", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)
                ],
            ),
            ExclusionConstraint(
                name="org_stands_in_once",
                expressions=[
                    ("appointment", RangeOperators.EQUAL), ("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)
                ],
            ),
        ]  # fmt: skip
