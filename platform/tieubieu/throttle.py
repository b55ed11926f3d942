"""How often one place may try, per tenant: counted in the cache, whose keys carry the tenant."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from tieubieu.errors import DomainError
from tieubieu.requests import client_address
from tieubieu.ui.words import moment

HOUR = timedelta(hours=1)


class TooOften(DomainError):
    """Too many tries from one place (HTTP 429); `until` is when the next one is let in."""

    status = 429
    code = "too_often"

    def __init__(self, until: datetime) -> None:
        told = moment(timezone.localtime(until))
        super().__init__(
            f"Đã thử nhiều lần từ nơi này. Xin thử lại sau {told}, hoặc liên hệ Sở Công Thương.",
            until=until.isoformat(),
        )
        self.until = until


def count_try(request: HttpRequest, what: str, *, most: int) -> None:
    """Count one try of this visitor's address; raises `TooOften` past `most` in an hour.

    Generous, for many people of one mobile operator share an address.
    """
    key = f"throttle:{what}:{client_address(request)}"
    until = cache.get_or_set(f"{key}:until", lambda: timezone.now() + HOUR, timeout=HOUR.seconds) or timezone.now()
    cache.add(key, 0, timeout=HOUR.seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # the hour ended between the two
        return
    if tries > most:
        raise TooOften(until)
