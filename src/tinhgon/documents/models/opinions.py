"""Lấy ý kiến về một dự thảo: một đợt có hạn, mỗi nơi được hỏi một dòng."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models.papers import Document
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Person, Unit


class OpinionRequest(models.Model):
    """Một đợt lấy ý kiến về một bản của dự thảo. Đóng đợt thì dòng chưa trả lời thành "không có ý kiến"."""

    class State(models.TextChoices):
        OPEN = "open", _("đang lấy ý kiến")
        CLOSED = "closed", _("đã kết thúc")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="opinion_requests")
    version = models.PositiveIntegerField(_("bản được hỏi"))
    question = models.CharField(_("nội dung xin ý kiến"), max_length=1000, blank=True)
    due_at = models.DateTimeField(_("hạn trả lời"))
    state = models.CharField(_("trạng thái"), max_length=6, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(Person, verbose_name=_("người xin ý kiến"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_opinion_request"
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(state="open"), name="documents_one_open_opinion_request")
        ]


class Opinion(models.Model):
    """Một nơi được hỏi: cả đơn vị, hoặc một người (``to_person``, ``to_unit`` là đơn vị của người ấy).

    Khi còn chờ, ``to_unit`` đi theo chuyển giao; người không sang nơi nhận thì nơi nhận trả lời. ``document`` chép lại từ đợt
    để bộ lọc quyền đi thẳng một chỉ mục.
    """

    SEEN = ("waiting", "agree", "agree_with_remarks", "disagree")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ ý kiến")
        AGREE = "agree", _("đồng ý")
        AGREE_WITH_REMARKS = "agree_with_remarks", _("đồng ý, có góp ý")
        DISAGREE = "disagree", _("không đồng ý")
        NONE = "none", _("không có ý kiến")
        JOINED = "joined", _("đã gộp")

    ANSWERS = (State.AGREE, State.AGREE_WITH_REMARKS, State.DISAGREE)

    request = models.ForeignKey(OpinionRequest, on_delete=models.PROTECT, related_name="opinions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="opinions")
    to_unit = models.ForeignKey(Unit, verbose_name=_("đơn vị được hỏi"), on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(
        Person, verbose_name=_("người được hỏi"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("ý kiến"), max_length=20, choices=State, default=State.WAITING)
    remark = models.TextField(_("góp ý"), blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(_("nhắc lần cuối"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("số lần nhắc"), default=0)

    class Meta:
        db_table = "documents_opinion"
        indexes = [
            models.Index(fields=["to_unit", "state"], name="documents_opinions_of_unit"),
            models.Index(fields=["to_person", "state"], name="documents_opinions_of_person"),
        ]
