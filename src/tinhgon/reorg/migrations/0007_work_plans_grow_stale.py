from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reorg", "0006_scenarios_have_gestures_and_a_baseline"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workplan",
            name="state",
            field=models.CharField(
                choices=[("proposed", "đề xuất"), ("confirmed", "đã xác nhận"), ("stale", "cũ, phải lập lại")], default="proposed", max_length=10, verbose_name="trạng thái"
            ),
        ),
    ]
