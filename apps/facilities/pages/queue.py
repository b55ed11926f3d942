"""What waits for a word: facilities that proposed themselves, people who ask to act for one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import Hat, wears
from apps.accounts.doors import must_do, must_see, officials_only, person_of
from apps.accounts.models import Person
from apps.facilities.access import visible_facilities
from apps.facilities.models import Facility, FacilityAgent
from apps.facilities.pages.facility import told_on_page
from apps.facilities.pages.ground import ground_of
from apps.facilities.services.agents import approve_agent, refuse_agent
from apps.facilities.services.standing import approve_facility, refuse_facility
from apps.facilities.states import Standing
from apps.facilities.workbook import waiting_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

MOST = 200


@officials_only("facilities.facility.approve")
def queue(request: HttpRequest) -> HttpResponse:
    """The oldest first; a commune's officer has the commune's own."""
    proposed, asking = _waiting(person_of(request))
    units = ground_of(request).units
    context = {
        "proposed": [(facility, units.get(facility.commune_code)) for facility in proposed[:MOST]],
        "asking": asking[:MOST],
    }
    return render(request, "facilities/queue.html", context)


@officials_only("facilities.facility.approve")
def export_queue(request: HttpRequest) -> HttpResponse:
    """The same under the same rule, all of it."""
    proposed, asking = _waiting(person_of(request))
    return attachment(waiting_workbook(proposed, asking, ground_of(request)), "cho-duyet.xlsx")


@officials_only("facilities.facility.approve")
@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """The ticked ones, each on its own: one that cannot be stops no other."""
    person, among = person_of(request), visible_facilities(person_of(request))
    facilities = among.filter(pk__in=_ids(request, "facility")).values_list("pk", flat=True)
    agents = FacilityAgent.objects.filter(pk__in=_ids(request, "agent"), facility__in=among)
    done, left = _each(list(facilities), approve_facility, person)
    more, also = _each(list(agents.values_list("pk", flat=True)), approve_agent, person)
    if done + more:
        messages.success(request, f"Đã duyệt {done + more} đề nghị.")
    elif not left + also:
        messages.warning(request, "Chưa chọn đề nghị nào.")
    for words in left + also:
        messages.error(request, words)
    return redirect("facilities:queue")


@login_required
@require_POST
def decide_facility(request: HttpRequest, facility_id: UUID, verb: str) -> HttpResponse:
    found = get_object_or_404(Facility, pk=facility_id)
    must_see(request, "facilities.facility.see", found)
    must_do(request, "facilities.facility.approve", found)
    person = person_of(request)
    acts: dict[str, Callable[[], object]] = {
        "duyet": lambda: approve_facility(found.pk, actor=person),
        "tu-choi": lambda: refuse_facility(found.pk, reason=request.POST.get("reason", ""), actor=person),
    }
    return _decide(request, acts, verb, found)


@login_required
@require_POST
def decide_agent(request: HttpRequest, agent_id: UUID, verb: str) -> HttpResponse:
    """By the authority, or by the facility's owner; nobody decides about themselves."""
    found = get_object_or_404(FacilityAgent.objects.select_related("facility"), pk=agent_id)
    must_see(request, "facilities.facility.see", found.facility)
    must_do(request, "facilities.agent.approve", found)
    person = person_of(request)
    if found.person_id == person.pk and not wears(person, found, Hat.OFFICER):
        raise Http404
    acts: dict[str, Callable[[], object]] = {
        "duyet": lambda: approve_agent(found.pk, actor=person),
        "tu-choi": lambda: refuse_agent(found.pk, reason=request.POST.get("reason", ""), actor=person),
    }
    return _decide(request, acts, verb, found.facility)


def _waiting(person: Person) -> tuple[QuerySet[Facility], QuerySet[FacilityAgent]]:
    among = visible_facilities(person)
    asking = FacilityAgent.objects.filter(facility__in=among, approved_at=None, refused_at=None)
    asking = asking.exclude(facility__standing=Standing.MERGED).select_related("facility", "person")
    return among.filter(standing=Standing.PROPOSED).order_by("created_at", "id"), asking.order_by("asked_at", "id")


def _decide(request: HttpRequest, acts: dict[str, Callable[[], object]], verb: str, facility: Facility) -> HttpResponse:
    if verb not in acts:
        raise Http404
    try:
        acts[verb]()
    except DomainError as refused:
        return told_on_page(request, facility, refused)
    messages.success(request, "Đã ghi nhận và báo cho người đề nghị.")
    return redirect("facilities:facility", facility.pk)


def _each(ids: list[UUID], act: Callable[..., object], actor: Person) -> tuple[int, list[str]]:
    done, left = 0, []
    for one in ids:
        try:
            act(one, actor=actor)
            done += 1
        except DomainError as refused:
            left.append(refused.message)
    return done, left


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    found = []
    for text in request.POST.getlist(name)[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
