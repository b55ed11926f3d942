"""A file's name as given, made safe to store, to show and to hand out again."""

import re
import unicodedata

from tieubieu.lib.text import BLANKS, INVISIBLE, nfc

LONGEST = 120
UNNAMED = "tep"
# What a path, a shell or a header would take for something else.
SEPARATORS = re.compile(r'[<>:"|?*\x00-\x1f]')
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def safe_file_name(raw: str, ending: str) -> str:
    """The last part of the name in NFC, without what hides, disguises or escapes, and with the ending of its kind."""
    last = " ".join(re.split(r"[/\\]", nfc(raw))[-1].split())
    shown = "".join(char for char in last if unicodedata.category(char) not in INVISIBLE and char not in BLANKS)
    stem = ENDING.sub("", SEPARATORS.sub("_", " ".join(shown.split()))).strip(" .")
    stem = stem[:LONGEST].strip(" .") or UNNAMED
    if RESERVED.match(stem.split(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.{ending}"
