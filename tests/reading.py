"""A page's forms as a browser reads them: every field with what stands in it, and where it is sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TYPED = {"text", "search", "tel", "email", "url", "number", "date", "time", "password", "textarea"}


@dataclass
class Read:
    """`fields` is what would be sent; `typed` names those that a person types into, `chosen` the choices of others."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    secret: set[str] = field(default_factory=set)
    chosen: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Read] = []
        self.inside: Read | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Read(told.get("action", "")) if told.get("method", "").lower() == "post" else None
            self.forms += [self.inside] if self.inside else []
        if self.inside is None or "disabled" in told:
            return
        if tag == "input":
            self._input(self.inside, told)
        elif tag == "textarea":
            self.area = told.get("name", "")
            self.inside.fields[self.area] = ""
            self.inside.typed.add(self.area)
        elif tag == "select":
            self.select = told.get("name", "")
            self.inside.fields.setdefault(self.select, "")
            self.inside.chosen[self.select] = []
        elif tag == "option" and self.select:
            self.inside.chosen[self.select].append(told.get("value", ""))
            if "selected" in told:
                self.inside.fields[self.select] = told.get("value", "")

    def _input(self, form: Read, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if not name or kind in ("file", "submit", "button"):
            return
        if kind in ("radio", "checkbox"):
            form.chosen.setdefault(name, []).append(told.get("value", "on"))
            if "checked" in told:
                form.fields[name] = told.get("value", "on")
            return
        form.fields[name] = told.get("value", "")
        if kind in TYPED:
            form.typed.add(name)
        if kind == "password":
            form.secret.add(name)

    def handle_data(self, data: str) -> None:
        if self.inside is not None and self.area:
            self.inside.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.inside is not None:
            first_line_break = self.inside.fields[self.area]
            self.inside.fields[self.area] = first_line_break.removeprefix("\r\n").removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""


def forms_of(page: str) -> list[Read]:
    """The forms that are posted, in the order of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class _Beside(HTMLParser):
    """Which visible words of an error stand where, and which control says that they describe it."""

    def __init__(self) -> None:
        super().__init__()
        self.described: list[tuple[str, list[str]]] = []
        self.words: dict[str, str] = {}
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in ("input", "select", "textarea", "fieldset") and told.get("aria-describedby"):
            self.described.append((told.get("name", ""), told["aria-describedby"].split()))
        if tag not in VOID:
            is_error = "error" in told.get("class", "").split() and "hidden" not in told
            self.open.append((tag, told.get("id", "") if is_error else ""))

    def handle_data(self, data: str) -> None:
        for _, error in self.open:
            if error:
                self.words[error] = self.words.get(error, "") + data

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass


def told_beside(page: str) -> dict[str, str]:
    """The names of the controls that an error is said to describe, each with its words."""
    reader = _Beside()
    reader.feed(page)
    told = {name: " ".join(reader.words.get(key, "") for key in ids) for name, ids in reader.described}
    return {name: " ".join(words.split()) for name, words in told.items() if words.strip()}
