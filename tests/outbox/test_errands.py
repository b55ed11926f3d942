"""An errand runs in its tenant, once, and says how it ended."""

import threading
from datetime import timedelta
from uuid import uuid4

import outbox_probes
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import LONGEST_LEASE_SECONDS, app
from tieubieu.outbox import services
from tieubieu.outbox.errands import Unaddressed, errand
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit


def ask(place, name, key="việc"):
    with bound(place), transaction.atomic():
        return emit(name, key=key)


def deliver(place, name, message_id):
    app.tasks[name](message=str(message_id), tenant=place.slug)


def state(message_id):
    with bound(PUBLIC):
        return Message.objects.get(pk=message_id)


def change(message_id, **values):
    with bound(PUBLIC):
        Message.objects.filter(pk=message_id).update(**values)


def marks(place, key="việc"):
    with bound(place):
        return outbox_probes.marks(key)


@pytest.fixture(autouse=True)
def no_marks(here, there):
    yield
    for place in (here, there):
        with bound(place):
            outbox_probes.Job.objects.all().delete()


def test_an_errand_runs_in_its_tenant_and_is_done(here, there):
    asked = ask(here, "probes.mark_each_time")

    deliver(here, "probes.mark_each_time", asked)

    assert (marks(here), marks(there)) == ([here.slug], [])
    assert state(asked).done_at is not None


@pytest.mark.parametrize("address", [{}, {"message": "x"}, {"tenant": "ga-mot"}, {"message": str(uuid4())}])
def test_a_delivery_without_address_runs_nowhere(here, address):
    with pytest.raises(Unaddressed):
        app.tasks["probes.mark_each_time"](**address)


def test_a_delivery_to_another_tenant_runs_nowhere(here, there):
    asked = ask(here, "probes.mark_each_time")

    with pytest.raises(Unaddressed):
        deliver(there, "probes.mark_each_time", asked)

    assert marks(here) + marks(there) == []


def test_a_message_runs_as_no_other_errand(here):
    asked = ask(here, "probes.mark_once")

    with pytest.raises(Unaddressed):
        deliver(here, "probes.mark_each_time", asked)

    assert marks(here) == []


def test_an_errand_is_not_asked_for_past_the_outbox():
    with pytest.raises(Unaddressed):
        app.tasks["probes.mark_once"].delay(message=str(uuid4()), tenant="ga-mot")


def unguarded(message_id, *, lease, by):
    Message.objects.filter(pk=message_id).update(attempts=F("attempts") + 1)
    return Message.objects.get(pk=message_id)


@pytest.mark.parametrize(("is_guarded", "effects"), [(True, 1), (False, 2)])
def test_a_message_delivered_twice_has_one_effect_and_two_without_the_guard(here, monkeypatch, is_guarded, effects):
    if not is_guarded:
        monkeypatch.setattr(services, "claim", unguarded)
    asked = ask(here, "probes.mark_each_time")

    deliver(here, "probes.mark_each_time", asked)
    deliver(here, "probes.mark_each_time", asked)

    assert len(marks(here)) == effects


@pytest.mark.parametrize(("is_guarded", "effects"), [(True, 1), (False, 4)])
def test_deliveries_at_the_same_time_have_one_effect_and_four_without_the_guard(here, monkeypatch, is_guarded, effects):
    if not is_guarded:
        monkeypatch.setattr(services, "claim", unguarded)
    asked = ask(here, "probes.mark_each_time")
    start = threading.Barrier(4)

    def one_delivery():
        start.wait()
        deliver(here, "probes.mark_each_time", asked)
        connection.close()

    threads = [threading.Thread(target=one_delivery) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(marks(here)) == effects


def test_a_failure_rests_is_tried_again_and_is_parked_in_the_end(here):
    asked = ask(here, "probes.break")

    deliver(here, "probes.break", asked)
    first = state(asked)
    deliver(here, "probes.break", asked)
    last = state(asked)

    assert (first.attempts, first.failed_at, first.claimed_until) == (1, None, None)
    assert first.available_at > first.asked_at + services.REST / 2
    assert (last.attempts, last.failed_at is not None, last.error) == (2, True, "RuntimeError: hỏng")
    assert marks(here, "việc: RuntimeError: hỏng") == [here.slug]


def test_a_rule_that_stands_in_the_way_parks_at_once(here):
    asked = ask(here, "probes.refuse")

    deliver(here, "probes.refuse", asked)
    deliver(here, "probes.refuse", asked)

    assert (state(asked).attempts, state(asked).error) == (1, "trái quy định")
    assert marks(here, "việc: trái quy định") == [here.slug]


def test_a_closed_door_is_tried_again_however_often(here):
    asked = ask(here, "probes.not_now")

    for _ in range(3):
        deliver(here, "probes.not_now", asked)

    assert (state(asked).attempts, state(asked).failed_at) == (3, None)


def test_the_errands_of_a_suspended_tenant_wait(here):
    from tenants.provisioning.services import resume, suspend

    asked = ask(here, "probes.mark_once")
    suspend(here.slug)
    deliver(here, "probes.mark_once", asked)
    waiting = state(asked)
    resume(here.slug)
    deliver(here, "probes.mark_once", asked)

    assert (waiting.done_at, waiting.failed_at) == (None, None)
    assert marks(here) == [here.slug]


def test_who_claimed_and_died_is_followed_by_another_when_the_lease_is_over(here):
    asked = ask(here, "probes.mark_once")
    with bound(PUBLIC):
        services.claim(asked, lease=timedelta(seconds=60), by="người chết")

    deliver(here, "probes.mark_once", asked)
    meanwhile = marks(here)
    change(asked, claimed_until=Now())
    deliver(here, "probes.mark_once", asked)

    assert (meanwhile, marks(here)) == ([], [here.slug])
    assert state(asked).attempts == 2


def test_an_errand_that_kills_its_workers_is_parked(here):
    asked = ask(here, "probes.break")
    change(asked, attempts=2, claimed_until=Now())

    deliver(here, "probes.break", asked)

    assert "chết đột ngột 2 lần" in state(asked).error
    assert state(asked).failed_at is not None


def test_the_end_of_an_old_attempt_does_not_touch_a_new_one(here):
    asked = ask(here, "probes.mark_once")
    with bound(PUBLIC):
        old = services.claim(asked, lease=timedelta(0), by="cũ")
        new = services.claim(asked, lease=timedelta(seconds=60), by="mới")
        services.put_back(old, "muộn")

    assert state(asked).claimed_until == new.claimed_until


def test_a_parked_errand_is_listed_and_opened_again(here, capsys):
    asked = ask(here, "probes.refuse")
    deliver(here, "probes.refuse", asked)

    call_command("errands")
    listed = capsys.readouterr().out
    call_command("errands", "--retry", str(asked))

    assert str(asked) in listed
    assert "trái quy định" in listed
    assert (state(asked).failed_at, state(asked).attempts) == (None, 0)
    with pytest.raises(CommandError):
        call_command("errands", "--retry", str(asked))


def test_finished_messages_are_forgotten_after_a_while_and_others_are_not(here):
    old, fresh, waiting = (ask(here, "probes.mark_once", key) for key in "abc")
    change(old, done_at=services.later(timedelta(days=-31)))
    change(fresh, done_at=services.later(timedelta(days=-29)))
    with bound(PUBLIC):
        forgotten = services.forget_done(older_than=timedelta(days=30))
        kept = set(Message.objects.values_list("pk", flat=True))

    assert (forgotten, kept) == (1, {fresh, waiting})


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("probes.mark_once", {}),
        ("probes.new", {"queue": "nowhere"}),
        ("probes.new", {"lease": LONGEST_LEASE_SECONDS + 1}),
        ("probes.new", {"lease": 8}),
    ],
)
def test_an_errand_that_cannot_be_kept_is_not_registered(name, options):
    with pytest.raises(ValueError, match=name):
        errand(name, **{"queue": outbox_probes.QUEUE, **options})(lambda: None)


def test_an_errand_is_stopped_before_its_lease_is_over():
    for task in app.tasks.values():
        if hasattr(task, "lease"):
            assert task.soft_time_limit < task.time_limit < task.lease.total_seconds()
            assert task.lease.total_seconds() < app.conf.broker_transport_options["visibility_timeout"]
