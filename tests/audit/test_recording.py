"""What is recorded: in the transaction, without gaps, for good."""

import threading
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from audit_probes import ProbeEvent, thing
from django.db import Error, connection, transaction
from stage import person

from tenants.gateways import as_owner
from tieubieu.audit import tags
from tieubieu.audit.models import Event
from tieubieu.audit.queries import events_of
from tieubieu.audit.services import SYSTEM, head, record, record_each
from tieubieu.audit.verifying import verify
from tieubieu.binding import bound
from tieubieu.lib.canonical import NotCanonical


class Stranger(StrEnum):
    SEEN = "probes.stranger.seen"


def test_recording_outside_a_transaction_is_refused(place):
    with bound(place), pytest.raises(transaction.TransactionManagementError):
        record(ProbeEvent.TRIED, thing(), actor=None)
    with bound(place), pytest.raises(transaction.TransactionManagementError):
        record_each(ProbeEvent.TRIED, [(thing(), {})], actor=None)


def test_a_rollback_leaves_no_event_and_no_gap(place):
    with bound(place):
        before = head()
        with transaction.atomic():
            record(ProbeEvent.TRIED, thing(), actor=None)
            transaction.set_rollback(True)
        with transaction.atomic():
            event = record(ProbeEvent.TRIED, thing(), actor=None)

        assert event.seq == before.seq + 1
        assert verify([(before.seq, before.hash)]).broken is None


@pytest.mark.usefixtures("in_daklak")
def test_an_event_keeps_names_as_they_were():
    actor = person("nguoi-lam", name="Trần Thị Làm")

    event = record(ProbeEvent.TRIED, thing(), actor=actor, code="A-1")
    system = record(ProbeEvent.TRIED, thing(), actor=None)
    actor.delete()

    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_name, kept.subject_kind, kept.subject_name) == ("Trần Thị Làm", "progress.job", "Vật thử")
    assert (kept.facts, kept.tag) == ({"code": "A-1"}, "probes.thing.tried")
    assert (system.actor_id, system.actor_name) == ("", SYSTEM)


@pytest.mark.usefixtures("in_daklak")
def test_facts_are_written_so_that_they_can_be_hashed_again():
    facts = {
        "score": Decimal("81.50"), "day": date(2026, 3, 2), "id": UUID(int=1), "list": ["Đ", 1, None, True],
        "nested": {"nfd": "e\u0302"},
    }  # fmt: skip

    event = record(ProbeEvent.TRIED, thing(), actor=None, **facts)

    event.refresh_from_db()
    assert event.facts["score"] == "81.50"
    assert event.facts["day"] == "2026-03-02"
    assert verify().broken is None


@pytest.mark.usefixtures("in_daklak")
def test_a_binary_float_is_not_a_fact():
    with pytest.raises(NotCanonical), transaction.atomic():
        record(ProbeEvent.TRIED, thing(), actor=None, score=81.5)


@pytest.mark.usefixtures("in_daklak")
def test_a_tag_that_no_room_registered_is_refused():
    with pytest.raises(tags.UnknownTag):
        record(Stranger.SEEN, thing(), actor=None)


@pytest.mark.usefixtures("in_daklak")
def test_the_history_of_one_thing_is_in_order():
    one, other = thing(), thing()
    for subject in (one, other, one):
        record(ProbeEvent.TRIED, subject, actor=None)

    assert list(events_of(one).values_list("subject_id", flat=True)) == [str(one.pk)] * 2


@pytest.mark.usefixtures("in_daklak")
def test_the_head_is_printed_with_tenant_number_and_hash():
    event = record(ProbeEvent.TRIED, thing(), actor=None)

    assert str(head()) == f"daklak={event.seq}:{event.hash}"


def test_chains_of_two_tenants_are_strangers(in_daklak, khanhhoa):
    from tenants.gateways import inside

    record(ProbeEvent.TRIED, thing(), actor=None)
    with inside(khanhhoa):
        other = record(ProbeEvent.TRIED, thing(), actor=None)
        assert head().hash == other.hash

    assert head().hash != other.hash


def test_many_who_record_at_once_leave_no_gap_although_some_fail(place):
    with bound(place):
        before = head().seq

    def work(number):
        for turn in range(12):
            try:
                with bound(place), transaction.atomic():
                    record(ProbeEvent.TRIED, thing(), actor=None, n=number, turn=turn)
                    if (turn + number) % 6 == 0:
                        raise RuntimeError
            except RuntimeError:
                continue
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with bound(place):
        numbers = list(Event.objects.order_by("seq").values_list("seq", flat=True))
        moments = list(Event.objects.order_by("seq").values_list("happened_at", flat=True))
        assert numbers == list(range(1, before + 60 + 1))
        assert moments == sorted(moments)
        assert verify().broken is None


ATTACKS = [
    "UPDATE audit_event SET actor_name = 'người khác'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "UPDATE audit_anchoredhead SET hash = ''",
    "DELETE FROM audit_anchoredhead",
    "TRUNCATE audit_anchoredhead",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_event_rows_stay ON audit_event",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_role_of_a_tenant_can_do_none_of_it(place, attack):
    with bound(place), transaction.atomic():
        record(ProbeEvent.TRIED, thing(), actor=None)
    with (
        bound(place),
        pytest.raises(Error, match=r"permission denied|must be owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)


@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_even_the_owner_is_stopped_by_the_guard_of_a_stamped_and_renamed_schema(place, attack):
    with bound(place), transaction.atomic():
        record(ProbeEvent.TRIED, thing(), actor=None)
    with as_owner(place.schema), pytest.raises(Error, match="chỉ được ghi thêm"), connection.cursor() as cursor:
        cursor.execute(attack)


def test_every_tag_of_the_house_has_a_sentence_of_its_own():
    tagged = {tag: tags.sentence(tag) for tag in tags.registered()}

    assert tagged
    assert [tag for tag, sentence in tagged.items() if sentence in ("", tag)] == []


def test_a_tag_has_one_owner():
    with pytest.raises(ValueError, match="belongs to ProbeEvent"):

        @tags.register
        class Thief(StrEnum):
            TRIED = "probes.thing.tried"


def test_many_recorded_at_once_are_one_chain_with_what_is_recorded_singly(place):
    with bound(place), transaction.atomic():
        subjects = [thing() for _ in range(3)]
        first = record(ProbeEvent.TRIED, thing(), actor=None)
        made = record_each(ProbeEvent.TRIED, [(s, {"n": n}) for n, s in enumerate(subjects)], actor=None)
        last = record(ProbeEvent.TRIED, thing(), actor=None)

    assert [event.seq - first.seq for event in made] == [1, 2, 3]
    assert [event.subject_id for event in made] == [str(s.pk) for s in subjects]
    assert (last.seq - first.seq, last.prev_hash) == (4, made[-1].hash)
    with bound(place):
        assert verify().broken is None


def test_nothing_recorded_at_once_leaves_the_chain_as_it_is(place):
    with bound(place), transaction.atomic():
        before = record(ProbeEvent.TRIED, thing(), actor=None)

        assert record_each(ProbeEvent.TRIED, [], actor=None) == []
        assert head().hash == before.hash
