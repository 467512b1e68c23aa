from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    name = "tinhgon.documents"

    def ready(self) -> None:
        post_migrate.connect(_take_shipped_rules, sender=self)


def _take_shipped_rules(**_told: Any) -> None:
    """Nâng cấp đi đường nào (``up``, ``upgrade``, ``migrate``) cũng nhận đợt quy tắc mới."""
    from tinhgon.documents.services.rule_upgrade import take_shipped  # noqa: PLC0415  (bảng chưa sẵn sàng lúc nạp ứng dụng)

    take_shipped()
