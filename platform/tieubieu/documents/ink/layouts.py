"""What documents look like: one folder per layout, `main.typ` its door."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LAYOUTS = Path(__file__).parent.parent / "layouts"
# What a layout draws in: `#import "../shared/state.typ"`, `image("mark.svg")`. `/data.json` is the words, not a file.
DRAWN_IN = re.compile(r'"([\w.][\w./-]*\.(?:typ|svg))"')


class UnknownLayout(LookupError):
    """No layout has this name."""


@cache
def layout_files(name: str) -> Mapping[str, bytes]:
    """The layout's files and all that they draw in, by their path under `LAYOUTS`; its door is `<name>/main.typ`."""
    door = LAYOUTS / name / "main.typ"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not door.is_file():
        raise UnknownLayout(name)
    return {path.relative_to(LAYOUTS).as_posix(): path.read_bytes() for path in sorted(_drawn_in(door))}


@cache
def layout_version(name: str) -> str:
    """16 hexadecimal digits over the layout's files: another look is another version."""
    digest = hashlib.sha256()
    for path, source in layout_files(name).items():
        digest.update(f"{path} {len(source)}\n".encode() + source)
    return digest.hexdigest()[:16]


def _drawn_in(door: Path) -> set[Path]:
    found: set[Path] = set()
    waiting = [door]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend((path.parent / name).resolve() for name in DRAWN_IN.findall(path.read_text("utf-8")))
    return found
