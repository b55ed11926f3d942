from django.apps import AppConfig

TABLES = (
    "reference_administrativeunit",
    "reference_region",
    "reference_regionmembership",
    "reference_holiday",
    "reference_ruleset",
)


class ReferenceConfig(AppConfig):
    """Everybody reads; only the login role, which `load_reference` works as, writes."""

    name = "tenants.reference"
    label = "reference"
    verbose_name = "Danh mục dùng chung"

    tenant_may = dict.fromkeys(TABLES, "SELECT")
    public_may = dict.fromkeys(TABLES, "SELECT")
