"""Two administrators close each other out at the same moment, over two connections: one of them stays."""

import threading
import time

import pytest
from django.db import connection, transaction
from stage import person

from apps.accounts.models import Person, Role, RoleGrant
from apps.accounts.services import Official, change_official, deactivate, people
from tieubieu.binding import bound
from tieubieu.errors import DomainError

LONGEST = 20


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    from throwaway import thrown_away

    with django_db_blocker.unblock(), thrown_away("hai-quan-tri") as [scope]:
        yield scope


def close(one, other):
    deactivate(one.pk, actor=other)


def take_the_role(one, other):
    change_official(one.pk, Official(one.full_name), roles=[], version=1, actor=other)


def at_once(scope, act):
    """The first act is done but not yet committed when the second begins; what each came to."""
    with bound(scope):
        first, second = person("mot", Role.ADMINISTRATOR), person("hai", Role.ADMINISTRATOR)
    is_done, outcomes = threading.Event(), {}

    def close_the_second():
        with bound(scope), transaction.atomic():
            outcomes["first"] = attempt(act, second, first)
            is_done.set()
            wait_until_somebody_waits_or_ended(outcomes)
        connection.close()

    def close_the_first():
        is_done.wait(LONGEST)
        with bound(scope):
            outcomes["second"] = attempt(act, first, second)
        connection.close()

    run(close_the_second, close_the_first)
    with bound(scope):
        left = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).count()
    return outcomes, left


def attempt(act, one, other):
    try:
        act(one, other)
    except DomainError as refused:
        return refused.message
    return "done"


def wait_until_somebody_waits_or_ended(outcomes):
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and "second" not in outcomes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def run(*acts):
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)


@pytest.mark.parametrize("act", [close, take_the_role])
def test_of_two_who_close_each_other_out_at_once_one_stays(place, act):
    outcomes, left = at_once(place, act)

    assert outcomes["first"] == "done"
    assert "người quản trị cuối cùng" in outcomes["second"]
    assert left == 1


@pytest.mark.parametrize("act", [close, take_the_role])
def test_without_the_lock_nobody_would_be_left(place, act, monkeypatch):
    """A control: a guard that only looks lets both through."""

    def only_look(one):
        if not Person.objects.filter(grants__role=Role.ADMINISTRATOR, is_active=True).exclude(pk=one.pk).exists():
            raise DomainError("người quản trị cuối cùng")

    monkeypatch.setattr(people, "_require_another_administrator", only_look)

    outcomes, left = at_once(place, act)

    assert outcomes == {"first": "done", "second": "done"}
    assert left == 0
