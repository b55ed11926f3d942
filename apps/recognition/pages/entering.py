"""An officer enters a complaint that arrived on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.doors import must_do, person_of
from apps.judging.doors import of_a_round
from apps.recognition.forms import PaperComplaintForm
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import disputable_entries
from apps.recognition.services import enter_complaint
from apps.rounds.models import Round
from tieubieu.errors import DomainError


@of_a_round("recognition.complaint.see")
def enter(request: HttpRequest, round: Round) -> HttpResponse:
    """The form; what was typed stays when it is refused."""
    must_do(request, "recognition.complaint.handle", round)
    form = PaperComplaintForm(
        request.POST or None,
        request.FILES or None,
        criteria=round.rules["criteria"],
        entries=disputable_entries(person_of(request), round),
    )
    made = _entered(request, round, form) if request.method == "POST" else None
    if made is not None:
        messages.success(request, "Đã nhập đơn và báo cho cơ sở.")
        return redirect("publication:complaint", round.code, made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "recognition/enter_complaint.html", {"round": round, "form": form}, status=status)


def _entered(request: HttpRequest, round: Round, form: PaperComplaintForm) -> Complaint | None:
    person = person_of(request)
    if not (form.is_valid() and form.take_in(person)):
        return None
    entry = UUID(form.cleaned_data["entry"])
    try:
        return enter_complaint(round, entry, form.claim(), form.on_paper(), files=form.proven, actor=person)
    except DomainError as refused:
        place = str(refused.facts.get("field", ""))
        form.add_error(place if place in form.fields else None, refused.message)
        return None
