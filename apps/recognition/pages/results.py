"""The result page of one entry, for its facility alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.dossiers.models import Entry
from apps.recognition.doors import of_an_own_entry
from apps.recognition.pages.certificates import share_link
from apps.recognition.queries.results import result_of
from apps.rounds.models import WindowKind
from apps.rounds.queries import window_of
from apps.rounds.rules import group_name


@of_an_own_entry
def result(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Outcome, reason, decision, and what the province lets the facility see of the marks."""
    found = result_of(entry)
    if found is None:
        if entry.merged_into_id:
            return redirect("results:result", entry.merged_into_id)
        raise Http404
    certificate = found.certificate
    context = {
        "entry": entry,
        "result": found,
        "group": group_name(entry.round, entry.group),
        "window": window_of(entry.round, WindowKind.COMPLAINT),
        "officer": entry.round.officer,
        "share": share_link(certificate) if certificate and certificate.document_id else "",
    }
    return render(request, "recognition/result.html", context)
