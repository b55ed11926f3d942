"""The one way in which the ranking says no, and how it names the place."""

import json
import re
from dataclasses import dataclass, replace

SHOWN = 60
PLAIN_KEY = re.compile(r"[^\W\d][\w-]*")


class RankingRefused(ValueError):
    """The document cannot be ranked. `place` is a path such as `entries[2].sheets[0].scores.C1`, `$` for the whole.

    `message` is Vietnamese with its English after a slash; `str()` is place and message on one line.
    """

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True)
class Spot:
    """Where the reader stands: the path so far, and whose entry and sheet it is, in both languages."""

    path: str = ""
    whose: tuple[tuple[str, str], ...] = ()

    def key(self, name: str) -> "Spot":
        """The value under `name`; a name that would blur the path is put in brackets and quotes."""
        if len(name) > SHOWN or not PLAIN_KEY.fullmatch(name):
            return replace(self, path=f"{self.path}[{shown(name)}]")
        return replace(self, path=f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> "Spot":
        return replace(self, path=f"{self.path}[{index}]")

    def of(self, vietnamese: str, english: str) -> "Spot":
        """The same place, with one more owner to tell the reader of the message."""
        return replace(self, whose=(*self.whose, (vietnamese, english)))

    def refusal(self, vietnamese: str, english: str) -> RankingRefused:
        """The error to raise for what stands here."""
        if self.whose:
            vietnamese += f" ({', '.join(name for name, _ in self.whose)})"
            english += f" ({', '.join(name for _, name in self.whose)})"
        return RankingRefused(f"{vietnamese} / {english}", self.path or "$")


def shown(text: str) -> str:
    """`text` in double quotes, shortened, safe to print: no line break, control character or lone surrogate."""
    short = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    quoted = json.dumps(short, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in quoted)
