from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "tieubieu.progress"
    label = "progress"
    verbose_name = "Tiến độ"
