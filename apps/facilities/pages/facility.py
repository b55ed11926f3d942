"""One facility: what is known of it, who acts for it, whether it is a cơ sở CNNT, and all that happened to it."""

from fractions import Fraction
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.accounts.doors import must_see, person_of
from apps.facilities.history import Wording, field_label, history
from apps.facilities.models import FIGURES, Facility, FacilityYear
from apps.facilities.pages.ground import ground_of
from apps.facilities.records import takings_of
from apps.facilities.services.registering import typed_of
from apps.facilities.workbook import facility_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.ui.words import percent

MAY = {
    "edit": "facilities.facility.edit",
    "mend": "facilities.proposal.edit",
    "contact": "facilities.contact.edit",
    "figures": "facilities.figures.enter",
    "approve": "facilities.facility.approve",
    "agents": "facilities.agent.approve",
    "invite": "facilities.agent.invite",
}


@login_required
def facility(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """Somebody else's facility is the same 404 as none."""
    return render(request, "facilities/facility.html", _context(request, visible(request, facility_id)))


def told_on_page(request: HttpRequest, found: Facility, refused: DomainError) -> HttpResponse:
    """The facility as it is now, what stood in the way of an act, and the reason that was typed for it."""
    told = {"refused": refused.message, "typed_words": request.POST.get("reason", "")}
    told["answered"] = request.POST.get("hop-thoai", "")
    found.refresh_from_db()
    return render(request, "facilities/facility.html", _context(request, found) | told, status=refused.status)


def _context(request: HttpRequest, found: Facility) -> dict[str, Any]:
    ground, person = ground_of(request), person_of(request)
    wording = Wording(ground)
    prefetch_related_objects([found], "years")
    may = {word: person.has_perm(action, found) for word, action in MAY.items()}
    return {
        "facility": found,
        "eligibility": ground.eligibility_of(found),
        "facts": [(field_label(name), wording.value(name, value)) for name, value in typed_of(found).items()],
        "agents": found.agents.select_related("person").order_by("person__name_key"),
        "products": found.products.order_by("name"),
        "years": with_growth(list(found.years.all())),
        "takings": takings_of(found, person),
        "history": history(found, wording),
        "may": may,
        "edit_page": _edit_page(may),
        "sees_register": person.has_perm("facilities.register.see"),
    }


@login_required
def export(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """The two tables of the page as a workbook, for whoever may see the page."""
    found = visible(request, facility_id)
    takings = takings_of(found, person_of(request))
    return attachment(facility_workbook(found.years.all(), takings), f"co-so-{found.tax_code}.xlsx")


def visible(request: HttpRequest, facility_id: UUID) -> Facility:
    """The facility, or the 404 of nothing for whoever may not see it."""
    found = get_object_or_404(Facility.objects.select_related("craft_village", "merged_into"), pk=facility_id)
    must_see(request, "facilities.facility.see", found)
    return found


def with_growth(years: list[FacilityYear]) -> list[dict[str, object]]:
    """Newest first: the figures of each year, and the growth over the year right before it where both are known."""
    lines = []
    for row, before in pairwise([*years, None]):
        assert row is not None
        last = before if before is not None and before.year == row.year - 1 else None
        cells = [(getattr(row, name), _growth(getattr(row, name), getattr(last, name, None))) for name in FIGURES]
        lines.append({"year": row.year, "cells": cells})
    return lines


def _growth(now: Any, before: Any) -> str:
    if now is None or not before:
        return ""
    share = Fraction(now - before) / Fraction(before)
    if not share:
        return "không đổi"
    return f"tăng {percent(share)}" if share > 0 else f"giảm {percent(-share)}"


def _edit_page(may: dict[str, bool]) -> str:
    if may["edit"] or may["mend"]:
        return "facilities:edit"
    return "facilities:contact" if may["contact"] else ""
