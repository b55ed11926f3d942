"""Bringing facilities in from a workbook."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.doors import officials_only, person_of
from apps.facilities.importing import Imported, import_facilities
from apps.facilities.workbook import blank_workbook, read_workbook, returned_workbook
from tenants.gateways import describe
from tieubieu.binding import current
from tieubieu.binding.signing import BadSignature, sign, unsign
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

RETURNED = "facilities.returned"
RETURNED_KEPT = timedelta(days=1)


class WorkbookForm(forms.Form):
    workbook = forms.FileField(
        label="Bảng tính cơ sở", help_text="Tệp .xlsx theo mẫu, tối đa 5.000 dòng, 10 MB.", allow_empty_file=True
    )


@officials_only("facilities.facility.import")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Upload, keep the good rows, list the bad ones with a workbook to mend."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if not form.is_valid():
        return render(request, "facilities/bring_in.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        done = _import(request, form.cleaned_data["workbook"])
    except DomainError as refused:
        form.add_error("workbook", refused.message)
        return render(request, "facilities/bring_in.html", {"form": form}, status=422)
    returned = _keep_returned(done) if done.refused else ""
    return render(request, "facilities/bring_in.html", {"form": WorkbookForm(), "done": done, "returned": returned})


@officials_only("facilities.facility.import")
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """The rows that could not be used, to be mended and sent again."""
    try:
        name = unsign(RETURNED, token, max_age=RETURNED_KEPT)
        with default_storage.open(name) as stored:
            return attachment(stored.read(), "co-so-chua-nhap-duoc.xlsx")
    except (BadSignature, FileNotFoundError) as gone:
        raise Http404 from gone


@officials_only("facilities.facility.import")
def template(request: HttpRequest) -> HttpResponse:
    return attachment(blank_workbook(), "mau-co-so.xlsx")


def _import(request: HttpRequest, upload: UploadedFile) -> Imported:
    rows = read_workbook(upload.read())
    return import_facilities(rows, province_code=describe(current()).province_code, actor=person_of(request))


def _keep_returned(done: Imported) -> str:
    name = default_storage.save(f"returned/{uuid4()}.xlsx", ContentFile(returned_workbook(done.refused)))
    return sign(RETURNED, name)
