"""What a facility has taken part in and what it holds, asked upwards: rounds and certificates stand above this room.

The room that knows registers one `Records` when it is ready; without it nobody took part in anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.db.models import Q


class Past(models.TextChoices):
    """What the register can be narrowed to."""

    HOLDS = "con", "Đang có giấy chứng nhận"
    EXPIRED = "het", "Chỉ còn giấy đã hết hạn"
    NEVER = "chua", "Chưa từng dự bình chọn"


@dataclass(frozen=True)
class Taking:
    """One product in one round, as far as the reader may know; `held` is the certificate's state, "" without one."""

    name: str
    round_name: str
    year: int
    state: str
    url: str = ""
    result: str = ""
    held: str = ""


class Records(Protocol):
    def facilities_with(self, past: Past, on: date) -> Q:
        """The condition on facilities, as of a day."""

    def takings_of(self, facility: Any, reader: Any) -> Sequence[Taking]:
        """What the facility, and all that was merged with it, took part in, newest first."""


class _Nothing:
    def facilities_with(self, past: Past, on: date) -> Q:
        return ~Q(pk__in=[]) if past == Past.NEVER else Q(pk__in=[])

    def takings_of(self, facility: Any, reader: Any) -> Sequence[Taking]:
        return []


_records: Records = _Nothing()


def keep(records: Records) -> None:
    """Name the records in force; registering again replaces, so that `ready` may run twice."""
    global _records  # noqa: PLW0603 - one for the process, named once at start
    _records = records


def facilities_with(past: Past, on: date) -> Q:
    """The condition on facilities, as of a day."""
    return _records.facilities_with(past, on)


def takings_of(facility: Any, reader: Any) -> Sequence[Taking]:
    """What the facility took part in, as far as the reader may know, newest first."""
    return _records.takings_of(facility, reader)
