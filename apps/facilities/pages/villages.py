"""The list of recognised craft villages, kept by an officer."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from apps.accounts.doors import officials_only, person_of
from apps.facilities.forms.village import VillageForm
from apps.facilities.models import CraftVillage
from apps.facilities.pages.ground import ground_of
from apps.facilities.services.villages import TYPED, list_village, revise_village
from apps.facilities.workbook import villages_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment


@officials_only("facilities.village.see")
def villages(request: HttpRequest) -> HttpResponse:
    units, today = ground_of(request).units, timezone.localdate()
    found = CraftVillage.objects.annotate(facility_count=Count("facilities"))
    context = {
        "rows": [(village, units.get(village.commune_code), village.is_recognised(today)) for village in found],
        "may_keep": person_of(request).has_perm("facilities.village.keep"),
    }
    return render(request, "facilities/villages.html", context)


@officials_only("facilities.village.see")
def export_villages(request: HttpRequest) -> HttpResponse:
    return attachment(villages_workbook(CraftVillage.objects.all(), ground_of(request)), "lang-nghe.xlsx")


@officials_only("facilities.village.keep")
def list_one(request: HttpRequest) -> HttpResponse:
    """A newly recognised village."""
    return _keep(request, None)


@officials_only("facilities.village.keep")
def revise_one(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """A correction, or the day from which a village is no longer recognised."""
    return _keep(request, get_object_or_404(CraftVillage, pk=village_id))


def _keep(request: HttpRequest, village: CraftVillage | None) -> HttpResponse:
    initial = {name: getattr(village, name) for name in TYPED} if village else {}
    form = VillageForm(request.POST or None, initial=initial, units=ground_of(request).units)
    if form.is_bound and form.is_valid():
        try:
            kept = _store(village, form.cleaned_data, request)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"Đã lưu {kept.name} trong danh sách làng nghề.")
            return redirect("facilities:villages")
    context = {"form": form, "village": village}
    return render(request, "facilities/village.html", context, status=422 if form.is_bound else 200)


def _store(village: CraftVillage | None, values: dict[str, object], request: HttpRequest) -> CraftVillage:
    actor = person_of(request)
    return revise_village(village.pk, values, actor=actor) if village else list_village(values, actor=actor)
