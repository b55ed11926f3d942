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
from tieubieu.moments import transaction_time


@of_an_own_entry
def result(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Outcome, reason, decision, and what the province lets the facility see of the marks."""
    found = result_of(entry)
    if found is None:
        if entry.merged_into_id:
            return redirect("results:result", entry.merged_into_id)
        raise Http404
    certificate, window = found.certificate, window_of(entry.round, WindowKind.COMPLAINT)
    complaints = list(entry.complaints.order_by("-filed_at"))
    is_time = window is not None and window.opens_at <= transaction_time() < window.closes_at
    officer = window.officer if window and window.officer else entry.round.officer
    context = {
        "entry": entry,
        "result": found,
        "group": group_name(entry.round, entry.group),
        "window": window,
        "officer": officer,
        "complaints": complaints,
        "may_complain": is_time and not any(one.is_open for one in complaints),
        "share": share_link(certificate) if certificate and certificate.document_id else "",
    }
    return render(request, "recognition/result.html", context)
