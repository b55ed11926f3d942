"""The people of the tenant: the list, one person, and what an administrator does with an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import visible_people
from apps.accounts.doors import officials_only, person_of
from apps.accounts.forms.people import EditOfficialForm, NewOfficialForm, PeopleFilters, Wording
from apps.accounts.models import OneTimeCode, Person
from apps.accounts.pages.ground import answer, for_who_may, told
from apps.accounts.queries import sought_people
from apps.accounts.services import add_official, change_official, deactivate, reactivate, typed_of
from apps.accounts.workbook import people_workbook
from tieubieu.errors import DomainError
from tieubieu.meanwhile import ChangedMeanwhile, other_hand
from tieubieu.moments import transaction_time
from tieubieu.spreadsheets import attachment

PAGE = 50


@officials_only("accounts.people.see")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the tenant, narrowed to what was asked for."""
    filters = PeopleFilters(request.GET)
    page = Paginator(_found(request, filters), PAGE).get_page(request.GET.get("trang"))
    context = {"filters": filters, "page": page, "may_manage": _may_manage(request)}
    return render(request, "accounts/people.html", context)


@officials_only("accounts.people.see")
def people_xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows under the same filters."""
    return attachment(people_workbook(_found(request, PeopleFilters(request.GET))), "nguoi-dung.xlsx")


@officials_only("accounts.people.see")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: details, roles, the account."""
    found = _person(request, person_id)
    code = OneTimeCode.objects.filter(person=found, expires_at__gt=transaction_time(), tries_left__gt=0).first()
    context = {"person": found, "code": code, "may_manage": _may_manage(request)}
    return render(request, "accounts/people_one.html", context)


@for_who_may("accounts.people.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    """Add an official."""
    form = NewOfficialForm(request.POST or None)
    added: list[Person] = []
    if form.is_valid() and told(form, lambda: added.append(_add(request, form))):
        messages.success(request, f"Đã thêm {added[0].full_name}. Bước tiếp theo: cấp mã một lần để đặt mật khẩu.")
        return redirect("accounts:person", added[0].pk)
    return answer(request, "accounts/people_new.html", form)


@for_who_may("accounts.people.manage")
def edit_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct the details, give and take roles; whoever saves second sees what the first changed."""
    found = _person(request, person_id)
    form = EditOfficialForm(request.POST or None, initial={**typed_of(found), "version": found.version})
    try:
        is_saved = form.is_valid() and told(form, lambda: _change(request, found, form))
    except ChangedMeanwhile as meanwhile:
        return _again(request, found, meanwhile)
    if is_saved:
        messages.success(request, f"Đã lưu thông tin của {form.cleaned_data['full_name']}.")
        return redirect("accounts:person", found.pk)
    return answer(request, "accounts/people_edit.html", form, person=found)


def _again(request: HttpRequest, found: Person, meanwhile: ChangedMeanwhile) -> HttpResponse:
    """What both typed, to be looked at and saved once more."""
    form = EditOfficialForm(initial={**meanwhile.joined, "version": meanwhile.version})
    context = {"form": form, "person": found, "other": other_hand(found, meanwhile, Wording())}
    return render(request, "accounts/people_edit.html", context, status=meanwhile.status)


VERBS = {
    "ngung": (deactivate, "Đã ngừng tài khoản của {}; nơi đang đăng nhập cũng đã bị thoát."),
    "mo-lai": (reactivate, "Đã mở lại tài khoản của {}."),
}


@require_POST
@for_who_may("accounts.people.manage")
def turn(request: HttpRequest, person_id: UUID, verb: str) -> HttpResponse:
    """Close the account, or open it again; whoever closes the own is out with it."""
    found, (act, done) = _person(request, person_id), VERBS[verb]
    try:
        act(found.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done.format(found.full_name))
    return redirect("accounts:person", found.pk)


def _found(request: HttpRequest, filters: PeopleFilters) -> QuerySet[Person]:
    found = sought_people(visible_people(person_of(request)), filters.sought)
    return found.select_related("unit").prefetch_related("grants")


def _person(request: HttpRequest, person_id: UUID) -> Person:
    return get_object_or_404(visible_people(person_of(request)).select_related("unit"), pk=person_id)


def _may_manage(request: HttpRequest) -> bool:
    return person_of(request).has_perm("accounts.people.manage")


def _add(request: HttpRequest, form: NewOfficialForm) -> Person:
    return add_official(
        form.official(), login=form.cleaned_data["login"], roles=form.roles_given(), actor=person_of(request)
    )


def _change(request: HttpRequest, found: Person, form: EditOfficialForm) -> Any:
    return change_official(
        found.pk,
        form.official(),
        roles=form.roles_given(),
        version=form.cleaned_data["version"],
        actor=person_of(request),
    )
