from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reorg", "0007_a_proposal_names_second_posts"),
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
