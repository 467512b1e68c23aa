from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_drafts_pass_opinions_and_approval")]

    operations = []
