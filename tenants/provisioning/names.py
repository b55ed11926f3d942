"""Schemas and roles that belong to the platform rather than to a tenant."""

from django_tenants.utils import quote_schema_name

TEMPLATE = "tb_template"
SPARE = "spare_"
TENANTS_ROLE = "tb_tenant"
"""What every tenant's role may do in public; each is a member, so that public tables list one role, not hundreds."""

quoted = quote_schema_name
