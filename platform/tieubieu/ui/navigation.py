"""Where one can go. Rooms register their places; a page shows those that exist on this host for this person."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def anyone(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Place:
    """`url_name` without arguments; `order` places it; `shown` says to whom. Showing is courtesy, not permission.

    `count` names an address that answers with a number to stand beside the label (or 204): the page itself does not
    wait for it and asks the database nothing for it.
    """

    label: str
    url_name: str
    order: int = 50
    shown: Callable[[HttpRequest], bool] = anyone
    count: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    count_url: str = ""


_PLACES: dict[str, Place] = {}


def register(*places: Place) -> None:
    """Add places, one per `url_name`; registering again replaces, so that `ready` may run twice."""
    _PLACES.update({place.url_name: place for place in places})


def links(request: HttpRequest) -> list[Link]:
    """The places of this host that this person is shown, in order."""
    found = [(place, url_of(place)) for place in sorted(_PLACES.values(), key=lambda place: place.order)]
    shown = [(place, url) for place, url in found if url is not None and place.shown(request)]
    # Of two places one inside the other, one is in the inner.
    here = max((url for _, url in shown if is_within(request.path, url)), key=len, default="")
    return [Link(place.label, url, url == here, reverse(place.count) if place.count else "") for place, url in shown]


def url_of(place: Place) -> str | None:
    """The place's address, or None on a host that does not have it."""
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return None


def is_within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
