import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_papers_waiting_in_the_tray")]

    operations = [
        migrations.CreateModel(
            name='Congress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('opens_on', models.DateField(verbose_name='ngày khai mạc (phiên trù bị)')),
                ('closes_on', models.DateField(verbose_name='ngày bế mạc')),
            ],
            options={
                'db_table': 'documents_congress',
            },
        ),
        migrations.CreateModel(
            name='JointOrgan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên lúc ban hành')),
                ('symbol', models.CharField(max_length=30, verbose_name='ký hiệu lúc ban hành')),
                ('order', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'documents_joint_organ',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='NumberReservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('symbol', models.CharField(max_length=60, verbose_name='số, ký hiệu')),
                ('organ_name', models.CharField(max_length=200, verbose_name='cơ quan đứng tên')),
                ('secrecy', models.PositiveSmallIntegerField(choices=[(0, 'Thường'), (1, 'Mật'), (2, 'Tối mật'), (3, 'Tuyệt mật')], default=0, verbose_name='độ mật')),
                ('reserved_on', models.DateField(verbose_name='ngày giữ')),
                ('until', models.DateField(verbose_name='giữ tới hết ngày')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do giữ')),
                ('state', models.CharField(choices=[('held', 'đang giữ'), ('used', 'đã dùng'), ('released', 'đã trả lại'), ('expired', 'hết hạn giữ')], default='held', max_length=8, verbose_name='trạng thái')),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'db_table': 'documents_number_reservation',
            },
        ),
        migrations.RemoveConstraint(
            model_name='numberseries',
            name='documents_one_series_per_book',
        ),
        migrations.RemoveConstraint(
            model_name='numberseries',
            name='documents_series_by_term_or_year',
        ),
        migrations.AddField(
            model_name='document',
            name='copy_kind',
            field=models.CharField(blank=True, choices=[('full', 'sao y bản chính'), ('extract', 'trích sao'), ('again', 'sao lục')], db_default='', max_length=8, verbose_name='loại bản sao'),
        ),
        migrations.AddField(
            model_name='document',
            name='copy_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies_made', to='documents.document', verbose_name='bản sao của'),
        ),
        migrations.AddField(
            model_name='document',
            name='late_reason',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='lý do chèn số'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='kind',
            field=models.CharField(choices=[('ordinary', 'sổ thường'), ('copies', 'bản sao'), ('congress', 'đại hội')], db_default='ordinary', default='ordinary', max_length=8),
        ),
        migrations.AddField(
            model_name='congress',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='congresses', to='org.unit', verbose_name='cấp ủy'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='congress',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='documents.congress'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(fields=('organ', 'direction', 'kind', 'type', 'term', 'year', 'congress', 'is_secret'), name='documents_one_series_per_book', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('congress__isnull', True), ('term__isnull', False), ('year__isnull', True)), models.Q(('congress__isnull', True), ('term__isnull', True), ('year__isnull', False)), models.Q(('congress__isnull', False), ('kind', 'congress'), ('term__isnull', True), ('year__isnull', True)), _connector='OR'), name='documents_series_by_term_or_year'),
        ),
        migrations.AddField(
            model_name='jointorgan',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_organs', to='documents.document'),
        ),
        migrations.AddField(
            model_name='jointorgan',
            name='kept_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị lưu'),
        ),
        migrations.AddField(
            model_name='jointorgan',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan'),
        ),
        migrations.AddField(
            model_name='numberreservation',
            name='document',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservation', to='documents.document'),
        ),
        migrations.AddField(
            model_name='numberreservation',
            name='reserved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người giữ số'),
        ),
        migrations.AddField(
            model_name='numberreservation',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='documents.numberseries'),
        ),
        migrations.AddField(
            model_name='numberreservation',
            name='type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttype', verbose_name='tên loại'),
        ),
        migrations.AddField(
            model_name='numberreservation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='giữ cho'),
        ),
        migrations.AddConstraint(
            model_name='congress',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='documents_congress_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='congress',
            constraint=models.UniqueConstraint(fields=('unit', 'opens_on'), name='documents_congress_opens_once'),
        ),
        migrations.AddIndex(
            model_name='jointorgan',
            index=models.Index(fields=['kept_by'], name='documents_joint_kept'),
        ),
        migrations.AddConstraint(
            model_name='jointorgan',
            constraint=models.UniqueConstraint(fields=('document', 'unit'), name='documents_joint_organ_once'),
        ),
        migrations.AddIndex(
            model_name='numberreservation',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['until'], name='documents_numbers_held'),
        ),
        migrations.AddIndex(
            model_name='numberreservation',
            index=models.Index(fields=['unit', 'state'], name='documents_numbers_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='numberreservation',
            constraint=models.UniqueConstraint(fields=('series', 'number'), name='documents_number_reserved_once'),
        ),
        migrations.AddConstraint(
            model_name='numberreservation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', True), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('document__isnull', False)), _connector='OR'), name='documents_ended_reservation_has_its_entry'),
        ),
    ]
