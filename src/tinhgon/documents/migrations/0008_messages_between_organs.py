from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_signatures_and_seals")]

    operations = []
