"""The work queue of whoever screens dossiers: filters, counters that follow them, saved views, export."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.accounts.models import Person
from apps.dossiers.access import has_desk
from apps.dossiers.models import Entry, SavedView
from apps.dossiers.pages.desk_forms import NAMES, FilterForm, address_of, filters_of
from apps.dossiers.queries.desk import SETS, TABS, Filters, counted, narrowed, on_desk, rows_of, tabbed, with_details
from apps.dossiers.queries.people import screeners_of
from apps.dossiers.services.views import forget_view, save_view
from apps.dossiers.workbook import desk_workbook
from apps.rounds.models import Round
from tenants.gateways import describe
from tenants.reference.queries import communes_of
from tieubieu.binding import current
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.ui.parts import Figure

PAGE = 50
KEYS = (
    ("j", "Hồ sơ sau"),
    ("k", "Hồ sơ trước"),
    ("Enter", "Mở hồ sơ"),
    ("x", "Đánh dấu hoặc bỏ đánh dấu"),
    ("a", "Tiếp nhận các hồ sơ đã đánh dấu"),
    ("g", "Chọn người kiểm tra để giao"),
    ("/", "Tìm"),
    ("?", "Xem phím tắt"),
)
MOST_EXPORTED = 20_000


def desk_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that does not exist for whoever has no desk."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_desk(person_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@desk_only
def queue(request: HttpRequest) -> HttpResponse:
    """The filtered rows, fifty a page, with counters that follow the filter."""
    return render(request, "dossiers/desk/queue.html", _queue_context(request, filters_of(request.GET)))


def _queue_context(request: HttpRequest, asked: Filters) -> dict[str, Any]:
    person = person_of(request)
    rows = narrowed(on_desk(person), asked, person, timezone.localdate())
    page = Paginator(with_details(tabbed(rows, asked)), PAGE).get_page(request.GET.get("trang"))
    held = list(Round.objects.filter(pk__in=on_desk(person).values("round")))
    names, counts = _commune_names(), counted(rows)
    may_screen = any(person.has_perm("dossiers.entry.screen", round) for round in held)
    return {
        "page": page,
        "rows": rows_of(page.object_list, names),
        "asked": asked,
        "address": address_of(asked),
        "kept": [(NAMES[field], value) for field, value in vars(asked).items() if value],
        "round": next((round for round in held if round.code == asked.round), None),
        "counts": counts,
        "parts": [Figure(tab.label, counts[tab.key]) for tab in TABS if counts[tab.key]],
        "tabs": _tabs(asked, counts),
        "form": _filter_form(person, asked, held, names),
        "views": [(view, urlencode(view.filters)) for view in person.desk_views.all()],
        "screeners": screeners_of(held) if may_screen else [],
        "may_screen": may_screen,
        "may_assign": any(person.has_perm("dossiers.entry.assign", round) for round in held),
        "may_merge": any(person.has_perm("dossiers.entry.merge", round) for round in held),
        "keys": KEYS,
    }


@desk_only
def export(request: HttpRequest) -> HttpResponse:
    """The same rows under the same filters, as a workbook."""
    person, asked = person_of(request), filters_of(request.GET)
    rows = narrowed(on_desk(person), asked, person, timezone.localdate())
    found = with_details(tabbed(rows, asked))[:MOST_EXPORTED]
    return attachment(desk_workbook(rows_of(found, _commune_names())), "ho-so-kiem-tra.xlsx")


@desk_only
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Remember the filters of this address under a name."""
    asked = filters_of(request.POST)
    said = {NAMES[field]: value for field, value in vars(asked).items() if value}
    name = request.POST.get("ten", "")
    try:
        view = save_view(person_of(request), name=name, filters=said)
    except DomainError as refused:
        told = {"refused": refused.message, "typed_words": name}
        return render(request, "dossiers/desk/queue.html", _queue_context(request, asked) | told, status=refused.status)
    messages.success(request, f"Đã lưu cách xem “{view.name}”.")
    return redirect(f"{reverse('desk:queue')}?{address_of(asked)}")


@desk_only
@require_POST
def drop_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=view_id, person=person_of(request))
    forget_view(view)
    messages.success(request, f"Đã bỏ cách xem “{view.name}”.")
    return redirect("desk:queue")


def _filter_form(person: Person, asked: Filters, held: list[Round], names: dict[str, str]) -> FilterForm:
    there = on_desk(person).order_by().values_list("facility__commune_code", flat=True).distinct()
    groups = {group["code"]: f"{group['code']}. {group['name']}" for r in held for group in r.rules.get("groups", [])}
    officers = Person.objects.filter(pk__in=on_desk(person).values("officer")).order_by("name_key")
    return FilterForm(
        asked,
        rounds=[(round.code, round.name) for round in held],
        groups=sorted(groups.items()),
        communes=[(code, names.get(code, code)) for code in sorted(there, key=lambda c: names.get(c, c)) if code],
        people=officers,
    )


def _commune_names() -> dict[str, str]:
    """The province's communes by code; codes alone where they are not known."""
    code = describe(current()).province_code
    return {unit.code: unit.full_name for unit in communes_of(code, timezone.localdate())} if code else {}


def _tabs(asked: Filters, counts: dict[str, int]) -> list[dict[str, Any]]:
    """All of it, each part that holds something, and the sets made by merging beside them."""
    parts = [("", "Tất cả", counts["received"]), *((tab.key, tab.label, counts[tab.key]) for tab in TABS)]
    parts.append((SETS, "bộ do gộp", counts[SETS]))
    return [
        {"key": key, "label": label, "count": count, "address": address_of(asked, tab=key)}
        for key, label, count in parts
        if count or key in ("", asked.tab)
    ]


def back_to_queue(asked: Filters) -> str:
    return f"{reverse('desk:queue')}?{address_of(asked)}"


def visible_entries(person: Person) -> QuerySet[Entry]:
    """The dossiers whose page the person may open."""
    return on_desk(person).select_related("round", "facility__merged_into", "officer", "merged_into")
