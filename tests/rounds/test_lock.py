"""The lock of a round holds up whoever would change the round, and nobody who only points at it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from stage import planned
from throwaway import thrown_away

from apps.rounds.models import Round, SeatChange
from apps.rounds.services.locking import lock_round, share_round
from tieubieu.binding import bound

SOON = timedelta(seconds=20).total_seconds()


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), thrown_away("khoa-ky") as [scope]:
        yield scope


def beside(scope, act):
    """The act in a transaction of its own, on a connection of its own; `done` is set when it has committed."""
    done = threading.Event()

    def run():
        with bound(scope), transaction.atomic():
            act()
        done.set()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return done, thread


def test_a_row_about_a_round_commits_while_the_round_is_locked(place):
    with bound(place):
        stage = planned()
        words = {"round": stage.round, "body": "panel", "post": "member", "changed_by": stage.officer}
        with transaction.atomic():
            lock_round(stage.round.pk)
            done, thread = beside(place, lambda: SeatChange.objects.create(joined=stage.officer, **words))
            is_written = done.wait(SOON)
        thread.join()

    assert is_written


@pytest.mark.parametrize("take", [lock_round, share_round])
def test_whoever_needs_the_round_as_it_stands_waits(place, take):
    with bound(place):
        stage = planned()
        with transaction.atomic():
            lock_round(stage.round.pk)
            done, thread = beside(place, lambda: take(stage.round.pk))
            came_early = done.wait(1)
        thread.join()

    assert (came_early, done.is_set()) == (False, True)


def test_a_lock_that_takes_the_key_too_would_be_seen(place):
    """A control: the plain lock lets the row about the round wait for its end."""
    with bound(place):
        stage = planned()
        words = {"round": stage.round, "body": "panel", "post": "member", "changed_by": stage.officer}
        with transaction.atomic():
            Round.objects.select_for_update().get(pk=stage.round.pk)
            done, thread = beside(place, lambda: SeatChange.objects.create(joined=stage.officer, **words))
            is_written = done.wait(1)
        thread.join()

    assert not is_written
