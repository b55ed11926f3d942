"""One-time codes: an administrator hands one out, its holder sets a new password with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.accounts.access import visible_people
from apps.accounts.doors import person_of
from apps.accounts.forms.codes import CodeForm
from apps.accounts.pages.ground import answer, for_who_may, told
from apps.accounts.services import make_code, use_code
from tieubieu.errors import DomainError
from tieubieu.throttle import TooOften, count_try

# Of one address in an hour: a whole council behind one router sets its passwords, a program does not guess.
MOST_TRIES = 30


@require_POST
@never_cache
@for_who_may("accounts.code.make")
def hand_out(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Make a code and show it in this one answer; nobody sees it again."""
    actor = person_of(request)
    person = get_object_or_404(visible_people(actor), pk=person_id)
    try:
        code = make_code(person, actor=actor)
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect("accounts:person", person.pk)
    person.refresh_from_db()
    return render(request, "accounts/people_code.html", {"person": person, "code": code})


@sensitive_post_parameters("code", "password", "again")
@never_cache
def use(request: HttpRequest) -> HttpResponse:
    """Set a new password with a code; a letter's link brings the login along."""
    form = CodeForm(request.POST or None, initial={"login": request.GET.get("ten", "")})
    if form.is_valid():
        try:
            count_try(request, "one_time_code", most=MOST_TRIES)
        except TooOften as refused:
            return _too_often(request, form, refused)
        if told(form, lambda: _use(form)):
            return render(request, "accounts/people_password_set.html", {"login": form.cleaned_data["login"]})
    return answer(request, "accounts/people_use_code.html", form)


def _too_often(request: HttpRequest, form: CodeForm, refused: TooOften) -> HttpResponse:
    form.add_error(None, refused.message)
    response = render(request, "accounts/people_use_code.html", {"form": form}, status=refused.status)
    response.headers["Retry-After"] = str(max(1, round((refused.until - timezone.now()).total_seconds())))
    return response


def _use(form: CodeForm) -> None:
    given = form.cleaned_data
    use_code(given["login"], given["code"], password=given["password"])
