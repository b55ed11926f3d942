"""What every page knows about the place it is on."""

from typing import Any

from django.http import HttpRequest


def place(request: HttpRequest) -> dict[str, Any]:
    """`place`: the tenant of this host (`place.name`, `place.authority`), or None on the public host."""
    return {"place": getattr(request, "tenant", None)}
