from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "tieubieu.uploads"
    label = "uploads"
    verbose_name = "Tệp tải lên"
