"""The receipt of a filing, the owner's confirmation, and the talk with the authority."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.accounts.models import Person
from apps.dossiers.doors import CONFIRM, READ, filler_only, may_fill, whole_entries
from apps.dossiers.models import Confirmation, Entry, Filing, Side
from apps.dossiers.pages.filling import frame
from apps.dossiers.queries.reading import sections_shown
from apps.dossiers.services import confirm_filing
from apps.dossiers.services.printing import print_again
from apps.dossiers.services.supplements import write_note
from apps.dossiers.services.telling import confirmation_path, filing_of_token
from apps.rounds.rules import group_name
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError

WHOLE = ("entry__round", "entry__facility", "filed_by")


def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: everything for those who filed or read the dossier, the bare facts for whoever holds the code."""
    filing = get_object_or_404(Filing.objects.select_related(*WHOLE), receipt_code=code.upper())
    latest = filing.entry.filings.order_by("-number").first()
    context = {
        "filing": filing,
        "entry": filing.entry,
        "digest": _in_groups(filing.digest),
        "group": group_name(filing.entry.round, filing.entry.group),
        "is_latest": latest is not None and latest.pk == filing.pk,
    }
    if not _sees(request, filing.entry):
        return render(request, "dossiers/receipt_public.html", context)
    paths = {"confirmation": confirmation_path(filing)} if _may_hand_out(request, filing) else {}
    return render(request, "dossiers/receipt.html", {**context, **paths})


@login_required
def receipt_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The printed receipt, once it has been made."""
    filing = get_object_or_404(Filing.objects.select_related(*WHOLE), receipt_code=code.upper())
    if not _sees(request, filing.entry) or filing.document_id is None:
        raise Http404
    response = HttpResponse(open_document(filing.document_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-nhan-{filing.receipt_code}.pdf"'
    return response


@login_required
def receipt_made(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that waits for the print."""
    filing = get_object_or_404(Filing.objects.select_related(*WHOLE), receipt_code=code.upper())
    if not _sees(request, filing.entry):
        raise Http404
    return render(request, "dossiers/parts/print.html", {"filing": filing})


@login_required
@require_POST
def print_receipt_again(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the print once more, after it failed."""
    filing = get_object_or_404(Filing.objects.select_related(*WHOLE), receipt_code=code.upper())
    if not _sees(request, filing.entry):
        raise Http404
    print_again(filing.pk, actor=person_of(request))
    return redirect("dossiers:receipt", filing.receipt_code)


@login_required
def confirm(request: HttpRequest, entry_id: str) -> HttpResponse:
    """The owner reads what was filed for the facility and says that it is so."""
    entry = get_object_or_404(whole_entries(), pk=entry_id)
    must_see(request, CONFIRM, entry)
    waiting = _unconfirmed(entry)
    if request.method == "POST":
        for filing in waiting:
            confirm_filing(filing.pk, through=Confirmation.ACCOUNT, actor=person_of(request))
        messages.success(request, "Đã ghi nhận xác nhận của chủ cơ sở. Cơ quan tiếp nhận thấy ngay điều này.")
        return redirect("dossiers:tasks", entry.pk)
    context = {**frame(request, entry), "filings": waiting, "sections": sections_shown(entry)}
    return render(request, "dossiers/confirm.html", context)


def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for an owner without an account, by a link that only the facility was given. Opening it does nothing."""
    filing_id = filing_of_token(token)
    if filing_id is None:
        raise Http404
    filing = get_object_or_404(Filing.objects.select_related(*WHOLE), pk=filing_id)
    if request.method == "POST":
        confirm_filing(filing.pk, through=Confirmation.LINK, actor=None)
        return redirect("dossiers:confirm_by_link", token)
    group = group_name(filing.entry.round, filing.entry.group)
    return render(request, "dossiers/confirm_by_link.html", {"filing": filing, "entry": filing.entry, "group": group})


@filler_only
def talk(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What was said between facility and authority, and a box to answer."""
    typed, refused = "", ""
    if request.method == "POST":
        typed = request.POST.get("noi-dung", "")
        try:
            write_note(entry.pk, side=Side.FACILITY, text=typed, actor=person_of(request))
            messages.success(request, "Đã gửi lời nhắn tới cơ quan tiếp nhận.")
            return redirect("dossiers:talk", entry.pk)
        except DomainError as error:
            refused = error.message
    notes = entry.notes.select_related("author")
    context = {**frame(request, entry), "notes": notes, "typed": typed, "refused": refused}
    return render(request, "dossiers/talk.html", context, status=422 if refused else 200)


def _sees(request: HttpRequest, entry: Entry) -> bool:
    person = request.user
    return isinstance(person, Person) and (may_fill(person, entry) or person.has_perm(READ, entry))


def _may_hand_out(request: HttpRequest, filing: Filing) -> bool:
    """Whoever helped prints the link for the owner; the owner's own account needs none."""
    unconfirmed = filing.is_assisted and filing.owner_confirmed_at is None
    return unconfirmed and filing.filed_by_id == person_of(request).pk


def _unconfirmed(entry: Entry) -> list[Filing]:
    return list(entry.filings.filter(is_assisted=True, owner_confirmed_at__isnull=True).select_related("filed_by"))


def _in_groups(digest: str) -> str:
    bare = digest.removeprefix("sha256:")
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))
