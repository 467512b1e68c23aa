import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0002_people_stand_in_for_each_other"), ("documents", "0008_messages_between_organs")]

    operations = [
        migrations.CreateModel(
            name="RemarkTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000, verbose_name="bút phê")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.person")),
            ],
            options={"db_table": "documents_remark_template", "ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="remarktemplate",
            constraint=models.UniqueConstraint(fields=("person", "text"), name="documents_remark_template_once"),
        ),
        migrations.RemoveConstraint(model_name="routingline", name="documents_one_lead_line"),
        migrations.AddField(
            model_name="attachment",
            name="line",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="results", to="documents.routingline"),
        ),
        migrations.AddField(model_name="routingline", name="depth", field=models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField(
            model_name="routingline",
            name="joined_into",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="joined", to="documents.routingline"),
        ),
        migrations.AddField(
            model_name="routingline",
            name="parent",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="documents.routingline"),
        ),
        migrations.AddField(
            model_name="routingline", name="personal",
            field=models.BooleanField(db_default=False, default=False, verbose_name="đích danh"),
        ),
        migrations.AddField(
            model_name="routingline", name="result",
            field=models.CharField(blank=True, db_default="", max_length=2000, verbose_name="kết quả"),
        ),
        migrations.AddConstraint(
            model_name="routingline",
            constraint=models.UniqueConstraint(condition=models.Q(("parent__isnull", True), ("role", "lead"), ("state__in", ["unread", "accepted"])), fields=("document",), name="documents_one_lead_line"),
        ),
        migrations.AddConstraint(
            model_name="routingline",
            constraint=models.UniqueConstraint(condition=models.Q(("role", "lead"), ("state__in", ["unread", "accepted"])), fields=("parent",), name="documents_one_lead_in_a_branch"),
        ),
    ]
