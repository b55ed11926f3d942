from django.apps import AppConfig
from django.core.management import get_commands

OUR_COMMANDS = ("create_tenant", "makemigrations", "migrate")


class TenantsConfig(AppConfig):
    """The floor of the tenants.

    Every app may say on its AppConfig what the roles may do with its tables, see `tenants.provisioning.rights`.
    """

    name = "tenants"
    verbose_name = "Đơn vị"

    tenant_may = {
        "tenants_tenant": "SELECT",
        "tenants_domain": "SELECT",
        "django_content_type": "SELECT",
        "auth_permission": "SELECT",
        "auth_group": "SELECT",
        "auth_group_permissions": "SELECT",
    }
    public_may = {
        "tenants_tenant": "SELECT",
        "tenants_domain": "SELECT",
        "tenants_schemasnapshot": "SELECT (state, migrations)",
    }

    def ready(self) -> None:
        from tenants import directory
        from tenants.benchmarks.choices import Benchmark, Option, register

        # django_tenants ships commands of these names; ours win wherever it stands in INSTALLED_APPS.
        get_commands().update(dict.fromkeys(OUR_COMMANDS, self.name))
        directory.watch()
        options = (Option("tenants", 200, "số đơn vị"), Option("stock", 12, "số đơn vị cho cách thường"))
        register(
            Benchmark("tenants", "tạo, nâng cấp và phục vụ nhiều đơn vị", "tenants.benchmarks.tenants.run", options)
        )
