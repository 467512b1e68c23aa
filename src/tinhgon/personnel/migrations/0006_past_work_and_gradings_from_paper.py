import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0004_a_handover_may_open_a_second_appointment'),
        ('personnel', '0005_rule_books_with_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='gradinground',
            name='is_from_paper',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='PastWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='chức danh')),
                ('place', models.CharField(max_length=200, verbose_name='nơi công tác')),
                ('term', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='thời gian')),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField()),
                ('field', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.field', verbose_name='lĩnh vực')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='past_works', to='org.person')),
            ],
            options={
                'db_table': 'personnel_past_work',
                'constraints': [models.CheckConstraint(condition=models.Q(('term__endswith__isnull', False), ('term__isempty', False), ('term__startswith__isnull', False)), name='personnel_past_work_is_over')],
            },
        ),
    ]
