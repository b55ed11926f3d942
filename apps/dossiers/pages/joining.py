"""Entries of one facility are joined into a set, after a look at what it would be, and taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.dossiers.models import Entry
from apps.dossiers.pages.bulk import ids_of
from apps.dossiers.pages.desk import desk_only, visible_entries
from apps.dossiers.pages.desk_forms import MergeForm
from apps.dossiers.pages.dossier import to_screen, told_on_page
from apps.dossiers.services.merging import dissolve_set, merge_entries
from apps.dossiers.states import EntryState
from apps.rounds.rules import group_name
from tieubieu.errors import DomainError


@desk_only
def join(request: HttpRequest) -> HttpResponse:
    """The chosen entries side by side, the name and legal case of the set, and what hinders it if anything does."""
    members = list(visible_entries(person_of(request)).filter(pk__in=ids_of(request)).order_by("code"))
    if not members:
        raise Http404
    for member in members:
        must_do(request, "dossiers.entry.merge", member)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merged = merge_entries([m.pk for m in members], actor=person_of(request), **form.cleaned_data)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"Đã gộp {len(members)} hồ sơ thành bộ “{merged.name}”, mã số {merged.code}.")
            return redirect("desk:dossier", merged.pk)
    context = {"members": members, "form": form, "hindrances": _hindrances(members), "group": _group(members)}
    return render(request, "dossiers/desk/join.html", context, status=422 if form.errors else 200)


@desk_only
@require_POST
def take_apart(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = to_screen(request, entry_id, "dossiers.entry.merge")
    try:
        members = dissolve_set(entry.pk, reason=request.POST.get("ly_do", ""), actor=person_of(request))
    except DomainError as refused:
        return told_on_page(request, entry.pk, refused)
    messages.success(request, f"Đã tách bộ “{entry.name}” thành {len(members)} hồ sơ như trước.")
    return redirect("desk:queue")


def _hindrances(members: list[Entry]) -> list[str]:
    """What would stand in the way, told before anything is typed."""
    told = [f"“{m.name}” chưa được kết luận hợp lệ." for m in members if m.state != EntryState.ACCEPTED]
    if len(members) < 2:
        told.append("Bộ sản phẩm gộp từ ít nhất hai hồ sơ.")
    if len({m.facility_id for m in members}) > 1:
        told.append("Các hồ sơ thuộc nhiều cơ sở khác nhau.")
    if len({m.round_id for m in members}) > 1:
        told.append("Các hồ sơ thuộc nhiều kỳ khác nhau.")
    if len({m.group for m in members}) > 1:
        told.append("Các hồ sơ thuộc nhiều nhóm sản phẩm khác nhau.")
    return told


def _group(members: list[Entry]) -> str:
    return group_name(members[0].round, members[0].group)
