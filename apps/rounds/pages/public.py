"""The announcement of a round, for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import announced_rounds
from apps.rounds.queries.areas import area_names
from apps.rounds.queries.windows import announced_moves
from apps.rounds.rules import parts_for
from apps.rounds.states import Capability
from tieubieu.lib.phones import shown_phone
from tieubieu.moments import transaction_time
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve


def announcement(request: HttpRequest, code: str) -> HttpResponse:
    """What the round is, who may take part, by when and how; a round nobody announced is the same 404 as none."""
    round = get_object_or_404(announced_rounds().prefetch_related("windows__officer"), code=code)
    windows = {window.kind: window for window in round.windows.all()}
    filing, now = windows.get(WindowKind.FILING), transaction_time()
    contact = filing.officer if filing and filing.officer else round.officer
    context = {
        "round": round,
        "area": area_names([round]).get(round.area_code, ""),
        "rules": round.rules,
        "windows": [windows[kind] for kind in WindowKind if kind in windows],
        "filing": filing,
        "moves": announced_moves(round),
        "is_before": filing is not None and now < filing.opens_at,
        "is_open": filing is not None and filing.opens_at <= now < filing.closes_at and round.may(Capability.FILE),
        "contact": contact,
        "phone": shown_phone(contact.phone) if contact else "",
        "own_frames": _own_frames(round),
        "has_results": round.may(Capability.SHOW_RESULTS),
    }
    return render(request, "rounds/announcement.html", context)


def announced_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The signed plan, once the round is announced."""
    round = get_object_or_404(announced_rounds(), code=code)
    return serve(request, get_object_or_404(StoredFile, pk=round.plan_file_id))


def _own_frames(round: Round) -> list[tuple[str, list[tuple[dict[str, str], list[dict[str, str]]]]]]:
    """The frames as the announcement shows them: the common one, and those of groups with their own."""
    rules = round.rules
    common = [(criterion, criterion["parts"]) for criterion in rules["criteria"]]
    own = [
        (
            group["name"],
            [(criterion, parts_for(rules, group["code"])[criterion["code"]]) for criterion in rules["criteria"]],
        )
        for group in rules["groups"]
        if group["code"] in rules.get("parts_of_group", {})
    ]
    return [("Tiêu chí và điểm tối đa", common), *own]
