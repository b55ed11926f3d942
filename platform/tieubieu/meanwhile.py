"""Two people edit one thing: the second is shown who saved when and what, and loses nothing.

A thing that is edited this way counts its versions, and its log tells field by field what each version changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from tieubieu.audit.queries import events_of
from tieubieu.errors import WrongState
from tieubieu.lib.edits import Difference, differences, joined, undone


class ChangedMeanwhile(WrongState):
    """Somebody else saved since this person opened the page (HTTP 409). Nothing was overwritten.

    `differences` are the fields the other changed; `joined` is what to show for the next try, at `version`.
    """

    code = "changed_meanwhile"

    def __init__(self, found: list[Difference], joined: dict[str, object], version: int) -> None:
        super().__init__("Người khác vừa lưu thay đổi trong lúc trang này đang mở; chưa có gì bị ghi đè.")
        self.differences = found
        self.joined = joined
        self.version = version


class Words(Protocol):
    """How a page names a field and writes its value."""

    def label(self, field: str) -> str: ...

    def value(self, field: str, value: object) -> str: ...


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    theirs: str
    mine: str
    is_clash: bool


@dataclass(frozen=True)
class OtherHand:
    """Somebody else's change: told above the form that holds what both typed."""

    who: str
    at: datetime | None
    lines: list[Line]


def what_changed(
    subject: models.Model, theirs: Mapping[str, Any], mine: Mapping[str, Any], **later: object
) -> tuple[list[Difference], dict[str, object]]:
    """What others saved in the events that `later` names, and what to go on with: read from the subject's log."""
    told_changes = events_of(subject).filter(**later).values_list("facts", flat=True)
    base = undone(theirs, [facts["changes"] for facts in told_changes])
    return differences(base, theirs, mine), joined(base, theirs, mine)


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the log tells it: ids and exact numbers are text there."""
    return {name: _told(value) for name, value in values.items()}


def other_hand(subject: models.Model, meanwhile: ChangedMeanwhile, words: Words) -> OtherHand:
    """The other editor's change in the words of the page."""
    last = events_of(subject).filter(facts__has_key="changes").last()
    lines = [_line(found, words) for found in meanwhile.differences]
    return OtherHand(last.actor_name if last else "", last.happened_at if last else None, lines)


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, UUID) else value


def _line(found: Difference, words: Words) -> Line:
    before, theirs, mine = (words.value(found.field, value) for value in (found.before, found.theirs, found.mine))
    return Line(words.label(found.field), before, theirs, mine, found.is_clash)
