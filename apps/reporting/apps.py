from django.apps import AppConfig

from tieubieu.ui import navigation


class ReportingConfig(AppConfig):
    name = "apps.reporting"
    label = "reporting"
    verbose_name = "Theo dõi và báo cáo"

    def ready(self) -> None:
        navigation.register(navigation.Place("Trang chính", "home", order=5))
