"""What can happen, declared by each room: an enum of tags, each with a sentence for people.

@register
class RoundEvent(StrEnum):
    PLANNED = "rounds.round.planned"

    @property
    def sentence(self) -> str: ...
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

E = TypeVar("E", bound=type[StrEnum])

_tags: dict[str, StrEnum] = {}


class UnknownTag(LookupError):
    """A tag that no room has registered."""


def register(tags: E) -> E:
    """Class decorator: make the enum's members recordable. Refuses a second owner of the same tag."""
    for tag in tags:
        owner = _tags.setdefault(tag.value, tag)
        if owner is not tag and type(owner).__qualname__ != tags.__qualname__:
            raise ValueError(f"the tag {tag.value} belongs to {type(owner).__qualname__}")
    return tags


def registered() -> Mapping[str, StrEnum]:
    """Every tag that may be recorded, by its value."""
    return MappingProxyType(_tags)


def sentence(tag: str) -> str:
    """The Vietnamese sentence of a recorded tag; the tag itself when its room is gone."""
    known = _tags.get(tag)
    return str(getattr(known, "sentence", "") or tag)


def require(tag: StrEnum) -> None:
    """Raise `UnknownTag` for a tag that no room registered."""
    if str(tag) not in _tags:
        raise UnknownTag(f"{tag} is not registered: decorate its enum with tieubieu.audit.tags.register")
