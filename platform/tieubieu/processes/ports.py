"""Find a port for the site."""

import socket
from contextlib import closing

NEIGHBOURS = 50


class NoFreePort(Exception):
    """Every port that was tried is taken."""


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that nobody uses."""
    for port in range(wanted, min(wanted + NEIGHBOURS, 65536)):
        if is_free(port):
            return port
    raise NoFreePort(
        f"Các cổng {wanted}-{wanted + NEIGHBOURS - 1} đều đang bận: đặt TIEUBIEU_PORT."
        f" / All ports from {wanted} on are taken: set TIEUBIEU_PORT."
    )


def is_free(port: int) -> bool:
    """Tell whether a server could listen on the port and a browser would not meet somebody else there."""
    return _can_listen(port) and not _somebody_answers("::1", port)


def _can_listen(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        # As the web server does: a port that its last owner just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def _somebody_answers(host: str, port: int) -> bool:
    """Browsers try `localhost` over IPv6, too, where our own bind sees nothing."""
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True
