"""How often one place may try, per tenant: counted in the cache, whose keys carry the tenant."""

from django.core.cache import cache
from django.http import HttpRequest

from tieubieu.errors import DomainError
from tieubieu.requests import client_address

HOUR = 60 * 60


class TooOften(DomainError):
    """Too many tries from one place (HTTP 429)."""

    status = 429
    code = "too_often"


def count_try(request: HttpRequest, what: str, *, most: int) -> None:
    """Count one try of this visitor's address; raises `TooOften` past `most` in an hour.

    Generous, for many people of one mobile operator share an address.
    """
    key = f"throttle:{what}:{client_address(request)}"
    cache.add(key, 0, timeout=HOUR)
    try:
        tries = cache.incr(key)
    except ValueError:  # the hour ended between the two
        return
    if tries > most:
        raise TooOften("Đã thử nhiều lần từ nơi này. Xin chờ một giờ rồi thử lại, hoặc liên hệ Sở Công Thương.")
