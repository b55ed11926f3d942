"""How the score sheets of a round will be handed out, and the expertise of its judges."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts.doors import must_do, person_of
from apps.rounds.forms.handing import HandingForm
from apps.rounds.models import Body, Handing, Round
from apps.rounds.pages.ground import answer, may_run, of_a_round, told
from apps.rounds.queries.handing import expertise_in_words, product_groups
from apps.rounds.services import choose_handing
from apps.rounds.states import Capability


@of_a_round
def handing(request: HttpRequest, round: Round) -> HttpResponse:
    """Choose between the whole panel and a balanced assignment; shown only, once scoring began."""
    may_write = may_run(request, round) and round.may(Capability.APPOINT)
    if request.method == "POST":
        must_do(request, "rounds.round.run", round)
    initial = {
        "handing": round.handing,
        "judges_per_entry": round.judges_per_entry,
        "by_expertise": round.by_expertise,
    }
    form = HandingForm(request.POST or None, initial=initial) if may_write else None
    if form is not None and form.is_valid() and told(form, lambda: _choose(request, round, form), "judges_per_entry"):
        messages.success(request, "Đã ghi cách giao phiếu chấm.")
        return redirect("setup:overview", round.code)
    names = product_groups(round)
    judges = round.appointments.filter(body=Body.PANEL).select_related("person")
    context = {
        "round": round,
        "judges": [(seat, expertise_in_words(seat, names)) for seat in judges],
        "may_write": may_write,
    }
    return answer(request, "rounds/handing.html", context, form)


def _choose(request: HttpRequest, round: Round, form: HandingForm) -> None:
    given = form.cleaned_data
    choose_handing(
        round.pk,
        handing=Handing(given["handing"]),
        judges_per_entry=given["judges_per_entry"],
        by_expertise=given["by_expertise"],
        actor=person_of(request),
    )
