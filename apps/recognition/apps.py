from django.apps import AppConfig

from tieubieu.ui import states
from tieubieu.ui.states import State

TELLING = {
    "telling.untold": State("Chưa báo được", "warn", "warn"),
    "telling.told": State("Đã báo, chưa mở", "active", "arrow"),
    "telling.opened": State("Đã mở xem", "good", "check"),
    "telling.undelivered": State("Thư không gửi được", "warn", "warn"),
}


class RecognitionConfig(AppConfig):
    name = "apps.recognition"
    label = "recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from apps.dossiers import holdings  # models are there only now
        from apps.facilities import records
        from apps.recognition.register import Certificates
        from apps.recognition.takings import EntriesAndCertificates

        states.register(TELLING)
        holdings.keep(Certificates())
        records.keep(EntriesAndCertificates())
