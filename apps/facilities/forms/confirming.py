"""Warnings do not refuse: a form that has some is stored once the person ticks that they were checked.

The tick holds for these very warnings; another value with another warning asks again.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from tieubieu.lib.canonical import digest

TICK = "confirmed"


@dataclass(frozen=True)
class Caution:
    """What should be checked before storing, and where to look."""

    text: str
    url: str = ""


class ConfirmableForm(forms.Form):
    """A subclass says its warnings in `find_warnings`, asked only of a form without errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[Caution] = []

    def find_warnings(self) -> list[Caution]:
        """What to show above the form; with it stands the tick."""
        raise NotImplementedError

    @property
    def tick(self) -> str:
        """What the tick must say to stand for these warnings."""
        return digest([warning.text for warning in self.warnings])

    def is_ready(self) -> bool:
        """Whether the form is without errors, and without a warning that nobody ticked."""
        if not self.is_valid():
            return False
        self.warnings = self.find_warnings()
        return not self.warnings or self.data.get(TICK) == self.tick
