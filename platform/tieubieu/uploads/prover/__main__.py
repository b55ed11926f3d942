"""Confine, look, open, answer."""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tieubieu.uploads.prover.limits import confine, leave_network
from tieubieu.uploads.prover.looks import family_of
from tieubieu.uploads.prover.refusals import Refused

# Only what the family needs is imported: a child lives for one file.
OPENERS = {"photo": "photos", "pdf": "pdfs", "office": "office"}


def main(words: Sequence[str]) -> dict[str, object]:
    """Return the answer for the file `given` in the current folder."""
    confine(json.loads(words[0]))
    leave_network()
    kinds = frozenset(words[1:])
    try:
        data = Path("given").read_bytes()
        family = family_of(data, kinds)
        opener = import_module(f"tieubieu.uploads.prover.{OPENERS[family]}")
        found: dict[str, object] = opener.open_and_prove(data, kinds)
    except Refused as refused:
        return {**refused.facts, "refused": refused.reason}
    except MemoryError:
        return {"refused": "heavy"}
    except BaseException as broken:  # a decoder may raise anything at all; a panic of Rust is no Exception
        print(f"{type(broken).__name__}: {broken}", file=sys.stderr)
        return {"refused": "damaged"}
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
