"""The units of the tenant."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from apps.accounts.doors import officials_only, person_of
from apps.accounts.forms.units import UnitForm
from apps.accounts.models import OrganisationalUnit
from apps.accounts.pages.ground import answer, for_who_may, told
from apps.accounts.queries import communes, units_with_counts
from apps.accounts.services import add_unit, change_unit
from apps.accounts.workbook import units_workbook
from tieubieu.pages import words_asked
from tieubieu.spreadsheets import attachment


@officials_only("accounts.people.see")
def units(request: HttpRequest) -> HttpResponse:
    """Every unit with its commune and the number of its people."""
    places, words = communes(), words_asked(request)
    context = {
        "words": words,
        "rows": [(unit, places.get(unit.commune_code), used) for unit, used in units_with_counts(words)],
        "may_manage": person_of(request).has_perm("accounts.units.manage"),
    }
    return render(request, "accounts/people_units.html", context)


@officials_only("accounts.people.see")
def units_xlsx(request: HttpRequest) -> HttpResponse:
    return attachment(units_workbook(units_with_counts(words_asked(request)), communes()), "don-vi.xlsx")


@for_who_may("accounts.units.manage")
def new_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None, communes=communes())
    if form.is_valid() and told(form, lambda: add_unit(**form.cleaned_data, actor=person_of(request))):
        messages.success(request, f"Đã thêm đơn vị {form.cleaned_data['name']}.")
        return redirect("accounts:units")
    return answer(request, "accounts/people_unit.html", form, unit=None)


@for_who_may("accounts.units.manage")
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit or say of which commune it is."""
    found = get_object_or_404(OrganisationalUnit, pk=unit_id)
    known = {"name": found.name, "commune_code": found.commune_code}
    form = UnitForm(request.POST or None, communes=communes(), initial=known)
    if form.is_valid() and told(form, lambda: change_unit(found.pk, **form.cleaned_data, actor=person_of(request))):
        messages.success(request, f"Đã lưu đơn vị {form.cleaned_data['name']}.")
        return redirect("accounts:units")
    return answer(request, "accounts/people_unit.html", form, unit=found)
