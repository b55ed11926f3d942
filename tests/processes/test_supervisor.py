"""What crashes comes back, and nothing is left behind, however the supervisor ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tieubieu.engines import EngineError, servers
from tieubieu.processes import AlreadyRunning, Process, Stack, running_stack

SUPERVISOR = """
import sys
from pathlib import Path
from tieubieu.processes import Process, Stack
plan = [Process(name, (name,), stop_seconds=2) for name in sys.argv[3:]]
with Stack(Path(sys.argv[1]), plan, {"PYTHONPATH": sys.argv[2]}) as stack:
    stack.obey_signals()
    print("started", flush=True)
    stack.wait()
print("ended", flush=True)
"""


def stack(programs: Path, *names: str, **more: object) -> Stack:
    plan = [Process(name, (name,), stop_seconds=1) for name in names]
    return Stack(programs.parent / "home", plan, {"PYTHONPATH": str(programs)}, **more)  # type: ignore[arg-type]


def said(programs: Path, name: str) -> str:
    log = programs.parent / "home/logs" / f"{name}.log"
    assert servers.wait_until(lambda: log.exists() and bool(log.read_text()), seconds=60)
    return log.read_text()


def pid_told(programs: Path, name: str) -> int:
    return int(said(programs, name).split()[1])


def is_gone(pid: int) -> bool:
    """Gone, or going: who was killed takes a moment to die."""
    return servers.wait_until(lambda: _is_dead(pid), seconds=20)


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def supervise(programs: Path, *names: str) -> subprocess.Popen[str]:
    home = programs.parent / "home"
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(home), str(programs), *names], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def test_leaving_the_block_ends_every_child_and_what_it_started(programs: Path) -> None:
    with stack(programs, "steady", "parent"):
        pids = [pid_told(programs, "steady"), pid_told(programs, "parent")]
        assert not any(_is_dead(pid) for pid in pids)

    assert all(is_gone(pid) for pid in pids)


def test_a_child_that_ignores_the_request_is_ended_all_the_same(programs: Path) -> None:
    with stack(programs, "stubborn"):
        pid = pid_told(programs, "stubborn")

    assert is_gone(pid)


def test_a_killed_child_comes_back_and_it_is_said(programs: Path) -> None:
    told: list[str] = []
    with stack(programs, "steady", tell=told.append) as running:
        os.kill(pid_told(programs, "steady"), signal.SIGKILL)

        assert running.wait(lambda: said(programs, "steady").count("steady") == 2, seconds=60)

    assert len(told) == 1
    assert "steady dừng đột ngột (tín hiệu 9)" in told[0]
    assert "steady.log" in told[0]


def test_a_child_that_keeps_failing_is_tried_ever_less_often(programs: Path) -> None:
    told: list[str] = []
    with stack(programs, "fragile", tell=told.append) as running:
        running.wait(lambda: len(told) == 3, seconds=60)

    assert ["1 giây" in told[0], "2 giây" in told[1], "4 giây" in told[2]] == [True] * 3
    assert said(programs, "fragile").count("fragile ended") == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(programs: Path, number: signal.Signals) -> None:
    process = supervise(programs, "steady", "parent")
    pids = [pid_told(programs, "steady"), pid_told(programs, "parent")]

    process.send_signal(number)
    output, _ = process.communicate(timeout=60)

    assert output == "ended\n"
    assert process.returncode == 0
    assert all(is_gone(pid) for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_killed_supervisor_leaves_no_child(programs: Path) -> None:
    process = supervise(programs, "steady")
    pid = pid_told(programs, "steady")

    process.kill()
    process.communicate()

    assert servers.wait_until(lambda: _is_dead(pid), seconds=20)


def test_a_home_has_one_stack(programs: Path) -> None:
    with stack(programs, "steady"):
        assert running_stack(programs.parent / "home") == os.getpid()
        with pytest.raises(AlreadyRunning) as refusal, stack(programs, "steady"):
            pass

    assert refusal.value.pid == os.getpid()
    assert running_stack(programs.parent / "home") is None


def test_an_engine_that_came_back_is_mentioned_and_one_that_cannot_is_no_end(programs: Path) -> None:
    answers: list[list[str] | EngineError] = [["Valkey"], EngineError("không được")]
    told: list[str] = []

    def keep() -> list[str]:
        answer = answers.pop(0)
        if isinstance(answer, EngineError):
            raise answer
        return answer

    with stack(programs, "steady", tell=told.append, keep_engines=keep) as running:
        running.wait(lambda: not answers, seconds=60)

    assert told == ["Valkey đã dừng đột ngột; đã khởi động lại.", "không được"]
