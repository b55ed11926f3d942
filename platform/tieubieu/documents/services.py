"""Make a document once, and read it back unharmed."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from tieubieu.documents import ink
from tieubieu.documents.errors import CannotPrint, DocumentDamaged
from tieubieu.documents.models import Document
from tieubieu.lib.canonical import digest


def make_document(
    kind: str, subject: models.Model, template: str, data: ink.Printable | Mapping[str, object]
) -> Document:
    """The document of these words in this layout; asking again, or at the same time elsewhere, gives the same row.

    The file is stored before its row, so no row points at a missing file. A file without a row, left by a transaction
    that was rolled back, is found and used by the next attempt. Raises `CannotPrint` and leaves nothing behind when
    the words do not fit or hold a letter that our fonts lack.
    """
    plain = ink.plain(data)
    version = ink.layout_version(template)
    place = {
        "kind": kind,
        "subject_kind": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "content_hash": digest({"template": template, "version": version, "words": plain}),
    }
    found = Document.objects.filter(**place).first()
    if found is not None:
        return found
    made = _rendered(template, plain)
    row = Document(
        **place, template=template, template_version=version, sha256=made.sha256, size=len(made.pdf), pages=made.pages,
        storage_name=_stored(kind, made), is_demo=bool(plain.get("is_demo")),
    )  # fmt: skip
    # ON CONFLICT DO NOTHING: the loser of a race must not break the caller's transaction.
    Document.objects.bulk_create([row], ignore_conflicts=True)
    return Document.objects.get(**place)


def open_document(document_id: UUID | str) -> bytes:
    """The bytes that were made, checked against their digest. Raises `DocumentDamaged`, `Document.DoesNotExist`."""
    document = Document.objects.get(pk=document_id)
    kept = _read(document.storage_name)
    if kept is None or hashlib.sha256(kept).hexdigest() != document.sha256:
        raise DocumentDamaged(
            "Tệp của văn bản này bị mất hoặc đã bị thay đổi. Xin khôi phục tệp từ bản sao lưu.",
            document=str(document.pk),
            name=document.storage_name,
        )
    return kept


def _rendered(template: str, plain: Mapping[str, object]) -> ink.Rendered:
    try:
        return ink.render(template, plain)
    except ink.InkRefused as refused:
        raise CannotPrint(str(refused), template=template) from refused


def _stored(kind: str, made: ink.Rendered) -> str:
    """Keep the bytes under their own digest and return the name; whole bytes that are there already are not rewritten.

    What lies there damaged, or is being written by someone else just now, is left alone: ours gets a name beside it.
    """
    name = f"documents/{kind}/{made.sha256}.pdf"
    if _read(name) == made.pdf:
        return name
    return default_storage.save(name, ContentFile(made.pdf))


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
