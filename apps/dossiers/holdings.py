"""Which certificates a facility holds, asked downwards: the room that keeps certificates stands above this one.

It registers one `Register` when it is ready; without it nobody holds anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from apps.facilities.models import Facility


@dataclass(frozen=True)
class Holding:
    """A certificate as screening needs to know it; `state` is the one shown on the day that was asked for.

    `facility_id` is the holder's, or that of the facility the holder was merged into.
    """

    number: str
    level: str
    product_name: str
    facility_id: UUID | None
    valid_until: date
    state: str
    products: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_valid(self) -> bool:
        return self.state == "valid"


class Register(Protocol):
    def held_by(self, facility: Facility, day: date) -> Sequence[Holding]:
        """The facility's certificates, with their state on the day."""

    def numbered(self, number: str, day: date) -> Holding | None:
        """The certificate of that number, whoever holds it."""


class _Empty:
    def held_by(self, facility: Facility, day: date) -> Sequence[Holding]:
        return []

    def numbered(self, number: str, day: date) -> Holding | None:
        return None


_register: Register = _Empty()


def keep(register: Register) -> None:
    """Name the register in force; registering again replaces, so that `ready` may run twice."""
    global _register  # noqa: PLW0603 - one register for the process, named once at start
    _register = register


def held_by(facility: Facility, day: date) -> Sequence[Holding]:
    """What the facility holds, newest first."""
    return _register.held_by(facility, day)


def numbered(number: str, day: date) -> Holding | None:
    """The certificate of that number, or None when this unit has issued none."""
    return _register.numbered(number.strip(), day) if number.strip() else None
