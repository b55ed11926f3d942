from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoMakeMigrations

from tenants.gateways import as_owner


class Command(DjangoMakeMigrations):
    """Django's own command; its look at the recorded history needs to know in which schema."""

    def handle(self, *labels: str, **options: Any) -> None:
        with as_owner():
            super().handle(*labels, **options)
