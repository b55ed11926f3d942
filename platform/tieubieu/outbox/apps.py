from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class OutboxConfig(AppConfig):
    name = "tieubieu.outbox"
    label = "outbox"
    verbose_name = "Hộp việc chờ"
    # A tenant drops its letter in the box; it may neither read the box nor empty it.
    tenant_may = {"outbox_message": "INSERT"}
    public_may = {
        "outbox_message": "SELECT, INSERT, UPDATE, DELETE",
        "outbox_tick": "SELECT, INSERT, UPDATE",
    }

    def ready(self) -> None:
        if settings.OUTBOX_TABLE != "shared":
            raise ImproperlyConfigured(
                f"OUTBOX_TABLE={settings.OUTBOX_TABLE!r}: phiên bản này chỉ có hộp việc chung “shared”."
                " / This version has the shared outbox only."
            )
