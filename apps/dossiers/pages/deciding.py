"""What is done with one dossier: accepted, refused, reopened, given to somebody, sent back, talked about."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.accounts.models import Person
from apps.dossiers.models import Entry, Paper, Side
from apps.dossiers.pages.desk import desk_only
from apps.dossiers.pages.desk_forms import WRONG_CHOICES, SupplementForm, address_of, asked_in, is_uuid
from apps.dossiers.pages.dossier import opened, to_screen, told_on_page
from apps.dossiers.queries.checklist import checklist
from apps.dossiers.queries.deadlines import default_due_on
from apps.dossiers.queries.history import events, filings_of
from apps.dossiers.queries.papers import filed_papers
from apps.dossiers.queries.people import screeners_of
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services.screening import accept_entry, assign_entry, refuse_entry, reopen_entry
from apps.dossiers.services.supplements import Asked, ask_supplement, cancel_supplement, write_note
from apps.dossiers.workbook import history_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve

VARIANTS = ("", "screen", "thumb")
GUESS = {"missing": "incomplete", "wrong": "incorrect"}


@desk_only
@require_POST
def accept(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = to_screen(request, entry_id)
    seen, actor = _seen(request), person_of(request)
    return _decide(request, entry, lambda: accept_entry(entry.pk, actor=actor, seen=seen), "Đã tiếp nhận hồ sơ.")


@desk_only
@require_POST
def refuse(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, reason = to_screen(request, entry_id), request.POST.get("ly_do", "")
    seen, actor = _seen(request), person_of(request)
    done = "Đã kết luận hồ sơ không hợp lệ và báo lý do cho cơ sở."
    return _decide(request, entry, lambda: refuse_entry(entry.pk, reason=reason, actor=actor, seen=seen), done)


@desk_only
@require_POST
def reopen(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, reason = to_screen(request, entry_id), request.POST.get("ly_do", "")
    seen, actor = _seen(request), person_of(request)
    done = "Đã mở lại; hồ sơ trở về danh sách chưa kết luận."
    return _decide(request, entry, lambda: reopen_entry(entry.pk, reason=reason, actor=actor, seen=seen), done)


@desk_only
@require_POST
def assign(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = to_screen(request, entry_id, "dossiers.entry.assign")
    actor = person_of(request)

    def give() -> None:
        assign_entry(entry.pk, officer=named_screener(request.POST.get("nguoi-kiem-tra", ""), entry), actor=actor)

    return _decide(request, entry, give, "Đã ghi người kiểm tra.")


@desk_only
def supplement(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Choose the places to mend, say why, set the day; what was found missing or wrong is chosen already."""
    entry = to_screen(request, entry_id)
    form = SupplementForm(request.POST if request.method == "POST" else None, initial=_first_words(entry))
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, entry, form.cleaned_data)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "Đã gửi yêu cầu bổ sung cho cơ sở.")
            return redirect(_page(request, entry))
    context = {
        "entry": entry,
        "form": form,
        "lines": _pinnable(request, entry),
        "wrongs": WRONG_CHOICES,
        "stamp": request.POST.get("da-thay") or stamp_of(entry),
        "address": address_of(asked_in(request)),
        "page": _page(request, entry),
    }
    return render(request, "dossiers/desk/supplement.html", context, status=422 if form.errors else 200)


@desk_only
@require_POST
def cancel(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, actor = to_screen(request, entry_id), person_of(request)
    done = "Đã rút lại yêu cầu bổ sung; nội dung yêu cầu vẫn được giữ."
    return _decide(request, entry, lambda: cancel_supplement(entry.pk, actor=actor), done)


@desk_only
@require_POST
def note(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry, text = to_screen(request, entry_id), request.POST.get("noi_dung", "")
    actor = person_of(request)
    write = lambda: write_note(entry.pk, side=Side.AUTHORITY, text=text, actor=actor)  # noqa: E731
    return _decide(request, entry, write, "Đã gửi cho cơ sở.")


@desk_only
def history(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Every filing with what it changed, and everything that happened."""
    entry = opened(request, entry_id)
    context = {"entry": entry, "filings": filings_of(entry), "events": events(entry), "page": _page(request, entry)}
    return render(request, "dossiers/desk/history.html", context)


@desk_only
def history_xlsx(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What happened, as a workbook."""
    entry = opened(request, entry_id)
    return attachment(history_workbook(events(entry)), f"lich-su-{entry.code or 'ho-so'}.xlsx")


@desk_only
def paper(request: HttpRequest, entry_id: UUID, paper_id: UUID) -> HttpResponse:
    """A filed paper, those of earlier filings included; what is held until the next filing is not there yet."""
    entry = opened(request, entry_id)
    owners = [entry.pk, *entry.members.values_list("pk", flat=True)]
    found = get_object_or_404(Paper, pk=paper_id, entry__in=owners, is_held=False)
    file = get_object_or_404(StoredFile, pk=found.file_id)
    variant = request.GET.get("co", "")
    return serve(request, file, variant if variant in VARIANTS else "", download="tai" in request.GET)


def named_screener(raw: str, entry: Entry) -> Person | None:
    """The person a form named, or nobody for ""; raises `DomainError` for one who may not screen the dossier."""
    if not raw:
        return None
    person = screeners_of([entry.round]).filter(pk=raw).first() if is_uuid(raw) else None
    if person is None or not person.has_perm("dossiers.entry.screen", entry):
        raise DomainError("Người được chọn không kiểm tra hồ sơ của kỳ này; xin chọn người khác.")
    return person


def _decide(request: HttpRequest, entry: Entry, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and go back to the dossier; a rule in the way is told on the page as it is now, what was typed kept."""
    try:
        act()
    except DomainError as refused:
        return told_on_page(request, entry.pk, refused)
    messages.success(request, done)
    return redirect(_page(request, entry))


def _ask(request: HttpRequest, entry: Entry, words: dict[str, Any]) -> None:
    known = {line.key for line in checklist(entry, filed_papers(entry)) if line.place}
    chosen = request.POST.getlist("muc")
    if not known.issuperset(chosen):
        raise DomainError("Danh sách mục gửi lên không hợp lệ; xin tải lại trang rồi chọn lại.")
    points = [Asked(key, request.POST.get(f"sai-{key}", ""), request.POST.get(f"ghi-{key}", "")) for key in chosen]
    due_on: date = words["due_on"]
    ask_supplement(
        entry.pk, points=points, text=words["text"], due_on=due_on, actor=person_of(request), seen=_seen(request)
    )


def _first_words(entry: Entry) -> dict[str, Any]:
    return {"due_on": f"{default_due_on(entry.round, timezone.localdate()):%d/%m/%Y}"}


def _pinnable(request: HttpRequest, entry: Entry) -> list[dict[str, Any]]:
    """Every place that can be pinned, with what was typed, or what the checklist suggests."""
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    lines = [line for line in checklist(entry, filed_papers(entry)) if line.place]
    return [
        {
            "line": line,
            "is_chosen": line.key in typed.getlist("muc") if typed else line.verdict in GUESS,
            "wrong": typed.get(f"sai-{line.key}", "") if typed else GUESS.get(line.verdict, "incorrect"),
            "note": typed.get(f"ghi-{line.key}", "") if typed else (line.check.note if line.check else ""),
        }
        for line in lines
    ]


def _seen(request: HttpRequest) -> str:
    return request.POST.get("da-thay", "")


def _page(request: HttpRequest, entry: Entry) -> str:
    """The dossier's page with the filters under which it was opened."""
    return f"{reverse('desk:dossier', args=[entry.pk])}?{address_of(asked_in(request))}".rstrip("?")
