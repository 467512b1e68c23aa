import django.contrib.postgres.fields.ranges
from django.db import migrations

# Phiên bản đã ghi không ai đổi được; ở đây chỉ ghi thêm vào cột mới điều vẫn nằm ở bộ, một lần.
FILL = """
ALTER TABLE documents_rule_set_version DISABLE TRIGGER documents_rule_version_is_kept;
UPDATE documents_rule_set_version v SET valid = s.valid FROM documents_rule_set s WHERE s.id = v.rule_set_id;
ALTER TABLE documents_rule_set_version ENABLE TRIGGER documents_rule_version_is_kept;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_citations_and_saved_searches")]

    operations = [
        migrations.AddField(
            "rulesetversion", "valid", django.contrib.postgres.fields.ranges.DateRangeField(null=True, verbose_name="hiệu lực")
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("rulesetversion", "valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
    ]
