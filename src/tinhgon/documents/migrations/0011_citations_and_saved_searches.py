import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

# Ở dòng văn bản, vectơ và toàn văn nằm ngoài dòng (TOAST): đi qua hàng nghìn kết quả không phải đọc cả chữ. Toàn văn không nén, để
# cắt một đoạn đầu của văn bản nghìn trang thì chỉ đọc đoạn ấy. Ở bảng chữ thì ngược lại: tới một dòng là để xét chữ, nên vectơ
# của văn bản vài trang nằm ngay trong dòng, một trang bộ nhớ một dòng. Mã của các cặp từ thì băm rồi, không nén được.
OUT_OF_LINE = """
ALTER TABLE documents_text SET (toast_tuple_target = 4080);
ALTER TABLE documents_text ALTER COLUMN heading SET STORAGE MAIN;
ALTER TABLE documents_text ALTER COLUMN search_folded SET STORAGE MAIN;
ALTER TABLE documents_text ALTER COLUMN pairs SET STORAGE EXTERNAL;
ALTER TABLE documents_document SET (toast_tuple_target = 512);
ALTER TABLE documents_document ALTER COLUMN content SET STORAGE EXTERNAL;
"""

# Giữa đề mục và toàn văn chừa một chỗ trống, để một cụm từ không khớp vắt từ cái này sang cái kia. Toàn văn cắt ở 200.000 ký
# tự: tsvector không quá 1 MB, và quá 16.383 từ thì PostgreSQL không giữ vị trí nữa.
FUNCTIONS = r"""
CREATE FUNCTION documents_text_heading(d documents_document) RETURNS text LANGUAGE sql IMMUTABLE
RETURN d.summary || ' ' || d.symbol || ' ' || d.issuer_name || ' ' || d.signer_name;

CREATE FUNCTION documents_text_body(d documents_document) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN d.secrecy = 0 THEN left(d.content, 200000) ELSE '' END;

CREATE FUNCTION documents_text_joined(heading tsvector, body tsvector) RETURNS tsvector LANGUAGE sql IMMUTABLE
RETURN CASE WHEN body = ''::tsvector THEN heading ELSE heading || '"|":1'::tsvector || body END;

CREATE FUNCTION documents_text_key(symbol text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN left(btrim(regexp_replace(vi_fold(vi_words(symbol)), ' +', ' ', 'g')), 80);

-- Mã của một cặp từ liền nhau; md5 để không đổi theo bản PostgreSQL. Cột tìm giữ vị trí, nên cặp đọc thẳng từ cột tìm.
CREATE FUNCTION documents_text_pair(a text, b text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('x' || left(md5(a || ' ' || b), 8))::bit(32)::int;
CREATE FUNCTION documents_text_pairs(v tsvector) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT documents_text_pair(a.lexeme, a.follows)
    FROM (SELECT w.lexeme, p.at, lead(w.lexeme) OVER (ORDER BY p.at) AS follows, lead(p.at) OVER (ORDER BY p.at) AS next_at
          FROM unnest(v) w CROSS JOIN LATERAL unnest(w.positions) AS p(at)) a
    WHERE a.next_at = a.at + 1
);

-- OFFSET 0: mỗi vectơ tính một lần, dù dùng hai ba chỗ.
CREATE FUNCTION documents_text_row(d documents_document) RETURNS documents_text LANGUAGE sql IMMUTABLE
RETURN (
    SELECT ROW(
        d.id, d.id / 2048, documents_text_key(d.symbol), false, w.heading, w.folded,
        documents_text_joined(vi_exact_vector(documents_text_heading(d)), vi_exact_vector(documents_text_body(d))),
        documents_text_pairs(w.folded)
    )::documents_text
    FROM (
        SELECT v.heading, documents_text_joined(v.heading, vi_folded_vector(documents_text_body(d))) AS folded
        FROM (SELECT vi_folded_vector(documents_text_heading(d)) AS heading OFFSET 0) v OFFSET 0
    ) w
);

CREATE FUNCTION documents_write_text() RETURNS trigger LANGUAGE plpgsql AS $write$
BEGIN
    INSERT INTO documents_text SELECT r.* FROM documents_text_row(NEW) r
    ON CONFLICT (document_id) DO UPDATE SET
        symbol_key = excluded.symbol_key, is_read = false, heading = excluded.heading,
        search_folded = excluded.search_folded, search_exact = excluded.search_exact, pairs = excluded.pairs;
    RETURN NULL;
END
$write$;

CREATE TRIGGER documents_text_of_new AFTER INSERT ON documents_document
FOR EACH ROW EXECUTE FUNCTION documents_write_text();

CREATE TRIGGER documents_text_of_changed
AFTER UPDATE OF summary, symbol, issuer_name, signer_name, content, secrecy ON documents_document
FOR EACH ROW WHEN (
    (OLD.summary, OLD.symbol, OLD.issuer_name, OLD.signer_name, OLD.content, OLD.secrecy)
    IS DISTINCT FROM (NEW.summary, NEW.symbol, NEW.issuer_name, NEW.signer_name, NEW.content, NEW.secrecy)
) EXECUTE FUNCTION documents_write_text();
"""
FILL = "INSERT INTO documents_text SELECT r.* FROM documents_document d, LATERAL documents_text_row(d) r"
BACK = """
DROP TRIGGER documents_text_of_changed ON documents_document;
DROP TRIGGER documents_text_of_new ON documents_document;
DROP FUNCTION documents_write_text();
DROP FUNCTION documents_text_row(documents_document);
DROP FUNCTION documents_text_pairs(tsvector);
DROP FUNCTION documents_text_pair(text, text);
DROP FUNCTION documents_text_key(text);
DROP FUNCTION documents_text_joined(tsvector, tsvector);
DROP FUNCTION documents_text_body(documents_document);
DROP FUNCTION documents_text_heading(documents_document);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_dossiers_and_keeping"),
        ("files", "0001_files_by_content"),
        ("org", "0002_people_stand_in_for_each_other"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="text", serialize=False, to="documents.document")),
                ("block", models.IntegerField()),
                ("symbol_key", models.CharField(db_collation="C", db_default="", max_length=80)),
                ("is_read", models.BooleanField(db_default=False)),
                ("heading", django.contrib.postgres.search.SearchVectorField()),
                ("search_folded", django.contrib.postgres.search.SearchVectorField()),
                ("search_exact", django.contrib.postgres.search.SearchVectorField()),
                ("pairs", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={"db_table": "documents_text"},
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("written", models.CharField(max_length=400, verbose_name="viết trong văn bản")),
                ("key", models.CharField(db_collation="C", max_length=80)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("organ", models.CharField(blank=True, db_default="", max_length=200, verbose_name="cơ quan")),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="documents.document")),
            ],
            options={
                "db_table": "documents_citation",
                "indexes": [models.Index(fields=["key", "issued_on"], name="documents_citation_key")],
                "constraints": [models.UniqueConstraint(fields=("document", "ordinal"), name="documents_citation_in_order")],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="tên")),
                ("view", models.CharField(choices=[("incoming", "Văn bản đến"), ("outgoing", "Văn bản đi"), ("drafts", "Dự thảo"), ("search", "Tìm kiếm")], max_length=10, verbose_name="trang")),
                ("query", models.CharField(max_length=1500, verbose_name="phần lọc")),
                ("on_desk", models.BooleanField(default=False, verbose_name="hiện ở Hôm nay")),
                ("created_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "db_table": "documents_saved_search",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="documents_saved_name_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="documents_saved_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintedBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("format", models.CharField(max_length=4)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("asked_on", models.DateField()),
                ("progress", models.UUIDField()),
                ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
                ("file", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile")),
                ("series", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.numberseries")),
            ],
            options={"db_table": "documents_printed_book"},
        ),
        migrations.RunSQL([OUT_OF_LINE, FUNCTIONS, FILL], BACK),
        migrations.AddIndex(
            model_name="documenttext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["block", "search_folded", "search_exact", "pairs"], gin_pending_list_limit=1024, name="documents_text_search"
            ),
        ),
        migrations.AddIndex(
            model_name="document", index=models.Index(condition=models.Q(("secrecy__gt", 0)), fields=["id"], name="documents_secret")
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["id"], include=("drafter", "holder", "series", "secrecy"), name="documents_seen"),
        ),
        migrations.AddIndex(model_name="documenttext", index=models.Index(fields=["symbol_key"], name="documents_text_symbol")),
        migrations.AddIndex(
            model_name="documenttext",
            index=models.Index(condition=models.Q(("is_read", False)), fields=["document"], name="documents_text_unread"),
        ),
    ]
