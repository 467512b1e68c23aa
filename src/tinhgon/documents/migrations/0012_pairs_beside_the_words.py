import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# Các cặp từ liền nhau thành một cột: chỉ mục theo biểu thức bắt PostgreSQL tính lại chúng ở mỗi dòng xét lại, mỗi lần ghi dòng và mỗi
# lần dựng chỉ mục (gần 1 ms một văn bản). Mã băm không nén được, nên không thử nén.
COLUMN = "ALTER TABLE documents_text ALTER COLUMN pairs SET STORAGE EXTERNAL"
FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION documents_text_row(d documents_document) RETURNS documents_text LANGUAGE sql IMMUTABLE
RETURN (
    SELECT ROW(
        d.id, d.id / 1024, documents_text_key(d.symbol), false, v.folded,
        documents_text_joined(vi_exact_vector(documents_text_heading(d)), vi_exact_vector(documents_text_body(d))),
        documents_text_pairs(v.folded)
    )::documents_text
    FROM (
        SELECT documents_text_joined(vi_folded_vector(documents_text_heading(d)), vi_folded_vector(documents_text_body(d))) AS folded OFFSET 0
    ) v
);

CREATE OR REPLACE FUNCTION documents_write_text() RETURNS trigger LANGUAGE plpgsql AS $write$
BEGIN
    INSERT INTO documents_text SELECT r.* FROM documents_text_row(NEW) r
    ON CONFLICT (document_id) DO UPDATE SET
        symbol_key = excluded.symbol_key, is_read = false,
        search_folded = excluded.search_folded, search_exact = excluded.search_exact, pairs = excluded.pairs;
    RETURN NULL;
END
$write$;
"""
FILL = "UPDATE documents_text SET pairs = documents_text_pairs(search_folded)"


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_citations_and_saved_searches")]

    operations = [
        migrations.RemoveIndex(model_name="documenttext", name="documents_text_folded"),
        migrations.RemoveIndex(model_name="documenttext", name="documents_text_exact"),
        migrations.RunSQL("DROP INDEX documents_text_pairs"),
        migrations.AddField(
            model_name="documenttext",
            name="pairs",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
            preserve_default=False,
        ),
        migrations.RunSQL([COLUMN, FUNCTIONS, FILL]),
        migrations.AddIndex(
            model_name="documenttext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["block", "search_folded", "search_exact", "pairs"], gin_pending_list_limit=1024, name="documents_text_search"
            ),
        ),
    ]
