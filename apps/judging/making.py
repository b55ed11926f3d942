"""A judge's open sheets on paper: the form of Phụ lục 4, one page an entry, each with the QR code of its own sheet."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.judging.access import own_sheets
from apps.judging.frame import SheetLine
from apps.judging.models import Sheet
from apps.judging.services import lines_of
from apps.judging.states import SheetState
from apps.rounds.models import Appointment
from apps.rounds.rules import group_name
from tenants.gateways import describe, site_of
from tieubieu.binding import current
from tieubieu.documents.ink.paper_sheet import PaperLine, PaperPage, PaperSheets
from tieubieu.documents.services import make_document

KIND = "paper_sheets"


@transaction.atomic
def print_paper_sheets(judge_id: UUID) -> None:
    """Print the open sheets of a judge; printing the same sheets again gives the same file."""
    judge = Appointment.objects.select_related("round", "person").get(pk=judge_id)
    sheets = list(own_sheets(judge.person).filter(judge=judge, state=SheetState.DRAFT).order_by("entry__code"))
    if sheets:
        make_document(KIND, judge, "paper_sheet", paper_words(judge, sheets))


def paper_words(judge: Appointment, sheets: list[Sheet]) -> PaperSheets:
    """What the pages say; tested without printing."""
    tenant = describe(current())
    return PaperSheets(
        authority=tenant.authority,
        round_name=judge.round.name,
        judge=judge.person.full_name,
        dated=timezone.localdate(),
        pages=tuple(_page(judge, sheet, site_of(tenant)) for sheet in sheets),
        is_demo=judge.round.is_demo,
    )


def _page(judge: Appointment, sheet: Sheet, site: str) -> PaperPage:
    entry = sheet.entry
    return PaperPage(
        product=entry.name,
        group=group_name(judge.round, entry.group),
        code=entry.code,
        lines=tuple(_lines(lines_of(sheet))),
        url=site + reverse("judging:paper_case", args=[judge.round.code, sheet.pk]),
    )


def _lines(lines: list[SheetLine]) -> list[PaperLine]:
    found: list[PaperLine] = []
    for line in lines:
        if line.heading and (not found or line.heading not in [one.label for one in found]):
            whole = sum((one.most for one in lines if one.criterion == line.criterion), start=line.most - line.most)
            found.append(PaperLine("", line.heading, whole, is_heading=True))
        found.append(PaperLine(line.part, line.label, line.most))
    return found
