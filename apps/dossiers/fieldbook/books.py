"""All fields of a dossier in their order, and what a province may do to them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from apps.dossiers.fieldbook.fields import Field, Form, Kind

NATIONAL = Path(__file__).parent / "national.json"
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS = 80
LONGEST_LABEL, LONGEST_HELP = 150, 400


class NotAllowedInForm(ValueError):
    """The forms may not be changed in this way; `str()` says in Vietnamese what to do."""


@dataclass(frozen=True)
class Section:
    code: str
    form: Form
    label: str


@dataclass(frozen=True)
class FieldBook:
    """An immutable set of forms. Every change gives a new book or raises `NotAllowedInForm`."""

    sections: tuple[Section, ...]
    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order of their sections."""
        return iter(field for section in self.sections for field in self.of(section.code))

    def of(self, section: str) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.section == section)

    def field(self, code: str) -> Field:
        """The field of that code, or of the box of that code; raises `KeyError`."""
        wanted = code.partition(".")[0]
        for field in self.fields:
            if field.code == wanted:
                return field
        raise KeyError(code)

    def section(self, code: str) -> Section:
        return next(section for section in self.sections if section.code == code)

    # --- What a province may do -----------------------------------------------------------------

    def with_own(self, field: Field) -> "FieldBook":
        """Add a field of the province's, last in its section."""
        _require_good(field, self)
        if any(other.code == field.code for other in self.fields):
            raise NotAllowedInForm(f"Đã có ô mang mã “{field.code}”. Xin đặt mã khác.")
        if len(self.fields) >= MOST_FIELDS:
            raise NotAllowedInForm(f"Mẫu đã có {MOST_FIELDS} ô; thêm nữa cơ sở sẽ bỏ dở. Xin bớt ô khác trước.")
        return replace(self, fields=(*self.fields, replace(field, is_own=True)))

    def without(self, code: str) -> "FieldBook":
        """Take out a field of the province's."""
        if not self.field(code).is_own:
            raise NotAllowedInForm("Ô của mẫu chung cả nước không bỏ được.")
        return replace(self, fields=tuple(field for field in self.fields if field.code != code))

    def with_required(self, code: str, required: bool) -> "FieldBook":
        """Ask for an answer, or no longer; what the national form requires stays required."""
        if not required and national_book().requires(code):
            raise NotAllowedInForm("Mẫu chung cả nước bắt buộc ô này nên không chuyển thành không bắt buộc được.")
        return self._changed(code, is_required=required)

    def moved(self, code: str, step: int) -> "FieldBook":
        """Move a field one place up (-1) or down (+1) within its section; at the edge it stays."""
        field = self.field(code)
        inside = list(self.of(field.section))
        place = inside.index(field)
        target = min(max(place + step, 0), len(inside) - 1)
        inside.insert(target, inside.pop(place))
        others = [other for other in self.fields if other.section != field.section]
        return replace(self, fields=(*others, *inside))

    def reworded(self, code: str, *, label: str, help: str) -> "FieldBook":
        """Give a field of the province's other words; the national ones keep theirs."""
        field = self.field(code)
        if not field.is_own:
            raise NotAllowedInForm("Lời của ô thuộc mẫu chung cả nước không sửa được.")
        _require_good(replace(field, label=label.strip(), help=help.strip()), self)
        return self._changed(code, label=label.strip(), help=help.strip())

    def requires(self, code: str) -> bool:
        return any(field.code == code and field.is_required for field in self.fields)

    def _changed(self, code: str, **changes: Any) -> "FieldBook":
        wanted = self.field(code)
        return replace(
            self, fields=tuple(replace(field, **changes) if field is wanted else field for field in self.fields)
        )

    def brought_up_to(self, national: "FieldBook") -> "FieldBook":
        """The same book with its national fields as this release asks them; what the province added, requires and
        ordered stays."""
        theirs = {field.code: field for field in national.fields}
        fields = tuple(
            field
            if field.is_own or field.code not in theirs
            else replace(
                theirs[field.code],
                section=field.section,
                is_required=field.is_required or theirs[field.code].is_required,
            )
            for field in self.fields
        )
        return replace(self, fields=fields)

    # --- As it is kept --------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        sections = [{"code": s.code, "form": s.form.value, "label": s.label} for s in self.sections]
        return {"sections": sections, "fields": [field.as_json() for field in self]}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "FieldBook":
        sections = tuple(Section(one["code"], Form(one["form"]), one["label"]) for one in told["sections"])
        return cls(sections, _fields(told["fields"]))


@cache
def national_book() -> FieldBook:
    """The national forms as this release of the platform proposes them."""
    told = json.loads(NATIONAL.read_text(encoding="utf-8"))
    forms = {section["code"]: section["form"] for section in told["sections"]}
    fields = [{**field, "form": forms[field["section"]]} for field in told["fields"]]
    return FieldBook.from_json({"sections": told["sections"], "fields": fields})


def _fields(told: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(Field.from_json(one) for one in told)


def _require_good(field: Field, book: FieldBook) -> None:
    if not CODE.fullmatch(field.code):
        raise NotAllowedInForm("Mã của ô gồm chữ thường không dấu, số và gạch dưới, ví dụ lao_dong_nu.")
    if not field.label.strip() or len(field.label) > LONGEST_LABEL:
        raise NotAllowedInForm(f"Ô phải có tên, nhiều nhất {LONGEST_LABEL} chữ.")
    if not field.help.strip() or len(field.help) > LONGEST_HELP:
        raise NotAllowedInForm(f"Ô phải có một câu hướng dẫn kèm ví dụ, nhiều nhất {LONGEST_HELP} chữ.")
    if field.kind is Kind.CHOICE and len(field.choices) < 2:
        raise NotAllowedInForm("Ô chọn một cần ít nhất hai ý để chọn.")
    if field.is_yearly and not field.kind.is_figure:
        raise NotAllowedInForm("Chỉ ô số mới hỏi theo từng năm.")
    if field.section not in {section.code for section in book.sections}:
        raise NotAllowedInForm("Xin chọn mục mà ô này thuộc về.")
