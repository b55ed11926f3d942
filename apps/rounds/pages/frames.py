"""Sub-criteria per product group: a common frame, and a frame of its own for a group that needs one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.rounds.forms.choosing import FrameSheet
from apps.rounds.models import Round
from apps.rounds.pages.choosing import may_draft
from apps.rounds.pages.ground import for_who_runs_it, of_a_round
from apps.rounds.rules import drafted_rules, parts_for, problems_of, rules_of, sample_parts, sums_of
from apps.rounds.services import save_choices
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import whole_of

COMMON = "chung"


@of_a_round
def frames(request: HttpRequest, round: Round) -> HttpResponse:
    """Every frame of the round, the common one first."""
    found = rules_of(round)
    own = found.get("parts_of_group", {})
    common = {criterion["code"]: criterion["parts"] for criterion in found["criteria"]}
    context = {
        "round": round,
        "criteria": found["criteria"],
        "common": _rows(found, common),
        "has_common": any(common.values()),
        "groups": [
            (group, _rows(found, parts_for(found, group["code"])) if group["code"] in own else [])
            for group in found["groups"]
        ],
        "may_write": may_draft(request, round),
    }
    return render(request, "rounds/frames.html", context)


@for_who_runs_it
def frame(request: HttpRequest, round: Round, which: str) -> HttpResponse:
    """Edit one frame; `mau` starts from the sample, `them` gives more lines, neither saves anything."""
    drafted = _drafted(round, which)
    context: dict[str, Any] = {"round": round, "which": which, "name": _name(drafted, which), "refused": ""}
    if request.method == "POST" and "bo" in request.POST and which != COMMON:
        return _drop(request, round, which)
    is_sample = "mau" in request.GET and request.method != "POST"
    parts = sample_parts(round) if is_sample else _present(drafted, which)
    sheet = FrameSheet(drafted["criteria"], parts, request.POST or None)
    context |= {"sheet": sheet, "is_sample": is_sample, "version": request.POST.get("version", round.choices_version)}
    context["sums"] = sums_of(drafted, sheet.parts() if request.method == "POST" and sheet.is_valid() else parts)
    if request.method != "POST":
        return render(request, "rounds/frame.html", context)
    if sheet.is_valid():
        try:
            _save(request, round, which, sheet.parts())
        except DomainError as refused:
            context["refused"] = refused.message
        else:
            messages.success(request, f"Đã lưu khung điểm: {context['name']}.")
            return redirect("setup:frames", round.code)
    return render(request, "rounds/frame.html", context, status=422)


@require_POST
@for_who_runs_it
def check_frame(request: HttpRequest, round: Round, which: str) -> HttpResponse:
    """The sums of the frame as it stands on the page, and what the law says; nothing is saved."""
    drafted = _drafted(round, which)
    sheet = FrameSheet(drafted["criteria"], {}, request.POST)
    parts = sheet.parts() if sheet.is_valid() else {}
    context = {"sums": sums_of(drafted, parts), "problems": list(problems_of(round, {"parts": parts}).values())}
    return render(request, "rounds/parts/sums.html", context)


def _drafted(round: Round, which: str) -> dict[str, Any]:
    if not round.may(Capability.PLAN):
        raise Http404
    drafted = drafted_rules(round)
    if which != COMMON and which not in {group["code"] for group in drafted["groups"]}:
        raise Http404
    return drafted


def _name(rules: dict[str, Any], which: str) -> str:
    names = {group["code"]: str(group["name"]) for group in rules["groups"]}
    return names.get(which, "Khung điểm chung của mọi nhóm")


def _present(rules: dict[str, Any], which: str) -> dict[str, Any]:
    if which == COMMON:
        return {criterion["code"]: criterion["parts"] for criterion in rules["criteria"]}
    return parts_for(rules, which)


def _save(request: HttpRequest, round: Round, which: str, parts: dict[str, Any]) -> None:
    if which == COMMON:
        choice: dict[str, Any] = {"parts": parts}
    else:
        choice = {"parts_of_group": {**round.choices.get("parts_of_group", {}), which: parts}}
    version = whole_of(request.POST.get("version", ""))
    save_choices(round.pk, choice, version=-1 if version is None else version, actor=person_of(request))


def _drop(request: HttpRequest, round: Round, which: str) -> HttpResponse:
    own = {code: parts for code, parts in round.choices.get("parts_of_group", {}).items() if code != which}
    save_choices(round.pk, {"parts_of_group": own}, version=round.choices_version, actor=person_of(request))
    messages.success(request, "Nhóm này dùng lại khung điểm chung.")
    return redirect("setup:frames", round.code)


def _rows(rules: dict[str, Any], parts: dict[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, str]]]]:
    return [(criterion, parts.get(criterion["code"], [])) for criterion in rules["criteria"]]
