"""Letters by post, one after the other in one file, in the form of a công văn (NĐ 30/2020/NĐ-CP, PL III, mẫu 1.5).

Number and date stay open: whoever signs gives them. Pure words: the tests read them here without printing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieubieu.documents.ink.qr import qr_svg


@dataclass(frozen=True)
class Letter:
    """`superior` stands above `issuer` when there is one; `link` becomes a code to scan."""

    issuer: str
    about: str
    receiver: str
    paragraphs: Sequence[str]
    superior: str = ""
    place: str = ""
    receiver_address: str = ""
    signer_title: str = ""
    signer: str = ""
    link: str = ""


def letter_batch(letters: Sequence[Letter], *, title: str, dated: date, is_demo: bool = False) -> dict[str, Any]:
    """The data of one file with all letters; `dated` is the file's own day, not printed on the letters."""
    return {
        "title": title,
        "dated": dated.isoformat(),
        "is_demo": is_demo,
        "letters": [_page(each, dated) for each in letters],
    }


def _page(said: Letter, dated: date) -> dict[str, Any]:
    return {
        "superior": said.superior.upper(),
        "issuer": said.issuer.upper(),
        "place": f"{said.place}, " if said.place else "",
        "year": str(dated.year),
        "about": f"V/v {said.about[:1].lower()}{said.about[1:]}",
        "receiver": said.receiver,
        "receiver_address": said.receiver_address,
        "paragraphs": list(said.paragraphs),
        "signer_title": said.signer_title.upper(),
        "signer": said.signer,
        "qr": qr_svg(said.link) if said.link else "",
    }
