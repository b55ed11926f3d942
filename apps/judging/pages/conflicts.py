"""The conflicts of a round for those who decide about them: what waits, who is kept out of what, and why."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.judging.access import visible_conflicts
from apps.judging.models import Conflict
from apps.judging.queries.conflicts import is_revisable
from apps.judging.services import detect_conflicts, dismiss_conflict, take_back_conflict, uphold_conflict
from apps.judging.states import ConflictState
from apps.judging.workbook import conflicts_workbook
from apps.rounds.access import visible_rounds
from apps.rounds.models import Round
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

PAGE = 50


@login_required
def conflicts(request: HttpRequest, code: str) -> HttpResponse:
    """What waits for a decision first; then everything that was decided."""
    round = _round(request, code)
    found = _all(request, round)
    decided = found.exclude(state=ConflictState.OPEN)
    context = {
        "round": round,
        "waiting": list(found.filter(state=ConflictState.OPEN)),
        "page": Paginator(decided.order_by("-decided_at", "pk"), PAGE).get_page(request.GET.get("trang")),
        "may_decide": person_of(request).has_perm("judging.conflict.decide", round),
    }
    return render(request, "judging/conflicts.html", context)


@login_required
def conflicts_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same rows under the same rule, as a workbook."""
    round = _round(request, code)
    return attachment(conflicts_workbook(_all(request, round)), f"xung-dot-loi-ich-{round.code}.xlsx")


@login_required
def conflict(request: HttpRequest, code: str, conflict_id: UUID) -> HttpResponse:
    """Both sides and what speaks for a conflict; decided here by who may."""
    round = _round(request, code)
    found = get_object_or_404(_all(request, round), pk=conflict_id)
    return render(request, "judging/conflict.html", _context(request, round, found))


@login_required
@require_POST
def decide(request: HttpRequest, code: str, conflict_id: UUID, verb: str) -> HttpResponse:
    """A refusal is told on the page of the conflict; nothing changes then."""
    round = _round(request, code)
    found = get_object_or_404(_all(request, round), pk=conflict_id)
    must_do(request, "judging.conflict.decide", found)
    reason, person = request.POST.get("reason", ""), person_of(request)
    acts: dict[str, Callable[[], Conflict]] = {
        "co-xung-dot": lambda: uphold_conflict(found.pk, reason=reason, actor=person),
        "khong-co": lambda: dismiss_conflict(found.pk, reason=reason, actor=person),
        "rut-lai": lambda: take_back_conflict(found.pk, reason=reason, actor=person),
    }
    if verb not in acts:
        raise Http404
    try:
        decided = acts[verb]()
    except DomainError as refused:
        found.refresh_from_db()
        context = _context(request, round, found) | {"refused": refused.message}
        return render(request, "judging/conflict.html", context, status=refused.status)
    messages.success(request, f"Đã quyết định: {decided.get_state_display().lower()}.")
    return redirect("judging:conflicts", code)


@login_required
@require_POST
def look_again(request: HttpRequest, code: str) -> HttpResponse:
    """Compare everybody with every facility now, without waiting for a change. How many were found in all is not
    told, for some may not be this person's to know."""
    round = _round(request, code)
    must_do(request, "judging.conflict.decide", round)
    detect_conflicts(round.pk)
    messages.success(request, "Đã đối chiếu lại mọi thành viên với mọi cơ sở có hồ sơ.")
    return redirect("judging:conflicts", code)


def _context(request: HttpRequest, round: Round, found: Conflict) -> dict[str, object]:
    may_decide = person_of(request).has_perm("judging.conflict.decide", found)
    seats = [seat.title for seat in found.person.appointments.filter(round=round)]
    return {
        "round": round,
        "conflict": found,
        "may_decide": may_decide and found.state == ConflictState.OPEN,
        "may_take_back": may_decide and found.state == ConflictState.UPHELD and is_revisable(round),
        "seats": seats,
    }


def _all(request: HttpRequest, round: Round) -> QuerySet[Conflict]:
    found = visible_conflicts(person_of(request), round)
    return found.select_related("person__unit", "facility", "entry", "decided_by", "round").order_by("made_at", "pk")


def _round(request: HttpRequest, code: str) -> Round:
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "judging.conflict.see", round)
    return round
