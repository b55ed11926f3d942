"""The questions of a dossier: one a page on a phone, a section a page at a desk, each answer saved when given."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.dossiers.doors import filler_only
from apps.dossiers.models import Entry
from apps.dossiers.pages.filling import frame
from apps.dossiers.queries.reading import FieldShown, SectionShown, sections_shown
from apps.dossiers.services import BadAnswer, ChangedElsewhere, save_answer
from tieubieu.errors import DomainError
from tieubieu.requests import json_of
from tieubieu.ui.words import moment


@filler_only
def step(request: HttpRequest, entry: Entry, code: str) -> HttpResponse:
    """One question. All others lie in the page too, so that a phone goes on without a connection."""
    sections = sections_shown(entry)
    if not any(shown.field.code == code for section in sections for shown in section.fields):
        raise Http404
    told = _save_all(request, entry, [code], sections) if request.method == "POST" else {}
    if request.method == "POST" and not told:
        return _onwards(request, entry, code, sections)
    context = {"questions": _questions(entry, sections, told), "current": code, "back": _back(request, entry)}
    return render(request, "dossiers/step.html", {**frame(request, entry), **context}, status=_status(told))


@filler_only
def section(request: HttpRequest, entry: Entry, code: str) -> HttpResponse:
    """All questions of a section on one page, for people who type many dossiers."""
    sections = sections_shown(entry)
    chosen = next((one for one in sections if one.code == code), None)
    if chosen is None:
        raise Http404
    codes = [shown.field.code for shown in chosen.fields]
    told = _save_all(request, entry, codes, sections) if request.method == "POST" else {}
    if request.method == "POST" and not told:
        return _after_section(entry, code, sections)
    context = {"section": chosen, "questions": _questions(entry, [chosen], told), "back": _back(request, entry)}
    return render(request, "dossiers/section.html", {**frame(request, entry), **context}, status=_status(told))


@filler_only
@require_POST
def save(request: HttpRequest, entry: Entry) -> JsonResponse:
    """Autosave: `{code, value, base}` in, `{value, text, fault}` out; 409 with what stands there, or 422."""
    try:
        asked = json_of(request)
        saved = save_answer(
            entry.pk, str(asked["code"]), str(asked["value"]), base=str(asked["base"]), actor=person_of(request)
        )
    except ChangedElsewhere as changed:
        return JsonResponse({"message": changed.message, "changed": True, **_theirs(changed)}, status=409)
    except DomainError as refused:
        return JsonResponse({"message": refused.message}, status=refused.status)
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"message": "Dữ liệu gửi lên chưa đúng dạng; xin tải lại trang."}, status=400)
    return JsonResponse({"value": saved.value, "text": saved.text, "fault": saved.fault})


def _save_all(
    request: HttpRequest, entry: Entry, codes: list[str], sections: list[SectionShown]
) -> dict[str, dict[str, Any]]:
    """Save every box of these questions that was posted; what could not be saved is told box by box."""
    told: dict[str, dict[str, Any]] = {}
    for shown in _fields(sections, codes):
        for answer in shown.answers:
            code = answer.box.code
            typed = request.POST.get(code)
            if typed is None:
                continue
            try:
                base = request.POST.get(f"goc.{code}", "")
                saved = save_answer(entry.pk, code, typed, base=base, actor=person_of(request))
                if saved.fault:  # kept all the same
                    told[code] = {"typed": saved.text, "error": saved.fault, "kept": saved.value}
            except BadAnswer as bad:
                told[code] = {"typed": typed, "error": bad.message}
            except ChangedElsewhere as changed:
                told[code] = {"typed": typed, "error": changed.message, "base": changed.value, **_theirs(changed)}
    return told


def _theirs(changed: ChangedElsewhere) -> dict[str, str]:
    """What stands in the box now, and who wrote it when."""
    answer = changed.answer
    by, at = (changed.typed.name, moment(timezone.localtime(changed.typed.at))) if changed.typed else ("", "")
    return {"value": changed.value, "text": answer.text, "words": answer.words, "by": by, "at": at}


def _questions(entry: Entry, sections: list[SectionShown], told: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What the template draws: each field with its boxes, its place in the row, and where it leads."""
    rows = [(section, shown) for section in sections for shown in section.fields]
    return [
        {
            "shown": shown,
            "section": section,
            "number": number,
            "url": reverse("dossiers:step", args=[entry.pk, shown.field.code]),
            "next": rows[number][1].field.code if number < len(rows) else "",
            "ends_section": number == len(rows) or rows[number][0] is not section,
            "boxes": [
                {"answer": answer, "error": answer.fault, **told.get(answer.box.code, {})} for answer in shown.answers
            ],
        }
        for number, (section, shown) in enumerate(rows, 1)
    ]


def _fields(sections: list[SectionShown], codes: list[str]) -> list[FieldShown]:
    return [shown for section in sections for shown in section.fields if shown.field.code in codes]


def _onwards(request: HttpRequest, entry: Entry, code: str, sections: list[SectionShown]) -> HttpResponse:
    """Back to where one came from to mend an answer, else the next question, at the end of a section the list."""
    if request.POST.get("ve") == "kiem-tra":
        return redirect(f"{reverse('dossiers:check', args=[entry.pk])}#o-{code}")
    section = next(one for one in sections if any(shown.field.code == code for shown in one.fields))
    codes = [shown.field.code for shown in section.fields]
    place = codes.index(code) + 1
    if place < len(codes):
        return redirect("dossiers:step", entry.pk, codes[place])
    return redirect("dossiers:tasks", entry.pk)


def _after_section(entry: Entry, code: str, sections: list[SectionShown]) -> HttpResponse:
    codes = [one.code for one in sections]
    place = codes.index(code) + 1
    if place < len(codes):
        return redirect("dossiers:section", entry.pk, codes[place])
    return redirect("dossiers:tasks", entry.pk)


def _back(request: HttpRequest, entry: Entry) -> str:
    """The page's own word for where it was opened from."""
    return "kiem-tra" if request.GET.get("ve", request.POST.get("ve")) == "kiem-tra" else ""


def _status(told: dict[str, dict[str, Any]]) -> int:
    if not told:
        return 200
    return 409 if any("base" in one for one in told.values()) else 422
