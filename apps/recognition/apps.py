from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "apps.recognition"
    label = "recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from apps.dossiers import holdings  # models are there only now
        from apps.facilities import records
        from apps.recognition.records import EntriesAndCertificates
        from apps.recognition.register import Certificates

        holdings.keep(Certificates())
        records.keep(EntriesAndCertificates())
