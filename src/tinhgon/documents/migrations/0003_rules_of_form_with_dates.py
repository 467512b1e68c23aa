import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from tinhgon.documents import rule_data, type_data

# Hàm từ chối có sẵn của nhật ký: phiên bản đã ghi thì không ai đổi, kể cả bằng câu SQL.
NEVER_CHANGED = """
CREATE TRIGGER documents_rule_version_is_kept BEFORE UPDATE OR DELETE ON documents_rule_set_version
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER documents_rule_version_is_never_emptied BEFORE TRUNCATE ON documents_rule_set_version
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


def load(apps, schema_editor):
    type_data.load(apps.get_model("documents", "DocumentType"))
    rule_data.load(apps.get_model("documents", "RuleSet"), apps.get_model("documents", "RuleSetVersion"))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_document_types"),
        ("audit", "0001_entries_chained_and_append_only"),
        ("org", "0001_units_posts_people_and_the_handover_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("side", models.CharField(choices=[("party", "văn bản của Đảng"), ("state", "văn bản của Nhà nước")], max_length=5, verbose_name="áp dụng cho")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
            ],
            options={"db_table": "documents_rule_set", "ordering": ["side", "-valid"]},
        ),
        migrations.CreateModel(
            name="OrganStyle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("party", "văn bản của Đảng"), ("state", "văn bản của Nhà nước")], default="party", max_length=5, verbose_name="thể thức")),
                ("spelling", models.CharField(choices=[("new", "ủy, hòa (dấu trên âm chính)"), ("old", "kiểu cũ (dấu giữa vần)")], default="new", max_length=3, verbose_name="dấu thanh")),
                ("letter_opening", models.CharField(choices=[("V/v", "V/v"), ("về việc", "về việc")], default="V/v", max_length=10, verbose_name="trích yếu công văn mở đầu")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="địa danh")),
                ("unit", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="document_style", to="org.unit")),
            ],
            options={"db_table": "documents_organ_style"},
        ),
        migrations.CreateModel(
            name="RuleSetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="phiên bản")),
                ("rules", models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("made_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="người sửa")),
                ("rule_set", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="documents.ruleset")),
            ],
            options={"db_table": "documents_rule_set_version", "ordering": ["rule_set", "-number"]},
        ),
        migrations.AddField(
            model_name="document",
            name="checked_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.rulesetversion", verbose_name="kiểm tra theo"),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.UniqueConstraint(fields=("rule_set", "number"), name="documents_rule_version_once"),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(condition=models.Q(("author__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="documents_rule_change_has_reason"),
        ),
        migrations.RunSQL(NEVER_CHANGED, migrations.RunSQL.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
