"""Pages of one round's scoring: which round, and whether it exists for this person; what a sheet that saves itself is
answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see, person_of
from apps.judging.queries import plain
from apps.judging.services import ChangedElsewhere, ScoringOver
from apps.rounds.access import visible_rounds
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.requests import json_of


@dataclass(frozen=True)
class Written:
    """One box of a sheet as the browser sends it: `key` is None for the remark; `base` is there when it was told."""

    version: int
    value: Any
    key: str | None = None
    base: dict[str, Any] = field(default_factory=dict)


def answer_of_saving(request: HttpRequest, save: Callable[[Written], tuple[int, Decimal]]) -> JsonResponse:
    """Save one box, `{criterion, value, version, base}` or `{remark, version, base}`, and answer `{version, total}`.

    409 or 422 come with a message; 409 with `changed` and the `value` that stands when another machine wrote this box.
    """
    try:
        version, total = save(_written(json_of(request)))
    except ChangedElsewhere as other:
        there = plain(other.there) if isinstance(other.there, Decimal) else other.there
        body = {"message": other.message, "changed": True, "value": there, "version": other.version}
        return JsonResponse(body, status=other.status)
    except ScoringOver as over:
        return JsonResponse({"message": over.message, "late": True}, status=over.status)
    except (InvalidNumber, DomainError) as refused:
        return JsonResponse({"message": str(refused)}, status=getattr(refused, "status", 422))
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"message": "Dữ liệu gửi lên chưa đúng dạng; xin tải lại trang."}, status=400)
    return JsonResponse({"version": version, "total": format(total.normalize(), "f").replace(".", ",")})


def _written(asked: Any) -> Written:
    version = int(asked["version"])
    if "remark" in asked:
        return Written(version, asked["remark"], base={"base": asked["base"]} if "base" in asked else {})
    base = {"base": _mark(asked["base"])} if "base" in asked else {}
    return Written(version, _mark(asked["value"]), str(asked["criterion"]), base)


def _mark(typed: object) -> Decimal | None:
    return None if typed in (None, "") else decimal_of(typed)


def of_a_round(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """`code` becomes the round; the same 404 as for none when the person may not see it."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            round = get_object_or_404(visible_rounds(person_of(request)), code=code)
            must_see(request, permission, round)
            return view(request, round, *args, **kwargs)

        return guarded

    return door
