import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

NEVER_CHANGED = """
CREATE TRIGGER documents_shipped_rules_are_kept BEFORE UPDATE OR DELETE ON documents_shipped_rules
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER documents_shipped_rules_are_never_emptied BEFORE TRUNCATE ON documents_shipped_rules
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


def remember_what_was_installed(apps, schema_editor):
    """Phiên bản 1 của mỗi bộ là bản đi kèm lúc cài: gốc để biết cơ quan đã sửa quy tắc nào."""
    shipped = apps.get_model("documents", "ShippedRules")
    firsts = apps.get_model("documents", "RuleSetVersion").objects.filter(number=1, author=None).select_related("rule_set")
    shipped.objects.bulk_create(
        shipped(rule_set_id=first.rule_set_id, revision=0, head=head_of(first), rules=first.rules, loaded_at=timezone.now()) for first in firsts
    )


def head_of(first):
    until = first.valid.upper.isoformat() if first.valid.upper else None
    return {"name": first.rule_set.name, "since": first.valid.lower.isoformat(), "until": until, "note": first.rule_set.note}


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0017_a_thick_book_is_bound_in_volumes"),
        ("org", "0003_access_tokens_for_programs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShippedRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(verbose_name="đợt")),
                ("revised_on", models.DateField(null=True, verbose_name="ngày của đợt")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="nguồn của đợt")),
                ("head", models.JSONField()),
                ("rules", models.JSONField()),
                ("loaded_at", models.DateTimeField(verbose_name="nạp lúc")),
                ("rule_set", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shipped", to="documents.ruleset")),
            ],
            options={
                "db_table": "documents_shipped_rules",
                "ordering": ["rule_set", "-revision"],
                "constraints": [models.UniqueConstraint(fields=("rule_set", "revision"), name="documents_shipped_rules_once")],
            },
        ),
        migrations.CreateModel(
            name="RuleProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_code", models.CharField(blank=True, max_length=100)),
                ("row", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "chờ quyết định"), ("accepted", "đã nhận"), ("kept", "giữ bản của cơ quan"), ("replaced", "đợt sau thay")],
                        default="open", max_length=10, verbose_name="trạng thái",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
                ("shipped", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="documents.shippedrules")),
            ],
            options={
                "db_table": "documents_rule_proposal",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("shipped", "rule_code"), name="documents_rule_proposed_once")],
            },
        ),
        migrations.RunSQL(NEVER_CHANGED, migrations.RunSQL.noop),
        migrations.RunPython(remember_what_was_installed, migrations.RunPython.noop),
    ]
