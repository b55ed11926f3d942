"""One field of a form, and the boxes in which it is filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """The two forms; the word is the dossier's own name for the place where their answers are kept."""

    REGISTRATION = "registration"
    DESCRIPTION = "description"

    @property
    def heading(self) -> str:
        return {self.REGISTRATION: "Phiếu đăng ký (Phụ lục 1)", self.DESCRIPTION: "Thuyết minh sản phẩm (Phụ lục 2)"}[
            self
        ]


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    EMAIL = "email"
    PHONE = "phone"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]

    @property
    def is_figure(self) -> bool:
        return self in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)


KIND_LABELS = {
    Kind.TEXT: "Một dòng chữ",
    Kind.LONG_TEXT: "Đoạn văn",
    Kind.WHOLE: "Số nguyên",
    Kind.NUMBER: "Số, có thể lẻ",
    Kind.MONEY: "Số tiền (triệu đồng)",
    Kind.YEAR: "Năm",
    Kind.DATE: "Ngày",
    Kind.CHOICE: "Chọn một",
    Kind.YES_NO: "Có hoặc không",
    Kind.EMAIL: "Thư điện tử",
    Kind.PHONE: "Số điện thoại",
}


@dataclass(frozen=True)
class Field:
    """`prefill` names what the facility register already knows; `is_own` says that the province added the field."""

    code: str
    form: Form
    section: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_yearly: bool = False
    is_own: bool = False
    prefill: str = ""

    def boxes(self, years: tuple[int, ...]) -> tuple["Box", ...]:
        """One box, or one for each of the years that the round asks about."""
        if not self.is_yearly:
            return (Box(self, self.code),)
        return tuple(Box(self, f"{self.code}.{year}", year) for year in years)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "form": self.form.value, "section": self.section, "label": self.label,
            "kind": self.kind.value, "help": self.help, "unit": self.unit, "choices": list(self.choices),
            "is_required": self.is_required, "is_yearly": self.is_yearly, "is_own": self.is_own,
            "prefill": self.prefill,
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Field":
        words = {**told, "form": Form(told["form"]), "kind": Kind(told.get("kind", "text"))}
        return cls(**{**words, "choices": tuple(told.get("choices", ()))})


@dataclass(frozen=True)
class Box:
    """What is typed, saved and compared on its own: a field, or one year of a yearly field."""

    field: Field
    code: str
    year: int | None = None

    @property
    def label(self) -> str:
        return self.field.label if self.year is None else f"Năm {self.year}"

    @property
    def full_label(self) -> str:
        return self.field.label if self.year is None else f"{self.field.label}, năm {self.year}"
