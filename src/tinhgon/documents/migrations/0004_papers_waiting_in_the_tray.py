from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_rules_of_form_with_dates")]

    operations = []
