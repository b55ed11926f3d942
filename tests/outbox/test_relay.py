"""The relay publishes what is due, and again what had no effect; the broker may forget everything."""

import threading
from datetime import UTC, datetime, time, timedelta

import outbox_probes
import pytest
import redis
from django.db import connection, transaction
from django.db.models.functions import Now

from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.outbox import clock, relay, services
from tieubieu.outbox.clock import Daily, Every
from tieubieu.outbox.models import Message, Tick
from tieubieu.outbox.relay import PATIENCE, Relay
from tieubieu.outbox.services import emit

LONG_AGO = timedelta(days=-1)


@pytest.fixture
def bell(engines, monkeypatch):
    """A Valkey of our own in place of the house's, empty."""
    from tieubieu.engines import broker_url

    monkeypatch.setattr(app.conf, "broker_url", broker_url(engines.valkey.url()))
    engines.ensure_running(database=False)
    with redis.Redis.from_url(engines.valkey.url()) as client:
        client.flushall()
        yield client


@pytest.fixture
def one_relay(bell, here, monkeypatch):
    monkeypatch.setattr(clock, "_schedule", {})
    made = Relay()
    yield made
    made._broker.release()


def ask(place, name="probes.mark_once", count=1):
    with bound(place), transaction.atomic():
        return [emit(name, key=str(number)) for number in range(count)]


def change(ids, **values):
    with bound(PUBLIC):
        Message.objects.filter(pk__in=ids).update(**values)


def state(message_id):
    with bound(PUBLIC):
        return Message.objects.get(pk=message_id)


def queued(bell):
    return bell.llen(outbox_probes.QUEUE)


def test_a_message_is_published_once_while_its_patience_lasts(one_relay, bell, here):
    ask(here, count=3)

    assert [one_relay.turn(), one_relay.turn()] == [3, 0]
    assert queued(bell) == 3


def test_what_had_no_effect_is_published_again_with_more_patience(one_relay, bell, here):
    [asked] = ask(here)
    one_relay.turn()
    first = state(asked)
    change([asked], available_at=Now())
    one_relay.turn()
    second = state(asked)

    assert queued(bell) == 2
    assert first.available_at - first.published_at == PATIENCE
    assert second.available_at - second.published_at == 2 * PATIENCE


def test_what_is_done_parked_or_in_hands_is_not_published(one_relay, bell, here):
    done, parked, claimed = ask(here, count=3)
    change([done], done_at=Now())
    change([parked], failed_at=Now())
    with bound(PUBLIC):
        services.claim(claimed, lease=timedelta(seconds=60), by="ai đó")

    assert (one_relay.turn(), queued(bell)) == (0, 0)


def test_what_was_claimed_by_the_dead_is_published_when_the_lease_is_over(one_relay, bell, here):
    [asked] = ask(here)
    with bound(PUBLIC):
        services.claim(asked, lease=timedelta(0), by="người chết")

    assert (one_relay.turn(), queued(bell)) == (1, 1)


def test_an_errand_that_this_version_does_not_know_waits_and_says_so(one_relay, bell, here):
    [asked] = ask(here, "probes.from_tomorrow")

    one_relay.turn()

    assert queued(bell) == 0
    assert (state(asked).failed_at, state(asked).error) == (None, relay.UNKNOWN)


def test_two_relays_do_not_take_the_same_message(one_relay, here):
    ask(here, count=150)
    taken, go_on = threading.Event(), threading.Event()
    first: list[Message] = []

    def slow_relay():
        with bound(PUBLIC), transaction.atomic():
            first.extend(relay.take())
            taken.set()
            go_on.wait(5)
        connection.close()

    thread = threading.Thread(target=slow_relay)
    thread.start()
    taken.wait(5)
    with bound(PUBLIC):
        second = relay.take()
    go_on.set()
    thread.join()

    assert (len(first), len(second)) == (100, 50)
    assert {m.pk for m in first}.isdisjoint(m.pk for m in second)


def test_a_broker_that_is_down_is_waited_for_and_told_of_once(one_relay, bell, here, monkeypatch, caplog):
    [asked] = ask(here)

    def nobody_answers(broker):
        raise redis.ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(relay, "_recall_if_forgotten", nobody_answers)
        silent = [one_relay._attempt() for _ in range(3)]
    awake = one_relay._attempt()

    assert (silent, awake) == ([0, 0, 0], 1)
    assert queued(bell) == 1
    assert state(asked).publications == 1
    assert [record.levelname for record in caplog.records if record.name == relay.__name__] == ["ERROR", "WARNING"]


def test_what_could_not_be_sent_is_due_at_once(one_relay, bell, here, monkeypatch):
    ids = ask(here, count=5)
    sent = []

    def send_two(*args, **kwargs):
        if len(sent) == 2:
            raise OSError("đứt")
        sent.append(kwargs["task_id"])

    monkeypatch.setattr(app, "send_task", send_two)

    assert one_relay._attempt() == 0
    with bound(PUBLIC):
        due = Message.objects.filter(available_at__lte=Now()).count()
    assert (due, len(ids)) == (3, 5)


@pytest.mark.parametrize(("is_watched", "found"), [(True, 3), (False, 0)])
def test_a_broker_that_lost_its_data_gets_everything_again_and_nothing_if_nobody_watches(
    one_relay, bell, here, monkeypatch, is_watched, found
):
    if not is_watched:
        monkeypatch.setattr(relay, "_recall_if_forgotten", lambda broker: None)
    ids = ask(here, count=4)
    one_relay.turn()
    change(ids[:1], done_at=Now())
    bell.flushall()

    one_relay.turn()

    assert queued(bell) == found


def test_what_rests_after_a_failure_is_not_recalled(one_relay, bell, here):
    [asked] = ask(here)
    with bound(PUBLIC):
        services.put_back(services.claim(asked, lease=timedelta(seconds=60), by="tôi"), "lỗi")
    bell.flushall()

    assert one_relay.turn() == 0


def test_the_question_of_the_relay_is_answered_by_one_small_index(here):
    from tenants.gateways import as_owner

    ask(here, count=3)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(FINISHED)
        cursor.execute("ANALYZE outbox_message")
    with bound(PUBLIC):
        plan = Message.objects.filter(services.OPEN, available_at__lte=Now()).order_by("available_at")[:100].explain()

    assert "Index Scan using outbox_due" in plan


FINISHED = """
INSERT INTO outbox_message (id, tenant, schema, errand, args, queue, asked_at, available_at, publications, attempts,
    claimed_by, error, done_at)
SELECT gen_random_uuid(), '', 'public', 'x', '{}', '', now(), now(), 1, 1, '', '', now() FROM generate_series(1, 5000)
"""


# --- The clock -------------------------------------------------------------------------------------


def due():
    with bound(PUBLIC):
        return list(Message.objects.order_by("asked_at").values_list("errand", "schema"))


@pytest.fixture
def scheduled(monkeypatch, here):
    monkeypatch.setattr(clock, "_schedule", {"probes.mark_once": Every(timedelta(minutes=5))})
    with bound(PUBLIC):
        yield
    from tenants.gateways import as_owner

    with as_owner():
        Tick.objects.all().delete()


def test_a_new_entry_of_the_schedule_waits_for_its_next_moment(scheduled):
    clock.strike()

    assert due() == []


def test_a_missed_moment_is_made_up_for_once_by_however_many_relays(scheduled):
    clock.strike()
    Tick.objects.update(due_at=services.later(LONG_AGO))

    for _ in range(3):
        clock.strike()

    assert due() == [("probes.mark_once", "public")]


def test_clocks_that_strike_together_ask_once(scheduled):
    clock.strike()
    Tick.objects.update(due_at=services.later(LONG_AGO))
    start = threading.Barrier(4)

    def strike():
        start.wait()
        with bound(PUBLIC):
            clock.strike()
        connection.close()

    threads = [threading.Thread(target=strike) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert due() == [("probes.mark_once", "public")]


@pytest.mark.parametrize(
    ("rhythm", "now", "latest"),
    [
        (Daily(time(1, 30)), "2026-11-23T18:29", "2026-11-22T18:30"),  # 01:29 in Viet Nam: yesterday's
        (Daily(time(1, 30)), "2026-11-23T18:30", "2026-11-23T18:30"),
        (Daily(time(1, 30)), "2026-12-31T17:00", "2026-12-30T18:30"),  # midnight of the new year there
        (Every(timedelta(minutes=5)), "2026-11-23T18:29", "2026-11-23T18:25"),
        (Every(timedelta(minutes=5)), "2026-11-23T18:30", "2026-11-23T18:30"),
    ],
)
def test_the_last_due_moment(rhythm, now, latest):
    assert rhythm.latest(at(now)) == at(latest)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_one_errand_has_one_rhythm(monkeypatch):
    monkeypatch.setattr(clock, "_schedule", {})
    clock.schedule("probes.mark_once", Daily(time(1)))
    clock.schedule("probes.mark_once", Daily(time(1)))

    with pytest.raises(ValueError, match="twice"):
        clock.schedule("probes.mark_once", Daily(time(2)))
