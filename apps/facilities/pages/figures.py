"""The yearly figures of a facility, entered one year at a time."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.doors import must_do, person_of
from apps.facilities.forms.figures import FiguresForm, YearForm
from apps.facilities.history import Wording
from apps.facilities.models import Facility, FacilityYear
from apps.facilities.pages.facility import visible
from apps.facilities.pages.ground import ground_of
from apps.facilities.services.figures import enter_figures, figures_of
from tieubieu.errors import DomainError
from tieubieu.meanwhile import ChangedMeanwhile, OtherHand, other_hand


@login_required
def choose_year(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """Which year: then its own page."""
    found = visible(request, facility_id)
    must_do(request, "facilities.figures.enter", found)
    form = YearForm(request.GET if "nam" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("facilities:figures", found.pk, form.cleaned_data["nam"])
    return render(request, "facilities/choose_year.html", {"facility": found, "form": form})


@login_required
def figures(request: HttpRequest, facility_id: UUID, year: int) -> HttpResponse:
    """One year's figures, new or to be corrected."""
    found = visible(request, facility_id)
    must_do(request, "facilities.figures.enter", found)
    if year not in {choice for choice, _ in YearForm().fields["nam"].choices}:  # type: ignore[attr-defined]
        raise Http404
    row = FacilityYear.objects.filter(facility=found, year=year).first()
    form = FiguresForm(request.POST or None, initial={**figures_of(row), "version": row.version if row else 0})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, year, form)
    return _enter(request, found, year, form)


def _enter(request: HttpRequest, found: Facility, year: int, form: FiguresForm) -> HttpResponse:
    try:
        enter_figures(found.pk, year, form.figures(), version=form.cleaned_data["version"], actor=person_of(request))
    except ChangedMeanwhile as meanwhile:
        other = other_hand(found, meanwhile, Wording(ground_of(request)))
        again = FiguresForm(initial={**_typed_again(meanwhile.joined), "version": meanwhile.version})
        return _page(request, found, year, again, other)
    except DomainError as refused:
        form.add_error(None, refused.message)
        return _page(request, found, year, form)
    messages.success(request, f"Đã lưu số liệu năm {year}.")
    return redirect("facilities:facility", found.pk)


def _typed_again(values: dict[str, object]) -> dict[str, object]:
    """The log's exact numbers, as people type them."""
    return {name: value.replace(".", ",") if isinstance(value, str) else value for name, value in values.items()}


def _page(
    request: HttpRequest, found: Facility, year: int, form: FiguresForm, other: OtherHand | None = None
) -> HttpResponse:
    status = 409 if other else 422 if form.is_bound else 200
    context = {"facility": found, "year": year, "form": form, "other": other}
    return render(request, "facilities/figures.html", context, status=status)
