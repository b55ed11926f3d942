"""Who still needs the engines, told by the kernel.

Everybody who works on the engines holds a shared lock on one file; the kernel drops it when the
process ends, however it ends. Whoever can take the lock for itself is the last one out and stops
the engines. A keeper waits for exactly that, so that even a killed owner leaves nothing running.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Hold a file's lock alone, waiting for it."""
    handle = _open(file)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def take(file: Path) -> int:
    """Join the users of the engines; waits while the last one out is stopping them."""
    handle = _open(file)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def is_last(handle: int) -> bool:
    """Turn a lease into the lock of the last one out; False when somebody else still holds one."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def close(handle: int) -> None:
    """Give the lease back."""
    os.close(handle)


def start_keeper(home: Path) -> None:
    """Start the process that stops the engines when the last lease is gone."""
    subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tieubieu.engines", "keep", str(home)],
        cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _open(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
