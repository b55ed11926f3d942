"""`tieubieu replay` and the verifier for outsiders: the same file, two programs, one answer."""

import copy
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings

from apps.judging.management.commands.replay import Command
from apps.judging.ranking import rank
from apps.judging.ranking.cli import main_replay
from apps.judging.ranking.replaying import Difference, exported, replay
from apps.judging.verifier import verify_snapshot
from tests.judging.ranking.test_properties import documents

VERIFIER = Path(verify_snapshot.__file__)


def snapshot_file(document):
    ranking = rank(document)
    body = {**document, "results": ranking["entries"]}
    return exported(body, ranking["digest"], round="DLK-2027", number=1, made_at="2027-05-04T09:00:00+07:00")


@pytest.fixture
def sealed(document):
    return snapshot_file(document({"A": ["75", "71", "71"], "B": ["80", "82", "absent"], "C": ["60"]}))


@pytest.fixture
def on_disk(tmp_path):
    def write(body):
        path = tmp_path / "kết quả.json"
        path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def run(path):
    out, err = io.StringIO(), io.StringIO()
    return main_replay([str(path)], out=out, err=err), out.getvalue(), err.getvalue()


def verify(path):
    """The verifier as an outsider runs it: alone, isolated from this project and its packages."""
    alone = [sys.executable, "-I", "-S", str(VERIFIER), str(path)]
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_an_untouched_file_is_equal_for_both(sealed, on_disk):
    path = on_disk(sealed)

    status, out, err = run(path)

    assert (status, out, err) == (0, f"Khớp / equal: 3 sản phẩm / entries, {sealed['digest']}\n", "")
    assert verify(path) == (0, f"KHỚP / EQUAL: 3 sản phẩm / entries, {sealed['digest']}\n", "")


def test_what_concerns_the_whole_file_is_told_with_both_figures(sealed):
    true, order = sealed["digest"], [row["id"] for row in sealed["results"]]
    sealed["results"].reverse()
    sealed["digest"] = "sha256:" + "0" * 64

    assert replay(sealed).differences == (
        Difference("", "results", order[::-1], order),
        Difference("", "digest", "sha256:" + "0" * 64, true),
    )


def test_a_changed_mark_is_told_with_every_figure_that_follows(sealed, on_disk):
    sealed["entries"][0]["sheets"][0]["scores"]["C1"] = "99"
    path = on_disk(sealed)

    status, out, _ = run(path)

    assert status == 3
    assert '  A: total_exact: tệp ghi / declared "217/3"; tính lại / recomputed "241/3"\n' in out
    assert "  digest: tệp ghi / declared" in out
    assert verify(path)[0] == 1


CHANGES = {
    "a rank": lambda body: body["results"][0].update(rank=1),
    "a pass": lambda body: body["results"][2].update(passed=True),
    "a total": lambda body: body["results"][1].update(total="99"),
    "an entry less": lambda body: body["results"].pop(),
    "an entry more": lambda body: body["results"].append({**body["results"][0], "id": "Z"}),
    "another order": lambda body: body["results"].reverse(),
    "the digest": lambda body: body.update(digest="sha256:" + "0" * 64),
    "the pass mark": lambda body: body["rules"].update(pass_mark="50"),
    "a hidden sheet": lambda body: body["entries"][0]["sheets"].pop(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_change_escapes_either(change, sealed, on_disk):
    change(sealed)
    path = on_disk(sealed)

    assert (run(path)[0], verify(path)[0]) == (3, 1)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda body: body.pop("digest"), "digest"),
        (lambda body: body.update(format="khác"), "format"),
        (lambda body: body.update(results={}), "results"),
        (lambda body: body["results"][0].pop("id"), "results[0].id"),
        (lambda body: body["entries"][0]["sheets"][0]["scores"].update(C1="101"), "entries[0].sheets[0].scores.C1"),
    ],
)
def test_what_is_no_snapshot_is_refused_with_its_place(spoil, place, sealed, on_disk):
    spoil(sealed)

    status, out, err = run(on_disk(sealed))

    assert (status, out) == (2, "")
    assert f": {place}: " in err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"rules": 1, "entries": 2, "results": 3}', "\x00", "[" * 100_000])
def test_the_verifier_refuses_what_is_no_snapshot(content, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")

    status, out, err = verify(path)

    assert (status, out) == (2, "")
    assert "không phải tệp kết quả đọc được" in err


def test_a_missing_file_is_told(tmp_path):
    assert run(tmp_path / "none.json")[0] == 2
    assert verify(tmp_path / "none.json")[0] == 2


@settings(max_examples=150, deadline=None)
@given(documents())
def test_both_agree_on_every_document(document):
    sealed = snapshot_file(document)

    assert replay(sealed).differences == ()
    assert verify_snapshot.differences(sealed) == []


@settings(max_examples=50, deadline=None)
@given(documents())
def test_both_see_the_same_false_rank(document):
    sealed = snapshot_file(document)
    forged = copy.deepcopy(sealed)
    for row in forged["results"]:
        row["rank"] = (row["rank"] or 0) + 1

    assert len(replay(forged).differences) == len(verify_snapshot.differences(forged)) == len(forged["results"])


def test_it_runs_without_any_database(sealed, on_disk, capsys):
    assert not Command.requires_system_checks

    call_command("replay", str(on_disk(sealed)))

    assert "Khớp / equal" in capsys.readouterr().out
