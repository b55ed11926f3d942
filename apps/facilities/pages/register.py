"""The register as a list, and as a workbook of what the list shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.doors import officials_only, person_of
from apps.facilities.access import visible_facilities
from apps.facilities.forms.filters import FilterForm
from apps.facilities.models import FacilityYear
from apps.facilities.pages.ground import ground_of
from apps.facilities.queries import sought_facilities, with_what_decides
from apps.facilities.workbook import register_workbook
from tieubieu.spreadsheets import attachment

PAGE = 50


@officials_only("facilities.register.see")
def facilities(request: HttpRequest) -> HttpResponse:
    """What this person may see, narrowed to what was asked for."""
    person, ground = person_of(request), ground_of(request)
    filters = FilterForm(request.GET, units=ground.units)
    found = sought_facilities(visible_facilities(person), filters.sought, ground)
    page = Paginator(with_what_decides(found), PAGE).get_page(request.GET.get("trang"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [(f, ground.units.get(f.commune_code), ground.eligibility_of(f)) for f in page],
        "may": {
            verb: person.has_perm(f"facilities.{verb.replace('_', '.', 1)}")
            for verb in ("facility_register", "facility_import", "facility_merge", "village_see", "limits_see")
        },
    }
    return render(request, "facilities/register.html", context)


@officials_only("facilities.register.see")
def export(request: HttpRequest) -> HttpResponse:
    """The same rows under the same rule."""
    ground = ground_of(request)
    filters = FilterForm(request.GET, units=ground.units)
    found = sought_facilities(visible_facilities(person_of(request)), filters.sought, ground)
    rows = list(with_what_decides(found))
    years = FacilityYear.objects.filter(facility__in=found.values("pk")).order_by("year")
    latest = {row.facility_id: row for row in years}
    return attachment(register_workbook(rows, ground, latest), "co-so.xlsx")
