"""A person's own facilities: those they act for, those they asked for, and asking again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.facilities.models import FacilityAgent
from apps.facilities.pages.facility import visible
from apps.facilities.services.standing import propose_again
from tieubieu.errors import DomainError


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Of a facility that was only asked for, nothing but its tax code is shown."""
    agencies = FacilityAgent.objects.filter(person=person_of(request), facility__merged_into=None)
    rows = agencies.select_related("facility").order_by("facility__name_key")
    return render(request, "facilities/mine.html", {"rows": rows})


@login_required
@require_POST
def again(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """Ask once more for a facility that was refused."""
    found = visible(request, facility_id)
    must_do(request, "facilities.proposal.edit", found)
    try:
        propose_again(found.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã đề nghị duyệt lại.")
    return redirect("facilities:facility", found.pk)
