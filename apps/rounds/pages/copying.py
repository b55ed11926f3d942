"""Taking over an earlier round's set-up: first a look at what would come, then the taking."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.doors import person_of
from apps.rounds.forms.windows import TakeoverForm
from apps.rounds.models import Round, WindowKind
from apps.rounds.pages.ground import answer, for_who_runs_it, told
from apps.rounds.queries.bases import citation
from apps.rounds.queries.copying import Takeover, earlier_rounds, takeover
from apps.rounds.rules import problems_of
from apps.rounds.services import copy_setup
from apps.rounds.states import Capability


@for_who_runs_it
def copy(request: HttpRequest, round: Round) -> HttpResponse:
    """GET with a source shows what would be taken over; POST takes it."""
    if not round.may(Capability.PLAN):
        raise Http404
    is_asked = request.method == "POST" or "source" in request.GET
    form = TakeoverForm((request.POST or request.GET) if is_asked else None, rounds=earlier_rounds(round))
    context: dict[str, object] = {"round": round, "preview": None}
    if not form.is_valid():
        return answer(request, "rounds/copy.html", context, form)
    given = form.cleaned_data
    found: list[Takeover] = []
    if request.method == "POST" and told(form, lambda: _take(request, round, form)):
        messages.success(request, f"Đã chép thiết lập của {given['source'].name}; xin xem lại từng phần.")
        return redirect("setup:overview", round.code)
    if told(form, lambda: found.append(takeover(round, given["source"], given["start"]))):
        context |= _shown(round, found[0])
    return render(request, "rounds/copy.html", context | {"form": form}, status=422 if form.errors else 200)


def _take(request: HttpRequest, round: Round, form: TakeoverForm) -> None:
    given = form.cleaned_data
    copy_setup(round.pk, given["source"].pk, start=given["start"], actor=person_of(request))


def _shown(round: Round, found: Takeover) -> dict[str, object]:
    return {
        "preview": found,
        "citations": [citation(item) for item in found.bases],
        "problems": list(problems_of(round, found.choices).values()),
        "spans": [(WindowKind(kind), span, found.officers.get(kind)) for kind, span in found.spans.items()],
    }
