"""The portal's first page, and the beginning of a dossier: a new one, or one copied from an earlier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.accounts.models import Person
from apps.dossiers.doors import FILL, READ, facility_to_fill, may_fill, whole_entries
from apps.dossiers.forms import ALONE, SubjectForm
from apps.dossiers.models import Entry
from apps.dossiers.queries.home import home_of, shown_entries
from apps.dossiers.services import begin_entry, copy_entry
from apps.dossiers.states import EntryState
from apps.facilities.access import own_facilities
from apps.facilities.models import Facility
from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import window_of
from apps.rounds.services import require, require_window
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.ui.words import deadline

# The pages of the beginning, and what each asks; the set's products are asked for a set only.
QUESTIONS = {"loai": ("loai",), "ten": ("ten", "gom"), "nhom": ("nhom",)}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What is asked of this person's facilities, what they have begun, where they may enter."""
    person = person_of(request)
    context = {
        "home": home_of(person),
        "may_assist": person.has_perm("dossiers.entry.assist"),
    }
    return render(request, "dossiers/home.html", context)


@login_required
def begin(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Three short questions, one a page; the dossier exists once the last is answered."""
    round = get_object_or_404(Round, pk=round_id)
    given = request.POST if request.method == "POST" else request.GET
    if not given.get("co-so"):
        return _choose_facility(request, round)
    facility = facility_to_fill(request, _uuid(given["co-so"]))
    require(round, Capability.FILE)
    require_window(round, WindowKind.FILING)
    form = SubjectForm(given, round=round)
    is_sent = request.method == "POST"
    if is_sent and form.is_valid() and (entry := _begun(request, round, facility, form)):
        return redirect("dossiers:tasks", entry.pk)
    question = _open_question(form)
    told = is_sent or given.get("cau") == question
    asked = form if told else SubjectForm(round=round, initial=given.dict())
    context = _question_context(request, round, facility, asked, question, given)
    return render(request, "dossiers/begin.html", context, status=422 if told else 200)


@login_required
@require_POST
def copy(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A new draft with the answers and papers of an earlier dossier, for who fills for the facility and may read it."""
    source = get_object_or_404(whole_entries(), pk=entry_id)
    person = person_of(request)
    may_read = may_fill(person, source) or person.has_perm(READ, source)
    if not (may_read and may_fill(person, source.facility)):
        raise Http404
    round = get_object_or_404(Round, pk=_uuid(request.POST.get("ky", "")))
    name = request.POST.get("ten", "").strip()
    try:
        entry = copy_entry(source.pk, round.pk, name=name, actor=person)
    except DomainError as refused:
        return _copy_refused(request, round, source, name, refused)
    messages.success(request, "Đã chép câu trả lời, ảnh và giấy tờ. Xin xem lại từng mục, nhất là số liệu của năm mới.")
    return redirect("dossiers:tasks", entry.pk)


def _copy_refused(request: HttpRequest, round: Round, source: Entry, name: str, refused: DomainError) -> HttpResponse:
    """The first page of the beginning again, with the reason, and beside the source the name to be changed there."""
    facility, asked = source.facility.survivor(), SubjectForm(round=round)
    context = _question_context(request, round, facility, asked, "loai", QueryDict())
    if source not in context["earlier"]["others"]:
        context["earlier"]["others"].insert(0, source)
    told = {"refused": refused.message, "copied": source, "copied_name": name or source.name}
    return render(request, "dossiers/begin.html", context | told, status=refused.status)


def _question_context(
    request: HttpRequest, round: Round, facility: Facility, asked: SubjectForm, question: str, given: QueryDict
) -> dict[str, Any]:
    """One question of the beginning, with what was answered so far."""
    shown = [name for name in QUESTIONS[question] if name != "gom" or given.get("loai", ALONE) != ALONE]
    return {
        "round": round,
        "facility": facility,
        "lead": _lead(round, facility),
        "question": question,
        "nth": list(QUESTIONS).index(question) + 1,
        "is_last": question == "nhom",
        "form": asked,
        "shown": [asked[name] for name in shown],
        "kept": [(name, given[name]) for name in asked.fields if name in given and name not in shown],
        "earlier": _earlier(round, facility, person_of(request)) if question == "loai" else None,
        "suggestions": list(facility.products.order_by("name").values_list("name", flat=True)[:50]),
    }


def _choose_facility(request: HttpRequest, round: Round) -> HttpResponse:
    facilities = list(own_facilities(person_of(request)))
    if not facilities:
        raise Http404
    if len(facilities) == 1:
        return redirect(f"{request.path}?co-so={facilities[0].pk}")
    return render(request, "dossiers/choose_facility.html", {"round": round, "facilities": facilities})


def _begun(request: HttpRequest, round: Round, facility: Facility, form: SubjectForm) -> Entry | None:
    """The new draft; a refusal is said at the name, where it can be mended, and the other answers stay."""
    try:
        return begin_entry(round.pk, facility, form.subject(), actor=person_of(request))
    except DomainError as refused:
        form.add_error("ten", refused.message)
        return None


def _earlier(round: Round, facility: Facility, person: Person) -> dict[str, list[Entry]]:
    """What there is already: drafts come before a new one, and earlier dossiers can be copied.

    What the facility drafts by itself is not shown to an official who helps.
    """
    known = shown_entries(Entry.objects.filter(facility__in=facility.family()))
    if not person.has_perm(FILL, facility):
        known = known.filter(Q(is_assisted=True) | Q(submitted_at__isnull=False))
    entries = [entry for entry in known if entry.state != EntryState.MERGED]
    drafts = [entry for entry in entries if entry.state == EntryState.DRAFT and entry.round_id == round.pk]
    return {"drafts": drafts, "others": [entry for entry in entries if entry not in drafts][:10]}


def _open_question(form: SubjectForm) -> str:
    """The first question without a good answer; the last one when all are answered."""
    for question, names in QUESTIONS.items():
        if any(name in form.errors for name in names):
            return question
    return "nhom"


def _lead(round: Round, facility: Facility) -> str:
    window = window_of(round, WindowKind.FILING)
    until = f" · nhận hồ sơ đến {deadline(timezone.localtime(window.closes_at))}" if window else ""
    return f"{facility.name} · {round.name}{until}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as bad:
        raise Http404 from bad
