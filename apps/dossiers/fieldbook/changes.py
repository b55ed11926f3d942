"""What differs between two books, and how far a new one reaches into dossiers that were begun under an old one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apps.dossiers.fieldbook.books import FieldBook
from apps.dossiers.fieldbook.fields import Field


@dataclass(frozen=True)
class Change:
    """One line of the comparison that is read before publishing."""

    field: Field
    sentence: str


def changes_between(old: FieldBook, new: FieldBook) -> list[Change]:
    """Fields added, removed, made required or optional, reworded and moved, in the order of the new book."""
    before = {field.code: field for field in old}
    after = {field.code: field for field in new}
    gone = [Change(field, "Bỏ ô này") for code, field in before.items() if code not in after]
    told = [Change(field, said) for code, field in after.items() for said in _said(before.get(code), field)]
    return [*told, *gone, *_moved(old, new)]


def relaxed(begun: FieldBook, latest: FieldBook) -> FieldBook:
    """The book under which a draft goes on: what was taken out or made optional since no longer binds it.

    What was added or made required since does not reach it: nobody is surprised by a demand that was not there.
    """
    now = {field.code: field for field in latest}
    kept = tuple(
        replace(field, is_required=field.is_required and now[field.code].is_required)
        for field in begun.fields
        if field.code in now
    )
    return replace(begun, fields=kept)


def _said(before: Field | None, after: Field) -> Iterator[str]:
    if before is None:
        yield "Thêm ô này" + (" (bắt buộc)" if after.is_required else "")
        return
    if before.is_required != after.is_required:
        yield "Chuyển thành bắt buộc" if after.is_required else "Chuyển thành không bắt buộc"
    if (before.label, before.help) != (after.label, after.help):
        yield f"Sửa lời, trước là “{before.label}”"
    if (before.kind, before.unit, before.choices) != (after.kind, after.unit, after.choices):
        yield f"Đổi kiểu, trước là {before.kind.label.lower()}"


def _moved(old: FieldBook, new: FieldBook) -> Iterator[Change]:
    for section in new.sections:
        both = {field.code for field in old.of(section.code)} & {field.code for field in new.of(section.code)}
        before = [field.code for field in old.of(section.code) if field.code in both]
        after = [field for field in new.of(section.code) if field.code in both]
        if before != [field.code for field in after]:
            yield Change(after[0], f"Đổi thứ tự các ô của mục “{section.label}”")
