"""How a page of a dossier asks who is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see, person_of
from apps.accounts.models import Person
from apps.dossiers.models import Entry, Paper
from apps.facilities.models import Facility

FILL, ASSIST, READ, CONFIRM = (f"dossiers.entry.{verb}" for verb in ("fill", "assist", "read", "confirm"))


def whole_entries() -> Any:
    """Entries with everything a page of one dossier asks for."""
    return Entry.objects.select_related("round", "facility", "dossier__form", "begun_by")


def may_fill(person: Person, subject: Entry | Facility) -> bool:
    """Whether the person types here: for a facility of theirs, or as an official who helps."""
    return person.has_perm(FILL, subject) or person.has_perm(ASSIST, subject)


def filler_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of one dossier for those who fill it; to everybody else it does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, entry_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = get_object_or_404(whole_entries(), pk=entry_id)
        if not may_fill(person_of(request), entry):
            raise Http404
        return view(request, entry, *args, **kwargs)

    return guarded


def facility_to_fill(request: HttpRequest, facility_id: UUID) -> Facility:
    """The facility for whoever may begin a dossier for it; to everybody else it does not exist."""
    facility = get_object_or_404(Facility, pk=facility_id, merged_into__isnull=True)
    if not may_fill(person_of(request), facility):
        raise Http404
    return facility


def paper_to_see(request: HttpRequest, entry_id: UUID, paper_id: UUID) -> Paper:
    """A paper for those who fill its dossier and those who read it once it is filed."""
    paper = get_object_or_404(
        Paper.objects.select_related("entry__facility", "entry__round"), pk=paper_id, entry=entry_id
    )
    if not may_fill(person_of(request), paper.entry):
        must_see(request, READ, paper.entry)
        if paper.is_held:
            raise Http404  # not filed yet
    return paper
