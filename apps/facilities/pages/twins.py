"""Facilities that look like one: found, laid side by side, merged or said to be two."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import officials_only, person_of
from apps.facilities.forms.merge import MergeForm
from apps.facilities.history import Wording
from apps.facilities.merging import find_distinct, merge_facilities
from apps.facilities.models import FIGURES, Facility
from apps.facilities.pages.ground import ground_of
from apps.facilities.queries import likely_pairs
from apps.facilities.services.registering import typed_of
from apps.facilities.workbook import twins_workbook
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import whole_of
from tieubieu.lib.text import fold
from tieubieu.spreadsheets import attachment

PAGE = 20


@dataclass(frozen=True)
class Line:
    """A field of both, side by side; `name` is the form's field when the two differ."""

    label: str
    first: str
    second: str
    name: str = ""
    choice: str = ""


@officials_only("facilities.facility.merge")
def twins(request: HttpRequest) -> HttpResponse:
    """The pairs that something speaks for, the strongest first."""
    page = Paginator(likely_pairs(), PAGE).get_page(request.GET.get("trang"))
    keys = {key for pair in page for key in (pair.first.key, pair.second.key)}
    found = Facility.objects.in_bulk(keys)
    units = ground_of(request).units
    rows = [(found[pair.first.key], found[pair.second.key], ", ".join(pair.reasons)) for pair in page]
    return render(request, "facilities/twins.html", {"page": page, "rows": rows, "units": units})


@officials_only("facilities.facility.merge")
def export_twins(request: HttpRequest) -> HttpResponse:
    pairs = likely_pairs()
    found = Facility.objects.in_bulk({key for pair in pairs for key in (pair.first.key, pair.second.key)})
    return attachment(twins_workbook(pairs, found), "co-so-co-the-trung.xlsx")


@officials_only("facilities.facility.merge")
def side_by_side(request: HttpRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Two facilities field by field; with the choices in the address, what would become of them."""
    first, second = _both(first_id, second_id)
    form = MergeForm(request.GET if "stays" in request.GET else None, first=first, second=second)
    is_chosen = form.is_bound and form.is_valid()
    wording = Wording(ground_of(request))
    context = {
        "first": first,
        "second": second,
        "form": form,
        "lines": _lines(form, wording),
        "years": _years(form, wording),
        "products": _products(first, second),
        "agents": [facility.agents.select_related("person") for facility in (first, second)],
        "chosen": [(wording.label(n), wording.value(n, v)) for n, v in form.result.items()] if is_chosen else None,
        "answers": form.cleaned_data if is_chosen else {},
    }
    return render(request, "facilities/merge.html" if is_chosen else "facilities/side_by_side.html", context)


@officials_only("facilities.facility.merge")
@require_POST
def merge(request: HttpRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Final: asked once on the page before."""
    first, second = _both(first_id, second_id)
    form = MergeForm(request.POST, first=first, second=second)
    if not form.is_valid():
        messages.error(request, "Một trong hai cơ sở vừa được sửa; xin đối chiếu lại trước khi gộp.")
        return redirect("facilities:side_by_side", first_id, second_id)
    try:
        kept = merge_facilities(
            form.survivor.pk, form.merged.pk, taken=form.taken, years_taken=form.years_taken,
            versions=_versions(request, form), actor=person_of(request),
        )  # fmt: skip
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect("facilities:side_by_side", first_id, second_id)
    messages.success(request, f"Đã gộp {form.merged.name} vào {kept.name}.")
    return redirect("facilities:facility", kept.pk)


@officials_only("facilities.facility.merge")
@require_POST
def distinct(request: HttpRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    first, second = _both(first_id, second_id)
    find_distinct(first.pk, second.pk, actor=person_of(request))
    messages.success(request, f"Đã ghi nhận {first.name} và {second.name} là hai cơ sở khác nhau.")
    return redirect("facilities:twins")


def _both(first_id: UUID, second_id: UUID) -> tuple[Facility, Facility]:
    standing = Facility.objects.filter(merged_into__isnull=True).select_related("craft_village")
    found = standing.in_bulk([first_id, second_id])
    if first_id == second_id or len(found) < 2:
        raise Http404
    return found[first_id], found[second_id]


def _versions(request: HttpRequest, form: MergeForm) -> tuple[int, int]:
    """The versions that the person looked at; what is no number fits none."""
    seen = {
        facility.pk: whole_of(request.POST.get(name, "")) or 0
        for facility, name in ((form.first, "version_a"), (form.second, "version_b"))
    }
    return seen[form.survivor.pk], seen[form.merged.pk]


def _lines(form: MergeForm, wording: Wording) -> list[Line]:
    theirs = typed_of(form.second)
    lines = []
    for name, mine in typed_of(form.first).items():
        own = f"field_{name}" if name in form.differing else ""
        texts = wording.value(name, mine), wording.value(name, theirs[name])
        lines.append(Line(wording.label(name), *texts, own, form.choice(own) if own else ""))
    return lines


def _years(form: MergeForm, wording: Wording) -> list[Line]:
    def told(row: object) -> str:
        return "; ".join(f"{wording.label(name)}: {wording.value(name, getattr(row, name))}" for name in FIGURES)

    return [
        Line(f"Số liệu năm {year}", told(first), told(second), f"year_{year}", form.choice(f"year_{year}"))
        for year, (first, second) in form.years.items()
    ]


def _products(first: Facility, second: Facility) -> list[tuple[str, bool, bool]]:
    """Every product by name, and which of the two has it; of one name, they count as one."""
    theirs = {fold(product.name): product.name for product in second.products.all()}
    mine = {fold(product.name): product.name for product in first.products.all()}
    return [(name, key in mine, key in theirs) for key, name in sorted({**theirs, **mine}.items())]
