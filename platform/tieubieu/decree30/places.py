"""Recognises the places of a document (Phụ lục I, Phần I, Mục IV); what is not recognised stays empty."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from tieubieu.decree30.document import Alignment, Document, Line, bare
from tieubieu.decree30.kinds import kind_named

COUNTRY = "cong hoa xa hoi chu nghia viet nam"
MOTTO = "doc lap tu do hanh phuc"
# Of a document's first lines; a quotation further down is not its head.
HEAD = 30
NUMBER = re.compile(r"(?i)^số\b.*(/|\d|…|\.\.)|^số\s*:")
DATE = re.compile(r"(?i)ngày\b.*\btháng\b.*\bnăm\b")
ENACTED = {"quyet dinh", "quyet nghi"}
BASIS = re.compile(r"^(can cu|theo de nghi|xet)\b")
ORGANS = re.compile(r"^(so|cuc|chi cuc|ban|phong|trung tam|hoi dong|van phong|vu|to)\b")
ANNEX = re.compile(r"(?i)^phụ lục(\s+([ivxlc]+|\d+))?\s*[:.]?$")
HEADING = re.compile(r"(?i)^(phần|chương|mục|tiểu mục)\s+([ivxlc]+|\d+)\b")
MOST_SUBJECT = 6


@dataclass(frozen=True)
class Annex:
    heading: Line
    titles: tuple[Line, ...]
    note: Line | None


@dataclass(frozen=True)
class Paper:
    """The document with its places; each holds the lines that were recognised, in order."""

    document: Document
    country: Line | None = None
    motto: Line | None = None
    superior: tuple[Line, ...] = ()
    organ: tuple[Line, ...] = ()
    number: Line | None = None
    date: Line | None = None
    kind: Line | None = None
    subject: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()
    competence: tuple[Line, ...] = ()
    bases: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()
    power: tuple[Line, ...] = ()
    signer: Line | None = None
    addressees: tuple[Line, ...] = ()
    recipients: Line | None = None
    recipient_list: tuple[Line, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def kind_name(self) -> str | None:
        return kind_named(self.kind.text) if self.kind else None

    @property
    def prose(self) -> tuple[Line, ...]:
        """The body without headings that stand in the middle."""
        return tuple(line for line in self.body if not is_heading(line))

    def after(self, line: Line) -> tuple[Line, ...]:
        """The lines that follow it in its own cell or outside tables, until something else begins."""
        lines = self.document.lines
        start = place_of(lines, line) + 1
        return tuple(takewhile(lambda each: each.cell == line.cell, lines[start:]))


def is_heading(line: Line) -> bool:
    """A line of a part, chapter or section, or its title: centred, or all in capitals."""
    return bool(HEADING.match(line.text)) or line.layout.alignment is Alignment.CENTRE or line.is_upper


def place_of(lines: Sequence[Line], line: Line | None) -> int:
    """By identity: two lines may well say the same."""
    return next(place for place, each in enumerate(lines) if each is line)


def recognise(document: Document) -> Paper:
    """Find every place that can be told by its words."""
    lines = document.lines
    head = lines[:HEAD]
    number = _find(head, lambda line: bool(NUMBER.search(line.text)) and len(line.text) < 60)
    superior, organ = _organs(head, number)
    end = _place_of_end(lines)
    found = _Middle(lines[:end], number)
    recipients = _find(lines, lambda line: bare(line.text).startswith("noi nhan"))
    power, signer = _signature(lines, recipients)
    return Paper(
        document=document,
        country=_find(head, lambda line: COUNTRY in bare(line.text)),
        motto=_find(head, lambda line: bare(line.text) == MOTTO),
        superior=superior,
        organ=organ,
        number=number,
        date=_find(head, lambda line: bool(DATE.search(line.text)) and len(line.text) < 70 and not _is_basis(line)),
        kind=found.kind,
        subject=found.subject,
        about=_about(head, number),
        competence=found.competence,
        bases=found.bases,
        body=found.body,
        power=power,
        signer=signer,
        addressees=found.addressees,
        recipients=recipients,
        recipient_list=_recipient_list(lines, recipients),
        annexes=tuple(_annexes(lines, end)),
    )


def _find(lines: Iterable[Line], is_it: Callable[[Line], bool]) -> Line | None:
    return next((line for line in lines if is_it(line)), None)


def _is_basis(line: Line) -> bool:
    return bool(BASIS.match(bare(line.text)))


def _organs(head: Sequence[Line], number: Line | None) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The names above the number: of the organ above, and of the one that issues."""
    if number is None or number.cell is None:
        return (), ()
    table, column = number.cell.table, number.cell.column
    before = head[: place_of(head, number)]
    names = [
        line for line in before
        if line.cell and (line.cell.table, line.cell.column) == (table, column) and any(map(str.isalpha, line.text))
    ]  # fmt: skip
    cut = _first_of_issuer(names)
    return tuple(names[:cut]), tuple(names[cut:])


def _first_of_issuer(names: Sequence[Line]) -> int:
    """By its own word (Sở, Cục, Hội đồng…) on a later line; else by the first that is bold."""
    by_word = [place for place, line in enumerate(names) if place and ORGANS.match(bare(line.text))]
    if by_word:
        return by_word[-1]
    bold = [place for place, line in enumerate(names) if line.all_are(lambda run: run.bold)]
    return bold[0] if bold else 0


def _about(head: Sequence[Line], number: Line | None) -> tuple[Line, ...]:
    """“V/v …” under the number of an official letter, with the lines it runs on over."""
    first = _find(head, lambda line: line.text.lower().startswith(("v/v", "về việc")) and line.cell is not None)
    if first is None or number is None:
        return ()
    later = takewhile(lambda line: line.text and line.cell == first.cell, head[place_of(head, first) :])
    return tuple(later)


class _Middle:
    """What stands between the head and the signature, outside tables."""

    def __init__(self, lines: Sequence[Line], number: Line | None) -> None:
        start = place_of(lines, number) + 1 if any(line is number for line in lines) else 0
        self._lines = [line for line in lines[start:] if line.cell is None]
        texts = [line for line in self._lines if line.text]
        self.kind = _find(texts[:4], lambda line: kind_named(line.text) is not None)
        self.addressees = _addressees(texts)
        self.subject = self._subject()
        rest = _rest(texts, [*([self.kind] if self.kind else []), *self.subject, *self.addressees])
        enacted = next((place for place, line in enumerate(rest) if _is_enacting(line)), None)
        self.bases = tuple(_bases(rest, enacted))
        self.competence = tuple(
            line
            for line in takewhile(lambda line: line.is_upper and not _is_enacting(line), rest)
            if not _is_basis(line)
        )
        self.body = tuple(_rest(rest[enacted + 1 :] if enacted is not None else rest, [*self.bases, *self.competence]))

    def _subject(self) -> tuple[Line, ...]:
        if self.kind is None:
            return ()
        after = self._lines[place_of(self._lines, self.kind) + 1 :]
        title = takewhile(lambda line: line.text and not line.is_upper and not _opens_text(line), after[:MOST_SUBJECT])
        return tuple(title)


def _opens_text(line: Line) -> bool:
    return _is_basis(line) or bare(line.text).startswith("kinh gui")


def _is_enacting(line: Line) -> bool:
    return bare(line.text) in ENACTED


def _rest(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    known = {id(line) for line in taken}
    return [line for line in lines if id(line) not in known]


def _bases(rest: Sequence[Line], enacted: int | None) -> list[Line]:
    """From the first “Căn cứ” to the words that enact; without these, two such lines or more in a row."""
    first = next((place for place, line in enumerate(rest) if _is_basis(line)), None)
    if first is None:
        return []
    if enacted is not None:
        return list(rest[first:enacted])
    found = list(takewhile(_is_basis, rest[first:]))
    return found if len(found) > 1 and first <= 1 else []


def _addressees(texts: Sequence[Line]) -> tuple[Line, ...]:
    first = _find(texts[:8], lambda line: bare(line.text).startswith("kinh gui"))
    if first is None:
        return ()
    place = place_of(texts, first)
    return (first, *takewhile(lambda line: line.text.startswith(("-", "–")), texts[place + 1 :]))


def _place_of_end(lines: Sequence[Line]) -> int:
    """Where the text ends: at “Nơi nhận”, else at the first annex."""
    for place, line in enumerate(lines):
        if bare(line.text).startswith("noi nhan") or (place > HEAD / 2 and ANNEX.match(line.text)):
            return place
    return len(lines)


def _recipient_list(lines: Sequence[Line], recipients: Line | None) -> tuple[Line, ...]:
    if recipients is None:
        return ()
    after = [line for line in lines[place_of(lines, recipients) + 1 :] if line.cell == recipients.cell]
    if recipients.cell is None:
        after = list(takewhile(lambda line: line.text.startswith(("-", "–", "+")), after))
    return tuple(line for line in after if line.text)


def _signature(lines: Sequence[Line], recipients: Line | None) -> tuple[tuple[Line, ...], Line | None]:
    """The cells to the right of the recipients: capitals are the power, the last other line is the name."""
    if recipients is None or recipients.cell is None:
        return (), None
    table, column = recipients.cell.table, recipients.cell.column
    beside = [
        line for line in lines
        if line.cell and line.cell.table == table and line.cell.column > column and line.text
        and not line.text.startswith("(")
    ]  # fmt: skip
    names = [line for line in beside[1:] if not line.is_upper]
    signer = names[-1] if names else None
    power = tuple(takewhile(lambda line: line is not signer, beside))
    return power, signer


def _annexes(lines: Sequence[Line], end: int) -> Iterable[Annex]:
    places = [place for place, line in enumerate(lines) if place >= end and ANNEX.match(line.text)]
    for place in places:
        after = [line for line in lines[place + 1 : place + 8] if line.text]
        titles = tuple(takewhile(lambda line: not line.text.startswith("("), after[:3]))
        note = _find(after, lambda line: bare(line.text).startswith("kem theo"))
        yield Annex(lines[place], titles if note else titles[:1], note)
