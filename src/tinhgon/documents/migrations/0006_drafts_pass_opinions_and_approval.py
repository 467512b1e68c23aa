import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_reserved_late_and_joint_numbers"),
        ("files", "0001_files_by_content"),
        ("org", "0001_units_posts_people_and_the_handover_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="addressees",
            field=models.TextField(blank=True, db_default="", verbose_name="Kính gửi"),
        ),
        migrations.AddField(
            model_name="document",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_by",
                to="documents.document",
                verbose_name="trả lời văn bản",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="in_approval",
            field=models.BooleanField(db_default=False, default=False, verbose_name="đang trình ký"),
        ),
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="vòng")),
                ("version", models.PositiveIntegerField(verbose_name="bản thẩm định")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ thẩm định"),
                            ("passed", "đạt"),
                            ("must_fix", "phải sửa"),
                            ("withdrawn", "đã rút"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="kết quả",
                    ),
                ),
                ("conclusion", models.CharField(blank=True, max_length=2000, verbose_name="kết luận")),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="lỗi thể thức")),
                ("asked_at", models.DateTimeField()),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appraiser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người thẩm định",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "by_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="nơi thẩm định"
                    ),
                ),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appraisals", to="documents.document"
                    ),
                ),
            ],
            options={
                "db_table": "documents_appraisal",
            },
        ),
        migrations.CreateModel(
            name="AppraisalRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paragraph", models.PositiveIntegerField(default=0, verbose_name="đoạn")),
                ("quote", models.CharField(blank=True, max_length=300, verbose_name="trích đoạn")),
                ("text", models.TextField(verbose_name="góp ý")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "chờ tiếp thu"), ("answered", "đã giải trình"), ("resolved", "đã xong")],
                        default="open",
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, verbose_name="tiếp thu, giải trình")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "appraisal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="documents.appraisal"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
            ],
            options={
                "db_table": "documents_appraisal_remark",
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="lượt")),
                ("version", models.PositiveIntegerField(verbose_name="bản trình")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="lời trình")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "đang trình ký"),
                            ("approved", "đã ký duyệt"),
                            ("returned", "bị trả lại"),
                            ("withdrawn", "đã rút lại"),
                            ("outdated", "đã sửa sau khi ký duyệt"),
                        ],
                        default="running",
                        max_length=9,
                        verbose_name="trạng thái",
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="documents.document"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
            ],
            options={
                "db_table": "documents_approval",
            },
        ),
        migrations.CreateModel(
            name="ApprovalPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("groups", models.JSONField(default=list, verbose_name="các bậc")),
                ("is_required", models.BooleanField(default=False, verbose_name="bắt buộc")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang dùng")),
                ("set_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="cơ quan"
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.documenttype",
                        verbose_name="tên loại",
                    ),
                ),
            ],
            options={
                "db_table": "documents_approval_path",
            },
        ),
        migrations.CreateModel(
            name="ApprovalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="bậc")),
                (
                    "kind",
                    models.CharField(
                        choices=[("initial", "ký nháy"), ("approve", "duyệt"), ("sign", "ký văn bản")],
                        max_length=8,
                        verbose_name="việc",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "chưa tới lượt"),
                            ("waiting", "chờ ký duyệt"),
                            ("approved", "đã duyệt"),
                            ("changed", "đã duyệt, có sửa"),
                            ("returned", "đã trả lại"),
                            ("cancelled", "không còn cần"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="trạng thái",
                    ),
                ),
                ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="bản đã duyệt")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ý kiến")),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("acted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "acted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="documents.approval"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approval_steps", to="documents.document"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="đơn vị"
                    ),
                ),
            ],
            options={
                "db_table": "documents_approval_step",
            },
        ),
        migrations.CreateModel(
            name="DraftTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="tên mẫu")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang dùng")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="cơ quan giữ mẫu",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.documenttype",
                        verbose_name="tên loại",
                    ),
                ),
            ],
            options={
                "db_table": "documents_template",
            },
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="bản")),
                ("body", models.TextField(blank=True, verbose_name="nội dung")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="tên tệp")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("restores", models.PositiveIntegerField(blank=True, null=True, verbose_name="khôi phục từ bản")),
                ("saved_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người lưu",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="documents.document"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "documents_draft_version",
            },
        ),
        migrations.CreateModel(
            name="OpinionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="bản được hỏi")),
                ("question", models.CharField(blank=True, max_length=1000, verbose_name="nội dung xin ý kiến")),
                ("due_at", models.DateTimeField(verbose_name="hạn trả lời")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "đang lấy ý kiến"), ("closed", "đã kết thúc")],
                        default="open",
                        max_length=6,
                        verbose_name="trạng thái",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người xin ý kiến",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinion_requests", to="documents.document"
                    ),
                ),
            ],
            options={
                "db_table": "documents_opinion_request",
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ ý kiến"),
                            ("agree", "đồng ý"),
                            ("agree_with_remarks", "đồng ý, có góp ý"),
                            ("disagree", "không đồng ý"),
                            ("none", "không có ý kiến"),
                            ("joined", "đã gộp"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="ý kiến",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="góp ý")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="tên tệp")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="nhắc lần cuối")),
                ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="số lần nhắc")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="documents.document"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người được hỏi",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="đơn vị được hỏi",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="documents.opinionrequest"
                    ),
                ),
            ],
            options={
                "db_table": "documents_opinion",
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="bản")),
                ("summary", models.CharField(blank=True, max_length=2000, verbose_name="trích yếu")),
                ("body", models.TextField(blank=True, verbose_name="nội dung")),
                ("addressees", models.TextField(blank=True, verbose_name="Kính gửi")),
                ("receivers", models.TextField(blank=True, verbose_name="nơi nhận")),
                ("authority", models.CharField(blank=True, max_length=120, verbose_name="quyền hạn ký")),
                ("signer_position", models.CharField(blank=True, max_length=120, verbose_name="chức vụ người ký")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="tên tệp")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("saved_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="documents.drafttemplate"
                    ),
                ),
            ],
            options={
                "db_table": "documents_template_version",
            },
        ),
        migrations.AddIndex(
            model_name="appraisal",
            index=models.Index(fields=["by_unit", "state"], name="documents_appraisals_of_unit"),
        ),
        migrations.AddIndex(
            model_name="appraisal",
            index=models.Index(fields=["appraiser", "state"], name="documents_appraisals_of_person"),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="documents_appraisal_round_once"),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("document",), name="documents_one_open_appraisal"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="documents_approval_round_once"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("document",), name="documents_one_running_approval"
            ),
        ),
        migrations.AddIndex(
            model_name="approvalpath",
            index=models.Index(fields=["organ", "type"], name="documents_paths_of"),
        ),
        migrations.AddIndex(
            model_name="approvalstep",
            index=models.Index(fields=["unit", "state"], name="documents_steps_of_unit"),
        ),
        migrations.AddIndex(
            model_name="approvalstep",
            index=models.Index(fields=["person", "state"], name="documents_steps_of_person"),
        ),
        migrations.AddIndex(
            model_name="drafttemplate",
            index=models.Index(fields=["organ", "type"], name="documents_templates_of"),
        ),
        migrations.AddConstraint(
            model_name="draftversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="documents_draft_version_once"),
        ),
        migrations.AddConstraint(
            model_name="opinionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("document",), name="documents_one_open_opinion_request"
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["to_unit", "state"], name="documents_opinions_of_unit"),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["to_person", "state"], name="documents_opinions_of_person"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(fields=("template", "number"), name="documents_template_version_once"),
        ),
    ]
