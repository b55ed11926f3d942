"""What the pages of a round share: which round, who may work on it, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.accounts.doors import must_do, must_see, person_of
from apps.rounds.access import visible_rounds
from apps.rounds.models import Round
from apps.rounds.states import is_filing_reopenable
from tieubieu.errors import DomainError


def of_a_round(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of one round's set-up: `code` becomes the round; 404 for whoever may not see set-ups."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rounds = visible_rounds(person_of(request)).select_related("officer")
        round = get_object_or_404(rounds, code=code)
        must_see(request, "rounds.setup.see", round)
        return view(request, round, *args, **kwargs)

    return guarded


def for_who_runs_it(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same, and 403 for whoever may see the round but not run it."""

    @of_a_round
    @wraps(view)
    def guarded(request: HttpRequest, round: Round, *args: Any, **kwargs: Any) -> HttpResponse:
        must_do(request, "rounds.round.run", round)
        return view(request, round, *args, **kwargs)

    return guarded


def may_run(request: HttpRequest, round: Round) -> bool:
    return person_of(request).has_perm("rounds.round.run", round)


def may_reopen(request: HttpRequest, round: Round) -> bool:
    """Whether filing was closed, can be opened again, and this person may do so."""
    return is_filing_reopenable(round.phase) and person_of(request).has_perm("rounds.filing.reopen", round)


def told(form: forms.BaseForm, act: Callable[[], object], field: str | None = None) -> bool:
    """Do it; a rule in the way stands in the form beside what was typed. True when it was done."""
    try:
        act()
    except DomainError as refused:
        form.add_error(field, refused.message)
    return not form.errors


def answer(request: HttpRequest, template: str, context: dict[str, Any], form: forms.BaseForm | None) -> HttpResponse:
    """The page with its form: 422 when what was typed could not be used, and it is still there."""
    is_refused = form is not None and form.is_bound
    return render(request, template, context | {"form": form}, status=422 if is_refused else 200)
