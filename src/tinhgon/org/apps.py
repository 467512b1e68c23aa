from importlib import import_module

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "tinhgon.org"

    def ready(self) -> None:
        """Phân công là cái duy nhất đơn vị giữ ngay trong ``org``; ``org.holdings`` là sổ đăng ký nên không tự tìm ra nó."""
        import_module("tinhgon.org.own_holdings")
