from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_rules_of_form_with_dates")]

    operations = [
        migrations.RemoveConstraint(model_name='arrival', name='documents_arrival_once'),
        migrations.AddField(
            model_name='arrival',
            name='addressed_to',
            field=models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='org.unit', verbose_name='nơi nhận lúc tới'),
        ),
        migrations.RunSQL('UPDATE documents_arrival SET addressed_to_id = to_unit_id', migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='arrival',
            name='addressed_to',
            field=models.ForeignKey(on_delete=models.PROTECT, related_name='+', to='org.unit', verbose_name='nơi nhận lúc tới'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('addressed_to', 'channel', 'key'), name='documents_arrival_once'),
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', models.CharField(max_length=2000, unique=True)),
                ('mapping', models.JSONField()),
                ('used_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'documents_column_mapping',
            },
        ),
        migrations.CreateModel(
            name='WatchedPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('folder', 'thư mục'), ('mail', 'hộp thư IMAP')], max_length=6, verbose_name='kiểu')),
                ('path', models.CharField(blank=True, db_default='', max_length=200, verbose_name='thư mục')),
                ('host', models.CharField(blank=True, db_default='', max_length=200, verbose_name='máy chủ thư')),
                ('port', models.PositiveIntegerField(blank=True, null=True, verbose_name='cổng')),
                ('security', models.CharField(choices=[('tls', 'TLS (cổng 993)'), ('starttls', 'STARTTLS (cổng 143)'), ('plain', 'không mã hóa, chỉ trong mạng nội bộ')], default='tls', max_length=8, verbose_name='mã hóa đường truyền')),
                ('username', models.CharField(blank=True, db_default='', max_length=200, verbose_name='tài khoản')),
                ('secret', models.TextField(blank=True, db_default='')),
                ('mailbox', models.CharField(blank=True, db_default='INBOX', default='INBOX', max_length=100, verbose_name='hộp')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='lần xem gần nhất')),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='đã lấy')),
                ('problem', models.CharField(blank=True, db_default='', max_length=500, verbose_name='trục trặc')),
            ],
            options={
                'db_table': 'documents_watched_place',
            },
        ),
        migrations.AlterModelOptions(
            name='arrivalfile',
            options={'ordering': ['id']},
        ),
        migrations.AddField(
            model_name='arrival',
            name='batch',
            field=models.UUIDField(blank=True, null=True, verbose_name='đợt đưa vào'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='folder',
            field=models.CharField(blank=True, db_default='', max_length=500, verbose_name='thư mục trong gói'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='reason',
            field=models.CharField(blank=True, db_default='', max_length=500, verbose_name='lý do'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='legacy',
            field=models.CharField(blank=True, db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='legacy_sample',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='page_count',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='source',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='text',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='imported_to',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='documents_arrivals_batch'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(Upper('symbol'), name='documents_by_symbol'),
        ),
        migrations.AddField(
            model_name='watchedplace',
            name='unit',
            field=models.ForeignKey(on_delete=models.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan nhận'),
        ),
        migrations.AddConstraint(
            model_name='watchedplace',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'folder')), fields=('path',), name='documents_watched_folder_once'),
        ),
        migrations.AddConstraint(
            model_name='watchedplace',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'mail')), fields=('host', 'username', 'mailbox'), name='documents_watched_box_once'),
        ),
    ]
