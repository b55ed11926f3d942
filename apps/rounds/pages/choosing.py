"""The province's own choices: drafted here, checked against the law while typing, frozen with the plan."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.rounds.forms.choosing import (
    FIELD_OF_CHOICE,
    AwardLines,
    QuotaForm,
    RulesForm,
    quota_initial,
    rules_initial,
)
from apps.rounds.models import Round
from apps.rounds.pages.ground import answer, for_who_runs_it, may_run, of_a_round, told
from apps.rounds.pages.plan import LINES_REFUSED
from apps.rounds.rules import drafted_rules, law_on, problems_of, rules_of
from apps.rounds.services import save_choices
from apps.rounds.states import Capability


@of_a_round
def rules(request: HttpRequest, round: Round) -> HttpResponse:
    """Marking and meeting: the form while drafting, the frozen rules afterwards."""
    if not may_draft(request, round):
        return render(request, "rounds/frozen.html", frozen_context(request, round))
    drafted = drafted_rules(round)
    form = RulesForm(request.POST or None, rules=drafted, initial=rules_initial(drafted, round.choices_version))
    if form.is_valid() and _is_lawful(round, form) and _save(request, round, form, form.choices()):
        messages.success(request, "Đã lưu quy định chấm và họp.")
        return redirect("setup:overview", round.code)
    return answer(request, "rounds/rules.html", {"round": round, "law": law_on(round)}, form)


@require_POST
@for_who_runs_it
def check_rules(request: HttpRequest, round: Round) -> HttpResponse:
    """What the law says of the form as it stands; nothing is saved."""
    form = RulesForm(request.POST, rules=drafted_rules(round))
    form.is_valid()
    problems = problems_of(round, form.choices())
    typed = [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    return render(request, "rounds/parts/checked.html", {"problems": [*typed, *problems.values()]})


@for_who_runs_it
def awards(request: HttpRequest, round: Round) -> HttpResponse:
    """Quotas and award tiers."""
    if not round.may(Capability.PLAN):
        return redirect("setup:rules", round.code)
    drafted = drafted_rules(round)
    quota = QuotaForm(
        request.POST or None,
        groups=drafted["groups"],
        initial=quota_initial(drafted["quota"], round.choices_version),
    )
    lines = AwardLines(
        request.POST or None, prefix="award", initial=None if request.method == "POST" else drafted["awards"]
    )
    context = {
        "round": round,
        "lines": lines,
        "refused": LINES_REFUSED if lines.is_bound and not lines.is_valid() else "",
    }
    if quota.is_valid() and lines.is_valid():
        tiers = [tier for line in lines for tier in [line.award()] if tier]
        if _save(request, round, quota, {"quota": quota.quota(), "awards": tiers}):
            messages.success(request, "Đã lưu số lượng và mức thưởng.")
            return redirect("setup:overview", round.code)
    return answer(request, "rounds/awards.html", context, quota)


def may_draft(request: HttpRequest, round: Round) -> bool:
    """Whether this person may change the choices now."""
    return round.may(Capability.PLAN) and may_run(request, round)


def frozen_context(request: HttpRequest, round: Round) -> dict[str, Any]:
    """The rules as they are frozen, or as they would be; 404 when the draft cannot be frozen at all."""
    found = rules_of(round)
    if not found:
        raise Http404
    return {"round": round, "rules": found, "is_frozen": bool(round.rules), "names": _names(found)}


def _names(found: Mapping[str, Any]) -> dict[str, Any]:
    labels = {criterion["code"]: criterion["label"] for criterion in found["criteria"]}
    groups = {group["code"]: group["name"] for group in found["groups"]}
    return {
        "tie_break": [labels[code] for code in found["tie_break"]],
        "quota": [(groups.get(code, "Tổng số"), most) for code, most in found["quota"].items()],
        "own_frames": [(groups[code], parts) for code, parts in found.get("parts_of_group", {}).items()],
    }


def _is_lawful(round: Round, form: RulesForm) -> bool:
    for name, sentence in problems_of(round, form.choices()).items():
        form.add_error(FIELD_OF_CHOICE.get(name, name), sentence)
    return not form.errors


def _save(request: HttpRequest, round: Round, form: Any, choices: Mapping[str, Any]) -> bool:
    version = form.cleaned_data["version"]
    return told(form, lambda: save_choices(round.pk, choices, version=version, actor=person_of(request)))
