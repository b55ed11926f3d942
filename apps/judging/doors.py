"""Pages of one round's scoring: which round, and whether it exists for this person. And of one sheet, whichever kind of
sheet it is: what it shows beside the boxes, and what it is answered when it saves itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.accounts.doors import must_see, person_of
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.queries import filed_papers, labelled
from apps.dossiers.queries.files import with_files
from apps.judging.queries import plain
from apps.judging.services import LONGEST_REMARK, ChangedElsewhere, ScoringOver
from apps.rounds.access import visible_rounds
from apps.rounds.rules import group_name
from tieubieu.binding import current
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.requests import json_of
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve

CONTACTS = "facility"  # whom to call is the office's business, not the judge's
NOBODYS = UUID(int=0)
VARIANTS = ("", "screen", "thumb")
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Written:
    """One box of a sheet as the browser sends it: `key` is None for the remark; `base` is there when it was told."""

    version: int
    value: Any
    key: str | None = None
    base: dict[str, Any] = field(default_factory=dict)

    def put(self, sheet_id: UUID, *, mark: Callable[..., Kept], remark: Callable[..., Kept], actor: Person) -> Kept:
        """Hand it to the service that saves a mark, or to the one that saves the remark."""
        if self.key is None:
            return remark(sheet_id, self.value, version=self.version, actor=actor, **self.base)
        return mark(sheet_id, self.key, self.value, version=self.version, actor=actor, **self.base)


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


def leftovers_of(request: HttpRequest, *, page: str, saving: str, drawer: str = "") -> dict[str, str]:
    """Where this machine keeps what the person's sheets could not send, and where each is shown and sent; `page` and
    `saving` name addresses. Every kind of sheet but the first has a drawer of its own."""
    return {
        "keys_before": f"{drawer}{current().slug}:",
        "keys_after": str(person_of(request).pk),
        "sheet_page": _address(page),
        "sheet_url": _address(saving),
    }


def screen_of(request: HttpRequest, entry: Entry, sheet_id: UUID, leftovers: dict[str, str]) -> dict[str, object]:
    """What the screen of a sheet needs to save itself, and what it shows of its entry beside the boxes."""
    return {
        **leftovers,
        "sheet_key": f"{leftovers['keys_before']}{sheet_id}:{leftovers['keys_after']}",
        "sign_in_again": f"{reverse('accounts:sign_in')}?next={request.path}",
        "longest_remark": LONGEST_REMARK,
        "entry": entry,
        "group_name": group_name(entry.round, entry.group),
        "dossier": labelled(entry.dossier, without=(CONTACTS,)),
        "shelf": with_files(filed_papers(entry)),
    }


def serve_dossier_paper(request: HttpRequest, entry: Entry, paper_id: UUID) -> HttpResponse:
    """A photo or paper of an entry whose sheet the caller has found for this person; else the same 404 as none."""
    asked = request.GET.get("co", "")
    chosen = next((one for one in filed_papers(entry) if one.pk == paper_id), None)
    if chosen is None or asked not in VARIANTS:
        raise Http404
    return serve(request, get_object_or_404(StoredFile, pk=chosen.file_id), asked)


def in_groups(code: str) -> str:
    """A long code as people read it out: four signs at a time."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _address(name: str) -> str:
    """The address of any sheet, with SHEET where its id goes."""
    return reverse(name, args=[NOBODYS]).replace(str(NOBODYS), "SHEET")
