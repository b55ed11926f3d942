"""What the pages share: how a refusal is told, and a form that keeps what was typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.doors import must_do, officials_only
from tieubieu.errors import DomainError
from tieubieu.meanwhile import ChangedMeanwhile


def told(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do it; a rule in the way stands beside the field it names. True when it was done.

    `ChangedMeanwhile` is let through: it is answered with another form.
    """
    try:
        act()
    except ChangedMeanwhile:
        raise
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, refused.message)
    return not form.errors


def answer(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The page with its form: 422 when what was typed could not be used, and it is still there."""
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)


def for_who_may(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of somebody who may see the people: 404 for whoever may not, 403 without this permission."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @officials_only("accounts.people.see")
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            must_do(request, permission)
            return view(request, *args, **kwargs)

        return guarded

    return door
