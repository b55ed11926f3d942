"""A busy port is no obstacle: the next one is taken."""

import socket
from collections.abc import Iterator

import pytest

from tieubieu.processes import NoFreePort, free_port, ports


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def test_a_free_port_is_taken_as_asked_for(busy: int) -> None:
    assert free_port(busy) > busy
    assert free_port(free_port(busy)) == free_port(busy)


def test_a_port_that_somebody_else_serves_over_ipv6_is_not_free() -> None:
    with socket.socket(socket.AF_INET6) as listener:
        try:
            listener.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        listener.listen(1)
        assert not ports.is_free(listener.getsockname()[1])


def test_when_all_are_busy_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda port: False)

    with pytest.raises(NoFreePort, match="TIEUBIEU_PORT"):
        free_port(8000)
