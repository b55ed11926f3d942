"""Whoever changes a dossier and whoever writes about it at the same time both come through."""

import threading

import pytest
from django.db import OperationalError, connection, models, transaction
from portal import portal
from throwaway import thrown_away

from apps.dossiers.events import EntryEvent
from apps.dossiers.models import Note, Side
from apps.dossiers.services.entries import lock_to_edit
from tieubieu.audit.services import record
from tieubieu.binding import bound


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), thrown_away("khoa-ho-so") as [scope]:
        yield scope


def at_once(place):
    """One holds the dossier and then asks for the log; the other holds the log and then commits a note about it."""
    outcomes, is_held, is_logged = [], threading.Event(), threading.Event()
    with bound(place):
        at_the_portal = portal()
        entry, owner = at_the_portal.draft(), at_the_portal.owner

    def change():
        lock_to_edit(entry.pk)
        is_held.set()
        is_logged.wait(5)
        record(EntryEvent.DESCRIBED, entry, actor=owner)

    def write():
        is_held.wait(5)
        Note.objects.create(entry=entry, author=owner, side=Side.FACILITY, text="Xin hỏi")
        record(EntryEvent.DESCRIBED, entry, actor=owner)
        is_logged.set()

    def run(act):
        with bound(place):
            try:
                with transaction.atomic():
                    act()
                outcomes.append("done")
            except OperationalError as refused:
                outcomes.append(type(refused.__cause__).__name__)
        connection.close()

    people = [threading.Thread(target=run, args=[act]) for act in (change, write)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sorted(outcomes)


def test_who_holds_the_dossier_and_who_holds_the_log_never_wait_for_each_other(place):
    assert at_once(place) == ["done", "done"]


def test_with_the_key_locked_too_one_of_the_two_would_be_thrown_out(place, monkeypatch):
    """A control."""
    own = models.QuerySet.select_for_update
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, no_key=False, **rest: own(rows, **rest))

    assert at_once(place) == ["DeadlockDetected", "done"]
