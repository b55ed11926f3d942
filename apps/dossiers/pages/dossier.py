"""One dossier at the desk: its papers on one side, the checklist on the other, and what can be decided."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.dossiers.models import Entry, SupplementState, Verdict
from apps.dossiers.pages.desk import desk_only, visible_entries
from apps.dossiers.pages.desk_forms import address_of, asked_in
from apps.dossiers.queries.checklist import Line, checklist, line_of, sections_of
from apps.dossiers.queries.desk import around, rows_of
from apps.dossiers.queries.history import changed_places, supplements_of
from apps.dossiers.queries.legal import Legal, legal_lines, obstacles
from apps.dossiers.queries.papers import filed_papers
from apps.dossiers.queries.people import screeners_of
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services.checking import CHECKABLE, CheckedElsewhere, record_check
from apps.dossiers.services.supplements import mark_looked
from apps.dossiers.states import MOVES, EntryState
from apps.facilities.states import Standing
from apps.rounds.rules import group_name
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.uploads.models import StoredFile

KEYS = (
    ("j", "Hồ sơ sau"),
    ("k", "Hồ sơ trước"),
    ("a", "Tiếp nhận"),
    ("s", "Yêu cầu bổ sung"),
    ("u", "Về danh sách"),
    ("?", "Xem phím tắt"),
)


def opened(request: HttpRequest, entry_id: UUID) -> Entry:
    """The dossier, or the same 404 as for none."""
    entry = get_object_or_404(visible_entries(person_of(request)), pk=entry_id)
    must_see(request, "dossiers.entry.read", entry)
    return entry


def to_screen(request: HttpRequest, entry_id: UUID, permission: str = "dossiers.entry.screen") -> Entry:
    """The dossier for somebody who acts on it: 404 for what is not seen, 403 for what is only seen."""
    entry = opened(request, entry_id)
    must_do(request, permission, entry)
    return entry


@desk_only
def dossier(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Side by side; opening it takes the mark “corrected” away."""
    entry = opened(request, entry_id)
    context = dossier_context(request, entry)
    response = render(request, "dossiers/desk/dossier.html", context)
    if context["may_screen"]:
        mark_looked(entry)
    return response


@desk_only
@require_POST
def check(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Write one line; a line that somebody else has written meanwhile comes back with both findings (422)."""
    entry = to_screen(request, entry_id)
    key = request.POST.get("muc", "")[:60]
    line = line_of(entry, filed_papers(entry), key)
    if line is None:
        return _line(request, entry, None, error="Hồ sơ này không có mục đó; xin tải lại trang.")
    said = {"verdict": request.POST.get("ket-qua", ""), "note": request.POST.get("ghi-chu", "")}
    try:
        record_check(entry.pk, key, seen=request.POST.get("da-thay", ""), actor=person_of(request), **said)
    except CheckedElsewhere:
        return _line(request, entry, line_of(entry, filed_papers(entry), key), mine=said)
    except DomainError as refused:
        return _line(request, entry, line, mine=said, error=refused.message)
    return _line(request, entry, line_of(entry, filed_papers(entry), key))


def told_on_page(request: HttpRequest, entry_id: UUID, refused: DomainError) -> HttpResponse:
    """The dossier as it is now, what stood in the way, and what was typed."""
    context = {**dossier_context(request, opened(request, entry_id)), "refused": refused.message, "typed": request.POST}
    return render(request, "dossiers/desk/dossier.html", context, status=refused.status)


def dossier_context(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """Everything that the page shows, and what this person may do with it."""
    person, asked = person_of(request), asked_in(request)
    papers = filed_papers(entry)
    files = StoredFile.objects.in_bulk([paper.file_id for paper in papers])
    shelf = [(paper, files.get(paper.file_id)) for paper in papers]
    legal = legal_lines(entry)
    lines = checklist(entry, papers, legal, changed_places(entry))
    may_screen = person.has_perm("dossiers.entry.screen", entry) and entry.round.may(Capability.SCREEN)
    return {
        "entry": entry,
        "row": rows_of([entry])[0],
        "group": group_name(entry.round, entry.group),
        "papers": papers,
        "shelf": shelf,
        "first_photo": next((paper for paper, file in shelf if file and file.is_photo), None),
        "verdicts": Verdict.choices,
        "sections": sections_of(lines),
        "looked_at": sum(1 for line in lines if line.check),
        "line_count": len(lines),
        "asked": asked,
        "address": address_of(asked),
        "around": around(entry, asked, person, timezone.localdate()),
        "stamp": stamp_of(entry),
        "supplements": supplements_of(entry),
        "open_supplement": entry.supplements.filter(state=SupplementState.OPEN).first(),
        "notes": entry.notes.select_related("author"),
        "members": entry.members.order_by("code"),
        "is_proposed": entry.facility.standing == Standing.PROPOSED,
        "may_open_facility": person.has_perm("facilities.facility.see", entry.facility),
        "is_screening": entry.round.may(Capability.SCREEN),
        "may_screen": may_screen,
        "may_check": may_screen and entry.state in CHECKABLE,
        "may_assign": may_screen and person.has_perm("dossiers.entry.assign", entry),
        "may_merge": may_screen and person.has_perm("dossiers.entry.merge", entry),
        "screeners": screeners_of([entry.round]) if may_screen else [],
        "obstacles": _obstacles(entry, legal) if may_screen else [],
        "keys": KEYS,
        **{f"can_{verb}": entry.state in MOVES[verb][0] for verb in ("accept", "refuse", "reopen", "ask_supplement")},
    }


def _obstacles(entry: Entry, legal: Sequence[Legal]) -> Sequence[str]:
    """Why the button for accepting is out."""
    if entry.state == EntryState.SUPPLEMENT:
        return ["Đang chờ cơ sở bổ sung; tiếp nhận được khi cơ sở gửi lại, hoặc khi yêu cầu được rút lại."]
    return obstacles(entry, legal) if entry.state == EntryState.SUBMITTED else []


def _line(
    request: HttpRequest, entry: Entry, line: Line | None, mine: dict[str, str] | None = None, error: str = ""
) -> HttpResponse:
    """For htmx the line, and what now follows from all lines; without it the whole page again, at the line."""
    if not request.htmx:  # type: ignore[attr-defined]
        return _page_again(request, entry, line, mine, error)
    context = {**dossier_context(request, entry), "line": line, "mine": mine, "error": error}
    return render(request, "dossiers/desk/checked.html", context, status=422 if mine or error else 200)


def _page_again(
    request: HttpRequest, entry: Entry, line: Line | None, mine: dict[str, str] | None, error: str
) -> HttpResponse:
    if error or mine:
        refused = error or "Mục này vừa được người khác ghi; xin xem kết quả đang có rồi ghi lại nếu cần."
        told = {"refused": refused, "told": {"line": line, "mine": mine, "error": error}}
        return render(request, "dossiers/desk/dossier.html", {**dossier_context(request, entry), **told}, status=422)
    where = f"{reverse('desk:dossier', args=[entry.pk])}?{request.POST.get('loc', '')}"
    return redirect(f"{where}#{line.anchor}" if line else where)
