"""Gửi, nhận giữa các cơ quan: dòng gửi, biên nhận, yêu cầu, hộp thư đi, nơi đã đăng ký."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0007_signatures_and_seals"),
        ("files", "0001_files_by_content"),
        ("org", "0001_units_posts_people_and_the_handover_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name='ExchangeIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificate', models.TextField()),
                ('sealed_key', models.BinaryField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'documents_exchange_identity',
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên hệ thống')),
                ('address', models.URLField(blank=True, max_length=300, verbose_name='địa chỉ')),
                ('certificate', models.TextField(blank=True, verbose_name='chứng thư')),
                ('is_active', models.BooleanField(default=False, verbose_name='đang nối')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'documents_partner',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, choices=[('', 'chưa có hồi âm'), ('01', 'đã đến'), ('02', 'từ chối tiếp nhận'), ('03', 'đã vào sổ'), ('04', 'đã phân công xử lý'), ('05', 'đang xử lý'), ('06', 'hoàn thành xử lý')], db_default='', default='', max_length=2, verbose_name='trạng thái')),
                ('is_asked', models.BooleanField(db_default=False, default=False)),
                ('is_withdrawn', models.BooleanField(db_default=False, default=False)),
                ('from_code', models.CharField(blank=True, max_length=20)),
                ('way', models.CharField(choices=[('internal', 'trong hệ thống'), ('network', 'trục liên thông'), ('file', 'tệp edXML'), ('paper', 'bản giấy')], max_length=8, verbose_name='cách gửi')),
                ('to_name', models.CharField(max_length=200, verbose_name='nơi nhận')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi chú')),
                ('sent_by', models.CharField(blank=True, max_length=120, verbose_name='người gửi')),
                ('sent_at', models.DateTimeField()),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('answer_due_on', models.DateField(blank=True, null=True, verbose_name='hạn hồi âm')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='documents.document')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan gửi')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.delivery')),
                ('to_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='nơi nhận')),
            ],
            options={
                'db_table': 'documents_delivery',
            },
        ),
        migrations.CreateModel(
            name='DeliveryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=2)),
                ('said', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='documents.delivery')),
            ],
            options={
                'db_table': 'documents_delivery_step',
            },
        ),
        migrations.CreateModel(
            name='ExchangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('recall', 'lấy lại'), ('update', 'cập nhật'), ('replace', 'thay thế')], max_length=8, verbose_name='xin gì')),
                ('state', models.CharField(choices=[('pending', 'chờ trả lời'), ('agreed', 'đã đồng ý'), ('declined', 'đã từ chối')], default='pending', max_length=8, verbose_name='trạng thái')),
                ('reason', models.CharField(max_length=500, verbose_name='lý do')),
                ('changes', models.JSONField(blank=True, default=dict)),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='lời đáp')),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='documents.delivery')),
            ],
            options={
                'db_table': 'documents_exchange_request',
            },
        ),
        migrations.CreateModel(
            name='Inbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('answer', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inbox', to='documents.partner')),
            ],
            options={
                'db_table': 'documents_inbox',
            },
        ),
        migrations.CreateModel(
            name='PartnerOrgan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='mã định danh')),
                ('name', models.CharField(max_length=200, verbose_name='tên cơ quan')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organs', to='documents.partner')),
            ],
            options={
                'db_table': 'documents_partner_organ',
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='to_organ',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='documents.partnerorgan'),
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, choices=[('', 'chưa có hồi âm'), ('01', 'đã đến'), ('02', 'từ chối tiếp nhận'), ('03', 'đã vào sổ'), ('04', 'đã phân công xử lý'), ('05', 'đang xử lý'), ('06', 'hoàn thành xử lý')], db_default='', default='', max_length=2, verbose_name='trạng thái')),
                ('is_asked', models.BooleanField(db_default=False, default=False)),
                ('is_withdrawn', models.BooleanField(db_default=False, default=False)),
                ('to_code', models.CharField(blank=True, max_length=20)),
                ('from_code', models.CharField(blank=True, max_length=20)),
                ('from_name', models.CharField(max_length=200)),
                ('message_id', models.CharField(max_length=200)),
                ('received_at', models.DateTimeField()),
                ('arrival', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='documents.arrival')),
                ('delivery', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='documents.delivery')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='documents.partner')),
                ('received_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='nhận thay')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan nhận')),
            ],
            options={
                'db_table': 'documents_receipt',
            },
        ),
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('document', 'văn bản'), ('request', 'xin lấy lại, cập nhật'), ('status', 'trạng thái')], max_length=8)),
                ('code', models.CharField(blank=True, max_length=2)),
                ('said', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('waiting', 'chờ gửi'), ('sent', 'đã tới'), ('failed', 'không gửi được')], default='waiting', max_length=8)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='documents.delivery')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='documents.exchangerequest')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='documents.partner')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='documents.receipt')),
            ],
            options={
                'db_table': 'documents_outbox',
            },
        ),
        migrations.AddField(
            model_name='exchangerequest',
            name='receipt',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='documents.receipt'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['from_unit', '-id'], name='documents_deliveries_of'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('code__in', ['', '01']), ('is_withdrawn', False)), fields=['answer_due_on'], name='documents_deliveries_silent'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['to_unit', '-id'], name='documents_receipts_of'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('delivery__isnull', True)), fields=('message_id', 'to_code'), name='documents_received_once'),
        ),
        migrations.AddIndex(
            model_name='outbox',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='documents_outbox_due'),
        ),
        migrations.AddIndex(
            model_name='outbox',
            index=models.Index(condition=models.Q(('state', 'sent'), _negated=True), fields=['line', 'id'], name='documents_outbox_line'),
        ),
        migrations.AddConstraint(
            model_name='exchangerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('receipt',), name='documents_one_request_waiting'),
        ),
        migrations.AddConstraint(
            model_name='exchangerequest',
            constraint=models.CheckConstraint(condition=models.Q(('delivery__isnull', False), ('receipt__isnull', False), _connector='OR'), name='documents_request_has_a_side'),
        ),
    ]
