from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "apps.judging"
    label = "judging"
    verbose_name = "Chấm điểm"
    append_only = ("judging_snapshot",)
