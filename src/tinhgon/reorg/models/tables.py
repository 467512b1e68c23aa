"""Bảng phương án đã tải lên, để việc nền đọc thử và ghi."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.core.actor import Actor
from tinhgon.core.models import Progress
from tinhgon.reorg.models.plan import Reorganisation


class DrawingTable(models.Model):
    """``rows``: các dòng như trong tệp; ghi xong thì bỏ. ``found``: kết quả đọc thử. ``acting_*``: người tải lên, để việc nền làm đúng quyền."""

    class State(models.TextChoices):
        READING = "reading", _("đang đọc thử")
        READ = "read", _("đã đọc thử")
        WRITING = "writing", _("đang ghi")
        WRITTEN = "written", _("đã ghi")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="tables")
    rows = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    found = models.JSONField(default=dict)
    acting_user_id = models.BigIntegerField(null=True)
    acting_appointment_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    progress = models.ForeignKey(Progress, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "reorg_drawing_table"

    @property
    def actor(self) -> Actor:
        return Actor(self.acting_user_id, self.acting_appointment_id)

    @property
    def is_clean(self) -> bool:
        return self.state == self.State.READ and not self.found["wrong"]
