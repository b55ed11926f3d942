"""Bringing facilities in from a workbook: upload, look, confirm."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from apps.accounts.doors import officials_only, person_of
from apps.facilities.history import Change, Wording
from apps.facilities.importing import confirm_import, own_batches, preview, stage_workbook
from apps.facilities.importing.sorting import Known, Sorted
from apps.facilities.models import ImportBatch
from apps.facilities.pages.ground import ground_of
from apps.facilities.workbook import SheetRow, blank_workbook, preview_workbook, returned_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.ui.parts import Figure

FIRST_ROWS = 20


class WorkbookForm(forms.Form):
    workbook = forms.FileField(
        label="Bảng tính cơ sở", help_text="Tệp .xlsx theo mẫu, tối đa 5.000 dòng.", allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


@officials_only("facilities.facility.import")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Upload; what cannot be read as a whole is told beside the file box."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_bound and form.is_valid():
        try:
            batch = stage_workbook(form.cleaned_data["workbook"], actor=person_of(request))
        except DomainError as refused:
            form.add_error("workbook", refused.message)
        else:
            return redirect("facilities:import", batch.pk)
    context = {"form": form, "batches": own_batches(person_of(request)).select_related("file")[:10]}
    return render(request, "facilities/bring_in.html", context, status=422 if form.is_bound else 200)


@officials_only("facilities.facility.import")
def one_import(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What a confirmation would do, or what it did; somebody else's upload is the same 404 as none."""
    batch = _own(request, batch_id)
    if batch.confirmed_at:
        return render(request, "facilities/import_done.html", {"batch": batch, "figures": _outcome(batch)})
    rows = preview(batch, ground_of(request))
    wording = Wording(ground_of(request))
    context = {
        "batch": batch,
        "figures": _counts(rows),
        "new": [row for row, _ in rows.new[:FIRST_ROWS]],
        "different": [(known, _told(known, wording)) for known in rows.different[:FIRST_ROWS]],
        "refused": rows.refused[:FIRST_ROWS],
        "first": FIRST_ROWS,
        "may_confirm": bool(rows.new or rows.different),
    }
    return render(request, "facilities/import_preview.html", context)


@officials_only("facilities.facility.import")
def confirm(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Once; a second time shows what the first did."""
    batch = _own(request, batch_id)
    if request.method == "POST":
        is_updating = request.POST.get("known") == "update"
        try:
            confirm_import(batch.pk, ground_of(request), is_updating=is_updating, actor=person_of(request))
        except DomainError as refused:
            messages.error(request, refused.message)
            return redirect("facilities:bring_in")
    return redirect("facilities:import", batch.pk)


@officials_only("facilities.facility.import")
def returned(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The rows that could not be used, to be mended and sent again."""
    batch = _own(request, batch_id)
    if batch.confirmed_at:
        refused = [(SheetRow(line, values), reason) for line, values, reason in batch.refused]
    else:
        refused = preview(batch, ground_of(request)).refused
    return attachment(returned_workbook(refused), "co-so-chua-nhap-duoc.xlsx")


@officials_only("facilities.facility.import")
def export_preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Every row with what would become of it; once confirmed there is nothing more to look over."""
    batch = _own(request, batch_id)
    if batch.confirmed_at:
        return redirect("facilities:import", batch.pk)
    rows, wording = preview(batch, ground_of(request)), Wording(ground_of(request))
    different = [
        [known.row.line, known.facility.name, change.label, change.before, change.after]
        for known in rows.different
        for change in _told(known, wording)
    ]
    book = preview_workbook([row for row, _ in rows.new], [one.row for one in rows.same], different, rows.refused)
    return attachment(book, "xem-truoc-co-so.xlsx")


@officials_only("facilities.facility.import")
def template(request: HttpRequest) -> HttpResponse:
    return attachment(blank_workbook(), "mau-co-so.xlsx")


def _own(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    return get_object_or_404(own_batches(person_of(request)).select_related("file"), pk=batch_id)


def _counts(rows: Sorted) -> list[Figure]:
    return [
        Figure("Cơ sở mới", len(rows.new)),
        Figure("Đã có, giống hệt", len(rows.same)),
        Figure("Đã có, khác bảng tính", len(rows.different)),
        Figure("Chưa nhập được", len(rows.refused)),
    ]


def _outcome(batch: ImportBatch) -> list[Figure]:
    return [
        Figure("Thêm mới", batch.outcome["added"]),
        Figure("Cập nhật", batch.outcome["updated"]),
        Figure("Giữ nguyên", batch.outcome["kept"]),
        Figure("Chưa nhập được", batch.outcome["refused"]),
    ]


def _told(known: Known, wording: Wording) -> list[Change]:
    return [
        Change(wording.label(field), wording.value(field, before), wording.value(field, after))
        for field, (before, after) in known.all_changes.items()
    ]
