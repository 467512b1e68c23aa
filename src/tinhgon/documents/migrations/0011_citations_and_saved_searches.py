from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_dossiers_and_keeping")]

    operations = []
