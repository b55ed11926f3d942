"""The named ways from one schema to another; nothing above this floor crosses in any other way.

with inside("daklak"):              # a worker or an operator works in one tenant
    ...
for tenant in each_tenant():        # one after the other; each is entered on its own
    with inside(tenant):
        ...
with as_owner():                    # provisioning, migrations and the relay: the login role, in public
    ...
"""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from tenants.backend.base import OWNER
from tenants.models import Tenant, TenantState
from tieubieu.binding import PUBLIC, Scope, bound
from tieubieu.binding.scope import Binding
from tieubieu.errors import DomainError


class TenantUnknown(DomainError):
    """No tenant has this slug or id."""

    status = 404
    code = "tenant_unknown"


class TenantClosed(DomainError):
    """The tenant is suspended or still being built; its work waits."""

    status = 503
    code = "tenant_closed"


def tenant_of(key: Tenant | Scope | UUID | str) -> Tenant:
    """Find a tenant by slug, schema, id or scope, fresh from the register; raise `TenantUnknown`."""
    if isinstance(key, Tenant):
        return key
    if isinstance(key, Scope):
        key = key.tenant_id or key.slug
    asked = Q(pk=key) if isinstance(key, UUID) else Q(slug=key) | Q(schema_name=key)
    with bound(PUBLIC):
        found = Tenant.objects.filter(asked).first()
    if found is None:
        raise TenantUnknown(f"Không có đơn vị nào mang mã {key}.", key=str(key))
    return found


def scope_of(key: Tenant | Scope | UUID | str) -> Scope:
    """Return the scope of a tenant that may work; `""` and `"public"` mean the public schema.

    Raises `TenantUnknown`, or `TenantClosed` while the tenant is suspended or being built.
    """
    if key in ("", "public"):
        return PUBLIC
    tenant = tenant_of(key)
    if tenant.state != TenantState.READY:
        raise TenantClosed(f"{tenant.name} đang {tenant.get_state_display().lower()}.", slug=tenant.slug)
    return tenant.scope


def inside(key: Tenant | Scope | UUID | str, *, even_closed: bool = False) -> Binding:
    """Work inside one tenant for a `with` block. `even_closed` is for operators who look after a suspended one."""
    return bound(tenant_of(key).scope if even_closed else scope_of(key))


def as_owner(schema: str = "public") -> Binding:
    """Work as the login role, which no wall holds: only for provisioning, migrations and the relay."""
    return bound(replace(OWNER, schema=schema))


def each_tenant(kind: str | None = None) -> list[Tenant]:
    """The tenants that may work, by slug; enter each with `inside`."""
    with bound(PUBLIC):
        found = Tenant.objects.filter(state=TenantState.READY)
        return list(found.filter(kind=kind) if kind else found)


def site_of(tenant: Tenant) -> str:
    """The address of the tenant's own pages, as letters and codes name it, without a slash at the end."""
    with bound(PUBLIC):
        host = tenant.domains.filter(is_primary=True).values_list("domain", flat=True).first()
    port = "" if settings.SCHEME == "https" else f":{settings.PORT}"
    return f"{settings.SCHEME}://{host or f'{tenant.slug}.{settings.BASE_HOST}'}{port}"


def describe(scope: Scope) -> Tenant:
    """The tenant's own row (name, authority, province code) for a scope; raises `TenantUnknown`."""
    return tenant_of(scope)
