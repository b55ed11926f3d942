"""The province's forms: changed in a draft, compared, published as a new version."""

from collections.abc import Callable

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.events import FormEvent
from apps.dossiers.fieldbook import Field, FieldBook, NotAllowedInForm, changes_between, national_book
from apps.dossiers.models import FormDraft, FormVersion
from apps.dossiers.queries import latest_book, latest_form
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState


def ensure_form() -> FormVersion:
    """The version that a new dossier begins under; the first time it is the national forms as they are.

    Where a release asks a national field in another way, a new version follows; dossiers that were begun keep theirs.
    """
    form, _ = FormVersion.objects.get_or_create(number=1, defaults={"fields": national_book().as_json()})
    return _brought_up(latest_form() or form)


def book_in_work() -> FieldBook:
    """What the province is changing, or what is in force when nobody is changing anything."""
    draft = FormDraft.objects.first()
    return FieldBook.from_json(draft.fields) if draft else latest_book()


def add_field(field: Field, *, actor: Person) -> None:
    """Add a field of the province's to the draft. Raises `DomainError` for a field that asks badly."""
    _change(lambda book: book.with_own(field), actor)


def remove_field(code: str, *, actor: Person) -> None:
    """Take a field of the province's out of the draft; a national one stays and `DomainError` says so."""
    _change(lambda book: book.without(code), actor)


def require_field(code: str, required: bool, *, actor: Person) -> None:
    """Make a field required or optional in the draft; never looser than the national form."""
    _change(lambda book: book.with_required(code, required), actor)


def move_field(code: str, step: int, *, actor: Person) -> None:
    """Move a field up (-1) or down (+1) within its section."""
    _change(lambda book: book.moved(code, step), actor)


def reword_field(code: str, *, label: str, help: str, actor: Person) -> None:
    """Give a field of the province's other words."""
    _change(lambda book: book.reworded(code, label=label, help=help), actor)


@transaction.atomic
def publish_form(*, actor: Person) -> FormVersion:
    """Make the draft the version that new dossiers begin under.

    Dossiers that were begun keep theirs; a draft is only freed of what was taken out or made optional. Raises
    `WrongState` when nothing was changed, or when another version was published meanwhile.
    """
    draft = FormDraft.objects.select_for_update(no_key=True).first()
    current = ensure_form()
    if draft is None or not changes_between(latest_book(), FieldBook.from_json(draft.fields)):
        raise WrongState("Chưa có thay đổi nào để áp dụng.")
    if draft.started_from != current.number:
        raise WrongState("Đã có phiên bản mới được áp dụng trong lúc soạn. Xin bỏ bản đang soạn rồi sửa lại.")
    changes = changes_between(latest_book(), FieldBook.from_json(draft.fields))
    form = FormVersion.objects.create(number=current.number + 1, fields=draft.fields)
    draft.delete()
    said = [f"{change.field.label}: {change.sentence}" for change in changes]
    record(FormEvent.PUBLISHED, form, actor=actor, number=form.number, changes=said)
    return form


@transaction.atomic
def discard_form_draft(*, actor: Person) -> None:
    """Forget what was changed and not published."""
    draft = FormDraft.objects.select_for_update(no_key=True).first()
    if draft is None:
        return
    record(FormEvent.DISCARDED, draft, actor=actor, started_from=draft.started_from)
    draft.delete()


def _brought_up(form: FormVersion) -> FormVersion:
    old = FieldBook.from_json(form.fields)
    new = old.brought_up_to(national_book())
    if new == old:
        return form
    following, is_new = FormVersion.objects.get_or_create(number=form.number + 1, defaults={"fields": new.as_json()})
    if is_new:
        for draft in FormDraft.objects.filter(started_from=form.number):
            draft.fields = FieldBook.from_json(draft.fields).brought_up_to(national_book()).as_json()
            draft.started_from = following.number
            draft.save()
        said = [f"{change.field.label}: {change.sentence}" for change in changes_between(old, new)]
        record(FormEvent.PUBLISHED, following, actor=None, number=following.number, changes=said)
    return following


@transaction.atomic
def _change(change: Callable[[FieldBook], FieldBook], actor: Person) -> None:
    """Change the draft under its lock; the first change begins it. What was changed is recorded when published."""
    current = ensure_form()
    FormVersion.objects.select_for_update(no_key=True).get(pk=current.pk)
    draft = FormDraft.objects.select_for_update(no_key=True).first() or FormDraft(
        fields=current.fields, started_from=current.number
    )
    try:
        draft.fields = change(FieldBook.from_json(draft.fields)).as_json()
    except NotAllowedInForm as refused:
        raise DomainError(str(refused)) from refused
    except KeyError as unknown:
        raise DomainError("Ô này không còn trong mẫu đang soạn.") from unknown
    draft.changed_by = actor
    draft.save()
