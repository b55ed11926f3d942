"""Photos and papers: each file is proven and kept as soon as it is chosen, apart from the rest of the dossier."""

from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import PaperEvent
from apps.dossiers.models import Entry, Paper, Slot
from apps.dossiers.queries.papers import PHOTOS, papers_of
from apps.dossiers.services.entries import require_editable
from apps.dossiers.states import EntryState
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc, short_words
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import ANY, PRINTABLE, take_in
from tieubieu.uploads.services import PHOTOS as PHOTO_KINDS

MOST_IN_A_SLOT = 10
LONGEST_CAPTION = 200


def add_paper(
    entry_id: UUID,
    slot: str,
    given: bytes | UploadedFile | None,
    *,
    actor: Person,
    paper_id: UUID | None = None,
    replaces: UUID | None = None,
    name: str = "",
    caption: str = "",
) -> Paper:
    """Prove a file and put it in its slot; a photo takes the place of the one before, another paper that of the one
    it `replaces`, with its place in the row and its words.

    `paper_id` is the sender's own name for this sending: sent again, because the answer was lost, it is the same
    paper. Raises `UploadRefused` for the file, `WrongState` when the dossier may not be edited or what is to be
    replaced is not there any more; then that stays as it is.
    """
    _require_slot(slot)
    if paper_id and (sent_before := Paper.objects.filter(pk=paper_id, entry_id=entry_id).first()):
        return sent_before
    require_editable(Entry.objects.get(pk=entry_id))  # before the file is proven, which takes a moment
    is_photo = slot in PHOTOS
    file = take_in(
        given, name=name, actor=actor, kinds=PHOTO_KINDS if is_photo else ANY, smallest=PRINTABLE if is_photo else None
    )
    return _put(entry_id, Slot(slot), file, paper_id or uuid4(), actor, caption=caption, replaces=replaces)


@transaction.atomic
def remove_paper(paper_id: UUID, *, actor: Person) -> Paper:
    """Take a paper out of the dossier; after filing it goes when the dossier is filed again. The file itself stays."""
    paper = _lock_paper(paper_id)
    _take_out(paper)
    record(PaperEvent.REMOVED, paper.entry, actor=actor, slot=paper.slot, paper=str(paper.pk))
    return paper


@transaction.atomic
def caption_paper(paper_id: UUID, caption: str, *, actor: Person) -> Paper:
    """Say what the picture or the paper shows. Raises `DomainError` for more words than are printed beside it."""
    paper = _lock_paper(paper_id)
    _require_own_words(paper)
    paper.caption = " ".join(nfc(caption).split())
    if len(paper.caption) > LONGEST_CAPTION:
        raise DomainError(f"Chú thích dài {len(paper.caption)} ký tự; xin viết gọn trong {LONGEST_CAPTION} ký tự.")
    paper.save(update_fields=["caption"])
    return paper


@transaction.atomic
def move_paper(paper_id: UUID, step: int, *, actor: Person) -> Paper:
    """Move a paper one place up (-1) or down (+1) among those of its slot; at the edge it stays."""
    paper = _lock_paper(paper_id)
    _require_own_words(paper)
    row = list(papers_of(paper.entry, with_held=True).filter(slot=paper.slot))
    place = next(number for number, other in enumerate(row) if other.pk == paper.pk)
    row.insert(min(max(place + step, 0), len(row) - 1), row.pop(place))
    for number, other in enumerate(row):
        other.position = number
    Paper.objects.bulk_update(row, ["position"])
    return paper


@transaction.atomic
def place_file(entry_id: UUID, slot: Slot, file: StoredFile, *, actor: Person, caption: str = "") -> Paper:
    """Put a file that is kept already into a slot."""
    return _put(entry_id, slot, file, uuid4(), actor, caption=caption)


@transaction.atomic
def _put(
    entry_id: UUID, slot: Slot, file: StoredFile, paper_id: UUID, actor: Person, *, caption: str,
    replaces: UUID | None = None,
) -> Paper:  # fmt: skip
    entry = Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    require_editable(entry)
    if sent_before := Paper.objects.filter(pk=paper_id).first():
        return _own(sent_before, entry)
    present = papers_of(entry, with_held=True).filter(slot=slot)
    leaving = _make_room(entry, slot, present, replaces)
    kept = leaving[0] if replaces else None
    paper = Paper.objects.create(
        id=paper_id,
        entry=entry,
        slot=slot,
        file_id=file.pk,
        caption=short_words(caption, LONGEST_CAPTION) or (kept.caption if kept else ""),
        position=kept.position if kept else _after(present),
        added_by=actor,
        is_held=entry.state == EntryState.SUPPLEMENT,
    )
    facts = {"slot": slot, "paper": str(paper.pk), "sha256": file.sha256, "replaces": [str(old.pk) for old in leaving]}
    record(PaperEvent.ADDED, entry, actor=actor, **facts)
    return paper


def _make_room(entry: Entry, slot: Slot, present: QuerySet[Paper], replaces: UUID | None) -> list[Paper]:
    """Take out what the new paper takes the place of, and return it: every photo of the slot, or the paper named."""
    leaving = [old for old in present if slot in PHOTOS or old.pk == replaces]
    if replaces and replaces not in [old.pk for old in leaving]:
        raise WrongState("Tệp cần thay đã được bỏ hoặc đã thay trước đó. Xin tải lại trang rồi chọn lại tệp.")
    if not leaving and len(present) >= MOST_IN_A_SLOT:
        raise DomainError(f"Mục này đã có {MOST_IN_A_SLOT} tệp. Xin bỏ bớt hoặc ghép thành một tệp PDF.")
    for old in leaving:
        old.entry = entry
        _take_out(old)
    return leaving


def _after(present: QuerySet[Paper]) -> int:
    last = present.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _own(paper: Paper, entry: Entry) -> Paper:
    if paper.entry_id != entry.pk:
        raise DomainError("Tệp này chưa tải lên được. Xin chọn lại tệp.")
    return paper


def _take_out(paper: Paper) -> None:
    """A paper that was filed stays until the next filing; one that was not is gone at once."""
    if paper.entry.state == EntryState.SUPPLEMENT and not paper.is_held:
        paper.is_leaving = True
        paper.save(update_fields=["is_leaving"])
    else:
        paper.removed_at = Now()  # type: ignore[assignment]
        paper.save(update_fields=["removed_at"])


def _lock_paper(paper_id: UUID) -> Paper:
    """The paper under its entry's lock, the entry first. Raises `Paper.DoesNotExist`, `WrongState`."""
    entry = Entry.objects.select_for_update(no_key=True).get(papers=paper_id)
    require_editable(entry)
    paper = Paper.objects.get(pk=paper_id)
    if paper.removed_at is not None or paper.is_leaving:
        raise WrongState("Tệp này đã được bỏ trước đó.")
    paper.entry = entry
    return paper


def _require_own_words(paper: Paper) -> None:
    """What was filed keeps its words and its place; it is changed by putting another in its stead."""
    if paper.entry.state == EntryState.SUPPLEMENT and not paper.is_held:
        raise WrongState("Ảnh, giấy tờ đã gửi giữ nguyên chú thích và thứ tự. Cần sửa, xin thay bằng tệp mới.")


def _require_slot(slot: str) -> None:
    if slot not in Slot.values:
        raise DomainError("Không có mục giấy tờ này trong hồ sơ.", slot=slot)
