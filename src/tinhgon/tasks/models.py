"""Bảng của nhiệm vụ. Đúng hạn, trễ hạn, số ngày còn lại luôn được tính, không lưu (domain §4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhgon.documents.models import Document, Secrecy
from tinhgon.org.models import Function, Person, Unit
from tinhgon.search.fields import exact_vector, folded_vector, vector_indexes


class Task(models.Model):
    """``assigner``: đơn vị giao và nghiệm thu. ``lead``: đơn vị chủ trì, luôn đúng một (299-QĐ/TW: một việc một đầu mối).

    ``joined``: bên giao và bên chủ trì là một đơn vị, từ đầu hay sau một lần sắp xếp. ``kept_by``: đơn vị lưu kết quả của nhiệm vụ đã khép lại, đi theo chuyển giao; ``lead`` thì giữ nguyên.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("đã giao")
        ACCEPTED = "accepted", _("đã nhận")
        IN_PROGRESS = "in_progress", _("đang thực hiện")
        SUBMITTED = "submitted", _("chờ nghiệm thu")
        DONE = "done", _("hoàn thành")
        CANCELLED = "cancelled", _("đã hủy")

    OPEN = (State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS, State.SUBMITTED)
    DOING = (State.ACCEPTED, State.IN_PROGRESS)

    title = models.CharField(_("nội dung nhiệm vụ"), max_length=500)
    detail = models.TextField(_("chi tiết"), blank=True)
    product = models.CharField(_("sản phẩm"), max_length=300, blank=True)
    state = models.CharField(_("trạng thái"), max_length=12, choices=State, default=State.ASSIGNED)
    assigner = models.ForeignKey(Unit, verbose_name=_("đơn vị giao"), on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Unit, verbose_name=_("chủ trì"), on_delete=models.PROTECT, related_name="+")
    joined = models.BooleanField(default=False, db_default=False)
    assignee = models.ForeignKey(
        Person, verbose_name=_("người thực hiện"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    function = models.ForeignKey(
        Function, verbose_name=_("chức năng"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        Document, verbose_name=_("văn bản giao"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    secrecy = models.PositiveSmallIntegerField(
        _("độ mật"), choices=Secrecy, default=Secrecy.NORMAL, db_default=Secrecy.NORMAL
    )  # theo văn bản giao, vốn không đổi độ mật sau khi vào sổ
    original_due_on = models.DateField(_("hạn ban đầu"), null=True, blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("tiến độ (%)"), default=0)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    returns = models.PositiveSmallIntegerField(_("số lần trả lại"), default=0, db_default=0)
    exceeded = models.BooleanField(_("vượt yêu cầu"), null=True, blank=True)  # bên giao ghi khi nghiệm thu; trống: không nhận xét
    kept_by = models.ForeignKey(
        Unit, verbose_name=_("đơn vị lưu"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_on = models.DateField(_("ngày hoàn thành"), null=True, blank=True)
    search_folded = folded_vector("title", "detail", "product")
    search_exact = exact_vector("title", "detail", "product")

    class Meta:
        db_table = "tasks_task"
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="tasks_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "cancelled"], kept_by__isnull=False)
                | (~Q(state__in=["done", "cancelled"]) & Q(kept_by__isnull=True)),
                name="tasks_closed_task_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "state", "due_on"], name="tasks_led"),
            models.Index(fields=["assigner", "state", "due_on"], name="tasks_assigned"),
            models.Index(fields=["assignee", "state", "due_on"], name="tasks_of_person"),
            models.Index(fields=["source"], name="tasks_from_document"),
            models.Index(fields=["kept_by"], name="tasks_kept", condition=Q(kept_by__isnull=False)),
            *vector_indexes("tasks"),
        ]

    def __str__(self):
        return self.title


class Coordination(models.Model):
    """Một đơn vị phối hợp của một nhiệm vụ. ``joined_on``: đã gộp vào bên chủ trì hay một dòng phối hợp khác.

    Mỗi đơn vị phối hợp một lần: động từ ``assign_task`` giữ điều ấy (không phải ràng buộc của bảng, vì giữa hai đợt của
    một chuỗi chuyển giao có thể tạm có hai).
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="coordinations")
    unit = models.ForeignKey(Unit, verbose_name=_("phối hợp"), on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "tasks_coordination"
        indexes = [models.Index(fields=["unit", "task"], name="tasks_coordinated")]


class ProgressEntry(models.Model):
    """Một lần báo tiến độ, nộp, trả lại, gia hạn...; chỉ thêm. ``state``: trạng thái sau lần ấy."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    progress = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=Task.State)
    note = models.CharField(_("nội dung"), max_length=2000)

    class Meta:
        db_table = "tasks_progress_entry"
        ordering = ["-at", "-id"]
