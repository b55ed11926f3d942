"""The child's own chains, put on before it reads a single byte from a stranger."""

import ctypes
import resource
from collections.abc import Mapping

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
NO_NEW_PRIVILEGES = 38


def confine(limits: Mapping[str, int]) -> None:
    """Limit memory, CPU seconds, the size of files and their number for this process, for good."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def leave_network() -> bool:
    """Go where there is no network and nothing can be gained; False where the machine does not let us.

    A container often forbids it; then the container's own walls must do.
    """
    try:
        system = ctypes.CDLL(None)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(system.unshare(NEW_USER | NEW_NETWORK) == 0)
    except (OSError, AttributeError):  # not Linux
        return False
