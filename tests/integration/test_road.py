"""The road through real processes: the demo, and certificates that are made once whatever dies on the way."""

import os
import shutil
import signal
import subprocess
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from nation import eventually

pytestmark = pytest.mark.integration
ENTRIES = 24
MIDDLE = 4
OPEN_WORK = "SELECT count(*) FROM outbox_message WHERE done_at IS NULL AND failed_at IS NULL"


def test_the_demo_goes_its_road_without_a_difference(served_nation):
    told = served_nation.told

    assert told["status"] == 0
    assert len(told["provinces"]) >= 4
    assert {p["phase"] for p in told["provinces"].values()} == {"published"}
    assert told["national"]["differences"] == []
    assert told["national"]["sent"] == told["national"]["received"] == told["national"]["recomputed_equal"] >= 2


@pytest.mark.parametrize(
    ("slug", "figures"),
    [
        ("khanhhoa", {"entered": 75, "passed": 54, "selected": 35, "certificates_made": 35}),
        ("thainguyen", {"entered": 43, "passed": 43, "selected": 30, "certificates_made": 30}),
    ],
)
def test_the_figures_of_a_round_are_those_that_were_published(served_nation, slug, figures):
    told = served_nation.told["provinces"][slug]

    assert {name: told[name] for name in figures} == figures


def test_a_second_demo_makes_nothing_twice(served_nation):
    assert served_nation.ask(OPEN_WORK) == [(0,)]
    before = served_nation.rows()

    again = served_nation.command("demo", "--json")

    assert again.returncode == 0, again.stderr
    assert served_nation.rows() == before
    assert sum(before.values()) > 5000


def certificates(nation, slug):
    """Number, document and place on the register of every certificate of a province."""
    return nation.ask(
        f'SELECT c.number, c.document_id, r.number FROM "{slug}".recognition_certificate c'
        " LEFT JOIN public.catalogue_registeredcertificate r ON r.id = c.id ORDER BY c.number"
    )


def made(nation, slug):
    return sum(1 for _, document, _ in certificates(nation, slug) if document)


def issue(nation, slug, province):
    """Ask for certificates and wait until the workers are in the middle of them.

    They are held until all is asked for: on a busy machine they would be done before anybody looked.
    """
    with held(workers_of(nation)):
        nation.play([("issuing", slug, province)], entries=ENTRIES)
    assert eventually(lambda: made(nation, slug) >= MIDDLE)


def is_whole(nation, slug):
    rows = certificates(nation, slug)
    return len(rows) == ENTRIES and all(document and line for _, document, line in rows)


def require_each_once(nation, slug):
    rows = certificates(nation, slug)
    audited = nation.ask(f"SELECT subject_id FROM \"{slug}\".audit_event WHERE tag = 'recognition.certificate.made'")
    assert [number.split("/")[0] for number, _, _ in rows] == [f"{n:02d}" for n in range(1, ENTRIES + 1)]
    assert len({document for _, document, _ in rows}) == ENTRIES
    assert Counter(Counter(audited).values()) == {1: ENTRIES}
    assert nation.ask(f"SELECT count(*) FROM \"{slug}\".documents_document WHERE kind = 'certificate'") == [(ENTRIES,)]
    jobs = nation.ask(f"SELECT state FROM \"{slug}\".progress_job WHERE kind = 'certificates'")
    assert jobs == [("done",)]


def test_a_valkey_killed_with_its_data_loses_no_certificate(served_nation):
    issue(served_nation, "cantho", "92")
    valkey = served_nation.engines.valkey

    os.kill(valkey.pid(), signal.SIGKILL)
    shutil.rmtree(served_nation.engines.home.valkey_data)

    assert made(served_nation, "cantho") < ENTRIES, "the kill came too late to prove anything"
    assert eventually(lambda: is_whole(served_nation, "cantho"), 120)
    require_each_once(served_nation, "cantho")


def test_a_worker_killed_in_the_middle_makes_no_certificate_twice(served_nation):
    issue(served_nation, "danang", "48")

    for pid in workers_of(served_nation):
        os.kill(pid, signal.SIGKILL)

    assert made(served_nation, "danang") < ENTRIES, "the kill came too late to prove anything"
    lease_passes(served_nation)
    assert eventually(lambda: is_whole(served_nation, "danang"), 120)
    require_each_once(served_nation, "danang")


@contextmanager
def held(pids):
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def workers_of(nation):
    """The worker and the processes of its pool."""
    mark = f"TIEUBIEU_HOME={nation.home}".encode()
    listed = subprocess.run(["pgrep", "--full", "celery.*worker"], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in listed.split() if mark in environment_of(pid)]


def environment_of(pid):
    """Nothing for a process that has ended, or that is somebody else's on this machine."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []


def lease_passes(nation):
    """What the dead held, or had only fetched, is handed out again in time; we do not wait two minutes for that."""
    two_minutes = "interval '2 minutes'"
    nation.ask(
        f"UPDATE outbox_message SET claimed_until = claimed_until - {two_minutes},"
        f" available_at = available_at - {two_minutes} WHERE done_at IS NULL"
    )


def test_every_chain_of_the_audit_is_whole_after_all_that(served_nation):
    verified = served_nation.command("verify-audit")

    assert verified.returncode == 0, verified.stderr
    assert "HỎNG" not in verified.stdout
