from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "apps.nominations"
    label = "nominations"
    verbose_name = "Đề cử"
