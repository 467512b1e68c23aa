import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_files_by_content'),
        ('org', '0001_units_posts_people_and_the_handover_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=60, verbose_name='tên loại')),
                ('abbreviation', models.CharField(blank=True, max_length=10, verbose_name='ký hiệu')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('is_slip', models.BooleanField(default=False, verbose_name='giấy tờ hành chính')),
                ('rule_set', models.CharField(blank=True, max_length=40, verbose_name='bộ quy tắc')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='nguồn')),
                ('is_certain', models.BooleanField(default=False, verbose_name='ký hiệu chắc chắn')),
            ],
            options={
                'db_table': 'documents_type',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('upload', 'tải lên'), ('folder', 'thư mục theo dõi'), ('mail', 'thư điện tử'), ('exchange', 'trục liên thông'), ('internal', 'trong hệ thống')], max_length=10, verbose_name='kênh')),
                ('state', models.CharField(choices=[('received', 'đang đọc'), ('ready', 'chờ vào sổ'), ('failed', 'không đọc được'), ('registered', 'đã vào sổ'), ('refused', 'đã từ chối')], default='received', max_length=10, verbose_name='trạng thái')),
                ('key', models.CharField(blank=True, db_default='', max_length=300)),
                ('sender', models.CharField(blank=True, db_default='', max_length=200, verbose_name='nơi gửi')),
                ('subject', models.CharField(blank=True, db_default='', max_length=2000, verbose_name='tiêu đề')),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('problem', models.CharField(blank=True, db_default='', max_length=500, verbose_name='trục trặc')),
                ('received_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người đưa vào')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan nhận')),
            ],
            options={
                'db_table': 'documents_arrival',
            },
        ),
        migrations.CreateModel(
            name='ArrivalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='documents.arrival')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'db_table': 'documents_arrival_file',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('incoming', 'đến'), ('outgoing', 'đi'), ('internal', 'nội bộ')], max_length=8, verbose_name='chiều')),
                ('state', models.CharField(choices=[('draft', 'dự thảo'), ('ready', 'chờ cấp số'), ('registered', 'đã vào sổ'), ('in_process', 'đang xử lý'), ('done', 'đã xử lý xong'), ('void', 'hủy số')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('issuer_name', models.CharField(blank=True, max_length=200, verbose_name='tác giả')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='số')),
                ('number_suffix', models.CharField(blank=True, max_length=3)),
                ('symbol', models.CharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('arrived_on', models.DateField(blank=True, null=True, verbose_name='ngày đến')),
                ('summary', models.CharField(max_length=2000, verbose_name='trích yếu')),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                ('signer_position', models.CharField(blank=True, db_default='', max_length=120, verbose_name='chức vụ người ký')),
                ('authority', models.CharField(blank=True, db_default='', max_length=120, verbose_name='quyền hạn ký')),
                ('place', models.CharField(blank=True, db_default='', max_length=80, verbose_name='địa danh')),
                ('receivers', models.TextField(blank=True, db_default='', verbose_name='nơi nhận')),
                ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='số trang')),
                ('copies', models.PositiveIntegerField(blank=True, null=True, verbose_name='số bản')),
                ('content', models.TextField(blank=True, db_default='', verbose_name='toàn văn')),
                ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'Thường'), (1, 'Khẩn'), (2, 'Thượng khẩn'), (3, 'Hỏa tốc'), (4, 'Hỏa tốc hẹn giờ')], default=0, verbose_name='độ khẩn')),
                ('secrecy', models.PositiveSmallIntegerField(choices=[(0, 'Thường'), (1, 'Mật'), (2, 'Tối mật'), (3, 'Tuyệt mật')], default=0, verbose_name='độ mật')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn xử lý')),
                ('return_reason', models.CharField(blank=True, db_default='', max_length=500, verbose_name='lý do trả lại dự thảo')),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do hủy')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='ngày xử lý xong')),
                ('created_at', models.DateTimeField()),
                ('search_folded', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.comparison.Coalesce(models.F('summary'), models.Value('')), models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('symbol'), models.Value('')), models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('issuer_name'), models.Value('')), models.Value(' '), arg_joiner=' || ', template='%(expressions)s'), function='vi_folded_vector'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('search_exact', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.comparison.Coalesce(models.F('summary'), models.Value('')), models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('symbol'), models.Value('')), models.Value(' '), django.db.models.functions.comparison.Coalesce(models.F('issuer_name'), models.Value('')), models.Value(' '), arg_joiner=' || ', template='%(expressions)s'), function='vi_exact_vector'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('drafter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người soạn')),
                ('function', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.function', verbose_name='chức năng')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị đang giữ')),
                ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan ban hành')),
                ('received_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='nhận thay')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttype', verbose_name='tên loại')),
            ],
            options={
                'db_table': 'documents_document',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                ('added_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='documents.document')),
            ],
            options={
                'db_table': 'documents_attachment',
            },
        ),
        migrations.AddField(
            model_name='arrival',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='documents.document'),
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('incoming', 'đến'), ('outgoing', 'đi'), ('internal', 'nội bộ')], max_length=8)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_secret', models.BooleanField(default=False)),
                ('last_number', models.PositiveIntegerField(default=0, verbose_name='số cuối')),
                ('opened_on', models.DateField(verbose_name='mở ngày')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='khóa ngày')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='documents.numberseries')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_series', to='org.unit', verbose_name='đơn vị giữ sổ')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='number_series', to='org.unit')),
                ('term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.term')),
                ('type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttype')),
            ],
            options={
                'db_table': 'documents_number_series',
            },
        ),
        migrations.AddField(
            model_name='document',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.numberseries'),
        ),
        migrations.CreateModel(
            name='RoutingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'chủ trì'), ('coordinating', 'phối hợp'), ('for_information', 'nhận để biết')], max_length=16, verbose_name='vai trò')),
                ('state', models.CharField(choices=[('unread', 'chờ tiếp nhận'), ('accepted', 'đang xử lý'), ('done', 'đã xong'), ('returned', 'đã trả lại'), ('recalled', 'đã thu hồi'), ('joined', 'đã gộp')], default='unread', max_length=10, verbose_name='trạng thái')),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='bút phê')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn')),
                ('sent_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.CharField(blank=True, max_length=500, verbose_name='lý do trả lại')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người xử lý')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='documents.document')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị chuyển')),
                ('kept_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị lưu')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị nhận')),
            ],
            options={
                'db_table': 'documents_routing_line',
            },
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('state__in', ['received', 'ready', 'failed'])), fields=['to_unit', '-id'], name='documents_arrivals_waiting'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('to_unit', 'channel', 'key'), name='documents_arrival_once'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('state', 'registered')), models.Q(models.Q(('state', 'registered'), _negated=True), ('document__isnull', True)), _connector='OR'), name='documents_arrival_registered_has_document'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(fields=('organ', 'direction', 'type', 'term', 'year', 'is_secret'), name='documents_one_series_per_book', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('term__isnull', False), ('year__isnull', True)), models.Q(('term__isnull', True), ('year__isnull', False)), _connector='OR'), name='documents_series_by_term_or_year'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['holder', 'state', '-id'], name='documents_held'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['issuer', '-id'], name='documents_issued'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['drafter', 'state'], name='documents_drafted'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_folded'], name='documents_search_folded'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_exact'], name='documents_search_exact'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('series', 'number', 'number_suffix'), name='documents_number_drawn_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state__in', ['draft', 'ready'])), models.Q(models.Q(('state__in', ['draft', 'ready']), _negated=True), ('number__isnull', False)), _connector='OR'), name='documents_number_only_when_registered'),
        ),
        migrations.AddIndex(
            model_name='routingline',
            index=models.Index(fields=['to_unit', 'state'], name='documents_lines_of_unit'),
        ),
        migrations.AddIndex(
            model_name='routingline',
            index=models.Index(condition=models.Q(('kept_by__isnull', False)), fields=['kept_by'], name='documents_lines_kept'),
        ),
        migrations.AddIndex(
            model_name='routingline',
            index=models.Index(fields=['from_unit', 'state'], name='documents_lines_sent'),
        ),
        migrations.AddIndex(
            model_name='routingline',
            index=models.Index(fields=['assignee', 'state'], name='documents_lines_of_person'),
        ),
        migrations.AddConstraint(
            model_name='routingline',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'lead'), ('state__in', ['unread', 'accepted'])), fields=('document',), name='documents_one_lead_line'),
        ),
        migrations.AddConstraint(
            model_name='routingline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept_by__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('kept_by__isnull', True)), _connector='OR'), name='documents_finished_line_is_kept'),
        ),
    ]
