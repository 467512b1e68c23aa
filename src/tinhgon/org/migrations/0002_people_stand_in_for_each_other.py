import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0001_units_posts_people_and_the_handover_ledger")]

    operations = [
        migrations.CreateModel(
            name="StandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("covers", models.CharField(choices=[("all", "mọi việc của vị trí"), ("documents", "văn bản, kể cả duyệt và ký"), ("tasks", "nhiệm vụ"), ("signing", "chỉ duyệt và ký")], default="all", max_length=10, verbose_name="làm thay")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
                ("reason", models.CharField(max_length=300, verbose_name="lý do")),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("appointment", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stand_ins", to="org.appointment", verbose_name="phân công của người vắng")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="người làm thay")),
            ],
            options={
                "db_table": "org_stand_in",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[("appointment", "="), ("covers", "="), ("valid", "&&")], name="org_one_stand_in_for_a_part"),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[("appointment", "="), ("person", "="), ("valid", "&&")], name="org_stands_in_once"),
                ],
            },
        ),
    ]
