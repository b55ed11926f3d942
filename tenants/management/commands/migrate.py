from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from tenants.gateways import as_owner
from tenants.models import Tenant
from tenants.provisioning.rights import open_public
from tenants.provisioning.snapshots import migrate_schema, snapshot


class Command(DjangoMigrate):
    def handle(self, *labels: str, **options: Any) -> None:
        with as_owner():
            super().handle(*labels, **options)
            open_public()
        snapshot()
        with as_owner():
            tenants = list(Tenant.objects.all())
        for tenant in tenants:
            migrate_schema(tenant.schema_name)
