import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_rule_versions_keep_their_dates")]

    operations = [
        migrations.AlterField(
            "signature",
            "attachment",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="documents.attachment"
            ),
        ),
    ]
