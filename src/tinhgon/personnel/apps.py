from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PersonnelConfig(AppConfig):
    name = "tinhgon.personnel"

    def ready(self) -> None:
        post_migrate.connect(_take_shipped_books, sender=self)


def _take_shipped_books(**_told: Any) -> None:
    """Nâng cấp đi đường nào (``up``, ``upgrade``, ``migrate``) cũng nhận quyển quy định mới, như quy tắc thể thức."""
    from tinhgon.personnel.services.rule_upgrade import take_shipped  # noqa: PLC0415  (bảng chưa sẵn sàng lúc nạp ứng dụng)

    take_shipped()
