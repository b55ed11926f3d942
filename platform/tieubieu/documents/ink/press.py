"""The press: one Typst compiler per thread, our fonts and no others, and no document with a warning on it."""

import hashlib
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from tieubieu.documents.ink.layouts import LAYOUTS, layout_files
from tieubieu.lib.canonical import canonical_json

FONTS = Path(__file__).parent.parent / "fonts"
STANDARDS = ("a-2a", "ua-1")
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")
SAID_BY_LAYOUT = re.compile(r"^panicked with: (.+)")
UNPRINTABLE = re.compile(r'the text `?"(.+?)"`? could not be displayed')


class InkRefused(ValueError):
    """The words cannot be printed faithfully in this layout; nothing was made."""


class InkAfterFork(RuntimeError):
    """This process was forked from one that had already printed: its compiler threads did not come along.

    Printing here would wait for them for ever. Fork first, print afterwards.
    """


@runtime_checkable
class Printable(Protocol):
    """Something that can say its words as plain data: dict, list, str, int, bool and None."""

    def as_data(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class Rendered:
    pdf: bytes
    pages: int

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()


def render(
    template: str, data: Printable | Mapping[str, object], *, pdf_standards: Sequence[str] = STANDARDS
) -> Rendered:
    """The document as PDF/A-2a with PDF/UA-1 tags; the same words give the same bytes.

    Words arrive as JSON and stay text: nothing in them is ever run as layout code. `data["dated"]` (ISO date) is the
    document's own date; no clock is asked. Raises `InkRefused` for a letter that our fonts lack, for whatever the PDF
    standards refuse and for any warning; `UnknownLayout`; `InkAfterFork`.
    """
    pdf = _press(template, plain(data), format="pdf", pdf_standards=list(pdf_standards))
    return Rendered(pdf=pdf, pages=int(PAGES.findall(pdf)[-1]))


def render_png(template: str, data: Printable | Mapping[str, object], *, ppi: float = 96) -> list[bytes]:
    """The same pages as pictures, for previews. Raises as `render` does, but only the PDF checks every letter."""
    pictures = _press(template, plain(data), format="png", ppi=ppi)
    return [pictures] if isinstance(pictures, bytes) else list(pictures)


def plain(data: Printable | Mapping[str, object]) -> Mapping[str, object]:
    """The plain data that is printed, and that a document's content hash stands for."""
    return data.as_data() if isinstance(data, Printable) else data


def _press(template: str, said: Mapping[str, object], **options: Any) -> Any:
    # The words come in as a file of JSON: as a system input they would make Typst read the whole layout anew each time.
    files = {
        "main.typ": f'#include "{template}/main.typ"'.encode(),
        "data.json": canonical_json(dict(said)),
        **layout_files(template),
    }
    made, warnings = _typst(
        lambda compiler: compiler.compile_with_warnings(input=files, timestamp=_midnight(said["dated"]), **options)
    )
    if warnings:
        raise InkRefused("; ".join(str(warning) for warning in warnings))
    return made


def _midnight(dated: object) -> int:
    day = date.fromisoformat(str(dated))
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _typst(work: Callable[[Any], Any]) -> Any:
    import typst  # late: loads 80 MB that most processes never need

    try:
        return work(_compiler())
    except typst.TypstError as error:
        raise InkRefused(_in_words(error)) from error


def _in_words(error: Exception) -> str:
    if said := SAID_BY_LAYOUT.search(str(error)):
        return f"{said[1]}."
    if (found := UNPRINTABLE.search(str(error))) is None:
        return f"{error} {getattr(error, 'diagnostic', '')}".strip()
    return f"Không in được “{found[1]}”: phông chữ của giấy tờ không có ký tự này. Xin sửa lại nội dung."


class _Bench(threading.local):
    """A compiler serves one call at a time, so each thread has its own."""

    compiler: Any = None


_bench = _Bench()
_printed_in: int | None = None


def _compiler() -> Any:
    global _printed_in  # noqa: PLW0603  (one fact about the process)
    if _printed_in not in (None, os.getpid()):
        raise InkAfterFork(InkAfterFork.__doc__)
    _printed_in = os.getpid()
    if _bench.compiler is None:
        _bench.compiler = _new_compiler()
    return _bench.compiler


def _new_compiler() -> Any:
    import typst

    ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(LAYOUTS), font_paths=ours, ignore_system_fonts=True)
