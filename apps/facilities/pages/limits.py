"""The limits of a company's size: what holds today, what was written, and writing others."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, officials_only, person_of
from apps.facilities.forms.limits import LimitsForm
from apps.facilities.models import SizeLimits
from apps.facilities.queries import law_here
from apps.facilities.services.limits import withdraw_limits, write_limits
from apps.facilities.workbook import limits_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

KEEP = "facilities.limits.keep"


@officials_only("facilities.limits.see")
def limits(request: HttpRequest) -> HttpResponse:
    """The limits of today with their basis, and everything that was written here."""
    context = {
        "measure": law_here(timezone.localdate()).get("company_size"),
        "rows": SizeLimits.objects.select_related("written_by"),
        "may_keep": person_of(request).has_perm(KEEP),
    }
    return render(request, "facilities/limits.html", context)


@officials_only("facilities.limits.see")
def export_limits(request: HttpRequest) -> HttpResponse:
    return attachment(limits_workbook(SizeLimits.objects.select_related("written_by")), "muc-quy-mo.xlsx")


@officials_only("facilities.limits.see")
def write(request: HttpRequest) -> HttpResponse:
    """Others, beginning with what holds today."""
    must_do(request, KEEP)
    measure = _measure_of_today()
    form = LimitsForm(request.POST or None, sizes=measure["sizes"], initial={"basis": measure["article"]})
    if form.is_bound and form.is_valid() and _written(request, form):
        messages.success(request, "Đã ghi mức quy mô doanh nghiệp.")
        return redirect("facilities:limits")
    return render(request, "facilities/limits_write.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@officials_only("facilities.limits.see")
def withdraw(request: HttpRequest, limits_id: UUID) -> HttpResponse:
    must_do(request, KEEP)
    withdraw_limits(get_object_or_404(SizeLimits, pk=limits_id).pk, actor=person_of(request))
    messages.success(request, "Đã thôi dùng mức này; mức ghi trước đó, hoặc mức mẫu, được áp dụng lại.")
    return redirect("facilities:limits")


def _measure_of_today() -> Mapping[str, Any]:
    """What the law of today measures companies by; there is nothing to write where it measures none."""
    measure: Mapping[str, Any] | None = law_here(timezone.localdate()).get("company_size")
    if measure is None:
        raise Http404
    return measure


def _written(request: HttpRequest, form: LimitsForm) -> bool:
    given = form.cleaned_data
    try:
        write_limits(
            form.period(),
            form.typed(),
            basis=given["basis"],
            is_compared=given["is_compared"],
            actor=person_of(request),
        )
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, refused.message)
    return not form.errors
