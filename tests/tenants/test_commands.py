"""Operators create, list, suspend and resume tenants; a refusal is one line and status 2."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tenants.backend.errors import SchemaMissing
from tenants.gateways import TenantClosed, TenantUnknown, as_owner, each_tenant, inside, scope_of, tenant_of
from tenants.models import Domain, Kind, SpareSchema, Tenant, TenantState
from tenants.provisioning.stamping import drop, keep_spares
from tieubieu.binding import PUBLIC, current

pytestmark = pytest.mark.django_db


def say(*words: str, **options: object) -> str:
    said = StringIO()
    call_command(*words, stdout=said, **options)
    return said.getvalue()


def create(slug: str, name: str = "Tỉnh Lào Cai", **options: object) -> str:
    return say("create_tenant", slug, name=name, **{"province_code": "15"} | options)


def tables(schema: str) -> int:
    with as_owner(schema), connection.cursor() as cursor:
        return len(connection.introspection.get_table_list(cursor))


def test_a_created_tenant_is_ready_for_work():
    said = create("laocai", people_committee="UBND tỉnh Lào Cai", authority="Sở Công Thương tỉnh Lào Cai")

    tenant = tenant_of("laocai")
    assert "Tỉnh Lào Cai (laocai)" in said
    assert "http://laocai.localhost/" in said
    assert (tenant.state, tenant.kind, tenant.province_code) == (TenantState.READY, Kind.PROVINCE, "15")
    assert tenant.authority == "Sở Công Thương tỉnh Lào Cai"
    assert tables("laocai") == tables("daklak")
    with inside("laocai"), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        assert cursor.fetchone() == ("tb_laocai", "laocai")


@pytest.mark.parametrize("spares", [0, 1])
def test_with_and_without_a_spare_the_tenant_is_the_same(spares):
    with as_owner():
        for spare in SpareSchema.objects.all():
            drop(spare.pk)
    keep_spares(spares)

    create("laocai")

    with as_owner():
        assert SpareSchema.objects.count() == 0
    assert tables("laocai") == tables("daklak")
    with inside("laocai"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0


@pytest.mark.parametrize("slug", ["order", "user", "table", "tay-ninh", "a1"])
def test_words_of_sql_and_hyphens_make_no_difference(slug):
    create(slug)

    with inside(slug), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        assert cursor.fetchone() == (slug.replace("-", "_"),)


@pytest.mark.parametrize(
    "slug",
    ["", "a", "Laocai", "lào-cai", "lao_cai", "lao cai", "1laocai",  "laocai-", "lao--cai", "x" * 31,
     "public", "pg-toast", "spare-1", "tb-template", "www", "api", 'a"b', "a;b", "a'b", "information-schema"],
)  # fmt: skip
def test_a_slug_that_cannot_be_a_name_is_refused(slug):
    with pytest.raises(CommandError) as refused:
        create(slug)

    assert refused.value.returncode == 2
    assert "Mã" in str(refused.value)
    with as_owner():
        assert not Tenant.objects.filter(slug=slug).exists()


@pytest.mark.parametrize(
    ("slug", "options", "says"),
    [
        ("daklak", {}, "đã có"),
        ("laocai", {"domain": "daklak.localhost"}, "đã có đơn vị khác dùng"),
        ("laocai", {"province_code": "99"}, "99"),
        ("laocai", {"name": "  "}, "phải có tên"),
        ("laocai", {"domain": "https://laocai.gov.vn/"}, "không phải tên miền"),
    ],
)
def test_what_is_taken_or_unknown_is_refused_and_leaves_nothing(slug, options, says):
    with as_owner():
        before = (Tenant.objects.count(), Domain.objects.count())

    with pytest.raises(CommandError, match=says):
        create(slug, **options)

    with as_owner():
        assert (Tenant.objects.count(), Domain.objects.count()) == before
    with pytest.raises(SchemaMissing):
        tables("laocai")


def test_a_schema_of_somebody_else_is_not_taken_over():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA laocai")

    with pytest.raises(CommandError, match="trùng với lược đồ laocai"):
        create("laocai")


def test_the_ministry_needs_no_province_code():
    create("bo-cong-thuong", name="Bộ Công Thương", kind="national", province_code="")

    assert scope_of("bo-cong-thuong").kind == Kind.NATIONAL


def test_tenants_are_listed_for_people_and_for_programs():
    table, rows = say("list_tenants"), json.loads(say("list_tenants", json=True))

    assert [line.split()[0] for line in table.splitlines()] == ["daklak", "khanhhoa", "quocgia"]
    assert "Hoạt động" in table
    assert rows[0] == {
        "slug": "daklak", "name": "Tỉnh Đắk Lắk", "kind": "province", "province_code": "66",
        "state": "ready", "up_to_date": True, "domains": ["daklak.localhost"],
    }  # fmt: skip


def test_a_lagging_tenant_is_listed_as_such():
    with as_owner():
        Tenant.objects.filter(slug="daklak").update(schema_state="cu")

    assert say("list_tenants").splitlines()[0].endswith("cần nâng cấp")


def test_a_suspended_tenant_is_closed_until_it_is_resumed():
    said = say("suspend_tenant", "daklak")

    assert "tạm ngừng" in said
    assert [tenant.slug for tenant in each_tenant()] == ["khanhhoa", "quocgia"]
    with pytest.raises(TenantClosed):
        inside("daklak")
    with inside("daklak", even_closed=True):
        assert current().slug == "daklak"

    say("suspend_tenant", "daklak", resume=True)

    assert scope_of("daklak").slug == "daklak"


@pytest.mark.parametrize(("slug", "options", "says"), [
    ("khong-co", {}, "Không có đơn vị"), ("daklak", {"resume": True}, "Hoạt động"),
])  # fmt: skip
def test_what_cannot_be_suspended_or_resumed_is_told(slug, options, says):
    with pytest.raises(CommandError, match=says) as refused:
        say("suspend_tenant", slug, **options)

    assert refused.value.returncode == 2


def test_a_tenant_is_found_by_every_name_it_has():
    daklak = tenant_of("daklak")

    assert {tenant_of(key).pk for key in (daklak, daklak.pk, daklak.scope, daklak.schema_name)} == {daklak.pk}
    assert scope_of("") == scope_of("public") == PUBLIC
    with pytest.raises(TenantUnknown):
        scope_of("khong-co")


def test_a_tenant_gets_a_domain_of_its_own():
    said = say("add_domain", "daklak", " BinhChon.DakLak.gov.vn ")

    assert "Tỉnh Đắk Lắk được phục vụ cả ở binhchon.daklak.gov.vn" in said
    assert json.loads(say("list_tenants", json=True))[0]["domains"] == ["binhchon.daklak.gov.vn", "daklak.localhost"]


@pytest.mark.parametrize(
    ("slug", "domain", "says"),
    [
        ("khong-co", "binhchon.daklak.gov.vn", "Không có đơn vị nào mang mã khong-co"),
        ("daklak", "khanhhoa.localhost", "đã có đơn vị dùng"),
        ("daklak", "localhost", "tên miền chung"),
        ("daklak", "", "không phải tên miền"),
        ("daklak", "daklak.gov.vn:8000", "không phải tên miền"),
        ("daklak", "https://daklak.gov.vn/", "không phải tên miền"),
        ("daklak", "bình-chọn.gov.vn", "không phải tên miền"),
        ("daklak", "x" * 300 + ".gov.vn", "không phải tên miền"),
    ],
)
def test_a_domain_that_cannot_be_served_is_refused(slug, domain, says):
    with pytest.raises(CommandError, match=says) as refused:
        say("add_domain", slug, domain)

    assert refused.value.returncode == 2
    with as_owner():
        assert Domain.objects.count() == len(["daklak", "khanhhoa", "quocgia"])


def test_tenants_are_asked_for_by_kind():
    assert [tenant.slug for tenant in each_tenant(Kind.NATIONAL)] == ["quocgia"]
