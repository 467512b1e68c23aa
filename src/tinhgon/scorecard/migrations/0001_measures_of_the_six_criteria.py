import django.db.models.deletion
from django.db import migrations, models

from tinhgon.scorecard import measure_data

# Hàm từ chối có sẵn của nhật ký: phiên bản đã ghi thì không ai đổi, kể cả bằng câu SQL.
NEVER_CHANGED = """
CREATE TRIGGER scorecard_measure_set_is_kept BEFORE UPDATE OR DELETE ON scorecard_measure_set
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER scorecard_measure_set_is_never_emptied BEFORE TRUNCATE ON scorecard_measure_set
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


def load(apps, schema_editor):
    measure_data.load(apps.get_model("scorecard", "MeasureSet"))


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("audit", "0001_entries_chained_and_append_only"),
        ("org", "0001_units_posts_people_and_the_handover_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasureSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="phiên bản")),
                ("measures", models.JSONField()),
                ("since", models.DateField(verbose_name="áp dụng từ ngày")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("made_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="người sửa")),
            ],
            options={
                "db_table": "scorecard_measure_set",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("author__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="scorecard_change_has_reason")
                ],
            },
        ),
        migrations.RunSQL(NEVER_CHANGED, migrations.RunSQL.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
