"""The plan's document and its legal bases."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from apps.accounts.doors import must_do, person_of
from apps.rounds.forms.plan import BasisLines, PlanForm
from apps.rounds.models import Round
from apps.rounds.pages.ground import answer, for_who_runs_it, may_run, of_a_round, told
from apps.rounds.queries.bases import bases_of, citation
from apps.rounds.rules import law_on
from apps.rounds.services import save_bases, write_plan
from apps.rounds.states import Capability
from tenants.gateways import describe
from tieubieu.binding import current
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import whole_of
from tieubieu.uploads.kinds import PAPERS
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import take_in
from tieubieu.uploads.serving import serve

LINES_REFUSED = "Có dòng chưa dùng được; lời nhắc đứng ở từng dòng. Những gì vừa nhập vẫn còn."


@of_a_round
def plan(request: HttpRequest, round: Round) -> HttpResponse:
    """The plan's number, date, authority and signed file; shown only, once it is approved."""
    may_write = may_run(request, round) and round.may(Capability.PLAN)
    if request.method == "POST":
        must_do(request, "rounds.round.run", round)
    form = PlanForm(request.POST or None, request.FILES or None, initial=_initial(round)) if may_write else None
    if form is not None and form.is_valid() and _write(request, round, form):
        messages.success(request, "Đã ghi văn bản kế hoạch.")
        return redirect("setup:overview", round.code)
    context = {"round": round, "file": _file(round), "law": law_on(round), "may_write": may_write}
    return answer(request, "rounds/plan.html", context, form)


@of_a_round
def plan_file(request: HttpRequest, round: Round) -> HttpResponse:
    """The signed file, to whoever may see the set-up."""
    return serve(request, get_object_or_404(StoredFile, pk=round.plan_file_id))


@of_a_round
def bases(request: HttpRequest, round: Round) -> HttpResponse:
    """The list of legal bases: as cited, its versions, and the way to change it."""
    found = bases_of(round)
    shown = round.rules.get("bases", found.items) if round.rules else found.items
    context = {
        "round": round,
        "bases": found,
        "citations": [citation(item) for item in shown],
        "may_write": may_run(request, round) and round.may(Capability.PLAN),
    }
    return render(request, "rounds/bases.html", context)


@for_who_runs_it
def edit_bases(request: HttpRequest, round: Round) -> HttpResponse:
    """Change the list; more empty lines come with every saving or on demand."""
    if not round.may(Capability.PLAN):
        raise Http404
    found = bases_of(round)
    lines = BasisLines(request.POST or None, initial=None if request.method == "POST" else _typed(found.items))
    context: dict[str, Any] = {"round": round, "lines": lines, "number": found.number, "refused": ""}
    if request.method != "POST":
        return render(request, "rounds/edit_bases.html", context)
    context["number"] = request.POST.get("number", "")
    if lines.is_valid():
        items = [item for line in lines for item in [line.item()] if item]
        try:
            save_bases(round.pk, items, number=_whole(context["number"]), actor=person_of(request))
        except DomainError as refused:
            context["refused"] = refused.message
        else:
            messages.success(request, f"Đã lưu danh sách căn cứ: {len(items)} văn bản.")
            return redirect("setup:bases", round.code)
    else:
        context["refused"] = LINES_REFUSED
    return render(request, "rounds/edit_bases.html", context, status=422)


def _write(request: HttpRequest, round: Round, form: PlanForm) -> bool:
    given, person = form.cleaned_data, person_of(request)
    kept: list[StoredFile] = []
    if given["file"] is not None and not told(
        form, lambda: kept.append(take_in(given["file"], actor=person, kinds=PAPERS)), "file"
    ):
        return False
    return told(
        form,
        lambda: write_plan(
            round.pk,
            number=given["number"],
            issued_on=given["issued_on"],
            authority=given["authority"],
            file_id=kept[0].pk if kept else None,
            actor=person,
        ),
    )


def _initial(round: Round) -> dict[str, Any]:
    authority = round.plan_authority or describe(current()).people_committee
    return {"number": round.plan_number, "issued_on": round.plan_on, "authority": authority}


def _file(round: Round) -> StoredFile | None:
    return StoredFile.objects.filter(pk=round.plan_file_id).first() if round.plan_file_id else None


def _typed(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kept lines as the form shows them: dates as dates."""
    days = ("issued_on", "effective_from")
    return [{**item, **{name: date.fromisoformat(item[name]) for name in days if item.get(name)}} for item in items]


def _whole(text: object) -> int:
    found = whole_of(str(text))
    return -1 if found is None else found
