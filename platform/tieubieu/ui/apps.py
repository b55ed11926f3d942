from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tieubieu.ui"
    label = "ui"
    verbose_name = "Giao diện"
