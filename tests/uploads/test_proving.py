"""The child is confined, lonely and mortal; whoever waits for it is told so."""

import json
import socket
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
import specimens as made
from django.core.files.uploadedfile import SimpleUploadedFile

from tieubieu.uploads import proving
from tieubieu.uploads.errors import UploadRefused
from tieubieu.uploads.proving import LIMITS, prove
from tieubieu.uploads.services import take_in

GREEDY = """
import json, sys
from tieubieu.uploads.prover.limits import confine
if sys.argv[1]: confine(json.loads(sys.argv[1]))
{what}
"""
MEMORY = "bytearray(1 << 30); print('had it')"
FILES = "open('lon', 'wb').write(b'x' * (96 << 20)); print('had it')"
HANDLES = "print(len([open('/dev/null') for _ in range(100)]) and 'had it')"
LIMITED = json.dumps({"memory": 512 << 20, "cpu_seconds": 1, "file_bytes": 64 << 20, "open_files": 32})


def greedy(what, limits, folder):
    words = [sys.executable, "-I", "-c", GREEDY.format(what=what), limits]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("what", [MEMORY, FILES, HANDLES], ids=["memory", "file", "handles"])
def test_a_limit_bites_and_without_it_nothing_would(what, tmp_path):
    held, free = greedy(what, LIMITED, tmp_path), greedy(what, "", tmp_path)

    assert held.returncode != 0
    assert "had it" not in held.stdout
    assert "had it" in free.stdout


def test_a_child_that_never_ends_is_ended(tmp_path):
    assert greedy("while True: pass", LIMITED, tmp_path).returncode < 0


LONELY = """
import socket, sys
from tieubieu.uploads.prover.limits import leave_network
left = leave_network() if sys.argv[2:] else None
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2); print(left, "reached")
except OSError:
    print(left, "nobody there")
"""


def test_the_child_has_no_network_where_the_machine_allows_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

        def told(*words):
            asked = [sys.executable, "-I", "-c", LONELY, port, *words]
            return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

        assert told() == "None reached"
        assert told("leave") in ("True nobody there", "False reached")


def test_a_picture_that_needs_more_memory_than_allowed_is_told_so(monkeypatch):
    large = made.photo("PNG", (6000, 5000))
    assert prove(large).width == 4096

    monkeypatch.setattr(proving, "LIMITS", replace(LIMITS, memory=200 << 20))

    with pytest.raises(UploadRefused) as caught:
        prove(large)
    assert caught.value.reason == "heavy"


def test_a_child_that_takes_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(proving, "LIMITS", replace(LIMITS, wall_seconds=0))

    with pytest.raises(UploadRefused) as caught:
        prove(made.pdf())
    assert caught.value.reason == "heavy"


def test_the_child_knows_no_secrets(monkeypatch):
    seen = {}
    real = subprocess.run

    def spying(words, **kwargs):
        seen.update(kwargs)
        return real(words, **kwargs)

    monkeypatch.setenv("SECRET_KEY", "bi-mat")
    monkeypatch.setattr(proving.subprocess, "run", spying)

    prove(made.pdf())

    assert set(seen["env"]) == {"MALLOC_ARENA_MAX"}


def test_the_child_does_not_load_the_house(tmp_path):
    (tmp_path / "given").write_bytes(made.photo())
    asked = (
        "import sys; from tieubieu.uploads.prover.__main__ import main; main(sys.argv[1:]);"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'pikepdf', 'lxml', 'psycopg', 'apps'}))"
    )
    limits = json.dumps({"memory": 1 << 30, "cpu_seconds": 20, "file_bytes": 1 << 26, "open_files": 32})

    told = subprocess.run(
        [sys.executable, "-I", "-c", asked, limits, "jpeg"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_a_child_that_lies_about_a_file_leads_nowhere(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"bi mat")
    (tmp_path / "photo").symlink_to(secret)

    with pytest.raises(OSError, match="symbolic"):
        proving._drawn(tmp_path / "photo")


def test_nothing_of_the_file_stays_on_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(proving.tempfile, "tempdir", str(tmp_path))

    prove(made.photo())
    with pytest.raises(UploadRefused):
        prove(made.photo()[:300])

    assert list(tmp_path.iterdir()) == []


def test_when_every_place_is_taken_one_is_asked_to_come_back(monkeypatch):
    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(proving, "_places", full)
    monkeypatch.setattr(proving, "PATIENCE_SECONDS", 0.01)

    with pytest.raises(UploadRefused) as caught:
        prove(made.pdf())

    assert (caught.value.reason, caught.value.status) == ("busy", 503)


def test_a_place_is_given_back_after_a_refusal(monkeypatch):
    monkeypatch.setattr(proving, "_places", threading.BoundedSemaphore(1))

    for _ in range(3):
        with pytest.raises(UploadRefused):
            prove(b"xin chao")

    assert prove(made.pdf()).pages == 1


def test_what_is_too_big_is_refused_before_it_is_read():
    upload = SimpleUploadedFile("to.pdf", made.pdf())
    upload.size = proving.LARGEST + 1
    upload.file.close()  # reading it would fail otherwise

    with pytest.raises(UploadRefused, match="lớn hơn 25 MB"):
        take_in(upload, actor=None)
    with pytest.raises(UploadRefused, match="lớn hơn 25 MB"):
        prove(b"\0" * (proving.LARGEST + 1))


def test_what_was_not_chosen_or_got_lost_on_the_way_is_told():
    lost = SimpleUploadedFile("mat.pdf", b"x")
    lost.file.close()

    with pytest.raises(UploadRefused, match="Chưa chọn tệp"):
        take_in(None, actor=None)
    with pytest.raises(UploadRefused, match="đường truyền") as caught:
        take_in(lost, actor=None)
    assert caught.value.status == 503
