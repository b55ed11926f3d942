"""Writing down a facility, correcting it, and its figures: nothing typed is lost, nothing of others overwritten."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import Hat, wears
from apps.accounts.doors import must_do, officials_only, person_of
from apps.facilities.access import visible_facilities
from apps.facilities.forms.facility import ContactForm, FacilityForm
from apps.facilities.history import Wording
from apps.facilities.models import Facility
from apps.facilities.pages.facility import visible
from apps.facilities.pages.ground import ground_of, province_code_of
from apps.facilities.queries import Ground
from apps.facilities.services import register_facility, revise_facility
from apps.facilities.services.registering import typed_of
from tieubieu.errors import DomainError
from tieubieu.meanwhile import ChangedMeanwhile, other_hand


@officials_only("facilities.facility.register")
def register(request: HttpRequest) -> HttpResponse:
    """A new facility; a commune's officer writes it down for the own commune."""
    ground = ground_of(request)
    form = FacilityForm(
        request.POST or None,
        initial={"version": 1},
        units=ground.units,
        only=_only(request),
        among=visible_facilities(person_of(request)),
    )
    if request.method == "POST" and form.is_ready():
        try:
            made = register_facility(actor=person_of(request), province_code=province_code_of(request), **form.values())
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"Đã ghi {made.name} vào danh sách cơ sở.")
            return redirect("facilities:facility", made.pk)
    return _page(request, form, {"title": "Ghi cơ sở mới", "submit": "Ghi vào danh sách"})


@login_required
def edit(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """All of a facility: by the authority, or by its owner while it is only proposed."""
    found = visible(request, facility_id)
    may_mend = person_of(request).has_perm("facilities.proposal.edit", found)
    if not may_mend:
        must_do(request, "facilities.facility.edit", found)
    ground = ground_of(request)
    make = partial(FacilityForm, units=ground.units, but=found.pk, only="" if may_mend else _only(request))
    form = make(request.POST or None, initial=_initial(found))
    if request.method != "POST" or not form.is_ready():
        return _page(request, form, _editing(found))
    return _revise(request, found, form, make, ground)


@login_required
def contact(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """The part that the facility's own people keep right."""
    found = visible(request, facility_id)
    must_do(request, "facilities.contact.edit", found)
    form = ContactForm(request.POST or None, initial=_initial(found))
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, _editing(found))
    return _revise(request, found, form, ContactForm, ground_of(request))


def _revise(
    request: HttpRequest, found: Facility, form: ContactForm, make: Callable[..., ContactForm], ground: Ground
) -> HttpResponse:
    version = form.cleaned_data["version"]
    try:
        revise_facility(found.pk, form.values(), version=version, actor=person_of(request))
    except ChangedMeanwhile as meanwhile:
        other = other_hand(found, meanwhile, Wording(ground))
        form = make(initial={**meanwhile.joined, "version": meanwhile.version})
        return _page(request, form, {**_editing(found), "other": other}, status=409)
    except DomainError as refused:
        form.add_error(None, refused.message)
        return _page(request, form, _editing(found))
    messages.success(request, "Đã lưu thông tin cơ sở.")
    return redirect("facilities:facility", found.pk)


def _page(request: HttpRequest, form: Form, words: Mapping[str, object], status: int = 0) -> HttpResponse:
    context = {"form": form, **words}
    return render(request, "facilities/edit.html", context, status=status or (422 if form.is_bound else 200))


def _editing(found: Facility) -> dict[str, object]:
    return {"facility": found, "title": "Sửa thông tin cơ sở", "submit": "Lưu thông tin cơ sở"}


def _initial(found: Facility) -> dict[str, object]:
    return {**typed_of(found), "version": found.version}


def _only(request: HttpRequest) -> str:
    """The one commune of an officer who acts for a commune alone."""
    person = person_of(request)
    return "" if wears(person, None, Hat.OFFICER) else person.commune_code
