"""How a page of a published result asks who is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see
from apps.dossiers.models import Entry
from apps.recognition.models import Complaint
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve


def of_an_own_entry(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`entry_id` becomes the entry, for who acts for its facility and once its round is published; else it is the
    same 404 as none."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, entry_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = get_object_or_404(
            Entry.objects.select_related("round__decision", "facility", "merged_into"), pk=entry_id
        )
        must_see(request, "recognition.result.see", entry)
        return view(request, entry, *args, **kwargs)

    return guarded


def serve_paper(request: HttpRequest, complaint: Complaint, paper_id: UUID) -> HttpResponse:
    """A paper of a complaint that the caller has found for this person."""
    paper = get_object_or_404(complaint.papers, pk=paper_id)
    return serve(request, get_object_or_404(StoredFile, pk=paper.file_id))
