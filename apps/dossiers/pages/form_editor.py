"""The province's forms: what is asked, what the province adds, what changes when it is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import officials_only, person_of
from apps.dossiers.fieldbook import FieldBook, changes_between, national_book
from apps.dossiers.forms import OwnFieldForm, WordsForm
from apps.dossiers.models import FormDraft, FormVersion
from apps.dossiers.queries import latest_book, latest_form
from apps.dossiers.services import forms
from apps.dossiers.workbook import forms_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

EDIT = "dossiers.form.edit"


@officials_only(EDIT)
def editor(request: HttpRequest) -> HttpResponse:
    """Both forms, field by field, and what was changed but not published."""
    book = forms.book_in_work()
    context = {
        "book": _rows(book),
        "draft": FormDraft.objects.select_related("changed_by").first(),
        "current": latest_form(),
        "changes": changes_between(latest_book(), book),
        "versions": FormVersion.objects.all()[:10],
    }
    return render(request, "dossiers/form_editor.html", context)


@officials_only(EDIT)
def export(request: HttpRequest) -> HttpResponse:
    """The fields of both forms as they stand in work."""
    return attachment(forms_workbook(forms.book_in_work(), national_book()), "mau-ho-so.xlsx")


@officials_only(EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """A new field of the province's."""
    form = OwnFieldForm(request.POST or None, book=forms.book_in_work())
    if request.method == "POST" and form.is_valid():
        try:
            forms.add_field(form.field(), actor=person_of(request))
            return redirect("dossiers:form_editor")
        except DomainError as refused:
            form.add_error(None, refused.message)
    return render(request, "dossiers/form_field.html", {"form": form}, status=422 if form.errors else 200)


@officials_only(EDIT)
def reword(request: HttpRequest, code: str) -> HttpResponse:
    """Other words for a field of the province's."""
    try:
        field = forms.book_in_work().field(code)
    except KeyError as gone:
        raise DomainError("Ô này không còn trong mẫu đang soạn.") from gone
    form = WordsForm(request.POST or None, initial={"label": field.label, "help": field.help})
    if request.method == "POST" and form.is_valid():
        try:
            forms.reword_field(code, **form.cleaned_data, actor=person_of(request))
            return redirect("dossiers:form_editor")
        except DomainError as refused:
            form.add_error(None, refused.message)
    context = {"form": form, "field": field}
    return render(request, "dossiers/form_field.html", context, status=422 if form.errors else 200)


@officials_only(EDIT)
@require_POST
def change(request: HttpRequest, code: str) -> HttpResponse:
    """One small change of the draft: up, down, required, optional, out."""
    changes = {
        "len": lambda: forms.move_field(code, -1, actor=person_of(request)),
        "xuong": lambda: forms.move_field(code, 1, actor=person_of(request)),
        "bat-buoc": lambda: forms.require_field(code, True, actor=person_of(request)),
        "khong-bat-buoc": lambda: forms.require_field(code, False, actor=person_of(request)),
        "bo": lambda: forms.remove_field(code, actor=person_of(request)),
    }
    wanted = changes.get(request.POST.get("viec", ""))
    if wanted is None:
        raise DomainError("Không rõ cần đổi gì; xin tải lại trang.")
    try:
        wanted()
    except DomainError as refused:
        messages.error(request, refused.message)
    section = _section_of(code)
    home = reverse("dossiers:form_editor")
    return redirect(f"{home}#muc-{section}" if section else home)


@officials_only(EDIT)
def preview(request: HttpRequest) -> HttpResponse:
    """The forms as the facility will see them, with what publishing changes."""
    book = forms.book_in_work()
    context = {"book": _rows(book), "changes": changes_between(latest_book(), book)}
    return render(request, "dossiers/form_preview.html", context)


@officials_only(EDIT)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    form = forms.publish_form(actor=person_of(request))
    messages.success(request, f"Đã áp dụng mẫu hồ sơ phiên bản {form.number}. Hồ sơ đang soạn giữ mẫu cũ của mình.")
    return redirect("dossiers:form_editor")


@officials_only(EDIT)
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    forms.discard_form_draft(actor=person_of(request))
    return redirect("dossiers:form_editor")


def _rows(book: FieldBook) -> list[dict[str, object]]:
    national = national_book()
    return [
        {
            "section": section,
            "form": section.form.heading,
            "fields": [{"field": field, "is_fixed": national.requires(field.code)} for field in book.of(section.code)],
        }
        for section in book.sections
    ]


def _section_of(code: str) -> str:
    try:
        return forms.book_in_work().field(code).section
    except KeyError:
        return ""
