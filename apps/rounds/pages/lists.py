"""The list of rounds, a new round, and who must do what by when over all rounds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.doors import must_see, person_of
from apps.rounds.access import visible_rounds
from apps.rounds.forms.starting import NewRoundForm, RoundFilters
from apps.rounds.models import Level, Round
from apps.rounds.pages.ground import answer, told
from apps.rounds.queries.areas import area_names, areas_for
from apps.rounds.queries.timeline import Duty, duties
from apps.rounds.services import plan_round
from apps.rounds.workbook import duties_workbook, rounds_workbook
from tieubieu.names import safe_name
from tieubieu.spreadsheets import attachment

PAGE = 50


@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds that this person may see, by year, level and phase."""
    filters = _filters(request)
    page = Paginator(_asked(request, filters), PAGE).get_page(request.GET.get("trang"))
    names, steps = area_names(page), {duty.round.pk: duty for duty in reversed(duties(page))}
    context = {
        "page": page,
        "rows": [(round, names.get(round.area_code, ""), steps.get(round.pk)) for round in page],
        "filters": filters,
        "is_filtered": bool(filters.chosen()),
        "may_plan": bool(person_of(request).has_perm("rounds.round.run", None)),
    }
    return render(request, "rounds/rounds.html", context)


@login_required
def rounds_xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows under the same filters, as a workbook."""
    found = list(_asked(request, _filters(request)))
    return attachment(rounds_workbook(found, area_names(found)), "ky-binh-chon.xlsx")


@login_required
def new_round(request: HttpRequest) -> HttpResponse:
    """Plan a round where this person may hold one."""
    must_see(request, "rounds.round.run", None)
    areas = areas_for(person_of(request))
    if not areas:
        raise Http404
    form = NewRoundForm(request.POST or None, areas=areas)
    if form.is_valid() and told(form, lambda: _plan(request, form)):
        messages.success(request, "Đã lập kỳ bình chọn. Bước tiếp theo: thiết lập kế hoạch.")
        return redirect("setup:overview", form.cleaned_data["code"])
    return answer(request, "rounds/new_round.html", {"areas": areas}, form)


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in officer, or for anybody in all rounds."""
    context = {"duties": _duties(request), "is_everybody": _is_everybody(request)}
    return render(request, "rounds/my_work.html", context)


@login_required
def my_work_xlsx(request: HttpRequest) -> HttpResponse:
    return attachment(duties_workbook(_duties(request)), "viec-can-lam.xlsx")


def _plan(request: HttpRequest, form: NewRoundForm) -> None:
    given = form.cleaned_data
    plan_round(
        code=given["code"],
        level=Level(given["place"].level),
        year=given["year"],
        ordinal=given["ordinal"],
        name=safe_name(given["name"]),
        area_code=given["place"].code,
        actor=person_of(request),
    )


def _filters(request: HttpRequest) -> RoundFilters:
    years = visible_rounds(person_of(request)).order_by("-year").values_list("year", flat=True).distinct()
    return RoundFilters(request.GET, years=list(years))


def _asked(request: HttpRequest, filters: RoundFilters) -> QuerySet[Round]:
    found = visible_rounds(person_of(request)).filter(**filters.chosen())
    return found.select_related("officer").prefetch_related("windows__officer")


def _is_everybody(request: HttpRequest) -> bool:
    return request.GET.get("cua") == "moi-nguoi"


def _duties(request: HttpRequest) -> list[Duty]:
    person = person_of(request)
    seen: Any = visible_rounds(person).select_related("officer").prefetch_related("windows__officer")
    found = duties(seen)
    return found if _is_everybody(request) else [duty for duty in found if duty.officer == person]
