"""The web process's answer to "are you well?": JSON, 200 or 503, naming what failed and no more.

The reason of a failure goes to the log: strangers may ask, too.
"""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tieubieu.binding import PUBLIC, bound

logger = logging.getLogger(__name__)

SECONDS = 3
# Asking for a file that is not there exercises the storage without writing.
NO_SUCH_FILE = "suc-khoe"


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Ask the database, Redis and the storage; 503 when one of them fails."""
    parts = {name: _is_well(name, ask) for name, ask in PARTS.items()}
    failed = [name for name, well in parts.items() if not well]
    words = {"status": "failed" if failed else "ok", "failed": failed}
    return JsonResponse(words, status=503 if failed else 200)


def _is_well(name: str, ask: Callable[[], object]) -> bool:
    try:
        with bound(PUBLIC):
            ask()
    except Exception:  # whatever it is, the answer is the same and the log has the rest
        logger.exception("%s does not answer", name)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
        client.ping()


def _ask_storage() -> None:
    default_storage.exists(NO_SUCH_FILE)


PARTS: dict[str, Callable[[], object]] = {
    "database": _ask_database,
    "redis": _ask_redis,
    "storage": _ask_storage,
}
