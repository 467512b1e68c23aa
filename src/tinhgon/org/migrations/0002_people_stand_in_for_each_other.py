from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("org", "0001_units_posts_people_and_the_handover_ledger")]

    operations = []
