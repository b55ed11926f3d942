"""A commune's proposal: choose what to propose, look the list over, print it, send the letter."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.nominations.access import visible_proposals
from apps.nominations.models import Proposal
from apps.nominations.queries import (
    certificates_to_bring_up,
    commune_names,
    entries_to_propose,
    opened_rounds,
    receiving_rounds,
    summary_lines,
)
from apps.nominations.services import ask_for_list, drop_from_proposal, put_forward, send_proposal
from apps.nominations.states import ProposalState
from apps.nominations.workbook import choosing_workbook, proposals_workbook, summary_workbook
from apps.rounds.models import Round
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError
from tieubieu.pages import ids_in, words_asked
from tieubieu.searching import fits
from tieubieu.spreadsheets import attachment

PAGE = 50


class SendForm(forms.Form):
    """The letter as it came back signed."""

    number = forms.CharField(label="Số, ký hiệu văn bản đề nghị", max_length=60, help_text="Ví dụ: 35/UBND-KT")
    signed_on = forms.DateField(label="Ngày ký", help_text="Ngày/tháng/năm")

    def clean_signed_on(self) -> Any:
        if self.cleaned_data["signed_on"] > timezone.localdate():
            raise forms.ValidationError("Ngày ký không thể ở tương lai.")
        return self.cleaned_data["signed_on"]


@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """Every letter that this person may see, and the rounds that take more."""
    must_see(request, "nominations.proposal.see", None)
    person = person_of(request)
    found = _listed(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names = commune_names({proposal.commune_code for proposal in page})
    may_write = person.has_perm("nominations.proposal.write", None)
    context = {
        "page": page,
        "words": words_asked(request),
        "rows": [(proposal, names.get(proposal.commune_code, "")) for proposal in page],
        "rounds": receiving_rounds() if may_write else [],
    }
    return render(request, "nominations/proposals.html", context)


@login_required
def proposals_xlsx(request: HttpRequest) -> HttpResponse:
    """The same letters as a workbook."""
    must_see(request, "nominations.proposal.see", None)
    return attachment(proposals_workbook(_listed(request), commune_names(None)), "de-nghi-cua-xa.xlsx")


@login_required
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """What the commune can propose to this round: recognised products, and dossiers of its facilities."""
    must_see(request, "nominations.proposal.see", None)
    must_do(request, "nominations.proposal.write")
    commune = _commune(request)
    if request.method == "POST" and commune:
        # A round that takes no more answers by itself, so that what was ticked is not met by a missing page.
        return _chosen(request, get_object_or_404(opened_rounds(), code=code), commune)
    return _choice(request, get_object_or_404(receiving_rounds(), code=code), commune)


@login_required
def choose_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same products as a workbook, for the same people."""
    must_see(request, "nominations.proposal.see", None)
    must_do(request, "nominations.proposal.write")
    round, commune = get_object_or_404(receiving_rounds(), code=code), _commune(request)
    if not commune:
        raise Http404
    book = choosing_workbook(round, certificates_to_bring_up(round, commune), entries_to_propose(round, commune))
    return attachment(book, "san-pham-de-nghi.xlsx")


@login_required
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One letter with its summary list; POST asks for the printed list."""
    found = _visible(request, proposal_id)
    may_write = person_of(request).has_perm("nominations.proposal.write", found)
    if request.method == "POST":
        must_do(request, "nominations.proposal.write", found)
        _told(request, lambda: ask_for_list(found.pk), "Danh sách đang được lập; tải lại trang sau ít giây.")
        return redirect("nominations:proposal", found.pk)
    return render(request, "nominations/proposal.html", _context(found, may_write=may_write) | {"form": SendForm()})


@login_required
@require_POST
def drop(request: HttpRequest, proposal_id: UUID, entry_id: UUID) -> HttpResponse:
    found = _writable(request, proposal_id)
    _told(
        request,
        lambda: drop_from_proposal(found.pk, entry_id, actor=person_of(request)),
        "Đã bỏ khỏi danh sách; hồ sơ vẫn còn.",
    )
    return redirect("nominations:proposal", found.pk)


@login_required
@require_POST
def send(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Send the signed letter to the province."""
    found = _writable(request, proposal_id)
    form = SendForm(request.POST)
    if form.is_valid():
        try:
            send_proposal(found.pk, actor=person_of(request), **form.cleaned_data)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "Đã gửi văn bản đề nghị tới Sở Công Thương.")
            return redirect("nominations:proposal", found.pk)
    return render(request, "nominations/proposal.html", _context(found, may_write=True) | {"form": form}, status=422)


@login_required
def summary_xlsx(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    return attachment(summary_workbook(_visible(request, proposal_id)), "danh-sach-trich-ngang.xlsx")


@login_required
def summary_pdf(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The printed list as a worker made it."""
    found = _visible(request, proposal_id)
    if found.document_id is None:
        raise Http404
    response = HttpResponse(open_document(found.document_id), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="danh-sach-trich-ngang.pdf"'
    return response


def _listed(request: HttpRequest) -> QuerySet[Proposal]:
    found = visible_proposals(person_of(request)).select_related("round", "source")
    if words := words_asked(request):
        fitting = [code for code, name in commune_names(None).items() if fits(words, name)]
        found = found.filter(Q(commune_code__in=fitting) | Q(number__icontains=words))
    return found.annotate(count=Count("lines")).order_by("-begun_at", "id")


def _commune(request: HttpRequest) -> str:
    """The own commune; the province's officers say for which commune they write."""
    own = person_of(request).commune_code
    asked = request.POST.get("xa") or request.GET.get("xa", "")
    return own or (asked if asked in commune_names({asked}) else "")


def _choice(request: HttpRequest, round: Round, commune: str, refused: DomainError | None = None) -> HttpResponse:
    """The lists to tick; after a refusal with what was ticked and why it was refused."""
    context = {
        "round": round,
        "commune": commune,
        "commune_name": commune_names({commune}).get(commune, "") if commune else "",
        "certificates": certificates_to_bring_up(round, commune) if commune else [],
        "entries": entries_to_propose(round, commune) if commune else [],
        "communes": [] if person_of(request).commune_code else sorted(commune_names(None).items(), key=lambda c: c[1]),
        "ticked": ids_in(request.POST.getlist("certificates") + request.POST.getlist("entries")),
        "refused": refused.message if refused else "",
    }
    return render(request, "nominations/choose.html", context, status=refused.status if refused else 200)


def _chosen(request: HttpRequest, round: Round, commune: str) -> HttpResponse:
    try:
        made = put_forward(
            round.pk,
            commune,
            certificates=_ids(request, "certificates"),
            entries=_ids(request, "entries"),
            actor=person_of(request),
        )
    except DomainError as refused:
        return _choice(request, round, commune, refused)
    messages.success(request, "Đã đưa vào danh sách trích ngang.")
    return redirect("nominations:proposal", made.pk)


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    """What was ticked under the name; raises `DomainError` for what is no id."""
    raw = request.POST.getlist(name)
    if len(found := ids_in(raw)) != len(raw):
        raise DomainError("Danh sách chọn gửi lên không hợp lệ; xin tải lại trang rồi chọn lại.")
    return found


def _visible(request: HttpRequest, proposal_id: UUID) -> Proposal:
    must_see(request, "nominations.proposal.see", None)
    return get_object_or_404(visible_proposals(person_of(request)).select_related("round", "source"), pk=proposal_id)


def _writable(request: HttpRequest, proposal_id: UUID) -> Proposal:
    found = _visible(request, proposal_id)
    must_do(request, "nominations.proposal.write", found)
    return found


def _context(found: Proposal, *, may_write: bool) -> dict[str, Any]:
    lines = found.lines.select_related("entry")
    return {
        "proposal": found,
        "commune_name": commune_names({found.commune_code}).get(found.commune_code, ""),
        "rows": list(zip(summary_lines(found), lines, strict=True)),
        "may_write": may_write and found.state == ProposalState.DRAFT,
        "is_sent": found.state == ProposalState.SENT,
    }


def _told(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
