"""What a process remembers of host names: for how long, how many, and who tells it of a change."""

import pytest
from django.core.cache import cache

from tenants import directory as module
from tenants.directory import Directory
from tenants.gateways import as_owner
from tenants.models import Domain, Tenant
from tieubieu.binding import PUBLIC, bound


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

        def time_ns(self) -> int:
            return int(self.now * 10**9)

    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def asked(monkeypatch):
    """The hosts that were looked up in the register, which knows one."""
    hosts: list[str] = []
    tenant = Tenant(slug="daklak")
    monkeypatch.setattr(module, "look_up", lambda host: hosts.append(host) or (tenant if host == "a" else None))
    monkeypatch.setattr(module, "_generation", lambda: None)
    return hosts


def test_a_host_is_remembered_for_half_a_minute(clock, asked):
    directory = Directory()

    for seconds in (0, 10, 29):
        clock.now = 1000 + seconds
        assert directory.tenant_at("a").slug == "daklak"
    assert asked == ["a"]
    clock.now = 1031
    directory.tenant_at("a")
    assert asked == ["a", "a"]


def test_an_unknown_host_is_remembered_too(clock, asked):
    directory = Directory()

    assert [directory.tenant_at("b") for _ in range(3)] == [None] * 3
    assert asked == ["b"]


def test_strangers_cannot_fill_the_memory(clock, asked, monkeypatch):
    monkeypatch.setattr(module, "MOST_HOSTS", 10)
    directory = Directory()

    for number in range(50):
        directory.tenant_at(f"la-{number}")

    assert len(directory._found) == 10


def test_a_change_elsewhere_is_followed_within_two_seconds(clock, asked, monkeypatch):
    generations = iter([1, 1, 2, 2])
    monkeypatch.setattr(module, "_generation", lambda: next(generations))
    directory = Directory()
    directory.tenant_at("a")

    clock.now += 1
    directory.tenant_at("a")
    assert asked == ["a"]
    clock.now += 1.5
    directory.tenant_at("a")
    assert asked == ["a"]
    clock.now += 2.5
    directory.tenant_at("a")
    assert asked == ["a", "a"]


def test_the_register_is_asked_as_the_public_host(daklak):
    with as_owner():
        Domain.objects.create(tenant=daklak, domain="ocop.example", is_primary=False)

    assert module.look_up("ocop.example") == daklak
    assert module.look_up("khong-co.example") is None


def test_a_change_here_is_announced_after_the_commit(daklak, django_capture_on_commit_callbacks):
    module.directory.tenant_at("daklak.localhost")
    with bound(PUBLIC):
        before = cache.get(module.GENERATION)

    with django_capture_on_commit_callbacks(execute=True), as_owner():
        Tenant.objects.get(pk=daklak.pk).save(update_fields=["name"])

    with bound(PUBLIC):
        assert cache.get(module.GENERATION) != before
    assert module.directory._found == {}


def test_without_the_shared_cache_a_change_is_still_seen_here(daklak, django_capture_on_commit_callbacks, monkeypatch):
    def broken(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "set", broken)
    monkeypatch.setattr(cache, "get", broken)
    module.directory.tenant_at("daklak.localhost")

    with django_capture_on_commit_callbacks(execute=True), as_owner():
        Tenant.objects.get(pk=daklak.pk).save(update_fields=["name"])

    assert module.directory._found == {}
    assert module.directory.tenant_at("daklak.localhost") == daklak
    module.directory.forget()
