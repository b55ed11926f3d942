"""An official helps a facility: chooses it, then fills and files as the facility would, and is named for it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.doors import must_see, person_of
from apps.dossiers.access import assisted_entries
from apps.dossiers.queries.home import rounds_to_enter, shown_entries
from apps.facilities.access import visible_facilities
from apps.facilities.queries import facilities_with_words

PAGE = 20


@login_required
def assist(request: HttpRequest) -> HttpResponse:
    """Facilities to help, by name or tax code, and the dossiers that were begun as help."""
    person = person_of(request)
    must_see(request, "dossiers.entry.assist", None)
    words = request.GET.get("tim", "").strip()[:100]
    found = facilities_with_words(visible_facilities(person).filter(merged_into__isnull=True), words)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    open_rounds = [one for one in rounds_to_enter(list(page.object_list)) if one.is_open] if words else []
    context = {
        "words": words,
        "page": page if words else None,
        "rows": [
            (facility, [one.round for one in open_rounds if facility in one.facilities])
            for facility in page.object_list
        ]
        if words
        else [],
        "begun": shown_entries(assisted_entries(person))[:50],
    }
    return render(request, "dossiers/assist.html", context)
