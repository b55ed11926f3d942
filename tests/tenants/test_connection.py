"""One connection over many requests: what is asked of it, and what happens when it dies between two."""

from unittest.mock import patch

import psycopg
import pytest
from django.db import OperationalError, connection

from apps.facilities.models import Facility
from tenants.backend.base import DatabaseWrapper
from tieubieu.binding import bound


@pytest.fixture
def between_requests(canaries, django_db_blocker):
    """The scopes of two provinces, and a connection that has just ended a request in the first."""
    with django_db_blocker.unblock():
        names_in(canaries[0])
        connection.forget()
        connection.health_check_done = False
        yield canaries
        connection.close()


def names_in(scope) -> set[str]:
    with bound(scope):
        return set(Facility.objects.filter(tax_code__startswith="CANARY").values_list("name", flat=True))


def kill_backend() -> None:
    pid = connection.connection.info.backend_pid
    place = connection.get_connection_params()
    with psycopg.connect(dbname=place["dbname"], user=place["user"], host=place["host"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_the_move_into_the_schema_is_the_health_check(between_requests):
    said = []
    with patch.object(DatabaseWrapper, "_say", autospec=True, side_effect=say_and_note(said)):
        assert names_in(between_requests[1]) == {"khanhhoa"}

    assert len(said) == 1
    assert said[0].startswith(b'SET search_path = "khanhhoa"')


def test_a_schema_is_proved_once_per_connection(between_requests):
    said = []
    with patch.object(DatabaseWrapper, "_say", autospec=True, side_effect=say_and_note(said)):
        for scope in (*between_requests, *between_requests):
            names_in(scope)
        connection.close()
        names_in(between_requests[0])

    asked = [b"has_schema_privilege" in statement for statement in said]
    assert asked == [False, True, False, False, True]


def test_a_dead_connection_is_replaced_in_the_right_schema(between_requests):
    kill_backend()

    assert names_in(between_requests[1]) == {"khanhhoa"}
    assert names_in(between_requests[0]) == {"daklak"}


def say_and_note(said: list[bytes]):
    plain = DatabaseWrapper._say

    def noting(self, statement: bytes):
        said.append(statement)
        return plain(self, statement)

    return noting


def test_a_connection_lost_in_mid_request_is_an_operational_error(between_requests):
    """Whoever retries asks for the kind of error; the server had no time to give it a code."""
    connection.health_check_done = True
    kill_backend()

    with pytest.raises(OperationalError):
        names_in(between_requests[1])
