import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_drafts_pass_opinions_and_approval")]

    operations = [
        migrations.CreateModel(
            name='Revocations',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=200, unique=True, verbose_name='nhà cấp')),
                ('data', models.BinaryField()),
                ('issued_at', models.DateTimeField(verbose_name='ra ngày')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='danh sách kế tiếp')),
                ('count', models.PositiveIntegerField(verbose_name='số chứng thư thu hồi')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'documents_revocations',
            },
        ),
        migrations.CreateModel(
            name='TrustAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('certificate', models.TextField(verbose_name='chứng thư gốc')),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('not_after', models.DateTimeField(verbose_name='hết hiệu lực')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang tin')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'documents_trust_anchor',
            },
        ),
        migrations.AddField(
            model_name='attachment',
            name='is_final',
            field=models.BooleanField(db_default=False, default=False, verbose_name='bản ban hành'),
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('file', 'tệp khóa'), ('token', 'thiết bị')], max_length=5, verbose_name='loại')),
                ('certificate', models.TextField(verbose_name='chứng thư')),
                ('common_name', models.CharField(max_length=200, verbose_name='tên trên chứng thư')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='tổ chức trên chứng thư')),
                ('issuer', models.CharField(max_length=200, verbose_name='nhà cấp')),
                ('serial', models.CharField(max_length=80, verbose_name='số chứng thư')),
                ('fingerprint', models.CharField(max_length=64)),
                ('not_before', models.DateTimeField(verbose_name='hiệu lực từ')),
                ('not_after', models.DateTimeField(verbose_name='hết hiệu lực')),
                ('sealed', models.BinaryField(default=bytes)),
                ('token', models.CharField(blank=True, max_length=64, verbose_name='nhãn thiết bị')),
                ('token_key', models.CharField(blank=True, max_length=64, verbose_name='nhãn khóa')),
                ('picture', models.BinaryField(default=bytes)),
                ('added_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='ngừng dùng từ')),
                ('revoke_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do ngừng dùng')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người ký')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='cơ quan')),
            ],
            options={
                'db_table': 'documents_signing_key',
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('sign', 'ký'), ('seal', 'đóng dấu')], max_length=4, verbose_name='việc')),
                ('signed_at', models.DateTimeField(verbose_name='lúc')),
                ('sha256', models.CharField(max_length=64)),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.attachment')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person', verbose_name='người làm')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.document')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.signingkey')),
            ],
            options={
                'db_table': 'documents_signature',
            },
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('unit__isnull', True)), models.Q(('person__isnull', True), ('unit__isnull', False)), _connector='OR'), name='documents_key_of_a_person_or_an_organ'),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('fingerprint',), name='documents_certificate_in_use_once'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['document', 'purpose'], name='documents_signatures_of'),
        ),
    ]
