import django.db.models.deletion
from django.db import migrations, models

# Hàm từ chối có sẵn của nhật ký: phiên bản đã ghi thì không ai đổi, kể cả bằng câu SQL.
NEVER_CHANGED = """
CREATE TRIGGER personnel_rule_version_is_kept BEFORE UPDATE OR DELETE ON personnel_rule_book_version
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER personnel_rule_version_is_never_emptied BEFORE TRUNCATE ON personnel_rule_book_version
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_entries_chained_and_append_only"),
        ("personnel", "0004_pulse"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleBookVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book", models.CharField(choices=[("leave", "Thôi làm và nghỉ hưu"), ("grading", "Xếp loại và thi đua"), ("deputies", "Cấp phó và biên chế")], max_length=10, verbose_name="quyển")),
                ("number", models.PositiveIntegerField(verbose_name="phiên bản")),
                ("data", models.JSONField()),
                ("is_shipped", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("made_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="người sửa")),
            ],
            options={
                "db_table": "personnel_rule_book_version",
                "ordering": ["book", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "number"), name="personnel_rule_version_once"),
                    models.CheckConstraint(condition=models.Q(("is_shipped", True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="personnel_rule_change_has_reason"),
                ],
            },
        ),
        migrations.RunSQL(NEVER_CHANGED, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="gradinground",
            name="rules_version",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="personnel.rulebookversion", verbose_name="phiên bản quy định"),
        ),
    ]
