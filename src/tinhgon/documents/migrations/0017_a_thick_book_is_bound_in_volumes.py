from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0016_a_signer_replaced_mid_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="printedbook",
            name="volumes",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
