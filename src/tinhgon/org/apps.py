from importlib import import_module

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "tinhgon.org"

    def ready(self) -> None:
        """``org.holdings`` và ``org.figures`` là sổ đăng ký nên không tự tìm ra cái ``org`` giữ và cái ``org`` đếm."""
        import_module("tinhgon.org.own_holdings")
        import_module("tinhgon.org.own_figures")
