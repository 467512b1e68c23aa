from django.apps import AppConfig


class ReorgConfig(AppConfig):
    name = "tinhgon.reorg"
