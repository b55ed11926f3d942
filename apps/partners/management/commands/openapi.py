"""`tieubieu openapi > docs/openapi.json`: write down what the API promises."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.drainage import GENERATOR_STATS

from apps.partners.schema import description


class Command(BaseCommand):
    help = "In mô tả OpenAPI 3.1 của API dành cho đối tác. / Print the OpenAPI 3.1 description of the partners' API."
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        told = description()
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("Mô tả API còn cảnh báo. / The description has warnings.")
        self.stdout.write(told, ending="")
