"""A member's own pages: where they are not free, and what they say of themselves. Made for a phone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.judging.access import declared_by, own_seats
from apps.judging.forms import AddressForm, AffiliationForm, DeclareForm
from apps.judging.models import Affiliation, AffiliationKind, ConflictKind, MemberProfile
from apps.judging.queries.conflicts import rounds_at_stake
from apps.judging.services import declare_conflict
from apps.judging.services.profiles import add_affiliation, remove_affiliation, set_home_address
from apps.rounds.models import Round
from tieubieu.errors import DomainError
from tieubieu.lib.text import fold

MOST = 100


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The rounds in which the person sits, and what they declared there. What was found about them is not here."""
    person = person_of(request)
    _must_sit(request)
    context = {
        "rounds": rounds_at_stake().filter(pk__in=own_seats(person).values("round")),
        "declared": declared_by(person).order_by("-made_at", "id"),
        "ties": person.affiliations.count(),
    }
    return render(request, "judging/interests.html", context)


@login_required
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Every facility that ever filed in the round, whatever became of its dossiers: the list tells nothing of them,
    and it is the same for everybody who sits in the round."""
    round = _round(request, code)
    words = " ".join(request.GET.get("q", "").split())[:100]
    found = _filing_facilities(round, words)
    context = {"round": round, "words": words, "facilities": found[:MOST], "most": MOST, "count": found.count()}
    return render(request, "judging/choose_facility.html", context)


@login_required
def declare(request: HttpRequest, code: str, facility_id: UUID) -> HttpResponse:
    round = _round(request, code)
    facility = get_object_or_404(_filing_facilities(round, ""), pk=facility_id)
    entry = _entry(request, round, facility)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_conflict(
                round.pk,
                facility_id=facility.pk,
                entry_id=entry.pk if entry else None,
                kind=ConflictKind(form.cleaned_data["kind"]),
                words=form.cleaned_data["words"],
                actor=person_of(request),
            )
        except DomainError as refused:
            form.add_error("words" if refused.facts.get("field") == "words" else None, refused.message)
        else:
            messages.success(request, f"Đã ghi nhận. Từ nay quý vị không thấy gì về hồ sơ của {facility.name}.")
            return redirect("judging:interests")
    context = {"round": round, "facility": facility, "entry": entry, "form": form}
    return render(request, "judging/declare.html", context, status=422 if form.is_bound else 200)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Home address, employers, own enterprises; a tie is added at the foot of the list."""
    _must_sit(request)
    form = AffiliationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {**form.cleaned_data, "kind": AffiliationKind(form.cleaned_data["kind"])}
            add_affiliation(**told, actor=person_of(request))
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("judging:profile")
    return _profile_page(request, form, None)


@login_required
@require_POST
def address(request: HttpRequest) -> HttpResponse:
    _must_sit(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _profile_page(request, AffiliationForm(), form)
    set_home_address(form.cleaned_data["address"], actor=person_of(request))
    messages.success(request, "Đã lưu địa chỉ.")
    return redirect("judging:profile")


@login_required
@require_POST
def remove(request: HttpRequest, affiliation_id: UUID) -> HttpResponse:
    try:
        remove_affiliation(affiliation_id, actor=person_of(request))
    except Affiliation.DoesNotExist as missing:
        raise Http404 from missing
    return redirect("judging:profile")


def _profile_page(request: HttpRequest, form: AffiliationForm, address_form: AddressForm | None) -> HttpResponse:
    person = person_of(request)
    known = MemberProfile.objects.filter(person=person).first()
    address_form = address_form or AddressForm(initial={"address": known.address if known else ""})
    context = {"form": form, "address_form": address_form, "ties": person.affiliations.all()}
    is_wrong = form.is_bound or address_form.is_bound
    return render(request, "judging/profile.html", context, status=422 if is_wrong else 200)


def _filing_facilities(round: Round, words: str) -> QuerySet[Facility]:
    filed = Entry.objects.filter(round=round, submitted_at__isnull=False)
    found = Facility.objects.filter(pk__in=filed.values("facility"))
    for word in fold(words).split():
        found = found.filter(
            Q(name_folded__contains=word) | Q(pk__in=filed.filter(name_folded__contains=word).values("facility"))
        )
    entries = filed.order_by("name", "pk")
    return found.prefetch_related(Prefetch("entries", queryset=entries, to_attr="filed")).order_by("name_key", "pk")


def _entry(request: HttpRequest, round: Round, facility: Facility) -> Entry | None:
    """The one entry that the address names, or none for all of the facility's."""
    asked = request.GET.get("ho-so", "")
    if not asked:
        return None
    filed = Entry.objects.filter(round=round, facility=facility, submitted_at__isnull=False)
    try:
        return get_object_or_404(filed, pk=UUID(asked))
    except ValueError as mangled:
        raise Http404 from mangled


def _round(request: HttpRequest, code: str) -> Round:
    round = get_object_or_404(rounds_at_stake(), code=code)
    must_see(request, "judging.conflict.declare", round)
    return round


def _must_sit(request: HttpRequest) -> None:
    if not own_seats(person_of(request)).exists():
        raise Http404
