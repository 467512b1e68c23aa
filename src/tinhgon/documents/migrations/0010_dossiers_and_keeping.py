from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_lines_go_down_the_branch")]

    operations = []
