"""The child's own chains, put on before it reads a single byte from a stranger."""

import resource
from collections.abc import Mapping


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
