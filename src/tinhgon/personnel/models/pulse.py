"""Khảo sát tâm tư: tự nguyện, không tên. Bảng trả lời không trỏ tới người, không giờ, mã ngẫu nhiên; ai đã tham gia nằm ở bảng khác."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhgon.org.models import Person, Unit


class PulseSurvey(models.Model):
    """``tree``: nhóm -> nhóm chứa nó; ``groups``: đơn vị -> nhóm nhỏ nhất đủ ngưỡng chứa nó; ``names``: tên nhóm. Mọi thứ khóa lúc mở."""

    root = models.ForeignKey(Unit, verbose_name=_("cấp ủy"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("tên đợt"), max_length=200)
    opened_at = models.DateTimeField()
    closes_on = models.DateField(_("trả lời tới hết ngày"))
    shuffled_at = models.DateTimeField(null=True, blank=True)  # lúc các phiếu được ghi lại theo thứ tự ngẫu nhiên
    tree = models.JSONField()
    groups = models.JSONField()
    names = models.JSONField()
    questions = models.JSONField()  # [[mã, câu hỏi], ...]
    least_group = models.PositiveSmallIntegerField()
    least_comments = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        db_table = "personnel_pulse_survey"

    def __str__(self):
        return self.title


class PulsePart(models.Model):
    """Người này đã tham gia đợt này: để mỗi người một phiếu. Không gì ở đây dẫn tới phiếu."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(PulseSurvey, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "personnel_pulse_part"
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="personnel_part_once")]


class PulseAnswer(models.Model):
    """Một phiếu: nhóm (từ năm người lúc mở), điểm từng câu, ý kiến viết."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(PulseSurvey, on_delete=models.PROTECT, related_name="answers")
    group = models.CharField(max_length=20)
    scores = models.JSONField()
    comment = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "personnel_pulse_answer"
