"""Campaigns: written, looked over before anybody is invited, sent, and followed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import must_do, officials_only, person_of
from apps.accounts.models import Person
from apps.facilities.access import visible_facilities
from apps.outreach.access import rounds_to_invite_to, visible_campaigns
from apps.outreach.criteria import Criteria
from apps.outreach.forms import CampaignForm, typed_of
from apps.outreach.models import Campaign, Invitation
from apps.outreach.queries import Choice, choice_for, counts_by_step, to_remind, tracked
from apps.outreach.services import (
    LETTERS,
    POST,
    ask_for_letters,
    change_left_out,
    invitation_of,
    open_invitation,
    plan_campaign,
    post_again,
    remind,
    revise_campaign,
    send_campaign,
    standard_text,
)
from apps.outreach.states import BY_HAND, CampaignState, ReminderKind, Step
from apps.outreach.workbook import campaigns_workbook, candidates_workbook, tracking_workbook
from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import window_of
from tenants.gateways import describe
from tenants.reference.queries import communes_of
from tieubieu.binding import current
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError
from tieubieu.pages import ids_in, words_asked
from tieubieu.progress.queries import failures_of, latest_job, progress_of
from tieubieu.searching import fits, with_words
from tieubieu.spreadsheets import attachment

PAGE = 50


@officials_only("outreach.campaign.see")
def campaigns(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = Paginator(visible_campaigns(person), PAGE).get_page(request.GET.get("trang"))
    return render(request, "outreach/campaigns.html", {"page": page, "rounds": list(rounds_to_invite_to(person))})


@officials_only("outreach.campaign.see")
def campaigns_xlsx(request: HttpRequest) -> HttpResponse:
    """The same campaigns as a workbook."""
    return attachment(campaigns_workbook(visible_campaigns(person_of(request))), "dot-van-dong.xlsx")


@officials_only("outreach.campaign.run")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Write a campaign for a round that is announced."""
    round = get_object_or_404(rounds_to_invite_to(person_of(request)), code=code)
    form = _form(request, round, typed_for(round))
    if request.method == "POST" and form.is_valid():
        try:
            campaign = plan_campaign(round.pk, form.words(), criteria=form.criteria(), actor=person_of(request))
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("outreach:campaign", campaign.pk)
    return _form_page(request, form, round)


@login_required
def edit(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    campaign = _to_run(request, campaign_id)
    form = _form(request, campaign.round, typed_of(campaign))
    if request.method == "POST" and form.is_valid():
        try:
            revise_campaign(
                campaign.pk, form.words(), criteria=form.criteria(), version=form.cleaned_data["version"] or 0,
                actor=person_of(request),
            )  # fmt: skip
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("outreach:campaign", campaign.pk)
    return _form_page(request, form, campaign.round, campaign)


@login_required
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """A draft shows whom it would invite and why; a sent one how far they have come."""
    return _show(request, _visible(request, campaign_id))


@login_required
def left_out(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Leave the ticked facilities out, or take them back; the links of a refused answer lead back to the campaign."""
    found = _to_run(request, campaign_id)
    query = request.GET.urlencode()
    page = reverse("outreach:campaign", args=[found.pk]) + (f"?{query}" if query else "")
    if request.method != "POST":
        return redirect(page)
    ticked = ids_in(request.POST.getlist("co_so"))
    words = {"take_back": ticked} if request.POST.get("viec") == "lay-lai" else {"leave_out": ticked}
    try:
        if not ticked:
            raise DomainError("Chưa chọn cơ sở nào. Xin đánh dấu cơ sở trong bảng rồi bấm lại.")
        change_left_out(found.pk, actor=person_of(request), **words)
    except DomainError as refused:
        return _show(request, found, refused, ticked)
    return redirect(page)


@login_required
@require_POST
def send(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    found = _to_run(request, campaign_id)
    _said(
        request,
        "Danh sách mời đã chốt; thư đang được gửi.",
        lambda: send_campaign(found.pk, province_code=_province(), actor=person_of(request)),
    )
    return redirect("outreach:campaign", found.pk)


@login_required
@require_POST
def send_again(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Have the invitations written that could not be written."""
    found = _to_run(request, campaign_id)
    if job := latest_job(POST, found):
        post_again(found.pk, job_id=job.pk, actor=person_of(request))
    return redirect("outreach:campaign", found.pk)


@login_required
@require_POST
def send_reminder(request: HttpRequest, campaign_id: UUID, kind: str) -> HttpResponse:
    found = _to_run(request, campaign_id)
    if kind not in BY_HAND:
        raise Http404
    _said(request, "Đã gửi lời nhắc.", lambda: remind(found.pk, ReminderKind(kind), actor=person_of(request)))
    return redirect("outreach:campaign", found.pk)


@login_required
@require_POST
def ask_letters(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    found = _to_run(request, campaign_id)
    only_paper = request.POST.get("nhung") != "tat-ca"
    _said(request, "", lambda: ask_for_letters(found.pk, only_paper=only_paper, actor=person_of(request)))
    return redirect("outreach:campaign", found.pk)


@login_required
def letters(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The printed letters as they were made last."""
    found = _visible(request, campaign_id)
    if found.letters_document_id is None:
        raise Http404
    response = HttpResponse(open_document(found.letters_document_id), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="thu-moi.pdf"'
    return response


@login_required
def export(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    found = _visible(request, campaign_id)
    if found.state == CampaignState.DRAFT:
        return attachment(candidates_workbook(_choice(found).fitting, _units()), "danh-sach-moi.xlsx")
    return attachment(tracking_workbook(_filtered(request, found), _units()), "co-so-duoc-moi.xlsx")


@login_required
def progress(request: HttpRequest, campaign_id: UUID, kind: str) -> HttpResponse:
    """The fragment that the page polls while letters are sent or printed."""
    found = _visible(request, campaign_id)
    job = latest_job({"gui": POST, "in": LETTERS}.get(kind, ""), found)
    if job is None:
        raise Http404
    may_run = person_of(request).has_perm("outreach.campaign.run", found)
    context = {"campaign": found, "kind": kind, "may_run": may_run, **_progress(found, job.kind)}
    return render(request, "outreach/progress.html", context)


@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a letter's personal link; following it tells that the letter was opened.

    An official who looks at it is not the facility.
    """
    try:
        found = invitation_of(token)
    except (BadSignature, Invitation.DoesNotExist, ValueError) as nothing:
        raise Http404 from nothing
    if not _is_official(request):
        open_invitation(found)
    round = found.campaign.round
    words = {"invitation": found, "round": round, "filing": window_of(round, WindowKind.FILING), "now": timezone.now()}
    response = render(request, "outreach/invitation.html", words)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def typed_for(round: Round) -> dict[str, Any]:
    tenant = describe(current())
    words = standard_text(round, tenant.authority or tenant.name)
    return {**words.__dict__, "place": tenant.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")}


def _show(
    request: HttpRequest, found: Campaign, refused: DomainError | None = None, ticked: Sequence[UUID] = ()
) -> HttpResponse:
    """The campaign as it stands; after a refusal with what was ticked and why it was refused."""
    may_run = person_of(request).has_perm("outreach.campaign.run", found)
    is_draft = found.state == CampaignState.DRAFT
    words = _draft_words(request, found) if is_draft else _sent_words(request, found, may_run)
    words |= {"campaign": found, "may_run": may_run, "ticked": ticked, "refused": refused.message if refused else ""}
    if ticked and not is_draft:
        names = visible_facilities(person_of(request)).filter(pk__in=ticked).values_list("name", flat=True)
        words["typed_words"] = ", ".join(names)
    template = "outreach/draft.html" if is_draft else "outreach/sent.html"
    return render(request, template, words, status=refused.status if refused else 200)


def _draft_words(request: HttpRequest, found: Campaign) -> dict[str, Any]:
    choice = _choice(found)
    asked_words = words_asked(request)
    fitting = [one for one in choice.fitting if fits(asked_words, one.facility.name)]
    page = Paginator(fitting, PAGE).get_page(request.GET.get("trang"))
    parts = [
        ("sẽ mời", len(choice.fitting)),
        ("không mời", len(choice.left_out)),
        ("đã có hồ sơ trong kỳ", choice.entered),
        ("đã mời ở đợt khác", choice.invited),
    ]
    parts = [part for part in parts if part[1]]
    units = _units()
    rows = [(one, units.get(one.facility.commune_code, "–")) for one in page]
    return {"choice": choice, "page": page, "rows": rows, "parts": parts, "words": asked_words}


def _sent_words(request: HttpRequest, found: Campaign, may_run: bool) -> dict[str, Any]:
    counts = counts_by_step(found)
    waiting = {kind: to_remind(found, kind).count() for kind in BY_HAND} if may_run else {}
    return {
        "steps": [(Step(step).label, step, count) for step, count in counts.items()],
        "parts": [(Step(step).label.lower(), count) for step, count in counts.items() if count],
        "total": sum(counts.values()),
        "page": Paginator(_filtered(request, found), PAGE).get_page(request.GET.get("trang")),
        "asked": request.GET.get("tinh-trang", ""),
        "words": words_asked(request),
        "to_remind": [(kind, ReminderKind(kind).label, count) for kind, count in waiting.items() if count],
        "posting": _progress(found, POST),
        "printing": _progress(found, LETTERS),
    }


def _progress(found: Campaign, kind: str) -> dict[str, Any]:
    job = latest_job(kind, found)
    if job is None:
        return {}
    return {"job": progress_of(job.pk), "failures": failures_of(job.pk)[:20]}


def _filtered(request: HttpRequest, found: Campaign) -> QuerySet[Any]:
    step = request.GET.get("tinh-trang", "")
    rows = with_words(tracked(found), words_asked(request), "facility__name_folded")
    return rows.filter(step=step) if step in Step.values else rows


def _form(request: HttpRequest, round: Round, typed: dict[str, Any]) -> CampaignForm:
    data = request.POST if request.method == "POST" else None
    return CampaignForm(data, initial=typed, round=round, communes=communes_of(_province(), timezone.localdate()))


def _form_page(
    request: HttpRequest, form: CampaignForm, round: Round, campaign: Campaign | None = None
) -> HttpResponse:
    words = {"form": form, "round": round, "campaign": campaign}
    return render(request, "outreach/form.html", words, status=422 if form.is_bound else 200)


def _choice(found: Campaign) -> Choice:
    return choice_for(found.round, Criteria.of(found.criteria), province_code=_province(), left_out=found.left_out)


def _visible(request: HttpRequest, campaign_id: UUID) -> Campaign:
    return get_object_or_404(visible_campaigns(person_of(request)), pk=campaign_id)


def _to_run(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = _visible(request, campaign_id)
    must_do(request, "outreach.campaign.run", found)
    return found


def _said(request: HttpRequest, done: str, act: Callable[[], object]) -> None:
    """Do it and say so, or say what stood in the way."""
    try:
        act()
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        if done:
            messages.success(request, done)


def _is_official(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.has_perm("outreach.campaign.see")


def _province() -> str:
    return describe(current()).province_code


def _units() -> dict[str, str]:
    return {unit.code: unit.full_name for unit in communes_of(_province(), timezone.localdate())}
