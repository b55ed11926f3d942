"""The calendar: national days to read, the province's own days to keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, officials_only, person_of
from apps.rounds.forms.windows import LocalDayForm
from apps.rounds.models import LocalDayKind
from apps.rounds.pages.ground import answer, told
from apps.rounds.queries.days import days_of_year, years_known
from apps.rounds.services import remove_local_day, set_local_day
from apps.rounds.workbook import days_workbook
from tieubieu.lib.numbers import whole_of
from tieubieu.spreadsheets import attachment
from tieubieu.ui.words import day


@officials_only("rounds.calendar.see")
def days(request: HttpRequest) -> HttpResponse:
    """The days of one year, and a form for one more."""
    may_keep = person_of(request).has_perm("rounds.calendar.keep", None)
    if request.method == "POST":
        must_do(request, "rounds.calendar.keep")
    form = LocalDayForm(request.POST or None) if may_keep else None
    if form is not None and form.is_valid() and told(form, lambda: _keep(request, form), "date"):
        messages.success(request, f"Đã ghi ngày {day(form.cleaned_data['date'])}.")
        return redirect(f"{request.path}?nam={form.cleaned_data['date'].year}")
    year = _year(request)
    context = {"year": year, "years": years_known(), "lines": days_of_year(year), "may_keep": may_keep}
    return answer(request, "rounds/days.html", context, form)


@officials_only("rounds.calendar.see")
def days_xlsx(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    return attachment(days_workbook(days_of_year(year)), f"ngay-nghi-{year}.xlsx")


def _year(request: HttpRequest) -> int:
    """The year asked for, when its days are known; else the present one."""
    asked = whole_of(request.GET.get("nam", ""))
    return asked if asked in years_known() else timezone.localdate().year


@require_POST
@officials_only("rounds.calendar.see")
def remove_day(request: HttpRequest, day_id: UUID) -> HttpResponse:
    must_do(request, "rounds.calendar.keep")
    remove_local_day(day_id, actor=person_of(request))
    messages.success(request, "Đã bỏ ngày này khỏi lịch của địa phương.")
    return redirect("setup:days")


def _keep(request: HttpRequest, form: LocalDayForm) -> None:
    given = form.cleaned_data
    set_local_day(given["date"], kind=LocalDayKind(given["kind"]), name=given["name"], actor=person_of(request))
