from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_papers_waiting_in_the_tray")]

    operations = []
