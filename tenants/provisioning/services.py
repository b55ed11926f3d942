"""Create, suspend and resume tenants, and give them host names. Each verb is one transaction; none can be half done."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import IntegrityError, connection, transaction

from tenants.gateways import TenantUnknown, as_owner
from tenants.models import Domain, Kind, Tenant, TenantState, check_slug, schema_of
from tenants.provisioning.rights import current_rights
from tenants.provisioning.stamping import claim, stamp
from tieubieu.errors import DomainError, WrongState


class TenantRefused(DomainError):
    """The tenant cannot be created as asked; the message says what to change."""

    code = "tenant_refused"


@dataclass(frozen=True)
class NewTenant:
    """What a tenant is created from. `domain` is its first host name, in lower case and without port."""

    slug: str
    name: str
    domain: str
    kind: str = Kind.PROVINCE
    province_code: str = ""
    people_committee: str = ""
    authority: str = ""


def create_tenant(new: NewTenant) -> Tenant:
    """Create a tenant with its schema, role and first domain, ready for work.

    A spare schema is claimed where there is one, else a new one is stamped. Raises `TenantRefused`.
    """
    _refuse_bad_names(new)
    try:
        with as_owner(), transaction.atomic():
            return _create(new)
    except IntegrityError as taken:
        raise TenantRefused(f"Mã {new.slug} hoặc tên miền {new.domain} đã có đơn vị khác dùng.") from taken


def add_domain(slug: str, domain: str) -> Domain:
    """Have the tenant served under one more host name. Raises `TenantRefused`, `TenantUnknown`."""
    domain = domain.strip().lower()
    _refuse_bad_domain(domain)
    try:
        with as_owner(), transaction.atomic():
            return Domain.objects.create(tenant=_locked(slug), domain=domain, is_primary=False)
    except IntegrityError as taken:
        raise TenantRefused(f"Tên miền {domain} đã có đơn vị dùng.") from taken


def suspend(slug: str) -> Tenant:
    """Close a tenant: its host answers 503 and its errands wait. Raises `WrongState`, `TenantUnknown`."""
    return _move(slug, TenantState.READY, TenantState.SUSPENDED)


def resume(slug: str) -> Tenant:
    """Open a suspended tenant again. Raises `WrongState`, `TenantUnknown`."""
    return _move(slug, TenantState.SUSPENDED, TenantState.READY)


def _create(new: NewTenant) -> Tenant:
    schema = schema_of(new.slug)
    _refuse_taken_schema(schema)
    tenant = Tenant.objects.create(
        slug=new.slug, schema_name=schema, name=new.name, kind=new.kind, province_code=new.province_code,
        people_committee=new.people_committee, authority=new.authority,
    )  # fmt: skip
    Domain.objects.create(tenant=tenant, domain=new.domain, is_primary=True)
    tenant.schema_state = claim(schema) or stamp(schema)
    tenant.rights_state = current_rights()
    tenant.state = TenantState.READY
    tenant.save(update_fields=["schema_state", "rights_state", "state"])
    return tenant


def _move(slug: str, source: TenantState, target: TenantState) -> Tenant:
    with as_owner(), transaction.atomic():
        tenant = _locked(slug)
        if tenant.state != source:
            raise WrongState(f"{tenant.name} đang ở trạng thái “{tenant.get_state_display()}”.", slug=slug)
        tenant.state = target
        tenant.save(update_fields=["state"])
    return tenant


def _locked(slug: str) -> Tenant:
    tenant = Tenant.objects.select_for_update(no_key=True).filter(slug=slug).first()
    if tenant is None:
        raise TenantUnknown(f"Không có đơn vị nào mang mã {slug}.", slug=slug)
    return tenant


def _refuse_bad_names(new: NewTenant) -> None:
    try:
        check_slug(new.slug)
    except ValidationError as error:
        raise TenantRefused(error.messages[0]) from error
    if new.kind not in Kind.values:
        raise TenantRefused(f"Loại đơn vị phải là một trong: {', '.join(Kind.values)}.")
    if not new.name.strip():
        raise TenantRefused("Đơn vị phải có tên.")
    _refuse_bad_domain(new.domain)


def _refuse_bad_domain(domain: str) -> None:
    if domain == settings.BASE_HOST:
        raise TenantRefused(f"{domain} là tên miền chung của cả nước; hãy chọn tên miền khác.")
    try:
        DomainNameValidator(accept_idna=False)(domain)
    except ValidationError as error:
        raise TenantRefused(
            f"{domain!r} không phải tên miền: chỉ viết tên máy, không có giao thức, cổng hay dấu gạch chéo,"
            " ví dụ binhchon.laocai.gov.vn."
        ) from error


def _refuse_taken_schema(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [f'"{schema}"'])
        if cursor.fetchone()[0]:
            raise TenantRefused(f"Mã này trùng với lược đồ {schema} đã có trong cơ sở dữ liệu; hãy chọn mã khác.")
