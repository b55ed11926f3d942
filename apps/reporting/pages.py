"""The tenant's front page, the cockpit of a round, its results, and what the public sees of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.facilities.access import agencies_told
from apps.judging.access import hidden_entries
from apps.judging.queries import latest_snapshot
from apps.judging.queries.assigning import gaps
from apps.judging.services import compute_again
from apps.outreach.access import rounds_to_invite_to, visible_campaigns
from apps.recognition.access import waiting_reviews
from apps.recognition.models import PublishedTotal
from apps.recognition.pages.certificates import share_link
from apps.recognition.queries import certificates_of, history_lines
from apps.recognition.services import make_again
from apps.reporting.acts import next_act, next_task
from apps.reporting.queries import cockpit, public_results, result_rows
from apps.reporting.workbook import results_workbook
from apps.rounds.access import visible_rounds
from apps.rounds.models import Level, Round
from apps.rounds.queries import announced_now, published_rounds
from apps.rounds.queries.timeline import timeline
from apps.rounds.states import Phase, is_filing_reopenable
from tieubieu.errors import DomainError
from tieubieu.progress.models import Job
from tieubieu.progress.queries import progress_of
from tieubieu.spreadsheets import attachment
from tieubieu.ui.parts import Figure

# Jobs whose work can be asked for again, by their kind.
AGAIN: dict[str, Callable[..., int]] = {"scoring": compute_again, "certificates": make_again}
DEMO = "Dữ liệu minh họa: cơ sở, sản phẩm và điểm số của kỳ này không phải kết quả thật."
MOST_CAMPAIGNS = 10


def home(request: HttpRequest) -> HttpResponse:
    """The province for everyone; the rounds in hand for those who work here."""
    context: dict[str, object] = {
        "published": published_rounds(),
        "announced": announced_now(),
        "totals": sorted(PublishedTotal.objects.all(), key=lambda total: Level.values.index(total.level)),
        "history": history_lines(),
    }
    if request.user.is_authenticated:
        context["rounds"] = visible_rounds(person_of(request))
        context["acts_for_facility"] = agencies_told(person_of(request))[1]
        context["reviews"] = waiting_reviews(person_of(request)).count()
    return render(request, "reporting/home.html", context)


@login_required
def show_cockpit(request: HttpRequest, code: str) -> HttpResponse:
    round = _visible(request, code)
    person = person_of(request)
    may_run = person.has_perm("rounds.round.run", round)
    unknown = hidden_entries(person, round)
    short = gaps(round, unknown) if may_run and round.phase == Phase.SCORING else []
    figures = cockpit(round, unknown) if person.has_perm("rounds.results.see_before_publication", round) else None
    context = {
        "round": round,
        "cockpit": figures,
        "figures": [Figure("Phiếu đã xong", figures.sheets_done, unit=f"/ {figures.sheets_total} phiếu")]
        if figures
        else [],
        "demo_note": DEMO if round.is_demo else "",
        "timeline": timeline(round),
        "may_see_setup": person.has_perm("rounds.setup.see", round),
        "may_see_told": person.has_perm("recognition.publication.see", round),
        "may_see_conflicts": round.is_running and person.has_perm("judging.conflict.see", round),
        "may_see_assignment": round.is_running and person.has_perm("judging.assignment.see", round),
        "is_announced": round.is_running,
        "act": next_act(round) if may_run else None,
        "gaps": short,
        "is_held_up": any(gap.unlocked for gap in short),
        "has_short": any(gap.scoring < gap.wanted for gap in short),
        "task": next_task(round) if may_run else None,
        "may_run": may_run,
        "campaigns": visible_campaigns(person).filter(round=round)[:MOST_CAMPAIGNS],
        "may_invite": rounds_to_invite_to(person).filter(pk=round.pk).exists(),
        "may_reopen": is_filing_reopenable(round.phase) and person.has_perm("rounds.filing.reopen", round),
    }
    return render(request, "reporting/cockpit.html", context)


@login_required
@require_POST
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do the next act; a stale page (the act is no longer next) changes nothing and says so."""
    round = _visible(request, code)
    must_do(request, "rounds.round.run", round)
    wanted = next_act(round)
    if wanted is None or wanted.verb != verb:
        messages.warning(request, "Kỳ bình chọn đã chuyển giai đoạn; không có gì thay đổi.")
        return redirect("rounds:cockpit", code)
    try:
        wanted.run(round, person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã thực hiện: {wanted.button.lower()}.")
    return redirect("rounds:cockpit", code)


@login_required
def results(request: HttpRequest, code: str) -> HttpResponse:
    """The scoring result before publication, for those whose work needs it."""
    round = _visible(request, code)
    must_see(request, "rounds.results.see_before_publication", round)
    unknown = hidden_entries(person_of(request), round)
    context = {"round": round, "snapshot": latest_snapshot(round), "rows": result_rows(round, unknown)}
    return render(request, "reporting/results.html", {**context, "may_hold_file": not unknown})


@login_required
def results_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same rows under the same rule, as a workbook."""
    round = _visible(request, code)
    must_see(request, "rounds.results.see_before_publication", round)
    return attachment(results_workbook(round, hidden_entries(person_of(request), round)), f"ket-qua-{round.code}.xlsx")


@login_required
def job_progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The fragment a page polls while a worker works; it counts all entries, so it is for who may know of all."""
    job, round = _job_of_round(request, job_id)
    may_run = person_of(request).has_perm("rounds.round.run", round)
    return render(request, "reporting/job.html", {"job": progress_of(job.pk), "may_run": may_run})


@login_required
@require_POST
def do_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Ask the workers once more for what failed for good; what was done stays done."""
    job, round = _job_of_round(request, job_id)
    must_do(request, "rounds.round.run", round)
    if job.kind not in AGAIN:
        raise Http404
    AGAIN[job.kind](round.pk, job_id=job.pk, actor=person_of(request))
    return redirect("rounds:cockpit", round.code)


def published(request: HttpRequest, code: str) -> HttpResponse:
    """The public results of a round; an unpublished round is the same 404 as none."""
    round = get_object_or_404(published_rounds(), code=code)
    numbers = {c.entry_id: c for c in certificates_of(round)}
    rows = [(s, c, share_link(c) if c else "") for s in public_results(round) for c in [numbers.get(s.entry_id)]]
    return render(request, "reporting/published.html", {"round": round, "rows": rows})


def _job_of_round(request: HttpRequest, job_id: UUID) -> tuple[Job, Round]:
    job = get_object_or_404(Job, pk=job_id)
    round = get_object_or_404(Round, pk=job.subject_id)
    must_see(request, "rounds.round.see", round)
    if hidden_entries(person_of(request), round):
        raise Http404
    return job, round


def _visible(request: HttpRequest, code: str) -> Round:
    return get_object_or_404(visible_rounds(person_of(request)), code=code)
