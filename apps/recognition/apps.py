from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "apps.recognition"
    label = "recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from apps.dossiers import holdings  # models are there only now
        from apps.facilities import records
        from apps.recognition.register import Certificates
        from apps.recognition.takings import EntriesAndCertificates

        holdings.keep(Certificates())
        records.keep(EntriesAndCertificates())
