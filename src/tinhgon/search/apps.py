from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tinhgon.search"
