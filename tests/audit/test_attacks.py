"""Somebody with the owner's rights changes the log; the walk says where. All of it is rolled back afterwards."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from audit_probes import ProbeEvent, thing
from django.core.management import CommandError, call_command
from django.db import connection

from tenants.gateways import as_owner, inside
from tieubieu.audit.chain import link_hash
from tieubieu.audit.models import ChainHead, Event
from tieubieu.audit.services import Head, anchor, head, record
from tieubieu.audit.verifying import verify

LENGTH = 12


@pytest.fixture
def printed(in_daklak) -> Head:
    """A log of a dozen events, and its head as the minutes printed it."""
    for number in range(LENGTH):
        record(ProbeEvent.TRIED, thing(), actor=None, n=number)
    return head()


def as_attacker(*statements):
    with as_owner("daklak"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        for statement, *parameters in statements:
            cursor.execute(statement, parameters)


def found(*heads):
    broken = verify(heads).broken
    return broken and broken.seq


def test_an_untouched_log_is_whole(printed):
    assert found((printed.seq, printed.hash)) is None


@pytest.mark.parametrize(
    "column",
    ["actor_name = 'x'", "subject_name = 'x'", "happened_at = happened_at + interval '1 s'", "tag = 'x'",
     """facts = '{"n": 99}'""", "facts = facts || '{\"more\": 1}'", "actor_id = 'x'"],
)  # fmt: skip
def test_a_changed_event_is_found(printed, column):
    as_attacker([f"UPDATE audit_event SET {column} WHERE seq = 5"])

    assert found() == 5


def test_a_removed_event_is_found(printed):
    as_attacker(["DELETE FROM audit_event WHERE seq = 5"])

    assert found() == 5


def test_swapped_events_are_found(printed):
    as_attacker(
        ["UPDATE audit_event SET seq = -1 WHERE seq = 4"],
        ["UPDATE audit_event SET seq = 4 WHERE seq = 7"],
        ["UPDATE audit_event SET seq = 7 WHERE seq = -1"],
    )

    assert found() == 4


def test_a_cut_end_is_found_by_the_head_row(printed):
    as_attacker(["DELETE FROM audit_event WHERE seq > 9"])

    assert found() == 10


def test_an_event_added_past_the_door_is_found(printed):
    forged = forge(Event.objects.get(seq=LENGTH), seq=LENGTH + 1, prev_hash=printed.hash)
    forged.save(force_insert=True)  # the tenant's own role may insert

    assert found() == LENGTH + 1


def test_an_event_forged_into_the_middle_is_found(printed):
    as_attacker(["UPDATE audit_event SET seq = seq + 1000 WHERE seq > 5"])
    as_attacker(["UPDATE audit_event SET seq = seq - 999 WHERE seq > 1000"])
    forged = forge(Event.objects.get(seq=5), seq=6, prev_hash=Event.objects.get(seq=5).hash)
    forged.save(force_insert=True)

    assert found() == 7


def test_a_twin_number_is_found(printed):
    as_attacker(["ALTER TABLE audit_event DROP CONSTRAINT audit_event_seq_key"])
    forge(Event.objects.get(seq=5), seq=5, prev_hash=Event.objects.get(seq=5).prev_hash).save(force_insert=True)

    assert found() in (5, 6)


def test_a_chain_rewritten_from_a_point_looks_whole_without_a_head_from_outside(printed):
    rewrite_from(5)

    assert found() is None  # what the database says of itself is worth nothing here
    assert found((printed.seq, printed.hash)) == LENGTH


def test_a_chain_cut_with_its_head_row_looks_whole_without_a_head_from_outside(printed):
    last = Event.objects.get(seq=9)
    as_attacker(["DELETE FROM audit_event WHERE seq > 9"])
    ChainHead.objects.update(seq=9, hash=last.hash)

    assert found() is None
    assert found((printed.seq, printed.hash)) == 10


def test_the_log_of_another_tenant_does_not_pass_for_this_ones(printed, khanhhoa):
    with inside(khanhhoa):
        record(ProbeEvent.TRIED, thing(), actor=None)
    as_attacker(
        ["DELETE FROM audit_event"],
        ["INSERT INTO audit_event SELECT * FROM khanhhoa.audit_event"],
        ["UPDATE audit_chainhead SET (seq, hash) = (SELECT seq, hash FROM khanhhoa.audit_chainhead)"],
    )

    assert found() == 1


# --- The command ------------------------------------------------------------------------------------


def command(*words):
    out = StringIO()
    call_command("verify_audit", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_that_a_log_is_whole(printed):
    said = command("--tenant", "daklak", "--head", str(printed))

    assert said.startswith(f"daklak: nguyên vẹn, {LENGTH} sự kiện, đối chiếu 1 đầu chuỗi")


def test_the_command_names_the_first_bad_event_and_ends_with_one(printed):
    as_attacker(["UPDATE audit_event SET actor_name = 'x' WHERE seq IN (5, 8)"])
    out = StringIO()

    with pytest.raises(CommandError) as ended:
        call_command("verify_audit", "--json", stdout=out)

    lines = {line["tenant"]: line for line in map(json.loads, out.getvalue().splitlines())}
    assert ended.value.returncode == 1
    assert lines["daklak"]["broken"] == {"seq": 5, "reason": "nội dung đã bị sửa"}
    assert lines["khanhhoa"]["intact"]


def test_a_printed_head_shows_a_rewritten_log(printed):
    rewrite_from(3)

    with pytest.raises(CommandError):
        command("--tenant", "daklak", "--head", str(printed))


def test_the_head_kept_by_the_ministry_shows_a_rewritten_log(printed, national):
    from workers.upkeep import anchor_head

    anchor_head()
    command("--tenant", "daklak")
    rewrite_from(3)

    with pytest.raises(CommandError):
        command("--tenant", "daklak")


def test_a_head_once_kept_is_not_replaced(printed, national):
    with inside(national):
        anchor(printed)
        anchor(replace(printed, hash="f" * 64))
        from tieubieu.audit.queries import anchored_heads

        assert anchored_heads("daklak") == [(LENGTH, printed.hash)]


@pytest.mark.parametrize(
    "words", [["--tenant", "khong-co"], ["--head", f"khong-co=1:{'a' * 64}"],
              ["--tenant", "khanhhoa", "--head", f"daklak=1:{'a' * 64}"]],
)  # fmt: skip
def test_what_would_be_compared_with_nothing_is_refused(in_daklak, words):
    with pytest.raises(CommandError, match="Không kiểm tra được") as ended:
        command(*words)

    assert ended.value.returncode == 2


@pytest.mark.parametrize("head", ["daklak", "daklak=x:y", "daklak=1:abc", f"=1:{'a' * 64}"])
def test_a_head_that_cannot_be_read_is_refused(db, head):
    with pytest.raises(CommandError):
        command("--head", head)


def forge(event, **changes):
    link = replace(event.as_link(), id="00000000-0000-4000-8000-00000000f00d", actor_name="kẻ giả mạo", **changes)
    event.pk, event.actor_name = link.id, link.actor_name
    event.seq, event.prev_hash, event.hash = link.seq, link.prev_hash, link_hash("daklak", link)
    return event


def rewrite_from(seq):
    """What somebody does who knows the code: change one event and chain all later ones anew."""
    as_attacker(["UPDATE audit_event SET actor_name = 'x' WHERE seq = %s", seq])
    previous = Event.objects.get(seq=seq - 1).hash
    for event in Event.objects.filter(seq__gte=seq).order_by("seq"):
        event.prev_hash = previous
        previous = link_hash("daklak", event.as_link())
        as_attacker(
            ["UPDATE audit_event SET prev_hash = %s, hash = %s WHERE seq = %s", event.prev_hash, previous, event.seq]
        )
    ChainHead.objects.update(hash=previous)
