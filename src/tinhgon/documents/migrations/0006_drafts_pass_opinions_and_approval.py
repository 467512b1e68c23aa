from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_reserved_late_and_joint_numbers")]

    operations = []
