from django.db import migrations

from tinhgon.documents import type_data


def load(apps, schema_editor):
    type_data.load(apps.get_model("documents", "DocumentType"))


class Migration(migrations.Migration):
    """Danh mục tên loại đi kèm sản phẩm; sửa tệp dữ liệu thì thêm một migration gọi lại phép nạp này."""

    dependencies = [("documents", "0001_documents_series_and_routing")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
