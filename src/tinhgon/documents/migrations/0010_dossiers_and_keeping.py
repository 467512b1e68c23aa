import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models
from tinhgon.documents.retention_data import load


def _retention(apps, schema_editor):
    load(apps.get_model("documents", "RetentionPeriod"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_lines_go_down_the_branch")]

    operations = [
        migrations.CreateModel(
            name="ArchiveTransfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ lưu trữ nhận"),
                            ("received", "lưu trữ đã nhận"),
                            ("refused", "lưu trữ trả lại"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="ngày nộp")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="ngày nhận")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                (
                    "archive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="lưu trữ cơ quan",
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="đơn vị nộp",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người nộp",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người nhận",
                    ),
                ),
            ],
            options={
                "db_table": "documents_archive_transfer",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DisposalList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "chờ xét giá trị"),
                            ("appraised", "chờ duyệt"),
                            ("approved", "đã duyệt, chờ hủy"),
                            ("rejected", "không duyệt"),
                            ("destroyed", "đã tiêu hủy"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="tên danh mục")),
                ("made_on", models.DateField(verbose_name="ngày lập")),
                ("appraised_on", models.DateField(blank=True, null=True, verbose_name="ngày xét")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="ngày duyệt")),
                ("destroyed_on", models.DateField(blank=True, null=True, verbose_name="ngày hủy")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                (
                    "appraised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người xét giá trị",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người duyệt",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người lập",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="cơ quan",
                    ),
                ),
            ],
            options={
                "db_table": "documents_disposal_list",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                ("name", models.CharField(max_length=60, verbose_name="thời hạn bảo quản")),
                ("years", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="số năm")),
                ("source", models.CharField(max_length=300, verbose_name="nguồn")),
                ("is_certain", models.BooleanField(default=False, verbose_name="chắc chắn")),
                ("valid_from", models.DateField(verbose_name="có hiệu lực từ")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ")),
            ],
            options={
                "db_table": "documents_retention_period",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "valid_from"), name="documents_retention_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "đang lập"),
                            ("closed", "đã kết thúc"),
                            ("offered", "chờ lưu trữ nhận"),
                            ("archived", "đã nộp lưu trữ"),
                            ("destroyed", "đã tiêu hủy"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="tiêu đề")),
                ("notation", models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu hồ sơ")),
                ("opened_on", models.DateField(verbose_name="ngày mở")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="ngày kết thúc")),
                ("reopen_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do mở lại")),
                ("hold_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do giữ lại")),
                ("created_at", models.DateTimeField()),
                (
                    "search_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("title"), models.Value("")
                                ),
                                models.Value(" "),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("notation"), models.Value("")
                                ),
                                models.Value(" "),
                                arg_joiner=" || ",
                                template="%(expressions)s",
                            ),
                            function="vi_folded_vector",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "search_exact",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("title"), models.Value("")
                                ),
                                models.Value(" "),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("notation"), models.Value("")
                                ),
                                models.Value(" "),
                                arg_joiner=" || ",
                                template="%(expressions)s",
                            ),
                            function="vi_exact_vector",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "function",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.function",
                        verbose_name="lĩnh vực",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="đơn vị giữ",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="người lập hồ sơ",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="documents.archivetransfer",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="đơn vị lập",
                    ),
                ),
                (
                    "retention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.retentionperiod",
                        verbose_name="thời hạn bảo quản",
                    ),
                ),
            ],
            options={
                "db_table": "documents_dossier",
            },
        ),
        migrations.CreateModel(
            name="DisposalItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "chưa xét"), ("destroy", "hủy"), ("keep", "giữ lại")],
                        default="",
                        max_length=10,
                        verbose_name="ý kiến",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
                ("destroyed", models.JSONField(blank=True, default=list)),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="documents.disposallist",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposals",
                        to="documents.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "documents_disposal_item",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("disposal", "dossier"), name="documents_disposed_once_in_a_list"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="số thứ tự")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="tên loại và trích yếu")),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="tác giả")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="số tờ")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("added_on", models.DateField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_in",
                        to="documents.document",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="documents.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "documents_dossier_entry",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("document__isnull", False)),
                        fields=("dossier", "document"),
                        name="documents_filed_once_in_a_dossier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document__isnull", False),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_paper_entry_has_title",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["holder", "state", "-id"], name="documents_dossiers_held"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["keeper", "state"], name="documents_dossiers_kept"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_folded"], name="dossiers_search_folded"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_exact"], name="dossiers_search_exact"
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="documents_closed_dossier_has_day",
            ),
        ),
        migrations.RunPython(_retention, migrations.RunPython.noop),
    ]
