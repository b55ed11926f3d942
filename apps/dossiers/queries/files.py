"""Papers together with the proven files in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.dossiers.models import Entry, Paper, Slot
from apps.dossiers.queries.papers import PHOTOS, papers_of, slots_required
from tieubieu.uploads.models import StoredFile


@dataclass(frozen=True)
class PaperWithFile:
    """A paper and the file in it; `file` is None when the file's row is gone, which is told, not hidden."""

    paper: Paper
    file: StoredFile | None


@dataclass(frozen=True)
class SlotShown:
    """One place for papers: what it is for, whether it must be filled, what lies in it."""

    slot: Slot
    is_required: bool
    papers: list[PaperWithFile]

    @property
    def is_photo(self) -> bool:
        return self.slot in PHOTOS

    @property
    def is_lacking(self) -> bool:
        return self.is_required and not self.papers


def with_files(papers: Iterable[Paper]) -> list[PaperWithFile]:
    """Each paper with its file, in two queries whatever their number."""
    found = list(papers)
    files = StoredFile.objects.in_bulk([paper.file_id for paper in found])
    return [PaperWithFile(paper, files.get(paper.file_id)) for paper in found]


def slots_shown(entry: Entry, *, with_held: bool = False) -> list[SlotShown]:
    """Every slot in the order of the law, photos first."""
    required = slots_required(entry)
    found = with_files(papers_of(entry, with_held=with_held))
    return [SlotShown(slot, slot in required, [one for one in found if one.paper.slot == slot.value]) for slot in Slot]
