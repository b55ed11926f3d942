"""One dossier: where it stands, what it is about, what it says, and the act of sending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.dossiers.doors import filler_only
from apps.dossiers.forms import ALONE, SubjectForm
from apps.dossiers.models import Entry, EntryKind
from apps.dossiers.queries.files import slots_shown
from apps.dossiers.queries.missing import Missing, missing_of
from apps.dossiers.queries.reading import sections_shown, supplement_shown
from apps.dossiers.queries.tasks import paper_tasks, tasks_of
from apps.dossiers.services import NotComplete, describe_entry, file_again, submit_entry, withdraw_entry
from apps.dossiers.states import EntryState
from apps.rounds.models import WindowKind
from apps.rounds.queries import window_of
from apps.rounds.rules import group_name
from tieubieu.binding import current
from tieubieu.errors import DomainError

EDITABLE = (EntryState.DRAFT, EntryState.SUPPLEMENT)


def frame(request: HttpRequest, entry: Entry) -> dict[str, object]:
    """What every page of a dossier knows."""
    return {
        "entry": entry,
        "is_editable": entry.state in EDITABLE,
        "is_draft": entry.state == EntryState.DRAFT,
        "is_helping": not person_of(request).has_perm("dossiers.entry.fill", entry),
        "window": window_of(entry.round, WindowKind.FILING),
        "queue_key": f"{current().slug}:{entry.pk}:{person_of(request).pk}",
        "save_url": reverse("dossiers:save", args=[entry.pk]),
        "upload_url": reverse("dossiers:upload", args=[entry.pk]),
        "sign_in_again": f"{reverse('accounts:sign_in')}?next={request.path}",
    }


@filler_only
def tasks(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list that one comes back to: what is done, what is not, and what the authority asks."""
    return render(request, "dossiers/tasks.html", _tasks_context(request, entry))


def _tasks_context(request: HttpRequest, entry: Entry) -> dict[str, object]:
    photos, papers = paper_tasks(entry)
    lacking = missing_of(entry) if entry.state in EDITABLE else []
    return {
        **frame(request, entry),
        "tasks": tasks_of(entry),
        "photos": photos,
        "papers": papers,
        "missing": lacking,
        "is_faulty": any(one.fault for one in lacking),
        "request_open": supplement_shown(entry),
        "filings": list(entry.filings.order_by("-number")),
        "group": group_name(entry.round, entry.group),
    }


@filler_only
def describe(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Name, product or set, and group, while the dossier is a draft."""
    form = SubjectForm(request.POST or None, round=entry.round, initial=_described(entry))
    if request.method == "POST" and form.is_valid():
        try:
            describe_entry(entry.pk, form.subject(), actor=person_of(request))
            return redirect("dossiers:tasks", entry.pk)
        except DomainError as refused:
            form.add_error(None, refused.message)
    context = {**frame(request, entry), "form": form}
    return render(request, "dossiers/describe.html", context, status=422 if form.errors else 200)


@filler_only
def check(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Everything that was answered, once more, before it is sent; each line leads to its question and back."""
    return render(request, "dossiers/check.html", _check_context(request, entry, missing_of(entry)))


@filler_only
@require_POST
def submit(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Send the dossier, or send it again after a supplement; what stands in the way is told with its places."""
    is_declared = request.POST.get("cam-ket") == "1"
    try:
        filed = _send(request, entry, is_declared)
    except NotComplete as incomplete:
        context = _check_context(request, entry, incomplete.missing)
        return render(request, "dossiers/check.html", {**context, "was_refused": True}, status=422)
    except DomainError as refused:
        context = _check_context(request, entry, [])
        return render(request, "dossiers/check.html", {**context, "refused": refused.message}, status=refused.status)
    latest = filed.filings.order_by("number").last()
    return redirect("dossiers:receipt", latest.receipt_code if latest else "")


@filler_only
@require_POST
def withdraw(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Take the dossier out of the round; it stays readable and can be copied. A refusal keeps the reason typed."""
    reason = request.POST.get("ly-do", "")
    try:
        withdraw_entry(entry.pk, actor=person_of(request), reason=reason)
    except DomainError as refused:
        entry.refresh_from_db()
        told = {"refused": refused.message, "typed_words": reason}
        return render(request, "dossiers/tasks.html", _tasks_context(request, entry) | told, status=refused.status)
    messages.success(request, f"Đã rút hồ sơ “{entry.name}”. Hồ sơ vẫn xem lại được và chép được sang kỳ khác.")
    return redirect("dossiers:home")


def place_url(entry: Entry, missing: Missing) -> str:
    """Where something that is missing can be given."""
    if missing.what == "field":
        return reverse("dossiers:step", args=[entry.pk, missing.code])
    page = "photos" if missing.code.startswith("photo_") else "papers"
    return f"{reverse(f'dossiers:{page}', args=[entry.pk])}#muc-{missing.code}"


def _send(request: HttpRequest, entry: Entry, is_declared: bool) -> Entry:
    actor, number = person_of(request), request.POST.get("lan", "1")
    if number.isdecimal() and number != "1":
        return file_again(entry.pk, number=int(number[:4]), is_declared=is_declared, actor=actor)
    return submit_entry(entry.pk, is_declared=is_declared, actor=actor)


def _check_context(request: HttpRequest, entry: Entry, missing: object) -> dict[str, object]:
    lacking: list[Missing] = list(missing)  # type: ignore[call-overload]
    return {
        **frame(request, entry),
        "sections": sections_shown(entry),
        "missing": [(one.label, place_url(entry, one), one.fault) for one in lacking],
        "is_faulty": any(one.fault for one in lacking),
        "number": entry.filings.count() + 1,
        "group": group_name(entry.round, entry.group),
        "slots": slots_shown(entry, with_held=entry.state == EntryState.SUPPLEMENT),
        "items": list(entry.items.values_list("product__name", flat=True)),
    }


def _described(entry: Entry) -> dict[str, object]:
    items = entry.items.values_list("product__name", flat=True) if entry.kind == EntryKind.SET else []
    return {"loai": entry.set_case or ALONE, "ten": entry.name, "nhom": entry.group, "gom": "\n".join(items)}
