"""The judge's sheets: a list of what is left, and one entry a screen."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.judging.access import own_sheets
from apps.judging.doors import Written, answer_of_saving, in_groups, leftovers_of, screen_of, serve_dossier_paper
from apps.judging.frame import box_of
from apps.judging.models import LateDraft, Sheet
from apps.judging.queries.papers import paper_rounds
from apps.judging.queries.scores import versions_of
from apps.judging.services import (
    ScoringOver,
    keep_late,
    lines_of,
    lock_sheet,
    marks_of,
    save_mark,
    save_remark,
)
from apps.judging.states import SheetState
from tieubieu.errors import DomainError
from tieubieu.requests import json_of


@login_required
def my_sheets(request: HttpRequest) -> HttpResponse:
    """Every sheet of this judge, the unfinished ones first."""
    sheets = list(own_sheets(person_of(request)).order_by("entry__round__code", "entry__code"))
    done = sum(1 for sheet in sheets if sheet.state != SheetState.DRAFT)
    lead = f"Đã xong {done} / {len(sheets)} phiếu." if sheets else ""
    return render(
        request,
        "judging/my_sheets.html",
        {"sheets": sheets, "lead": lead, "paper_rounds": paper_rounds(person_of(request)), **_leftovers(request)},
    )


@login_required
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One entry on one screen; somebody else's sheet is the same 404 as none."""
    found = get_object_or_404(own_sheets(person_of(request)), pk=sheet_id)
    return render(request, "judging/sheet.html", _sheet_context(request, found))


@login_required
def paper(request: HttpRequest, sheet_id: UUID, paper_id: UUID) -> HttpResponse:
    """A photo or paper of the entry, for the judge of this sheet alone; anything else is the same 404 as none."""
    found = get_object_or_404(own_sheets(person_of(request)), pk=sheet_id)
    return serve_dossier_paper(request, found.entry, paper_id)


@login_required
@require_POST
def save(request: HttpRequest, sheet_id: UUID) -> JsonResponse:
    """Autosave of one box; what comes after the end is kept as the judge's own draft."""
    actor = person_of(request)

    def kept(written: Written) -> tuple[int, Decimal]:
        try:
            saved = written.put(sheet_id, mark=save_mark, remark=save_remark, actor=actor)
        except ScoringOver:
            keep_late(sheet_id, json_of(request), actor=actor)
            raise
        return saved.version, _total(saved)

    try:
        return answer_of_saving(request, kept)
    except Sheet.DoesNotExist as missing:
        raise Http404 from missing


@login_required
@require_POST
def lock(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Lock the sheet and show the receipt; an incomplete sheet comes back with what is missing."""
    try:
        lock_sheet(sheet_id, actor=person_of(request))
    except Sheet.DoesNotExist as missing:
        raise Http404 from missing
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("judging:sheet", sheet_id)


def _sheet_context(request: HttpRequest, found: Sheet) -> dict[str, object]:
    marks = marks_of(found)
    siblings = list(
        own_sheets(person_of(request)).filter(entry__round=found.entry.round).order_by("entry__code").values_list("pk")
    )
    place = [pk for (pk,) in siblings].index(found.pk)
    return {
        **screen_of(request, found.entry, found.pk, _leftovers(request)),
        "sheet": found,
        "lines": [box_of(line, marks.get(line.key)) for line in lines_of(found)],
        "lead": f"Phiếu {place + 1} / {len(siblings)}",
        "versions": versions_of(found.entry, found),
        "late": _late(found),
        "receipt": in_groups(found.receipt_code),
        "is_locked": found.state != SheetState.DRAFT,
        "before": siblings[place - 1][0] if place else None,
        "after": siblings[place + 1][0] if place + 1 < len(siblings) else None,
        "may_score": found.state == SheetState.DRAFT and person_of(request).has_perm("judging.sheet.score", found),
    }


def _late(found: Sheet) -> dict[str, object] | None:
    """What came after the end, as it was typed, by the labels of the lines."""
    draft = LateDraft.objects.filter(sheet=found).first()
    if draft is None:
        return None
    given = [(line, draft.marks[line.key]) for line in lines_of(found) if line.key in draft.marks]
    return {"draft": draft, "marks": [(line.words, typed or "để trống") for line, typed in given]}


def _leftovers(request: HttpRequest) -> dict[str, str]:
    return leftovers_of(request, page="judging:sheet", saving="judging:save")


def _total(sheet: Sheet) -> Decimal:
    return sum((mark.value for mark in sheet.marks.all() if mark.value is not None), Decimal())
