"""Where one can go. Rooms register their places; a page shows those that exist on this host for this person.

A person of a few places sees them in a row. Whoever has more sees them under a few headings: on a desk the headings in
a row and the current heading's places below, on a phone one menu. Places with a number always stand in the open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

FEW = 5


def anyone(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Place:
    """`url_name` without arguments; `order` places it; `shown` says to whom. Showing is courtesy, not permission.

    `shown` is asked on every page: it may ask what is read once for a person (their roles, appointments, facilities),
    nothing more. `group` is the heading that the place stands under when there are many. `count` names an address that
    answers with a number to stand beside the label (or 204): the page itself does not wait for it and asks the
    database nothing for it.
    """

    label: str
    url_name: str
    order: int = 50
    shown: Callable[[HttpRequest], bool] = anyone
    count: str = ""
    group: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    count_url: str = ""
    group: str = ""


@dataclass(frozen=True)
class Group:
    """Places under one heading, which leads to the first; a place that stands alone is its own heading."""

    label: str
    links: tuple[Link, ...]

    @property
    def url(self) -> str:
        return self.links[0].url

    @property
    def is_current(self) -> bool:
        return any(link.is_current for link in self.links)

    @property
    def is_alone(self) -> bool:
        return len(self.links) == 1


_PLACES: dict[str, Place] = {}


def register(*places: Place) -> None:
    """Add places, one per `url_name`; registering again replaces, so that `ready` may run twice."""
    _PLACES.update({place.url_name: place for place in places})


def places() -> list[Place]:
    """Every place of every host, in order."""
    return sorted(_PLACES.values(), key=lambda place: place.order)


def links(request: HttpRequest) -> list[Link]:
    """The places of this host that this person is shown, in order."""
    found = [(place, url_of(place)) for place in places()]
    shown = [(place, url) for place, url in found if url is not None and place.shown(request)]
    # Of two places one inside the other, one is in the inner.
    here = max((url for _, url in shown if is_within(request.path, url)), key=len, default="")
    return [
        Link(place.label, url, url == here, reverse(place.count) if place.count else "", place.group)
        for place, url in shown
    ]


def grouped(links: list[Link]) -> list[Group]:
    """The links under their headings, a heading where its first place would stand."""
    together: dict[str, list[Link]] = {}
    for link in links:
        together.setdefault(link.group or link.url, []).append(link)
    return [Group(first.group if others else first.label, (first, *others)) for first, *others in together.values()]


def menu(links: list[Link]) -> dict[str, object]:
    """What a page shows of them: `groups` only where they are many, `here` the group of the place where one is."""
    counted = [link for link in links if link.count_url]
    quiet = [link for link in links if not link.count_url]
    groups = grouped(quiet) if len(links) > FEW else []
    here = next((group for group in groups if group.is_current and not group.is_alone), None)
    at = next((link for link in quiet if link.is_current), None)
    return {"links": quiet, "counted": counted, "groups": groups, "here": here, "at": at}


def url_of(place: Place) -> str | None:
    """The place's address, or None on a host that does not have it."""
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return None


def is_within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
