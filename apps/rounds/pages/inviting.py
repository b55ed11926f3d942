"""Codes for members who cannot come in yet, on one sheet to be printed and cut."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.rounds.models import Round
from apps.rounds.pages.ground import of_a_round
from apps.rounds.queries.people import seats_without_code
from apps.rounds.queries.tasks import BODY_OF_SLUG
from apps.rounds.services import INVITATION_LIFE, Letter, invite_members
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time


@require_POST
@never_cache
@of_a_round
def invite_all(request: HttpRequest, round: Round, slug: str = "") -> HttpResponse:
    """Letters for everybody of the round, or of one body, who has neither password nor code."""
    if slug and slug not in BODY_OF_SLUG:
        raise Http404
    seats = seats_without_code(round, BODY_OF_SLUG.get(slug))
    back = reverse("setup:body", args=[round.code, slug]) if slug else reverse("setup:overview", args=[round.code])
    return _invite(request, round, seats.values_list("pk", flat=True), back)


@require_POST
@never_cache
@of_a_round
def invite_one(request: HttpRequest, round: Round, seat_id: UUID) -> HttpResponse:
    """The letter of one member again; the code of an earlier one is dead."""
    seat = get_object_or_404(round.appointments, pk=seat_id)
    return _invite(request, round, [seat.pk], reverse("setup:seat", args=[round.code, seat.pk]))


def _invite(request: HttpRequest, round: Round, seats: Iterable[UUID], back: str) -> HttpResponse:
    must_do(request, "rounds.member.invite", round)
    try:
        letters = invite_members(round.pk, list(seats), actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect(back)
    if not letters:
        messages.warning(
            request, "Không còn ai chờ cấp mã; mã đã cấp chỉ hiện một lần, cần nữa xin cấp lại từng người."
        )
        return redirect(back)
    context = {
        "round": round,
        "letters": [_shown(request, letter) for letter in letters],
        "until": transaction_time() + INVITATION_LIFE,
        "back": back,
    }
    return render(request, "rounds/letters.html", context)


def _shown(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    path = reverse("accounts:use_code")
    link = request.build_absolute_uri(f"{path}?{urlencode({'ten': letter.person.login})}")
    return {"letter": letter, "place": f"{request.get_host()}{path}", "qr": _drawn(link)}


def _drawn(link: str) -> SafeString:
    drawn = segno.make(link, error="m").svg_inline(scale=3, svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(drawn)  # noqa: S308 - drawn here
