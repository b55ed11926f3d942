"""`python -m tieubieu.processes.child PARENT WORDS…`: become `python -m WORDS…`, bound to the parent's life.

On Linux the kernel asks the process to stop when its supervisor dies, also when that was killed.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Have the kernel send SIGTERM when the parent dies; at once when it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("supervisor is gone")


if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
    os.execv(sys.executable, [sys.executable, "-P", "-m", *sys.argv[2:]])  # noqa: S606 - our own program
